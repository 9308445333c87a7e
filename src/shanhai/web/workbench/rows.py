"""Cards made from rows: what came back to me, what waits for my verification, what happened lately."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import clock
from shanhai.kernel.amendments.reading import to_decide
from shanhai.kernel.exports import approval
from shanhai.kernel.handover.models import Handover
from shanhai.kernel.history.models import HistoryEntry
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.readings.found import watched_sides
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.detail_page import row_label
from shanhai.kernel.surfaces.fields import relations_of, resolve
from shanhai.kernel.surfaces.filters.references import owned_by
from shanhai.kernel.surfaces.history import Narrator
from shanhai.kernel.surfaces.links import link, link_to, row_link, with_query
from shanhai.kernel.surfaces.menu import TOP, MenuPage, register_page
from shanhai.kernel.surfaces.people import Someone, people
from shanhai.kernel.surfaces.waiting import Waiting, in_words, waits_of
from shanhai.kernel.workflow import State
from shanhai.registers.approvals.cases import waiting_for
from shanhai.registers.approvals.pages import may_sign
from shanhai.web.cards import Card, register_card

#: Acts shown, and entries looked at for them: one act may write many rows, others are out of sight.
_LATEST, _LOOKED_AT = 8, 400
_HANDED_LATELY = timedelta(days=30)


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined,no-any-return]


def _lines(waiting: Mapping[str, Waiting], state: State) -> list[dict[str, Any]]:
    """One line per ledger, leading to exactly the rows counted."""
    return [
        {
            "label": registry.get(key).label,
            "number": in_words([one.number]),
            "url": with_query(link(registry.get(key), "list"), {"state": state.value}),
        }
        for key, one in waiting.items()
    ]


def _sum(waiting: Mapping[str, Waiting]) -> str:
    return _("共 %(number)s 条") % {"number": in_words(one.number for one in waiting.values()) or "0"}


@register_card(10)
def returned(request: HttpRequest) -> Card | None:
    """Rows sent back to the reader's unit."""
    waiting = waits_of(request).returned
    if not waiting:
        return None
    return Card(
        gettext_lazy("退回待改"),
        "web/cards/counts.html",
        {"lines": _lines(waiting, State.RETURNED), "kind": "late"},
        note=_sum(waiting),
    )


@register_card(20)
def to_verify(request: HttpRequest) -> Card | None:
    """Rows that wait for the reader's verification."""
    actor = _actor(request)
    waiting = waits_of(request).to_verify
    if not waiting and not any(actor.allows(Verb.VERIFY, ledger.key) for ledger in registry):
        return None
    return Card(
        gettext_lazy("待我核实"),
        "web/cards/counts.html",
        {"lines": _lines(waiting, State.SUBMITTED), "kind": "wait"},
        note=_sum(waiting),
    )


@register_card(19)
def to_sign(request: HttpRequest) -> Card | None:
    """Rows under a chain whose next signature is the reader's (ADR 0058)."""
    actor = _actor(request)
    cases = waiting_for(actor) if may_sign(actor) else []
    if not cases:
        return None
    numbers = Counter(str(case.ledger.label) for case in cases)
    url = link_to("approvals:approvals")
    return Card(
        gettext_lazy("待我审批"),
        "web/cards/counts.html",
        {
            "lines": [{"label": key, "number": in_words([n]), "url": url} for key, n in numbers.items()],
            "kind": "wait",
        },
        note=_("共 %(number)s 条") % {"number": in_words([len(cases)])},
        url=url,
    )


@register_card(21)
def to_confirm(request: HttpRequest) -> Card | None:
    """Joint rows of the other side that wait for the confirmation of the reader's."""
    actor, waiting = _actor(request), waits_of(request).to_confirm
    if not waiting:
        return None
    return Card(
        gettext_lazy("待我方确认"),
        "web/cards/counts.html",
        {"lines": [_line_to_confirm(key, one, actor) for key, one in waiting.items()], "kind": "wait"},
        note=_sum(waiting),
    )


def _line_to_confirm(key: str, one: Waiting, actor: Actor) -> dict[str, Any]:
    ledger = registry.get(key)
    query = {"state": State.AWAITING.value, "side": [side.other.value for side in actor.sides]}
    days = (clock.today() - timezone.localdate(one.since)).days if one.since else 0
    told = {"ledger": ledger.label, "days": days}
    return {
        "label": _("%(ledger)s · 最早已等 %(days)s 天") % told if days else ledger.label,
        "number": in_words([one.number]),
        "url": with_query(link(ledger, "list"), query),
    }


