"""What documents set for settlement, as dated rows: layers, favours, terms of filings, thresholds."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.dated import DatedRule, one_at_a_time
from shanhai.kernel.fields import DecimalField, MoneyField, PercentField
from shanhai.kernel.models import LedgerModel
from shanhai.kernel.walls.kinds import Public, Wall

from .people import Category, Filing, Insurance

_SHARE = (MinValueValidator(0), MaxValueValidator(100))


class Fund(models.TextChoices):
    """From which fund a layer is paid."""

    POOL = "pool", _("统筹基金")
    SERIOUS = "serious", _("大病保险")
    ASSISTANCE = "assistance", _("医疗救助")


class Care(models.TextChoices):
    INPATIENT = "inpatient", _("住院")
    OUTPATIENT = "outpatient", _("门诊")


class HospitalLevel(models.TextChoices):
    FIRST = "1", _("一级")
    SECOND = "2", _("二级")
    THIRD = "3", _("三级")


class Rounding(models.TextChoices):
    HALF_UP = "half_up", _("四舍五入到分")
    DOWN = "down", _("舍去分以下")
    UP = "up", _("进到分")


class BenefitRule(LedgerModel):
    """待遇规定 — a layer, as a document of the insured place sets it: what a fund pays of what is in scope.

    Shape: without `hospital_level` it holds for every hospital that has no rule of its own. Above the line
    `share` holds up to `second_from`, `second_share` up to `third_from`, `third_share` beyond.
    """

    reference_field: ClassVar[str] = "code"

    code = models.CharField(_("规定编号"), max_length=30)
    insurance = models.CharField(_("险种"), max_length=3, choices=Insurance.choices)
    care = models.CharField(_("就医方式"), max_length=10, choices=Care.choices)
    hospital_level = models.CharField(
        _("医院级别"), max_length=1, choices=HospitalLevel.choices, blank=True, default=""
    )
    fund = models.CharField(_("支付层次"), max_length=10, choices=Fund.choices)
    turn = models.PositiveSmallIntegerField(_("层次先后"), help_text=_("小的先算。"))
    line = MoneyField(_("起付线"))
    is_yearly = models.BooleanField(_("起付线按年累计"), default=False)
    again = PercentField(_("再次就诊起付线比例"), default=100, validators=_SHARE)
    share = PercentField(_("支付比例"), validators=_SHARE)
    second_from = MoneyField(_("第二段起点"), null=True, blank=True, help_text=_("起付线以上的金额。"))
    second_share = PercentField(_("第二段比例"), null=True, blank=True, validators=_SHARE)
    third_from = MoneyField(_("第三段起点"), null=True, blank=True, help_text=_("起付线以上的金额。"))
    third_share = PercentField(_("第三段比例"), null=True, blank=True, validators=_SHARE)
    cap = MoneyField(_("年度封顶线"), null=True, blank=True)
    is_cut = models.BooleanField(_("异地降低比例"), default=False)
    rounding = models.CharField(_("分以下"), max_length=7, choices=Rounding.choices, default=Rounding.HALF_UP)
    valid_from = models.DateField(_("启用日期"))
    valid_to = models.DateField(_("停用日期"), null=True, blank=True)
    source = models.CharField(_("依据"), max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = _("待遇规定")
        ordering: ClassVar = ["insurance", "care", "hospital_level", "turn", "-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "code"],
                name="insurance_benefitrule_side_code_unique",
                violation_error_message=_("该方已有这个规定编号。"),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="insurance_benefitrule_days_check",
                violation_error_message=_("停用日期不能早于启用日期。"),
            ),
        ]

    def __str__(self) -> str:
        where = f"{self.get_insurance_display()}·{self.get_care_display()}"
        return f"{where}·{self.get_fund_display()} {self.valid_from}"


class CategoryFavour(DatedRule):
    """What a category of people has better in one layer 倾斜支付."""

    category = models.CharField(_("人员类别"), max_length=14, choices=Category.choices)
    fund = models.CharField(_("支付层次"), max_length=10, choices=Fund.choices)
    line_percent = PercentField(_("起付线比例"), default=100, validators=_SHARE)
    points = PercentField(_("提高百分点"), default=0, validators=_SHARE)
    is_uncapped = models.BooleanField(_("不设封顶线"), default=False)

    MAY_END: ClassVar[bool] = True
    WALL: ClassVar[Wall] = Public("favours of a policy, by date")

    class Meta:
        verbose_name = verbose_name_plural = _("倾斜支付")
        ordering: ClassVar = ["category", "fund", "valid_from"]
        constraints: ClassVar = [one_at_a_time("insurance_categoryfavour_days", "category", "fund")]

    def __str__(self) -> str:
        return f"{self.get_category_display()}·{self.get_fund_display()}"


class FilingTerm(DatedRule):
    """How long a kind of filing holds, when it may be changed, and by how much it lowers the share."""

    kind = models.CharField(_("备案类型"), max_length=9, choices=Filing.Kind.choices)
    valid_months = models.PositiveSmallIntegerField(_("有效月数"), null=True, blank=True)
    change_after = models.PositiveSmallIntegerField(_("满几个月可以变更"), default=0)
    cut = PercentField(_("降低百分点"), default=0, validators=_SHARE)

    WALL: ClassVar[Wall] = Public("terms of a policy, by date")

    class Meta:
        verbose_name = verbose_name_plural = _("备案时效")
        ordering: ClassVar = ["kind", "valid_from"]
        constraints: ClassVar = [one_at_a_time("insurance_filingterm_kind_days", "kind")]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Threshold(DatedRule):
    """A number some document or practice sets for insurance."""

    class Code(models.TextChoices):
        HIGH_SELF_PAY = "high_self_pay", _("年度个人负担核对线（元）")
        DISPUTE_DAYS = "dispute_days", _("协查答复天数")
        MANUAL_MONTHS = "manual_months", _("手工报销受理月数")
        YEAR_MONTHS = "year_months", _("年末后几个月关账")

    code = models.CharField(_("项目"), max_length=20, choices=Code.choices)
    value = DecimalField(_("数值"), max_digits=12, decimal_places=2)

    WALL: ClassVar[Wall] = Public("thresholds of a policy, by date")

    class Meta:
        verbose_name = verbose_name_plural = _("医保规则数值")
        ordering: ClassVar = ["code", "valid_from"]
        constraints: ClassVar = [one_at_a_time("insurance_threshold_code_days", "code")]

    def __str__(self) -> str:
        return f"{self.get_code_display()} {self.value.normalize():f}"
