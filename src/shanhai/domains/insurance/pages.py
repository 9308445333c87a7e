"""What forms beside visits and filings do."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.surfaces.views import actor_of
from shanhai.web.later import answer

from . import actions, claims
from .models import Filing


@require_POST
def settle_visit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside a visit: settle it."""

    def record(version: int) -> None:
        actions.settle_visit(pk, actor=actor_of(request), row_version=version)

    return answer(request, reverse("insurance:medicalvisit_detail", args=[pk]), record)


@require_POST
def reverse_settlement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside a settled visit: take the settlement back."""

    def record(version: int) -> None:
        reason = request.POST.get("reason", "")
        actions.reverse_settlement(pk, reason=reason, actor=actor_of(request), row_version=version)

    return answer(request, reverse("insurance:medicalvisit_detail", args=[pk]), record)


@require_POST
def advance_claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside a claim by hand: its next step."""

    def record(version: int) -> None:
        sent = {name: request.POST.get(name, "") for name in ("status", "reason")}
        claims.advance_claim(pk, actor=actor_of(request), row_version=version, **sent)

    return answer(request, reverse("insurance:manualclaim_detail", args=[pk]), record)


@require_POST
def advance_filing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside a filing: its next standing, from a day."""

    def record(version: int) -> None:
        standing, day = _step(request)
        actions.advance_filing(pk, standing=standing, day=day, actor=actor_of(request), row_version=version)

    return answer(request, reverse("insurance:filing_detail", args=[pk]), record)


def _step(request: HttpRequest) -> tuple[Filing.Standing, date]:
    try:
        return Filing.Standing(request.POST.get("standing", "")), date.fromisoformat(
            request.POST.get("day", "")
        )
    except ValueError:
        raise RuleViolated(_("请选择备案状态，日期请写成 2021-09-24。"), code="bad_date") from None
