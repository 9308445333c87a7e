"""The history of one row, in the words of its page."""

from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.surfaces.history import Narrator, entries_of
from shanhai.kernel.surfaces.links import with_query
from shanhai.kernel.surfaces.views import actor_of

from .doors import Found, on_row
from .naming import named

_SIZE = 50
_LARGEST = 2**63 - 1


class ChangeTold(Schema):
    """One field, before and after, in words; sensitive values masked."""

    label: str
    before: str
    after: str


class EntryTold(Schema):
    """One thing that happened to the row."""

    at: str
    who: str
    unit: str
    verb: str
    reason: str
    changes: list[ChangeTold]


class HistoryPage(Schema):
    """What happened, newest first."""

    items: list[EntryTold]
    next: str | None = Field(description="更早的一页的地址")


class Earlier(Schema):
    """Where a page begins."""

    before: int | None = Field(None, ge=1, le=_LARGEST, description="取自 next")


def add_past(router: Router, ledger: Ledger[Any]) -> None:
    told = named(ledger, "history", "一行的历史")

    @router.get("/{uuid:pk}/history/", response=HistoryPage, auth=on_row(ledger, Verb.VIEW), **told)
    def history(request: Found, pk: UUID, asked: Query[Earlier]) -> dict[str, Any]:
        actor, row = actor_of(request), request.auth
        entries = entries_of(row, actor)
        page = list((entries.filter(id__lt=asked.before) if asked.before else entries)[: _SIZE + 1])
        has_more, page = len(page) > _SIZE, page[:_SIZE]
        return {
            "items": Narrator(ledger, page, is_ours=row.side in actor.sides).drawn(),
            "next": with_query(request.path, {"before": page[-1].pk}) if has_more else None,
        }
