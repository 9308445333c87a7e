"""What the county treasury hands on of what it received, to whom and for what, and what becomes of it."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import MoneyField
from shanhai.kernel.models import LedgerModel
from shanhai.kernel.within import Further, Within
from shanhai.registers.parties.models import Unit

from .budget import Use
from .contracts import Contract
from .money import CENT, TransferReceived
from .projects import Project


class Allotment(LedgerModel):
    """指标文件 — a document by which the county's finance hands money on; its lines say how much to whom.

    Shape: `period` is the budget year.
    """

    number = models.CharField(_("指标文号"), max_length=60)
    title = models.CharField(_("文件标题"), max_length=120)
    issued_on = models.DateField(_("下达日期"))

    reference_field: ClassVar[str] = "number"

    class Meta:
        verbose_name = verbose_name_plural = _("指标文件")
        ordering: ClassVar = ["-issued_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "number"],
                name="funds_allotment_side_number_unique",
                violation_error_message=_("该方已有这个指标文号。"),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class AllotmentLine(LedgerModel):
    """指标明细 — how much of a receipt goes to a department or town, and for what.

    Shape: `period` is the budget year.
    """

    allotment = models.ForeignKey(
        Allotment, verbose_name=_("指标文件"), on_delete=models.PROTECT, related_name="lines"
    )
    received = models.ForeignKey(
        TransferReceived, verbose_name=_("财政援助到账"), on_delete=models.PROTECT, related_name="lines"
    )
    code = models.CharField(_("指标编号"), max_length=60)
    to_unit = models.ForeignKey(Unit, verbose_name=_("下达单位"), on_delete=models.PROTECT, related_name="+")
    use = models.CharField(_("资金用途"), max_length=11, choices=Use.choices)
    amount = MoneyField(_("下达金额"), validators=[MinValueValidator(CENT)])

    reference_field: ClassVar[str] = "code"

    WITHIN: ClassVar = (Within("received", "amount", _("请核对下达金额，或改挂另一笔到账。")),)

    class Meta:
        verbose_name = verbose_name_plural = _("指标明细")
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "code"],
                name="funds_allotmentline_side_code_unique",
                violation_error_message=_("该方已有这个指标编号。"),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="funds_allotmentline_amount_check",
                violation_error_message=_("下达金额必须大于零。"),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ProjectFunding(LedgerModel):
    """项目资金来源 — how much of a project's budget an allotment pays; its level is that of the receipt."""

    project = models.ForeignKey(
        Project, verbose_name=_("协作项目"), on_delete=models.PROTECT, related_name="fundings"
    )
    line = models.ForeignKey(
        AllotmentLine, verbose_name=_("指标明细"), on_delete=models.PROTECT, related_name="fundings"
    )
    amount = MoneyField(_("安排到项目金额"), validators=[MinValueValidator(CENT)])

    WITHIN: ClassVar = (
        Within(
            "line",
            "amount",
            _("请核对金额，或从另一条指标安排。"),
            used_by=(Further("funds.carryover", "line", "returned"),),
        ),
        Within("project", "budget", _("请核对金额，或先办理预算调整。")),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("项目资金来源")
        ordering: ClassVar = ["project"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project", "line"],
                name="funds_projectfunding_project_line_unique",
                violation_error_message=_("这个项目已从这条指标安排过，请改那一条的金额。"),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="funds_projectfunding_amount_check",
                violation_error_message=_("安排到项目的金额必须大于零。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} ← {self.line}"


class CarryOver(LedgerModel):
    """结转收回 — what of an allotment goes over to the next year, or back to who gave it.

    Shape: `period` is the year that ends. What is returned can be given to no project.
    """

    line = models.ForeignKey(
        AllotmentLine, verbose_name=_("指标明细"), on_delete=models.PROTECT, related_name="carry_overs"
    )
    number = models.CharField(_("结转文号"), max_length=60)
    carried = MoneyField(_("结转金额"), default=0)
    returned = MoneyField(_("收回金额"), default=0)
    decided_on = models.DateField(_("办理日期"))

    reference_field: ClassVar[str] = "number"

    class Meta:
        verbose_name = verbose_name_plural = _("结转收回")
        ordering: ClassVar = ["-decided_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["line", "number"],
                name="funds_carryover_line_number_unique",
                violation_error_message=_("这条指标已有这个结转文号。"),
            ),
            models.CheckConstraint(
                condition=Q(carried__gte=0, returned__gte=0),
                name="funds_carryover_amounts_check",
                violation_error_message=_("结转、收回金额不能为负。"),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class SettlementAudit(LedgerModel):
    """结算审计 — what a contract came to, as audited; never more than was agreed with its changes."""

    contract = models.ForeignKey(
        Contract, verbose_name=_("合同"), on_delete=models.PROTECT, related_name="settlements"
    )
    number = models.CharField(_("审计报告编号"), max_length=60)
    amount = MoneyField(_("审定金额"), validators=[MinValueValidator(CENT)])
    audited_on = models.DateField(_("审定日期"))
    auditor = models.CharField(_("审计单位"), max_length=120)

    reference_field: ClassVar[str] = "number"

    WITHIN: ClassVar = (
        Within(
            "contract",
            "amount",
            _("请核对审定金额，或先登记并核实合同变更；每份合同只有一份有效的结算。"),
            raised_by=(Further("funds.contractchange", "contract"),),
        ),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("结算审计")
        ordering: ClassVar = ["-audited_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "number"],
                name="funds_settlementaudit_side_number_unique",
                violation_error_message=_("该方已有这个审计报告编号。"),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="funds_settlementaudit_amount_check",
                violation_error_message=_("审定金额必须大于零。"),
            ),
        ]

    def __str__(self) -> str:
        return self.number
