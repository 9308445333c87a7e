"""The register of results over the API; reading one is a look that is written down."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.doors import Door, argument
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.people import people
from shanhai.kernel.surfaces.views import actor_of

from . import results


class ResultLine(Schema):
    """A final run."""

    id: UUID
    name: str
    year: int
    units: int


class ResultUnit(Schema):
    """What became of one unit."""

    unit: UUID = Field(description="单位的 id")
    name: str
    place: int
    total: str
    grade: str


class ResultLook(Schema):
    """Who looked, and when."""

    name: str
    at: str


class ResultWhole(ResultLine):
    """A final run with its units, and who looked."""

    scores: list[ResultUnit]
    looks: list[ResultLook]


def _reads(request: HttpRequest, actor: Actor) -> Actor:
    if not results.reads_results(actor):
        raise NotAllowed
    return actor


def _one(request: HttpRequest, actor: Actor) -> Actor:
    if str(argument(request, "pk")) not in {str(one.pk) for one in _runs(actor)}:
        raise NotVisible
    return actor


def _runs(actor: Actor) -> list[Any]:
    return results.final_runs(actor) if results.reads_results(actor) else []


@register_routes("/appraisal-results/")
def results_router() -> Router:
    router = Router(tags=["appraisal-results"])
    listed, one = called("appraisal_results", "考核结果登记"), called("appraisal_result", "一次考核的结果")

    @router.get("/", response=list[ResultLine], auth=Door(_reads), **listed)
    def list_results(request: HttpRequest) -> list[dict[str, Any]]:
        return [_told(one) for one in results.final_runs(actor_of(request))]

    @router.get("/{uuid:pk}/", response=ResultWhole, auth=Door(_one), **one)
    def read_result(request: HttpRequest, pk: UUID) -> dict[str, Any]:
        found = results.looked_up(pk, actor_of(request), "API")
        looks = results.looks_at([found.run])
        who = people([one.read_by for one in looks])
        scores = [
            {
                "unit": one.unit_id,
                "name": one.unit.name,
                "place": one.place_number,
                "total": f"{one.total:f}",
                "grade": one.grade,
            }
            for one in found.scores
        ]
        said = [{"name": who[one.read_by].name, "at": one.read_at.isoformat()} for one in looks]
        return _told(found.run) | {"scores": scores, "looks": said}

    return router


def _told(run: Any) -> dict[str, Any]:
    return {"id": run.pk, "name": run.name, "year": run.year, "units": len(run.subjects)}
