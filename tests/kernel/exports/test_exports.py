"""An export has exactly the rows, columns, order and filters of the list, and comes back unchanged."""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pyarrow import parquet
from pypdfium2 import PdfDocument

from shanhai.kernel import actions, context
from shanhai.kernel.exports import answers, printing
from shanhai.kernel.exports.rows import Reading
from shanhai.kernel.imports.columns import read_upload
from shanhai.kernel.imports.plan import plan_import
from shanhai.kernel.registry import registry
from shanhai.kernel.sheets.texts import ERROR_VALUES, tidy
from shanhai.kernel.surfaces.fields import resolve
from shanhai.kernel.surfaces.listing import Listing
from shanhai.kernel.surfaces.tables import draw_rows
from shanhai.kernel.workflow import SUBMIT
from shanhai.registers.parties.identity import demo_identity

EXPORT = "/toys/workshop/export/"


@pytest.fixture
def make(cast: Any) -> Any:
    def made(code: str, by: str = "alice", **values: Any) -> Any:
        with context.acting(cast.actor(by)) as current:
            row = {"code": code, "name": f"{code}车间"[:80], **values}
            return actions.create_row(registry.get("toys.workshop"), row, actor=current.actor)

    return made


def table(client: Any, query: str = "") -> list[list[str]]:
    answer = client.get(f"{EXPORT}?format=csv&{query}")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_rows_columns_and_order_are_those_of_the_list(sign_in: Any, make: Any) -> None:
    make("W1", workers=3, place=None)
    make("W2", kind="home", workers=5)
    make("W3", kind="home", workers=9, cost=Decimal("1200.50"))
    heading, *rows, note = table(
        sign_in("alice"), "kind=home&sort=-workers&columns=code&columns=kind&columns=workers&columns=cost"
    )
    assert heading[:4] == ["编号", "类型", "吸纳人数（人）", "年度经费（元）"]
    assert [row[:4] for row in rows] == [["W3", "居家式", "9", "1200.50"], ["W2", "居家式", "5", ""]]
    assert note[0].startswith("# 玩具车间。2021-09-24 ")
    assert "筛选：类型：居家式。" in note[0]
    assert note[0].endswith("共 2 行。")


def test_only_rows_one_may_see_are_exported(sign_in: Any, make: Any) -> None:
    make("W1")
    make("B1", by="bob")
    assert [row[0] for row in table(sign_in("alice"))[1:-1]] == ["W1"]


def test_sensitive_values_are_masked_and_formulas_harmless(sign_in: Any, make: Any) -> None:
    number = demo_identity(area=1, born_on=date(1990, 1, 1), serial=1)
    make("W1", name="=cmd|'/c calc'!A1", keeper_identity=number)
    content = b"".join(sign_in("alice").get(f"{EXPORT}?format=csv").streaming_content).decode()
    assert number not in content
    assert "'=cmd" in content


def test_a_workbook_has_a_note_and_the_key_folded_away(sign_in: Any, make: Any) -> None:
    row = make("W1")
    answer = sign_in("alice").get(EXPORT)
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    sheet = book.worksheets[0]
    assert sheet.cell(1, sheet.max_column).value == "系统编号"
    assert sheet.cell(2, sheet.max_column).value == str(row.pk)
    assert sheet.column_dimensions[sheet.cell(1, sheet.max_column).column_letter].hidden
    assert "共 1 行" in book["导出说明"]["A1"].value
    assert ".xlsx" in answer["Content-Disposition"]


def test_queries_do_not_grow_with_the_rows(sign_in: Any, make: Any, cast: Any, queries: Any) -> None:
    client = sign_in("alice")
    counted = []
    for place in (cast.baijiao, cast.doumen):
        for number in range(20):
            make(f"{place.code}-{number}", place=place)
        with queries() as captured:
            table(client)
        counted.append(len(captured))
    assert counted[0] == counted[1] <= 30


def test_a_filter_that_cannot_be_read_gives_no_file(sign_in: Any, make: Any) -> None:
    make("W1")
    answer = sign_in("alice").get(f"{EXPORT}?kind=castle")
    assert answer.status_code == 422


