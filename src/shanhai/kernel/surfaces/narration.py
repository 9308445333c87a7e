"""The history of rows outside the ledgers, in words: of registers, targets, obligations, rights.

Each page tells of its own rows, and of those that hang on them (the posts of a user) by their names.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shanhai.kernel.history.models import HistoryEntry

from .display import moment
from .people import people
from .typed import whole_number

Drawn = dict[str, Any]
type Rows = Iterable[models.Model]
#: Names by model and key.
type References = Mapping[tuple[Any, str], str]

#: Bookkeeping that follows from other columns, and what nobody may read.
_UNTOLD = frozenset({"id", "path", "pinyin", "initials", "password", "last_login", "date_joined"})
_LATEST, _PAGE = 8, 50

#: What a detail page links to as its whole history.
HISTORY_URL = "?history=all"

#: By model and field: what a stored value is called, where the field itself does not know.
_words: dict[tuple[type[models.Model], str], Callable[[Any], str]] = {}


def register_words(model: type[models.Model], **words: Callable[[Any], str]) -> None:
    """By the name of a field: the words for its values, which are neither null nor empty."""
    _words.update({(model, name): say for name, say in words.items()})


def history_page(
    request: HttpRequest, title: str, crumbs: Sequence[Drawn], rows: Rows, hanging: Rows = ()
) -> HttpResponse:
    """All of it by pages, at the page's own address with `?history=all`."""
    told = _Told(rows, hanging)
    before = whole_number(request.GET.get("before", ""))
    wanted = told.entries.filter(id__lt=before) if before else told.entries
    page = list(wanted[: _PAGE + 1])
    has_more, page = len(page) > _PAGE, page[:_PAGE]
    shown = {
        "title": _("%(row)s的历史") % {"row": title},
        "sub": _("谁、何时、改了什么、为什么"),
        "crumbs": [*crumbs, {"label": title, "url": request.path}],
        "actions": [],
        "filters": [],
        "as_of": None,
        "entries": told.drawn(page),
        "pager": {
            "total": _("共 %(number)s 次") % {"number": f"{told.entries.count():,}"},
            "shown": _("本页 %(number)s 次") % {"number": len(page)},
            "first": HISTORY_URL if before else "",
            "previous": "",
            "next": f"{HISTORY_URL}&before={page[-1].id}" if has_more else "",
        },
    }
    return render(request, "kernel/history.html", shown)


def history_of(rows: Rows, hanging: Rows = ()) -> list[Drawn]:
    """The latest entries of `rows` and those that hang on them, newest first, for components/entry.html."""
    told = _Told(rows, hanging)
    return told.drawn(told.entries[:_LATEST])


class _Told:
    """Entries of some rows; `hanging` ones are named, and what they began or ended with is told."""

    def __init__(self, rows: Rows, hanging: Rows) -> None:
        own, named = list(rows), list(hanging)
        self._models = {row._meta.db_table: type(row) for row in (*own, *named)}
        self._names = {row.pk: str(row) for row in named}
        self._own = {str(row.pk) for row in own}
        keys: dict[str, list[Any]] = {}
        for row in (*own, *named):
            keys.setdefault(row._meta.db_table, []).append(row.pk)
        wanted = Q(pk__in=[])
        for table, ones in keys.items():
            wanted |= Q(table_name=table, row_id__in=ones)
        self.entries: QuerySet[HistoryEntry] = HistoryEntry.objects.filter(wanted).order_by("-id")

    def drawn(self, page: Iterable[HistoryEntry]) -> list[Drawn]:
        """An update of nothing but bookkeeping is left out."""
        entries = list(page)
        references = self._references(entries)
        told = [(entry, self._changes(entry, references)) for entry in entries]
        update = HistoryEntry.Operation.UPDATE
        kept = [(entry, changes) for entry, changes in told if entry.operation != update or changes]
        someone = people(entry.actor for entry, _changes in kept)
        return [
            {
                "at": moment(entry.at),
                "who": someone[entry.actor].name,
                "unit": someone[entry.actor].unit,
                "verb": self._verb(entry),
                "reason": entry.reason,
                "changes": changes,
            }
            for entry, changes in kept
        ]

    def _verb(self, entry: HistoryEntry) -> str:
        verb = f"{entry.get_operation_display()}{self._models[entry.table_name]._meta.verbose_name}"
        name = self._names.get(entry.row_id)
        return f"{verb} {name}" if name else verb

    def _changes(self, entry: HistoryEntry, references: References) -> list[Drawn]:
        """From what to what; of a row that hangs here also what it began with, save where it hangs."""
        if entry.operation != HistoryEntry.Operation.UPDATE and entry.row_id not in self._names:
            return []
        before, after, changes = entry.before or {}, entry.row or {}, []
        for field in _told_fields(self._models[entry.table_name], before or after):
            values = before.get(field.column), after.get(field.column)
            texts = [_text(field, value, references) for value in values]
            if any(texts) and self._own.isdisjoint(map(str, values)):
                changes.append({"label": str(field.verbose_name), "before": texts[0], "after": texts[1]})
        if "password" in before:
            changes.append({"label": _("口令"), "before": "••••", "after": _("（已更换）")})
        return changes

    def _references(self, entries: Iterable[HistoryEntry]) -> References:
        """What the rows told of point at; one query for each kind."""
        wanted: dict[Any, set[str]] = {}
        for entry in entries:
            kept = [entry.before or {}, entry.row or {}]
            for field in _told_fields(self._models[entry.table_name], kept[0] or kept[1]):
                if field.is_relation:
                    keys = (document.get(field.column) for document in kept)
                    wanted.setdefault(field.related_model, set()).update(key for key in keys if key)
        return {
            (model, str(row.pk)): str(row)
            for model, keys in wanted.items()
            for row in model._base_manager.filter(pk__in=keys)
        }


def _told_fields(model: type[models.Model], document: Drawn) -> list["models.Field[Any, Any]"]:
    fields = model._meta.concrete_fields
    return [field for field in fields if field.column in document and field.name not in _UNTOLD]


def _text(field: "models.Field[Any, Any]", value: Any, references: References) -> str:
    if value is None or value == "":
        return ""
    if say := _words.get((field.model, field.name)):
        return say(value)
    if field.is_relation:
        return references.get((field.related_model, str(value)), "")
    return _plain(field, value)


def _plain(field: "models.Field[Any, Any]", value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(field, models.DateTimeField):
        return moment(datetime.fromisoformat(value))
    if isinstance(field, models.DecimalField):
        return f"{Decimal(str(value)).normalize():f}"
    if isinstance(value, list):
        return "、".join(map(str, value))
    labels: Mapping[Any, Any] = dict(field.flatchoices)
    return str(labels.get(value, value))
