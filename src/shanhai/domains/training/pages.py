"""车间核查 and 车间台账, and what the form beside a workshop does."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.parties.models import Unit
from shanhai.web.checks import Checks, Found, Named, render_checks
from shanhai.web.later import answer

from . import actions, reports
from .book_pages import render_book
from .models import Recognition, Workshop
from .rules import workshops as rules
from .workshop_book import WORKSHOP_BOOK

LABELS = {
    rules.UNDER_STANDARD: gettext_lazy("连续低于吸纳标准"),
    rules.RECTIFICATION_OVERDUE: gettext_lazy("整改到期"),
    rules.PREMIUM_LOW: gettext_lazy("意外险低于标准"),
    rules.MONTHS_MISSING: gettext_lazy("缺月报"),
    rules.REVIEW_DUE: gettext_lazy("该复核了"),
    rules.NO_STANDARD: gettext_lazy("没有认定标准"),
}


def _find(actor: Actor) -> list[Found]:
    findings = reports.workshop_findings(sorted(actor.sides))
    known = reports.workshops_by_id([one.rows[0] for one in findings])
    units = {unit.pk: str(unit) for unit in Unit.objects.all()}
    found = []
    for one in findings:
        pk: UUID = one.rows[0]  # type: ignore[assignment]
        unit = known[pk]["owner_unit_id"]
        row = Named(Workshop.ledger_key(), pk, known[pk]["name"])
        found.append(Found(one.code, one.sentence, row, str(unit), units[unit]))
    order = list(LABELS)
    return sorted(found, key=lambda one: order.index(one.code))


CHECKS = Checks(
    title=gettext_lazy("车间核查"),
    note=gettext_lazy(
        "按已报的月报、复核和当时有效的认定标准实时核查，不改动任何数据；处理后再打开本页即消除。"
    ),
    labels=LABELS,
    ledger=Workshop.ledger_key(),
    find=_find,
)


@require_GET
def checks(request: HttpRequest) -> HttpResponseBase:
    """Every finding in workshops of the reader's own side."""
    return render_checks(request, CHECKS)


@require_GET
def workshop_book(request: HttpRequest) -> HttpResponseBase:
    """The report of a month."""
    return render_book(request, WORKSHOP_BOOK)


@require_POST
def move_workshop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside a workshop: its next standing, from a day, with the reason."""

    def record(version: int) -> None:
        actions.move_workshop(
            pk,
            recognition=_recognition(request),
            day=given_day(request),
            rectify_by=day_of(request, "rectify_by"),
            reason=request.POST.get("reason", ""),
            actor=actor_of(request),
            row_version=version,
        )

    return answer(request, reverse("training:workshop_detail", args=[pk]), record)


def _recognition(request: HttpRequest) -> Recognition:
    try:
        return Recognition(request.POST.get("recognition", ""))
    except ValueError:
        raise RuleViolated(_("请选择认定状态。"), code="bad_workshop_step") from None


def day_of(request: HttpRequest, name: str) -> date | None:
    """A day as a form sends it. Errors: RuleViolated."""
    text = request.POST.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise RuleViolated(_("日期请写成 2021-09-24。"), code="bad_date") from None


def given_day(request: HttpRequest) -> date:
    """The day of a step. Errors: RuleViolated without one."""
    day = day_of(request, "day")
    if day is None:
        raise RuleViolated(_("请填办理日期。"), code="bad_date")
    return day
