"""What a person typed into a form or filter becomes a value by the rules of files (`kernel.sheets`)."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _

from shanhai.engines.values import AmountError, Period, yuan
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.problems import CellProblem
from shanhai.kernel.sheets.values import Value, parse_cell

from .fields import ResolvedColumn


def sheet_column(column: ResolvedColumn) -> SheetColumn:
    """The column as files and forms know it."""
    has_decimals = column.kind in {Kind.DECIMAL, Kind.MONEY}
    minimum, maximum = _bounds(column.model_field)
    return SheetColumn(
        name=column.name,
        label=str(column.label),
        kind=column.kind,
        unit=str(column.unit) or None,
        required=column.is_required,
        choices=tuple((code, str(label)) for code, label in column.choices if code),
        max_length=None if column.is_sensitive else column.max_length,
        decimals=column.decimals if has_decimals else None,
        minimum=minimum,
        maximum=maximum,
        help=str(column.help),
        sensitive=column.is_sensitive,
        source=column.source,
    )


def _bounds(field: "models.Field[Any, Any] | None") -> tuple[Any, Any]:
    """Limits declared as validators; those of the database type are left to the field."""
    declared = [] if field is None else field._validators  # type: ignore[attr-defined]
    lower = [v.limit_value for v in declared if isinstance(v, MinValueValidator)]
    upper = [v.limit_value for v in declared if isinstance(v, MaxValueValidator)]
    return max(lower, default=None), min(upper, default=None)


def parse(column: ResolvedColumn, text: str) -> Value | CellProblem:
    """The value `text` means in `column`, or what is wrong. Periods come as `Period`, choices as codes."""
    return parse_cell(sheet_column(column), text)


def day(text: str) -> date | None:
    """A day as a browser's date field sends it; None for what is none, the empty text too."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


#: Longer ones are nobody's wish, and Python refuses to read very long ones.
_MOST_DIGITS = 18


def whole_number(text: str, default: int = 0) -> int:
    """A position or version as an address or hidden field carries it; `default` for what is none."""
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_number else default


def amount_typed(text: str, *, code: str) -> Decimal | None:
    """What a page's own form holds as an amount of yuan, exact to the cent; None for nothing.

    Errors: RuleViolated with the code, in words, for what is no amount: NaN and Infinity among it.
    """
    try:
        return yuan(text) if text.strip() else None
    except AmountError as wrong:
        sentence = _("%(why)s金额请写成 5200.00，单位元，最多两位小数。") % {"why": wrong}
        raise RuleViolated(sentence, code=code) from None


def number_typed(text: str, *, code: str, told: str) -> Decimal:
    """A number that is no money, as a percentage. Errors: RuleViolated with what is `told`."""
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise RuleViolated(told, code=code)
    return found


def stored(column: ResolvedColumn, value: Any) -> Any:
    """As the model's field wants it: period codes, the default where null is unknown."""
    if isinstance(value, Period):
        return value.code
    if value is None and column.model_field is not None and not column.model_field.null:
        return column.model_field.get_default() if column.model_field.has_default() else ""
    return value
