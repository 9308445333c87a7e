"""What one's unit has imported: who, when, which file, what came of it; and taking an import back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.keyset import SortKey, page_of, read_cursor, write_cursor
from shanhai.kernel.surfaces.links import link, with_query
from shanhai.kernel.surfaces.respond import respond
from shanhai.kernel.surfaces.urls import register_urls
from shanhai.kernel.surfaces.views import actor_with

from . import store, uploads
from .drawing import result_step
from .models import Import
from .undo import RowsTouched

_SIZE = 30
_PURPOSE = "cursor:imports"
_STATES = {Import.State.APPLIED: "ok", Import.State.UNDONE: "void"}


@register_urls
def past_urls(ledger: Ledger[Any]) -> list[URLPattern]:
    slug, given = ledger.slug, {"ledger": ledger}
    return [
        path("import/past/", past, given, name=f"{slug}_import_past"),
        path("import/<uuid:pk>/undo/", undo, given, name=f"{slug}_import_undo"),
    ]


@require_GET
def past(request: HttpRequest, ledger: Ledger[Any]) -> HttpResponse:
    actor = actor_with(request, Verb.IMPORT, ledger)
    cursor = read_cursor(request.GET.get("page", ""), _PURPOSE)
    found = uploads.visible_imports(ledger, actor)
    page = page_of(found, [SortKey("id", is_descending=True)], cursor, _SIZE)
    url = link(ledger, "import_past")

    def at(cursor: Any) -> str:
        return with_query(url, {"page": write_cursor(cursor, _PURPOSE)}) if cursor else ""

    shown = {
        "title": _("导入记录：%(ledger)s") % {"ledger": ledger.label},
        "sub": _("本单位导入过的文件。没有动过的可以整批撤销。"),
        "crumbs": [
            {"label": ledger.label, "url": link(ledger, "list")},
            {"label": _("导入"), "url": link(ledger, "import")},
        ],
        "actions": [],
        "table": _table(ledger, page.rows),
        "pager": {
            "total": _("共 %(number)s 项") % {"number": f"{found.count():,}"},
            "shown": _("本页 %(number)s 项") % {"number": len(page.rows)},
            "first": url if page.previous else "",
            "previous": at(page.previous),
            "next": at(page.next),
        },
        "empty": {"title": _("还没有导入过文件"), "text": _("导入的文件会列在这里。"), "actions": []},
    }
    return respond(request, "kernel/imports.html", "imports", shown)


def _table(ledger: Ledger[Any], rows: list[Import]) -> dict[str, Any]:
    headings = [_("上传时间"), _("文件"), _("导入人"), *_numbers(), _("状态")]
    return {
        "columns": [
            {"label": heading, "kind": "number" if heading in _numbers() else ""} for heading in headings
        ],
        "rows": [
            {"id": str(row.pk), "label": row.name, "url": link(ledger, "import_one", pk=row.pk)}
            | {"cells": [cell | {"label": h} for cell, h in zip(_cells(row), headings, strict=True)]}
            for row in rows
        ],
    }


def _numbers() -> list[str]:
    return [_("新增"), _("更改"), _("有错")]


def _cells(row: Import) -> list[dict[str, Any]]:
    counts, result = row.counts, row.result
    created = result.get("created", counts.get("new", ""))
    changed = result.get("updated", counts.get("changed", ""))
    state = Import.State(row.state)
    return [
        {"text": moment(row.created_at), "kind": "date"},
        {"text": row.name, "kind": "long"},
        {"text": str(row.requester)},
        {"text": str(created), "kind": "number"},
        {"text": str(changed), "kind": "number"},
        {"text": str(counts.get("wrong", "")), "kind": "number"},
        {"kind": "state", "state": {"label": state.label, "kind": _STATES.get(state, "wait")}},
    ]


@require_POST
def undo(request: HttpRequest, ledger: Ledger[Any], pk: UUID) -> HttpResponse:
    actor = actor_with(request, Verb.IMPORT, ledger)
    found = uploads.get_import(ledger, pk, actor, among=uploads.visible_imports(ledger, actor))
    try:
        store.take_back(found, actor)
    except RowsTouched as touched:
        step = result_step(ledger, found, actor, refused=str(touched), touched=touched.rows)
        return respond(request, "kernel/import.html", "", step, status=422)
    except RuleViolated as refused:
        step = result_step(ledger, found, actor, refused=str(refused))
        return respond(request, "kernel/import.html", "", step, status=422)
    if found.state == Import.State.UNDONE:
        messages.success(request, _("导入已撤销。"))
    return HttpResponseRedirect(link(ledger, "import_one", pk=pk))
