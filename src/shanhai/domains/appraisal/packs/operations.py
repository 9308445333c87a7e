"""Packs over the API: those of the side, and having one made."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from shanhai.kernel.history import known
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Door
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.api.paging import CURSOR, newest_first
from shanhai.kernel.surfaces.api.work import JobAnswer, job_json
from shanhai.kernel.surfaces.views import actor_of

from ..models import EvidencePack
from .actions import packs_of, start_pack


class PackAnswer(Schema):
    """A pack that was made. Its file is that of the job; this stays."""

    id: str
    about: str = Field(description="indicator、unit、entry、scheme")
    label: str
    period: str
    packed_rows: int = Field(description="台账记录数")
    papers: int = Field(description="佐证份数")
    missing: int = Field(description="缺多少份")
    digest: str = Field(description="清单的 SHA-256，核验时用 --digest 给出")
    packed_by: str
    packed_at: str


class PackPage(Schema):
    """A page of packs, newest first."""

    items: list[PackAnswer]
    next: str | None
    previous: str | None


class PackBody(Sent):
    """What a pack is about."""

    about: EvidencePack.About
    code: str = Field("", description="指标的代码（indicator）")
    period: str = Field("", description="所属期，如 2021Q3、2021（indicator、unit）；空为本季度")
    side: str = Field("", description="east 或 west（indicator）；空为本方")
    unit: UUID | None = Field(None, description="单位：该单位及其下级（indicator、unit）")
    place: UUID | None = Field(None, description="地区：该地区及其下级（indicator）")
    by: dict[str, str] = Field(default_factory=dict, description="按分组收窄：分组 → 成员（indicator）")
    pk: UUID | None = Field(None, description="考核自评或考核方案的 id（entry、scheme）")
    year: str = Field("", description="年度（scheme）；空为上一年")
    known_on: str = Field("", description="当日所知，如 2021-08-31；空为现在")


def _reading(request: HttpRequest, actor: Actor) -> Actor:
    packs_of(actor)
    return actor


@register_routes("/packs/")
def packs_router() -> Router:
    router, may = Router(tags=["packs"]), Door(_reading)

    listed = called("packs", "佐证包", auth=may, openapi_extra=CURSOR)

    @router.get("/", response=PackPage, **listed)
    def list_packs(request: HttpRequest) -> dict[str, Any]:
        return newest_first(request, packs_of(actor_of(request)), _told, "cursor:packs")

    begun = called("pack_start", "生成佐证包（后台任务）", auth=may)

    @router.post("/", response={202: JobAnswer}, **begun)
    def make_pack(request: HttpRequest, body: PackBody) -> Status[dict[str, Any]]:
        return Status(202, job_json(start_pack(_asked(body), actor_of(request))))

    return router


def _asked(body: PackBody) -> dict[str, str]:
    """As an address says it."""
    names = ("about", "code", "period", "side", "unit", "place", "pk", "year")
    told = {name: str(value) for name in names if (value := getattr(body, name))}
    told |= {f"by.{dimension}": member for dimension, member in body.by.items()}
    return told | ({known.PARAMETER: body.known_on} if body.known_on else {})


def _told(found: Any) -> list[dict[str, Any]]:
    numbers = ("about", "label", "period", "packed_rows", "papers", "missing", "digest", "packed_by")
    return [
        {
            "id": str(one.pk),
            "packed_at": one.packed_at.isoformat(),
            **{name: getattr(one, name) for name in numbers},
        }
        for one in found
    ]
