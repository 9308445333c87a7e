"""Documents over the API: kinds, one document with its figures and files, templates with their versions."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from shanhai.kernel.documents.bound import numbers
from shanhai.kernel.evidence.store import limit
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.doors import FORM, Door, Found, argument
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.respond import file_answer
from shanhai.kernel.surfaces.views import actor_of

from . import keeping, making, pages, template_pages
from .kinds import DocumentKind, kind_of, kinds_of
from .models import DocumentTemplate


class DocumentKindAnswer(Schema):
    """A kind of document."""

    kind: str
    label: str
    ledger: str
    is_official: bool = Field(description="GB/T 9704 版式")
    is_numbered: bool
    is_issued: bool
    is_received: bool
    is_public: bool = Field(description="公开；核验无个人号码")


class DocumentFigure(Schema):
    """A number as printed."""

    bind: str
    name: str
    value: str | None
    printed: str
    unit: str


class DocumentAnswer(Schema):
    """One document."""

    title: str
    number: str
    issuer: str
    date: str
    figures: list[DocumentFigure]
    problems: list[str] = Field(description="不能印出的地方和原因；有则不给文件")


class TemplateAnswer(Schema):
    """A version of a template."""

    id: str
    name: str
    version: int
    uploaded_by: str
    uploaded_at: str
    removed_at: str | None


def _reading(request: HttpRequest, actor: Actor) -> Actor:
    return pages.reader(request)


def _kind(request: HttpRequest, actor: Actor) -> DocumentKind:
    return kind_of(str(argument(request, "kind")), actor)


def _kept(request: HttpRequest, actor: Actor) -> DocumentKind:
    kind = _kind(request, actor)
    keeping.keeping_side(kind, actor)
    return kind


def _row(request: HttpRequest, actor: Actor) -> tuple[DocumentKind, Any]:
    kind = _kind(request, actor)
    return kind, kind.row(UUID(str(argument(request, "pk"))), actor)


def _template(request: HttpRequest, actor: Actor) -> DocumentTemplate:
    return keeping.get_template(UUID(str(argument(request, "pk"))), actor=actor)


def _own_template(request: HttpRequest, actor: Actor) -> DocumentTemplate:
    found = _template(request, actor)
    keeping.keeping_side(kind_of(found.document_kind, actor), actor)
    return found


def _kind_told(kind: DocumentKind) -> dict[str, Any]:
    flags = ("is_official", "is_numbered", "is_issued", "is_received", "is_public")
    told = {name: getattr(kind, name) for name in flags}
    return {"kind": kind.key, "label": str(kind.label), "ledger": kind.ledger, **told}


def _told(kind: DocumentKind, row: Any, actor: Actor) -> dict[str, Any]:
    written = making.document_of(kind, row, actor)
    figures = [
        {
            "bind": one.bind,
            "name": one.name,
            "value": None if one.value is None else f"{one.value:f}",
            "printed": one.display,
            "unit": one.unit,
        }
        for one in numbers(written)
    ]
    head = {name: getattr(written, name) for name in ("title", "number", "issuer")}
    return {**head, "date": written.date.isoformat(), "figures": figures,
            "problems": making.problems_of(kind, written)}  # fmt: skip


def _version_told(one: DocumentTemplate) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "name": one.name,
        "version": one.template_version,
        "uploaded_by": one.uploaded_by,
        "uploaded_at": one.uploaded_at.isoformat(),
        "removed_at": one.removed_at.isoformat() if one.removed_at else None,
    }


@register_routes("/documents/")
def routes() -> Router:
    router = Router(tags=["documents"])
    row = Door(_row)

    @router.get("/", response=list[DocumentKindAnswer], auth=Door(_reading),
                **called("document_kinds", "公文种类"))  # fmt: skip
    def list_document_kinds(request: HttpRequest) -> list[dict[str, Any]]:
        return [_kind_told(kind) for kind in kinds_of(actor_of(request))]

    @router.get("/{kind}/{uuid:pk}/", response=DocumentAnswer, auth=row, **called("document", "一份公文"))
    def read_document(request: Found, kind: str, pk: UUID) -> dict[str, Any]:
        found, row = request.auth
        return _told(found, row, actor_of(request))

    @router.get("/{kind}/{uuid:pk}/starter/", auth=row, **called("document_starter", "起步模板"))
    def read_document_starter(request: Found, kind: str, pk: UUID) -> HttpResponse:
        return template_pages.starter_file(request, kind, pk)

    told = called("document_file", "公文的 Word（docx）或 PDF（pdf）；template 为模板的编号，只有 Word")

    @router.get("/{kind}/{uuid:pk}/files/{form}/", auth=row, **told)
    def read_document_file(
        request: Found, kind: str, pk: UUID, form: str, template: str = ""
    ) -> HttpResponse:
        return file_answer(*pages.file_parts(request.auth[0], pk, form, template, actor_of(request)))

    _add_templates(router)
    return router


def _add_templates(router: Router) -> None:
    told = called("document_templates", "一种公文的模板，连同各版")

    @router.get("/{kind}/templates/", response=list[TemplateAnswer], auth=Door(_kept), **told)
    def list_document_templates(request: Found, kind: str) -> list[dict[str, Any]]:
        return [_version_told(one) for one in keeping.all_versions(request.auth, actor_of(request))]

    told = called("document_template_add", "上传模板；同名的为下一版")

    @router.post("/{kind}/templates/", response={201: TemplateAnswer}, auth=Door(_kept, takes=FORM), **told)
    def add_document_template(
        request: Found, kind: str, file: File[UploadedFile], name: Form[str]
    ) -> Status[dict[str, Any]]:
        data = file.read(limit() + 1)
        made = keeping.add_template(request.auth, name, data, actor=actor_of(request))
        return Status(201, _version_told(made))

    told = called("document_template_file", "模板的一版")

    @router.get("/templates/{uuid:pk}/file/", auth=Door(_template), **told)
    def read_template_file(request: Found, pk: UUID) -> HttpResponse:
        return template_pages.version_of(request.auth)

    told = called("document_template_remove", "移除模板的一版；文件保留")

    @router.post("/templates/{uuid:pk}/remove/", response=TemplateAnswer, auth=Door(_own_template), **told)
    def remove_document_template(request: Found, pk: UUID) -> dict[str, Any]:
        keeping.remove_template(request.auth, actor=actor_of(request))
        return _version_told(request.auth)
