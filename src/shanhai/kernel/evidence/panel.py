"""The panel of papers beside a row."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

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
from .models import EvidenceDamage, EvidenceFile, EvidenceLink, EvidenceReading
from .receiving import Outcome
from .store import MEGABYTE, limit
from .thumbnails import has_thumbnail

Drawn = dict[str, Any]
TEMPLATE = "kernel/components/evidence_panel.html"
_HASH_SHOWN = 12
_DAMAGED = {"label": gettext_lazy("已损坏"), "kind": "late"}


@register_panel("evidence", order=10, has_past=True)
def evidence_panel(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    return RailPanel(TEMPLATE, panel_context(ledger, row, request.actor))  # type: ignore[attr-defined]


def panel_context(
    ledger: Ledger[Any], row: LedgerModel, actor: Actor, outcomes: Sequence[Outcome] = ()
) -> Drawn:
    """What the template's comment asks for."""
    damage = EvidenceDamage.objects.filter(file=OuterRef("file"), mended_at__isnull=True)
    found = EvidenceLink.objects.for_row(row).select_related("file")
    links = list(found.annotate(is_damaged=Exists(damage)))
    return {
        "evidence": _drawn(ledger, row, links, actor),
        "evidence_add": _add(ledger, row, actor),
        "checklist": _checklist(ledger, row, links),
        "removed": _removed(ledger, row, actor),
        "outcomes": list(outcomes),
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
            "url": _address(one) if is_open else "",
            "thumb": _thumb(one) if is_open else "",
            "category": labels.get(one.evidence_class, one.evidence_class),
            "size": size_text(one.file.size),
            "hash": one.file.digest[:_HASH_SHOWN],
            "digest": one.file.digest,
            "by": person(who[one.attached_by]),
            "at": moment(one.attached_at),
            "taken": _taken(one) if is_open else "",
            "state": _DAMAGED if getattr(one, "is_damaged", False) else None,
            "readings": readings.get(one.pk, ""),
            "remove": {"url": link_to("evidence_remove", pk=one.pk)} if is_removable else None,
        }
        for one in links
    ]


def person(someone: Someone) -> str:
    return " · ".join(filter(None, (someone.unit, someone.name)))


def _address(one: EvidenceLink) -> str:
    """What can be shown is looked through on a page of ours, everything else is handed out."""
    is_shown = kind_of(one.file.content_type).is_inline
    return link_to("evidence_look" if is_shown else "evidence_file", pk=one.pk)


def _thumb(one: EvidenceLink) -> str:
    return link_to("evidence_thumbnail", pk=one.pk) if has_thumbnail(one.file) else ""


def _taken(one: EvidenceLink) -> str:
    """When and where a picture was taken, as its camera wrote."""
    when = moment(one.file.shot_at) if one.file.shot_at else ""
    said = " · ".join(filter(None, (when, where_text(one.file))))
    return _("拍摄：%(said)s") % {"said": said} if said else ""


def where_text(file: EvidenceFile) -> str:
    """`北纬 27.761200°，东经 107.492100°`; "" when the camera did not say."""
    if file.latitude is None or file.longitude is None:
        return ""
    north = _("北纬 %(degrees)s°") if file.latitude >= 0 else _("南纬 %(degrees)s°")
    east = _("东经 %(degrees)s°") if file.longitude >= 0 else _("西经 %(degrees)s°")
    return f"{north % {'degrees': abs(file.latitude)}}，{east % {'degrees': abs(file.longitude)}}"


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
        "stored_url": link(ledger, "evidence_stored", pk=row.pk),
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
            "by": person(who[act.actor]),
            "at": moment(act.at),
            "why": act.reason,
        }
        for act in acts
    ]


def _checklist(ledger: Ledger[Any], row: LedgerModel, links: Iterable[EvidenceLink]) -> list[Drawn]:
    """Demanded papers, there or not; nothing of a voided row."""
    if row.state == State.VOIDED:
        return []
    present = {one.evidence_class for one in links}
    return [
        {"label": str(one.label), "is_there": one.code in present}
        for one in ledger.evidence_classes
        if one.is_required
    ]


def size_text(size: int) -> str:
    """`812 KB`, `2.4 MB`."""
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE else f"{max(1, round(size / 1024))} KB"
