"""One upload from its arrival to its rows: kept, planned, confirmed, applied; in the request or as a job."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import clock, context
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.jobs import files, runner
from shanhai.kernel.jobs.models import Job
from shanhai.kernel.jobs.progress import Progress
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.archives import Limits
from shanhai.kernel.sheets.marking import mark_problems
from shanhai.kernel.surfaces.links import link
from shanhai.kernel.surfaces.waiting import forget_waiting

from .apply import PlanChanged, apply_import
from .columns import read_upload
from .drawing import draw_plan
from .models import Import
from .plan import plan_import

#: Up to here the answer waits for the work; beyond, a job does it. Unit: rows.
INLINE_ROWS = 2_000
#: The same before the rows are known. Unit: bytes.
INLINE_BYTES = 300_000
_MARKED = ".marked.xlsx"

#: Told in words what is being done; may raise to stop.
type Tell = Callable[[str], None]


def _silent(_what: str) -> None:
    """For work that nobody watches."""


def receive(ledger: Ledger[Any], upload: "UploadedFile[bytes]", actor: Actor) -> Import:
    """Keep the file and plan it. Errors: NotAllowed; SheetRefused when the file cannot be taken at all."""
    if not actor.allows(Verb.IMPORT, ledger.key):
        raise NotAllowed
    _refuse_size(upload)
    found = Import.objects.create(
        ledger=ledger.key,
        requester=runner.account_of(actor),
        name=Path(upload.name or "").name[:200],
        size=upload.size or 0,
        created_at=clock.now(),
    )
    with _upload(found).open("wb") as out:
        for chunk in upload.chunks():
            out.write(chunk)
    if found.size > INLINE_BYTES:
        label = _("核对“%(file)s”") % {"file": found.name}
        _as_job(found, PLANNING, label, {}, actor)
    else:
        _plan_or_forget(found, actor)
    return found


def _refuse_size(upload: "UploadedFile[bytes]") -> None:
    most = Limits().file
    if (upload.size or 0) > most:
        sentence = _("文件超过 %(most)s MB。请拆成几个文件分别上传。") % {"most": most >> 20}
        raise RuleViolated(sentence, code="file_too_large", problems={"file": [sentence]})


def _plan_or_forget(found: Import, actor: Actor) -> None:
    try:
        plan(found, actor)
    except Exception:
        files.remove(files.UPLOADS, found.pk)
        found.delete()
        raise


def _upload(found: Import) -> Path:
    return files.path_of(files.UPLOADS, found.pk)


def ledger_of(found: Import) -> Ledger[Any]:
    return registry.get(found.ledger)


def get_import(ledger: Ledger[Any], pk: UUID, actor: Actor) -> Import:
    """An upload of one's own. Errors: NotVisible."""
    key: Any = actor.user_id
    imports = Import.objects.select_related("job__requester").filter(ledger=ledger.key)
    found: Import | None = imports.filter(pk=pk, requester_id=key).first()
    if found is None:
        raise NotVisible
    return found


def plan(found: Import, actor: Actor, tell: Tell = _silent) -> None:
    """Look what the file would do; keep that for the page, and the workbook of the wrong rows beside it."""
    ledger, path = ledger_of(found), _upload(found)
    if not path.exists():
        raise RuleViolated(_("上传的文件已过期删除，请重新上传。"), code="upload_gone")
    tell(_("正在读取文件"))
    table = read_upload(ledger, path)
    tell(_("正在核对 %(rows)s 行") % {"rows": f"{len(table):,}"})
    planned = plan_import(ledger, table, actor)
    found.plan, found.plan_digest = draw_plan(planned), planned.digest
    found.state = Import.State.PLANNED
    found.save(update_fields=["plan", "plan_digest", "state"])
    marked = files.path_of(files.UPLOADS, found.pk, _MARKED)
    marked.unlink(missing_ok=True)
    if problems := planned.problems:
        tell(_("正在标出有错的单元格"))
        marked.write_bytes(mark_problems(path, table.columns, problems))


def marked_workbook(found: Import) -> Path:
    """The wrong rows, marked. Errors: NotVisible when there are none, or no longer."""
    path = files.path_of(files.UPLOADS, found.pk, _MARKED)
    if not path.exists():
        raise NotVisible(_("没有标红的工作簿：文件没有错误，或已过期删除。"))
    return path


def confirm(found: Import, actor: Actor, digest: str) -> None:
    """Apply what was shown under `digest`, now or as a job."""
    if found.state != Import.State.PLANNED or (found.job and found.job.is_running):
        return
    if found.plan["counts"]["total"] > INLINE_ROWS:
        label = _("导入“%(file)s”") % {"file": found.name}
        _as_job(found, APPLYING, label, {"digest": digest}, actor)
    else:
        apply(found, actor, digest)


def apply(found: Import, actor: Actor, digest: str, tell: Tell = _silent) -> None:
    """Write the rows, once: a second call finds them written. When rows moved on, plan anew and say so."""
    locked = Import.objects.select_for_update().get(pk=found.pk)
    if locked.state == Import.State.APPLIED:
        return
    ledger = ledger_of(found)
    tell(_("正在读取文件"))
    table = read_upload(ledger, _upload(found))
    tell(_("正在核对并写入 %(rows)s 行") % {"rows": f"{len(table):,}"})
    reason = _("导入“%(file)s”") % {"file": found.name}
    try:
        applied = apply_import(ledger, table, actor, confirmed=digest, import_id=found.pk, reason=reason)
    except PlanChanged as changed:
        plan(found, actor, tell)
        found.plan["aside"].insert(0, str(changed))
        found.save(update_fields=["plan"])
        return
    found.result = {**asdict(applied), "import_id": str(applied.import_id), "expected": applied.expected}
    found.state = Import.State.APPLIED
    found.save(update_fields=["result", "state"])
    forget_waiting(actor)
    if not applied.wrong:
        files.remove(files.UPLOADS, found.pk)


def _as_job(found: Import, kind: runner.JobKind, label: str, arguments: dict[str, Any], actor: Actor) -> None:
    given = {"import": str(found.pk), **arguments}
    total = found.plan.get("counts", {}).get("total", 0)
    found.job = runner.start(kind, label, given, actor=actor, total=total)
    found.save(update_fields=["job"])


def _work_plan(job: Job, actor: Actor, progress: Progress) -> dict[str, Any]:
    found = Import.objects.get(pk=job.arguments["import"])
    plan(found, actor, progress.say)
    return {"text": _("看核对结果"), "url": link(ledger_of(found), "import_one", pk=found.pk)}


def _work_apply(job: Job, actor: Actor, progress: Progress) -> dict[str, Any]:
    found = Import.objects.get(pk=job.arguments["import"])
    with context.because(job.label):
        apply(found, actor, job.arguments["digest"], progress.say)
    is_applied = found.state == Import.State.APPLIED
    job.done = job.total if is_applied else 0
    text = _("看结果") if is_applied else _("有记录被他人改动，请重新核对")
    return {"text": text, "url": link(ledger_of(found), "import_one", pk=found.pk)}


PLANNING = runner.register_kind(runner.JobKind("import_plan", gettext_lazy("核对导入文件"), _work_plan))
APPLYING = runner.register_kind(runner.JobKind("import_apply", gettext_lazy("导入文件"), _work_apply))
