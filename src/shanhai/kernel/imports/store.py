"""One upload from arrival to its rows: received, confirmed, applied, undone; in the request or as a job."""

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import clock, context
from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.jobs import files, runner
from shanhai.kernel.jobs.models import Job
from shanhai.kernel.jobs.progress import Progress
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.archives import Limits
from shanhai.kernel.surfaces.links import link

from . import undo as undoing
from .amending import propose_lines
from .apply import FileApplied, PlanChanged, apply_file
from .columns import read_file
from .mapping import Mappings, answered, remember
from .models import Import
from .parts import Tables, linked, permitted
from .plan import plan_file
from .planning import Tell, plan, rows_of, silent
from .uploads import Part, kept_file, ledger_of, mappings_of, questions_of, set_parts

#: Up to here the answer waits for the work; beyond, a job does it. Unit: rows.
INLINE_ROWS = 2_000
#: The same of amendments, each of which is judged for itself. Unit: rows.
INLINE_AMENDMENTS = 50
#: The same before the rows are known. Unit: bytes.
INLINE_BYTES = 300_000
#: Numbers of a result that are kept for each part, and their sums for the whole.
_SUMS = ("created", "updated", "unchanged", "wrong", "expected", "counted")


def receive(
    ledger: Ledger[Any], upload: "UploadedFile[bytes]", actor: Actor, mappings: Mappings | None = None
) -> Import:
    """Keep the file and plan it, by `mappings` of its headings where some are given.

    Errors: NotAllowed; SheetRefused when the file cannot be taken at all.
    """
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
    set_parts(found, actor, [Part(key, mapping) for key, mapping in (mappings or {}).items()])
    files.keep(files.UPLOADS, found.pk, upload)  # type: ignore[arg-type]  # reads like a file
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


def map_columns(found: Import, actor: Actor, given: Mapping[str, Mapping[str, str]]) -> None:
    """Take what somebody said about the headings, remember it for the unit, and plan by it.

    Errors: RuleViolated for an answer that cannot be; SheetRefused.
    """
    questions = questions_of(found)
    is_open = found.state in {Import.State.MAPPING, Import.State.PLANNED}
    if not questions or not is_open or (found.job and found.job.is_running):
        raise RuleViolated(_("这个文件现在不能再改列的对应，请重新上传。"), code="upload_gone")
    answers = answered(questions, given)
    set_parts(found, actor, [Part(key, mapping) for key, mapping in answers.items()])
    if found.size > INLINE_BYTES:
        _plan_later(found, actor)
    else:
        plan(found, actor)
    remember(actor, questions, answers)


def confirm(found: Import, actor: Actor, digest: str) -> None:
    """Apply what was shown under `digest`, now or as a job."""
    if found.state != Import.State.PLANNED or (found.job and found.job.is_running):
        return
    if found.counts["total"] > INLINE_ROWS:
        label = _("导入“%(file)s”") % {"file": found.name}
        _as_job(found, APPLYING, label, {"digest": digest}, actor)
    else:
        apply(found, actor, digest)


def apply(found: Import, actor: Actor, digest: str, tell: Tell = silent) -> None:
    """Write the rows, once: a second call finds them written. When rows moved on, plan anew and say so."""
    locked = Import.objects.select_for_update().get(pk=found.pk)
    if locked.state != Import.State.PLANNED:
        return
    tell(_("正在读取文件"))
    tables = _tables(found, actor)
    tell(_("正在核对并写入 %(rows)s 行") % {"rows": f"{rows_of(tables):,}"})
    reason = _("导入“%(file)s”") % {"file": found.name}
    try:
        applied = apply_file(tables, actor, confirmed=digest, import_id=found.pk, reason=reason)
    except PlanChanged as changed:
        plan(found, actor, tell)
        _say_first(found, str(changed))
        return
    _keep_result(found, applied)
    if not found.result["wrong"]:
        _clear_up(found)


def _tables(found: Import, actor: Actor) -> Tables:
    """What the file says, by the headings that were agreed, of the ledgers the actor may import."""
    tables = read_file(linked(ledger_of(found)), kept_file(found), mappings_of(found))
    return permitted(tables, actor)


def _say_first(found: Import, sentence: str) -> None:
    part = found.parts.first()
    if part is not None and part.plan:
        part.plan["aside"].insert(0, sentence)
        part.save(update_fields=["plan"])


