"""招生台账, 孵化成效, 带头人三年跟踪; what the form beside an applicant does and what the API adds."""

import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from ninja import Router, Schema
from pydantic import Field

from shanhai.kernel import clock
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.later import may_record
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Found, on_row
from shanhai.kernel.surfaces.api.extending import register_operations
from shanhai.kernel.surfaces.api.naming import named
from shanhai.kernel.surfaces.api.values import read_row
from shanhai.kernel.surfaces.menu import MenuPage, register_page
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.kernel.surfaces.views import actor_of
from shanhai.web.later import answer, later_panel

from .book_pages import render_book
from .enrolment_actions import MOVES, move_applicant
from .enrolment_book import ENROLMENT_BOOK
from .models import Applicant, EnrolmentPlan, Stage
from .pages import given_day
from .survival_book import LEADER_BOOK, SURVIVAL_BOOK


def _reads(actor: Actor) -> bool:
    return actor.allows(Verb.VIEW, EnrolmentPlan.ledger_key())


for _label, _name, _order in (
    (gettext_lazy("招生台账"), "enrolment_book", 79),
    (gettext_lazy("孵化成效"), "survival_book", 85),
    (gettext_lazy("带头人三年跟踪"), "leader_book", 87),
):
    register_page(MenuPage("training", _label, f"training:{_name}", order=_order, is_allowed=_reads))


@require_GET
def enrolment_book(request: HttpRequest) -> HttpResponseBase:
    """The report of a year."""
    return render_book(request, ENROLMENT_BOOK)


@require_GET
def survival_book(request: HttpRequest) -> HttpResponseBase:
    """The report up to the end of a year."""
    return render_book(request, SURVIVAL_BOOK)


@require_GET
def leader_book(request: HttpRequest) -> HttpResponseBase:
    """The report of those whose course ended in a year."""
    return render_book(request, LEADER_BOOK)


@require_POST
def move_on(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside an applicant."""

    def record(version: int) -> None:
        move_applicant(
            pk,
            study_stage=_stage(request),
            day=given_day(request),
            reason=request.POST.get("reason", ""),
            actor=actor_of(request),
            row_version=version,
        )

    return answer(request, reverse("training:applicant_detail", args=[pk]), record)


def _stage(request: HttpRequest) -> Stage:
    try:
        return Stage(request.POST.get("study_stage", ""))
    except ValueError:
        raise RuleViolated(_("请选择就学阶段。"), code="bad_applicant_step") from None


@register_panel("training.applicant", order=15)
def moving(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """For whoever may: the next stage of a reported applicant."""
    if not isinstance(row, Applicant):
        return None
    actor = actor_of(request)
    possible = [one for one, verb in MOVES[row.study_stage].items() if may_record(ledger, row, actor, verb)]
    if not possible:
        return None
    stage = {
        "name": "study_stage",
        "id": "applicant-stage",
        "label": _("就学阶段"),
        "kind": "select",
        "options": [{"value": one.value, "label": one.label} for one in possible],
    }
    day = {"name": "day", "id": "applicant-day", "label": _("办理日期"), "kind": "date", "required": True}
    reason = {"name": "reason", "id": "applicant-reason", "label": _("理由"), "kind": "text", "value": ""}
    return later_panel(
        row,
        "training:move_applicant",
        title=_("录取与就学"),
        note=_("录取不超过计划的招生名额；退学让出名额。办理记入历史。"),
        button=_("办理"),
        fields=[stage, day | {"value": clock.today().isoformat()}, reason | {"maxlength": 200}],
    )


class MoveApplicantBody(Sent):
    """The next stage, from a day."""

    row_version: int
    study_stage: Stage = Field(description=f"就学阶段：{'、'.join(Stage.values)}")
    day: datetime.date
    reason: str = ""


@register_operations(Applicant.ledger_key())
def applicants(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may_read = on_row(ledger, Verb.VIEW)

    @router.post("/{uuid:pk}/move/", response=row, auth=may_read, **named(ledger, "move", "录取与就学"))
    def move_study(request: Found, pk: UUID, body: MoveApplicantBody) -> dict[str, Any]:
        actor = actor_of(request)
        move_applicant(
            pk,
            study_stage=body.study_stage,
            day=body.day,
            reason=body.reason,
            actor=actor,
            row_version=body.row_version,
        )
        return read_row(ledger, pk, actor)
