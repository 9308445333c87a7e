"""Who runs an asset under which contract, what came in for it, and who looked at it."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import MoneyField
from shanhai.kernel.models import LedgerModel
from shanhai.registers.parties.models import Body

from .assets import Asset
from .disposal import AssetDisposal
from .money import CENT


class AssetLease(LedgerModel):
    """经营合同 — who runs an asset, from when to when, for which rent.

    Shape: rents fall due from `first_due_on` on, every `rent_interval` months, until the contract ends; they
    are computed (`assets.rents.dues`), never stored. `ended_early_on`: written later, when it ends early.
    """

    class Interval(models.TextChoices):
        """Months from one rent to the next."""

        MONTH = "1", _("每月")
        QUARTER = "3", _("每季")
        HALF_YEAR = "6", _("每半年")
        YEAR = "12", _("每年")

    asset = models.ForeignKey(
        Asset, verbose_name=_("帮扶资产"), on_delete=models.PROTECT, related_name="leases"
    )
    contract_number = models.CharField(_("经营合同编号"), max_length=60)
    lessee = models.ForeignKey(
        Body, verbose_name=_("经营主体"), on_delete=models.PROTECT, related_name="leases"
    )
    starts_on = models.DateField(_("经营起始日期"))
    leased_until = models.DateField(_("经营截止日期"))
    rent = MoneyField(_("每期租金"), validators=[MinValueValidator(CENT)])
    rent_interval = models.CharField(
        _("交租周期"), max_length=2, choices=Interval.choices, default=Interval.YEAR
    )
    first_due_on = models.DateField(_("首期应交日期"))
    ended_early_on = models.DateField(_("提前终止日期"), null=True, blank=True, editable=False)

    reference_field: ClassVar[str] = "contract_number"

    class Meta:
        verbose_name = verbose_name_plural = _("经营合同")
        ordering: ClassVar = ["-starts_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "contract_number"],
                name="funds_assetlease_side_number_unique",
                violation_error_message=_("该方已有这个经营合同编号。"),
            ),
            models.CheckConstraint(
                condition=Q(rent__gt=0),
                name="funds_assetlease_rent_check",
                violation_error_message=_("每期租金必须大于零。"),
            ),
            models.CheckConstraint(
                condition=Q(leased_until__gte=F("starts_on")),
                name="funds_assetlease_days_check",
                violation_error_message=_("经营截止不能早于起始。"),
            ),
            models.CheckConstraint(
                condition=Q(first_due_on__gte=F("starts_on"), first_due_on__lte=F("leased_until")),
                name="funds_assetlease_first_due_check",
                violation_error_message=_("首期应交日期要在经营期之内。"),
            ),
        ]

    def __str__(self) -> str:
        return self.contract_number


class AssetIncome(LedgerModel):
    """资产收益 — money that came in for an asset; rents name their contract, proceeds their disposal."""

    class Kind(models.TextChoices):
        RENT = "rent", _("租金")
        DIVIDEND = "dividend", _("分红")
        SALES = "sales", _("产品收入")
        DISPOSAL = "disposal", _("处置收入")
        OTHER = "other", _("其他收益")

    asset = models.ForeignKey(
        Asset, verbose_name=_("帮扶资产"), on_delete=models.PROTECT, related_name="incomes"
    )
    lease = models.ForeignKey(
        AssetLease,
        verbose_name=_("经营合同"),
        on_delete=models.PROTECT,
        related_name="incomes",
        null=True,
        blank=True,
    )
    disposal = models.ForeignKey(
        AssetDisposal,
        verbose_name=_("资产处置"),
        on_delete=models.PROTECT,
        related_name="incomes",
        null=True,
        blank=True,
    )
    income_voucher = models.CharField(_("收款凭证号"), max_length=60)
    income_kind = models.CharField(_("收益类别"), max_length=8, choices=Kind.choices, default=Kind.OTHER)
    amount = MoneyField(_("收益金额"), validators=[MinValueValidator(CENT)])
    earned_on = models.DateField(_("收款日期"))

    reference_field: ClassVar[str] = "income_voucher"

    class Meta:
        verbose_name = verbose_name_plural = _("资产收益")
        ordering: ClassVar = ["-earned_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "income_voucher"],
                name="funds_assetincome_side_voucher_unique",
                violation_error_message=_("该方已有这个收款凭证号。"),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="funds_assetincome_amount_check",
                violation_error_message=_("收益金额必须大于零。"),
            ),
            models.CheckConstraint(
                condition=~Q(income_kind="rent") | Q(lease__isnull=False),
                name="funds_assetincome_rent_lease",
                violation_error_message=_("租金要选经营合同。"),
            ),
            models.CheckConstraint(
                condition=~Q(income_kind="disposal") | Q(disposal__isnull=False),
                name="funds_assetincome_disposal_named",
                violation_error_message=_("处置收入要选资产处置。"),
            ),
        ]

    def __str__(self) -> str:
        return self.income_voucher


class AssetInspection(LedgerModel):
    """资产巡查 — somebody went to see an asset, and what it was like."""

    class Condition(models.TextChoices):
        GOOD = "good", _("完好在用")
        REPAIR = "repair", _("需要维修")
        IDLE = "idle", _("闲置未用")
        DAMAGED = "damaged", _("损坏不能用")
        MISSING = "missing", _("找不到实物")

    asset = models.ForeignKey(
        Asset, verbose_name=_("帮扶资产"), on_delete=models.PROTECT, related_name="inspections"
    )
    inspected_on = models.DateField(_("巡查日期"))
    condition = models.CharField(_("巡查结果"), max_length=8, choices=Condition.choices)
    inspection_note = models.CharField(_("巡查情况"), max_length=300, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("资产巡查")
        ordering: ClassVar = ["-inspected_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["asset", "inspected_on"],
                condition=~Q(state="voided"),
                name="funds_assetinspection_once_a_day",
                violation_error_message=_("这项资产这一天已经巡查过。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asset} {self.inspected_on}"
