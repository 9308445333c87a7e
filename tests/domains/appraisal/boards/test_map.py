"""The map: tiles in their cells, values that add up to the figure, every tile open, the other side's not."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from shanhai.domains.appraisal.boards.tiles import LEAST, MOST, shade
from shanhai.domains.appraisal.models import AlarmLevel
from shanhai.domains.funds.models import Project, Stage
from shanhai.kernel import context
from shanhai.kernel.scope import Sharing, Side
from shanhai.kernel.workflow import State
from shanhai.registers.places.layout import placed, tiles
from shanhai.registers.places.loading import DIVISIONS, shipped_places
from shanhai.registers.places.models import PlacePairing

CODES = st.lists(st.sampled_from([f"c{n}" for n in range(12)]), max_size=12)
CELLS = st.dictionaries(st.sampled_from([f"c{n}" for n in range(12)]), st.tuples(*[st.integers(0, 3)] * 2))


@given(CODES, CELLS)
def test_every_town_has_a_cell_of_its_own(codes: list[str], known: dict[str, tuple[int, int]]) -> None:
    found = placed(codes, known)
    assert list(found) == list(dict.fromkeys(codes))
    assert len(set(found.values())) == len(found)


def test_the_layout_knows_exactly_the_towns_of_both_counties() -> None:
    towns = {one.code for one in shipped_places() if one.level == "town"}
    assert set(tiles()) == towns, DIVISIONS
    for county in ("440403", "520328"):
        cells = [cell for code, cell in tiles().items() if code.startswith(county)]
        assert len(set(cells)) == len(cells)


@given(st.decimals(0, 10**9, places=2), st.decimals(0, 10**9, places=2))
def test_a_tile_is_never_darker_than_words_stand(value: Decimal, most: Decimal) -> None:
    found = shade(value, most)
    assert found == 0 if not value or not most else LEAST <= found <= MOST


def project(cast: Any, number: int, place: Any, **more: Any) -> Project:
    given = {"side": Side.WEST, "owner_unit": cast.mt_labour, "period": "2021", "state": State.VERIFIED}
    return Project.objects.create(
        **{
            **given,
            "code": f"P{number}",
            "name": f"项目{number}",
            "place": place,
            "kind": Project.Kind.FACILITIES,
            "budget": Decimal(1000),
            "stage": Stage.BUILDING,
            "planned_end_on": date(2021, 6, 30),
            "sharing": Sharing.SHARED,
            **more,
        }
    )


@pytest.fixture
def projects(cast: Any) -> Any:
    """Two in Yongxing, one in Fuxing, one in no town; all late."""
    with context.unscoped("toys"):
        for number, place in enumerate((cast.yongxing, cast.yongxing, cast.fuxing, None)):
            project(cast, number, place)
    return cast


def soup(response: Any) -> BeautifulSoup:
    assert response.status_code == 200, response.status_code
    return BeautifulSoup(response.content, "html.parser")


def tile(page: BeautifulSoup, name: str) -> Any:
    return next(one for one in page.select("svg a, svg g") if one.title and one.title.text.startswith(name))


def test_tiles_and_what_lies_nowhere_add_up_and_open_their_rows(projects: Any, sign_in: Any) -> None:
    browser = sign_in("wang")
    told = browser.get("/api/v1/boards/map/", {"layer": "FUN-2B", "side": "west"}).json()
    values = [Decimal(one["value"]) for one in told["towns"]]
    assert (sum(values), told["elsewhere"], told["total"]) == (3, "1", "4")
    page = soup(browser.get("/appraisal/map/", {"layer": "FUN-2B", "side": "west"}))
    yongxing = tile(page, "永兴镇")
    assert yongxing.title.text == "永兴镇 2"
    rows = soup(browser.get(yongxing["href"]))
    assert {"项目0", "项目1"} == {a.text for a in rows.select("main table.ledger tbody th a")}
    table = page.select_one("main table.ledger")
    assert table is not None
    assert "未分到镇村" in table.text


def test_the_same_values_are_taken_along(projects: Any, sign_in: Any) -> None:
    browser = sign_in("wang")
    query = {"layer": "FUN-2B", "side": "west", "format": "xlsx"}
    book = load_workbook(io.BytesIO(browser.get("/appraisal/map/", query).content))
    cells = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert any("永兴镇" in row and 2 in row for row in cells)
    assert browser.get("/appraisal/map/", query | {"format": "docx"}).status_code == 200
    assert browser.get("/api/v1/boards/map/file/", query).status_code == 200


def test_findings_lie_where_their_rows_lie_and_are_severe_by_a_rule(projects: Any, sign_in: Any) -> None:
    browser = sign_in("wang")
    page = soup(browser.get("/appraisal/map/", {"layer": "alarms", "side": "west"}))
    yongxing = tile(page, "永兴镇")
    number = int(yongxing.title.text.split()[-1])
    assert number >= 2
    listed = soup(browser.get(yongxing["href"]))
    assert len(listed.select("main table.ledger tbody tr")) == number
    assert listed.select_one("main table.ledger tbody td .state")
    told = browser.get("/api/v1/boards/alarms/", {"code": "funds.overdue"}).json()
    assert {one["level"] for one in told} == {"yellow"}
    with context.unscoped("toys"):
        AlarmLevel.objects.create(
            alarm_code="funds.overdue",
            alarm_level="red",
            valid_from=date(2021, 1, 1),
            source="示例参数，未核实",
        )
    told = browser.get("/api/v1/boards/alarms/", {"code": "funds.overdue", "level": "red"}).json()
    assert len(told) == 4
    assert browser.get("/appraisal/alarms/", {"level": "red", "format": "xlsx"}).status_code == 200
    assert browser.get("/api/v1/boards/alarms/file/", {"format": "docx"}).status_code == 200


def test_the_other_county_sees_totals_but_neither_private_rows_nor_findings(
    projects: Any, sign_in: Any
) -> None:
    with context.unscoped("toys"):
        project(projects, 9, projects.yongxing, sharing=Sharing.PRIVATE)
    carol = sign_in("carol")
    told = carol.get("/api/v1/boards/map/", {"layer": "FUN-2B", "side": "west"}).json()
    assert told["total"] == "4"
    assert carol.get("/appraisal/map/", {"layer": "alarms", "side": "west"}).status_code == 404
    assert "项目9" not in {one["text"] for one in carol.get("/api/v1/boards/alarms/").json()}


def test_an_unknown_layer_is_no_page(cast: Any, sign_in: Any) -> None:
    assert sign_in("wang").get("/appraisal/map/", {"layer": "NO-1"}).status_code == 404
    assert sign_in("wang").get("/appraisal/map/", {"layer": "OBL-1"}).status_code == 404


@pytest.mark.parametrize("query", [{"layer": "FUN-2B"}, {"layer": "alarms"}])
def test_how_often_the_map_asks_does_not_grow_with_rows(
    projects: Any, sign_in: Any, query: dict[str, str]
) -> None:
    browser = sign_in("wang")
    counts = []
    for number in (20, 40):
        browser.get("/appraisal/map/", {**query, "side": "west"})
        with CaptureQueriesContext(connection) as asked:
            browser.get("/appraisal/map/", {**query, "side": "west"})
        counts.append(len(asked))
        with context.unscoped("toys"):
            for at in range(5):
                project(projects, number + at, projects.fuxing)
    assert counts[0] == counts[1]


def test_paired_towns_bear_one_number_while_the_pairing_holds(projects: Any, sign_in: Any) -> None:
    with context.unscoped("toys"):
        for west, until in (("520328101", None), ("520328102", date(2021, 8, 31))):
            PlacePairing.objects.create(
                west_code=west,
                east_code="440403106",
                valid_from=date(2021, 1, 1),
                valid_to=until,
                source="协议",
            )
    browser = sign_in("wang")
    told = browser.get("/api/v1/boards/map/", {"layer": "FUN-2B", "side": "west"}).json()["towns"]
    pairs = {one["name"]: (one["pair"], one["partner"]) for one in told}
    assert pairs == {"永兴镇": (1, "白蕉镇"), "白蕉镇": (1, "永兴镇"), "复兴镇": (None, "")}
    page = soup(browser.get("/appraisal/map/", {"layer": "FUN-2B", "side": "west"}))
    assert "#1" in tile(page, "白蕉镇").text


def test_the_wall_shows_numbers_and_no_name_and_asks_for_itself_again(projects: Any, sign_in: Any) -> None:
    browser = sign_in("wang")
    page = soup(browser.get("/appraisal/screen/", {"layer": "FUN-2B", "side": "west", "theme": "dark"}))
    assert page.select_one("main[hx-trigger^='every ']")
    assert not page.select("meta[http-equiv=refresh]"), "it takes the reader's place away"
    assert page.select_one("body.screen.dark")
    assert "项目0" not in page.text
    assert projects.users["wang"].name not in page.text
    for link in page.select("header a"):
        assert browser.get(link["href"]).status_code == 200
    assert sign_in("root").get("/appraisal/screen/").status_code == 403
