"""The panel of papers beside a row."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shanhai.kernel.errors import ShanhaiError
from shanhai.kernel.history import known
from shanhai.kernel.history.models import HistoryEntry
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor, covers
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.links import link, link_to
from shanhai.kernel.surfaces.people import Someone, people
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.kernel.workflow import EDITABLE, State

from .attach import class_choices, is_personal, may_attach, may_open, shown_name
from .kinds import accepted, kind_of
from .models import EvidenceLink, EvidenceReading
from .store import MEGABYTE, limit

Drawn = dict[str, Any]
TEMPLATE = "kernel/components/evidence_panel.html"
_HASH_SHOWN = 12


@register_panel("evidence", order=10, has_past=True)
def evidence_panel(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    return RailPanel(TEMPLATE, panel_context(ledger, row, request.actor))  # type: ignore[attr-defined]


def panel_context(ledger: Ledger[Any], row: LedgerModel, actor: Actor, problems: Sequence[str] = ()) -> Drawn:
    """What the template's comment asks for."""
    links = list(EvidenceLink.objects.for_row(row).select_related("file"))
    return {
        "evidence": _drawn(ledger, row, links, actor),
        "evidence_add": _add(ledger, row, actor),
        "missing": _missing(ledger, row, links),
        "removed": _removed(ledger, row, actor),
        "problems": list(problems),
    }


def _drawn(ledger: Ledger[Any], row: LedgerModel, links: Sequence[EvidenceLink], actor: Actor) -> list[Drawn]:
    who = people(one.attached_by for one in links)
    labels = dict(class_choices(ledger))
    is_open = may_open(ledger, row, actor)
    is_removable = (
        known.known_on() is None and row.state in EDITABLE and covers(actor, Verb.EDIT, ledger.key, row)
    )
    readings = _readings(ledger, row, links, actor)
    return [
        {
            "name": shown_name(one, ledger, is_open=is_open),
            "url": link_to("evidence_file", pk=one.pk) if is_open else "",
            "thumb": _thumb(one) if is_open else "",
            "category": labels.get(one.evidence_class, one.evidence_class),
            "size": size_text(one.file.size),
            "hash": one.file.digest[:_HASH_SHOWN],
            "digest": one.file.digest,
            "by": _person(who[one.attached_by]),
            "at": moment(one.attached_at),
            "readings": readings.get(one.pk, ""),
            "remove": {"url": link_to("evidence_remove", pk=one.pk)} if is_removable else None,
        }
        for one in links
    ]


def _person(someone: Someone) -> str:
    return " · ".join(filter(None, (someone.unit, someone.name)))


def _thumb(one: EvidenceLink) -> str:
    return link_to("evidence_thumbnail", pk=one.pk) if kind_of(one.file.content_type).is_image else ""


def _readings(
    ledger: Ledger[Any], row: LedgerModel, links: Iterable[EvidenceLink], actor: Actor
) -> dict[UUID, str]:
    """How often each paper was opened, for those who watch over personal data."""
    if not is_personal(ledger) or not covers(actor, Verb.UNMASK, ledger.key, row):
        return {}
    counted = EvidenceReading.objects.filter(link__in=[one.pk for one in links]).order_by()
    tallies = counted.values_list("link").annotate(number=Count("pk"))
    return {
        pk: ngettext("查阅 %(number)s 次", "查阅 %(number)s 次", number) % {"number": number}
        for pk, number in tallies
    }


def _add(ledger: Ledger[Any], row: LedgerModel, actor: Actor) -> Drawn | None:
    if known.known_on():
        return None
    try:
        may_attach(ledger, row, actor=actor)
    except ShanhaiError:
        return None
    megabytes = limit() // MEGABYTE
    return {
        "url": link(ledger, "evidence", pk=row.pk),
        "categories": [{"value": code, "label": label} for code, label in class_choices(ledger)],
        "accept": accepted(),
        "limit": limit(),
        "limit_text": _("每份文件不超过 %(megabytes)s MB。") % {"megabytes": megabytes},
    }


def _removed(ledger: Ledger[Any], row: LedgerModel, actor: Actor) -> list[Drawn]:
    """Papers taken off, by whom and why, for the row's own side: an auditor asks what was there."""
    if row.side not in actor.sides:
        return []
    links = EvidenceLink.objects.filter(ledger=ledger.key, row_id=row.pk, removed_at__isnull=False)
    gone = {one.pk: one for one in links.select_related("file")}
    if not gone:
        return []
    acts = HistoryEntry.objects.filter(
        table_name=EvidenceLink._meta.db_table,
        row_id__in=gone,
        operation=HistoryEntry.Operation.UPDATE,
        before__has_key="removed_at",
    ).order_by("at", "id")
    who, is_open = people(act.actor for act in acts), may_open(ledger, row, actor)
    return [
        {
            "name": shown_name(gone[act.row_id], ledger, is_open=is_open),
            "hash": gone[act.row_id].file.digest[:_HASH_SHOWN],
            "by": _person(who[act.actor]),
            "at": moment(act.at),
            "why": act.reason,
        }
        for act in acts
    ]


def _missing(ledger: Ledger[Any], row: LedgerModel, links: Iterable[EvidenceLink]) -> list[str]:
    """Demanded papers the row has not, as long as somebody should still bring them."""
    if row.state in (State.VERIFIED, State.VOIDED):
        return []
    present = {one.evidence_class for one in links}
    return [str(one.label) for one in ledger.evidence_classes if one.is_required and one.code not in present]


def size_text(size: int) -> str:
    """`812 KB`, `2.4 MB`."""
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE else f"{max(1, round(size / 1024))} KB"
