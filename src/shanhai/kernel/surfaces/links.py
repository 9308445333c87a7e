"""Addresses of a ledger's pages by name, so that a surface may link to what another package contributes."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse

from shanhai.kernel.history import known
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor


def page_name(ledger: Ledger[Any], what: str) -> str:
    """`labour:employmentspell_list`."""
    return f"{ledger.app_label}:{ledger.slug}_{what}"


def link(ledger: Ledger[Any], what: str, **arguments: Any) -> str:
    """Address of a page of `ledger`; "" when nobody contributes it. A row opens as on the day shown."""
    url = link_to(page_name(ledger, what), **arguments)
    return with_query(url, known.query()) if url and what == "detail" else url


def own_list(ledger: Ledger[Any], actor: Actor) -> str:
    """The list as it opens by default: where each side keeps its own rows, those of the reader's."""
    is_mixed = len(ledger.sides) > 1 and len(actor.sides) == 1 and not ledger.is_joint
    side = {"side": [side.value for side in actor.sides] if is_mixed else ""}
    return with_query(link(ledger, "list"), side | known.query())


def link_to(name: str, **arguments: Any) -> str:
    """Address by name; "" when there is no such page."""
    urlconf, prefix = get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()
    return _reversed(name, urlconf, arguments) if arguments else _page(name, urlconf, prefix)


@lru_cache(maxsize=1024)
def _page(name: str, urlconf: str, prefix: str) -> str:
    """A page without arguments, of which every page links some eighty. Shape: `prefix` as it is in force."""
    return _reversed(name, urlconf, {})


def _reversed(name: str, urlconf: str, arguments: dict[str, Any]) -> str:
    try:
        return reverse(name, urlconf=urlconf, kwargs=arguments or None)
    except NoReverseMatch:
        return ""


def row_link(row: Any) -> str:
    """Address of a row's page; "" when its model has no ledger."""
    key = row._meta.label_lower
    return link(registry.get(key), "detail", pk=row.pk) if key in registry else ""


def with_query(url: str, query: Mapping[str, Any]) -> str:
    """`url` with the parameters that have a value."""
    kept = {name: value for name, value in query.items() if value not in (None, "", [], ())}
    return f"{url}?{urlencode(kept, doseq=True)}" if kept else url
