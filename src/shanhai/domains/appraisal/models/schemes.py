"""Appraisal schemes as data: what is scored, by which rule, by which clause; and the texts released."""

from decimal import Decimal
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.dated import DatedRule, one_at_a_time
from shanhai.kernel.fields import DecimalField
from shanhai.kernel.models import LedgerModel, Recorded
from shanhai.kernel.walls.kinds import Public, Wall, Within
from shanhai.registers.parties.models import Unit


class AppraisalLevel(models.TextChoices):
    """Whom a scheme scores."""

    EAST = "east", _("东部方")
    WEST = "west", _("西部方")
    UNIT = "unit", _("各单位")


class ScoringKind(models.TextChoices):
    """Rules of the engine (`engines.scoring.Kind`), as people call them."""

    TARGET = "target", _("目标完成比例")
    STEPS = "steps", _("分档")
    RANK = "rank", _("名次")
    GRADE = "grade", _("定性评价")
    DEDUCTION = "deduction", _("扣分")
    VETO = "veto", _("一票否决")
    BONUS = "bonus", _("加分")


class AppraisalScheme(LedgerModel):
    """考核方案 — by what a side, or its units, are scored for a year. What counts is a release."""

    reference_field: ClassVar[str] = "code"

    code = models.CharField(_("方案编号"), max_length=20)
    name = models.CharField(_("方案名称"), max_length=80)
    level = models.CharField(
        _("考核层级"), max_length=4, choices=AppraisalLevel.choices, default=AppraisalLevel.UNIT
    )
    unit_kind = models.CharField(
        _("考核单位类别"),
        max_length=12,
        choices=Unit.Kind.choices,
        blank=True,
        default="",
        help_text=_("只考核这一类单位；空为本方各部门、镇（街道）、园区和群团。"),
    )
    first_year = models.PositiveSmallIntegerField(
        _("首个适用年度"), validators=[MinValueValidator(2000), MaxValueValidator(2199)]
    )
    full_score = DecimalField(_("满分"), max_digits=6, decimal_places=2, default=Decimal(100), unit=_("分"))
    grades_text = models.CharField(
        _("等次"),
        max_length=120,
        default="90:好；80:较好；60:一般；0:较差",
        help_text=_("写成“起分:等次”，用；隔开，最低一档从 0 起。"),
    )
    legal_basis = models.CharField(_("依据文件"), max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = _("考核方案")
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "code"],
                name="appraisal_appraisalscheme_side_code_unique",
                violation_error_message=_("该方已有这个方案编号。"),
            ),
            models.CheckConstraint(
                condition=models.Q(full_score__gt=0),
                name="appraisal_appraisalscheme_full_check",
                violation_error_message=_("满分须大于零。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AppraisalItem(LedgerModel):
    """考核项 — one item of a scheme: indicator, points, rule and parameters, papers asked for, clause."""

    scheme = models.ForeignKey(
        AppraisalScheme, verbose_name=_("考核方案"), on_delete=models.PROTECT, related_name="items"
    )
    number = models.PositiveSmallIntegerField(_("考核项序号"), validators=[MinValueValidator(1)])
    block = models.CharField(_("考核板块"), max_length=40)
    name = models.CharField(_("考核项名称"), max_length=80)
    indicator = models.CharField(
        _("指标代码"),
        max_length=16,
        blank=True,
        default="",
        help_text=_("如 LAB-1；没有台账指标的留空，由被考核单位填报并附佐证，或定性评价。"),
    )
    rule_kind = models.CharField(_("计分办法"), max_length=9, choices=ScoringKind.choices)
    weight = DecimalField(
        _("分值"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        unit=_("分"),
        validators=[MinValueValidator(Decimal(0))],
    )
    aim = DecimalField(
        _("统一目标值"),
        max_digits=18,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("目标完成比例：空则用“指标目标”里各自的目标。一票否决：达到这个数即否决。"),
    )
    each = DecimalField(
        _("每单位分数"),
        max_digits=8,
        decimal_places=4,
        null=True,
        blank=True,
        unit=_("分"),
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("加分、扣分：指标每一个计量单位加或扣多少分。"),
    )
    most = DecimalField(
        _("封顶分"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        unit=_("分"),
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("加分、扣分最多多少分；一票否决后总分不超过多少分。"),
    )
    steps_text = models.CharField(
        _("分档或评价等级"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("分档“60:3；80:6；95:10”，名次“1:10；3:8；10:5”，定性“好:10；一般:6；差:0”。"),
    )
    needs_evidence = models.BooleanField(_("须附佐证"), default=False)
    wording = models.CharField(_("考核项原文"), max_length=300)
    legal_basis = models.CharField(_("依据文件"), max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = _("考核项")
        ordering: ClassVar = ["scheme", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scheme", "number"],
                name="appraisal_appraisalitem_scheme_number_unique",
                violation_error_message=_("这个方案已有这个序号的考核项。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class AppraisalRelease(Recorded):
    """考核方案版本 — the text of a scheme as it was put in force. The database lets nobody change one.

    Shape: `text` is what `schemes.rules.scheme_of` reads; a rollback is a new release of an old text.
    """

    IS_APPENDED_ONLY: ClassVar[bool] = True

    scheme = models.ForeignKey(
        AppraisalScheme, verbose_name=_("考核方案"), on_delete=models.PROTECT, related_name="releases"
    )
    number = models.PositiveIntegerField(_("版本号"))
    text = models.JSONField(_("版本文本"))
    digest = models.CharField(_("文本摘要"), max_length=64)
    valid_from = models.DateField(_("启用日期"))
    release_note = models.CharField(_("发布说明"), max_length=200)
    released_by = models.CharField(_("发布人"), max_length=120)
    released_at = models.DateTimeField(_("发布时间"))
    restores = models.PositiveIntegerField(_("恢复自版本"), null=True, blank=True)

    objects: ClassVar[Any] = models.Manager()

    WALL: ClassVar[Wall] = Within("scheme")

    class Meta:
        verbose_name = verbose_name_plural = _("考核方案版本")
        ordering: ClassVar = ["scheme", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scheme", "number"], name="appraisal_appraisalrelease_number_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} V{self.number}"


class AppraisalThreshold(DatedRule):
    """A number by which appraisal hints at odd figures, and for how many days a result is shown and open."""

    class Code(models.TextChoices):
        COPIED_DIGITS = "copied_digits", _("照抄提示：有效数字至少几位")
        JUMP_TIMES = "jump_times", _("突变提示：超过上年几倍")
        JUMP_LEAST = "jump_least", _("突变提示：变化至少多少")
        ROUND_NOUGHTS = "round_noughts", _("整数提示：末尾至少几个零")
        NOTICE_DAYS = "notice_days", _("考核结果公示天数")
        APPEAL_DAYS = "appeal_days", _("考核申诉天数")

    code = models.CharField(_("考核规则"), max_length=15, choices=Code.choices)
    value = DecimalField(_("规则数值"), max_digits=12, decimal_places=2)

    WALL: ClassVar[Wall] = Public("bounds of hints and days of notice, by date")

    class Meta:
        verbose_name = verbose_name_plural = _("考核数值")
        ordering: ClassVar = ["code", "valid_from"]
        constraints: ClassVar = [one_at_a_time("appraisal_threshold_code_days", "code")]

    def __str__(self) -> str:
        return f"{self.get_code_display()} {self.value.normalize():f}"
