"""Pages of what is listed newest first, turned by the cursors that the pages of the product use."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from shanhai.kernel.surfaces.keyset import SortKey, page_of, read_cursor, write_cursor
from shanhai.kernel.surfaces.links import with_query

_SIZE = 50
CURSOR = {
    "parameters": [
        {
            "name": "page",
            "in": "query",
            "description": "页标，取自 next 或 previous",
            "schema": {"type": "string"},
        }
    ]
}


def newest_first(
    request: HttpRequest, found: QuerySet[Any], draw: Callable[[Sequence[Any]], list[Any]], purpose: str
) -> dict[str, Any]:
    """One page of `found`, by key; its neighbours are asked for with the same filters."""
    kept = {name: text for name, text in request.GET.items() if name != "page"}
    cursor = read_cursor(request.GET.get("page", ""), purpose)
    page = page_of(found, [SortKey("id", is_descending=True)], cursor, _SIZE)

    def at(cursor: Any) -> str | None:
        return with_query(request.path, {**kept, "page": write_cursor(cursor, purpose)}) if cursor else None

    return {"items": draw(page.rows), "next": at(page.next), "previous": at(page.previous)}
