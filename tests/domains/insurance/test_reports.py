"""Four reports over a time: what they count is what there is, each row opens, Excel and API say the same."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.urls import reverse
from python_calamine import CalamineWorkbook

from shanhai.domains.insurance import clearing, reports
from shanhai.domains.insurance.actions import reverse_settlement, settle_visit
from shanhai.domains.insurance.models import Clearing, Threshold
from shanhai.kernel import context

from .conftest import SINCE, visit

YEAR = (date(2021, 1, 1), date(2021, 12, 31))


def settled(example: Any, as_actor: Any) -> None:
    """The worked example stands; another visit was settled and taken back."""
    other = visit(example, "ZY2", date(2021, 8, 13), date(2021, 8, 20))
    with as_actor("alice") as alice:
        settle_visit(example.visit.pk, actor=alice, row_version=1)
        settle_visit(other.pk, actor=alice, row_version=1)
        reverse_settlement(other.pk, reason="退费", actor=alice, row_version=1)


def test_settlements_sum_to_what_stands_and_high_self_pay_names_its_people(
    example: Any, as_actor: Any
) -> None:
    settled(example, as_actor)
    with context.unscoped("test"):
        Threshold.objects.create(code="high_self_pay", value=11_328, valid_from=SINCE, source="演示")
    with as_actor("alice"):
        found = reports.settlements(*YEAR)
        assert [line.cells[0] for line in found.lines] == ["ZY1-1", "ZY2-1", "ZY2-2", "合计"]
        assert found.lines[-1].cells[4] == 42_000
        assert found.lines[0].url == reverse("insurance:medicalvisit_detail", args=[example.visit.pk])
        (one,) = reports.high_self_pay(*YEAR).lines
        assert (one.cells[0], one.cells[4]) == ("李演示", Decimal(11_328))
        assert one.url == reverse("parties:person_detail", args=[example.here.pk])
        with context.unscoped("test"):
            Threshold.objects.update(value=Decimal("11328.01"))
        assert reports.high_self_pay(*YEAR).lines == []
    with as_actor("bob"):
        assert reports.settlements(*YEAR).lines == []  # visits are private to the place of care


def test_filings_are_counted_by_kind_and_standing_and_open_to_their_rows(
    example: Any, as_actor: Any, client_of: Any
) -> None:
    with as_actor("bob"):
        found = reports.filings(*YEAR)
    assert [line.cells for line in found.lines] == [("异地长期居住", "备案生效", 1), ("合计", "", 1)]
    assert "李" in client_of("bob").get(found.lines[0].url).content.decode()


def test_clearing_is_summed_by_insured_county(example: Any, as_actor: Any) -> None:
    settled(example, as_actor)
    with context.unscoped("test"):
        row = Clearing.objects.create(number="QS1", period="2021-09", **example.east)
    with as_actor("alice") as alice:
        clearing.take_step(row.pk, "requested", actor=alice, seen=0)
    with as_actor("bob"):
        one, total = reports.clearings(*YEAR).lines
    assert one.cells == ("湄潭县", "QS1", "2021-09", "清算申请", 3, Decimal(30_672), 0, 0, Decimal(30_672))
    assert (total.cells[:2], total.cells[5]) == (("湄潭县", "合计"), Decimal(30_672))


def test_page_excel_and_api_say_the_same(example: Any, as_actor: Any, client_of: Any) -> None:
    settled(example, as_actor)
    alice, url = client_of("alice"), reverse("insurance:reports")
    for code in reports.REPORTS:
        assert alice.get(url, {"report": code}).status_code == 200
    assert "ZY1-1" in alice.get(url).content.decode()
    book = CalamineWorkbook.from_filelike(BytesIO(alice.get(url, {"format": "xlsx"}).content))
    assert book.get_sheet_by_index(0).to_python()[1][:2] == ["ZY1-1", "李演示"]
    told = alice.get("/api/v1/insurance/medicalvisit/reports/settlements/").json()
    assert told["rows"][0][:2] == ["ZY1-1", "李演示"]
    assert alice.get(url, {"first": "昨天"}).status_code == 422
    assert alice.get(url, {"first": "2021-09-02", "last": "2021-09-01"}).status_code == 422
    assert alice.get(url, {"report": "x"}).status_code == 404
    assert client_of("eve").get(url).status_code == 404
