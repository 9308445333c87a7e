"""The page of locks: parse, call, respond."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.locking.reopening import end_reopening, reopen
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.respond import respond, see_other

from .lock_page import asked_moment, locks_context
from .locks import get_reopening
from .rules import managed_sides
from .visible import may_see

_TEMPLATE = "kernel/locks.html"


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined,no-any-return]


def _back() -> HttpResponse:
    return see_other(reverse("locks"))


@require_GET
def locks(request: HttpRequest) -> HttpResponse:
    actor = _actor(request)
    if not may_see(actor):
        raise NotAllowed
    return respond(request, _TEMPLATE, "", locks_context(actor, request.GET))


@require_POST
def reopen_period(request: HttpRequest) -> HttpResponse:
    """Open a locked period for one unit."""
    actor, given = _actor(request), request.POST
    if not managed_sides(actor):
        raise NotAllowed
    try:
        unit = _unit(given.get("unit", ""))
        until = asked_moment(given.get("until", ""))
        reopened = reopen(
            given.get("ledger", ""),
            unit,
            given.get("period", ""),
            until=until,
            reason=given.get("reason", ""),
            actor=actor,
        )
    except RuleViolated as refused:
        shown = locks_context(actor, given, refusal=str(refused))
        return respond(request, _TEMPLATE, "", shown, status=refused.status)
    messages.success(request, _("已为%(unit)s重开，到期自动锁定。") % {"unit": reopened.unit})
    return _back()


def _unit(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise RuleViolated(_("请选择单位。"), code="unit_missing") from None


@require_POST
def end_reopened(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lock again before the moment."""
    actor = _actor(request)
    found = get_reopening(pk, actor=actor)
    try:
        end_reopening(found, actor=actor)
    except RuleViolated as refused:
        shown = locks_context(actor, request.GET, refusal=str(refused))
        return respond(request, _TEMPLATE, "", shown, status=refused.status)
    messages.success(request, _("重开已结束，这一期重新锁定。"))
    return _back()
