"""What documents say about funds, as dated rows: stage moves, progress bars, thresholds."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.dated import DatedRule, one_at_a_time
from shanhai.kernel.fields import DecimalField, PercentField
from shanhai.kernel.models import Recorded
from shanhai.kernel.walls.kinds import Public, Wall
from shanhai.registers.parties.models import Unit

from .projects import NoticeKind, Stage


class StageMove(DatedRule):
    """A step a project may take from one stage to another, and who has to agree to it."""

    stage = models.CharField(_("项目阶段"), max_length=11, choices=Stage.choices)
    next_stage = models.CharField(_("下一阶段"), max_length=11, choices=Stage.choices)
    decided_by = models.CharField(_("决定方"), max_length=120, blank=True, default="")
    #: Empty: whoever keeps the project.
    decided_kind = models.CharField(
        _("决定单位类别"), max_length=12, choices=Unit.Kind.choices, blank=True, default=""
    )
    needs_consent = models.BooleanField(_("须对方同意"), default=False)
    needs_conditions = models.BooleanField(_("须具备开工条件"), default=False)
    needs_notice = models.CharField(
        _("须先公示"), max_length=6, choices=NoticeKind.choices, blank=True, default=""
    )

    MAY_END: ClassVar[bool] = True
    WALL: ClassVar[Wall] = Public("which stage follows which")

    class Meta:
        verbose_name = verbose_name_plural = _("项目阶段流转")
        ordering: ClassVar = ["stage", "next_stage", "valid_from"]
        constraints: ClassVar = [one_at_a_time("funds_stagemove_stages_days", "stage", "next_stage")]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} → {self.get_next_stage_display()}"


class ProgressBar(Recorded):
    """The share of a year's money that should be paid out by the end of a month 支出进度线."""

    year = models.PositiveSmallIntegerField(_("年份"))
    month = models.PositiveSmallIntegerField(
        _("月份"), validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    percent = PercentField(_("应达支出率"))
    source = models.CharField(_("依据"), max_length=200)

    WALL: ClassVar[Wall] = Public("thresholds of a policy, by date")

    class Meta:
        verbose_name = verbose_name_plural = _("支出进度线")
        ordering: ClassVar = ["year", "month"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["year", "month"], name="funds_progressbar_year_month_unique"),
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12), name="funds_progressbar_month_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02} {self.percent.normalize():f}%"


class Threshold(DatedRule):
    """A number some document or practice sets for fund rules."""

    class Code(models.TextChoices):
        PAYMENT_AHEAD = "payment_ahead", _("拨付可超形象进度（百分点）")
        BAR_SHARE = "bar_share", _("低于进度线此比例为滞后（%）")
        NOTICE_DAYS = "notice_days", _("项目公示天数")
        DUPLICATE_LIKENESS = "likeness", _("同一地点项目相似多少视为疑似重复（%）")
        PHOTO_METRES = "photo_metres", _("现场照片距项目位置最多（米）")
        TRANSIT_DAYS = "transit_days", _("拨出到账的在途天数")
        YEAR_END_DAYS = "year_end_days", _("年底前多少天未足额到账即预警")
        ALLOT_DAYS = "allot_days", _("到账后应下达指标的天数")
        INDUSTRY_SHARE = "industry_share", _("产业发展资金最低占比（%）")
        MANAGEMENT_SHARE = "management_share", _("项目管理费最高占比（%）")
        UNSPENT_MONTHS = "unspent_months", _("结余满多少个月应收回")
        TENDER_LIMIT = "tender_limit", _("须公开招标的限额（元）")
        SPLIT_DAYS = "split_days", _("核查拆分合同的天数")
        IDLE_MONTHS = "idle_months", _("到账后多少个月未用为闲置")

    code = models.CharField(_("项目"), max_length=20, choices=Code.choices)
    value = DecimalField(_("数值"), max_digits=12, decimal_places=2)

    WALL: ClassVar[Wall] = Public("thresholds of a policy, by date")

    class Meta:
        verbose_name = verbose_name_plural = _("资金规则数值")
        ordering: ClassVar = ["code", "valid_from"]
        constraints: ClassVar = [one_at_a_time("funds_threshold_code_days", "code")]

    def __str__(self) -> str:
        return f"{self.get_code_display()} {self.value.normalize():f}"
