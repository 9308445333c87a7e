"""From claims that may be paid to money that arrived: accounts, payment lists, what the bank sent back."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import CountField, MoneyField, SealedField
from shanhai.kernel.models import LedgerModel, Recorded
from shanhai.kernel.sealing import Kind
from shanhai.kernel.walls.kinds import Wall, Within
from shanhai.kernel.workflow import State
from shanhai.registers.parties.models import Body, Person

from .policy import Policy


class PayeeAccount(LedgerModel):
    """收款账户 — where money for a person or firm goes. The number is sealed and shown masked."""

    is_personal: ClassVar[bool] = True

    person = models.ForeignKey(
        Person,
        verbose_name=_("人员"),
        on_delete=models.PROTECT,
        related_name="payee_accounts",
        null=True,
        blank=True,
    )
    firm = models.ForeignKey(
        Body,
        verbose_name=_("享受单位"),
        on_delete=models.PROTECT,
        related_name="payee_accounts",
        null=True,
        blank=True,
    )
    bank_name = models.CharField(_("开户行"), max_length=80)
    account_number = SealedField(_("银行账号"), kind=Kind.BANK)

    class Meta:
        verbose_name = verbose_name_plural = _("收款账户")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "side"],
                condition=~Q(state=State.VOIDED.value),
                name="benefits_payeeaccount_person_once",
                violation_error_message=_("该人员已有收款账户。"),
            ),
            models.UniqueConstraint(
                fields=["firm", "side"],
                condition=~Q(state=State.VOIDED.value),
                name="benefits_payeeaccount_firm_once",
                violation_error_message=_("该单位已有收款账户。"),
            ),
            models.UniqueConstraint(
                fields=["account_number_index", "side"],
                name="benefits_payeeaccount_number_unique",
                violation_error_message=_("该方已登记过这个银行账号。"),
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(firm__isnull=False),
                name="benefits_payeeaccount_whose_check",
                violation_error_message=_("请选择人员或单位。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.firm)


class PaymentList(LedgerModel):
    """发放批次 — claims of one policy sent to the bank together."""

    reference_field: ClassVar[str] = "number"

    number = models.CharField(_("批次编号"), max_length=32)
    policy = models.ForeignKey(
        Policy, verbose_name=_("政策"), on_delete=models.PROTECT, related_name="payment_lists"
    )
    listed_on = models.DateField(_("造册日期"))
    note = models.CharField(_("备注"), max_length=200, blank=True, default="")
    claim_count = CountField(_("申领笔数"), unit=_("笔"), default=0, editable=False)
    list_total = MoneyField(_("批次合计"), default=0, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("发放批次")
        ordering: ClassVar = ["-listed_on", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "number"],
                name="benefits_paymentlist_side_number_unique",
                violation_error_message=_("该方已有这个批次编号。"),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class BankReturn(Recorded):
    """银行回盘 — one file of the bank as it was taken. Only added to; one file once for a list."""

    IS_APPENDED_ONLY: ClassVar[bool] = True

    payment_list = models.ForeignKey(
        PaymentList, verbose_name=_("发放批次"), on_delete=models.PROTECT, related_name="returns"
    )
    digest = models.CharField(_("文件摘要"), max_length=64)
    return_file = models.CharField(_("回盘文件名"), max_length=120)
    paid_count = models.PositiveIntegerField(_("成功笔数"))
    failed_count = models.PositiveIntegerField(_("失败笔数"))
    paid_total = MoneyField(_("成功合计"))
    returned_at = models.DateTimeField(_("回盘时间"))
    returned_by = models.CharField(_("回盘人"), max_length=120)

    WALL: ClassVar[Wall] = Within("payment_list")

    class Meta:
        verbose_name = verbose_name_plural = _("银行回盘")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["payment_list", "digest"], name="benefits_bankreturn_file_once"),
        ]

    def __str__(self) -> str:
        return self.return_file


class PaymentLine(Recorded):
    """发放明细 — one claim in one list: its amount and what became of it.

    Shape: a claim stands in one list at a time, and in none once it was paid: the database says so.
    """

    class Result(models.TextChoices):
        WAITING = "waiting", _("未回盘")
        PAID = "paid", _("发放成功")
        FAILED = "failed", _("发放未成")
        DROPPED = "dropped", _("已退出批次")

    payment_list = models.ForeignKey(
        PaymentList, verbose_name=_("发放批次"), on_delete=models.PROTECT, related_name="lines"
    )
    claim = models.ForeignKey(
        "benefits.Claim", verbose_name=_("申领"), on_delete=models.PROTECT, related_name="payment_lines"
    )
    amount = MoneyField(_("发放金额"))
    result = models.CharField(_("发放结果"), max_length=7, choices=Result.choices, default=Result.WAITING)
    failure = models.CharField(_("未成原因"), max_length=200, blank=True, default="")
    bank_return = models.ForeignKey(
        BankReturn, verbose_name=_("银行回盘"), on_delete=models.PROTECT, related_name="lines", null=True
    )

    WALL: ClassVar[Wall] = Within("payment_list")

    class Meta:
        verbose_name = verbose_name_plural = _("发放明细")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(result__in=("waiting", "paid")),
                name="benefits_paymentline_claim_once",
            ),
            models.UniqueConstraint(
                fields=["payment_list", "claim"],
                condition=~Q(result="dropped"),
                name="benefits_paymentline_list_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payment_list_id}·{self.claim_id}"


class ClawBack(LedgerModel):
    """追回 — money paid that the rows of today would not give, and whether it came back."""

    class Standing(models.TextChoices):
        DUE = "due", _("待追回")
        RECOVERED = "recovered", _("已追回")
        WAIVED = "waived", _("不再追回")

    claim = models.ForeignKey(
        "benefits.Claim", verbose_name=_("申领"), on_delete=models.PROTECT, related_name="claw_backs"
    )
    amount = MoneyField(_("追回金额"))
    found_on = models.DateField(_("发现日期"))
    cause = models.CharField(_("追回原因"), max_length=200)
    standing = models.CharField(
        _("追回进度"), max_length=9, choices=Standing.choices, default=Standing.DUE, editable=False
    )
    resolved_on = models.DateField(_("处理日期"), null=True, blank=True, editable=False)
    resolved_note = models.CharField(_("了结说明"), max_length=200, blank=True, default="", editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("追回")
        ordering: ClassVar = ["-found_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["claim", "side"],
                name="benefits_clawback_claim_unique",
                violation_error_message=_("这笔申领已登记追回。"),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="benefits_clawback_amount_check",
                violation_error_message=_("追回金额须大于零。"),
            ),
        ]
