"""What callers send."""

from ninja import Schema
from pydantic import ConfigDict


class Sent(Schema):
    """A body of a call. A name it does not know is refused: who sent it would think that it was heard."""

    model_config = ConfigDict(extra="forbid")
