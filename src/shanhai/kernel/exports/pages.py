"""Downloads of a list: small ones stream at once, large ones become a job whose file is fetched later."""

import tempfile
from pathlib import Path
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.history import known
from shanhai.kernel.jobs import files, runner
from shanhai.kernel.jobs.models import Job
from shanhai.kernel.jobs.progress import Progress
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.problems import SheetRefused
from shanhai.kernel.surfaces.listing import Listing
from shanhai.kernel.surfaces.urls import register_urls
from shanhai.kernel.surfaces.views import actor_with

from .formats import PARAMETER, Format
from .writing import Export, filters_said


@register_urls
def export_urls(ledger: Ledger[Any]) -> list[URLPattern]:
    return [path("export/", export, {"ledger": ledger}, name=f"{ledger.slug}_export")]


@require_GET
@known.shows_past
def export(request: HttpRequest, ledger: Ledger[Any]) -> HttpResponse | FileResponse:
    """`?format=` xlsx, csv or parquet, and the address of a list."""
    actor = actor_with(request, Verb.EXPORT, ledger)
    return answer(Listing(ledger, request.GET, actor), _format(request.GET))


def answer(listing: Listing, form: Format) -> HttpResponse | FileResponse:
    """The file, or the way to the job that makes it. Errors: those of `Export.of`, too much for paper."""
    made = Export.of(listing)
    number = made.count()
    made.check(form, number)
    if number > form.most_inline:
        return HttpResponseRedirect(reverse("job", args=[start(listing, form).pk]))
    return _file(made, form)


def start(listing: Listing, form: Format) -> Job:
    """Write the list as a job. Errors: those of `Export.of`, too much for paper."""
    made = Export.of(listing)
    number = made.count()
    made.check(form, number)
    told, asked = {"ledger": listing.ledger.key, "format": form}, {"query": listing.query()}
    return runner.start(EXPORTING, _label(made), told, actor=listing.actor, asked=asked, total=number)


def _format(params: QueryDict) -> Format:
    asked = params.get(PARAMETER)
    return Format(asked) if asked in set(Format) else Format.XLSX


def _file(made: Export, form: Format) -> FileResponse:
    """Sent only once it is whole and its rows are counted; on the disk, not in memory."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / f"export.{form}"
        try:
            made.write(form, out)
        except SheetRefused as refused:
            raise RuleViolated(refused.message, code=refused.code) from refused
        opened = out.open("rb")  # stays readable after the folder is gone
    name = made.file_name(form)
    return FileResponse(opened, as_attachment=True, filename=name, content_type=form.content_type)


def _label(made: Export) -> str:
    said = {"ledger": made.title, "filters": "；".join(filters_said(made.listing))}
    return (_("导出“%(ledger)s”（%(filters)s）") if said["filters"] else _("导出“%(ledger)s”")) % said


def _work(job: Job, actor: Actor, progress: Progress) -> dict[str, Any]:
    ledger = registry.get(job.arguments["ledger"])
    if not actor.allows(Verb.EXPORT, ledger.key):
        raise NotAllowed
    listing = Listing(ledger, QueryDict(job.opened["query"]), actor)
    with known.as_known_on(known.asked(listing.params)):
        return _write(Export.of(listing), job, progress)


def _write(made: Export, job: Job, progress: Progress) -> dict[str, Any]:
    form = Format(job.arguments["format"])
    progress(0, made.count())
    with files.making(job.pk, f".{form}") as out:
        job.done = job.total = made.write(form, out, progress)
    said = _("下载（%(rows)s 组）") if made.groups else _("下载（%(rows)s 行）")
    text = said % {"rows": f"{job.done:,}"}
    return {"text": text, "path": out.suffix, "name": made.file_name(form)}


def _forget(job: Job) -> None:
    files.remove(files.RESULTS, job.pk)


EXPORTING = runner.register_kind(runner.JobKind("export", gettext_lazy("导出台账"), _work, _forget))
