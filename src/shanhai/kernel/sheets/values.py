"""From a cell to a typed value and back, so that what is written and read again has not changed."""

import datetime
from collections.abc import Callable
from decimal import Decimal

from shanhai.engines.values import Period
from shanhai.kernel.sheets.choices import (
    NO,
    YES,
    label_of,
    parse_boolean,
    parse_choice,
    parse_choices,
)
from shanhai.kernel.sheets.columns import CHOICE_SEPARATOR, Bound, Kind, SheetColumn
from shanhai.kernel.sheets.dates import parse_date, parse_period
from shanhai.kernel.sheets.numbers import parse_number
from shanhai.kernel.sheets.problems import CellProblem, CellRefused
from shanhai.kernel.sheets.texts import (
    ERROR_VALUES,
    Raw,
    parse_code,
    parse_identity,
    parse_reference,
    parse_text,
    tidy,
    unguard,
)

type Value = str | int | Decimal | datetime.date | Period | bool | tuple[str, ...] | None

_PARSERS: dict[Kind, Callable[[SheetColumn, Raw], Value]] = {
    Kind.TEXT: parse_text,
    Kind.LONG_TEXT: parse_text,
    Kind.INTEGER: parse_number,
    Kind.DECIMAL: parse_number,
    Kind.MONEY: parse_number,
    Kind.DATE: parse_date,
    Kind.PERIOD: parse_period,
    Kind.BOOLEAN: parse_boolean,
    Kind.CHOICE: parse_choice,
    Kind.MULTI_CHOICE: parse_choices,
    Kind.IDENTITY: parse_identity,
    Kind.CODE: parse_code,
    Kind.REFERENCE: parse_reference,
}
_WITH_LINES = frozenset({Kind.LONG_TEXT, Kind.MULTI_CHOICE})


def parse_cell(column: SheetColumn, raw: Raw) -> Value | CellProblem:
    """The value a cell means, or what is wrong with it and how to mend it.

    Shape: str for texts, codes, identity numbers, references and choices (their code); int for integer;
    Decimal for decimal and money; date; `Period`; bool; a tuple of codes for multi_choice; None when empty.
    """
    try:
        return read_cell(column, raw)
    except CellRefused as refused:
        return CellProblem(refused.code, refused.message)


def read_cell(column: SheetColumn, raw: Raw) -> Value:
    """`parse_cell` for the loops of this package.

    Errors: CellRefused with code and message.
    """
    if isinstance(raw, str):
        raw = _text(column, raw)
    if raw is None or raw == "":
        if column.required:
            raise CellRefused("required", f"必须填写「{column.label}」。请补填，或删去这一行。")
        return None
    value = _PARSERS[column.kind](column, raw)
    if column.max_length is not None and isinstance(value, str):
        _check_length(column, value)
    if column.minimum is not None or column.maximum is not None:
        _check_bounds(column, value)
    return value


def _text(column: SheetColumn, raw: str) -> str:
    lines = column.kind in _WITH_LINES
    text = tidy(raw, lines=lines)
    if text.startswith("'"):
        text = tidy(unguard(text), lines=lines)
    if text in ERROR_VALUES:
        raise CellRefused("formula_error", f"单元格里是公式错误 {text}。请改正公式，或直接填写结果。")
    return text


def _check_length(column: SheetColumn, value: str) -> None:
    if column.max_length is not None and len(value) > column.max_length:
        raise CellRefused("too_long", f"最多 {column.max_length} 个字，这里有 {len(value)} 个。请缩短。")


def _check_bounds(column: SheetColumn, value: Value) -> None:
    if column.minimum is not None and _less(value, column.minimum):
        raise CellRefused("too_small", f"不能小于 {column.minimum}。请核对{_unit_hint(column)}。")
    if column.maximum is not None and _less(column.maximum, value):
        raise CellRefused("too_great", f"不能大于 {column.maximum}。请核对{_unit_hint(column)}。")


def _less(one: Value | Bound, other: Value | Bound) -> bool:
    if isinstance(one, datetime.date) and isinstance(other, datetime.date):
        return one < other
    return isinstance(one, int | Decimal) and isinstance(other, int | Decimal) and one < other


def _unit_hint(column: SheetColumn) -> str:
    return f"数值和单位（{column.unit}）" if column.unit else "后重新填写"


def format_value(column: SheetColumn, value: Value) -> str:
    """The one way a value is written in exports; `parse_cell` of it gives the value again."""
    match value:
        case None:
            text = ""
        case bool():
            text = YES if value else NO
        case tuple():
            text = CHOICE_SEPARATOR.join(label_of(column, code) for code in value)
        case int() | Decimal():
            text = str(value) if isinstance(value, int) else f"{value:.{column.places}f}"
        case Period():
            text = value.label
        case datetime.date():
            text = value.isoformat()[:10]
        case str():
            text = label_of(column, value) if column.choices else value
    return text
