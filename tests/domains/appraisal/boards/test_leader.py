"""One page for leaders and units compared: each number opens what it counts; sorted, taken along."""

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

from shanhai.domains.appraisal.boards.leader import ranked
from shanhai.domains.governance import supervision_actions
from shanhai.domains.governance.models import SupervisionSlip
from shanhai.kernel import context
from shanhai.kernel.models import Obligation
from shanhai.kernel.scope import Side
from shanhai.kernel.workflow import State
from toys.models import Output

RATES = st.lists(st.one_of(st.none(), st.decimals(0, 300, places=1)), max_size=12)


@given(RATES)
def test_ranks_follow_rates_and_equal_rates_share_one(rates: list[Decimal | None]) -> None:
    found = ranked(rates)
    assert [one is None for one in rates] == [one is None for one in found]
    known = [(rate, rank) for rate, rank in zip(rates, found, strict=True) if rate is not None and rank]
    for rate, rank in known:
        assert rank == 1 + sum(other > rate for other, _rank in known)


def read(response: Any) -> BeautifulSoup:
    assert response.status_code == 200, response.status_code
    return BeautifulSoup(response.content, "html.parser")


def lines(browser: Any, **query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = browser.get("/api/v1/boards/scores/", query).json()
    return found


@pytest.fixture
def late(filed: Any, as_actor: Any) -> Any:
    """A row of the labour bureau sent back, and an overdue slip; towns owe July."""
    with context.unscoped("toys"):
        Output.objects.filter(workshop__code="W0").update(state=State.RETURNED, return_reason="缺公章")
    with as_actor("wang") as wang:
        supervision_actions.raise_slip(
            unit=filed.mt_labour, cause="月报逾期", due_on=date(2021, 9, 24), actor=wang
        )
    with context.unscoped("toys"):
        days = {"issued_on": date(2021, 8, 20), "due_on": date(2021, 9, 1)}
        SupervisionSlip.objects.update(**days)
    return filed


def test_units_are_compared_and_each_number_opens(late: Any, sign_in: Any) -> None:
    browser = sign_in("wang")
    by_unit = {one["id"]: one for one in lines(browser)}
    bureau = by_unit[str(late.mt_labour.pk)]
    assert (bureau["due"], bureau["late"], bureau["returned"]) == (1, 1, 1)
    assert bureau["others"]["slips_overdue"] == 1
    page = read(browser.get("/appraisal/scoreboard/"))
    row = next(one for one in page.select("main table.ledger tbody tr") if late.mt_labour.name in one.text)
    for cell in row.select("a"):
        opened = browser.get(cell["href"].partition("#")[0])
        assert opened.status_code == 200, cell["href"]
    slips = read(browser.get(row.select("a")[-1]["href"]))
    assert "月报逾期" in slips.text
    unit = read(browser.get(f"/appraisal/scoreboard/{late.mt_labour.pk}/"))
    (listed,) = unit.select("#returned tbody a")
    assert "车间0" in read(browser.get(listed["href"])).text


def test_the_worst_come_first_by_every_column_and_no_other(late: Any, sign_in: Any) -> None:
    browser = sign_in("wang")
    for column in ("late", "returned", "missing", "alarms", "due"):
        numbers = [one[column] for one in lines(browser, sort=column)]
        assert numbers == sorted(numbers, reverse=True)
    assert lines(browser, sort="slips_overdue")[0]["id"] == str(late.mt_labour.pk)
    assert browser.get("/appraisal/scoreboard/", {"sort": "nothing"}).status_code == 404
    assert browser.get("/appraisal/scoreboard/", {"year": "soon"}).status_code == 404
    book = load_workbook(
        io.BytesIO(browser.get("/appraisal/scoreboard/", {"sort": "late", "format": "xlsx"}).content)
    )
    first = [cell.value for cell in list(book.worksheets[0].iter_rows())[-1]]
    assert len(first) == 9
    assert browser.get("/api/v1/boards/scores/file/", {"format": "docx"}).status_code == 200


def test_units_of_the_other_county_are_never_listed(late: Any, sign_in: Any) -> None:
    carol = sign_in("carol")
    ours = {str(late.mt_labour.pk), *(str(one.pk) for one in late.towns)}
    assert not ours & {one["id"] for one in lines(carol)}
    assert carol.get(f"/appraisal/scoreboard/{late.mt_labour.pk}/").status_code == 404


def test_the_leader_reads_targets_money_and_what_presses(late: Any, sign_in: Any) -> None:
    browser = sign_in("wang")
    told = browser.get("/api/v1/boards/leader/", {"side": "west"}).json()
    (goal,) = told["goals"]
    assert (goal["code"], Decimal(goal["aim"]), goal["done"], goal["rank"]) == ("TOY-1", 150, "65", 1)
    pressing = {one["code"]: one["value"] for one in told["pressing"]}
    assert pressing["slips_overdue"] == "1"
    assert pressing["duties_late"] == "13"
    page = read(browser.get("/appraisal/leader/", {"side": "west"}))
    for figure in page.select("main a.figure"):
        assert browser.get(figure["href"]).status_code == 200, figure["href"]
    assert browser.get("/appraisal/leader/", {"side": "west", "format": "xlsx"}).status_code == 200
    assert browser.get("/api/v1/boards/leader/file/", {"format": "docx"}).status_code == 200


def test_of_the_other_side_only_totals_are_told(late: Any, sign_in: Any) -> None:
    told = sign_in("carol").get("/api/v1/boards/leader/", {"side": "west"}).json()
    assert told["goals"]
    assert told["pressing"] == []


@pytest.mark.parametrize("address", ["/appraisal/leader/", "/appraisal/scoreboard/"])
def test_how_often_a_board_asks_does_not_grow_with_rows(filed: Any, sign_in: Any, address: str) -> None:
    browser = sign_in("wang")
    counts = []
    for number in range(2):
        browser.get(address)
        with CaptureQueriesContext(connection) as asked:
            browser.get(address)
        counts.append(len(asked))
        with context.unscoped("toys"):
            rule = Obligation.objects.filter(ledger="toys.output").first().rule
            for month in ("2021-04", "2021-05"):
                unit = filed.towns[number]
                Obligation.objects.create(
                    rule=rule, ledger="toys.output", side=Side.WEST, unit=unit, period=month,
                    due_on=date(2021, 8, 20),
                )  # fmt: skip
            Output.objects.filter(workshop__code=f"W{number}").update(state=State.RETURNED)
    assert counts[0] == counts[1]