def test_exporting_needs_the_right(sign_in: Any) -> None:
    assert sign_in("eve").get(EXPORT).status_code == 403
    assert sign_in("root").get(EXPORT).status_code == 403


def test_a_shared_row_of_the_other_side_leaves_masked(sign_in: Any, make: Any, cast: Any) -> None:
    number = demo_identity(area=1, born_on=date(1990, 1, 1), serial=1)
    row = make("B1", by="bob", keeper_identity=number)
    with context.acting(cast.actor("bob")) as current:
        actions.step_row(registry.get("toys.workshop"), row, SUBMIT, actor=current.actor)
    (exported,) = table(sign_in("alice"))[1:-1]
    assert number not in "".join(exported)
    assert "B1" in exported


def test_every_format_has_the_same_rows(sign_in: Any, make: Any, cast: Any) -> None:
    make("W1", workers=3, cost=Decimal("1200.5"), opened_on=date(2021, 3, 2), place=cast.baijiao)
    make("W2", kind="home", is_certified=True, opened_on=date(2020, 1, 1))
    client = sign_in("alice")
    names = ("code", "kind", "place", "opened_on", "workers", "cost")
    query = f"sort=-code&{'&'.join(f'columns={name}' for name in names)}"
    lines = table(client, query)
    book = load_workbook(io.BytesIO(b"".join(client.get(f"{EXPORT}?{query}").streaming_content)))
    sheet = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=2, max_row=3)]
    answer = client.get(f"{EXPORT}?format=parquet&{query}")
    file = parquet.ParquetFile(io.BytesIO(b"".join(answer.streaming_content)))
    columns = file.read().to_pydict()
    assert list(columns) == lines[0]
    rows = list(zip(*columns.values(), strict=True))
    assert [row[0] for row in rows] == ["W2", "W1"]
    assert rows[1][:6] == ("W1", "厂房式", "斗门区/白蕉镇", date(2021, 3, 2), 3, Decimal("1200.50"))
    assert lines[2][:6] == ["W1", "厂房式", "斗门区/白蕉镇", "2021-03-02", "3", "1200.50"]
    assert [*sheet[1][:3], *sheet[1][4:6]] == ["W1", "厂房式", "斗门区/白蕉镇", 3, 1200.5]
    assert file.metadata.metadata[b"shanhai.note"].decode().endswith("共 2 行。")


