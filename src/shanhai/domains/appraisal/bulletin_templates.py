"""Word templates that people made: tried when put in, and filled with a bulletin; numbers stay bound."""

import io
from typing import Any
from uuid import UUID

import docx
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shanhai.kernel import clock
from shanhai.kernel.documents.model import Document, Table
from shanhai.kernel.documents.template import fill_template
from shanhai.kernel.documents.template_guard import TemplateFault, check_package
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.evidence.kinds import DOCX
from shanhai.kernel.evidence.store import limit, read, store
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.links import link_to

from .bulletin_pages import actor_of, file_response
from .bulletin_rights import get_bulletin, issuing_grant, issuing_side
from .composing import Parts, document_of
from .models import Bulletin, BulletinTemplate

Drawn = dict[str, Any]


def add_template(side: Side, name: str, data: bytes, *, actor: Actor) -> BulletinTemplate:
    """A new template, proved on the side's latest bulletin.

    Errors: NotAllowed; RuleViolated for what is no plain Word file, or asks for what does not exist.
    """
    issuing_grant(actor, side)
    try:
        check_package(data)
        latest = Bulletin.objects.filter(side=side).order_by("-drafted_at").first()
        if latest is not None:
            fill_template(data, document_of(Parts.of(latest)))
    except TemplateFault as fault:
        raise RuleViolated(problems={"file": [str(fault)]}) from fault
    template = BulletinTemplate(side=side, name=name.strip(), uploaded_by=actor.name, uploaded_at=clock.now())
    try:
        template.full_clean(exclude=["file"])
    except ValidationError as error:
        raise RuleViolated(
            problems={"name": [one for sentences in error.message_dict.values() for one in sentences]}
        ) from error
    template.file = store(side, data)
    template.save(force_insert=True)
    return template


def remove_template(pk: UUID, *, actor: Actor) -> None:
    """Take a template off; documents made with it are not touched. Errors: NotVisible, NotAllowed."""
    template = BulletinTemplate.objects.filter(pk=pk, side__in=actor.sides).first()
    if template is None:
        raise NotVisible
    issuing_grant(actor, template.side)
    template.delete()


def starter(document: Document) -> bytes:
    """A plain template with every part of the document in its place, to be dressed in Word."""
    word = docx.Document()
    for words in ("{{ 发文机关 }}", "{{ 文号 }}", "{{ 标题 }}"):
        word.add_paragraph(words)
    seen = set()
    for block in document.blocks:
        call = "表格" if isinstance(block, Table) else "叙述"
        if block.slot and block.slot not in seen:
            seen.add(block.slot)
            word.add_paragraph(f"{{{{ {call}('{block.slot}') }}}}")
    word.add_paragraph("{{ 发文机关 }}")
    word.add_paragraph("{{ 日期 }}")
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


@require_http_methods(["GET", "POST"])
def bulletin_templates(request: HttpRequest) -> HttpResponse:
    """The side's templates, and the form for another."""
    actor = actor_of(request)
    side = issuing_side(actor)
    if request.method == "GET":
        return _page(request, side, {}, 200)
    file = request.FILES.get("file")
    try:
        if not isinstance(file, UploadedFile):
            raise RuleViolated(problems={"file": [_("没有选择文件。")]})
        # One byte more than allowed is enough to be refused.
        add_template(side, request.POST.get("name", ""), file.read(limit() + 1), actor=actor)
    except RuleViolated as refused:
        return _page(request, side, refused.problems or {"file": [str(refused)]}, refused.status)
    messages.success(request, _("模板已保存，在通报页可以选用。"))
    return redirect("appraisal:bulletin_templates")


@require_POST
def bulletin_template_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    remove_template(pk, actor=actor_of(request))
    messages.success(request, _("模板已移除。"))
    return redirect("appraisal:bulletin_templates")


@require_GET
def bulletin_filled(request: HttpRequest, pk: UUID, template: UUID) -> HttpResponse:
    """The bulletin in a template of its side, as Word."""
    found = get_bulletin(pk, actor=actor_of(request))
    chosen = BulletinTemplate.objects.filter(pk=template, side=found.side).select_related("file").first()
    if chosen is None:
        raise NotVisible
    try:
        content = fill_template(read(chosen.file), document_of(Parts.of(found)))
    except TemplateFault as fault:
        messages.error(request, str(fault))
        return redirect("appraisal:bulletin", pk=pk)
    return file_response(found, content, DOCX)


@require_GET
def bulletin_starter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A template to begin with, made after a bulletin."""
    found = get_bulletin(pk, actor=actor_of(request))
    return file_response(found, starter(document_of(Parts.of(found))), DOCX)


def _page(request: HttpRequest, side: Side, problems: dict[str, list[str]], status: int) -> HttpResponse:
    latest = Bulletin.objects.filter(side=side).order_by("-drafted_at").first()
    return render(
        request,
        "appraisal/bulletin_templates.html",
        {
            "title": _("通报模板"),
            "sub": _("用 Word 或 WPS 排版，占位处由系统填入；按模板只生成 Word，PDF 用标准版式。"),
            "crumbs": [{"label": _("通报"), "url": link_to("appraisal:bulletins")}],
            "actions": [],
            "templates": [_drawn(one) for one in BulletinTemplate.objects.filter(side=side)],
            "fields": _fields(request, problems),
            "starter_url": link_to("appraisal:bulletin_starter", pk=latest.pk) if latest else "",
            "action": link_to("appraisal:bulletin_templates"),
        },
        status=status,
    )


def _drawn(template: BulletinTemplate) -> Drawn:
    return {
        "name": template.name,
        "who": template.uploaded_by,
        "at": moment(template.uploaded_at),
        "remove": {
            "label": _("移除"),
            "url": link_to("appraisal:bulletin_template_remove", pk=template.pk),
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
        },
        {
            "name": "file",
            "id": "id-file",
            "label": _("Word 文件（.docx）"),
            "kind": "file",
            "errors": problems.get("file", []),
            "required": True,
            "accept": ".docx",
            "help": _("不能含宏、控件和外部引用；占位写错时会指出是哪一个。"),
        },
    ]
