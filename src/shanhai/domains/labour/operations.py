"""What the chapter adds to the API: its checks, and the day a worker left."""

import datetime
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
from shanhai.kernel.surfaces.api.values import read_row
from shanhai.kernel.surfaces.views import actor_of
from shanhai.web.check_operations import register_checks

from . import actions
from .models import EmploymentSpell, HouseholdMember, PersonCategory
from .pages import CHECKS

register_checks("labour", CHECKS)


class LeavingBody(Sent):
    """When the worker left."""

    row_version: int
    ended_on: datetime.date | None = Field(description="离岗日期；空为撤回填错的日期")


@register_operations(EmploymentSpell.ledger_key())
def leaving(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = on_row(ledger, Verb.EDIT)

    @router.post("/{uuid:pk}/end/", response=row, auth=may, **named(ledger, "end", "离岗登记"))
    def end_spell(request: Found, pk: UUID, body: LeavingBody) -> dict[str, Any]:
        actor = actor_of(request)
        actions.end_spell(pk, ended_on=body.ended_on, actor=actor, row_version=body.row_version)
        return read_row(ledger, pk, actor)


class EndingBody(Sent):
    """When the person left the category or the household."""

    row_version: int
    valid_to: datetime.date | None = Field(description="退出或离户日期；空为撤回填错的日期")


@register_operations(PersonCategory.ledger_key())
def ending(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = on_row(ledger, Verb.EDIT)

    @router.post("/{uuid:pk}/end/", response=row, auth=may, **named(ledger, "end", "退出登记"))
    def end_category(request: Found, pk: UUID, body: EndingBody) -> dict[str, Any]:
        actor, version = actor_of(request), body.row_version
        actions.end_holding(PersonCategory, pk, valid_to=body.valid_to, actor=actor, row_version=version)
        return read_row(ledger, pk, actor)


@register_operations(HouseholdMember.ledger_key())
def leaving_household(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = on_row(ledger, Verb.EDIT)

    @router.post("/{uuid:pk}/leave/", response=row, auth=may, **named(ledger, "leave", "离户登记"))
    def leave_household(request: Found, pk: UUID, body: EndingBody) -> dict[str, Any]:
        actor, version = actor_of(request), body.row_version
        actions.end_holding(HouseholdMember, pk, valid_to=body.valid_to, actor=actor, row_version=version)
        return read_row(ledger, pk, actor)
