"""The one way in which somebody acts under a chain."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shanhai.engines.approval import APPLICANT, Course, Ending, Kind, Refused, Where
from shanhai.kernel import actions, clock, context
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, covers
from shanhai.kernel.settled import stepped
from shanhai.kernel.workflow import RETURN, VERIFY, State
from shanhai.registers.accounts.roles import ROLES
from shanhai.registers.parties.units import Unit
from shanhai.registers.signing.content import Decided
from shanhai.registers.signing.signing import sign_rows

from .cases import Case, as_act, cases_of
from .hands import hands_of
from .models import ApprovalAct
from .steps import role_names, seat

LONGEST = 200
_REFUSED = {
    "ended": lazy("审批已经结束。"),
    "not_your_turn": lazy("现在还没有轮到您，或您已经签过。"),
    "no_such_step": lazy("没有可以退回的这一步。"),
    "already_in": lazy("这个席位已在本步，不用再请。"),
    "one_is_enough": lazy("或签一人签即可，不用并签；可以前加签、后加签或转办。"),
    "too_many": lazy("步骤太多，不能再加签。"),
    "urged_already": lazy("已经催过，等下一次办理后才能再催。"),
}


@dataclass(frozen=True)
class Asked:
    """What somebody wants to do. `unit` and `role`: whom they draw in or hand over to."""

    kind: Kind
    opinion: str = ""
    to: int = -1
    unit: UUID | None = None
    role: str = ""
    where: Where = Where.BESIDE


def case_of(ledger: Ledger[Any], pk: Any, actor: Actor) -> Case:
    """Errors: NotVisible for a row out of sight, or under no chain."""
    row = actions.get_row(ledger, pk, actor=actor)
    case = cases_of(ledger, [row]).get(row.pk)
    if case is None:
        raise NotVisible(_("这条记录现在没有在审批。"))
    return case


def act(ledger: Ledger[Any], pk: Any, asked: Asked, *, actor: Actor) -> Course:
    """Do it, and take the row's step where the course is over.

    Errors: NotVisible; NotAllowed for who has no seat now; RuleViolated with a code, also when somebody else
    acted meanwhile.
    """
    actions.get_row(ledger, pk, actor=actor)
    opinion = asked.opinion.strip()
    if len(opinion) > LONGEST:
        raise RuleViolated(problems={"opinion": [_("最多 %(most)s 个字。") % {"most": LONGEST}]})
    with context.beyond_reach(opinion or str(_("审批"))):
        row = ledger.locked(ledger.model._default_manager.filter(pk=pk)).get()
        case = cases_of(ledger, [row]).get(row.pk)
        if case is None:
            raise RuleViolated(_("这条记录现在没有在审批。"), code="no_approval")
        made = _made(case, asked, opinion, actor)
        try:
            after = case.course.after(as_act(made))
        except Refused as refused:
            raise RuleViolated(str(_REFUSED[refused.code]), code="act_refused") from None
        _save(made)
        _end(case, made, after, opinion, actor)
    return after


def _made(case: Case, asked: Asked, opinion: str, actor: Actor) -> ApprovalAct:
    if case.broken:
        raise RuleViolated(case.broken, code="chain_broken")
    if asked.kind is Kind.RETURN and len(opinion) < 2:  # noqa: PLR2004
        raise RuleViolated(problems={"opinion": [_("退回须写明原因，至少 2 个字。")]})
    own_seat, in_place_of = _seat(case, asked, actor)
    return ApprovalAct(
        ledger=case.ledger.key,
        row_id=case.row.pk,
        submitted_at=case.since,
        act_number=len(case.acts) + 1,
        act_kind=asked.kind,
        seat=own_seat,
        returned_to=asked.to if asked.kind is Kind.RETURN else -1,
        drawn_in=_other(case, asked) if asked.kind in {Kind.ADD, Kind.TRANSFER} else "",
        added_where=asked.where if asked.kind is Kind.ADD else Where.BESIDE,
        opinion=opinion,
        decided_at=clock.now(),
        handled_by=actor.key,
        in_place_of=in_place_of,
        steps_then=None if case.acts else case.packed_steps,
    )


def _seat(case: Case, asked: Asked, actor: Actor) -> tuple[str, str]:
    """The seat that acts, and in whose place."""
    if asked.kind is Kind.URGE:
        if not may_urge(case, actor):
            raise NotAllowed
        return APPLICANT, ""
    for one in case.seats_of(hands_of(actor)).items():
        return one
    raise NotAllowed(str(_REFUSED["not_your_turn"]))


def may_urge(case: Case, actor: Actor) -> bool:
    """Those who file the row ask to hurry."""
    return not case.broken and covers(actor, Verb.SUBMIT, case.ledger.key, case.row)


def _other(case: Case, asked: Asked) -> str:
    """Errors: RuleViolated for a unit or role that cannot sign here."""
    unit = Unit.objects.filter(pk=asked.unit, side=case.row.side).first() if asked.unit else None
    problems: dict[str, list[Any]] = {}
    if unit is None:
        problems["unit"] = [_("请选本方的单位。")]
    is_known = asked.role in dict(role_names())
    if not is_known or not ROLES[asked.role].allows(Verb.VIEW, case.ledger.key):
        problems["role"] = [_("请选能看到这个台账的角色。")]
    if unit is None or problems:
        raise RuleViolated(problems=problems)
    return seat(unit.pk, asked.role)


def _save(made: ApprovalAct) -> None:
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise RuleViolated(_("别人刚刚办过这一条，请刷新后再看。"), code="acted_meanwhile") from error


def _end(case: Case, made: ApprovalAct, after: Course, opinion: str, actor: Actor) -> None:
    step = {Ending.APPROVED: VERIFY, Ending.RETURNED: RETURN}.get(after.ending) if after.ending else None
    if step is None:
        return
    step = case.ledger.life.by_name[step.name]
    actions.check_step(case.ledger, case.row, step, actor=actor, reason=opinion, held={})
    actions.apply_step(case.row, step, actor=actor, reason=opinion)
    case.row.save()
    stepped(case.ledger, [case.row], step, actor)
    if case.row.state == State.VERIFIED:
        sign_rows(case.ledger, [case.row.pk], _decided(case, made))


def _decided(case: Case, last: ApprovalAct) -> list[Decided]:
    """Who agreed to what counts now, in order."""
    acts = [act for act in (*case.acts, last) if act.act_kind == Kind.AGREE]
    return [Decided(str(_("审批同意")), act.handled_by, act.decided_at) for act in acts]
