"""All kinds of documents, and one document as it prints, with its files."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shanhai.kernel.documents.bound import numbers
from shanhai.kernel.documents.model import Document
from shanhai.kernel.documents.page import write_page
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import with_query
from shanhai.kernel.surfaces.respond import file_answer
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.tables import table_of

from . import keeping, making
from .kinds import DocumentKind, kind_of, kinds_of
from .models import DocumentTemplate

Drawn = dict[str, Any]


def reader(request: HttpRequest) -> Actor:
    """Whoever reads rows of some kind. Errors: NotAllowed."""
    actor = actor_of(request)
    if actor.home is None or not kinds_of(actor):
        raise NotAllowed
    return actor


@require_GET
def documents(request: HttpRequest) -> HttpResponse:
    """Every kind the reader reads: its layout, its newest document, its templates."""
    actor = reader(request)
    number: dict[str, set[str]] = {}
    held = DocumentTemplate.objects.filter(side__in=actor.sides, removed_at=None)
    for kind, name in held.values_list("document_kind", "name"):
        number.setdefault(kind, set()).add(name)
    lines = [_kind_line(kind, actor, len(number.get(kind.key, ()))) for kind in kinds_of(actor)]
    context = {
        "title": _("公文"),
        "sub": _("每种公文的版式、最新一份和本方的 Word 模板"),
        "crumbs": [],
        "actions": [],
        "notices": [],
        "tabs": [],
        "asked": [],
        "hidden": {},
        "sections": [
            {
                "title": "",
                "note": "",
                "table": table_of((_("公文种类"), _("要求"), _("最新一份"), _("模板")), lines),
                "empty": "",
            }
        ],
    }
    return render(request, "kernel/report.html", context)


def _kind_line(kind: DocumentKind, actor: Actor, templates: int) -> tuple[str, tuple[Any, ...]]:
    newest = kind.latest(actor)
    url = reverse("documents:document", args=[kind.key, newest.pk]) if newest is not None else ""
    shown = {"text": str(newest), "kind": "long", "url": url} if newest is not None else _("还没有")
    kept = {"text": _("%(number)s 个模板") % {"number": templates}} if templates else {"text": _("标准版式")}
    if keeping.keeps(kind, actor):
        kept["url"] = reverse("documents:templates", args=[kind.key])
    return "", ({"text": str(kind.label)}, {"text": making.told_of(kind), "kind": "long"}, shown, kept)


@require_GET
def document(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """The document as it prints, each number a link; what stands against it; its files."""
    actor, found = actor_of(request), kind_of(kind, actor_of(request))
    row = found.row(pk, actor)
    try:
        written = making.document_of(found, row, actor)
    except RuleViolated as refused:
        return _unwritten(request, found, row, str(refused))
    problems = making.problems_of(found, written)
    context = {
        "title": str(found.label),
        "sub": "".join(written.title.split()),
        "crumbs": [
            {"label": _("公文"), "url": reverse("documents:kinds")},
            {"label": str(row), "url": found.url(row)},
        ],
        "actions": [] if problems else _files(found, row),
        "problems": problems,
        "article": write_page(written, lambda bind: found.opens(row, bind)),
        "facts": _facts(found, written),
        "templates": [] if problems else templates_of(found, row, actor),
        "templates_url": reverse("documents:templates", args=[kind]) if keeping.keeps(found, actor) else "",
    }
    return render(request, "documents/document.html", context)


def _unwritten(request: HttpRequest, kind: DocumentKind, row: Any, problem: str) -> HttpResponse:
    """What is missing before there is a document."""
    context = {
        "title": str(kind.label),
        "sub": str(row),
        "crumbs": [
            {"label": _("公文"), "url": reverse("documents:kinds")},
            {"label": str(row), "url": kind.url(row)},
        ],
        "actions": [],
        "problems": [problem],
        "article": "",
        "facts": [{"label": _("要求"), "text": making.told_of(kind)}],
    }
    return render(request, "documents/document.html", context)


def _files(kind: DocumentKind, row: Any) -> list[Drawn]:
    return [
        {"label": label, "url": reverse("documents:document_file", args=[kind.key, row.pk, form]), **more}
        for label, form, more in (
            ("PDF", "pdf", {"icon": "download"}),
            ("Word", "docx", {"icon": "download", "kind": "primary", "main": True}),
        )
    ]


def templates_of(kind: DocumentKind, row: Any, actor: Actor) -> list[Drawn]:
    """The templates in use, with where the document filled into each is."""
    url = reverse("documents:document_file", args=[kind.key, row.pk, "docx"])
    return [
        {
            "name": _("%(name)s 第 %(n)s 版") % {"name": one.name, "n": one.template_version},
            "url": with_query(url, {"template": str(one.pk)}),
        }
        for one in keeping.in_use(kind, actor)
    ]


def _facts(kind: DocumentKind, written: Document) -> list[Drawn]:
    told = (
        (_("发文机关"), written.issuer),
        (_("文号"), written.number),
        (_("日期"), written.date.isoformat()),
        (_("要求"), making.told_of(kind)),
        (_("数据"), _("%(number)s 处") % {"number": len(numbers(written))}),
    )
    return [{"label": label, "text": text} for label, text in told if text]


@require_GET
def document_file(request: HttpRequest, kind: str, pk: UUID, form: str) -> HttpResponse:
    """The document as Word or PDF; `?template=`: filled into a template of the reader's side."""
    actor, found = actor_of(request), kind_of(kind, actor_of(request))
    try:
        return file_answer(*file_parts(found, pk, form, request.GET.get("template", ""), actor))
    except RuleViolated as refused:
        messages.error(request, str(refused))
        return redirect("documents:document", kind=kind, pk=pk)


def file_parts(kind: DocumentKind, pk: UUID, form: str, template: str, actor: Actor) -> tuple[bytes, str]:
    """Content and name. Errors: NotVisible, RuleViolated."""
    row, chosen = kind.row(pk, actor), None
    if template:
        try:
            chosen = keeping.get_template(UUID(template), actor=actor)
        except ValueError:
            raise NotVisible from None
        if chosen.document_kind != kind.key:
            raise NotVisible
    return making.file_of(kind, row, form, actor, chosen)
