"""What courses add to the API: the report of cohorts, the funnel of a class, attendance, certificates."""

import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Schema
from pydantic import Field

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Found, on_row
from shanhai.kernel.surfaces.api.extending import register_operations
from shanhai.kernel.surfaces.api.naming import named
from shanhai.kernel.surfaces.api.values import read_row
from shanhai.kernel.surfaces.views import actor_of

from . import certificate_paper, course_actions
from .course_pages import certificates_pdf
from .course_reports import funnel_of
from .models import Certificate, ClassDay, TrainingClass


class FunnelAnswer(Schema):
    """How many reached each step."""

    enrolled: int
    attended: int
    examined: int
    passed: int
    certified: int
    soon: int | None = Field(description="结业后 3 个月内就业；空为期限未满")
    later: int | None = Field(description="结业后 6 个月内就业；空为期限未满")


class IssueBody(Sent):
    """From which day the certificates hold."""

    day: datetime.date


class MadeAnswer(Schema):
    """The rows that were made."""

    ids: list[str]


class PresentBody(Sent):
    """Who signed on paper."""

    trainees: list[UUID] = Field(description="学员的编号")


class RevokeBody(Sent):
    """From which day, and why."""

    row_version: int
    day: datetime.date
    reason: str


@register_operations(TrainingClass.ledger_key())
def classes(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may_read, may = on_row(ledger, Verb.VIEW), on_row(ledger, Verb.EDIT)

    @router.get("/{uuid:pk}/funnel/", response=FunnelAnswer, auth=may_read, **named(ledger, "funnel", "成效"))
    def class_funnel(request: Found, pk: UUID) -> dict[str, Any]:
        found = funnel_of(request.auth)
        return {name: getattr(found, name) for name in FunnelAnswer.model_fields}

    @router.post("/{uuid:pk}/issue/", response=MadeAnswer, auth=may, **named(ledger, "issue", "颁发证书"))
    def issue_certificates(request: Found, pk: UUID, body: IssueBody) -> dict[str, Any]:
        made = course_actions.issue_certificates(pk, day=body.day, actor=actor_of(request))
        return {"ids": [str(one.pk) for one in made]}

    @router.get("/{uuid:pk}/certificates/", auth=may_read, **named(ledger, "certificates", "打印全班证书"))
    def read_class_certificates(request: Found, pk: UUID) -> HttpResponse:
        rows = certificate_paper.certificates_to_print(pk, actor=actor_of(request))
        return certificates_pdf(request, rows, request.auth.code, with_list=True)


@register_operations(ClassDay.ledger_key())
def days(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = on_row(ledger, Verb.EDIT)

    @router.post("/{uuid:pk}/present/", response=MadeAnswer, auth=may, **named(ledger, "present", "补签"))
    def mark_present(request: Found, pk: UUID, body: PresentBody) -> dict[str, Any]:
        made = course_actions.mark_present(pk, body.trainees, actor=actor_of(request))
        return {"ids": [str(one.pk) for one in made]}


@register_operations(Certificate.ledger_key())
def certificates(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may, may_print = on_row(ledger, Verb.VERIFY), on_row(ledger, Verb.EXPORT)

    @router.get("/{uuid:pk}/print/", auth=may_print, **named(ledger, "print", "打印证书"))
    def read_certificate_paper(request: Found, pk: UUID) -> HttpResponse:
        row = certificate_paper.certificate_to_print(pk, actor=actor_of(request))
        return certificates_pdf(request, [row], row.number)

    @router.post("/{uuid:pk}/revoke/", response=row, auth=may, **named(ledger, "revoke", "撤销证书"))
    def revoke_certificate(request: Found, pk: UUID, body: RevokeBody) -> dict[str, Any]:
        actor = actor_of(request)
        course_actions.revoke_certificate(
            pk, day=body.day, reason=body.reason, actor=actor, row_version=body.row_version
        )
        return read_row(ledger, pk, actor)
