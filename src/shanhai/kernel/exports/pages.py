"""Downloads of a list: small ones stream at once, large ones become a job whose file is fetched later."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    QueryDict,
    StreamingHttpResponse,
)
from django.urls import URLPattern, path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from shanhai.kernel import context
from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.jobs import files, runner
from shanhai.kernel.jobs.models import Job
from shanhai.kernel.jobs.progress import Progress
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.writing import ValueRow
from shanhai.kernel.surfaces.listing import Listing
from shanhai.kernel.surfaces.urls import register_urls
from shanhai.kernel.surfaces.views import actor_of, require_verb

from .writing import Export, Format

#: Up to here a download starts at once; beyond, a job writes the file.
INLINE_ROWS = 20_000
#: Parameter of the address that is no filter.
FORMAT = "format"


@register_urls
def export_urls(ledger: Ledger[Any]) -> list[URLPattern]:
    return [path("export/", export, {"ledger": ledger}, name=f"{ledger.slug}_export")]


@require_GET
def export(request: HttpRequest, ledger: Ledger[Any]) -> HttpResponse | StreamingHttpResponse | FileResponse:
    """`?format=csv` or xlsx, and the address of a list."""
    actor = actor_of(request)
    require_verb(actor, Verb.EXPORT, ledger)
    listing = Listing(ledger, request.GET, actor)
    made, form = Export.of(listing), _format(request.GET)
    number = made.count()
    if number > INLINE_ROWS:
        job = runner.start(EXPORTING, _label(made), _arguments(listing, form), actor=actor, total=number)
        return HttpResponseRedirect(reverse("job", args=[job.pk]))
    return _csv(made) if form is Format.CSV else _workbook(made)


def _format(params: QueryDict) -> Format:
    return Format.CSV if params.get(FORMAT) == Format.CSV else Format.XLSX


def _csv(made: Export) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_in_context(made), content_type=Format.CSV.content_type)
    name = content_disposition_header(True, made.file_name(Format.CSV))
    response.headers["Content-Disposition"] = name or ""
    return response


def _in_context(made: Export) -> Iterator[bytes]:
    """The lines, in a kernel transaction of their own: the request's has ended before the first is sent."""
    with context.acting(made.listing.actor):
        yield from made.csv(made.rows())


def _workbook(made: Export) -> FileResponse:
    """A workbook can only be sent once it is whole; on the disk, not in memory."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "export.xlsx"
        made.xlsx(made.rows(), out)
        opened = out.open("rb")  # stays readable after the folder is gone
    name = made.file_name(Format.XLSX)
    return FileResponse(opened, as_attachment=True, filename=name, content_type=Format.XLSX.content_type)


def _label(made: Export) -> str:
    return _("导出“%(ledger)s”") % {"ledger": made.title}


def _arguments(listing: Listing, form: Format) -> dict[str, str]:
    return {"ledger": listing.ledger.key, "query": listing.query(), "format": form}


def _work(job: Job, actor: Actor, progress: Progress) -> dict[str, Any]:
    ledger = registry.get(job.arguments["ledger"])
    if not actor.allows(Verb.EXPORT, ledger.key):
        raise NotAllowed
    made = Export.of(Listing(ledger, QueryDict(job.arguments["query"]), actor))
    form = Format(job.arguments["format"])
    out = files.path_of(files.RESULTS, job.pk, f".{form}")
    expected, counted = made.count(), _write(made, form, out, progress)
    if counted != expected:
        said = {"expected": expected, "counted": counted}
        raise RuleViolated(_("应导出 %(expected)s 行，写出 %(counted)s 行，文件已作废。请重新导出。") % said)
    job.done = job.total = counted
    text = _("下载（%(rows)s 行）") % {"rows": f"{counted:,}"}
    return {"text": text, "path": out.suffix, "name": made.file_name(form)}


def _write(made: Export, form: Format, out: Path, progress: Progress) -> int:
    counted = 0

    def counting() -> Iterator[ValueRow]:
        nonlocal counted
        for counted, row in enumerate(made.rows(), 1):
            progress(counted)
            yield row

    if form is Format.XLSX:
        return made.xlsx(counting(), out)
    with out.open("wb") as file:
        file.writelines(made.csv(counting()))
    return counted


def _forget(job: Job) -> None:
    files.remove(files.RESULTS, job.pk)


EXPORTING = runner.register_kind(runner.JobKind("export", gettext_lazy("导出台账"), _work, _forget))
