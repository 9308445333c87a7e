"""Employers over the API: `GET /api/v1/benefits/employers/`."""

import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.doors import Door
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.views import actor_of

from .employer_pages import require_reading
from .employer_reports import LARGEST, employers_of, per_cent


class EmployerAnswer(Schema):
    """One employer today."""

    id: UUID
    name: str
    workers: int
    share: Decimal = Field(description="占全部在岗人数的百分比")
    insured: int
    stable: int
    claims: int
    paid: Decimal = Field(description="元")
    visits: int = Field(description="本年走访次数")
    visited_on: datetime.date | None = Field(description="最近走访")


class EmployersAnswer(Schema):
    """All employers of the side, and how concentrated its workers are."""

    workers: int
    largest_share: Decimal = Field(description=f"前 {LARGEST} 家的百分比")
    items: list[EmployerAnswer]


def _read(request: HttpRequest, actor: Actor) -> Actor:
    require_reading(actor)
    return actor


@register_routes("/benefits/")
def routes() -> Router:
    router = Router(tags=["benefits"])

    named = called("benefits_employers", "用工单位情况", auth=Door(_read))

    @router.get("/employers/", response=EmployersAnswer, **named)
    def read_employers(request: HttpRequest) -> dict[str, Any]:
        rows = employers_of(actor_of(request))
        total = sum(one.workers for one in rows)
        return {
            "workers": total,
            "largest_share": per_cent(sum(one.workers for one in rows[:LARGEST]), total),
            "items": [
                {
                    "id": one.key,
                    "name": one.name,
                    "workers": one.workers,
                    "share": one.share_of(total),
                    "insured": one.insured,
                    "stable": one.stable,
                    "claims": one.claims,
                    "paid": one.paid,
                    "visits": one.visits,
                    "visited_on": one.visited_on,
                }
                for one in rows
            ],
        }

    return router
