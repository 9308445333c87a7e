"""The pages of an indicator as its readers see them: figures that open, rows with reasons, two sides."""

import io
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook

from kernel.amendments.test_effect import amend
from kernel.surfaces.reading import words
from shanhai.domains.appraisal.models import IndicatorTarget
from shanhai.kernel import context
from shanhai.kernel.models import HistoryEntry
from shanhai.kernel.scope import Sharing, Side
from shanhai.kernel.workflow import State
from toys.models import Output, Workshop

BASE = "/appraisal/indicators/"
PAGES = ("", "rows/", "evidence/", "sides/", "definition/", "export/")


@pytest.fixture
def rows(cast: Any) -> Any:
    """Six western workshops with an output each in August: 10, 11, … pieces; the last two unverified."""
    with context.unscoped("toys"):
        for number in range(6):
            place = cast.yongxing if number % 2 else cast.fuxing
            workshop = Workshop.objects.create(
                side=Side.WEST,
                code=f"W{number}",
                name=f"车间{number}",
                owner_unit=cast.mt_labour,
                place=place,
                opened_on=date(2020, 10, 1),
                is_certified=True,
                state=State.VERIFIED,
            )
            Output.objects.create(
                side=Side.WEST,
                workshop=workshop,
                owner_unit=cast.mt_labour,
                place=place,
                period="2021-08",
                pieces=10 + number,
                amount=Decimal(1000),
                state=State.VERIFIED if number < 4 else State.SUBMITTED,
                sharing=Sharing.SHARED,
            )
    return cast


@pytest.fixture
def target(cast: Any) -> IndicatorTarget:
    with context.unscoped("toys"):
        return IndicatorTarget.objects.create(
            code="TOY-1", side=Side.WEST, year=2021, value=Decimal(50), source="玩具协议 1"
        )


def page(client: Any, path: str, **query: str) -> BeautifulSoup:
    response = client.get(BASE + path, query)
    assert response.status_code == 200, response.status_code
    return BeautifulSoup(response.content, "html.parser")


def text(soup: BeautifulSoup, selector: str) -> str:
    found = soup.select_one(selector)
    return " ".join(found.get_text(" ").split()) if found else ""


@pytest.mark.parametrize("code", [f"TOY-{number}" for number in range(1, 8)])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_every_kind_of_indicator_opens(rows: Any, sign_in: Any, code: str, path: str) -> None:
    for side in Side:
        response = sign_in("wang").get(f"{BASE}{code}/{path}", {"side": side, "period": "2021Q3"})
        assert response.status_code == 200
        assert b"".join(response)


def test_the_list_shows_value_target_and_completion(rows: Any, target: Any, sign_in: Any) -> None:
    soup = page(sign_in("wang"), "")
    row = next(one for one in soup.select("tr") if "TOY-1" in one.get_text())
    cells = [" ".join(cell.get_text().split()) for cell in row.select("td")]
    assert cells[1:4] == ["46", "50", "92.0%"]
    assert cells[-2:] == ["+46", "4"]


def test_the_figure_its_split_and_its_reasons_lead_to_exactly_their_rows(
    rows: Any, target: Any, sign_in: Any
) -> None:
    client = sign_in("wang")
    soup = page(client, "TOY-1/", period="2021Q3", side="west")
    main = soup.select_one("a.figure")
    assert main is not None
    assert "46" in main.get_text()
    links = {" ".join(a.get_text().split()): a["href"] for a in soup.select("td.n a")}
    assert links["24"] != links["22"]
    for pieces, url in (("24", links["24"]), ("22", links["22"]), ("46", main["href"])):
        listed = BeautifulSoup(client.get(url).content, "html.parser")
        numbers = [int(cell.get_text()) for cell in listed.select("td[data-label=计入数]")]
        assert str(sum(numbers)) == pieces
    unverified = next(li for li in soup.select("li.split") if "尚未核实" in li.get_text())
    link = unverified.select_one("a")
    assert link is not None
    listed = BeautifulSoup(client.get(str(link["href"])).content, "html.parser")
    assert len(listed.select("#rows tbody tr")) == 2


def test_no_number_of_the_overview_is_without_its_rows(rows: Any, target: Any, sign_in: Any) -> None:
    soup = page(sign_in("wang"), "TOY-1/", period="2021Q3")
    heads = ("完成", "数值")
    cells = [cell for cell in soup.select("tbody td.n") if cell.get("data-label") in heads]
    assert cells
    assert all(cell.select_one("a") for cell in cells)


def test_the_other_side_is_told_which_part_is_shared(rows: Any, sign_in: Any) -> None:
    soup = page(sign_in("carol"), "TOY-1/sides/", period="2021Q3")
    assert "对方已共享的记录" in soup.get_text()
    assert "46" in soup.get_text()


def test_who_may_read_no_ledger_reads_no_indicator(rows: Any, sign_in: Any) -> None:
    for username in ("root", "eve"):
        client = sign_in(username)
        for path in PAGES:
            assert client.get(f"{BASE}TOY-1/{path}").status_code == 403


def test_what_does_not_exist_is_not_found(rows: Any, sign_in: Any) -> None:
    client = sign_in("wang")
    for path in (
        "NO-1/",
        "TOY-1/?period=never",
        "TOY-1/?unit=0",
        "TOY-1/?side=north",
        "TOY-1/?by.nothing=1",
        "TOY-1/?place=00000000-0000-0000-0000-000000000000",
        "TOY-1/rows/?reason=invented",
        "TOY-1/rows/?after=1.x",
        "TOY-1/sides/?match=x",
        "TOY-1/evidence/?after=x",
    ):
        assert client.get(BASE + path).status_code == 404, path


