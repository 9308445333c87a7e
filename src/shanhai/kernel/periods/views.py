"""Pages of obligations and of their rules: parse, call, respond."""

import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.respond import respond, see_other

from . import panel  # noqa: F401  (importing registers)
from .detail import obligation_context, obligation_history
from .nil import declare_nil, withdraw_nil
from .page import ObligationPage
from .rule_detail import rule_context, rule_history
from .rule_form import RuleForm, asked_side
from .rule_pages import form_context, rules_context
from .rules import add_rule, end_rule, get_rule
from .visible import get_obligation, may_see


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined,no-any-return]


def _see_other(name: str, pk: UUID | None = None) -> HttpResponse:
    return see_other(reverse(name, kwargs={"pk": pk} if pk else None))


@require_GET
def obligations(request: HttpRequest) -> HttpResponse:
    """Who owes what; everyone with business rows has this page, narrowed to what they see."""
    actor = _actor(request)
    if not may_see(actor):
        raise NotAllowed
    shown = ObligationPage(request.GET, actor).context()
    return respond(request, "kernel/obligations.html", "table", shown, address=shown["address"])


@require_GET
def obligation(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = _actor(request)
    one = get_obligation(pk, actor=actor)
    if "history" in request.GET:
        return obligation_history(request, one)
    return respond(request, "kernel/obligation.html", "", obligation_context(one, actor))


@require_POST
def nil(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Declare a nil return, or take it back."""
    actor = _actor(request)
    one = get_obligation(pk, actor=actor)
    try:
        if "withdraw" in request.POST:
            withdraw_nil(one, actor=actor)
            messages.success(request, _("零报告已撤回。"))
        else:
            declare_nil(one, request.POST.get("reason", ""), actor=actor)
            messages.success(request, _("已报零报告。"))
    except RuleViolated as refused:
        shown = obligation_context(one, actor, refusal=str(refused))
        return respond(request, "kernel/obligation.html", "", shown, status=refused.status)
    return _see_other("obligation", pk)


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    actor = _actor(request)
    if not may_see(actor):
        raise NotAllowed
    return respond(request, "kernel/obligation_rules.html", "", rules_context(actor))


@require_GET
def rule(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = _actor(request)
    found = get_rule(pk, actor=actor)
    if "history" in request.GET:
        return rule_history(request, found)
    return respond(request, "kernel/obligation.html", "", rule_context(found, actor))


@require_http_methods(["GET", "POST"])
def new_rule(request: HttpRequest) -> HttpResponse:
    """A form that shows what the rule would make before it is saved."""
    actor = _actor(request)
    side = asked_side(actor, request.POST.get("side") or request.GET.get("side"))
    if request.method == "GET":
        form = RuleForm(side, actor)
        return respond(request, "kernel/form.html", "", form_context(form, {}, shows_preview=False))
    form = RuleForm(side, actor, request.POST)
    problems = form.problems()
    if problems or request.POST.get("then") != "save":
        shown = form_context(form, problems, shows_preview=True)
        status = RuleViolated.status if problems else 200
        return respond(request, "kernel/form.html", "", shown, status=status)
    rule = form.rule()
    made = add_rule(rule, form.bound_units(), actor=actor)
    said = ngettext("已保存，产生 %(n)s 项应报。", "已保存，产生 %(n)s 项应报。", made.new) % {"n": made.new}
    messages.success(request, said)
    return _see_other("obligation_rule", rule.pk)


@require_POST
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = _actor(request)
    found = get_rule(pk, actor=actor)
    try:
        last_day = _day(request.POST.get("last_day", ""))
        made = end_rule(found, last_day, request.POST.get("reason", ""), actor=actor)
    except RuleViolated as refused:
        shown = rule_context(found, actor, refusal=str(refused))
        return respond(request, "kernel/obligation.html", "", shown, status=refused.status)
    messages.success(request, _("已停用，撤销未到期的应报 %(n)s 项。") % {"n": made.withdrawn})
    return _see_other("obligation_rule", pk)


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise RuleViolated(_("请填写停用前的最后一天，例如 2021-09-30。"), code="day_unreadable") from None
