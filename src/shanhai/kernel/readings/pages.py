"""Who looked at what is masked: the page and the file for those who watch over it."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import batched
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shanhai.kernel import clock
from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.evidence.models import EvidenceReading
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.lots import ValueRow
from shanhai.kernel.sheets.writing import write_xlsx
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.links import link_to, with_query
from shanhai.kernel.surfaces.people import people
from shanhai.kernel.surfaces.respond import respond

from .found import Wanted, drawn, readings, watched_sides
from .models import ExportReading, FieldReading

Drawn = dict[str, Any]
_PAGE, _CHUNK = 50, 2000
_NARROWING = ("who", "ledger", "row", "from", "to")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def reading_list(request: HttpRequest) -> HttpResponse:
    actor = _watcher(request)
    asked = _asked(request)
    wanted = _wanted(asked, actor)
    found = list(readings(replace(wanted, before=_cursor(request.GET.get("before", ""))))[: _PAGE + 1])
    has_more, found = len(found) > _PAGE, found[:_PAGE]
    url = with_query(link_to("readings"), asked)
    shown = {
        "title": _("敏感信息查阅"),
        "sub": _("谁、何时、看了哪条记录的什么、为什么"),
        "crumbs": [],
        "actions": [
            {
                "label": _("导出"),
                "url": with_query(link_to("readings_export"), asked),
                "kind": "",
                "icon": "download",
            }
        ],
        "as_of": None,
        "filters": _fields(asked, wanted),
        "list_url": link_to("readings"),
        "entries": drawn(found, actor),
        "pager": {
            "total": _("共 %(number)s 次") % {"number": f"{readings(wanted).count():,}"},
            "shown": _("本页 %(number)s 次") % {"number": len(found)},
            "first": url if request.GET.get("before") else "",
            "previous": "",
            "next": with_query(link_to("readings"), {**asked, "before": _after(found)}) if has_more else "",
        },
    }
    return respond(request, "kernel/history.html", "entries", shown, address=request.get_full_path())


@require_GET
def reading_export(request: HttpRequest) -> FileResponse:
    """All that fit the filters, as a workbook."""
    actor = _watcher(request)
    asked = _asked(request)
    told = {"at": moment(clock.now()), "who": actor.name}
    note = _("敏感信息查阅。%(at)s 由 %(who)s 导出。") % told
    columns = [
        SheetColumn(name="at", label=_("时间"), kind=Kind.TEXT),
        SheetColumn(name="who", label=_("查阅人"), kind=Kind.TEXT),
        SheetColumn(name="unit", label=_("单位"), kind=Kind.TEXT),
        SheetColumn(name="verb", label=_("看了什么"), kind=Kind.TEXT),
        SheetColumn(name="row", label=_("记录"), kind=Kind.TEXT),
        SheetColumn(name="reason", label=_("理由"), kind=Kind.LONG_TEXT),
    ]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "readings.xlsx"
        write_xlsx(columns, _lines(_wanted(asked, actor), actor), note, out, title=_("敏感信息查阅"))
        opened = out.open("rb")  # stays readable after the folder is gone
    name = f"{_('敏感信息查阅')}_{clock.now():%Y%m%d_%H%M}.xlsx"
    return FileResponse(opened, as_attachment=True, filename=name, content_type=_XLSX)


def _lines(wanted: Wanted, actor: Actor) -> Iterator[ValueRow]:
    for part in batched(readings(wanted).iterator(chunk_size=_CHUNK), _CHUNK):
        for entry in drawn(part, actor):
            row = entry.get("row", {}).get("label", "")
            yield {**{name: entry[name] for name in ("at", "who", "unit", "verb", "reason")}, "row": row}


def _watcher(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not watched_sides(actor):
        raise NotAllowed
    return actor


def _asked(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "").strip()[:80] for name in _NARROWING}


def _wanted(asked: dict[str, str], actor: Actor) -> Wanted:
    """Errors: NotVisible for a row or day that cannot be one."""
    try:
        row = UUID(asked["row"]) if asked["row"] else None
        since = date.fromisoformat(asked["from"]) if asked["from"] else None
        until = date.fromisoformat(asked["to"]) + timedelta(1) if asked["to"] else None
    except ValueError:
        raise NotVisible from None
    return Wanted(
        sides=watched_sides(actor),
        ledger=asked["ledger"],
        row_id=row,
        reader=asked["who"],
        since=datetime.combine(since, time(), clock.CHINA) if since else None,
        until=datetime.combine(until, time(), clock.CHINA) if until else None,
    )


def _cursor(text: str) -> tuple[datetime, UUID] | None:
    at, _sign, key = text.partition("_")
    try:
        return (datetime.fromisoformat(at), UUID(key)) if text else None
    except ValueError:
        raise NotVisible from None


def _after(found: list[tuple[Any, ...]]) -> str:
    return f"{found[-1][0].isoformat()}_{found[-1][1]}"


def _fields(asked: dict[str, str], wanted: Wanted) -> list[Drawn]:
    def field(name: str, label: str, kind: str, **more: Any) -> Drawn:
        return {
            "name": name, "id": f"reading-{name}", "label": label, "kind": kind,
            "value": asked[name], "errors": [], **more,
        }  # fmt: skip

    def options(pairs: list[tuple[str, str]], chosen: str) -> list[Drawn]:
        offered = [("", _("全部")), *pairs]
        return [{"value": key, "label": label, "selected": key == chosen} for key, label in offered]

    ledgers = [(ledger.key, ledger.label) for ledger in registry]
    return [
        field("who", _("查阅人"), "select", options=options(_readers(wanted), asked["who"]), search=True),
        field("ledger", _("台账"), "select", options=options(ledgers, asked["ledger"]), search=True),
        field("from", _("从"), "date"),
        field("to", _("到"), "date"),
        *([field("row", _("记录"), "text")] if asked["row"] else []),
    ]


def _readers(wanted: Wanted) -> list[tuple[str, str]]:
    """Everybody who has ever read something there, by name."""
    fields = FieldReading.objects.filter(side__in=wanted.sides)
    exports = ExportReading.objects.filter(side__in=wanted.sides)
    papers = EvidenceReading.objects.filter(link__file__side__in=wanted.sides)
    one, *others = (rows.order_by().values_list("read_by") for rows in (fields, exports, papers))
    keys = one.union(*others).order_by("read_by")
    found = people(key for (key,) in keys)
    return sorted(((key, f"{one.name} · {one.unit}") for key, one in found.items()), key=lambda pair: pair[1])
