"""What the helping side plans for a year and sends."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import MoneyField
from shanhai.kernel.models import LedgerModel
from shanhai.kernel.within import Within

from .money import CENT, AidAgreement, TransferReceived

Source = TransferReceived.Source


class Use(models.TextChoices):
    """What aid is for; floors and caps of the uses are dated rules."""

    INDUSTRY = "industry", _("产业发展")
    VILLAGE = "village", _("乡村建设")
    EMPLOYMENT = "employment", _("劳务就业")
    TALENT = "talent", _("人才与培训")
    CONSUMPTION = "consumption", _("消费协作")
    MANAGEMENT = "management", _("项目管理费")
    OTHER = "other", _("其他用途")


class BudgetItem(LedgerModel):
    """预算安排 — aid of one level of government that a budget provides for an agreement.

    Shape: `period` is the budget year; `planned_on` is when it is to be sent, none where no plan was made.
    """

    agreement = models.ForeignKey(
        AidAgreement, verbose_name=_("年度协议"), on_delete=models.PROTECT, related_name="budget_items"
    )
    code = models.CharField(_("预算编号"), max_length=60)
    source_level = models.CharField(_("资金来源"), max_length=8, choices=Source.choices)
    use = models.CharField(_("资金用途"), max_length=11, choices=Use.choices)
    amount = MoneyField(_("安排金额"), validators=[MinValueValidator(CENT)])
    passed_on = models.DateField(_("批准日期"))
    planned_on = models.DateField(_("计划拨付日期"), null=True, blank=True)

    reference_field: ClassVar[str] = "code"

    class Meta:
        verbose_name = verbose_name_plural = _("预算安排")
        ordering: ClassVar = ["-passed_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "code"],
                name="funds_budgetitem_side_code_unique",
                violation_error_message=_("该方已有这个预算编号。"),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="funds_budgetitem_amount_check",
                violation_error_message=_("安排金额必须大于零。"),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class TransferSent(LedgerModel):
    """资金拨出 — money that left the helping side's treasury, never more than the budget provides.

    Shape: `period` is the budget year. The receiving side keeps its own row of what arrived.
    """

    budget_item = models.ForeignKey(
        BudgetItem, verbose_name=_("预算安排"), on_delete=models.PROTECT, related_name="transfers"
    )
    voucher_number = models.CharField(_("凭证号"), max_length=60)
    amount = MoneyField(_("拨出金额"), validators=[MinValueValidator(CENT)])
    sent_on = models.DateField(_("拨出日期"))
    note = models.CharField(_("备注"), max_length=200, blank=True, default="")

    reference_field: ClassVar[str] = "voucher_number"

    WITHIN: ClassVar = (Within("budget_item", "amount", _("请核对拨出金额，或先调整预算安排。")),)

    class Meta:
        verbose_name = verbose_name_plural = _("资金拨出")
        ordering: ClassVar = ["-sent_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "voucher_number"],
                name="funds_transfersent_side_voucher_unique",
                violation_error_message=_("该方已有这个凭证号。"),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="funds_transfersent_amount_check",
                violation_error_message=_("拨出金额必须大于零。"),
            ),
        ]

    def __str__(self) -> str:
        return self.voucher_number