def _keep_result(found: Import, applied: FileApplied) -> None:
    by_ledger = {part.ledger: part for part in found.parts.all()}
    for one in applied.parts:
        part = by_ledger[one.ledger]
        part.result = {name: getattr(one, name) for name in _SUMS}
        part.save(update_fields=["result"])
    found.result = {name: applied.total(name) for name in _SUMS}
    found.result |= {"import_id": str(found.pk), "seconds": applied.seconds}
    found.state = Import.State.APPLIED
    found.save(update_fields=["result", "state"])


def amend(found: Import, actor: Actor, reason: str) -> None:
    """Propose what the file says of locked rows as amendments, now or as a job.

    Errors: RuleViolated without a reason, or when no such rows were shown.
    """
    number = sum(len(shown) for shown in _amendable_of(found).values())
    if found.job and found.job.is_running:
        return
    if not number:
        raise RuleViolated(_("没有可以作为更正提交的行，或已经提交。"), code="nothing_amended")
    if number > INLINE_AMENDMENTS and reason.strip():
        label = _("把“%(file)s”里的行作为更正提交") % {"file": found.name}
        _as_job(found, AMENDING, label, {"reason": reason}, actor)
    else:
        _amend(found, actor, reason)


def _amendable_of(found: Import) -> dict[str, dict[UUID, int]]:
    """Locked rows the plan showed, with their versions, by ledger."""
    shown = {part.ledger: part.plan.get("amendable", {}).get("rows", {}) for part in found.parts.all()}
    return {key: {UUID(pk): version for pk, version in rows.items()} for key, rows in shown.items()}


def _amend(found: Import, actor: Actor, reason: str, tell: Tell = silent) -> None:
    Import.objects.select_for_update().get(pk=found.pk)
    tell(_("正在读取文件"))
    tables = _tables(found, actor)
    tell(_("正在提出更正"))
    shown = _amendable_of(found)
    kept = {part.ledger: part for part in found.parts.all()}
    for planned in plan_file(tables, actor).parts:
        if rows := shown.get(planned.ledger.key):
            amended = propose_lines(planned, rows, reason)
            part = kept[planned.ledger.key]
            part.plan |= {"amended": asdict(amended), "amendable": {}}
            part.save(update_fields=["plan"])


def take_back(found: Import, actor: Actor) -> None:
    """Undo the import, now or as a job. Errors: as `undo.undo`; a job is queued only if it may succeed."""
    if found.job and found.job.is_running:
        return
    if found.result.get("expected", 0) > INLINE_ROWS:
        undoing.examine(found, actor)
        _as_job(found, UNDOING, _("撤销导入“%(file)s”") % {"file": found.name}, {}, actor)
    else:
        undoing.undo(found, actor)
        _clear_up(found)


def _clear_up(found: Import) -> None:
    """The file goes once the rows are there for good: a job that dies before that needs it again."""
    transaction.on_commit(partial(files.remove, files.UPLOADS, found.pk))


def _as_job(found: Import, kind: runner.JobKind, label: str, arguments: dict[str, Any], actor: Actor) -> None:
    given = {"import": str(found.pk), **arguments}
    total = found.counts.get("total", 0)
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


def _work_amend(job: Job, actor: Actor, progress: Progress) -> dict[str, Any]:
    found = Import.objects.get(pk=job.arguments["import"])
    _amend(found, actor, job.arguments["reason"], progress.say)
    job.done = job.total
    return {"text": _("看结果"), "url": link(ledger_of(found), "import_one", pk=found.pk)}


def _work_undo(job: Job, actor: Actor, progress: Progress) -> dict[str, Any]:
    found = Import.objects.get(pk=job.arguments["import"])
    progress.say(_("正在撤销"))
    undone = undoing.undo(found, actor)
    _clear_up(found)
    job.done = job.total
    told = {"removed": f"{undone.removed:,}", "restored": f"{undone.restored:,}"}
    text = _("已删去新增的 %(removed)s 行，还原 %(restored)s 行") % told
    return {"text": text, "url": link(ledger_of(found), "import_one", pk=found.pk)}


PLANNING = runner.register_kind(runner.JobKind("import_plan", gettext_lazy("核对导入文件"), _work_plan))
APPLYING = runner.register_kind(runner.JobKind("import_apply", gettext_lazy("导入文件"), _work_apply))
AMENDING = runner.register_kind(runner.JobKind("import_amend", gettext_lazy("提出更正"), _work_amend))
UNDOING = runner.register_kind(runner.JobKind("import_undo", gettext_lazy("撤销导入"), _work_undo))