def test_rows_that_come_while_it_is_read_are_no_difference(make: Any, cast: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(answers, "ROWS_AT_ONCE", 1)
    for number in range(3):
        make(f"W{number}")
    with context.acting(cast.actor("alice")) as current:
        reading = Reading(Listing(registry.get("toys.workshop"), QueryDict(), current.actor))
        lots = iter(reading)
        first = next(lots)
        actions.create_row(registry.get("toys.workshop"), {"code": "W9", "name": "新"}, actor=current.actor)
        assert [list(lot[0]) for lot in (first, *lots)] == [["W0"], ["W1"], ["W2"]]
        assert reading.expected == 3


def test_what_a_shared_row_points_at_stays_hidden_where_it_is_not_shared(cast: Any, make: Any) -> None:
    from toys.models import Output

    workshop = make("B1", by="bob", sharing="private", name="内部名称")
    ledger = registry.get("toys.output")
    with context.acting(cast.actor("bob")) as current:
        values = {"workshop": workshop, "amount": 1, "period": "2021-08"}
        row = actions.create_row(ledger, values, actor=current.actor)
    with context.unscoped("test"):
        Output.objects.filter(pk=row.pk).update(state="verified", sharing="shared")
    with context.acting(cast.actor("alice")) as current:
        listing = Listing(ledger, QueryDict(), current.actor)
        shown = draw_rows(ledger, listing.columns, listing.page.rows, current.actor)
        ((exported, *_others),) = Reading(listing)
    assert exported[0] == shown[0]["cells"][0]["text"] == "（未共享）"
    assert "内部名称" not in str(exported)


def test_a_list_is_offered_in_every_format(sign_in: Any, make: Any) -> None:
    make("W1", kind="home")
    page = sign_in("alice").get("/toys/workshop/?kind=home&sort=-code").content.decode()
    for form in ("xlsx", "csv", "parquet", "pdf"):
        assert f"{EXPORT}?format={form}&amp;" in page
    assert "kind=home" in page.split(f"{EXPORT}?format=pdf")[1][:60]


def test_a_printed_list_has_unit_filters_signature_page_numbers_and_its_head_on_every_page(
    sign_in: Any, make: Any
) -> None:
    for number in range(60):
        make(f"W{number:02}", kind="home", workers=2)
    answer = sign_in("alice").get(f"{EXPORT}?format=pdf&kind=home")
    assert answer["Content-Type"] == "application/pdf"
    pdf = b"".join(answer.streaming_content)
    pages = [page.get_textpage().get_text_range() for page in PdfDocument(pdf)]
    assert len(pages) > 1
    assert "玩具车间" in pages[0]
    assert "区人力资源和社会保障局　2021年9月24日" in pages[0].replace("\u3000", "　")
    assert "筛选：类型：居家式" in pages[0]
    assert "共 60 行" in pages[0]
    for number, text in enumerate(pages, 1):
        assert f"— {number} —" in text
        assert "吸纳人数（人）" in text.replace("\r\n", "")
    last = pages[-1]
    assert all(f"{who}：____" in last for who in ("填报人", "审核人", "负责人"))
    assert "120" in last


def test_more_rows_than_anybody_reads_on_paper_are_refused_in_words(
    sign_in: Any, make: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(printing, "MOST_PRINTED", 1)
    for code in ("W1", "W2"):
        make(code)
    answer = sign_in("alice").get(f"{EXPORT}?format=pdf")
    assert answer.status_code == 422
    assert "一次最多打印 1 行" in answer.content.decode()


SIGNS = st.sampled_from(list("=+-@'＝＋－＠#\t\r\n \u3000合计注：:,;\"|、/\\𠮷㐂龘😀\u200b\u2028_x0041_&<>"))
NASTY = st.lists(st.one_of(SIGNS, st.characters(exclude_characters="\0")), max_size=16).map("".join)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    code=NASTY,
    name=NASTY,
    note=NASTY,
    kind=st.sampled_from(("factory", "home", "farm")),
    workers=st.integers(0, 10_000),
    cost=st.none() | st.decimals(0, 10**9, places=2),
    land=st.none() | st.decimals(0, 10**6, places=2),
    share=st.none() | st.decimals(0, 100, places=2),
    opened=st.none() | st.dates(date(1990, 1, 1), date(2021, 9, 1)),
    sensitive=st.booleans(),
)
def test_what_is_exported_and_imported_again_changes_nothing(
    sign_in: Any,
    make: Any,
    cast: Any,
    code: str,
    name: str,
    note: str,
    opened: Any,
    sensitive: bool,
    **more: Any,
) -> None:
    from toys.models import Workshop

    # Only what a file can carry is ever stored through a file: the text is tidied on the way in.
    code, name, note = tidy(code), tidy(name), tidy(note, lines=True)
    if not code or not name or {code, name, note} & ERROR_VALUES:
        return
    with context.unscoped("test"):
        Workshop.objects.all().delete()
    number = demo_identity(area=1, born_on=date(1990, 1, 1), serial=1)
    if sensitive:
        more |= {"keeper_identity": number, "keeper_phone": "13900000000"}
    made = make(code, **more, name=name, note=note, opened_on=opened, place=cast.baijiao)
    client = sign_in("alice")
    names = [column.name for column in resolve(registry.get("toys.workshop")).columns]
    asked = "".join(f"&columns={one}" for one in [*names, "note", "keeper_phone"])
    for form in ("csv", "xlsx", "parquet"):
        content = b"".join(client.get(f"{EXPORT}?format={form}{asked}").streaming_content)
        with context.acting(cast.actor("alice")) as current:
            ledger = registry.get("toys.workshop")
            plan = plan_import(ledger, read_upload(ledger, content), current.actor)
        assert [str(problem) for problem in plan.problems] == []
        assert (plan.expected, len(plan.unchanged)) == (0, 1), (form, made)
