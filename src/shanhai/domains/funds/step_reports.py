"""Where each project stands, its next steps, who decides them, what is missing. Fixed queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.links import link
from shanhai.registers.papers import Paper, PaperRow, PaperTable, issuer_of
from shanhai.registers.parties.models import Unit

from . import step_rules, steps
from .models import Project, ProjectMove, Stage, StageMove
from .step_rules import Step


@dataclass(frozen=True)
class Way:
    """One step a project may take next. `missing`: sentences; empty when it may be taken now."""

    step: Step
    decider: str
    missing: tuple[str, ...]

    @property
    def label(self) -> str:
        return str(Stage(self.step.target).label)


@dataclass(frozen=True)
class Path:
    """A project, the steps it took, and the ways that lead on."""

    project: Project
    moves: Sequence[ProjectMove]
    ways: Sequence[Way]
    #: Whether it must be shown again before work goes on.
    must_tell_again: bool


def path_of(project: Project, actor: Actor) -> Path:
    """As `actor` finds it: what only another kind of unit may decide is missing to them."""
    moves = ProjectMove.objects.filter(project=project).select_related("decided_unit", "consent")
    found = paths([project], actor)[0]
    return Path(project, list(moves.order_by("moved_on", "id")), found.ways, found.must_tell_again)


def paths(projects: Sequence[Project], actor: Actor) -> list[Path]:
    """The same of many, without their moves."""
    known = steps.standings(projects, steps.deciding(actor).kinds)
    onward = steps.steps_in_force()
    said = {(row.stage, row.next_stage): row for row in StageMove.objects.in_force(clock.today())}
    found = []
    for project in projects:
        standing = known[project.pk]
        ways = [
            Way(
                step,
                said[step.source, step.target].decided_by or _decider(step),
                tuple(steps.told(one) for one in step_rules.lacks(step, standing)),
            )
            for step in onward.get(project.stage, [])
        ]
        found.append(Path(project, (), ways, step_rules.must_tell_again(standing)))
    return found


def _decider(step: Step) -> str:
    return str(Unit.Kind(step.decider).label) if step.decider else _("项目单位")


_SIDE_STEPS = frozenset({Stage.SUSPENDED, Stage.TERMINATED})


def main_way(path: Path) -> Way | None:
    """The step that leads on, not to the side."""
    return next((one for one in path.ways if one.step.target not in _SIDE_STEPS), None)


def reported_projects(stage: str = "") -> list[Project]:
    rows = Project.objects.reported().select_related("owner_unit", "place")
    if stage in Stage.values:
        rows = rows.filter(stage=stage)
    return list(rows.order_by("code"))


def paper_of(found: Sequence[Path], actor: Actor) -> Paper:
    """项目流程一览: where each stands, the next step, who decides, what is missing."""
    columns = [
        SheetColumn("code", _("项目编号"), Kind.TEXT, width=16),
        SheetColumn("name", _("项目名称"), Kind.TEXT, width=32),
        SheetColumn("unit", _("填报单位"), Kind.TEXT, width=18),
        SheetColumn("stage", _("项目阶段"), Kind.TEXT, width=10),
        SheetColumn("next", _("下一步"), Kind.TEXT, width=10),
        SheetColumn("decider", _("决定方"), Kind.TEXT, width=24),
        SheetColumn("missing", _("还缺什么"), Kind.TEXT, width=50),
    ]
    rows = [PaperRow(_cells(one), url=link_of(one.project)) for one in found]
    note = _("按现有台账实时列出；“还缺什么”为空的，现在就可以办理。")
    title = _("项目流程一览")
    return Paper(title, note, [PaperTable("", columns, rows)], title, issuer=issuer_of(actor))


def _cells(path: Path) -> tuple[Any, ...]:
    project, way = path.project, main_way(path)
    last = (way.label, way.decider, "；".join(way.missing)) if way else ("", "", "")
    return project.code, project.name, str(project.owner_unit), str(Stage(project.stage).label), *last


def link_of(project: Project) -> str:
    return link(registry.get(Project.ledger_key()), "detail", pk=project.pk)
