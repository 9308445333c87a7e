"""What people make of a placement: accept, refuse, arrived, left; a seat is never given twice."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel import clock, context
from shanhai.kernel.actions import constraint_sentences, create_row, get_row, save_row, step_row, validate_row
from shanhai.kernel.errors import Conflict, NotVisible, RuleViolated, ShanhaiError
from shanhai.kernel.later import may_record, record_later
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor, covers
from shanhai.kernel.workflow import SUBMIT, State
from shanhai.registers.parties.models import Body

from .matching_lookup import hold_orders, seats_taken
from .models import EmploymentSpell, Placement, TransportBatch
from .retention_schedule import close, reopen, schedule
from .standing_rules import Event
from .standings import follow

_Standing = Placement.Standing
#: Which standing may follow which.
MOVES: dict[str, tuple[Placement.Standing, ...]] = {
    _Standing.PROPOSED: (_Standing.ACCEPTED, _Standing.REFUSED),
    _Standing.LAPSED: (_Standing.ACCEPTED, _Standing.REFUSED),
    _Standing.REFUSED: (_Standing.ACCEPTED,),
    _Standing.ACCEPTED: (_Standing.HIRED, _Standing.REFUSED),
    _Standing.HIRED: (_Standing.LEFT,),
}
#: Placements decided in one request.
MOST = 500


def may_advance(placement: Placement, actor: Actor) -> bool:
    """Whether `actor` decides on this placement."""
    is_live = placement.state != State.VOIDED and placement.match_state in MOVES
    return is_live and covers(actor, Verb.EDIT, Placement.ledger_key(), placement)


def advance(
    pk: UUID,
    *,
    standing: Placement.Standing,
    actor: Actor,
    row_version: int,
    day: date | None = None,
    reason: str = "",
    batch: TransportBatch | None = None,
) -> Placement:
    """Take a placement on. `day`: of arriving or leaving, today without. `batch`: that brought the worker.

    Errors: RuleViolated for a step that does not follow, a full order, a missing reason; Conflict;
    NotAllowed; NotVisible.
    """
    row = _held(pk, actor, row_version)
    if standing not in MOVES.get(row.match_state, ()):
        told = {"now": row.get_match_state_display(), "next": standing.label}
        raise RuleViolated(_("%(now)s的拟配不能改为%(next)s。") % told, code="bad_placement_step")
    day = day or clock.today()
    if day > clock.today():
        raise RuleViolated(_("日期不能晚于今天。"), code="bad_placement_step")
    previous = Placement.objects.get(pk=pk)
    row.match_state = standing
    match standing:
        case _Standing.ACCEPTED:
            _accept(row)
        case _Standing.REFUSED:
            _refuse(row, reason)
        case _Standing.HIRED:
            row.hired_on, row.spell, row.batch = day, _spell(row, day, actor), batch
            follow(row.person_id, Event.HIRED, day, actor=actor, spell=row.spell)
        case _Standing.LEFT:
            _leave(row, day, actor)
    row = _saved(row, previous, actor, reason.strip() or str(standing.label))
    _followed(row, day, actor)
    return row


def _followed(row: Placement, day: date, actor: Actor) -> None:
    """Whether they stay is asked from now on, or no longer."""
    if row.match_state == _Standing.HIRED:
        schedule(row, actor=actor)
    elif row.match_state == _Standing.LEFT:
        close(row, day)


def _held(pk: UUID, actor: Actor, row_version: int) -> Placement:
    ledger = registry.get(Placement.ledger_key())
    get_row(ledger, pk, actor=actor, verb=Verb.EDIT)
    rows = Placement.objects.select_related("owner_unit", "place", "person", "order__employer")
    row: Placement = rows.select_for_update(of=("self",)).get(pk=pk)
    if row.row_version != row_version:
        raise Conflict
    if row.state == State.VOIDED:
        raise RuleViolated(_("已作废的拟配不能再办理。"), code="bad_placement_step")
    return row


def _saved(row: Placement, previous: Placement, actor: Actor, reason: str) -> Placement:
    """Kept, and reported to the other side from the moment it is accepted."""
    ledger = registry.get(Placement.ledger_key())
    validate_row(ledger, row, previous)
    row.row_version += 1
    with context.because(reason), constraint_sentences():
        row.save()
    if row.is_occupying and row.state in SUBMIT.sources:
        row = step_row(ledger, row, SUBMIT, actor=actor)
    return row


def _accept(row: Placement) -> None:
    hold_orders(row.order_id)
    others = Placement.objects.live().filter(person=row.person_id).exclude(pk=row.pk)
    other = (
        others.filter(match_state__in=[_Standing.ACCEPTED, _Standing.HIRED]).select_related("order").first()
    )
    if other is not None:
        told = {"order": str(other.order), "standing": other.get_match_state_display()}
        raise RuleViolated(
            _("该人员在岗位 %(order)s %(standing)s，不能再接受一个。") % told, code="order_full"
        )
    taken = seats_taken([row.order_id], but=row.pk).get(row.order_id, 0)
    if taken >= row.order.headcount:
        raise RuleViolated(
            _("岗位 %(order)s 的 %(seats)s 个名额已满，请改配其他岗位。")
            % {"order": row.order, "seats": row.order.headcount},
            code="order_full",
        )
    row.decided_on, row.refusal = clock.today(), ""


def _refuse(row: Placement, reason: str) -> None:
    if not reason.strip():
        raise RuleViolated(_("请写明拒绝原因。"), code="reason_missing")
    row.decided_on, row.refusal = clock.today(), reason.strip()[:200]


def _spell(row: Placement, day: date, actor: Actor) -> EmploymentSpell:
    """The worker's spell from the day of arrival: that which is there, else a new one. Never two."""
    if row.decided_on and day < row.decided_on:
        raise RuleViolated(_("到岗日期不能早于接受日期。"), code="bad_placement_step")
    known: EmploymentSpell | None = (
        EmploymentSpell.objects.live().filter(person=row.person_id, started_on=day).first()
    )
    if known is not None:
        return known
    credit, order = row.order.employer.credit_code, row.order
    own = Body.objects.live().filter(side=row.side, credit_code=credit).first() if credit else None
    values = {
        "person": row.person,
        "owner_unit": row.owner_unit,
        "place": row.place,
        "employer": own,
        "employer_name": "" if own else order.employer.name,
        "post": order.post,
        "destination": order.destination,
        "started_on": day,
        "channel": EmploymentSpell.Channel.ORGANISED,
        "period": Period.of(day, PeriodKind.QUARTER).code,
    }
    ledger = registry.get(EmploymentSpell.ledger_key())
    made: EmploymentSpell = step_row(ledger, create_row(ledger, values, actor=actor), SUBMIT, actor=actor)
    return made


