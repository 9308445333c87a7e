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


#: Beginnings of paths → of tests that are dear, or alike for each ledger, every n-th is tried a day.
DEAR = {
    "tests/config/test_seed": 2,
    "tests/conformance/test_every_ledger.py": 10,
    "tests/conformance/test_custom_fields.py": 8,
    "tests/conformance/test_files_of": 8,
    "tests/conformance/test_rule_fields.py": 8,
    "tests/conformance/test_orders.py": 10,
    "tests/conformance/test_query_counts.py": 10,
    "tests/e2e/test_accessibility.py": 2,
    "tests/e2e/test_journey_": 6,
    "tests/kernel/chain/": 2,
    "tests/kernel/imports/test_every_ledger.py": 10,
    "tests/kernel/indicators/test_keeper.py": 2,
    "tests/kernel/indicators/test_kept.py": 2,
    "tests/kernel/indicators/test_onepass.py": 2,
    "tests/kernel/indicators/test_rolls.py": 2,
    "tests/leaks/test_other_side.py": 8,
    "tests/leaks/test_payloads.py": 8,
    "tests/leaks/test_requests.py": 2,
    "tests/leaks/test_second_wall.py": 8,
    "tests/ops/test_backup.py": 3,
    "tests/ops/test_bench": 5,
    "tests/ops/test_serve.py": 3,
    "tests/registers/accounts/single_sign_on/": 3,
}


def of_the_day[T](whole: Mapping[str, T], count: int) -> dict[str, T]:
    return {name: whole[name] for name in slice_of(sorted(whole), count)}


def slice_of[T](whole: Sequence[T], count: int) -> list[T]:
    return Random(TURN).sample(whole, min(count, len(whole)))


def leave_to_others(items: Iterable[pytest.Item]) -> None:
    """Of dear tests, and of tests marked `turns(n)`, every n-th is tried today, all in `make soak`.

    `turns(n, whole=True)`: every n-th day the whole file, whose tests share what is costly.
    """
    passed = Counter[str]()
    for item in items:
        count, place = _turn_of(item, passed)
        if (TURN + place) % count:
            item.add_marker(pytest.mark.soak)


def _turn_of(item: pytest.Item, passed: Counter[str]) -> tuple[int, int]:
    """Every how many days it is tried, and which of so many it is."""
    if mark := item.get_closest_marker("turns"):
        (count,) = mark.args
        passed[item.path.name] += 1
        return count, crc32(item.path.name.encode()) if mark.kwargs.get("whole") else passed[item.path.name]
    dear = (count for beginning, count in DEAR.items() if item.nodeid.startswith(beginning))
    return next(dear, 1), crc32(item.nodeid.encode())
