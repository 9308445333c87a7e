"""Operations on the amendments of all ledgers: what waits for the caller, and all in reach."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.kernel.amendments.models import Amendment
from shanhai.kernel.amendments.reading import Amended, get_amendment, to_decide, visible_amendments
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.views import actor_of

from .amending import AmendmentAnswer, amendment_json
from .doors import Door, Found, argument, on_some_ledger
from .naming import called
from .paging import CURSOR, newest_first


class AmendmentOf(AmendmentAnswer):
    """An amendment, and whose row it is of."""

    ledger: str
    row: str = Field(description="行的编号；提出和办理都在 L/<行>/amendments/ 下")
    unit: dict[str, str] = Field(description="填报单位：id、text")
    period: str
    proposed_at: str


class AmendmentPage(Schema):
    """A page of amendments, the newest first."""

    items: list[AmendmentOf]
    next: str | None
    previous: str | None


class Waiting(Schema):
    """Which amendments."""

    waiting: bool = Field(False, description="只要等我核实的")


def _seen(request: HttpRequest, actor: Actor) -> Amended:
    return get_amendment(argument(request, "pk"), actor=actor)


def amendments_router() -> Router:
    """Below `/amendments/`."""
    router = Router(tags=["amendments"])
    listed = called("amendments", "更正", auth=on_some_ledger(Verb.VIEW), openapi_extra=CURSOR)

    @router.get("/", response=AmendmentPage, **listed)
    def list_all_amendments(request: HttpRequest, asked: Query[Waiting]) -> dict[str, Any]:
        actor = actor_of(request)
        found = to_decide(actor) if asked.waiting else visible_amendments(actor)
        return newest_first(request, found, _told, "cursor:amendments")

    @router.get("/{uuid:pk}/", response=AmendmentOf, auth=Door(_seen), **called("amendment", "一条更正"))
    def read_amendment(request: Found, pk: UUID) -> dict[str, Any]:
        (one,) = _told([request.auth.amendment])
        return one

    return router


def _told(found: Sequence[Amendment]) -> list[dict[str, Any]]:
    return [
        {
            **said,
            "ledger": one.ledger,
            "row": str(one.row_id),
            "unit": {"id": str(one.owner_unit_id), "text": str(one.owner_unit)},
            "period": one.period,
            "proposed_at": one.proposed_at.isoformat(),
        }
        for one, said in zip(found, amendment_json(found), strict=True)
    ]
