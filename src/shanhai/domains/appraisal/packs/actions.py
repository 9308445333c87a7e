"""Asking for a pack, and the job that makes it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.engines.packs import safe_name
from shanhai.kernel.history import known
from shanhai.kernel.jobs import files, runner
from shanhai.kernel.jobs.models import Job
from shanhai.kernel.jobs.progress import Progress
from shanhai.kernel.scope import Actor

from ..models import EvidencePack
from ..targets import reading_side
from .subjects import Subject, subject_of
from .writing import Made, Packing

#: Parameters of an address that say what a pack is about; `by.` and a split are further ones.
_KNOWN = ("about", "code", "period", "side", "unit", "place", "pk", "year", known.PARAMETER)


def asked_of(given: Mapping[str, str]) -> dict[str, str]:
    """What an address says of the pack."""
    return {name: str(given[name]) for name in given if name in _KNOWN or name.startswith("by.")}


def subject(asked: Mapping[str, str], actor: Actor) -> Subject:
    """What is asked for. Errors: NotVisible, NotAllowed."""
    reading_side(actor)
    with known.as_known_on(known.asked(asked)):
        return subject_of(asked, actor)


def start_pack(given: Mapping[str, str], actor: Actor) -> Job:
    """Have a pack made. Errors: NotVisible, NotAllowed."""
    asked = asked_of(given)
    label = _("佐证包：%(what)s") % {"what": subject(asked, actor).label}
    return runner.start(PACKING, label, {"about": asked["about"]}, actor=actor, asked=asked)


def packs_of(actor: Actor) -> Any:
    """Those of the reader's side, newest first. Errors: NotAllowed for who reads no figures of it."""
    return EvidencePack.objects.filter(side=reading_side(actor))


def _work(job: Job, actor: Actor, progress: Progress) -> dict[str, Any]:
    asked = job.opened
    with known.as_known_on(known.asked(asked)):
        found = subject(asked, actor)

        def tell(rows: int, about: str) -> None:
            progress.say(about)
            progress(rows)

        with files.making(job.pk, ".zip") as out:
            made = Packing(found, actor, out, job.created_at, tell).write()
    record_pack(asked["about"], found, made, job.created_at, actor)
    job.done = job.total = made.rows
    told = {"files": f"{made.files:,}", "missing": f"{made.missing:,}"}
    name = safe_name(_("佐证包-%(what)s") % {"what": found.label}) + ".zip"
    return {"text": _("下载佐证包（%(files)s 份，缺 %(missing)s 份）") % told, "path": ".zip", "name": name}


def record_pack(about: str, found: Subject, made: Made, at: datetime, actor: Actor) -> None:
    """Who had which papers: it stays when the file is gone."""
    EvidencePack.objects.create(
        side=reading_side(actor),
        about=about,
        label=found.label[:200],
        period=found.period.code,
        packed_rows=made.rows,
        papers=made.files,
        missing=made.missing,
        digest=made.digest,
        packed_by=actor.key,
        packed_at=at,
    )


def _forget(job: Job) -> None:
    files.remove(files.RESULTS, job.pk)


PACKING = runner.register_kind(runner.JobKind("evidence_pack", gettext_lazy("生成佐证包"), _work, _forget))
