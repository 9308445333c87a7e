"""Contracts of projects, their changes, and the payments made under them."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import MoneyField
from shanhai.kernel.models import LedgerModel
from shanhai.kernel.within import Further, Within

from .money import CENT
from .projects import Project


class Contract(LedgerModel):
    """合同 — what the owner of a project agreed with who builds or delivers.

    Shape: `amount` is the sum as signed; what was agreed later are rows of `ContractChange`. Contracts and
    their changes never come to more than the project's budget.
    """

    class Tender(models.TextChoices):
        OPEN = "open", _("公开招标")
        INVITED = "invited", _("邀请招标")
        NEGOTIATION = "negotiation", _("竞争性谈判")
        CONSULTATION = "consultation", _("竞争性磋商")
        INQUIRY = "inquiry", _("询价")
        SINGLE = "single", _("单一来源")
        FRAMEWORK = "framework", _("框架协议")
        DIRECT = "direct", _("限额以下直接委托")
        VILLAGERS = "villagers", _("以工代赈、村民自建")

    project = models.ForeignKey(
        Project, verbose_name=_("协作项目"), on_delete=models.PROTECT, related_name="contracts"
    )
    number = models.CharField(_("合同编号"), max_length=60)
    name = models.CharField(_("合同名称"), max_length=120)
    payee = models.CharField(_("承包或供货单位"), max_length=120)
    tender = models.CharField(_("招采方式"), max_length=12, choices=Tender.choices)
    amount = MoneyField(_("合同金额"), validators=[MinValueValidator(CENT)])
    signed_on = models.DateField(_("签订日期"))
    due_on = models.DateField(_("约定完成日期"), null=True, blank=True)

    reference_field: ClassVar[str] = "number"

    WITHIN: ClassVar = (
        Within(
            "project",
            "budget",
            _("请核对合同金额，或先办理预算调整。"),
            used_by=(Further("funds.contractchange", "contract__project"),),
        ),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("合同")
        ordering: ClassVar = ["-signed_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "number"],
                name="funds_contract_side_number_unique",
                violation_error_message=_("该方已有这个合同编号。"),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="funds_contract_amount_check",
                violation_error_message=_("合同金额必须大于零。"),
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=models.F("signed_on")),
                name="funds_contract_due_check",
                violation_error_message=_("约定完成日期不能早于签订日期。"),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ContractChange(LedgerModel):
    """合同变更 — by how much a supplement or site order raised or lowered a contract.

    Shape: `amount` is negative where less is built. It raises the sum once it is verified.
    """

    contract = models.ForeignKey(
        Contract, verbose_name=_("合同"), on_delete=models.PROTECT, related_name="changes"
    )
    number = models.CharField(_("变更编号"), max_length=60)
    amount = MoneyField(_("变更金额"), allow_negative=True)
    changed_on = models.DateField(_("变更日期"))
    reason = models.CharField(_("变更原因"), max_length=200)

    reference_field: ClassVar[str] = "number"

    class Meta:
        verbose_name = verbose_name_plural = _("合同变更")
        ordering: ClassVar = ["-changed_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "number"],
                name="funds_contractchange_side_number_unique",
                violation_error_message=_("该方已有这个变更编号。"),
            ),
            models.CheckConstraint(
                condition=~Q(amount=0),
                name="funds_contractchange_amount_check",
                violation_error_message=_("变更金额不能为零：增加写正数，减少写负数。"),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Payment(LedgerModel):
    """资金拨付 — money paid to a payee for a project, under a contract.

    Shape: `period` is the month of the payment. Rows of before contracts were kept name none. Payments never
    come to more than their contract with its changes, nor than the project's budget.
    """

    class Kind(models.TextChoices):
        ADVANCE = "advance", _("预付款")
        PROGRESS = "progress", _("进度款")
        ACCEPTANCE = "acceptance", _("验收款")
        RETENTION = "retention", _("质保金")

    project = models.ForeignKey(
        Project, verbose_name=_("协作项目"), on_delete=models.PROTECT, related_name="payments"
    )
    contract = models.ForeignKey(
        Contract,
        verbose_name=_("合同"),
        on_delete=models.PROTECT,
        related_name="payments",
        null=True,
        blank=True,
    )
    voucher_number = models.CharField(_("凭证号"), max_length=60)
    kind = models.CharField(_("款项类别"), max_length=10, choices=Kind.choices)
    amount = MoneyField(_("拨付金额"), validators=[MinValueValidator(CENT)])
    paid_on = models.DateField(_("拨付日期"))
    payee = models.CharField(_("收款单位"), max_length=120)

    reference_field: ClassVar[str] = "voucher_number"

    WITHIN: ClassVar = (
        Within(
            "contract",
            "amount",
            _("请核对拨付金额，或先登记并核实合同变更。"),
            raised_by=(Further("funds.contractchange", "contract"),),
        ),
        Within("project", "budget", _("请核对拨付金额，或先办理预算调整。")),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("资金拨付")
        ordering: ClassVar = ["-paid_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "voucher_number"],
                name="funds_payment_side_voucher_unique",
                violation_error_message=_("该方已有这个凭证号。"),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="funds_payment_amount_check",
                violation_error_message=_("拨付金额必须大于零。"),
            ),
        ]

    def __str__(self) -> str:
        return self.voucher_number
