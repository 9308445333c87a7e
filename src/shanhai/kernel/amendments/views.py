"""The pages of amendments: parse, call, respond."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shanhai.kernel.actions import get_row
from shanhai.kernel.errors import Conflict, NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.locking import Locks
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import link_to
from shanhai.kernel.surfaces.respond import respond, see_other
from shanhai.kernel.surfaces.typed import whole_number
from shanhai.kernel.surfaces.urls import register_urls
from shanhai.kernel.surfaces.views import actor_of

from . import panel  # noqa: F401  (importing registers)
from .deciding import accept, refuse
from .models import Amendment
from .pages import VOIDING, amend_form, amendment_context, form_context, list_context
from .proposing import is_amendable, propose_values, propose_voiding, proposing_party, withdraw
from .reading import Amended, get_amendment


@register_urls
def amendment_urls(ledger: Ledger[Any]) -> list[URLPattern]:
    return [path("<uuid:pk>/amend/", amend, {"ledger": ledger}, name=f"{ledger.slug}_amend")]


def _to(amendment: Amendment) -> HttpResponse:
    return see_other(link_to("amendment", pk=amendment.pk))


@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, ledger: Ledger[Any], pk: UUID) -> HttpResponse:
    """The form that proposes an amendment of one row."""
    actor = actor_of(request)
    row = get_row(ledger, pk, actor=actor)
    proposing_party(ledger, row, actor)
    if not is_amendable(row, Locks(ledger)):
        raise RuleViolated(_("这条记录可以直接修改或撤回，不用更正。"), code="not_amendable")
    if request.method == "GET":
        return respond(request, "kernel/form.html", "", form_context(amend_form(row, actor), row, {}))
    form = amend_form(row, actor, request.POST)
    try:
        amendment = _propose(request, ledger, row, form, actor)
    except (RuleViolated, Conflict) as refused:
        problems = dict(getattr(refused, "problems", {})) or {"": [str(refused)]}
        form.problems = {name: told for name, told in problems.items() if name not in ("", "reason")}
        shown = form_context(form, row, problems)
        return respond(request, "kernel/form.html", "", shown, status=refused.status)
    messages.success(request, _("更正已提出，由他人核实后生效。"))
    return _to(amendment)


def _propose(request: HttpRequest, ledger: Ledger[Any], row: Any, form: Any, actor: Actor) -> Amendment:
    told: dict[str, Any] = {
        "reason": request.POST.get("reason", ""),
        "actor": actor,
        "row_version": whole_number(request.POST.get("row_version", "")),
    }
    if request.POST.get(VOIDING):
        return propose_voiding(ledger, row, **told)
    values = form.values()
    if form.problems:
        raise RuleViolated(problems=form.problems)
    return propose_values(ledger, row, values, **told)


@require_GET
def amendments(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not any(actor.allows(Verb.VIEW, ledger.key) for ledger in registry):
        raise NotAllowed
    return respond(request, "kernel/amendments.html", "", list_context(actor, request.GET))


@require_GET
def amendment(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    shown = amendment_context(get_amendment(pk, actor=actor), actor)
    return respond(request, "kernel/amendment.html", "", shown)


@require_POST
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Accept, refuse or withdraw."""
    actor = actor_of(request)
    one = get_amendment(pk, actor=actor)
    what = request.POST.get("what", "")
    try:
        said = take(one, what, request.POST.get("reason", ""), actor)
    except (RuleViolated, Conflict) as refused:
        shown = amendment_context(get_amendment(pk, actor=actor), actor, refusal=str(refused))
        return respond(request, "kernel/amendment.html", "", shown, status=refused.status)
    messages.success(request, said)
    return _to(one.amendment)


def take(one: Amended, what: str, reason: str, actor: Actor) -> str:
    """Do what is asked with the amendment; says what was done. Errors: NotVisible for an unknown word."""
    match what:
        case "accept":
            done = accept(one.amendment, one.ledger, one.row, actor=actor)
            return _("已核实，等对方确认后生效。") if done.is_open else _("更正已生效。")
        case "refuse":
            refuse(one.amendment, one.ledger, one.row, reason=reason, actor=actor)
            return _("已不同意这条更正，记录没有变。")
        case "withdraw":
            withdraw(one.amendment, one.ledger, one.row, actor=actor)
            return _("更正已收回。")
        case _:
            raise NotVisible
