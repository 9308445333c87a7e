"""Boundaries over the API."""

from typing import Any

from django.http import HttpRequest
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.doors import FORM, Door
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.views import actor_of

from . import boundaries
from .boundary_pages import sent_file


class BoundaryTold(Schema):
    """A town and its boundary."""

    code: str
    name: str
    source: str = Field(description="空为没有边界")
    rings: list[Any] = Field(description="各圈 [经度, 纬度]，外圈和洞在一起")


class BoundariesKept(Schema):
    """How many were imported, or removed."""

    number: int


def _keeps(request: HttpRequest, actor: Actor) -> Actor:
    boundaries.require(actor)
    return actor


@register_routes("/boards/")
def routes() -> Router:
    router = Router(tags=["boards"])
    door = Door(_keeps)
    sent = called("boards_boundaries_import", "导入行政区边界（GeoJSON）", auth=Door(_keeps, takes=FORM))
    removed = called("boards_boundaries_remove", "删去行政区边界", auth=door)

    @router.get(
        "/boundaries/", response=list[BoundaryTold], **called("boards_boundaries", "行政区边界", auth=door)
    )
    def list_boundaries(request: HttpRequest) -> list[dict[str, Any]]:
        return [
            {
                "code": one["place"].code,
                "name": one["place"].name,
                "source": one["boundary"].source if one["boundary"] else "",
                "rings": one["boundary"].rings if one["boundary"] else [],
            }
            for one in boundaries.state(actor_of(request))
        ]

    @router.post("/boundaries/", response=BoundariesKept, **sent)
    def import_boundaries(
        request: HttpRequest, file: File[UploadedFile], source: Form[str]
    ) -> dict[str, int]:
        number = boundaries.import_boundaries(sent_file(file), source, actor=actor_of(request))
        return {"number": number}

    @router.delete("/boundaries/", response=BoundariesKept, **removed)
    def remove_boundaries(request: HttpRequest) -> dict[str, int]:
        return {"number": boundaries.remove_boundaries(actor=actor_of(request))}

    return router
