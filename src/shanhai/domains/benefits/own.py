"""What benefits show to workers and employers: what is for them, their claims and why (ADR 0041)."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from shanhai.kernel import clock, context
from shanhai.kernel.actions import save_row, step_row
from shanhai.kernel.errors import Conflict, NotVisible, RuleViolated
from shanhai.kernel.later import record_later
from shanhai.kernel.leads import BODY, PERSON
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.workflow import EDITABLE, SUBMIT
from shanhai.registers.own import open_to
from shanhai.registers.parties.own_parts import Act, Part, register_part

from .models import Claim, PushRecipient

for _kind in (PERSON, BODY):
    open_to(_kind, ["benefits:acknowledge", "api:acknowledge_push"])


@register_part(PERSON, 25)
@register_part(BODY, 38)
def pushes(actor: Actor) -> Part:
    """Policies brought to them: what they may claim or still lack, and whether they said that they know."""
    rows = _own_pushes().select_related("push__policy").order_by("-number")
    lines = [
        (
            row.push.policy.name,
            row.push.benefit_period,
            str(row.get_fit_display()),
            f"{row.amount:,.2f}" if row.amount is not None else "",
            row.lacking,
            row.read_on.isoformat() if row.read_on else "",
        )
        for row in rows
    ]
    columns = (_("政策"), _("享受期"), _("符合情况"), _("可享金额"), _("还差什么"), _("知晓日期"))
    acts = [_act(row) for row in rows if row.read_on is None]
    return Part("pushes", _("给我的政策通知"), columns, lines, rows=[str(row.pk) for row in rows], acts=acts)


def _own_pushes() -> Any:
    return PushRecipient.objects.live()


def _act(row: PushRecipient) -> Act:
    told = {"policy": row.push.policy.name}
    version = ("row_version", str(row.row_version))
    return Act(
        _("知道了：%(policy)s") % told,
        reverse("benefits:acknowledge", args=[row.pk]),
        (version,),
        text=row.lacking or _("您符合条件，可以向填报单位申领。"),
    )


def own_push(pk: Any, actor: Actor) -> PushRecipient:
    """Errors: NotVisible for what was brought to another, and for whoever is bound to nobody."""
    row: PushRecipient | None = _own_pushes().filter(pk=pk).first() if actor.subject else None
    if row is None:
        raise NotVisible
    return row


def acknowledge(pk: UUID, *, actor: Actor, row_version: int) -> PushRecipient:
    """The account itself says that it read of the policy: whom no unit has told yet is told by this.

    Errors: NotVisible for what was brought to another; RuleViolated where they know already; Conflict.
    """
    row = own_push(pk, actor)
    if row.row_version != row_version:
        raise Conflict
    if row.read_on is not None:
        raise RuleViolated(_("已经记下您知晓了。"), code="known_already")
    ledger, today = registry.get(PushRecipient.ledger_key()), clock.today()
    with context.on_behalf("在自己的账号知晓政策推送"):
        if row.state in EDITABLE:
            told = {"told_on": row.told_on or today, "told_way": row.told_way or PushRecipient.Way.APP}
            row = save_row(ledger, row, told, actor=actor, row_version=row_version)
            row = step_row(ledger, row, SUBMIT, actor=actor)
        known = {"read_on": today, "is_read_by_self": True}
        reason, version = str(_("本人账号知晓")), row.row_version
        done: PushRecipient = record_later(ledger, pk, known, actor=actor, row_version=version, reason=reason)
    return done


@register_part(PERSON, 30)
def claims_of_person(actor: Actor) -> Part:
    return _claims(_("我的申领"))


@register_part(BODY, 40)
def claims_of_firm(actor: Actor) -> Part:
    return _claims(_("本单位的申领"))


def _claims(label: str) -> Part:
    rows = Claim.objects.select_related("policy").prefetch_related("answers").order_by("-applied_on", "-id")
    lines = [
        (
            row.policy.name,
            row.benefit_period,
            row.applied_on.isoformat(),
            str(row.get_standing_display()),
            f"{row.amount:,.2f}" if row.amount is not None else "",
            _why(row),
        )
        for row in rows
    ]
    columns = (_("政策"), _("享受期"), _("申领日期"), _("申领进度"), _("核定金额"), _("依据或原因"))
    return Part("claims", label, columns, lines)


def _why(row: Claim) -> str:
    """What was decided, and what the amount was computed by, clause by clause."""
    answers: list[Any] = list(row.answers.all())
    said = [row.decision_note] if row.decision_note else []
    if answers:
        last = answers[-1]
        said.append(last.sentence)
        said += [f"{one['clause']} {one['fact']}：{one['value']}（{one['needed']}）" for one in last.reasons]
    return "；".join(one.strip("；。 ") for one in said if one.strip())
