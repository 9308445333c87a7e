"""Cards made from rows: what came back to me, what waits for my verification, what happened lately."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel.history.models import HistoryEntry
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.detail_page import row_label
from shanhai.kernel.surfaces.history import Narrator
from shanhai.kernel.surfaces.links import link, row_link, with_query
from shanhai.kernel.surfaces.waiting import returned_counts, verify_counts
from shanhai.kernel.workflow import State
from shanhai.web.cards import Card, register_card

_LATEST = 8


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined,no-any-return]


def _lines(counts: Mapping[str, int], state: State) -> list[dict[str, Any]]:
    """One line per ledger, leading to exactly the rows counted."""
    return [
        {
            "label": registry.get(key).label,
            "number": f"{number:,}",
            "url": with_query(link(registry.get(key), "list"), {"state": state.value}),
        }
        for key, number in counts.items()
    ]


@register_card(10)
def returned(request: HttpRequest) -> Card | None:
    """Rows sent back to the reader's unit."""
    counts = returned_counts(_actor(request))
    if not counts:
        return None
    return Card(
        gettext_lazy("退回待改"),
        "web/cards/counts.html",
        {"lines": _lines(counts, State.RETURNED), "kind": "late"},
        note=_("共 %(number)s 条") % {"number": f"{sum(counts.values()):,}"},
    )


@register_card(20)
def to_verify(request: HttpRequest) -> Card | None:
    """Rows that wait for the reader's verification."""
    actor = _actor(request)
    counts = verify_counts(actor)
    if not counts and not any(actor.allows(Verb.VERIFY, ledger.key) for ledger in registry):
        return None
    return Card(
        gettext_lazy("待我核实"),
        "web/cards/counts.html",
        {"lines": _lines(counts, State.SUBMITTED), "kind": "wait"},
        note=_("共 %(number)s 条") % {"number": f"{sum(counts.values()):,}"},
    )


@register_card(90)
def recent(request: HttpRequest) -> Card | None:
    """The latest changes to rows the reader may see."""
    actor = _actor(request)
    if not actor.grants:
        return None
    return Card(
        gettext_lazy("最近"), "web/cards/recent.html", {"entries": _recent_entries(actor)}, is_wide=True
    )


def _recent_entries(actor: Actor) -> list[dict[str, Any]]:
    by_table = {
        ledger.model._meta.db_table: ledger for ledger in registry if actor.allows(Verb.VIEW, ledger.key)
    }
    latest = HistoryEntry.objects.filter(table_name__in=by_table).order_by("-at", "-id")[: _LATEST * 5]
    found: list[dict[str, Any]] = []
    by_ledger: dict[str, list[HistoryEntry]] = {}
    for entry in latest:
        by_ledger.setdefault(entry.table_name, []).append(entry)
    for table, entries in by_ledger.items():
        found += _told(by_table[table], entries, actor)
    found.sort(key=lambda entry: entry["order"], reverse=True)
    return found[:_LATEST]


def _told(ledger: Any, entries: list[HistoryEntry], actor: Actor) -> list[dict[str, Any]]:
    """Entries of one ledger in words, those of rows out of sight left out."""
    keys = {entry.row_id for entry in entries}
    rows = ledger.model._default_manager.select_related("owner_unit").in_bulk(keys)
    told = []
    ours = [entry for entry in entries if entry.row_id in rows and rows[entry.row_id].side in actor.sides]
    if not ours:
        return []
    narrator = Narrator(ledger, rows[ours[0].row_id], ours, actor)
    for entry, drawn in zip(ours, narrator.drawn(), strict=True):
        row = rows[entry.row_id]
        label = f"{ledger.label} · {row_label(ledger, row, actor)}"
        told.append({**drawn, "row": {"label": label, "url": row_link(row)}, "order": (entry.at, entry.id)})
    return told
