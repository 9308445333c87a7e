"""Which part of a corpus is tried today: another every day, the same again when told the number."""

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from random import Random
from zlib import crc32

import pytest

NAME = "SHANHAI_TURN"
TURN = int(os.environ.get(NAME) or datetime.now(UTC).date().toordinal())
#: What a failure says, so that it can be tried again.
SHOWN = f"{NAME}={TURN} tries the same again"


def of_the_day[T](whole: Mapping[str, T], count: int) -> dict[str, T]:
    return {name: whole[name] for name in slice_of(sorted(whole), count)}


def slice_of[T](whole: Sequence[T], count: int) -> list[T]:
    return Random(TURN).sample(whole, min(count, len(whole)))


def leave_to_others(items: Iterable[pytest.Item]) -> None:
    """Of tests marked `turns(n)` every n-th of its file is tried today, all in `make soak`.

    `turns(n, whole=True)`: every n-th day the whole file, whose tests share what is costly.
    """
    passed = Counter[tuple[str, int]]()
    for item in items:
        if mark := item.get_closest_marker("turns"):
            (count,) = mark.args
            here = item.path.name, count
            place = crc32(here[0].encode()) if mark.kwargs.get("whole") else passed[here]
            if (TURN + place) % count:
                item.add_marker(pytest.mark.soak)
            passed[here] += 1
