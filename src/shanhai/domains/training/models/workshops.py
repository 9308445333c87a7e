"""Workshops that employ the helped: what recognition asks for, month by month, year by year."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import CountField, MoneyField
from shanhai.kernel.models import LedgerModel
from shanhai.registers.parties.models import Body


class WorkshopKind(models.TextChoices):
    """The five kinds of notices on recognition."""

    FACTORY = "factory", _("厂房式")
    HOME = "home", _("居家式")
    FARMING = "farming", _("种养式")
    TRADE = "trade", _("贸易流通式")
    TOURISM = "tourism", _("文化旅游式")


class Recognition(models.TextChoices):
    """Where a workshop stands; which may follow which, and who decides: `actions.MOVES`."""

    APPLIED = "applied", _("申报")
    RECOGNISED = "recognised", _("认定")
    RECTIFYING = "rectifying", _("整改")
    CANCELLED = "cancelled", _("取消")


class WorkshopStandard(LedgerModel):
    """车间认定标准 — what a document asks of workshops of a kind, from a day on.

    Shape: without `for_kind` it holds for every kind without one of its own; of several the newest counts.
    """

    reference_field: ClassVar[str] = "code"

    code = models.CharField(_("标准编号"), max_length=20)
    for_kind = models.CharField(
        _("适用车间类型"),
        max_length=7,
        choices=WorkshopKind.choices,
        blank=True,
        default="",
        help_text=_("不选为各类通用。"),
    )
    least_ex_poor = CountField(_("至少吸纳脱贫人口"), unit=_("人"))
    least_premium = MoneyField(_("意外险最低保费"), help_text=_("每人每月。没有要求的填 0。"))
    alarm_months = models.PositiveSmallIntegerField(
        _("连续不达标几个月预警"), validators=[MinValueValidator(1)]
    )
    review_months = models.PositiveSmallIntegerField(
        _("几个月复核一次"), default=12, validators=[MinValueValidator(1)]
    )
    valid_from = models.DateField(_("启用日期"))
    valid_to = models.DateField(_("停用日期"), null=True, blank=True)
    source = models.CharField(_("依据"), max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = _("车间认定标准")
        ordering: ClassVar = ["for_kind", "-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "code"],
                name="training_workshopstandard_side_code_unique",
                violation_error_message=_("该方已有这个标准编号。"),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="training_workshopstandard_days_check",
                violation_error_message=_("停用日期不能早于启用日期。"),
            ),
            models.CheckConstraint(
                condition=Q(alarm_months__gte=1, review_months__gte=1),
                name="training_workshopstandard_months_check",
                violation_error_message=_("月数至少为 1。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.get_for_kind_display() or _('各类车间')}"


class Workshop(LedgerModel):
    """帮扶车间 — a workplace near home that employs ex-poor people, recognised while it meets a standard."""

    reference_field: ClassVar[str] = "code"
    name_field: ClassVar[str] = "name"

    code = models.CharField(_("车间编号"), max_length=20)
    name = models.CharField(_("车间名称"), max_length=80)
    workshop_kind = models.CharField(_("车间类型"), max_length=7, choices=WorkshopKind.choices)
    run_by = models.ForeignKey(
        Body, verbose_name=_("车间经营主体"), on_delete=models.PROTECT, related_name="workshops"
    )
    products = models.CharField(_("主要产品"), max_length=80, blank=True, default="")
    applied_on = models.DateField(_("申报日期"))
    recognition = models.CharField(
        _("认定状态"), max_length=10, choices=Recognition.choices, default=Recognition.APPLIED
    )
    recognised_on = models.DateField(_("车间认定日期"), null=True, blank=True)
    rectify_by = models.DateField(_("整改期限"), null=True, blank=True)
    cancelled_on = models.DateField(_("取消日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("帮扶车间")
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "code"],
                name="training_workshop_side_code_unique",
                violation_error_message=_("该方已有这个车间编号。"),
            ),
            models.CheckConstraint(
                condition=Q(recognition__in=("applied", "cancelled"))
                | Q(recognition__in=("recognised", "rectifying"), recognised_on__isnull=False),
                name="training_workshop_recognised_check",
                violation_error_message=_("已认定的车间要有认定日期。"),
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True) | Q(recognition="cancelled"),
                name="training_workshop_cancelled_check",
                violation_error_message=_("没有取消的车间没有取消日期。"),
            ),
        ]


class WorkshopMonth(LedgerModel):
    """车间月报 — who worked in a workshop in a month and what they were paid.

    Shape: `period` is the month. Alarms are computed from these rows and the standard of each month.
    """

    workshop = models.ForeignKey(
        Workshop, verbose_name=_("帮扶车间"), on_delete=models.PROTECT, related_name="months"
    )
    jobs = CountField(_("车间吸纳人数"), unit=_("人"))
    ex_poor_jobs = CountField(
        _("吸纳脱贫人口"), unit=_("人"), help_text=_("含监测对象；就业、承揽、稳定利益联结的都计。")
    )
    wage_bill = MoneyField(_("当月工资总额"))
    premium = MoneyField(_("意外险保费"), default=0, help_text=_("每人每月。"))

    class Meta:
        verbose_name = verbose_name_plural = _("车间月报")
        ordering: ClassVar = ["-period"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workshop", "period"],
                name="training_workshopmonth_workshop_period_unique",
                violation_error_message=_("该车间本月已填。"),
            ),
            models.CheckConstraint(
                condition=Q(ex_poor_jobs__lte=F("jobs")),
                name="training_workshopmonth_ex_poor_within_jobs",
                violation_error_message=_("脱贫人口不能多于吸纳人数。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workshop}·{self.period}"


class WorkshopReview(LedgerModel):
    """车间年度复核 — what was found on the spot. Shape: `period` is the year."""

    class Conclusion(models.TextChoices):
        PASSED = "passed", _("合格")
        RECTIFY = "rectify", _("限期整改")
        CANCEL = "cancel", _("建议取消")

    workshop = models.ForeignKey(
        Workshop, verbose_name=_("帮扶车间"), on_delete=models.PROTECT, related_name="reviews"
    )
    reviewed_on = models.DateField(_("复核日期"))
    conclusion = models.CharField(_("复核结论"), max_length=7, choices=Conclusion.choices)
    seen_ex_poor = CountField(_("现场在岗脱贫人口"), unit=_("人"), default=0)
    remarks = models.CharField(_("复核意见"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("车间年度复核")
        ordering: ClassVar = ["-period"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workshop", "period"],
                name="training_workshopreview_workshop_period_unique",
                violation_error_message=_("该车间本年度已复核。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workshop}·{self.period}"
