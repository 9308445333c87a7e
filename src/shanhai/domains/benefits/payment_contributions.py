"""What payments contribute to the shell: the next step beside a notice, a payment list, a claw-back."""

from typing import Any

from django.db.models import Count, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.domains.labour.models import EmploymentSpell
from shanhai.kernel.later import may_record
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import link, with_query
from shanhai.kernel.surfaces.menu import MenuPage, register_page
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.kernel.workflow import State
from shanhai.web.later import later_panel

from . import document_kinds, employer_operations, payment_operations  # noqa: F401  (importing registers)
from .models import Claim, ClawBack, PaymentLine, PaymentList, Policy, PublicNotice


def _reads(actor: Actor) -> bool:
    return all(actor.allows(Verb.VIEW, one.ledger_key()) for one in (Policy, EmploymentSpell))


register_page(MenuPage("benefits", gettext_lazy("用工单位情况"), "benefits:employers", 97, _reads))


@register_panel("benefits.notice", order=12)
def notice(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a notice: what it shows; for its keepers the next step."""
    if not isinstance(row, PublicNotice):
        return None
    actor: Actor = request.actor  # type: ignore[attr-defined]
    lines = [{"label": _("公示表"), "url": reverse("benefits:notice_page", args=[row.pk]), "state": None,
              "text": _("页面、Word、Excel，都不含证件号、电话和账号")}]  # fmt: skip
    step = {
        PublicNotice.Standing.DRAFTED: ("benefits:post_notice", _("张榜公示")),
        PublicNotice.Standing.POSTED: ("benefits:close_notice", _("期满转待发")),
    }.get(PublicNotice.Standing(row.standing))
    if step is None or not may_record(ledger, row, actor):
        return RailPanel("benefits/panel.html", {"title": _("公示表"), "lines": lines})
    context = {
        "title": _("公示办理"),
        "lines": [],
        "bank_url": "",
        "acts": [
            {"url": reverse(step[0], args=[row.pk]), "label": step[1]},
        ],
        "shown_url": lines[0]["url"],
        "row_version": row.row_version,
    }
    return RailPanel("benefits/payment.html", context)


@register_panel("benefits.payment", order=12)
def payment(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a payment list: how much is in it, what came of it, and what comes next."""
    if not isinstance(row, PaymentList):
        return None
    actor: Actor = request.actor  # type: ignore[attr-defined]
    sums = row.lines.order_by().values("result").annotate(number=Count("id"), total=Sum("amount"))
    found = {one["result"]: one for one in sums}
    lines = [
        _("%(label)s %(number)s 笔，%(total)s 元")
        % {"label": label, "number": found[value]["number"], "total": f"{found[value]['total']:,.2f}"}
        for value, label in PaymentLine.Result.choices
        if value in found
    ]
    context: dict[str, Any] = {"title": _("发放办理"), "lines": lines, "row_version": row.row_version}
    if row.claim_count:
        columns = "number,person,firm,payee_account__bank_name,payee_account__account_number,amount"
        query = {"payment_list": str(row.pk), "columns": columns}
        context["bank_url"] = with_query(link(registry.get(Claim.ledger_key()), "list"), query)
    if may_record(ledger, row, actor):
        waits = PaymentLine.Result.WAITING in found
        context["acts"] = _acts(row, waits=waits)
        if waits and row.state == State.VERIFIED:
            context |= {"back": reverse("benefits:take_return", args=[row.pk]), "fields": _fields()}
    return RailPanel("benefits/payment.html", context)


def _acts(row: PaymentList, *, waits: bool) -> list[dict[str, Any]]:
    acts = [{"url": reverse("benefits:load_list", args=[row.pk]), "label": _("装入待发的申领")}]
    if waits:
        acts.append({"url": reverse("benefits:unload_list", args=[row.pk]), "label": _("未回盘的退出批次")})
    return acts


def _fields() -> list[dict[str, Any]]:
    told = _("列：申领编号、金额、结果（成功或失败）、原因。Excel 或 CSV。")
    return [
        {"name": "file", "id": "return-file", "label": _("回盘文件"), "kind": "file", "required": True,
         "help": told, "accept": ".xlsx,.xls,.csv", "value": ""},
        {"name": "total", "id": "return-total", "label": _("成功合计"), "kind": "number", "required": True,
         "unit": _("元"), "help": _("银行说的合计，与文件相加对不上就不收。"), "value": ""},
    ]  # fmt: skip


@register_panel("benefits.clawback", order=12)
def claw_back(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a claw-back that is due."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, ClawBack) or row.standing != ClawBack.Standing.DUE:
        return None
    if not may_record(ledger, row, actor):
        return None
    options = [{"value": one.value, "label": one.label} for one in ClawBack.Standing if one != row.standing]
    choice = {"name": "standing", "id": "back-standing", "kind": "select", "options": options}
    fields: list[dict[str, Any]] = [
        {**choice, "label": _("追回进度")},
        {"name": "note", "id": "back-note", "label": _("了结说明"), "kind": "text", "required": True,
         "maxlength": 200, "value": ""},
    ]  # fmt: skip
    return later_panel(
        row,
        "benefits:resolve_claw_back",
        title=_("追回办理"),
        note=_("了结记入历史。"),
        button=_("了结"),
        fields=fields,
    )
