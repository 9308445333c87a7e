"""Physical against financial progress, of all projects and of one by month; photos of its site."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.models import EvidenceLink
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.drawing import Curve, Drawn, Point, curves_chart
from shanhai.kernel.surfaces.links import link, with_query
from shanhai.registers.papers import Paper, PaperRow, PaperTable, issuer_of

from . import progress_rules
from .lookup import threshold
from .models import Milestone, Payment, Project, ProjectMove, Stage, Threshold
from .progress_rules import Part, Photo, photo_problems

TENTH = Decimal("0.1")
#: Photos of a site that are looked at, the latest first.
MOST_PHOTOS = 60


@dataclass(frozen=True)
class Pace:
    """A project's work and money. Unit: yuan; shares in per cent; None where nothing tells it."""

    project: Project
    paid: Decimal
    by_parts: Decimal | None
    planned: Decimal | None
    late: int

    @property
    def paid_share(self) -> Decimal:
        return _share(self.paid, self.project)

    @property
    def work(self) -> Decimal:
        """By milestones where they make up the whole, else as it was entered."""
        return self.project.progress if self.by_parts is None else self.by_parts

    @property
    def gap(self) -> Decimal:
        """By how many points money is ahead of work; negative where it is behind."""
        return self.paid_share - self.work


def _share(paid: Decimal, project: Project) -> Decimal:
    budget: Decimal = project.budget
    return (paid * 100 / budget).quantize(TENTH)


def paces(projects: Sequence[Project]) -> list[Pace]:
    """A fixed number of queries."""
    keys, today = [one.pk for one in projects], clock.today()
    sums = Payment.objects.live().filter(project__in=keys).order_by().values("project")
    paid = dict(sums.annotate(total=Sum("amount")).values_list("project", "total"))
    parts: dict[UUID, list[Part]] = defaultdict(list)
    rows = Milestone.objects.reported().filter(project__in=keys)
    for key, *part in rows.values_list("project_id", "weight", "due_on", "done_on"):
        parts[key].append(Part(*part))
    found = []
    for project in projects:
        mine = parts[project.pk]
        is_whole = progress_rules.is_whole(mine)
        found.append(
            Pace(
                project,
                paid.get(project.pk, Decimal(0)),
                progress_rules.reached(mine, today) if is_whole else None,
                progress_rules.planned(mine, today) if is_whole else None,
                sum(1 for one in mine if one.done_on is None and one.due_on < today),
            )
        )
    return found


def paper_of(found: Sequence[Pace], actor: Actor) -> Paper:
    """形象进度与财务进度: each number opens to its rows."""
    columns = [
        SheetColumn("code", _("项目编号"), Kind.TEXT, width=16),
        SheetColumn("name", _("项目名称"), Kind.TEXT, width=32),
        SheetColumn("stage", _("项目阶段"), Kind.TEXT, width=10),
        SheetColumn("budget", _("批复预算"), Kind.MONEY, unit=_("元"), width=16),
        SheetColumn("paid", _("已拨付"), Kind.MONEY, unit=_("元"), width=16),
        SheetColumn("paid_share", _("财务进度"), Kind.DECIMAL, unit="%", width=10),
        SheetColumn("work", _("形象进度"), Kind.DECIMAL, unit="%", width=10),
        SheetColumn("planned", _("计划进度"), Kind.DECIMAL, unit="%", width=10),
        SheetColumn("gap", _("资金超前"), Kind.DECIMAL, unit=_("百分点"), width=10),
        SheetColumn("late", _("逾期节点"), Kind.INTEGER, unit=_("个"), width=10),
    ]
    rows = [PaperRow(_cells(one), _opens(one), page_of(one.project)) for one in found]
    note = _("形象进度：节点权重合计 100% 的按已完成节点计算，其余按填报；财务进度：已拨付 ÷ 批复预算。")
    title = _("形象进度与财务进度")
    return Paper(title, note, [PaperTable("", columns, rows)], title, issuer=issuer_of(actor))


def page_of(project: Project) -> str:
    return reverse("funds:project_progress", args=[project.pk])


