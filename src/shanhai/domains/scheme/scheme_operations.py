"""Schemes over the API: imported, corrected, settled and put in force by the acts of the pages."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import File, Form, Query, Router, Status
from ninja.files import UploadedFile

from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.scope import Actor, Sharing
from shanhai.kernel.surfaces.api.doors import FORM, Door, Found, argument
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.parties.models import Unit

from . import actions, outputs, uploads
from . import scheme_schemas as schemas
from .access import get_scheme, get_version, managed_sides, require_manager
from .models import Question, Scheme, SchemeVersion
from .scheme_list import listed
from .scheme_told import (
    told_difference,
    told_matrix,
    told_scheme,
    told_version,
    whole_scheme,
    whole_version,
)


def _importing(request: HttpRequest, actor: Actor) -> Actor:
    if not managed_sides(actor):
        raise NotAllowed
    return actor


def _scheme(request: HttpRequest, actor: Actor) -> Scheme:
    return get_scheme(actor, argument(request, "pk"))


def _managed_scheme(request: HttpRequest, actor: Actor) -> Scheme:
    found = _scheme(request, actor)
    require_manager(actor, found)
    return found


def _version(request: HttpRequest, actor: Actor) -> SchemeVersion:
    return get_version(actor, argument(request, "pk"))


def _managed_version(request: HttpRequest, actor: Actor) -> SchemeVersion:
    found = _version(request, actor)
    require_manager(actor, found.scheme)
    return found


@register_routes("/schemes/")
def schemes_router() -> Router:
    router = Router(tags=["schemes"])
    _add_schemes(router)
    _add_scheme(router)
    _add_reading(router)
    _add_settling(router)
    return router


def _add_schemes(router: Router) -> None:
    whole, imported = schemas.VersionWhole, called("scheme_import", "导入方案，成为修订中的第一版")

    @router.get("/", response=list[schemas.SchemeLine], auth=Door(), **called("schemes", "方案"))
    def list_schemes(request: HttpRequest) -> list[dict[str, Any]]:
        return [
            {
                **told_scheme(scheme),
                "version": told_version(version),
                "tasks": version.task_count,
                "questions": version.question_count,
            }
            for scheme, version in listed(actor_of(request))
        ]

    @router.post("/", response={201: whole}, auth=Door(_importing, takes=FORM), **imported)
    def import_scheme(
        request: HttpRequest,
        file: File[UploadedFile],
        side: Form[str] = "",
        sharing: Form[Sharing] = Sharing.PRIVATE,
    ) -> Status[dict[str, Any]]:
        actor = actor_of(request)
        own = managed_sides(actor)
        if side and side not in own:
            raise RuleViolated(problems={"side": [_("请选择您管理的一方。")]})
        source = uploads.document_from(file)
        made = actions.import_scheme(source, actor=actor, side=side or own[0], sharing=sharing)
        return Status(201, whole_version(made))


def _add_scheme(router: Router) -> None:
    whole, managed = schemas.VersionWhole, Door(_managed_scheme)
    one, terms = called("scheme", "一个方案"), called("scheme_terms", "共享范围和报送要求")
    newer = called("scheme_newer", "导入方案的新文本")
    corrected = called("scheme_correct", "开始修订：复制现行版本")

    @router.get("/{uuid:pk}/", response=schemas.SchemeWhole, auth=Door(_scheme), **one)
    def read_scheme(request: Found, pk: UUID) -> dict[str, Any]:
        return whole_scheme(request.auth, actor_of(request))

    @router.patch("/{uuid:pk}/", response=schemas.SchemeWhole, auth=managed, **terms)
    def change_terms(request: Found, pk: UUID, body: schemas.SchemeTerms) -> dict[str, Any]:
        scheme, said = request.auth, body.dict(exclude_none=True)
        now = {name: getattr(scheme, name) for name in ("sharing", "reports_since", "due_days")}
        reason = said.pop("reason") or _("修改报送要求")
        changed = actions.set_terms(scheme, actor=actor_of(request), **{**now, **said}, reason=reason)
        return whole_scheme(changed, actor_of(request))

    @router.post("/{uuid:pk}/texts/", response={201: whole}, auth=Door(_managed_scheme, takes=FORM), **newer)
    def import_newer(request: Found, pk: UUID, file: File[UploadedFile]) -> Status[dict[str, Any]]:
        source = uploads.document_from(file)
        return Status(201, whole_version(actions.import_newer(request.auth, source, actor=actor_of(request))))

    @router.post("/{uuid:pk}/corrections/", response={201: whole}, auth=managed, **corrected)
    def start_correction(request: Found, pk: UUID) -> Status[dict[str, Any]]:
        return Status(201, whole_version(actions.start_correction(request.auth, actor=actor_of(request))))


def _add_reading(router: Router) -> None:
    seen = Door(_version)
    one, matrix = called("scheme_version", "方案的一版"), called("scheme_matrix", "责任矩阵")
    difference = called("scheme_difference", "修订与现行版本的差别")
    excel, word = called("scheme_tasks_excel", "任务表 Excel"), called("scheme_tasks_word", "任务表 Word")

    @router.get("/versions/{uuid:pk}/", response=schemas.VersionWhole, auth=seen, **one)
    def read_version(request: Found, pk: UUID) -> dict[str, Any]:
        return whole_version(request.auth)

    @router.get(
        "/versions/{uuid:pk}/difference/",
        response=list[schemas.ChangedClause],
        auth=Door(_managed_version),
        **difference,
    )
    def read_difference(request: Found, pk: UUID) -> list[dict[str, Any]]:
        draft: SchemeVersion = request.auth
        others = draft.scheme.versions.filter(state=SchemeVersion.State.IN_FORCE).exclude(pk=draft.pk)
        base = others.select_related("document", "scheme").first()
        return list(told_difference(base, draft)) if base else []

    @router.get("/versions/{uuid:pk}/matrix/", response=schemas.MatrixAnswer, auth=seen, **matrix)
    def read_matrix(request: Found, pk: UUID) -> dict[str, Any]:
        return told_matrix(request.auth)

    @router.get("/versions/{uuid:pk}/tasks.xlsx", auth=seen, **excel)
    def read_tasks_excel(request: Found, pk: UUID) -> HttpResponse:
        return outputs.tasks_xlsx(request, pk)

    @router.get("/versions/{uuid:pk}/tasks.docx", auth=seen, **word)
    def read_tasks_word(request: Found, pk: UUID) -> HttpResponse:
        return outputs.tasks_docx(request, pk)


def _add_settling(router: Router) -> None:
    managed = Door(_managed_version)
    saved = called("scheme_save", "使修订成为现行版本")
    dropped = called("scheme_discard", "放弃修订")
    answered = called("scheme_answer", "答复待确认的写法")

    @router.post("/versions/{uuid:pk}/save/", response=schemas.VersionWhole, auth=managed, **saved)
    def save_version(request: Found, pk: UUID, body: schemas.Edition) -> dict[str, Any]:
        return whole_version(actions.save_version(pk, actor=actor_of(request), edition=body.edition))

    @router.delete("/versions/{uuid:pk}/", response={204: None}, auth=managed, **dropped)
    def discard_version(request: Found, pk: UUID, asked: Query[schemas.Edition]) -> Status[None]:
        actions.discard_draft(pk, actor=actor_of(request), edition=asked.edition)
        return Status(204, None)

    @router.post("/versions/{uuid:pk}/answers/", response=schemas.Settled, auth=managed, **answered)
    def answer_question(request: Found, pk: UUID, body: schemas.QuestionReply) -> dict[str, int]:
        found: SchemeVersion = request.auth
        settled = _settle(found, body, actor_of(request))
        return {"settled": settled, "open": found.questions.filter(answer=Question.Answer.OPEN).count()}


def _settle(found: SchemeVersion, body: schemas.QuestionReply, actor: Actor) -> int:
    """Errors: RuleViolated; also for units that are not there."""
    if body.answer == "checked":
        return actions.answer_checked(found, body.questions, actor=actor)
    if not body.name.strip():
        raise RuleViolated(problems={"name": [_("请写出所问的写法。")]})
    units = units_named(body.units)
    if body.answer == "group":
        return actions.answer_group(found, body.name, units, actor=actor)
    if len(units) != 1:
        raise RuleViolated(problems={"units": [_("请给出一个单位。")]})
    return actions.answer_unit(found, body.name, units[0], actor=actor)


def units_named(keys: list[UUID]) -> list[Unit]:
    """In the order of their tree. Errors: RuleViolated when one is not there."""
    units = list(Unit.objects.filter(pk__in=keys).order_by("path"))
    if len(units) < len(set(keys)):
        raise RuleViolated(problems={"units": [_("没有这个单位。")]})
    return units
