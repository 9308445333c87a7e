"""Screening over the API: its findings, and one let pass with a reason."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema
from pydantic import Field

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Found, on_row
from shanhai.kernel.surfaces.api.extending import register_operations
from shanhai.kernel.surfaces.api.naming import named
from shanhai.kernel.surfaces.views import actor_of
from shanhai.web.check_operations import register_checks

from . import screening
from .models import Project
from .screening_pages import CHECKS

register_checks("funds", CHECKS, part="screening")


class ObjectionAnswer(Schema):
    """Something the screening found in a project, and who let it pass."""

    key: str = Field(description="放行时带上")
    code: str
    sentence: str
    passed_by: str | None
    reason: str | None
    passed_at: datetime | None


class PassBody(Sent):
    """Which objection is let pass, and why."""

    objection: str
    reason: str


@register_operations(Project.ledger_key())
def screened(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may_read, may_verify = on_row(ledger, Verb.VIEW), on_row(ledger, Verb.VERIFY)
    told = named(ledger, "objections", "一个项目的筛查发现")

    @router.get("/{uuid:pk}/objections/", response=list[ObjectionAnswer], auth=may_read, **told)
    def read_objections(request: Found, pk: UUID) -> list[dict[str, Any]]:
        return _objections(request.auth)

    told = named(ledger, "let_pass", "写明理由放行一项筛查发现")

    @router.post("/{uuid:pk}/let-pass/", response=list[ObjectionAnswer], auth=may_verify, **told)
    def let_pass(request: Found, pk: UUID, body: PassBody) -> list[dict[str, Any]]:
        screening.let_pass(pk, objection=body.objection, reason=body.reason, actor=actor_of(request))
        return _objections(request.auth)


def _objections(project: Project) -> list[dict[str, Any]]:
    return [
        {
            "key": one.objection.key,
            "code": one.objection.code,
            "sentence": one.objection.sentence,
            "passed_by": one.passed.passed_by if one.passed else None,
            "reason": one.passed.reason if one.passed else None,
            "passed_at": one.passed.passed_at if one.passed else None,
        }
        for one in screening.judged([project])[project.pk]
    ]
