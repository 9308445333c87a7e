"""What benefits show to workers and employers: their own claims, how they stand and why (ADR 0041)."""

from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel.leads import BODY, PERSON
from shanhai.kernel.scope import Actor
from shanhai.registers.parties.own_parts import Part, register_part

from .models import Claim


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
