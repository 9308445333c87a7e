"""What a form offers to choose from, and what a text names: periods, units, rows of other ledgers."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.locking import Locks
from shanhai.kernel.permissions import Verb
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor, Side, reaches_unit

from .display import period_label
from .fields import ResolvedColumn

_PERIODS_OFFERED = {PeriodKind.MONTH: 14, PeriodKind.QUARTER: 8, PeriodKind.YEAR: 5}


def periods_offered(ledger: Ledger[Any], filed: tuple[str, UUID] | None) -> list[tuple[str, str]]:
    """Codes and names, the next period first; `filed` are the side and unit whose calendar holds."""
    kind = ledger.period_kind or PeriodKind.MONTH
    period = Period.of(clock.today(), kind).next()
    locks = Locks(ledger)
    codes = []
    for _again in range(_PERIODS_OFFERED[kind]):
        codes.append((period.code, _period_offered(locks, filed, period)))
        period = period.previous()
    return codes


def _period_offered(locks: Locks, filed: tuple[str, UUID] | None, period: Period) -> str:
    """What a period is called among those offered, with a word where it is not open."""
    label = period_label(period)
    if filed is None or (days := locks.calendar.days(*filed, period)) is None:
        return label
    if days.is_locked and locks.calendar.reopening(*filed, period) is None:
        return _("%(period)s（已锁定）") % {"period": label}
    return _("%(period)s（未开放）") % {"period": label} if days.is_ahead else label


def find_reference(column: ResolvedColumn, text: str, actor: Actor) -> Any:
    """The row `text` names, by key, code or the way files write it; None outside the reader's scope.

    People of the other side are never found: otherwise the form would answer who is registered there.
    """
    key = uuid_of(text)
    if key is not None:
        found: Any = column.target._default_manager.filter(pk=key).first()
    else:
        resolver = getattr(column.target, "resolve_references", None)
        is_readable = "\0" not in text  # the database takes no such text
        found = resolver([text]).get(text) if resolver is not None and is_readable else None
        if found is None and column.asked is not None and is_readable:
            found = named_by_number(column, text, actor)
    is_personal = getattr(column.target, "is_personal", False)
    return None if is_personal and found is not None and found.side not in actor.sides else found


def named_by_number(column: ResolvedColumn, text: str, actor: Actor) -> Any:
    """Whom a whole number or a ticket names beyond the reader's scope, where the ledger declares it."""
    if column.asked is None:
        return None
    key = column.asked.opened(text, actor)
    if key is not None:
        return column.target.held_by_ticket(key, column.asked, actor)
    return column.target.found_by_number([text], column.asked, actor).get(text)


def why_no_reference(column: ResolvedColumn, text: str) -> str:
    """What is wrong with the text itself, where that is known; "" otherwise."""
    related = column.related
    return related.why_no_reference(text) if related and issubclass(related, LedgerModel) else ""


def refused_by_number(column: ResolvedColumn, number: str, actor: Actor) -> str:
    """As `refused_reference`, of what should be a whole number; repeats none of it."""
    told = why_no_reference(column, number)
    if not told and column.asked is not None:
        told = column.target.why_not_by_number(number, column.asked, actor)
    return told or _("没有找到这个人员，或您无权引用。请填写已登记人员的完整身份证号。")


def refused_reference(column: ResolvedColumn, text: str, actor: Actor) -> str:
    """What to say of a text by which `find_reference` found nothing."""
    if column.asked is not None:
        return refused_by_number(column, text, actor)
    told = "" if uuid_of(text) else why_no_reference(column, text)
    return told or _("没有找到“%(text)s”，或您无权引用。") % {"text": text[:60]}


def units_within(actor: Actor, ledger: Ledger[Any], verb: Verb = Verb.CREATE) -> list[Any]:
    """Units for which `actor` may file rows of `ledger`."""
    unit_field = ledger.model._meta.get_field("owner_unit")
    model: Any = unit_field.related_model
    grants = actor.grants_for(verb, ledger.key)
    today = clock.today()

    def is_reached(unit: Any) -> bool:
        if unit.side not in ledger.sides or (unit.valid_to and unit.valid_to < today):
            return False
        return any(reaches_unit(grant, unit.side, unit.pk, unit.path) for grant in grants)

    return [unit for unit in model._default_manager.order_by("path") if is_reached(unit)]


def units_opposite(actor: Actor, ledger: Ledger[Any], row: Any) -> list[Any]:
    """Units of the other government, in force today, that may confirm a joint row."""
    side = row.side if row is not None else next(grant.side for grant in actor.grants)
    model: Any = ledger.model._meta.get_field(ledger.counterpart).related_model
    units = model._default_manager.filter(side=Side(side).other).order_by("path")
    return [unit for unit in units if not (unit.valid_to and unit.valid_to < clock.today())]


def current_period(ledger: Ledger[Any]) -> dict[str, str]:
    """Where a new form begins: the period under way, for a ledger that has periods."""
    kind = ledger.period_kind
    return {"period": Period.of(clock.today(), kind).code} if kind else {}


def uuid_of(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