def _cells(one: Pace) -> tuple[Any, ...]:
    project = one.project
    stage = str(Stage(project.stage).label)
    money = project.budget, one.paid, one.paid_share
    return project.code, project.name, stage, *money, one.work, one.planned, one.gap, one.late


def _opens(one: Pace) -> tuple[str, ...]:
    query = {"project": str(one.project.pk)}
    paid = with_query(link(registry.get(Payment.ledger_key()), "list"), query)
    parts = with_query(link(registry.get(Milestone.ledger_key()), "list"), query)
    row = link(registry.get(Project.ledger_key()), "detail", pk=one.project.pk)
    return "", "", "", row, paid, paid, parts if one.by_parts is not None else row, parts, "", parts


def chart_of(project: Project) -> Drawn | None:
    """Work and money month by month, from the first thing known to today."""
    payments = list(Payment.objects.live().filter(project=project).values_list("paid_on", "amount"))
    rows = Milestone.objects.reported().filter(project=project)
    parts = [Part(*one) for one in rows.values_list("weight", "due_on", "done_on")]
    days = [day for day, _amount in payments] + [one.due_on for one in parts]
    if not days:
        return None
    ends = list(progress_rules.month_ends(min(days), clock.today()))
    if not ends:
        return None

    def money(end: date) -> Decimal:
        return _share(sum((one for day, one in payments if day <= end), Decimal(0)), project)

    def curve(name: str, value: Any) -> Curve:
        return Curve(name, [Point(value(end), f"{value(end).normalize():f}%") for end in ends])

    curves = [curve(_("财务进度"), money)]
    if progress_rules.is_whole(parts):
        curves.append(curve(_("形象进度"), lambda end: progress_rules.reached(parts, end)))
        curves.append(curve(_("计划进度"), lambda end: progress_rules.planned(parts, end)))
    names = [f"{end:%Y-%m}" for end in ends]
    return curves_chart("pace", _("形象进度与财务进度"), _("月份"), names, curves, unit="%", most=100)


@dataclass(frozen=True)
class Shot:
    """A photo of a project's site, and in words why it does not fit."""

    link: EvidenceLink
    problems: tuple[str, ...]


def shots_of(project: Project) -> list[Shot]:
    """Photos of the project and of its milestones, the latest first. Four queries."""
    keys = list(Milestone.objects.live().filter(project=project).values_list("pk", flat=True))
    found = EvidenceLink.objects.for_rows(Project.ledger_key(), [project.pk]) | EvidenceLink.objects.for_rows(
        Milestone.ledger_key(), keys
    )
    photos = list(found.filter(evidence_class="photo").select_related("file").order_by("-id")[:MOST_PHOTOS])
    mine = {project.pk, *keys}
    used = EvidenceLink.objects.filter(file__in=[one.file_id for one in photos], removed_at__isnull=True)
    elsewhere = set(used.exclude(row_id__in=mine).order_by().values_list("file_id", flat=True))
    started = ProjectMove.objects.filter(project=project, to_stage=Stage.STARTED).order_by("moved_on").first()
    begun_on = started.moved_on if started else project.planned_start_on
    most = threshold(Threshold.Code.PHOTO_METRES)
    has_site = project.latitude is not None and project.longitude is not None
    site: Any = (project.latitude, project.longitude) if has_site else None
    shots = []
    for one in photos:
        shot_at = one.file.shot_at.astimezone(clock.CHINA).date() if one.file.shot_at else None
        photo = Photo(shot_at, one.file.latitude, one.file.longitude, one.file_id in elsewhere)
        said = photo_problems(photo, begun_on, site, None if most is None else int(most))
        shots.append(Shot(one, tuple(problem(code, number) for code, number in said)))
    return shots


def problem(code: str, number: int) -> str:
    """In words what does not fit."""
    return {
        progress_rules.USED_TWICE: _("同一张照片也用在别的记录"),
        progress_rules.NO_TIME: _("照片里没有拍摄时间"),
        progress_rules.NO_PLACE: _("照片里没有拍摄位置"),
        progress_rules.TOO_EARLY: _("拍摄早于开工 %(number)s 天") % {"number": number},
        progress_rules.TOO_FAR: _("拍摄位置距项目 %(number)s 米") % {"number": f"{number:,}"},
    }[code]
