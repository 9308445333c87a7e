"""What part of an indicator the two sides compare."""

from decimal import Decimal

import pytest

from shanhai.domains.appraisal.shared_part import SharedPart, shared_part
from shanhai.kernel.indicators.figures import Member


def split(**values: int) -> list[Member]:
    return [Member(code, f"{code}（注）", Decimal(value), value) for code, value in values.items()]


WHOLE = SharedPart()
CITY = SharedPart("city", (("destination", "city"),))


@pytest.mark.parametrize(
    ("east", "west", "part"),
    [
        ({"destination": split(city=9)}, {"destination": split(city=8, county=30)}, CITY),
        ({"destination": split(city=9)}, {"destination": split(city=8)}, WHOLE),
        ({"destination": split(city=9)}, {"destination": split(county=30, town=2)}, WHOLE),
        ({"destination": split(city=9, county=0)}, {"destination": split(city=8, county=30)}, CITY),
        ({"destination": []}, {"destination": split(city=8)}, WHOLE),
        ({"unit": split(a=9)}, {"unit": split(a=8, b=1)}, WHOLE),
        (
            {"province": split(paired=9), "destination": split(city=9)},
            {"province": split(paired=20, own=30), "destination": split(city=8, county=42)},
            CITY,
        ),
    ],
)
def test_the_narrowest_part_that_both_file_is_compared_whoever_looks(
    east: dict[str, list[Member]], west: dict[str, list[Member]], part: SharedPart
) -> None:
    assert shared_part(east, west) == part
    assert shared_part(west, east) == part
