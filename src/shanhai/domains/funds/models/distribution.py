"""What of an asset's income a village meeting gave to whom, and what of it was paid."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import CountField, MoneyField
from shanhai.kernel.models import LedgerModel
from shanhai.kernel.within import Within

from .care import AssetIncome
from .money import CENT


class AssetDistribution(LedgerModel):
    """收益分配 — how much of an income a meeting decided to give out; never more than came in."""

    asset_income = models.ForeignKey(
        AssetIncome, verbose_name=_("资产收益"), on_delete=models.PROTECT, related_name="distributions"
    )
    decision_number = models.CharField(_("分配决议编号"), max_length=60)
    decision_day = models.DateField(_("决议日期"))
    village_meeting = models.CharField(_("议事会议"), max_length=120, help_text=_("如：中华村村民代表会议。"))
    amount = MoneyField(_("分配金额"), validators=[MinValueValidator(CENT)])

    reference_field: ClassVar[str] = "decision_number"

    WITHIN: ClassVar = (Within("asset_income", "amount", _("分配不能多于收到的收益。")),)

    class Meta:
        verbose_name = verbose_name_plural = _("收益分配")
        ordering: ClassVar = ["-decision_day"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "decision_number"],
                name="funds_assetdistribution_side_number_unique",
                violation_error_message=_("该方已有这个分配决议编号。"),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="funds_assetdistribution_amount_check",
                violation_error_message=_("分配金额必须大于零。"),
            ),
        ]

    def __str__(self) -> str:
        return self.decision_number


class DistributionShare(LedgerModel):
    """分配明细 — what of a distribution goes to one kind of recipients, counted and never named."""

    class Recipient(models.TextChoices):
        MONITORED = "monitored", _("监测户")
        EX_POOR = "ex_poor", _("脱贫户")
        OTHERS = "others", _("其他农户")
        POSTS = "posts", _("公益岗位")
        COLLECTIVE = "collective", _("村集体公益事业")
        REINVESTED = "reinvested", _("村集体再投资")
        TREASURY = "treasury", _("上缴财政")

    distribution = models.ForeignKey(
        AssetDistribution, verbose_name=_("收益分配"), on_delete=models.PROTECT, related_name="shares"
    )
    share_kind = models.CharField(_("分配对象"), max_length=10, choices=Recipient.choices)
    share_households = CountField(_("分配户数"), unit=_("户"), default=0)
    amount = MoneyField(_("明细金额"), validators=[MinValueValidator(CENT)])

    WITHIN: ClassVar = (Within("distribution", "amount", _("各对象合计不能多于分配金额。")),)

    class Meta:
        verbose_name = verbose_name_plural = _("分配明细")
        ordering: ClassVar = ["distribution", "share_kind"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["distribution", "share_kind"],
                name="funds_distributionshare_once",
                violation_error_message=_("这次分配已有这类对象，请改那一条。"),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="funds_distributionshare_amount_check",
                violation_error_message=_("明细金额必须大于零。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.distribution} {self.get_share_kind_display()}"


class DistributionPayment(LedgerModel):
    """分配兑付 — money of a share that was paid out."""

    distribution_share = models.ForeignKey(
        DistributionShare, verbose_name=_("分配明细"), on_delete=models.PROTECT, related_name="payments"
    )
    payout_voucher = models.CharField(_("兑付凭证号"), max_length=60)
    amount = MoneyField(_("兑付金额"), validators=[MinValueValidator(CENT)])
    paid_out_on = models.DateField(_("兑付日期"))

    reference_field: ClassVar[str] = "payout_voucher"

    WITHIN: ClassVar = (Within("distribution_share", "amount", _("兑付不能多于分给这类对象的金额。")),)

    class Meta:
        verbose_name = verbose_name_plural = _("分配兑付")
        ordering: ClassVar = ["-paid_out_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "payout_voucher"],
                name="funds_distributionpayment_side_voucher_unique",
                violation_error_message=_("该方已有这个兑付凭证号。"),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="funds_distributionpayment_amount_check",
                violation_error_message=_("兑付金额必须大于零。"),
            ),
        ]

    def __str__(self) -> str:
        return self.payout_voucher
