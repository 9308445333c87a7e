"""Pages of an import: upload → plan → progress → result. Every step survives a reload."""

from io import BytesIO
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.jobs.drawing import draw_job
from shanhai.kernel.jobs.models import Job
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.problems import SheetRefused
from shanhai.kernel.surfaces.links import link
from shanhai.kernel.surfaces.respond import respond
from shanhai.kernel.surfaces.urls import register_urls
from shanhai.kernel.surfaces.views import actor_of, actor_with

from . import store, uploads
from .columns import template_of
from .drawing import frame, mapping_step, plan_step, result_step, upload_step
from .mapping import Mappings
from .models import Import
from .parts import linked

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TEMPLATE = "kernel/import.html"


@register_urls
def import_urls(ledger: Ledger[Any]) -> list[URLPattern]:
    slug, given = ledger.slug, {"ledger": ledger}
    return [
        path("import/", upload, given, name=f"{slug}_import"),
        path("import/template/", template, given, name=f"{slug}_template"),
        path("import/<uuid:pk>/", one, given, name=f"{slug}_import_one"),
        path("import/<uuid:pk>/mapping/", mapping, given, name=f"{slug}_import_mapping"),
        path("import/<uuid:pk>/marked/", marked, given, name=f"{slug}_import_marked"),
        path("import/<uuid:pk>/amend/", amend, given, name=f"{slug}_import_amend"),
    ]


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, ledger: Ledger[Any]) -> HttpResponse:
    actor = actor_with(request, Verb.IMPORT, ledger)
    if request.method == "GET":
        return respond(request, _TEMPLATE, "", upload_step(ledger, actor))
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile):
        return _refused(request, ledger, _("请先选择文件。"))
    try:
        found = store.receive(ledger, sent, actor)
    except (SheetRefused, RuleViolated) as refused:
        return _refused(request, ledger, str(refused))
    return HttpResponseRedirect(link(ledger, "import_one", pk=found.pk))


def _refused(request: HttpRequest, ledger: Ledger[Any], sentence: str) -> HttpResponse:
    return respond(request, _TEMPLATE, "", upload_step(ledger, actor_of(request), sentence), status=422)


@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, ledger: Ledger[Any], pk: UUID) -> HttpResponse:
    actor = actor_with(request, Verb.IMPORT, ledger)
    if request.method == "GET":
        found = uploads.get_import(ledger, pk, actor, among=uploads.visible_imports(ledger, actor))
        return respond(request, _TEMPLATE, "", _step(ledger, found, actor))
    found = uploads.get_import(ledger, pk, actor)
    store.confirm(found, actor, request.POST.get("digest", ""))
    if found.state == Import.State.APPLIED:
        messages.success(request, _("导入完成。"))
    return HttpResponseRedirect(link(ledger, "import_one", pk=pk))


@require_http_methods(["GET", "POST"])
def mapping(request: HttpRequest, ledger: Ledger[Any], pk: UUID) -> HttpResponse:
    """Say which column each heading means; also afterwards, to say it otherwise."""
    actor = actor_with(request, Verb.IMPORT, ledger)
    found = uploads.get_import(ledger, pk, actor)
    questions = uploads.questions_of(found)
    here = HttpResponseRedirect(link(ledger, "import_one", pk=pk))
    if not questions or found.state not in {Import.State.MAPPING, Import.State.PLANNED}:
        return here
    if request.method == "GET":
        step = mapping_step(ledger, found, questions, uploads.mappings_of(found))
        return respond(request, _TEMPLATE, "", step)
    given: Mappings = {}
    lists = (request.POST.getlist(name) for name in ("ledger", "heading", "column"))
    for key, heading, column in zip(*lists, strict=False):
        given.setdefault(key, {})[heading] = column
    try:
        store.map_columns(found, actor, given)
    except RuleViolated as refused:
        problems = refused.problems.get("mapping", [str(refused)])
        step = mapping_step(ledger, found, questions, given, problems)
        return respond(request, _TEMPLATE, "", step, status=422)
    except SheetRefused as refused:
        return _refused(request, ledger, str(refused))
    return here


@require_POST
def amend(request: HttpRequest, ledger: Ledger[Any], pk: UUID) -> HttpResponse:
    """Propose what the file says of locked rows."""
    actor = actor_with(request, Verb.IMPORT, ledger)
    found = uploads.get_import(ledger, pk, actor)
    try:
        store.amend(found, actor, request.POST.get("reason", ""))
    except RuleViolated as refused:
        step = _step(ledger, found, actor)
        (step.get("plan") or step["result"])["amend"]["problem"] = str(refused)
        return respond(request, _TEMPLATE, "", step, status=422)
    return HttpResponseRedirect(link(ledger, "import_one", pk=pk))


def _step(ledger: Ledger[Any], found: Import, actor: Actor) -> dict[str, Any]:
    """Where the upload stands."""
    job = found.job
    if job is not None and job.is_running:
        return {**frame(ledger, 2, "progress"), "job": draw_job(job, actor, is_alone=True)}
    failed = job.message if job is not None and job.state in {Job.State.FAILED, Job.State.CANCELLED} else ""
    if found.state in {Import.State.APPLIED, Import.State.UNDONE}:
        return result_step(ledger, found, actor, refused=failed)
    if found.state == Import.State.UPLOADED:
        return upload_step(ledger, actor, failed or _("上传没有完成，请重新上传。"))
    if found.state == Import.State.MAPPING:
        if questions := uploads.questions_of(found):
            mappings = uploads.mappings_of(found)
            return mapping_step(ledger, found, questions, mappings, [failed] if failed else [])
        return upload_step(ledger, actor, _("上传的文件已过期删除，请重新上传。"))
    return plan_step(ledger, found, failed)


@require_GET
def template(request: HttpRequest, ledger: Ledger[Any]) -> HttpResponse:
    """The template; with `with=` one sheet more for each ledger that hangs together with this one."""
    actor = actor_with(request, Verb.IMPORT, ledger)
    wanted = set(request.GET.getlist("with"))
    others = [one for one in linked(ledger)[1:] if one.key in wanted and actor.allows(Verb.IMPORT, one.key)]
    name = _("%(ledger)s导入模板.xlsx") % {"ledger": "、".join(one.label for one in (ledger, *others))}
    return _attachment(template_of([ledger, *others]), name)


@require_GET
def marked(request: HttpRequest, ledger: Ledger[Any], pk: UUID) -> FileResponse:
    actor = actor_with(request, Verb.IMPORT, ledger)
    found = uploads.get_import(ledger, pk, actor)
    name = _("标红_%(file)s.xlsx") % {"file": found.name.rpartition(".")[0] or found.name}
    content = BytesIO(uploads.marked_workbook(found))
    return FileResponse(content, as_attachment=True, filename=name, content_type=_XLSX)


def _attachment(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=_XLSX)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
