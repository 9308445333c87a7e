"""One upload from its arrival to its rows: kept, planned, confirmed, applied; in the request or as a job."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
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
from shanhai.kernel.sheets.marking import Marked, mark_all
from shanhai.kernel.surfaces.links import link

from . import undo as undoing
from .amending import propose_lines
from .apply import FileApplied, PlanChanged, apply_file
from .batch import Batch
from .columns import read_file
from .drawing import draw_plan
from .mapping import (
    Mappings,
    Questions,
    Reading,
    answered,
    read_or_ask,
    read_questions,
    remember,
    unit_of,
    write_questions,
)
from .models import Import, ImportPart
from .parts import Tables, linked, permitted
from .plan import FilePlan, plan_file
from .values import wrong_cells

#: Up to here the answer waits for the work; beyond, a job does it. Unit: rows.
INLINE_ROWS = 2_000
#: The same of amendments, each of which is judged for itself. Unit: rows.
INLINE_AMENDMENTS = 50
#: The same before the rows are known. Unit: bytes.
INLINE_BYTES = 300_000
_MARKED, _QUESTIONS = ".marked.xlsx", ".questions.json"
#: Numbers of a result that are kept for each part, and their sums for the whole.
_SUMS = ("created", "updated", "unchanged", "wrong", "expected", "counted")

#: Told in words what is being done; may raise to stop.
type Tell = Callable[[str], None]


def _silent(_what: str) -> None:
    """For work that nobody watches."""


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
    _set_parts(found, actor, [_Part(key, mapping) for key, mapping in (mappings or {}).items()])
    _write(upload, found)
    if found.size > INLINE_BYTES:
        _plan_later(found, actor)
    else:
        _plan_or_forget(found, actor)
    return found


def _write(upload: "UploadedFile[bytes]", found: Import) -> None:
    """The whole file, or none."""
    try:
        with _upload(found).open("wb") as out:
            for chunk in upload.chunks():
                out.write(chunk)
    except BaseException:
        files.remove(files.UPLOADS, found.pk)
        raise


@dataclass
class _Part:
    """A part as it is kept."""

    ledger: str
    mapping: Mapping[str, str] = field(default_factory=dict)
    is_mapping_remembered: bool = False
    plan: dict[str, Any] = field(default_factory=dict)


def _set_parts(found: Import, actor: Actor, parts: Iterable[_Part]) -> None:
    found.parts.all().delete()
    getattr(found, "_prefetched_objects_cache", {}).pop("parts", None)
    ImportPart.objects.bulk_create(
        ImportPart(
            upload=found,
            position=position,
            ledger=part.ledger,
            unit_id=unit_of(registry.get(part.ledger), actor),
            mapping=part.mapping,
            is_mapping_remembered=part.is_mapping_remembered,
            plan=part.plan,
        )
        for position, part in enumerate(parts)
    )


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
    """Uploads of one's own, and what others have written for one's units, with every ledger of the file."""
    key: Any = actor.user_id
    parts = ImportPart.objects.filter(upload=OuterRef("pk"))
    within = Q(pk__in=[])
    for one in linked(ledger):
        units = {grant.unit_id for grant in actor.grants_for(Verb.IMPORT, one.key)}
        within |= Q(ledger=one.key, unit_id__in=units)
    is_written = Q(state__in=(Import.State.APPLIED, Import.State.UNDONE))
    readable = [one.key for one in registry if actor.allows(Verb.IMPORT, one.key)]
    is_own = Q(requester_id=key) & ~Exists(parts.exclude(ledger__in=readable))
    return _imports(ledger).filter(is_own | (is_written & ~Exists(parts.exclude(within))))


def _imports(ledger: Ledger[Any]) -> QuerySet[Import]:
    """Of files sent for the ledger, or that hold rows of it."""
    parts = ImportPart.objects.filter(upload=OuterRef("pk"), ledger=ledger.key)
    imports = Import.objects.select_related("requester", "job__requester").prefetch_related("parts")
    return imports.filter(Q(ledger=ledger.key) | Exists(parts))


def get_import(
    ledger: Ledger[Any], pk: UUID, actor: Actor, *, among: QuerySet[Import] | None = None
) -> Import:
    """An upload of one's own, or one of `among`. Errors: NotVisible."""
    key: Any = actor.user_id
    own = _imports(ledger).filter(requester_id=key)
    found: Import | None = (own if among is None else among).filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def plan(found: Import, actor: Actor, tell: Tell = _silent) -> None:
    """Look what the file would do; keep that for the page, and the workbook of the wrong rows beside it."""
    path = _kept(found)
    tell(_("正在读取文件"))
    reading = _read(found, path, actor)
    if not reading.tables:
        found.state = Import.State.MAPPING
        _set_parts(found, actor, [_part(key, reading) for key in reading.questions])
        found.save(update_fields=["state"])
        return
    tell(_("正在核对 %(rows)s 行") % {"rows": f"{_rows_of(reading.tables):,}"})
    planned = plan_file(reading.tables, actor, hears=lambda batch: _tell_cells(batch, tell))
    parts = [_part(part.ledger.key, reading, draw_plan(part)) for part in planned.parts]
    _set_parts(found, actor, parts)
    found.plan_digest, found.state = planned.digest, Import.State.PLANNED
    found.save(update_fields=["plan_digest", "state"])
    _mark(found, path, planned, tell)


