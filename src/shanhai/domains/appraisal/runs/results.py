"""The register of final results: read by few, and every look written down where sensitive reads are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.permissions import Reach, Verb
from shanhai.kernel.readings.models import FieldReading
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.registers.papers import Paper, PaperRow, PaperTable

from ..models import AppraisalRun, AppraisalUnitScore, RunStage
from ..models.runs import RESULTS
from .reports import scored_of, scorings_of

#: What is said to have been read.
_FIELD = "result"


@dataclass(frozen=True)
class Result:
    """A final run with its units, the best first."""

    run: AppraisalRun
    scores: Sequence[AppraisalUnitScore]


def sides_read(actor: Actor, verb: Verb = Verb.VIEW) -> frozenset[str]:
    """Sides all of whose results the actor reads."""
    return frozenset(one.side for one in actor.grants_for(verb, RESULTS) if one.role.reach is Reach.SIDE)


def reads_results(actor: Actor) -> bool:
    return bool(sides_read(actor))


def final_runs(actor: Actor) -> list[AppraisalRun]:
    """Errors: NotAllowed."""
    if not reads_results(actor):
        raise NotAllowed
    return list(AppraisalRun.objects.filter(stage=RunStage.FINAL, side__in=sides_read(actor)))


def looked_up(pk: UUID, actor: Actor, how: str, verb: Verb = Verb.VIEW) -> Result:
    """A final run, for whoever reads it; that it was read is written down. Errors: NotVisible."""
    rows = AppraisalRun.objects.filter(stage=RunStage.FINAL, side__in=sides_read(actor, verb))
    run: AppraisalRun | None = rows.filter(pk=pk).first()
    scored = scored_of(scorings_of(run)) if run else None
    if run is None or scored is None:
        raise NotVisible
    FieldReading.objects.create(
        side=run.side,
        ledger=RESULTS,
        row_id=run.pk,
        field=_FIELD,
        value_index="",
        read_at=clock.now(),
        read_by=actor.key,
        reason=f"{run.name}：{how}"[:200],
    )
    return Result(run, scored.scores)


def looks_at(runs: Sequence[AppraisalRun]) -> list[FieldReading]:
    """Who looked at these results, the last first."""
    rows: Any = FieldReading.objects.filter(ledger=RESULTS, row_id__in=[one.pk for one in runs])
    return list(rows.order_by("-read_at", "-id"))


def result_paper(found: Result, issuer: str) -> Paper:
    """Units with place, total and grade."""
    columns = [
        SheetColumn("place", _("名次"), Kind.INTEGER),
        SheetColumn("unit", _("考核单位"), Kind.TEXT, width=30),
        SheetColumn("total", _("总分"), Kind.DECIMAL, unit=_("分"), decimals=2),
        SheetColumn("grade", _("考核等次"), Kind.TEXT),
    ]
    rows = [PaperRow((one.place_number, one.unit.name, one.total, one.grade)) for one in found.scores]
    run = found.run
    title = _("%(name)s结果") % {"name": run.name}
    note = _("供评先评优和干部使用参考；每次查阅都已记录。")
    stem = f"appraisal-result-{run.year}-{run.side}"
    return Paper(title, note, [PaperTable("", columns, rows)], stem, issuer)
