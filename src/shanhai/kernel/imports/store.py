"""One upload from its arrival to its rows: kept, planned, confirmed, applied; in the request or as a job."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet
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
from shanhai.kernel.sheets.reading import SheetTable
from shanhai.kernel.surfaces.links import link
from shanhai.kernel.surfaces.waiting import forget_waiting

from . import undo as undoing
from .apply import PlanChanged, apply_import
from .columns import read_upload
from .drawing import draw_plan
from .mapping import Question, answered, read_or_ask, remember, unit_of
from .models import Import
from .plan import plan_import

#: Up to here the answer waits for the work; beyond, a job does it. Unit: rows.
INLINE_ROWS = 2_000
#: The same before the rows are known. Unit: bytes.
INLINE_BYTES = 300_000
_MARKED, _QUESTION = ".marked.xlsx", ".headings.json"

#: Told in words what is being done; may raise to stop.
type Tell = Callable[[str], None]


def _silent(_what: str) -> None:
    """For work that nobody watches."""


def receive(
    ledger: Ledger[Any],
    upload: "UploadedFile[bytes]",
    actor: Actor,
    mapping: Mapping[str, str] | None = None,
) -> Import:
    """Keep the file and plan it, by `mapping` of its headings where one is given.

    Errors: NotAllowed; SheetRefused when the file cannot be taken at all.
    """
    if not actor.allows(Verb.IMPORT, ledger.key):
        raise NotAllowed
    _refuse_size(upload)
    found = Import.objects.create(
        ledger=ledger.key,
        requester=runner.account_of(actor),
        unit_id=unit_of(ledger, actor),
        name=Path(upload.name or "").name[:200],
        size=upload.size or 0,
        mapping=dict(mapping or {}),
        created_at=clock.now(),
    )
    with _upload(found).open("wb") as out:
        for chunk in upload.chunks():
            out.write(chunk)
    if found.size > INLINE_BYTES:
        _plan_later(found, actor)
    else:
        _plan_or_forget(found, actor)
    return found


def _plan_later(found: Import, actor: Actor) -> None:
    label = _("核对“%(file)s”") % {"file": found.name}
    _as_job(found, PLANNING, label, {}, actor)


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


def _kept(found: Import) -> Path:
    """The uploaded file. Errors: RuleViolated when it was removed meanwhile."""
    path = _upload(found)
    if not path.exists():
        raise RuleViolated(_("上传的文件已过期删除，请重新上传。"), code="upload_gone")
    return path


def ledger_of(found: Import) -> Ledger[Any]:
    return registry.get(found.ledger)


def visible_imports(ledger: Ledger[Any], actor: Actor) -> QuerySet[Import]:
    """Uploads of one's own, and what others have written for one's units."""
    key: Any = actor.user_id
    units = {grant.unit_id for grant in actor.grants_for(Verb.IMPORT, ledger.key)}
    written = Q(unit_id__in=units, state__in=(Import.State.APPLIED, Import.State.UNDONE))
    imports = Import.objects.select_related("requester", "job__requester").filter(ledger=ledger.key)
    return imports.filter(Q(requester_id=key) | written)


def get_import(
    ledger: Ledger[Any], pk: UUID, actor: Actor, *, among: QuerySet[Import] | None = None
) -> Import:
    """An upload of one's own, or one of `among`. Errors: NotVisible."""
    key: Any = actor.user_id
    own = Import.objects.select_related("job__requester").filter(ledger=ledger.key, requester_id=key)
    found: Import | None = (own if among is None else among).filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def plan(found: Import, actor: Actor, tell: Tell = _silent) -> None:
    """Look what the file would do; keep that for the page, and the workbook of the wrong rows beside it."""
    ledger, path = ledger_of(found), _kept(found)
    tell(_("正在读取文件"))
    table = _read(found, ledger, path, actor)
    if table is None:
        return
    tell(_("正在核对 %(rows)s 行") % {"rows": f"{len(table):,}"})
    planned = plan_import(ledger, table, actor)
    found.plan, found.plan_digest = draw_plan(planned), planned.digest
    found.state = Import.State.PLANNED
    found.save(update_fields=["plan", "plan_digest", "state", "mapping", "is_mapping_remembered"])
    marked = files.path_of(files.UPLOADS, found.pk, _MARKED)
    marked.unlink(missing_ok=True)
    if problems := planned.problems:
        tell(_("正在标出有错的单元格"))
        marked.write_bytes(mark_problems(path, table.columns, problems))


