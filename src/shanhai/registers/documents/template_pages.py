"""The templates of one kind: put in, tried on a real document, taken off, every version to take along."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.evidence.store import limit, read
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.links import with_query
from shanhai.kernel.surfaces.respond import file_answer
from shanhai.kernel.surfaces.views import actor_of

from . import keeping
from .kinds import DocumentKind, kind_of
from .making import document_of
from .models import DocumentTemplate

Drawn = dict[str, Any]


@require_http_methods(["GET", "POST"])
def templates(request: HttpRequest, kind: str) -> HttpResponse:
    """All versions, and the form for another; `try`: the newest document in the file, nothing kept."""
    actor, found = actor_of(request), kind_of(kind, actor_of(request))
    keeping.keeping_side(found, actor)
    if request.method == "GET":
        return _page(request, found, actor, {}, 200)
    file = request.FILES.get("file")
    try:
        if not isinstance(file, UploadedFile):
            raise RuleViolated(problems={"file": [_("没有选择文件。")]}, code="template_unfit")
        # One byte more than allowed is enough to be refused.
        data = file.read(limit() + 1)
        if "try" in request.POST:
            return file_answer(_tried(found, data, actor), f"{_('试排')}-{found.label}.docx")
        made = keeping.add_template(found, request.POST.get("name", ""), data, actor=actor)
    except RuleViolated as refused:
        return _page(request, found, actor, refused.problems or {"file": [str(refused)]}, refused.status)
    told = {"name": made.name, "n": made.template_version}
    messages.success(request, _("已保存“%(name)s”第 %(n)s 版，预览公文时可以选用。") % told)
    return redirect("documents:templates", kind=kind)


def _tried(kind: DocumentKind, data: bytes, actor: Actor) -> bytes:
    tried = keeping.try_template(kind, data, actor=actor)
    if tried is None:
        raise RuleViolated(_("还没有这种公文，没有数据可以试排；可以先上传。"), code="template_unfit")
    return tried


@require_POST
def template_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a version off."""
    actor = actor_of(request)
    found = keeping.get_template(pk, actor=actor)
    try:
        keeping.remove_template(found, actor=actor)
    except RuleViolated as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("模板已移除，已生成的文件不受影响。"))
    return redirect("documents:templates", kind=found.document_kind)


@require_GET
def template_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Any version as it was uploaded."""
    return version_of(keeping.get_template(pk, actor=actor_of(request)))


def version_of(found: DocumentTemplate) -> HttpResponse:
    return file_answer(read(found.file), f"{found.name}-{found.template_version}.docx")


@require_GET
def starter_file(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """A template to begin with, made after a document."""
    actor, found = actor_of(request), kind_of(kind, actor_of(request))
    written = document_of(found, found.row(pk, actor), actor)
    name = _("%(kind)s起步模板.docx") % {"kind": found.label}
    return file_answer(keeping.starter(written, found.always), name)


def _page(
    request: HttpRequest, kind: DocumentKind, actor: Actor, problems: dict[str, list[str]], status: int
) -> HttpResponse:
    newest = kind.latest(actor)
    current = {one.pk for one in keeping.in_use(kind, actor)}
    sub = _("用 Word 或 WPS 排版，占位处由系统填入；按模板只生成 Word，PDF 用标准版式。")
    if kind.always:
        sub += _("模板没有留出“%(names)s”的，系统加在正文末尾。") % {"names": "、".join(kind.always)}
    context = {
        "title": _("%(kind)s模板") % {"kind": kind.label},
        "sub": sub,
        "crumbs": [{"label": _("公文"), "url": reverse("documents:kinds")}],
        "actions": [],
        "templates": [
            _drawn(kind, one, newest, is_current=one.pk in current)
            for one in keeping.all_versions(kind, actor)
        ],
        "fields": _fields(request, problems),
        "starter_url": reverse("documents:starter", args=[kind.key, newest.pk]) if newest else "",
        "may_try": newest is not None,
        "action": reverse("documents:templates", args=[kind.key]),
    }
    return render(request, "documents/templates.html", context, status=status)


def _drawn(kind: DocumentKind, one: DocumentTemplate, newest: Any, *, is_current: bool) -> Drawn:
    links = [{"label": _("下载这一版"), "url": reverse("documents:template_file", args=[one.pk])}]
    if newest is not None and one.removed_at is None:
        url = reverse("documents:document_file", args=[kind.key, newest.pk, "docx"])
        links.append({"label": _("用最新一份试排"), "url": with_query(url, {"template": str(one.pk)})})
    state = {"label": _("在用"), "kind": "ok"} if is_current else {"label": _("旧版"), "kind": "void"}
    if one.removed_at:
        state = {"label": _("已移除"), "kind": "void"}
    return {
        "name": one.name,
        "version": _("第 %(n)s 版") % {"n": one.template_version},
        "who": one.uploaded_by,
        "at": moment(one.uploaded_at),
        "state": state,
        "links": links,
        "remove": None
        if one.removed_at
        else {
            "label": _("移除"),
            "url": reverse("documents:template_remove", args=[one.pk]),
            "kind": "link",
            "method": "post",
            "confirm": _("移除这个模板？已生成的文件不受影响。"),
        },
    }


def _fields(request: HttpRequest, problems: dict[str, list[str]]) -> list[Drawn]:
    return [
        {
            "name": "name",
            "id": "id-name",
            "label": _("名称"),
            "kind": "text",
            "value": request.POST.get("name", ""),
            "errors": problems.get("name", []),
            "required": True,
            "maxlength": 60,
            "help": _("与已有的同名，就是它的下一版；旧版保留。"),
        },
        {
            "name": "file",
            "id": "id-file",
            "label": _("Word 文件（.docx）"),
            "kind": "file",
            "errors": problems.get("file", []),
            "required": True,
            "accept": ".docx",
            "help": _("不能含宏、控件和外部引用，不能直接写比例和数量；写错时会指出在哪里、为什么。"),
        },
    ]
