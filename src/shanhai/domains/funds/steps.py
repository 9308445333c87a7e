"""Steps of projects: what is missing for each, and the step taken and kept."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.actions import get_row
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.later import record_later
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.workflow import State
from shanhai.registers.parties.models import Unit

from . import step_rules
from .models import (
    NoticeKind,
    Project,
    ProjectCondition,
    ProjectConsent,
    ProjectMove,
    ProjectNotice,
    Stage,
    StageMove,
)
from .screening import standing_objections
from .step_rules import Lack, Standing, Step

CLOSED = frozenset({Stage.SUSPENDED, Stage.TERMINATED})


@dataclass(frozen=True)
class Deciding:
    """The units for which an actor may write into projects of a side."""

    units: Sequence[Unit]

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(unit.kind for unit in self.units)

    def unit(self, kind: str) -> Unit | None:
        """The one that decides; the first of all where the keeper does."""
        return next((unit for unit in self.units if kind in {"", unit.kind}), None)


def deciding(actor: Actor) -> Deciding:
    ids = [one.unit_id for one in actor.grants_for(Verb.EDIT, Project.ledger_key())]
    units = Unit.objects.in_bulk([one for one in ids if one is not None])
    return Deciding([units[one] for one in ids if one in units])


def steps_in_force() -> dict[str, list[Step]]:
    """Stage → the steps that lead on from it today."""
    found: dict[str, list[Step]] = defaultdict(list)
    order = list(Stage.values)
    rows = StageMove.objects.in_force(clock.today())
    for row in sorted(rows, key=lambda one: order.index(one.next_stage)):
        found[row.stage].append(step_of(row))
    return found


def step_of(row: StageMove) -> Step:
    return Step(
        row.stage, row.next_stage, row.decided_kind, row.needs_consent, row.needs_conditions, row.needs_notice
    )


def standings(projects: Sequence[Project], kinds: frozenset[str]) -> dict[UUID, Standing]:
    """What is known of each, for somebody of units of these `kinds`. A fixed number of queries."""
    keys = [one.pk for one in projects]
    today = clock.today()
    consents: dict[UUID, set[str]] = defaultdict(set)
    agreed = ProjectConsent.objects.filter(project__in=keys, state=State.VERIFIED, move__isnull=True)
    for key, matter in agreed.order_by().values_list("project_id", "matter"):
        consents[key].add(matter)
    conditions: dict[UUID, set[str]] = defaultdict(set)
    done = ProjectCondition.objects.reported().filter(project__in=keys, done_on__lte=today)
    for key, kind in done.order_by().values_list("project_id", "kind"):
        conditions[key].add(kind)
    notices: dict[UUID, dict[str, date]] = defaultdict(dict)
    over = ProjectNotice.objects.reported().filter(project__in=keys, notice_to__lt=today)
    for key, kind, first in over.order_by("notice_from").values_list(
        "project_id", "notice_kind", "notice_from"
    ):
        notices[key][kind] = first
    moves: dict[UUID, list[tuple[str, str, date]]] = defaultdict(list)
    for key, *move in ProjectMove.objects.filter(project__in=keys).values_list(
        "project_id", "from_stage", "to_stage", "moved_on"
    ):
        moves[key].append(tuple(move))  # type: ignore[arg-type]
    planned = [one for one in projects if one.stage == Stage.PLANNED]
    objected = standing_objections(planned) if planned else {}
    return {
        key: Standing(
            kinds=kinds,
            consents=frozenset(consents[key]),
            conditions=frozenset(conditions[key]),
            notices=notices[key],
            changed_on=step_rules.changed_on(moves[key]),
            objections=objected.get(key, ()),
        )
        for key in keys
    }


def told(lack: Lack) -> str:
    """What is missing and who mends it."""
    match lack.code:
        case step_rules.WRONG_UNIT:
            return _("须由%(kind)s办理") % {"kind": Unit.Kind(lack.what).label}
        case step_rules.NO_CONSENT:
            matter = ProjectConsent.Matter(lack.what).label
            return _("没有对方同意的会商（%(matter)s），请先在“项目会商”提出，由对方确认") % {
                "matter": matter
            }
        case step_rules.NOT_READY:
            kind = ProjectCondition.Kind(lack.what).label
            return _("%(kind)s还没有办结，请在“开工条件”登记并附文件") % {"kind": kind}
        case step_rules.NO_NOTICE:
            return _("%(kind)s还没有期满") % {"kind": NoticeKind(lack.what).label}
        case step_rules.NOT_TOLD_AGAIN:
            return _("变更或暂停之后还没有重新公示期满，不能继续实施")
    return _("筛查：%(what)s须改正，或由核实人写明理由放行") % {"what": lack.what}


def move_project(
    pk: UUID,
    *,
    stage: Stage,
    actor: Actor,
    row_version: int,
    moved_on: date | None = None,
    document: str = "",
    note: str = "",
    progress: Decimal | None = None,
) -> Project:
    """Take a project to another stage by a move in force, and keep who decided it.

    Errors: RuleViolated with everything that is missing; Conflict; NotAllowed; NotVisible.
    """
    ledger = registry.get(Project.ledger_key())
    project: Project = get_row(ledger, pk, actor=actor, verb=Verb.EDIT)
    day = moved_on or clock.today()
    if day > clock.today():
        raise RuleViolated(problems={"moved_on": [_("办理日期不能晚于今天。")]})
    source = Stage(project.stage)
    step = next((one for one in steps_in_force()[source] if one.target == stage), None)
    if step is None:
        sentence = _("项目不能从“%(old)s”直接到“%(new)s”。") % {"old": source.label, "new": stage.label}
        raise RuleViolated(problems={"stage": [sentence]})
    mine = deciding(actor)
    missing = [*step_rules.lacks(step, standings([project], mine.kinds)[project.pk])]
    if missing:
        said = "；".join(told(one) for one in missing)
        raise RuleViolated(
            _("还不能到“%(stage)s”：%(why)s。") % {"stage": stage.label, "why": said}, code="step_closed"
        )
    values: dict[str, Any] = {"stage": stage} | ({} if progress is None else {"progress": progress})
    reason = _("项目阶段：%(old)s → %(new)s") % {"old": source.label, "new": stage.label}
    moved: Project = record_later(
        ledger,
        pk,
        values,
        actor=actor,
        row_version=row_version,
        reason="；".join(filter(None, (reason, note))),
    )
    used = _consent(project, step.matter) if step.needs_consent else None
    _keep(moved, source, day, mine.unit(step.decider), actor, document=document, note=note, consent=used)
    return moved


def _consent(project: Project, matter: str) -> ProjectConsent:
    """The first of those agreed and not used; locked, so that it serves one step."""
    rows = ProjectConsent.objects.filter(project=project, matter=matter, state=State.VERIFIED)
    found: ProjectConsent = rows.filter(move__isnull=True).order_by("asked_on", "id")[0]
    return found


def _keep(
    project: Project,
    source: str,
    day: date,
    unit: Unit | None,
    actor: Actor,
    *,
    document: str,
    note: str,
    consent: ProjectConsent | None,
) -> None:
    ProjectMove.objects.create(
        project=project,
        from_stage=source,
        to_stage=project.stage,
        moved_on=day,
        decided_unit=unit or project.owner_unit,
        moved_by=actor.key,
        document=document.strip()[:200],
        note=note.strip()[:500],
        consent=consent,
    )


def change_project(pk: UUID, *, consent: UUID, actor: Actor, row_version: int, document: str = "") -> Project:
    """Write an agreed change of budget, content or place into the project; it is then to be shown again.

    Errors: RuleViolated where the other side has not agreed or it is used; Conflict; NotAllowed; NotVisible.
    """
    ledger = registry.get(Project.ledger_key())
    project: Project = get_row(ledger, pk, actor=actor, verb=Verb.EDIT)
    rows = ProjectConsent.objects.select_related("new_place").filter(project=project, pk=consent)
    agreed = rows.filter(matter=ProjectConsent.Matter.CHANGE, state=State.VERIFIED, move__isnull=True).first()
    if agreed is None:
        raise RuleViolated(_("这项变更对方还没有同意，或者已经办理。"), code="step_closed")
    values, said = changes_of(project, agreed)
    reason = _("变更（会商 %(number)s）：%(what)s") % {"number": agreed.number, "what": "；".join(said)}
    changed: Project = record_later(
        ledger, pk, values, actor=actor, row_version=row_version, reason=reason[:500]
    )
    unit = deciding(actor).unit("")
    today = clock.today()
    _keep(changed, project.stage, today, unit, actor, document=document, note="；".join(said), consent=agreed)
    return changed


def changes_of(project: Project, consent: ProjectConsent) -> tuple[Mapping[str, Any], list[str]]:
    """What an agreed change writes, and in words what was and what is."""
    values: dict[str, Any] = {}
    said = []
    if consent.new_budget is not None:
        values["budget"] = consent.new_budget
        words = {"old": f"{project.budget:,.2f}", "new": f"{consent.new_budget:,.2f}"}
        said.append(_("预算由 %(old)s 元变更为 %(new)s 元") % words)
    if consent.new_content:
        values["content"] = consent.new_content
        said.append(_("建设内容变更为：%(new)s") % {"new": consent.new_content})
    if consent.new_place is not None:
        values["place"] = consent.new_place
        words = {"old": str(project.place or _("（空）")), "new": str(consent.new_place)}
        said.append(_("建设地点由%(old)s变更为%(new)s") % words)
    return values, said


def require_going(project: Project) -> None:
    """Errors: RuleViolated where work must not go on: paused, ended, or changed and not shown again."""
    if project.stage in CLOSED:
        said = _("项目现在是“%(stage)s”，不能登记进度。") % {"stage": Stage(project.stage).label}
        raise RuleViolated(said, code="step_closed")
    if step_rules.must_tell_again(standings([project], frozenset())[project.pk]):
        raise RuleViolated(_("变更或暂停之后还没有重新公示期满，不能继续实施。"), code="step_closed")
