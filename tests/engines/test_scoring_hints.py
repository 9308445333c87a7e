"""Odd figures: a table; of those put into plausible ones how many are found, and how many hints are right."""

import random
from decimal import Decimal as D

import pytest

from shanhai.engines.scoring.hints import Bounds, Hint, Measured, Odd, hints, measured

BOUNDS = Bounds(copied_digits=3, jump_times=D(3), jump_least=D(50), round_noughts=2)
#: What the seeded cases must reach.
LEAST_PRECISION, LEAST_RECALL = 0.85, 0.95


@pytest.mark.parametrize(
    ("now", "before", "odd"),
    [
        ("347", "347", [Odd.COPIED]),
        ("12", "12", []),
        ("0", "0", []),
        ("2300", "412", [Odd.JUMP, Odd.ROUND]),
        ("41", "4", []),
        ("101", "412", [Odd.JUMP]),
        ("1234.5", "1180", []),
        ("500", None, [Odd.ROUND]),
    ],
)
def test_what_is_odd(now: str, before: str | None, odd: list[Odd]) -> None:
    others = {n: D(311 + 7 * n) for n in range(4)}
    earlier = {n: D(300 + 7 * n) for n in range(4)} | {"x": None if before is None else D(before)}
    found = [one for one in hints({**others, "x": D(now)}, earlier, BOUNDS) if one.key == "x"]
    assert [one.odd for one in found] == odd


def test_where_most_are_round_the_item_is_counted_so() -> None:
    assert hints({"a": D(500), "b": D(700), "c": D(412)}, {}, BOUNDS) == []


def seeded(seed: int) -> tuple[list[Hint], dict[object, Odd]]:
    """A hundred items of forty units that grow by −20 to +40 %, with one figure in twelve made odd."""
    chance = random.Random(seed)
    found: list[Hint] = []
    put: dict[object, Odd] = {}
    for item in range(100):
        before = {(item, unit): D(chance.randrange(103, 4000)) for unit in range(40)}
        now: dict[object, D | None] = {}
        for key, value in before.items():
            now[key] = (value * D(chance.randrange(80_000, 140_000)) / 100_000).quantize(D(1))
            if chance.random() < 1 / 12:
                put[key] = chance.choice(list(Odd))
                now[key] = {
                    Odd.COPIED: value,
                    Odd.JUMP: value * chance.randrange(4, 12) + chance.randrange(1, 9),
                    Odd.ROUND: D(round(int(value) * 1.1, -2) or 100),
                }[put[key]]
        found += hints(now, dict(before), BOUNDS)
    return found, put


def test_hints_are_precise_and_find_what_was_put_in() -> None:
    parts = [measured(*seeded(seed)) for seed in range(5)]
    whole = Measured(*(sum(getattr(one, name) for one in parts) for name in ("found", "right", "seeded")))
    print(f"precision {whole.precision:.3f}, recall {whole.recall:.3f} of {whole.seeded} seeded")  # noqa: T201
    assert whole.precision >= LEAST_PRECISION
    assert whole.recall >= LEAST_RECALL
