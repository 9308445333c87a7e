"""Where rows under a chain stand: their acts replayed over the steps of the chain."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from shanhai.engines.approval import Act, Course, Kind, Seat, Step, Where, replay
from shanhai.kernel.gates import register_gate
from shanhai.kernel.joint import signers
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor
from shanhai.kernel.workflow import RETURN, VERIFY, State, Transition

from .chains import chains_over
from .hands import Hands, hands_of
from .models import ApprovalAct, ApprovalChain
from .steps import LineRefused, for_row, lines_of, packed, units_named, unpacked

#: Rows of a ledger that are looked through for whose turn it is; more than wait anywhere in practice.
MOST_ROWS = 500


@dataclass(frozen=True)
class Case:
    """A submitted row under a chain. `broken` says in words why its steps cannot be read."""

    ledger: Ledger[Any]
    row: LedgerModel
    chain: ApprovalChain
    steps: tuple[Step, ...]
    acts: Sequence[ApprovalAct]
    broken: str = ""

    @property
    def since(self) -> datetime:
        """When the row was submitted."""
        if self.row.submitted_at is None:
            raise ValueError(f"{self.row.pk} was not submitted")
        return self.row.submitted_at

    @cached_property
    def course(self) -> Course:
        return replay(self.steps, map(as_act, self.acts))

    @property
    def packed_steps(self) -> list[Any]:
        return packed(self.steps)

    def seats_of(self, hands: Hands) -> dict[Seat, str]:
        """Seats whose turn it is → in whose place they would sign, "" for their own.

        None for who has signed the row, or this step already, be it in another's place: neither for
        themselves nor through a colleague.
        """
        if self.broken:
            return {}
        signed = signers(self.row) | self._signers_of_step()
        if hands.actor.key in signed:
            return {}
        found = dict[Seat, str]()
        for seat, absent in hands.on(self.row.side, self.course.waiting):
            if absent not in signed:
                found.setdefault(seat, absent)
        return found

    def _signers_of_step(self) -> set[str]:
        """Who signed the step that is open, for whichever seats; before a return it was another round."""
        found: set[str] = set()
        for act in reversed(self.acts):
            course = replay(self.steps, map(as_act, self.acts[: act.act_number - 1]))
            if course.at != self.course.at or act.act_kind == Kind.RETURN:
                break
            if act.act_kind == Kind.AGREE:
                found |= {act.handled_by, act.in_place_of}
        return found - {""}

    def earlier(self) -> list[tuple[int, str]]:
        """Steps one may return to: number and title."""
        return [(place, self.title(place)) for place in range(self.course.at)]

    def title(self, place: int) -> str:
        title = self.course.steps[place].title or _("加签")
        return _("第 %(number)s 步 %(title)s") % {"number": place + 1, "title": title}


def as_act(act: ApprovalAct) -> Act:
    return Act(Kind(act.act_kind), act.seat, act.returned_to, act.drawn_in, Where(act.added_where))


def cases_of(ledger: Ledger[Any], rows: Iterable[LedgerModel]) -> dict[Any, Case]:
    """Cases of those rows that are submitted and under a chain. Queries do not grow with the rows."""
    submitted = [row for row in rows if row.state == State.SUBMITTED]
    chains = chains_over(ledger, submitted) if submitted else {}
    under = [row for row in submitted if row.pk in chains]
    acts = _acts(under)
    return {row.pk: _case(ledger, row, chains[row.pk], acts.get(row.pk, [])) for row in under}


def _acts(rows: Sequence[LedgerModel]) -> dict[Any, list[ApprovalAct]]:
    submitted = {row.pk: row.submitted_at for row in rows}
    found: dict[Any, list[ApprovalAct]] = {}
    if submitted:
        for act in ApprovalAct.objects.filter(row_id__in=submitted).order_by("row_id", "act_number"):
            if act.submitted_at == submitted[act.row_id]:
                found.setdefault(act.row_id, []).append(act)
    return found


def _case(ledger: Ledger[Any], row: LedgerModel, chain: ApprovalChain, acts: Sequence[ApprovalAct]) -> Case:
    if acts:
        return Case(ledger, row, chain, unpacked(acts[0].steps_then), acts)
    try:
        lines = lines_of(chain.approval_steps)
        return Case(ledger, row, chain, for_row(lines, _units(lines, chain), row.owner_unit), acts)
    except LineRefused as refused:
        return Case(ledger, row, chain, (), acts, str(refused))


def _units(lines: Any, chain: ApprovalChain) -> Mapping[str, Any]:
    known: Mapping[str, Any] | None = getattr(chain, "units_named", None)
    if known is None:
        known = chain.units_named = units_named(lines, chain.side)  # type: ignore[attr-defined]
    return known


@register_gate
def _by_the_chain(ledger: Ledger[Any], rows: Sequence[LedgerModel], transition: Transition) -> dict[Any, str]:
    """Rows under a chain are verified by its last signature, and sent back by who has a seat."""
    if transition.name not in {VERIFY.name, RETURN.name}:
        return {}
    return {key: _told(case) for key, case in cases_of(ledger, rows).items()}


def _told(case: Case) -> str:
    if case.broken:
        return case.broken
    told = {"step": case.title(case.course.at)}
    return _("这条记录按审批链办理，现在是%(step)s，请在“审批”里办。") % told


def chained_ledgers(actor: Actor) -> list[Ledger[Any]]:
    """Ledgers of the actor's sides that have, or had, a chain."""
    keys = (
        ApprovalChain.objects.filter(side__in=actor.sides).order_by("ledger").values_list("ledger", flat=True)
    )
    return [registry.get(key) for key in dict.fromkeys(keys) if key in registry]


def waiting_for(actor: Actor) -> list[Case]:
    """Cases in which it is the actor's turn, those that were urged first, then the longest waiting."""
    hands = hands_of(actor)
    cases = [case for case in open_cases(actor) if case.seats_of(hands)]
    return sorted(cases, key=lambda case: (not case.course.is_urged, case.since))


def filed_by(actor: Actor) -> list[Case]:
    """Cases of rows that the actor submitted."""
    return [case for case in open_cases(actor) if case.row.submitted_by == actor.key]


def open_cases(actor: Actor) -> list[Case]:
    """Every case of the actor's sides that they may see."""
    found: list[Case] = []
    for ledger in chained_ledgers(actor):
        rows = ledger.rows_with_units().filter(state=State.SUBMITTED, side__in=actor.sides)
        found += cases_of(ledger, rows.order_by("submitted_at")[:MOST_ROWS]).values()
    return found
