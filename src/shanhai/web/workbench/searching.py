"""The menu by name, and every ledger's rows: one query each."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Case, When
from django.utils.translation import gettext as _

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.pinyin import initials
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.display import text_of
from shanhai.kernel.surfaces.fields import ResolvedColumn, relations_of, resolve
from shanhai.kernel.surfaces.filters import ours
from shanhai.kernel.surfaces.links import link, with_query
from shanhai.kernel.surfaces.menu import destinations
from shanhai.kernel.surfaces.search import search_condition
from shanhai.web.search import Hit, HitGroup, register_provider

_NOTED = 3


@register_provider(order=5)
def pages(actor: Actor, text: str, limit: int) -> Sequence[HitGroup]:
    """Pages and ledgers by their name or the first letters of its pinyin: nobody reads a long menu."""
    letters = text.lower()
    hits = [
        Hit(name, url)
        for name, url in destinations(actor)
        if letters in name.lower() or (len(letters) > 1 and initials(name).startswith(letters))
    ]
    return [HitGroup(_("页面"), hits)]


@register_provider(order=10)
def ledgers(actor: Actor, text: str, limit: int) -> Sequence[HitGroup]:
    """Rows of all ledgers the actor may view."""
    return list(_groups(actor, text, limit))


def _groups(actor: Actor, text: str, limit: int) -> Iterator[HitGroup]:
    for ledger in registry:
        if ledger.search and actor.allows(Verb.VIEW, ledger.key):
            yield _group(ledger, actor, text, limit)


def _group(ledger: Ledger[Any], actor: Actor, text: str, limit: int) -> HitGroup:
    resolved = resolve(ledger)
    shown = {"state", resolved.naming.name}
    others = [c for c in resolved.defaults if c.expression is None and c.name not in shown]
    columns = [resolved.naming, *others[:_NOTED]]
    rows = ledger.model._default_manager.filter(search_condition(ledger, text, actor))
    own_first = Case(When(ours(actor), then=0), default=1)
    ordered = rows.select_related("owner_unit", *relations_of(columns)).order_by(own_first, "-id")
    found = list(ordered[: limit + 1])
    hits = [_hit(ledger, columns, row, actor) for row in found[:limit]]
    url = with_query(link(ledger, "list"), {"q": text})
    return HitGroup(ledger.label, hits, url, has_more=len(found) > limit)


def _hit(ledger: Ledger[Any], columns: list[ResolvedColumn], row: Any, actor: Actor) -> Hit:
    first, *others = [text_of(column, row, actor) for column in columns]
    note = " · ".join(text for text in [*others, row.get_state_display()] if text)
    return Hit(first or str(row.pk), link(ledger, "detail", pk=row.pk), note)