@register_card(24)
def handed_over(request: HttpRequest) -> Card | None:
    """Rows that came to the reader's units lately."""
    actor = _actor(request)
    units = {grant.unit_id for grant in actor.grants}
    since = clock.now() - _HANDED_LATELY
    found = (
        Handover.objects.filter(unit__in=units, handed_at__gte=since)
        .select_related("unit")
        .order_by("-handed_at", "-id")
    )
    lines = [
        {
            "label": f"{registry.get(one.ledger).label} · {one.givers} · {one.reason}",
            "number": f"{len(one.row_ids):,}",
            "url": with_query(link(registry.get(one.ledger), "list"), owned_by(one.unit)),
        }
        for one in found[:_LATEST]
        if one.ledger in registry and actor.allows(Verb.VIEW, one.ledger)
    ]
    if not lines:
        return None
    return Card(gettext_lazy("移交给本单位的"), "web/cards/counts.html", {"lines": lines, "kind": "wait"})


def _to_decide(title: Any, label: str, number: int, url: str) -> Card | None:
    """Decisions that wait for the reader, on a page of their own."""
    if not number:
        return None
    return Card(
        title,
        "web/cards/counts.html",
        {"lines": [{"label": label, "number": f"{number:,}", "url": url}], "kind": "wait"},
        note=_("共 %(number)s 条") % {"number": f"{number:,}"},
        url=url,
    )


@register_card(22)
def amendments(request: HttpRequest) -> Card | None:
    """Amendments of others that wait for the reader's verification."""
    number = to_decide(_actor(request)).count()
    return _to_decide(gettext_lazy("待核实的更正"), _("更正"), number, link_to("amendments"))


@register_card(23)
def plain_exports(request: HttpRequest) -> Card | None:
    """Exports with sensitive values that wait for the reader's agreement."""
    actor = _actor(request)
    number = approval.to_decide(actor).count() if watched_sides(actor) else 0
    return _to_decide(gettext_lazy("待批准的原文导出"), _("原文导出"), number, link_to("plain_exports"))


register_page(
    MenuPage(
        group=TOP,
        label=gettext_lazy("更正"),
        url_name="amendments",
        order=7,
        is_allowed=lambda actor: any(actor.allows(Verb.VIEW, one.key) for one in registry),
    )
)


@register_card(90)
def recent(request: HttpRequest) -> Card | None:
    """The latest changes to rows the reader may see."""
    actor = _actor(request)
    if not any(actor.allows(Verb.VIEW, ledger.key) for ledger in registry):
        return None
    return Card(
        gettext_lazy("最近"), "web/cards/recent.html", {"entries": _recent_entries(actor)}, is_wide=True
    )


def _recent_entries(actor: Actor) -> list[dict[str, Any]]:
    """The latest acts on rows of the reader's own side, one query per ledger that was touched."""
    ledgers = {
        ledger.model._meta.db_table: ledger for ledger in registry if actor.allows(Verb.VIEW, ledger.key)
    }
    entries = HistoryEntry._base_manager.filter(table_name__in=ledgers, row__side__in=list(actor.sides))
    by_table: dict[str, list[HistoryEntry]] = {}
    for entry in (latest := list(entries.order_by("-at", "-id")[:_LOOKED_AT])):
        by_table.setdefault(entry.table_name, []).append(entry)
    rows: dict[UUID, LedgerModel] = {}
    for table, found in by_table.items():
        rows |= _own_rows(ledgers[table], found, actor)
    acts = _acts([entry for entry in latest if entry.row_id in rows])
    who = people(act[0].actor for act in acts)
    return [_told(ledgers[act[0].table_name], act, rows[act[0].row_id], actor, who) for act in acts]


def _acts(entries: list[HistoryEntry]) -> list[list[HistoryEntry]]:
    """What one request did to rows of one ledger, together; the latest few."""
    acts: dict[tuple[str, str], list[HistoryEntry]] = {}
    for entry in entries:
        acts.setdefault((entry.request_id, entry.table_name), []).append(entry)
    return list(acts.values())[:_LATEST]


def _own_rows(ledger: Ledger[Any], entries: list[HistoryEntry], actor: Actor) -> dict[UUID, LedgerModel]:
    relations = {"owner_unit", *relations_of([resolve(ledger).naming])}
    rows = ledger.model._default_manager.filter(side__in=list(actor.sides)).select_related(*relations)
    found: dict[UUID, LedgerModel] = rows.in_bulk({entry.row_id for entry in entries})
    return found


def _told(
    ledger: Ledger[Any], act: list[HistoryEntry], row: LedgerModel, actor: Actor, who: Mapping[str, Someone]
) -> dict[str, Any]:
    (drawn,) = Narrator(ledger, act[:1], is_ours=True, who=who).drawn()
    label = f"{ledger.label} · {row_label(ledger, row, actor)}"
    if (number := len({entry.row_id for entry in act})) > 1:
        label = _("%(row)s 等 %(number)s 条") % {"row": label, "number": f"{number:,}"}
        drawn["changes"] = []
    return {**drawn, "row": {"label": label, "url": row_link(row)}}
