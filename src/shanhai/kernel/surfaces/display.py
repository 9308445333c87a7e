"""Values as a reader sees them, the same in lists, details, history and search."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shanhai.engines.values import Period, PeriodError, PeriodKind
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import REPORTED_STATES, Actor, Sharing
from shanhai.kernel.sealing import Sealed, mask_name
from shanhai.kernel.sheets.columns import CHOICE_SEPARATOR, Kind
from shanhai.kernel.workflow import State

from .fields import ResolvedColumn

#: Colour of each state; the word is always there as well.
STATE_KINDS = {
    State.DRAFT: "",
    State.SUBMITTED: "wait",
    State.AWAITING: "wait",
    State.VERIFIED: "ok",
    State.RETURNED: "late",
    State.VOIDED: "void",
}

#: Kinds of values that are written in the reader's language.
_IN_WORDS = frozenset({Kind.BOOLEAN, Kind.PERIOD})
_QUARTERS = (
    lazy("%(year)s年第一季度"),
    lazy("%(year)s年第二季度"),
    lazy("%(year)s年第三季度"),
    lazy("%(year)s年第四季度"),
)


type Writer = Callable[[ResolvedColumn, Any], str]


def remembering() -> Writer:
    """`text_of_value` for the rows of a page: words that are looked up in the catalogue are so once."""
    known: dict[tuple[str, Any], str] = {}

    def write(column: ResolvedColumn, value: Any) -> str:
        if not (column.choices or column.kind in _IN_WORDS):
            return text_of_value(column, value)
        key = (column.name, value)
        if key not in known:
            known[key] = text_of_value(column, value)
        return known[key]

    return write


def state_badge(state: str, *, is_ours: bool = True) -> dict[str, str]:
    """What components/state.html shows; `is_ours`: of a row of the reader's own side."""
    waits_for_us = state == State.AWAITING and not is_ours
    label = _("待我方确认") if waits_for_us else State(state).label
    return {"label": str(label), "kind": STATE_KINDS[State(state)]}


def text_of(column: ResolvedColumn, row: Any, actor: Actor, write: Writer | None = None) -> str:
    """The cell of `column` in `row` for `actor`; `write` in the place of `text_of_value`.

    In rows of the other side people are masked, and values of unshared rows behind them are left out.
    """
    value = column.value(row)
    if value is None:
        return ""
    text = (write or text_of_value)(column, value)
    if not text or getattr(row, "side", None) in actor.sides:
        return text
    if column.is_personal:
        return mask_name(text)
    return text if column.is_sensitive or is_told(column, row, actor) else _("（未共享）")


def is_told(column: ResolvedColumn, row: Any, actor: Actor) -> bool:
    """Whether every row that the column's path leads through is one the reader's side may see."""
    current = row
    for part in column.name.split("__") if column.expression is None else ():
        current = getattr(current, part, None)
        if isinstance(current, LedgerModel) and current.side not in actor.sides and not is_shared(current):
            return False
    return True


def is_shared(row: LedgerModel) -> bool:
    """Whether others than the row's own side may read it."""
    return row.sharing != Sharing.PRIVATE and row.state in REPORTED_STATES


def text_of_value(column: ResolvedColumn, value: Any) -> str:
    """A value of `column` in words: labels of choices, thousands separated, dates as 2021-09-24."""
    if value is None or value == "":
        return ""
    if isinstance(value, Sealed):
        return str(value)
    if isinstance(value, tuple):
        return CHOICE_SEPARATOR.join(str(column.labels.get(one, one)) for one in value)
    if column.choices:
        return str(column.labels.get(str(value), value))
    if column.kind is Kind.PERIOD:
        return period_label(str(value))
    return _plain(value, column.decimals, is_amount=not _is_ordinal(column))


def _is_ordinal(column: ResolvedColumn) -> bool:
    """Whether its numbers are years or places in an order, which are not written 2,021."""
    return isinstance(column.model_field, models.PositiveSmallIntegerField) and not column.unit


def _plain(value: Any, decimals: int | None, *, is_amount: bool = True) -> str:
    match value:
        case bool():
            return _("是") if value else _("否")
        case int():
            return f"{value:,}" if is_amount else str(value)
        case float() | Decimal():
            return f"{value:,.{2 if decimals is None else decimals}f}"
        case datetime():
            return moment(value)
        case date():
            return value.isoformat()
        case _:
            return str(value)


def period_label(period: Period | str) -> str:
    """In the reader's language, `2021Q3` → 2021年第三季度; a code nobody knows stays as it is.

    Documents are Chinese whoever draws them up: they write `Period.label`.
    """
    try:
        known = Period.parse(period) if isinstance(period, str) else period
    except PeriodError:
        return str(period)
    parts = {"year": known.year, "number": known.number}
    match known.kind:
        case PeriodKind.MONTH:
            return _("%(year)s年%(number)s月") % parts
        case PeriodKind.QUARTER:
            return str(_QUARTERS[known.number - 1]) % parts
        case PeriodKind.YEAR:
            return _("%(year)s年") % parts


def moment(at: datetime | None) -> str:
    """An instant in China time to the minute."""
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""
