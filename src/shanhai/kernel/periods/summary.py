"""Obligations added up: how many are owed, reported, verified and late, by ledger or by unit."""

import datetime
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shanhai.kernel.registry import registry

from .models import Obligation
from .states import ObligationState, obligation_states


@dataclass
class Line:
    """Several obligations as one line. A nil return counts as reported, and has nothing to be verified."""

    label: str
    #: What is behind the line: the key of a ledger, or the id of a unit.
    key: str
    owed: int = 0
    reported: int = 0
    settled: int = 0
    late: int = 0
    #: Days the longest overdue one is late.
    late_days: int = 0
    #: The first due day of what is not met, and the last of all.
    open_due: datetime.date | None = None
    last_due: datetime.date | None = None
    #: Names of the units or ledgers that owe, each once.
    others: list[str] = field(default_factory=list)

    @property
    def due(self) -> datetime.date | None:
        """The day to look at: the first one still open, else the last."""
        return self.open_due or self.last_due

    @property
    def missing(self) -> int:
        return self.owed - self.reported

    @property
    def standing(self) -> dict[str, str]:
        """What components/state.html shows."""
        if self.late:
            days = self.late_days
            text = ngettext("逾期 %(days)s 天", "逾期 %(days)s 天", days) % {"days": days}
            return {"label": text, "kind": "late"}
        if self.missing:
            text = ngettext("%(n)s 项未报", "%(n)s 项未报", self.missing) % {"n": self.missing}
            return {"label": text, "kind": "wait"}
        if self.settled < self.owed:
            return {"label": _("已报齐"), "kind": ""}
        return {"label": _("已核齐"), "kind": "ok"}


def by_ledger(obligations: Iterable[Obligation], states: Mapping[UUID, ObligationState]) -> list[Line]:
    """One line per ledger, in the order of the menu."""
    order = {ledger.key: number for number, ledger in enumerate(registry)}
    lines = _added_up(obligations, states, lambda o: (o.ledger, ledger_label(o.ledger), str(o.unit)))
    return sorted(lines, key=lambda line: order.get(line.key, len(order)))


def by_unit(obligations: Iterable[Obligation], states: Mapping[UUID, ObligationState]) -> list[Line]:
    """One line per unit: the most late first, then in the order of the unit tree."""
    listed = sorted(obligations, key=lambda o: str(o.unit.path))
    lines = _added_up(listed, states, lambda o: (str(o.unit_id), str(o.unit), ledger_label(o.ledger)))
    return sorted(lines, key=lambda line: -line.late)


def total(obligations: Iterable[Obligation], states: Mapping[UUID, ObligationState]) -> Line:
    return next(iter(_added_up(obligations, states, lambda o: ("", "", ""))), Line("", ""))


def states_of(obligations: Iterable[Obligation]) -> tuple[list[Obligation], dict[UUID, ObligationState]]:
    """The obligations as a list, and their states."""
    listed = list(obligations)
    return listed, obligation_states(listed)


def ledger_label(key: str) -> str:
    return registry.get(key).label if key in registry else key


def _added_up(
    obligations: Iterable[Obligation],
    states: Mapping[UUID, ObligationState],
    told: Callable[[Obligation], tuple[str, str, str]],
) -> list[Line]:
    lines: dict[Hashable, Line] = {}
    for one in obligations:
        key, label, other = told(one)
        _count(lines.setdefault(key, Line(label, key)), one, states[one.pk], other)
    return list(lines.values())


def _count(line: Line, one: Obligation, state: ObligationState, other: str) -> None:
    line.owed += 1
    line.reported += state.is_met
    line.settled += state.is_settled
    line.late += state.is_late
    if state.is_late:
        line.late_days = max(line.late_days, state.late_days)
    if other not in line.others:
        line.others.append(other)
    if not state.is_met:
        line.open_due = min(line.open_due or one.due_on, one.due_on)
    line.last_due = max(line.last_due or one.due_on, one.due_on)
