"""The findings of a chapter over the API."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.doors import Door
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.views import actor_of

from .checks import Checks, Found, Named, narrowed, remember


class RowNamed(Schema):
    """A row a finding is about."""

    ledger: str
    id: str = Field(description="空为该台账里缺的记录")
    text: str


class FindingAnswer(Schema):
    """One thing that looks wrong and that a person should look at."""

    code: str
    label: str
    sentence: str
    row: RowNamed
    unit: dict[str, str] = Field(description="填报单位：id、text")
    others: list[RowNamed] = Field(description="与之不一致的记录")


class CheckAnswers(Schema):
    """Everything found now, in rows of the caller's side."""

    labels: dict[str, str] = Field(description="核查事项：代码 → 名称")
    items: list[FindingAnswer]


class Narrowing(Schema):
    """Which findings; all without any."""

    code: str = Field("", description="核查事项的代码，见 labels")
    unit: str = Field("", description="填报单位的编号")


def register_checks(chapter: str, checks: Checks, part: str = "") -> None:
    """`GET /api/v1/<chapter>/checks/`, of a part of it `/api/v1/<chapter>/<part>/checks/`."""
    whose = f"{chapter}_{part}" if part else chapter
    remember(chapter, checks)

    def check(request: HttpRequest, actor: Actor) -> Actor:
        checks.require(actor)
        return actor

    @register_routes(f"/{chapter}/{part}/" if part else f"/{chapter}/")
    def routes() -> Router:
        router = Router(tags=[chapter])
        named = called(f"{whose}_checks", str(checks.title), auth=Door(check))

        @router.get("/checks/", response=CheckAnswers, **named)
        def list_findings(request: HttpRequest, asked: Query[Narrowing]) -> dict[str, Any]:
            found = narrowed(checks.found(actor_of(request)), asked.code, asked.unit)
            return {
                "labels": {code: str(label) for code, label in checks.labels.items()},
                "items": [_told(one, checks) for one in found],
            }

        return router


def _told(one: Found, checks: Checks) -> dict[str, Any]:
    return {
        "code": one.code,
        "label": str(checks.labels[one.code]),
        "sentence": one.sentence,
        "row": _named(one.row),
        "unit": {"id": one.unit_id, "text": one.unit},
        "others": [_named(other) for other in one.others],
    }


def _named(row: Named) -> dict[str, str]:
    return {"ledger": row.ledger, "id": str(row.id or ""), "text": row.text}
