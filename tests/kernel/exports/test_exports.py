"""An export has exactly the rows, columns, order and filters of the list, and comes back unchanged."""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from shanhai.kernel import actions, context
from shanhai.kernel.imports.columns import read_upload
from shanhai.kernel.imports.plan import plan_import
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import SUBMIT
from shanhai.registers.parties.identity import demo_identity

EXPORT = "/toys/workshop/export/"


@pytest.fixture
def make(cast: Any) -> Any:
    def made(code: str, by: str = "alice", **values: Any) -> Any:
        with context.acting(cast.actor(by)) as current:
            row = {"code": code, "name": f"{code}车间", **values}
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


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=20).map(str.strip)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    name=TEXTS.filter(bool),
    note=st.one_of(st.just(""), TEXTS),
    workers=st.integers(0, 10_000),
    cost=st.none() | st.decimals(0, 10**9, places=2),
    opened=st.none() | st.dates(date(1990, 1, 1), date(2021, 9, 1)),
)
def test_what_is_exported_and_imported_again_changes_nothing(
    sign_in: Any, make: Any, cast: Any, name: str, note: str, workers: int, cost: Any, opened: Any
) -> None:
    # Only what a file can carry is ever stored through a file: the text is tidied on the way in.
    from shanhai.kernel.sheets.texts import tidy
    from toys.models import Workshop

    name, note = tidy(name), tidy(note, lines=True)
    if not name:
        return
    with context.unscoped("test"):
        Workshop.objects.all().delete()
    make("W1", name=name, note=note, workers=workers, cost=cost, opened_on=opened, place=cast.baijiao)
    client = sign_in("alice")
    for form in ("csv", "xlsx"):
        content = b"".join(client.get(f"{EXPORT}?format={form}").streaming_content)
        with context.acting(cast.actor("alice")) as current:
            ledger = registry.get("toys.workshop")
            plan = plan_import(ledger, read_upload(ledger, content), current.actor)
        assert [str(problem) for problem in plan.problems] == []
        assert (plan.expected, len(plan.unchanged)) == (0, 1)
