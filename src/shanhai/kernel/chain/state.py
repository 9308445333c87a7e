"""The seal as it stands: what the auditor's page, the API and the doctor tell of it."""

from dataclasses import dataclass
from datetime import datetime

from .blocks import Block, last_block
from .models import ChainCheck
from .verifying import size, unsealed


@dataclass(frozen=True)
class State:
    """Without a block nothing was sealed yet, without a check nothing verified."""

    last: Block | None
    entries: int
    unsealed: int
    unsealed_since: datetime | None
    check: ChainCheck | None


def state() -> State:
    """Six statements; the number of entries that wait is counted by an index."""
    waiting, since = unsealed()
    return State(last_block(), size()[1], waiting, since, ChainCheck.objects.first())
