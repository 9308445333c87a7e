"""Readings of fields, of exports and of papers together, newest first: what panel, page and file show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, F, Q, QuerySet, UUIDField, Value
from django.utils.translation import gettext as _

from shanhai.kernel.evidence.models import EvidenceReading
from shanhai.kernel.exports.formats import Format
from shanhai.kernel.matters import matters
from shanhai.kernel.permissions import READINGS, Reach, Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.surfaces.detail_page import row_label
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.fields import resolve_field
from shanhai.kernel.surfaces.links import link, row_link
from shanhai.kernel.surfaces.people import people

from .models import ExportReading, FieldReading

Drawn = dict[str, Any]
_FIELDS = ("at", "key", "ledger_key", "of_row", "what", "who", "why", "kind")
_FIELD, _PAPER, _EXPORT = "", "paper", "export"


@dataclass(frozen=True)
class Wanted:
    """Which readings; empty values narrow nothing."""

    sides: Sequence[Side]
    ledger: str = ""
    row_id: UUID | None = None
    reader: str = ""
    since: datetime | None = None
    until: datetime | None = None
    #: Where the page before ended.
    before: tuple[datetime, UUID] | None = None


def watched_sides(actor: Actor) -> list[Side]:
    """Sides all of whose readings `actor` may see: who may unmask everything there, and who audits it."""
    audited = actor.grants_for(Verb.ADMINISTER, READINGS)
    unmasking = [
        grant for grant in actor.grants if grant.role.reach is Reach.SIDE and Verb.UNMASK in grant.role.verbs
    ]
    return sorted({grant.side for grant in (*audited, *unmasking)})


def readings(wanted: Wanted) -> QuerySet[Any, Any]:
    """Tuples in the order of `_FIELDS`; one query, whatever the number."""
    text = CharField()
    fields = _narrowed(FieldReading.objects.filter(side__in=wanted.sides), wanted, "")
    papers = _narrowed(EvidenceReading.objects.filter(link__file__side__in=wanted.sides), wanted, "link__")
    one = fields.annotate(
        at=F("read_at"), key=F("id"), who=F("read_by"),
        ledger_key=F("ledger"), of_row=F("row_id"), what=F("field"), why=F("reason"),
        kind=Value(_FIELD, text),
    )  # fmt: skip
    other = papers.annotate(
        at=F("read_at"), key=F("id"), who=F("read_by"),
        ledger_key=F("link__ledger"), of_row=F("link__row_id"), what=F("link__name"), why=Value("", text),
        kind=Value(_PAPER, text),
    )  # fmt: skip
    parts = [rows.order_by().values_list(*_FIELDS) for rows in (one, other, *_exported(wanted))]
    whole: QuerySet[Any, Any] = parts[0].union(*parts[1:], all=True)
    ordered: QuerySet[Any, Any] = whole.order_by("-at", "-key")
    return ordered


def _exported(wanted: Wanted) -> list[QuerySet[Any]]:
    """Exports of sensitive values; of a single row nobody asks by them."""
    if wanted.row_id:
        return []
    text = CharField()
    rows = _narrowed(ExportReading.objects.filter(side__in=wanted.sides), wanted, "")
    return [
        rows.annotate(
            at=F("read_at"), key=F("id"), who=F("read_by"),
            ledger_key=F("ledger"), of_row=Value(None, UUIDField()), what=Value("", text), why=F("reason"),
            kind=Value(_EXPORT, text),
        )
    ]  # fmt: skip


def _narrowed(rows: QuerySet[Any], wanted: Wanted, path: str) -> QuerySet[Any]:
    if wanted.ledger:
        rows = rows.filter(**{f"{path}ledger": wanted.ledger})
    if wanted.row_id:
        rows = rows.filter(**{f"{path}row_id": wanted.row_id})
    if wanted.reader:
        rows = rows.filter(read_by=wanted.reader)
    if wanted.since:
        rows = rows.filter(read_at__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(read_at__lt=wanted.until)
    if wanted.before:
        at, key = wanted.before
        rows = rows.filter(Q(read_at__lt=at) | Q(read_at=at, pk__lt=key))
    return rows


def drawn(found: Sequence[tuple[Any, ...]], actor: Actor, *, with_rows: bool = True) -> list[Drawn]:
    """For components/entry.html; rows named by one query for each ledger.

    Who audits without reading the ledger is told that something was read, not what stands in it.
    """
    who = people(line[5] for line in found)
    rows = _rows(found) if with_rows else {}
    exports = ExportReading.objects.in_bulk([line[1] for line in found if line[7] == _EXPORT])
    entries = []
    for line in found:
        read_at, _key, ledger, row_id, _what, read_by, why, kind = line
        entry: Drawn = {
            "at": moment(read_at),
            "who": who[read_by].name,
            "unit": who[read_by].unit,
            "verb": _read(line, exports, is_told=actor.allows(Verb.VIEW, ledger)),
            "reason": why,
            "changes": [],
        }
        if kind == _EXPORT and ledger in registry:
            entry["row"] = {"label": registry.get(ledger).label, "url": link(registry.get(ledger), "list")}
        if row := rows.get(row_id):
            label = f"{registry.get(ledger).label} {row_label(registry.get(ledger), row, actor)}"
            entry["row"] = {"label": label, "url": row_link(row)}
        entries.append(entry)
    return entries


def _read(line: tuple[Any, ...], exports: Mapping[UUID, ExportReading], *, is_told: bool) -> str:
    _at, key, ledger, _row, what, _who, _why, kind = line
    if kind == _EXPORT:
        return _taken(exports[key], is_told=is_told)
    return _looked(kind, ledger, what if is_told or kind != _PAPER else "＊")


def _taken(reading: ExportReading, *, is_told: bool) -> str:
    told = {
        "rows": f"{reading.rows:,}",
        "fields": "、".join(_label(reading.ledger, name) for name in reading.fields),
        "filters": (reading.filters or _("全部")) if is_told else "＊",
        "form": Format(reading.form).label,
    }
    return _("导出 %(rows)s 行的“%(fields)s”原文（%(form)s；筛选：%(filters)s）") % told


def _looked(kind: str, ledger: str, what: str) -> str:
    if kind == _PAPER:
        return _("查阅佐证“%(name)s”") % {"name": what}
    return _("查看“%(field)s”") % {"field": _label(ledger, what)}


def _label(ledger: str, name: str) -> str:
    label: Any = next((one.label for one in matters() if one.key == ledger), name)
    if ledger in registry:
        try:
            label = resolve_field(registry.get(ledger).model, name).label
        except FieldDoesNotExist:
            label = name  # the field has gone, what was read stays said
    return str(label)


def _rows(found: Sequence[tuple[Any, ...]]) -> dict[UUID, LedgerModel]:
    by_ledger: dict[str, set[UUID]] = {}
    for line in found:
        by_ledger.setdefault(line[2], set()).add(line[3])
    rows: dict[UUID, LedgerModel] = {}
    for key, keys in by_ledger.items():
        if key in registry:
            rows |= {row.pk: row for row in registry.get(key).model._default_manager.filter(pk__in=keys)}
    return rows