def _leave(row: Placement, day: date, actor: Actor) -> None:
    if row.hired_on and day < row.hired_on:
        raise RuleViolated(_("离开日期不能早于到岗日期。"), code="bad_placement_step")
    row.left_on = day
    follow(row.person_id, Event.LEFT, day, actor=actor, spell=row.spell)
    ledger, spell = registry.get(EmploymentSpell.ledger_key()), row.spell
    if spell is None or spell.ended_on is not None:
        return
    told: dict[str, Any] = {"actor": actor, "row_version": spell.row_version}
    if may_record(ledger, spell, actor):
        record_later(ledger, spell.pk, {"ended_on": day}, reason=_("离岗登记"), **told)
    else:
        save_row(ledger, spell, {"ended_on": day}, **told)


def leave_with(spell: EmploymentSpell, day: date, *, actor: Actor) -> None:
    """The last day of a spell is that of the post it was begun by, which frees the seat."""
    rows = Placement.objects.live().filter(spell=spell, match_state=_Standing.HIRED)
    row = rows.select_related("owner_unit").first()
    if row is not None and may_advance(row, actor) and (row.hired_on is None or row.hired_on <= day):
        advance(row.pk, standing=_Standing.LEFT, day=day, actor=actor, row_version=row.row_version)


def return_with(spell: EmploymentSpell, day: date, *, actor: Actor) -> None:
    """The last day of a spell was a mistake: its post goes on, if its seat and its worker are still free."""
    rows = Placement.objects.live().filter(spell=spell, match_state=_Standing.LEFT, left_on=day)
    row = rows.select_related("owner_unit", "place", "person", "order__employer").first()
    if row is None or not covers(actor, Verb.EDIT, Placement.ledger_key(), row):
        return
    previous, decided_on = Placement.objects.get(pk=row.pk), row.decided_on
    _accept(row)
    row.match_state, row.left_on, row.decided_on = _Standing.HIRED, None, decided_on
    row = _saved(row, previous, actor, _("撤回离岗日期"))
    reopen(row, day)


@dataclass
class Decided:
    """What came of deciding on many: how many were done, and why others were not."""

    done: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


def decide_many(
    pks: Sequence[UUID], *, standing: Placement.Standing, actor: Actor, reason: str = ""
) -> Decided:
    """Accept or refuse each of these; one that cannot be is left as it was and told.

    Errors: RuleViolated for too many or none.
    """
    if not 0 < len(pks) <= MOST:
        raise RuleViolated(_("请选择 1 到 %(most)s 条拟配。") % {"most": MOST}, code="bad_placement_step")
    if standing is _Standing.REFUSED and not reason.strip():
        raise RuleViolated(_("请写明拒绝原因。"), code="reason_missing")
    found = {row.pk: row for row in Placement.objects.filter(pk__in=pks).select_related("person", "order")}
    told = Decided()
    for pk in pks:
        row = found.get(pk)
        if row is None:
            told.refused.append(("", str(NotVisible.default_message)))
            continue
        try:
            advance(pk, standing=standing, actor=actor, row_version=row.row_version, reason=reason)
            told.done += 1
        except ShanhaiError as refused:
            told.refused.append((str(row), str(refused)))
    return told