def test_what_amendments_made_of_figures_stands_beside_them_in_the_list_and_its_export(
    rows: Any, client_of: Any
) -> None:
    wang = client_of("wang")
    assert "其中更正" not in page(wang, "", period="2021Q3").get_text()
    with context.unscoped("look"):
        row = Output.objects.get(workshop__code="W0")
    amend(rows, row, pieces=row.pieces + 7)
    shown = page(wang, "", period="2021Q3")
    link = shown.find("a", string=re.compile(r"\+7 件（1 行）"))
    assert link and "TOY-1/amended/" in str(link["href"])
    sheet = load_workbook(io.BytesIO(wang.get(f"{BASE}export/", {"period": "2021Q3"}).content)).worksheets[0]
    head, *lines = sheet.iter_rows(values_only=True)
    told = {line[1]: line[-2:] for line in lines if len(line) == len(head)}
    assert told["TOY-1"] == (7, 1)
    whole = wang.get("/api/v1/indicators/TOY-1/", {"period": "2021Q3"}).json()
    assert whole["amended"] == {"difference": "7", "rows": 1}


def test_the_breakdown_is_exported_as_it_is_shown(rows: Any, target: Any, sign_in: Any) -> None:
    response = sign_in("wang").get(f"{BASE}TOY-1/export/", {"period": "2021Q3"})
    sheet = load_workbook(io.BytesIO(response.content)).worksheets[0]
    lines = [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=2)]
    assert ("本期值", None, 46, 4) in lines
    assert ("目标", None, 50, None) in lines
    assert ("按地区", "永兴镇", 24, 2) in lines
    assert ("不计入", "尚未核实", None, 2) in lines


def test_all_indicators_are_exported_by_place_and_higher_levels_include_lower_ones(
    rows: Any, sign_in: Any, queries: Any
) -> None:
    import io

    from openpyxl import load_workbook

    client = sign_in("wang")
    assert "by=place" in client.get(BASE).content.decode()
    with queries() as captured:
        response = client.get(f"{BASE}export/", {"period": "2021Q3", "by": "place"})
    lines = list(load_workbook(io.BytesIO(response.content)).worksheets[0].iter_rows(values_only=True))
    pieces = next(number for number, head in enumerate(lines[0]) if str(head).startswith("TOY-1"))
    found = {line[0]: line[pieces] for line in lines[1:]}
    assert (found["湄潭县"], found["永兴镇"], found["复兴镇"]) == (46, 24, 22)
    assert "斗门区" not in found
    assert len(captured) <= 40


def test_pages_cost_as_many_queries_whatever_the_rows(rows: Any, sign_in: Any, queries: Any) -> None:
    client = sign_in("wang")
    client.get(BASE + "TOY-1/")
    with queries() as overview:
        client.get(BASE + "TOY-1/")
    with queries() as listed:
        client.get(BASE + "TOY-1/rows/")
    assert len(overview) <= 30, "\n".join(one["sql"][:200] for one in overview)
    assert len(listed) <= 30


def test_a_coordinator_sets_a_target_once_and_changes_it_for_a_reason(rows: Any, sign_in: Any) -> None:
    client = sign_in("wang")
    values = {"code": "TOY-1", "year": "2021", "value": "50", "source": "玩具协议 1"}
    assert client.post("/appraisal/targets/", values).status_code == 302
    again = client.post("/appraisal/targets/", values)
    assert again.status_code == 422
    assert "这个指标本年度已有目标" in again.content.decode()
    with context.unscoped("test"):
        row = IndicatorTarget.objects.get()
    url = f"/appraisal/targets/{row.pk}/"
    assert client.post(url, {**values, "value": "60"}).status_code == 422
    assert client.post(url, {**values, "value": "60", "reason": "补充协议"}).status_code == 302
    with context.unscoped("test"):
        assert IndicatorTarget.objects.get().value == 60
        entry = HistoryEntry.objects.filter(row_id=row.pk, operation="update").get()
    assert entry.reason == "补充协议"


def test_the_history_of_a_target_is_told_to_everyone_of_its_side(target: Any, sign_in: Any) -> None:
    values = {"code": "TOY-1", "year": str(target.year), "value": "60.50", "source": "补充协议第二条"}
    client, url = sign_in("wang"), f"/appraisal/targets/{target.pk}/"
    assert f"{url}history/" in client.get(url).content.decode()
    assert client.post(url, {**values, "reason": "中期调整"}).status_code == 302
    reader = sign_in("bob")
    assert f"{url}history/" in reader.get("/appraisal/targets/").content.decode()
    shown = words(reader.get(f"{url}history/"))
    assert "→ 60.5" in shown
    assert "理由：中期调整" in shown
    assert sign_in("carol").get(f"{url}history/").status_code == 404
    assert sign_in("root").get(f"{url}history/").status_code == 403


def test_who_does_not_manage_sets_no_target(target: Any, sign_in: Any) -> None:
    client = sign_in("bob")
    assert client.get("/appraisal/targets/").status_code == 200
    assert client.post("/appraisal/targets/", {"code": "TOY-1"}).status_code == 403
    assert client.get(f"/appraisal/targets/{target.pk}/").status_code == 403
    assert sign_in("carol").get(f"/appraisal/targets/{target.pk}/").status_code == 404
    assert sign_in("root").get("/appraisal/targets/").status_code == 403


def test_a_row_page_says_which_indicators_count_it(rows: Any, sign_in: Any) -> None:
    with context.unscoped("test"):
        counted = Output.objects.get(workshop__code="W1")
        waiting = Output.objects.get(workshop__code="W5")
    client = sign_in("wang")
    assert "已计入" in client.get(f"/toys/output/{counted.pk}/").content.decode()
    assert "未计入：尚未核实" in client.get(f"/toys/output/{waiting.pk}/").content.decode()
