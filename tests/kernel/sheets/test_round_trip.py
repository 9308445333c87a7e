import datetime
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kernel.sheets.examples import DESTINATIONS, EVERY_KIND, SKILLS
from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.formats import text_of, text_writer
from shanhai.kernel.sheets.parquet import write_parquet
from shanhai.kernel.sheets.reading import read_table
from shanhai.kernel.sheets.texts import ERROR_VALUES, guard, tidy, unguard
from shanhai.kernel.sheets.values import Value, format_value, parse_cell
from shanhai.kernel.sheets.writing import write_csv, write_xlsx

_SIGNS = st.sampled_from(
    list(
        "=+-@'＝＋－＠#\t\r\n \u3000合计注：:,;\"|、/\\𠮷㐂龘😀👨\u200d👩\ufeff\u200b\x01\x85\u2028_x0041_&<>"
    )
)
WEIRD_TEXT = st.lists(st.one_of(_SIGNS, st.characters()), max_size=12).map("".join)
DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))


def _texts(*, lines: bool = False) -> st.SearchStrategy[str | None]:
    # Values rest tidied in the database; an Excel error is no value.
    kept = WEIRD_TEXT.map(lambda text: tidy(text, lines=lines) or None)
    return st.none() | kept.filter(lambda text: text not in ERROR_VALUES)


def _decimals(places: int) -> st.SearchStrategy[Decimal]:
    most = Decimal(10) ** 17
    return st.decimals(-most, most, places=places, allow_nan=False, allow_infinity=False).map(lambda d: d + 0)


def _periods() -> st.SearchStrategy[Period]:
    return st.builds(Period.of, DAYS, st.sampled_from(PeriodKind))


def _picked() -> st.SearchStrategy[tuple[str, ...] | None]:
    codes = [code for code, _ in SKILLS]
    return st.sets(st.sampled_from(codes)).map(lambda some: tuple(c for c in codes if c in some) or None)


ROWS = st.fixed_dictionaries(
    {
        "text": _texts(),
        "long_text": _texts(lines=True),
        "integer": st.none() | st.integers(-(10**17), 10**17),
        "decimal": st.none() | _decimals(3),
        "money": st.none() | _decimals(2),
        "date": st.none() | DAYS,
        "period": st.none() | _periods(),
        "boolean": st.none() | st.booleans(),
        "choice": st.none() | st.sampled_from([code for code, _ in DESTINATIONS]),
        "multi_choice": _picked(),
        "identity": st.none() | st.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True),
        "code": st.none() | st.from_regex(r"[0-9]{1,20}", fullmatch=True),
        "reference": st.none() | st.sampled_from(["湄潭县/永兴镇/中华村", "区政数局", "-1号/甲", "合计"]),
    }
)
FILLED = ROWS.filter(lambda row: any(value is not None for value in row.values()))


@given(st.lists(FILLED, max_size=4), WEIRD_TEXT)
@settings(max_examples=25, deadline=None)
@example([{**dict.fromkeys(c.name for c in EVERY_KIND), "text": "合计"}], '合计：,"\n')
@example([{**dict.fromkeys(c.name for c in EVERY_KIND), "text": "# 不是说明"}], "")
def test_an_export_to_excel_reads_back_to_the_same_values(rows: list[dict[str, Any]], note: str) -> None:
    out = io.BytesIO()
    assert write_xlsx(EVERY_KIND, rows, note, out) == len(rows)
    table = read_table(out.getvalue(), EVERY_KIND)
    assert [row.values for row in table.rows] == rows
    assert not table.problems
    assert not table.skipped


@given(st.lists(FILLED, max_size=4), WEIRD_TEXT)
@settings(max_examples=200, deadline=None)
@example([{**dict.fromkeys(c.name for c in EVERY_KIND), "long_text": '"引号,逗号\n换行'}], '"')
@example([], ',"')
def test_an_export_to_csv_reads_back_to_the_same_values(rows: list[dict[str, Any]], note: str) -> None:
    out = io.BytesIO()
    assert write_csv(EVERY_KIND, rows, note, out) == len(rows)
    table = read_table(out.getvalue(), EVERY_KIND)
    assert [row.values for row in table.rows] == rows
    assert not table.problems
    assert not table.skipped


@given(st.lists(FILLED, max_size=4), WEIRD_TEXT)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([{**dict.fromkeys(c.name for c in EVERY_KIND), "text": "=1"}], "=2")
def test_an_export_to_parquet_reads_back_to_the_same_values(
    tmp_path: Path, rows: list[dict[str, Any]], note: str
) -> None:
    path = tmp_path / "rows.parquet"
    assert write_parquet(EVERY_KIND, rows, note, path) == len(rows)
    table = read_table(path, EVERY_KIND)
    assert [row.values for row in table.rows] == rows
    assert not table.problems
    assert not table.skipped


@given(FILLED)
@settings(max_examples=300)
def test_a_formatted_value_parses_to_itself(row: dict[str, Value]) -> None:
    for column in EVERY_KIND:
        value = row[column.name]
        written = format_value(column, value)
        text = guard(written) if isinstance(value, str) else written
        assert parse_cell(column, text) == value
        assert value is None or text_writer(column)(value) == text_of(column, value)


@given(WEIRD_TEXT)
@settings(max_examples=500)
def test_guarding_is_undone_exactly_and_leaves_nothing_alive(text: str) -> None:
    guarded = guard(text)
    assert unguard(guarded) == text
    assert not guarded.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "# "))


@given(WEIRD_TEXT, st.booleans())
@settings(max_examples=500)
def test_tidying_twice_changes_nothing(text: str, lines: bool) -> None:
    once = tidy(text, lines=lines)
    assert tidy(once, lines=lines) == once


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from([Kind.MONEY, Kind.DECIMAL]))
def test_a_number_of_excel_is_the_number_that_was_meant(amount: Decimal, kind: Kind) -> None:
    column = SheetColumn("amount", "数额", kind)
    assert parse_cell(column, float(amount)) == amount
    assert parse_cell(column, float(amount) + 1e-11) == amount


@given(
    st.one_of(
        st.text(), st.floats(), st.integers(), st.booleans(), st.datetimes(), st.times(), st.timedeltas()
    )
)
@settings(max_examples=500)
def test_no_cell_whatever_raises(raw: Any) -> None:
    for column in EVERY_KIND:
        parse_cell(column, raw)
