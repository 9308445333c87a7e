"""What claims contribute to the shell: answers and next steps of a claim, the way beside a policy."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.engines.values import PeriodError
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.joint import signers
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import REPORTED_STATES, Actor, covers
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.kernel.workflow import State

from . import claim_operations  # noqa: F401  (importing registers)
from .claim_rules import JUDGING, Step, steps_from
from .entitled import entitled_of
from .late_claims import told_late
from .models import Claim, Policy, Standing

LABELS = {
    Step.REFUSE: gettext_lazy("不予"),
    Step.WITHDRAW: gettext_lazy("撤回申领"),
    Step.OBJECT: gettext_lazy("收到异议，暂停"),
    Step.DISMISS: gettext_lazy("异议不成立，恢复"),
    Step.UPHOLD: gettext_lazy("异议成立，不予"),
    Step.REOPEN: gettext_lazy("重新受理"),
}


@register_panel("benefits.claim", order=12)
def claim(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a claim of one's own side."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, Claim) or row.side not in actor.sides:
        return None
    context: dict[str, Any] = {
        "title": _("申领办理"),
        "answers": list(row.answers.select_related("release").order_by("-id")),
        "row_version": row.row_version,
        "approve": "",
        "decide": "",
        "trial": "",
        "late": told_late(row),
    }
    may_judge = covers(actor, Verb.VERIFY, ledger.key, row)
    if row.standing == Standing.PENDING and row.state == State.VERIFIED and may_judge:
        _put_trial(context, row, actor)
    may_keep = covers(actor, Verb.EDIT, ledger.key, row)
    steps = [one for one in steps_from(row.standing) if (may_judge if one in JUDGING else may_keep)]
    if steps and row.state in REPORTED_STATES:
        context["decide"] = reverse("benefits:decide_claim", args=[row.pk])
        context["fields"] = _fields(steps)
    if not any(context[name] for name in ("answers", "decide", "trial", "late")):
        return None
    return RailPanel("benefits/claim.html", context)


def _put_trial(context: dict[str, Any], row: Claim, actor: Actor) -> None:
    """What approving would come to, by the rows as they stand."""
    try:
        found = entitled_of(row.policy, row.benefit_period, row.subject.pk)
    except (PeriodError, RuleViolated) as refused:
        context["trial"] = str(refused)
        return
    line = found.lines.get(row.subject.pk)
    if line is None:
        context["trial"] = _("按现有记录不能享受，不能复审通过。")
        return
    context["trial"] = _("按现有记录核定：%(sentence)s") % {"sentence": line.sentence}
    if actor.key not in signers(row):
        context["approve"] = reverse("benefits:approve_claim", args=[row.pk])
    else:
        context["trial"] += _("提交人和初审人不能复审，请由他人复审。")


def _fields(steps: list[Step]) -> list[dict[str, Any]]:
    options = [{"value": one.value, "label": str(LABELS[one])} for one in steps]
    return [
        {"name": "step", "id": "claim-step", "label": _("办理方式"), "kind": "select", "options": options},
        {"name": "reason", "id": "claim-reason", "label": _("理由"), "kind": "text", "required": True,
         "maxlength": 200, "value": ""},
    ]  # fmt: skip


@register_panel("benefits.paying", order=16)
def paying(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a policy of one's own side: the way to who is owed and who was paid."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, Policy) or row.side not in actor.sides:
        return None
    line = {
        "label": _("发放办理"),
        "url": reverse("benefits:paying", args=[row.pk]),
        "state": None,
        "text": _("应享未领、初审复审、公示、发放"),
    }
    return RailPanel("benefits/panel.html", {"title": _("申领与发放"), "lines": [line]})
