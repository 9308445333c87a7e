import csv
import datetime
from importlib import resources

import pytest

WIDTHS = {"province": 2, "city": 4, "county": 6, "town": 9, "village": 12}


@pytest.fixture(scope="module")
def divisions() -> list[dict[str, str]]:
    file = resources.files("shanhai.registers.places") / "data" / "divisions.csv"
    with file.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize(
    ("county", "towns", "villages"), [("440403", 6, 133), ("520328", 15, 137)], ids=["斗门区", "湄潭县"]
)
def test_both_counties_have_all_their_towns_and_villages(
    divisions: list[dict[str, str]], county: str, towns: int, villages: int
) -> None:
    levels = [row["level"] for row in divisions if row["code"].startswith(county)]
    assert {level: levels.count(level) for level in levels} == {
        "county": 1,
        "town": towns,
        "village": villages,
    }


def test_every_place_stands_after_its_parent_and_under_its_code(divisions: list[dict[str, str]]) -> None:
    seen: dict[str, datetime.date] = {}
    for row in divisions:
        since = datetime.date.fromisoformat(row["valid_from"])
        assert len(row["code"]) == WIDTHS[row["level"]]
        assert row["code"].startswith(row["parent_code"])
        if row["parent_code"]:
            assert seen[row["parent_code"]] <= since
        assert row["code"] not in seen
        assert row["name"] == row["name"].strip() != ""
        assert row["source"]
        seen[row["code"]] = since


def test_no_two_places_of_one_parent_bear_one_name(divisions: list[dict[str, str]]) -> None:
    names = [(row["parent_code"], row["name"]) for row in divisions]
    assert len(set(names)) == len(names)
