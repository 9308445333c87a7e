"""Boxes of a list that hang from a chip: further filters, ways of grouping, columns.

Most pages are turned without one of them being opened, and they would be half of each page. So they come when
somebody opens them; who has no script follows a link to the same page with the box drawn open.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel.errors import NotVisible

from .grouping import by_words, groupable
from .links import link
from .listing import Listing

Drawn = dict[str, Any]

FURTHER, GROUPING, COLUMNS = "further", "grouping", "columns"


def list_menus(listing: Listing) -> Drawn:
    """What `kernel/list.html` shows of them; the one that the address opens is drawn."""
    offered = {FURTHER: bool(listing.further), GROUPING: bool(groupable(listing.resolved)), COLUMNS: True}
    opened = listing.params.get(listing.OPEN, "")
    by = listing.grouped_by
    return {
        "later": {name: _later(listing, name) for name, is_there in offered.items() if is_there},
        "opened": opened,
        "grouping": {"chosen": "" if by is None else by_words(by), "items": []}
        if offered[GROUPING]
        else None,
        "further": [],
        "chooser": [],
        "customs_url": link(listing.ledger, "customs"),
    } | (_drawn(listing, opened) if offered.get(opened) else {})


def menu_context(listing: Listing, name: str) -> Drawn:
    """What lies under one chip. Errors: NotVisible for a box that is not there."""
    if name not in _CONTENTS:
        raise NotVisible
    return list_menus(listing) | _drawn(listing, name)


def _drawn(listing: Listing, name: str) -> Drawn:
    return _CONTENTS[name](listing)


def _later(listing: Listing, name: str) -> Drawn:
    """Where the box is fetched, the page that has it open, and what the form sends until then."""
    columns = listing.params.getlist(listing.COLUMNS) if name == COLUMNS else []
    query = listing.query()
    return {
        "url": f"{link(listing.ledger, 'menu', menu=name)}?{query}",
        "page": f"{link(listing.ledger, 'list')}?{listing.query(**{listing.OPEN: name})}",
        "carried": [{"name": listing.COLUMNS, "value": column} for column in columns],
    }


def wished(listing: Listing, name: str) -> str:
    """The query string that shows this filter beside those already shown."""
    return listing.query(**{listing.WITH: [*listing.params.getlist(listing.WITH), name]})


def _further(listing: Listing) -> list[Drawn]:
    """Filters that are not shown yet, each an address that shows it."""
    url = link(listing.ledger, "list")
    return [
        {"label": str(column.label), "url": f"{url}?{wished(listing, column.name)}"}
        for column in listing.further
    ]


def _chooser(listing: Listing) -> list[Drawn]:
    """Columns as shown, then the others in the ledger's order."""
    shown = dict.fromkeys(listing.columns)
    return [
        {"name": c.name, "label": c.heading, "shown": c in shown, "fixed": position == 0}
        for position, c in enumerate(dict.fromkeys([*shown, *listing.resolved.columns]))
    ]


def _grouping(listing: Listing) -> Drawn:
    """By what the rows may be put together."""
    url, by = link(listing.ledger, "list"), listing.grouped_by
    offered = [
        ("", _("逐行显示")),
        *((column.name, by_words(column)) for column in groupable(listing.resolved)),
    ]
    return {
        "chosen": "" if by is None else by_words(by),
        "items": [
            {
                "label": label,
                "url": f"{url}?{listing.query(**{listing.GROUP: name})}",
                "here": name == (by.name if by else ""),
            }
            for name, label in offered
        ],
    }


_CONTENTS: Mapping[str, Callable[[Listing], Drawn]] = {
    FURTHER: lambda listing: {"further": _further(listing)},
    GROUPING: lambda listing: {"grouping": _grouping(listing)},
    COLUMNS: lambda listing: {"chooser": _chooser(listing)},
}
