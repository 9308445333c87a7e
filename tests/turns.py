"""Which part of a corpus is tried today: another every day, the same again when told the number."""

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from random import Random

NAME = "SHANHAI_TURN"
TURN = int(os.environ.get(NAME) or datetime.now(UTC).date().toordinal())
#: What a failure says, so that it can be tried again.
SHOWN = f"{NAME}={TURN} tries the same again"


def of_the_day[T](whole: Mapping[str, T], count: int) -> dict[str, T]:
    return {name: whole[name] for name in slice_of(sorted(whole), count)}


def slice_of[T](whole: Sequence[T], count: int) -> list[T]:
    return Random(TURN).sample(whole, min(count, len(whole)))
