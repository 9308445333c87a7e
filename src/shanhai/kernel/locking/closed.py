"""Why a row may not be changed as it stands: one answer for form, API, bulk work and import."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from shanhai.engines.values import Period, PeriodError
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.surfaces.display import moment, period_label
from shanhai.kernel.workflow import State

from .calendar import Calendar, Days
from .models import PeriodReopening


@dataclass(frozen=True)
class Closed:
    """A refusal. `field` is where a form shows it: "" for the row as it is stored."""

    #: submitted, awaiting, verified, voided, period_locked, period_not_open.
    code: str
    sentence: str
    field: str = ""


class Locks:
    """What is closed in one ledger today. Shape: three queries at most, however many rows are asked about."""

    def __init__(self, ledger: Ledger[Any]) -> None:
        self.ledger = ledger
        self.calendar = Calendar.of(ledger.key) if ledger.period_kind else Calendar()

    def why_closed(self, row: LedgerModel) -> Closed | None:
        """Why values of a stored row may not be changed; None when they may."""
        return _closed_by_state(row, self.period_closed(row))

    def period_closed(self, row: LedgerModel) -> Closed | None:
        """Why no row may be filed or changed in the period of this one, stored or new."""
        period = _period_of(row)
        days = self._days(row, period) if period else None
        if days is None or period is None:
            return None
        told = {"period": period_label(period)}
        if days.is_ahead:
            sentence = _("%(period)s从 %(day)s 起才能填报。")
            return Closed("period_not_open", sentence % {**told, "day": days.opens_on}, "period")
        if not days.is_locked or self.reopening(row) is not None:
            return None
        sentence = _("%(period)s在 %(day)s 之后已锁定。已报的可以提出更正；补报请统筹部门重开这一期。")
        return Closed("period_locked", sentence % {**told, "day": days.last_open}, "period")

    def reopening(self, row: LedgerModel) -> PeriodReopening | None:
        """The re-opening by which the row may be changed although its period is locked."""
        period = _period_of(row)
        return self.calendar.reopening(row.side, row.owner_unit_id, period) if period else None

    def notice(self, row: LedgerModel) -> str:
        """What a reader of the row should know of its period; "" when it is simply open."""
        period = _period_of(row)
        days = self._days(row, period) if period else None
        reopened = self.reopening(row)
        if days is None or period is None:
            return ""
        if days.is_locked and reopened is not None:
            return _("%(period)s已为%(unit)s重开至 %(until)s：%(why)s") % {
                "period": period_label(period),
                "unit": reopened.unit,
                "until": moment(reopened.until),
                "why": reopened.reason,
            }
        closed = self.period_closed(row)
        return closed.sentence if closed else ""

    def _days(self, row: LedgerModel, period: Period) -> Days | None:
        return self.calendar.days(row.side, row.owner_unit_id, period)


def why_closed(ledger: Ledger[Any], rows: Iterable[LedgerModel]) -> dict[Any, Closed]:
    """Row id → why its values may not be changed now; rows that may be changed are absent.

    Shape: three queries at most, however many rows.
    """
    locks = Locks(ledger)
    found = ((row.pk, locks.why_closed(row)) for row in rows)
    return {key: closed for key, closed in found if closed is not None}


def _period_of(row: LedgerModel) -> Period | None:
    try:
        return Period.parse(row.period) if row.period else None
    except PeriodError:
        return None  # the field says so itself


def _closed_by_state(row: LedgerModel, by_period: Closed | None) -> Closed | None:
    match row.state:
        case State.VERIFIED:
            return Closed("verified", _("这条记录已核，只能更正：打开这条记录，点“提出更正”。"))
        case State.VOIDED:
            return Closed("voided", _("这条记录已作废，不能再修改。"))
        case State.SUBMITTED if by_period is None:
            return Closed("submitted", _("这条记录已报，须先撤回才能修改。"))
        case State.AWAITING if by_period is None:
            return Closed("awaiting", _("这条记录待对方确认，须先撤回才能修改。"))
        case _:
            return by_period
