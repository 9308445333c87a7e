"""Operations on the evidence of one row: list, attach, open, take off."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from shanhai.kernel import actions
from shanhai.kernel.errors import NotVisible
from shanhai.kernel.evidence import attach, reuse, views
from shanhai.kernel.evidence.models import EvidenceLink
from shanhai.kernel.evidence.store import require_size
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.detail_page import row_label
from shanhai.kernel.surfaces.views import actor_of

from .bodies import Sent
from .doors import FORM, Door, Found, argument, on_row
from .naming import named


class Paper(Schema):
    """One file as evidence of the row."""

    id: str
    name: str = Field(description="文件名；不能打开的只给类别")
    category: str = Field(description="佐证类别的代码；空为其他")
    size: int = Field(description="字节数")
    digest: str = Field(description="SHA-256")
    content_type: str
    attached_at: str
    is_open: bool = Field(description="是否可以打开；含个人信息的只向经办、核实和审计人员打开")


class StoredPaper(Schema):
    """A file on another row that may be attached to this one too."""

    id: str
    name: str
    size: int = Field(description="字节数")
    digest: str = Field(description="SHA-256")
    ledger: str
    row: str = Field(description="它现在所在的行")
    text: str = Field(description="那一行的名称")


class StoredBody(Sent):
    """Which stored files to attach."""

    papers: list[UUID] = Field(description="佐证的编号，取自 stored/")
    category: str = Field("", description="佐证类别的代码；空为其他")


class RemovalBody(Sent):
    """Why a file is taken off."""

    reason: str = Field(max_length=500, description="移除原因，记入历史")


def _on_paper(ledger: Ledger[Any], verb: Verb) -> Door:
    """The file hangs on the row of the address, on which the verb is granted; finds the link."""

    def check(request: HttpRequest, actor: Actor) -> EvidenceLink:
        row = actions.get_row(ledger, argument(request, "pk"), actor=actor, verb=verb)
        link = EvidenceLink.objects.for_row(row).select_related("file").filter(pk=argument(request, "paper"))
        found = link.first()
        if found is None:
            raise NotVisible
        return found

    return Door(check)


def add_papers(router: Router, ledger: Ledger[Any]) -> None:
    at, of_row = "/{uuid:pk}/evidence/", "/{uuid:pk}/evidence/{uuid:paper}/"
    may_read, may_attach = on_row(ledger, Verb.VIEW), on_row(ledger, Verb.EDIT, takes=FORM)

    @router.get(at, response=list[Paper], auth=may_read, **named(ledger, "evidence", "一行的佐证"))
    def list_papers(request: Found, pk: UUID) -> list[dict[str, Any]]:
        links = EvidenceLink.objects.for_row(request.auth).select_related("file").order_by("id")
        return _told(ledger, request.auth, list(links), actor_of(request))

    @router.post(at, response={201: Paper}, auth=may_attach, **named(ledger, "evidence_attach", "上传佐证"))
    def attach_paper(
        request: Found, pk: UUID, file: File[UploadedFile], category: Form[str] = ""
    ) -> Status[dict[str, Any]]:
        actor, row = actor_of(request), request.auth
        require_size(file.size or 0)
        made = attach.upload(ledger, row, bytes(file.read()), file.name or "", category, actor=actor)
        (told,) = _told(ledger, row, [made], actor)
        return Status(201, told)

    _add_stored(router, ledger)

    @router.get(of_row, auth=_on_paper(ledger, Verb.VIEW), **named(ledger, "evidence_open", "取佐证文件"))
    def open_paper(request: Found, pk: UUID, paper: UUID) -> HttpResponse:
        return views.open_file(request, request.auth.pk)

    removed = named(ledger, "evidence_remove", "移除佐证")

    @router.post(f"{of_row}remove/", response=list[Paper], auth=_on_paper(ledger, Verb.EDIT), **removed)
    def remove_paper(request: Found, pk: UUID, paper: UUID, body: RemovalBody) -> list[dict[str, Any]]:
        actor = actor_of(request)
        attach.remove(request.auth, body.reason, actor=actor)
        row = actions.get_row(ledger, pk, actor=actor)
        return _told(ledger, row, list(EvidenceLink.objects.for_row(row).select_related("file")), actor)


def _add_stored(router: Router, ledger: Ledger[Any]) -> None:
    """Files of rows the caller works with, attached to a further row: stored once."""
    at, may = "/{uuid:pk}/evidence/stored/", on_row(ledger, Verb.EDIT)
    sought = {
        "parameters": [
            {"name": "q", "in": "query", "description": "文件名中的字", "schema": {"type": "string"}}
        ]
    }
    listed = named(ledger, "evidence_stored", "可选用的已有文件")
    again = named(ledger, "evidence_again", "选用已有的文件")

    @router.get(at, response=list[StoredPaper], auth=may, openapi_extra=sought, **listed)
    def list_stored(request: Found, pk: UUID) -> list[dict[str, Any]]:
        actor, row = actor_of(request), request.auth
        attach.may_attach(ledger, row, actor=actor)
        text = request.GET.get("q", "").strip()
        return [_stored(link, at, actor) for link, at in reuse.offered(ledger, row, text, actor=actor)]

    @router.post(at, response=list[Paper], auth=may, **again)
    def attach_stored(request: Found, pk: UUID, body: StoredBody) -> list[dict[str, Any]]:
        actor, row = actor_of(request), request.auth
        reuse.attach_all(ledger, row, body.papers, body.category, actor=actor)
        links = EvidenceLink.objects.for_row(row).select_related("file").order_by("id")
        return _told(ledger, row, list(links), actor)


def _stored(link: EvidenceLink, row: LedgerModel, actor: Actor) -> dict[str, Any]:
    return {
        "id": str(link.pk),
        "name": link.name,
        "size": link.file.size,
        "digest": link.file.digest,
        "ledger": link.ledger,
        "row": str(row.pk),
        "text": row_label(registry.get(link.ledger), row, actor),
    }


def _told(
    ledger: Ledger[Any], row: LedgerModel, links: Sequence[EvidenceLink], actor: Actor
) -> list[dict[str, Any]]:
    is_open = attach.may_open(ledger, row, actor)
    return [
        {
            "id": str(one.pk),
            "name": attach.shown_name(one, ledger, is_open=is_open),
            "category": one.evidence_class,
            "size": one.file.size,
            "digest": one.file.digest,
            "content_type": one.file.content_type,
            "attached_at": one.attached_at.isoformat(),
            "is_open": is_open,
        }
        for one in links
    ]
