"""How obligations stand today: computed from the rows, stored nowhere."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.registry import registry

from .filed import tallies
from .models import Obligation


class Standing(StrEnum):
    """The one word for an obligation, worst first."""

    LATE = "late"
    OPEN = "open"
    REPORTED = "reported"
    NIL = "nil"
    VERIFIED = "verified"

    @property
    def label(self) -> Any:
        return _LABELS[self]

    @property
    def kind(self) -> str:
        """The colour of components/state.html."""
        return _KINDS[self]


_LABELS = {
    Standing.LATE: _("逾期未报"),
    Standing.OPEN: _("待报"),
    Standing.REPORTED: _("已报待核"),
    Standing.NIL: _("零报告"),
    Standing.VERIFIED: _("已核"),
}
_KINDS = {
    Standing.LATE: "late",
    Standing.OPEN: "wait",
    Standing.REPORTED: "",
    Standing.NIL: "ok",
    Standing.VERIFIED: "ok",
}


@dataclass(frozen=True)
class ObligationState:
    """One obligation against its rows."""

    due: datetime.date
    #: Rows of any state but voided; of these reported; of these verified.
    rows: int
    reported: int
    verified: int
    #: Days from the due day to the day it was met, or to today while it is not; 0 when in time.
    late_days: int
    #: A nil return stands: it was declared and no row has been reported since.
    is_nil: bool
    #: The day enough rows were reported, or the nil return was made; None while it is not met.
    met_on: datetime.date | None

    @property
    def is_met(self) -> bool:
        return self.met_on is not None

    @property
    def is_late(self) -> bool:
        """Not met although the due day is past."""
        return not self.is_met and self.late_days > 0

    @property
    def is_on_time(self) -> bool:
        return self.met_on is not None and self.met_on <= self.due

    @property
    def is_settled(self) -> bool:
        """Met, and nothing waits to be verified."""
        return self.is_met and self.verified == self.reported

    @property
    def standing(self) -> Standing:
        if not self.is_met:
            return Standing.LATE if self.late_days else Standing.OPEN
        if self.is_nil:
            return Standing.NIL
        return Standing.VERIFIED if self.is_settled else Standing.REPORTED


@dataclass(frozen=True)
class _Tally:
    rows: int = 0
    reported: int = 0
    verified: int = 0
    moments: tuple[datetime.datetime, ...] = ()

    def __add__(self, other: "_Tally") -> "_Tally":
        return _Tally(
            self.rows + other.rows,
            self.reported + other.reported,
            self.verified + other.verified,
            tuple(sorted(self.moments + other.moments)),
        )


def obligation_states(obligations: Iterable[Obligation]) -> dict[UUID, ObligationState]:
    """The state of each, by its key. Shape: one query per ledger among them."""
    by_ledger: dict[str, list[Obligation]] = {}
    for obligation in obligations:
        by_ledger.setdefault(obligation.ledger, []).append(obligation)
    today = clock.today()
    states: dict[UUID, ObligationState] = {}
    for key, group in by_ledger.items():
        counted = _counted(key, group)
        for one in group:
            states[one.pk] = _state(one, counted.get((one.unit_id, one.period), _Tally()), today)
    return states


def _counted(key: str, group: list[Obligation]) -> dict[tuple[UUID, str], _Tally]:
    if key not in registry:
        # A chapter that was taken out of the installation leaves its obligations behind, unmet.
        return {}
    units, periods = {o.unit_id for o in group}, {o.period for o in group}
    moments = max(_needed(o) for o in group)
    found: dict[tuple[UUID, str], _Tally] = {}
    for row in tallies(registry.get(key), units, periods, moments=moments):
        one = _Tally(row["rows"], row["reported"], row["verified"], tuple(row["moments"] or ()))
        pair = (row["of_unit"], row["period"])
        found[pair] = found.get(pair, _Tally()) + one
    return found


def _state(obligation: Obligation, tally: _Tally, today: datetime.date) -> ObligationState:
    is_nil = obligation.nil_at is not None and tally.reported == 0
    met_on = _met_on(obligation, tally, is_nil=is_nil)
    return ObligationState(
        due=obligation.due_on,
        rows=tally.rows,
        reported=tally.reported,
        verified=tally.verified,
        late_days=max(0, ((met_on or today) - obligation.due_on).days),
        is_nil=is_nil,
        met_on=met_on,
    )


def _met_on(obligation: Obligation, tally: _Tally, *, is_nil: bool) -> datetime.date | None:
    if is_nil and obligation.nil_at is not None:
        return timezone.localdate(obligation.nil_at)
    needed = _needed(obligation)
    return timezone.localdate(tally.moments[needed - 1]) if len(tally.moments) >= needed else None


def _needed(obligation: Obligation) -> int:
    return max(obligation.minimum_rows, 1)
