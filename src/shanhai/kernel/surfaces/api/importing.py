"""Operations on files of one ledger: template, upload and plan, mapping, marked workbook, confirm, undo."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import Body, File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.imports import pages, store, uploads
from shanhai.kernel.imports.models import Import
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.problems import SheetRefused
from shanhai.kernel.surfaces.views import actor_of, require_verb

from . import schemas
from .doors import FORM, Door, Found, argument, on_ledger
from .naming import named
from .paging import CURSOR, newest_first


class ImportLine(Schema):
    """One import, as the list of those of one's unit tells it."""

    id: str
    name: str = Field(description="文件名")
    state: str = Field(description="uploaded、mapping、planned、applied、undone")
    counts: dict[str, Any] = Field(description="核对时的行数：new、changed、unchanged、wrong 等")
    at: str = Field(description="上传时间")
    by: str = Field(description="导入人")


class ImportPage(Schema):
    """A page of imports, newest first."""

    items: list[ImportLine]
    next: str | None
    previous: str | None


def _on_import(ledger: Ledger[Any], *, is_shared: bool = False) -> Door:
    """The right to import, then an upload of one's own; `is_shared`: or one of one's unit."""

    def check(request: HttpRequest, actor: Actor) -> Import:
        require_verb(actor, Verb.IMPORT, ledger)
        among = uploads.visible_imports(ledger, actor) if is_shared else None
        return uploads.get_import(ledger, argument(request, "pk"), actor, among=among)

    return Door(check)


def add_importing(router: Router, ledger: Ledger[Any]) -> None:
    _add_files(router, ledger)
    answer, may = schemas.ImportAnswer, on_ledger(ledger, Verb.IMPORT, takes=FORM)
    own, shared = _on_import(ledger), _on_import(ledger, is_shared=True)

    @router.post("/imports/", response={201: answer}, auth=may, **named(ledger, "import_plan", "上传并核对"))
    def plan_import(
        request: HttpRequest, file: File[UploadedFile], mapping: Form[str] = ""
    ) -> Status[dict[str, Any]]:
        given = schemas.read_mappings(ledger, mapping)
        with _refusals():
            return Status(201, _import(store.receive(ledger, file, actor_of(request), given)))

    @router.get("/imports/{uuid:pk}/", response=answer, auth=shared, **named(ledger, "import", "一次导入"))
    def read_import(request: Found, pk: UUID) -> dict[str, Any]:
        return _import(request.auth)

    mapped = named(ledger, "import_map", "对应列")

    @router.post("/imports/{uuid:pk}/mapping/", response=answer, auth=own, **mapped)
    def map_columns(request: Found, pk: UUID, body: Body[schemas.MappingBody]) -> dict[str, Any]:
        with _refusals():
            given = body.others | {ledger.key: body.mapping}
            store.map_columns(request.auth, actor_of(request), given)
        return _import(request.auth)

    applied = named(ledger, "import_apply", "确认写入")

    @router.post("/imports/{uuid:pk}/apply/", response=answer, auth=own, **applied)
    def apply_import(request: Found, pk: UUID, body: Body[schemas.ConfirmBody]) -> dict[str, Any]:
        store.confirm(request.auth, actor_of(request), body.digest)
        return _import(request.auth)

    amended = named(ledger, "import_amend", "把只能更正的行作为更正提交")

    @router.post("/imports/{uuid:pk}/amendments/", response=answer, auth=own, **amended)
    def amend_import(request: Found, pk: UUID, body: Body[schemas.AmendBody]) -> dict[str, Any]:
        store.amend(request.auth, actor_of(request), body.reason)
        return _import(request.auth)

    undone = named(ledger, "import_undo", "撤销导入")

    @router.post("/imports/{uuid:pk}/undo/", response=answer, auth=shared, **undone)
    def undo_import(request: Found, pk: UUID) -> dict[str, Any]:
        store.take_back(request.auth, actor_of(request))
        return _import(request.auth)


def _add_files(router: Router, ledger: Ledger[Any]) -> None:
    may = on_ledger(ledger, Verb.IMPORT)
    listed = named(ledger, "imports", "本单位的导入记录")

    @router.get("/imports/", response=ImportPage, auth=may, openapi_extra=CURSOR, **listed)
    def list_imports(request: HttpRequest) -> dict[str, Any]:
        found = uploads.visible_imports(ledger, actor_of(request))
        return newest_first(request, found, _lines, "cursor:imports")

    @router.get("/imports/template/", auth=may, **named(ledger, "import_template", "导入模板（Excel）"))
    def template(request: HttpRequest) -> HttpResponse:
        return pages.template(request, ledger)

    marked_up = named(ledger, "import_marked", "标红的工作簿（Excel）")

    @router.get("/imports/{uuid:pk}/marked/", auth=_on_import(ledger), **marked_up)
    def marked(request: Found, pk: UUID) -> HttpResponseBase:
        return pages.marked(request, ledger, pk)


def _lines(found: Sequence[Import]) -> list[dict[str, Any]]:
    return [
        {
            "id": str(one.pk),
            "name": one.name,
            "state": one.state,
            "counts": one.counts,
            "at": one.created_at.isoformat(),
            "by": str(one.requester),
        }
        for one in found
    ]


@contextmanager
def _refusals() -> Iterator[None]:
    """Files that cannot be taken, told like any other refusal."""
    try:
        yield
    except SheetRefused as refused:
        raise RuleViolated(refused.message, code=refused.code) from refused


def _import(found: Import) -> dict[str, Any]:
    job, questions = found.job, uploads.questions_of(found)
    parts = [
        {
            "ledger": part.ledger,
            "mapping": part.mapping,
            "headings": [
                asdict(heading)
                for heading in (questions[part.ledger].headings if part.ledger in questions else ())
            ],
            "plan": part.plan,
            "result": part.result,
        }
        for part in found.parts.all()
    ]
    return {
        "id": str(found.pk),
        "state": found.state,
        "digest": found.plan_digest,
        "counts": found.counts,
        "parts": parts,
        "result": found.result,
        "job_state": job.state if job else None,
        "message": job.message if job else "",
    }
