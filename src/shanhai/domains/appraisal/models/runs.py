"""Runs: one release scored for one year; the moves it took, and every scoring as it was computed."""

from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import DecimalField
from shanhai.kernel.models import Recorded
from shanhai.kernel.permissions import Reach, Verb
from shanhai.kernel.scope import Actor, Sharing, Side
from shanhai.kernel.walls.kinds import OfSide, Wall, Within
from shanhai.registers.parties.models import Unit

from .schemes import AppraisalRelease, AppraisalScheme

#: On what rights are given (`kernel.matters`).
RUNS, RESULTS = "appraisal.run", "appraisal.result"


class RunStage(models.TextChoices):
    """Where a run stands (`runs.rules.Stage`), as people call it."""

    OPEN = "open", _("填报自评")
    CHECKED = "checked", _("已核对")
    SCORED = "scored", _("已评分")
    SHOWN = "shown", _("双方可见")
    PUBLISHED = "published", _("公示与申诉")
    FINAL = "final", _("已定案")


class RunQuerySet(models.QuerySet["AppraisalRun", "AppraisalRun"]):
    """Runs of all; whatever answers a request begins with `visible_to`."""

    def visible_to(self, actor: Actor) -> Self:
        """Own ones for who oversees the whole side and for the office that keeps the scheme; those that were
        shown, for everybody who reads shared rows. Partners, workers and administrators read none.
        """
        found = Q(pk__in=[])
        for grant in actor.grants_for(Verb.VIEW, RUNS):
            if grant.role.reach in (Reach.NONE, Reach.BOUND) or not grant.role.reads_shared:
                continue
            found |= ~Q(sharing=Sharing.PRIVATE)
            if grant.role.reach is Reach.SIDE:
                found |= Q(side=grant.side)
            elif grant.role.reach is Reach.TREE:
                found |= Q(side=grant.side, scheme__owner_unit__path__descendant_of=grant.unit_path)
        return self.filter(found)


class AppraisalRun(Recorded):
    """考核 — one release of a scheme scored for one year.

    Shape: `subjects` are the keys of the units as they were when it was opened, in order.
    """

    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    scheme = models.ForeignKey(
        AppraisalScheme, verbose_name=_("考核方案"), on_delete=models.PROTECT, related_name="runs"
    )
    release = models.ForeignKey(
        AppraisalRelease, verbose_name=_("考核方案版本"), on_delete=models.PROTECT, related_name="runs"
    )
    name = models.CharField(_("考核名称"), max_length=120)
    year = models.PositiveSmallIntegerField(
        _("年份"), validators=[MinValueValidator(2000), MaxValueValidator(2199)]
    )
    subjects = models.JSONField(_("被考核单位"), default=list)
    stage = models.CharField(_("考核阶段"), max_length=9, choices=RunStage.choices, default=RunStage.OPEN)
    sharing = models.CharField(
        _("共享"), max_length=7, choices=Sharing.choices, default=Sharing.PRIVATE, editable=False
    )
    opened_by = models.CharField(_("考核发起人"), max_length=120)
    opened_at = models.DateTimeField(_("发起时间"))
    published_on = models.DateField(_("结果公示日期"), null=True, blank=True)
    notice_until = models.DateField(_("结果公示截止日期"), null=True, blank=True)
    appeal_until = models.DateField(_("申诉截止日期"), null=True, blank=True)

    objects: ClassVar[Any] = RunQuerySet.as_manager()

    WALL: ClassVar[Wall] = OfSide(shared="sharing")

    class Meta:
        verbose_name = verbose_name_plural = _("考核")
        ordering: ClassVar = ["-year", "side", "name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scheme", "year"],
                name="appraisal_appraisalrun_scheme_year_unique",
                violation_error_message=_("这个方案这一年度的考核已经发起。"),
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=["open", "checked", "scored"]) | Q(sharing="private"),
                name="appraisal_appraisalrun_unseen_check",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=["published", "final"])
                | Q(notice_until__isnull=False, appeal_until__isnull=False),
                name="appraisal_appraisalrun_days_check",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AppraisalMove(Recorded):
    """考核办理记录 — one move of a run: who, when, why. Only added to.

    Shape: `digest` is that of the computation that a decision was about.
    """

    IS_APPENDED_ONLY: ClassVar[bool] = True

    run = models.ForeignKey(
        AppraisalRun, verbose_name=_("考核"), on_delete=models.PROTECT, related_name="moves"
    )
    move = models.CharField(_("办理事项"), max_length=9)
    from_stage = models.CharField(_("原阶段"), max_length=9, choices=RunStage.choices, blank=True, default="")
    to_stage = models.CharField(_("新阶段"), max_length=9, choices=RunStage.choices)
    moved_at = models.DateTimeField(_("经办时间"))
    moved_by = models.CharField(_("办理人"), max_length=120)
    note = models.CharField(_("说明"), max_length=300, blank=True, default="")
    digest = models.CharField(_("文本摘要"), max_length=64, blank=True, default="")

    objects: ClassVar[Any] = models.Manager()

    WALL: ClassVar[Wall] = Within("run")

    class Meta:
        verbose_name = verbose_name_plural = _("考核办理记录")
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.run} {self.move}"


class AppraisalScoring(Recorded):
    """考核评分 — one scoring of a run: by which text and definitions, under one digest. Only added to."""

    IS_APPENDED_ONLY: ClassVar[bool] = True

    run = models.ForeignKey(
        AppraisalRun, verbose_name=_("考核"), on_delete=models.PROTECT, related_name="scorings"
    )
    number = models.PositiveSmallIntegerField(_("评分次数"))
    definitions = models.JSONField(_("指标口径"))
    digest = models.CharField(_("文本摘要"), max_length=64)
    scored_at = models.DateTimeField(_("评分时间"))
    scored_by = models.CharField(_("评分人"), max_length=120)
    cause = models.CharField(_("评分说明"), max_length=300, blank=True, default="")

    objects: ClassVar[Any] = models.Manager()

    WALL: ClassVar[Wall] = Within("run")

    class Meta:
        verbose_name = verbose_name_plural = _("考核评分")
        ordering: ClassVar = ["run", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "number"], name="appraisal_appraisalscoring_number_unique")
        ]

    def __str__(self) -> str:
        return f"{self.run} {self.number}"


class AppraisalUnitScore(Recorded):
    """单位得分 — one unit of a scoring: readings and lines as plain values. Only added to."""

    IS_APPENDED_ONLY: ClassVar[bool] = True
    #: The record is the whole of its history.
    HISTORY_OMITS: ClassVar[tuple[str, ...]] = ("told",)

    scoring = models.ForeignKey(
        AppraisalScoring, verbose_name=_("考核评分"), on_delete=models.PROTECT, related_name="units"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("考核单位"), on_delete=models.PROTECT, related_name="+")
    place_number = models.PositiveSmallIntegerField(_("名次"))
    total = DecimalField(_("总分"), max_digits=8, decimal_places=2, unit=_("分"))
    grade = models.CharField(_("考核等次"), max_length=20, blank=True, default="")
    told = models.JSONField(_("计分依据"))

    objects: ClassVar[Any] = models.Manager()

    WALL: ClassVar[Wall] = Within("scoring")

    class Meta:
        verbose_name = verbose_name_plural = _("单位得分")
        ordering: ClassVar = ["scoring", "place_number", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scoring", "unit"], name="appraisal_appraisalunitscore_unit_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.total}"