def _read(found: Import, ledger: Ledger[Any], path: Path, actor: Actor) -> SheetTable | None:
    """The table of an upload; None when its headings must be asked about, which is then its state."""
    if found.mapping and not found.is_mapping_remembered:
        return read_upload(ledger, path, found.mapping)
    reading = read_or_ask(ledger, path, actor)
    if reading.question is not None:
        reading.question.write(_question_path(found))
    found.mapping, found.is_mapping_remembered = reading.mapping, reading.is_remembered
    if reading.table is None:
        found.state = Import.State.MAPPING
        found.save(update_fields=["state", "mapping", "is_mapping_remembered"])
    return reading.table


def _question_path(found: Import) -> Path:
    return files.path_of(files.UPLOADS, found.pk, _QUESTION)


def question_of(found: Import) -> Question | None:
    """Which headings of the upload can be matched; None when all are the ledger's own."""
    return Question.read(_question_path(found))


def map_columns(found: Import, actor: Actor, given: Mapping[str, str]) -> None:
    """Take what somebody said about the headings, remember it for the unit, and plan by it.

    Errors: RuleViolated for an answer that cannot be; SheetRefused.
    """
    question = question_of(found)
    is_open = found.state in {Import.State.MAPPING, Import.State.PLANNED}
    if question is None or not is_open or (found.job and found.job.is_running):
        raise RuleViolated(_("这个文件现在不能再改列的对应，请重新上传。"), code="upload_gone")
    ledger = ledger_of(found)
    found.mapping, found.is_mapping_remembered = answered(ledger, question, given), False
    found.save(update_fields=["mapping", "is_mapping_remembered"])
    if found.size > INLINE_BYTES:
        _plan_later(found, actor)
    else:
        plan(found, actor)
    remember(ledger, actor, question, found.mapping)


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
    if locked.state != Import.State.PLANNED:
        return
    ledger = ledger_of(found)
    tell(_("正在读取文件"))
    table = read_upload(ledger, _kept(found), found.mapping)
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


def take_back(found: Import, actor: Actor) -> None:
    """Undo the import, now or as a job. Errors: as `undo.undo`; a job is queued only if it may succeed."""
    if found.job and found.job.is_running:
        return
    ledger = ledger_of(found)
    if found.result.get("expected", 0) > INLINE_ROWS:
        undoing.examine(ledger, found, actor)
        _as_job(found, UNDOING, _("撤销导入“%(file)s”") % {"file": found.name}, {}, actor)
    else:
        undoing.undo(ledger, found, actor)
        _clear_up(found, actor)


def _clear_up(found: Import, actor: Actor) -> None:
    files.remove(files.UPLOADS, found.pk)
    forget_waiting(actor)


def _as_job(found: Import, kind: runner.JobKind, label: str, arguments: dict[str, Any], actor: Actor) -> None:
    given = {"import": str(found.pk), **arguments}
    total = found.plan.get("counts", {}).get("total", 0)
    found.job = runner.start(kind, label, given, actor=actor, total=total)
    found.save(update_fields=["job"])


def _work_plan(job: Job, actor: Actor, progress: Progress) -> dict[str, Any]:
    found = Import.objects.get(pk=job.arguments["import"])
    plan(found, actor, progress.say)
    is_planned = found.state == Import.State.PLANNED
    text = _("看核对结果") if is_planned else _("请对应文件里的列")
    return {"text": text, "url": link(ledger_of(found), "import_one", pk=found.pk)}


def _work_apply(job: Job, actor: Actor, progress: Progress) -> dict[str, Any]:
    found = Import.objects.get(pk=job.arguments["import"])
    with context.because(job.label):
        apply(found, actor, job.arguments["digest"], progress.say)
    is_applied = found.state == Import.State.APPLIED
    job.done = job.total if is_applied else 0
    text = _("看结果") if is_applied else _("有记录被他人改动，请重新核对")
    return {"text": text, "url": link(ledger_of(found), "import_one", pk=found.pk)}


def _work_undo(job: Job, actor: Actor, progress: Progress) -> dict[str, Any]:
    found = Import.objects.get(pk=job.arguments["import"])
    progress.say(_("正在撤销"))
    undone = undoing.undo(ledger_of(found), found, actor)
    _clear_up(found, actor)
    job.done = job.total
    told = {"removed": f"{undone.removed:,}", "restored": f"{undone.restored:,}"}
    text = _("已删去新增的 %(removed)s 行，还原 %(restored)s 行") % told
    return {"text": text, "url": link(ledger_of(found), "import_one", pk=found.pk)}


PLANNING = runner.register_kind(runner.JobKind("import_plan", gettext_lazy("核对导入文件"), _work_plan))
APPLYING = runner.register_kind(runner.JobKind("import_apply", gettext_lazy("导入文件"), _work_apply))
UNDOING = runner.register_kind(runner.JobKind("import_undo", gettext_lazy("撤销导入"), _work_undo))