def _tell_cells(batch: Batch, tell: Tell) -> None:
    """How many lines have cells that are wrong whatever is stored, and the first of them."""
    wrong = wrong_cells(batch)
    if wrong:
        told = {"rows": f"{len(batch):,}", "wrong": f"{len(wrong):,}", "first": wrong[min(wrong)].place}
        tell(_("正在核对 %(rows)s 行；已发现 %(wrong)s 行有错，如%(first)s") % told)


def _rows_of(tables: Tables) -> int:
    return sum(map(len, tables.values()))


def _part(key: str, reading: Reading, plan: dict[str, Any] | None = None) -> _Part:
    return _Part(key, reading.mappings.get(key, {}), key in reading.remembered, plan or {})


def _mark(found: Import, path: Path, planned: FilePlan, tell: Tell) -> None:
    marked = files.path_of(files.UPLOADS, found.pk, _MARKED)
    marked.unlink(missing_ok=True)
    wrong = [part for part in planned.parts if part.wrong]
    if wrong:
        tell(_("正在标出有错的单元格"))
        is_one = len(planned.parts) == 1
        marked.write_bytes(
            mark_all(
                path,
                [Marked(one.columns, one.problems, "" if is_one else one.ledger.label) for one in wrong],
            )
        )


def mappings_of(found: Import) -> Mappings:
    """By which headings were read so far, beside those that are the ledgers' own."""
    return {part.ledger: part.mapping for part in found.parts.all() if part.mapping}


def _read(found: Import, path: Path, actor: Actor) -> Reading:
    """The tables of an upload; none when its headings must be asked about."""
    ledgers = linked(ledger_of(found))
    if any(part.mapping and not part.is_mapping_remembered for part in found.parts.all()):
        mappings = mappings_of(found)
        return Reading(permitted(read_file(ledgers, path, mappings), actor), mappings)
    reading = read_or_ask(ledgers, path, actor)
    if reading.questions:
        write_questions(_question_path(found), reading.questions)
    return reading


def _question_path(found: Import) -> Path:
    return files.path_of(files.UPLOADS, found.pk, _QUESTIONS)


def questions_of(found: Import) -> Questions:
    """Which headings of the upload can be matched, by ledger; none when all are the ledgers' own."""
    return read_questions(_question_path(found))


def map_columns(found: Import, actor: Actor, given: Mapping[str, Mapping[str, str]]) -> None:
    """Take what somebody said about the headings, remember it for the unit, and plan by it.

    Errors: RuleViolated for an answer that cannot be; SheetRefused.
    """
    questions = questions_of(found)
    is_open = found.state in {Import.State.MAPPING, Import.State.PLANNED}
    if not questions or not is_open or (found.job and found.job.is_running):
        raise RuleViolated(_("这个文件现在不能再改列的对应，请重新上传。"), code="upload_gone")
    answers = answered(questions, given)
    _set_parts(found, actor, [_Part(key, mapping) for key, mapping in answers.items()])
    if found.size > INLINE_BYTES:
        _plan_later(found, actor)
    else:
        plan(found, actor)
    remember(actor, questions, answers)


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
    if found.counts["total"] > INLINE_ROWS:
        label = _("导入“%(file)s”") % {"file": found.name}
        _as_job(found, APPLYING, label, {"digest": digest}, actor)
    else:
        apply(found, actor, digest)


def apply(found: Import, actor: Actor, digest: str, tell: Tell = _silent) -> None:
    """Write the rows, once: a second call finds them written. When rows moved on, plan anew and say so."""
    locked = Import.objects.select_for_update().get(pk=found.pk)
    if locked.state != Import.State.PLANNED:
        return
    tell(_("正在读取文件"))
    tables = permitted(read_file(linked(ledger_of(found)), _kept(found), mappings_of(found)), actor)
    tell(_("正在核对并写入 %(rows)s 行") % {"rows": f"{_rows_of(tables):,}"})
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


def _amend(found: Import, actor: Actor, reason: str, tell: Tell = _silent) -> None:
    Import.objects.select_for_update().get(pk=found.pk)
    tell(_("正在读取文件"))
    tables = permitted(read_file(linked(ledger_of(found)), _kept(found), mappings_of(found)), actor)
    tell(_("正在提出更正"))
    shown = _amendable_of(found)
    kept = {part.ledger: part for part in found.parts.all()}
    for plan in plan_file(tables, actor).parts:
        if rows := shown.get(plan.ledger.key):
            amended = propose_lines(plan, rows, reason)
            part = kept[plan.ledger.key]
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
