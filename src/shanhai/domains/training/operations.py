"""What the chapter adds to the API: checks, reports, the next standing of a workshop."""

import datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema
from pydantic import Field

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Found, on_row
from shanhai.kernel.surfaces.api.extending import register_operations, register_routes
from shanhai.kernel.surfaces.api.naming import named
from shanhai.kernel.surfaces.api.values import read_row
from shanhai.kernel.surfaces.views import actor_of
from shanhai.web.check_operations import register_checks

from . import actions, reports
from .book_operations import add_operation
from .cohort_book import COHORT_BOOK
from .enrolment_book import ENROLMENT_BOOK
from .models import Recognition, Workshop
from .pages import CHECKS
from .survival_book import LEADER_BOOK, SURVIVAL_BOOK
from .workshop_book import WORKSHOP_BOOK

register_checks("training", CHECKS)


@register_routes("/training/")
def books() -> Router:
    router = Router(tags=["training"])
    add_operation(router, "/books/workshops/", WORKSHOP_BOOK)
    add_operation(router, "/books/cohorts/", COHORT_BOOK)
    add_operation(router, "/books/enrolment/", ENROLMENT_BOOK)
    add_operation(router, "/books/survival/", SURVIVAL_BOOK)
    add_operation(router, "/books/leaders/", LEADER_BOOK)
    return router


class MoveWorkshopBody(Sent):
    """The next standing, from a day; with an order to set right, until when."""

    row_version: int
    recognition: Recognition = Field(description=f"认定状态：{'、'.join(Recognition.values)}")
    day: datetime.date
    rectify_by: datetime.date | None = Field(None, description="整改期限，只在责令整改时填")
    reason: str = Field("", description="理由；认定可空")


class AlarmAnswer(Schema):
    """How a workshop stands against the standard of each of its months."""

    is_raised: bool
    sentence: str = Field(description="空为最近一个月达标，或没有认定标准")
    months: list[str] = Field(description="连续不达标的月份")
    source: str = Field(description="所依据的认定标准")


@register_operations(Workshop.ledger_key())
def workshop(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may_read = on_row(ledger, Verb.VIEW)

    @router.post("/{uuid:pk}/move/", response=row, auth=may_read, **named(ledger, "move", "认定、整改与取消"))
    def move_workshop(request: Found, pk: UUID, body: MoveWorkshopBody) -> dict[str, Any]:
        actor = actor_of(request)
        actions.move_workshop(
            pk,
            recognition=body.recognition,
            day=body.day,
            rectify_by=body.rectify_by,
            reason=body.reason,
            actor=actor,
            row_version=body.row_version,
        )
        return read_row(ledger, pk, actor)

    @router.get(
        "/{uuid:pk}/alarm/", response=AlarmAnswer, auth=may_read, **named(ledger, "alarm", "车间预警")
    )
    def workshop_alarm(request: Found, pk: UUID) -> dict[str, Any]:
        found = reports.alarm_of(request.auth)
        return {
            "is_raised": bool(found and found.is_raised),
            "sentence": found.sentence if found else "",
            "months": [one.period for one in found.months] if found else [],
            "source": found.standard.source if found else "",
        }
