"""Four reports over a time: what they count is what there is, each row opens, Excel and API say the same."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.urls import reverse
from django.utils.html import escape
from python_calamine import CalamineWorkbook

from shanhai.domains.insurance import clearing, reports
from shanhai.domains.insurance.actions import reverse_settlement, settle_visit
from shanhai.domains.insurance.models import Clearing, Threshold
from shanhai.domains.insurance.report_files import paper_of
from shanhai.kernel import context
from shanhai.kernel.documents.bound import check_bound
from shanhai.kernel.documents.docx import write_docx
from shanhai.kernel.documents.reread import numbers_in_docx
from shanhai.kernel.sheets.columns import NUMBERS, Kind
from shanhai.registers.papers import document as document_of

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


def test_each_number_opens_to_its_rows_and_word_prints_the_same(
    example: Any, as_actor: Any, client_of: Any
) -> None:
    settled(example, as_actor)
    with context.unscoped("test"):
        Threshold.objects.create(code="high_self_pay", value=5000, valid_from=SINCE, source="演示")
    alice, url = client_of("alice"), reverse("insurance:reports")
    with as_actor("alice") as actor:
        (one,) = reports.high_self_pay(*YEAR).lines
        for code, build in reports.REPORTS.items():
            found = build(*YEAR)
            document = document_of(paper_of(found, actor))
            assert check_bound(document) == [], code
            printed = [one.display for one in numbers_in_docx(write_docx(document))]
            line = [f"{found.threshold:,}"] if found.threshold else []
            assert printed == [*line, *_numbers(found)], code
            assert all(any(line.urls) for line in found.lines), code
    page = alice.get(one.urls[-1]).content.decode()
    assert page.count("ZY1-1") == 1 and "42,000.00" in page and "李演示" in page
    assert "11,328.00" in page  # the number that was opened is the last line of what it counts
    known = alice.get(url, {"report": "high_self_pay"} | _days()).content.decode()
    assert f'<a href="{escape(one.urls[-1])}">11,328.00</a>' in known
    file = alice.get("/api/v1/insurance/medicalvisit/reports/high_self_pay/file/?format=docx")
    assert (file.status_code, file.content[:2]) == (200, b"PK")
    assert alice.get(url, {"format": "docx"}).content[:2] == b"PK"
    assert client_of("bob").get(one.urls[-1]).status_code == 404  # a person of the other side
    assert alice.get(url, {"person": "x"}).status_code == 404


def _days() -> dict[str, str]:
    return {"first": YEAR[0].isoformat(), "last": YEAR[1].isoformat()}


def _numbers(found: reports.Report) -> list[str]:
    kinds = [one.kind for one in found.columns]
    cells = [pair for line in found.lines for pair in zip(line.cells, kinds, strict=True)]
    return [
        f"{value:,.2f}" if kind is Kind.MONEY else f"{value:,}" for value, kind in cells if kind in NUMBERS
    ]


def test_a_report_too_long_for_word_says_so_and_the_page_lists_the_first_rows(
    example: Any, as_actor: Any, client_of: Any, monkeypatch: Any
) -> None:
    settled(example, as_actor)
    monkeypatch.setattr("shanhai.registers.papers.MOST_CELLS", 20)
    monkeypatch.setattr("shanhai.domains.insurance.report_pages.SHOWN", 2)
    alice, url = client_of("alice"), reverse("insurance:reports")
    refused = alice.get(url, {"format": "docx"})
    assert refused.status_code == 422 and "Word 最多 20 格" in refused.content.decode()
    page = alice.get(url).content.decode()
    assert "先列 2 行" in page and "ZY2-2" not in page
    assert "ZY2-2" in alice.get(url, {"all": "1"}).content.decode()
