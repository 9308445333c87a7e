"""The history of a register's row and of the rows that hang on it, in words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shanhai.kernel.history.models import HistoryEntry
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.people import people

Drawn = dict[str, Any]

#: Bookkeeping that follows from other columns, and what nobody may read.
_UNTOLD = frozenset({"id", "path", "pinyin", "initials", "password", "last_login", "date_joined"})
_LATEST, _MOST = 8, 2000

#: What a detail page links to as its whole history.
HISTORY_URL = "?history=all"


def history_page(
    request: HttpRequest, title: str, crumbs: Sequence[Drawn], rows: Iterable[models.Model]
) -> HttpResponse:
    """All of it, at the page's own address with `?history=all`."""
    entries = history_of(rows, most=_MOST)
    number = _("共 %(number)s 次") % {"number": len(entries)}
    shown = {
        "title": _("%(row)s的历史") % {"row": title},
        "sub": _("谁、何时、改了什么、为什么"),
        "crumbs": [*crumbs, {"label": title, "url": request.path}],
        "actions": [],
        "filters": [],
        "as_of": None,
        "entries": entries,
        "pager": {"total": number, "shown": "", "first": "", "previous": "", "next": ""},
    }
    return render(request, "kernel/history.html", shown)


def history_of(rows: Iterable[models.Model], *, most: int = _LATEST) -> list[Drawn]:
    """The latest entries of `rows` together, newest first, for components/entry.html."""
    by_table: dict[str, tuple[type[models.Model], list[Any]]] = {}
    for row in rows:
        by_table.setdefault(row._meta.db_table, (type(row), []))[1].append(row.pk)
    wanted = Q(pk__in=[])
    for table, (_model, keys) in by_table.items():
        wanted |= Q(table_name=table, row_id__in=keys)
    found = list(HistoryEntry.objects.filter(wanted).order_by("-id")[: 3 * most])
    told = [(entry, _changes(by_table[entry.table_name][0], entry)) for entry in found]
    kept = [pair for pair in told if pair[0].operation != HistoryEntry.Operation.UPDATE or pair[1]][:most]
    someone = people(entry.actor for entry, _changes_ in kept)
    return [
        {
            "at": moment(entry.at),
            "who": someone[entry.actor].name,
            "unit": someone[entry.actor].unit,
            "verb": _verb(by_table[entry.table_name][0], entry),
            "reason": entry.reason,
            "changes": changes,
        }
        for entry, changes in kept
    ]


def _verb(model: type[models.Model], entry: HistoryEntry) -> str:
    what = str(model._meta.verbose_name)
    return f"{entry.get_operation_display()}{what}"


def _changes(model: type[models.Model], entry: HistoryEntry) -> list[Drawn]:
    before, after = entry.before or {}, entry.row or {}
    if entry.operation != HistoryEntry.Operation.UPDATE:
        return []
    told = [
        {
            "label": str(field.verbose_name),
            "before": _text(field, before[field.column]),
            "after": _text(field, after.get(field.column)),
        }
        for field in model._meta.concrete_fields
        if field.column in before and field.name not in _UNTOLD
    ]
    if "password" in before:
        told.append({"label": _("口令"), "before": "••••", "after": _("（已更换）")})
    return told


def _text(field: "models.Field[Any, Any]", value: Any) -> str:
    if value is None or value == "":
        return ""
    if field.is_relation:
        related: Any = field.related_model
        return str(related._base_manager.filter(pk=value).first() or "")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(field, models.DateTimeField):
        return moment(datetime.fromisoformat(value))
    if isinstance(value, list):
        return "、".join(map(str, value))
    labels: Mapping[Any, Any] = dict(field.flatchoices)
    return str(labels.get(value, value))
