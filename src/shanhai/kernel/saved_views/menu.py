"""Saved views above a list: which there are, which one is open, whether it was changed since."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.statements import rows_of
from shanhai.kernel.surfaces.links import link
from shanhai.kernel.surfaces.listing import Listing

from . import store
from .models import SavedView

Drawn = dict[str, Any]

#: Instead of the key of a view: all rows, though the list opens otherwise.
ALL = "all"


def views_of(listing: Listing) -> list[SavedView]:
    """The views the reader may use; one query."""
    if not listing.actor.user_id:
        return []
    ledger, actor = listing.ledger, listing.actor
    return rows_of(
        ("views", ledger.key, actor.key, actor.rights), lambda _given: store.visible(ledger, actor)
    )


def first_view(views: Sequence[SavedView]) -> SavedView | None:
    """The view with which the reader's list opens."""
    return next((view for view in views if view.is_default), None)  # type: ignore[attr-defined]


def address(ledger: Ledger[Any], view: SavedView) -> str:
    """The list as the view has it."""
    carried = f"{view.query}&" if view.query else ""
    return f"{link(ledger, 'list')}?{carried}{Listing.VIEW}={view.pk}"


def views_menu(listing: Listing, views: Sequence[SavedView]) -> Drawn:
    """What `kernel/list.html` calls `views`."""
    asked = listing.params.get(Listing.VIEW, "")
    current = next((view for view in views if str(view.pk) == asked), None)
    url = link(listing.ledger, "list")
    everything = {"label": _("全部记录"), "url": f"{url}?{Listing.VIEW}={ALL}", "here": False, "note": ""}
    drawn = [_item(listing, view, view is current) for view in views]
    query = listing.query(**{Listing.VIEW: ""})
    return {
        "items": [everything, *drawn] if drawn else [],
        "current": _current(listing, current) if current else None,
        "query": query,
        "save": {"url": link(listing.ledger, "views")},
        "left_out": store.left_out(listing),
    }


def _item(listing: Listing, view: SavedView, is_here: bool) -> Drawn:
    notes = [_("默认")] if view.is_default else []  # type: ignore[attr-defined]
    if not store.is_own(view, listing.actor):
        notes.append(str(view.owner))
    if view.audience != store.Audience.OWN:
        notes.append(str(store.Audience(view.audience).label))
    url = address(listing.ledger, view)
    return {"label": view.name, "url": url, "here": is_here, "note": " · ".join(notes)}


def _current(listing: Listing, view: SavedView) -> Drawn:
    ledger = listing.ledger
    is_own = store.is_own(view, listing.actor)
    return {
        "url": link(ledger, "view", view=view.pk),
        "is_own": is_own,
        "is_default": view.is_default,  # type: ignore[attr-defined]
        "is_changed": store.kept(listing) != view.query,
    }
