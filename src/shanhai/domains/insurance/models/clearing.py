"""Clearing between the funds of the two counties: what is asked for, what was paid, where every fen is."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.dated import DatedRule, one_at_a_time
from shanhai.kernel.fields import MoneyField
from shanhai.kernel.models import LedgerModel, Recorded
from shanhai.kernel.scope import Side
from shanhai.kernel.walls.kinds import OfSide, Public, Wall, Within

from .people import Insurance
from .settlements import Settlement


class Clearing(LedgerModel):
    """清算 — what the place of care asks of the insured county's funds for the settlements of a month.

    Shape: kept by the place of care, read by both; where it stands is its last `ClearingStep`.
    """

    reference_field: ClassVar[str] = "number"

    number = models.CharField(_("清算编号"), max_length=30)
    note = models.CharField(_("备注"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("清算")
        ordering: ClassVar = ["-period", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "number"],
                name="insurance_clearing_side_number_unique",
                violation_error_message=_("该方已有这个清算编号。"),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def insured_side(self) -> Side:
        """Whose funds pay."""
        return Side(self.side).other


class ClearingLine(Recorded):
    """清算明细 — one settlement in a clearing: its amounts, for the insured county, which sees no visit.

    Shape: a settlement is in one clearing at most that stands; `is_released` when the clearing was undone.
    """

    clearing = models.ForeignKey(
        Clearing, verbose_name=_("清算"), on_delete=models.PROTECT, related_name="lines"
    )
    settlement = models.ForeignKey(
        Settlement, verbose_name=_("结算"), on_delete=models.PROTECT, related_name="clearing_lines"
    )
    number = models.CharField(_("结算编号"), max_length=40)
    person_index = models.CharField(max_length=32, editable=False)
    settled_on = models.DateField(_("结算日期"))
    insurance = models.CharField(_("险种"), max_length=3, choices=Insurance.choices)
    fund_paid = MoneyField(_("基金支付"), allow_negative=True)
    #: The settlement in the national field names, as the interface file tells it.
    told = models.JSONField(_("接口内容"), default=dict)
    is_released = models.BooleanField(_("已退出清算"), default=False)

    objects: ClassVar[Any] = models.Manager()

    WALL: ClassVar[Wall] = Within("clearing")

    class Meta:
        verbose_name = verbose_name_plural = _("清算明细")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["settlement"],
                condition=Q(is_released=False),
                name="insurance_clearingline_settlement_once",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ClearingStep(Recorded):
    """清算办理 — one step of a clearing, by either side. Rows are only added."""

    IS_APPENDED_ONLY: ClassVar[bool] = True

    class Kind(models.TextChoices):
        REQUESTED = "requested", _("清算申请")
        CONFIRMED = "confirmed", _("清算确认")
        PAID = "paid", _("清算拨付")
        COMPLETED = "completed", _("清算完成")
        UNDONE = "undone", _("清算撤销")

    clearing = models.ForeignKey(
        Clearing, verbose_name=_("清算"), on_delete=models.PROTECT, related_name="steps"
    )
    ordinal = models.PositiveSmallIntegerField(_("清算步骤序号"))
    kind = models.CharField(_("清算步骤"), max_length=9, choices=Kind.choices)
    taken_on = models.DateField(_("办理日期"))
    handled_by = models.CharField(_("办理人"), max_length=120)
    reason = models.CharField(_("办理说明"), max_length=200, default="")

    objects: ClassVar[Any] = models.Manager()

    WALL: ClassVar[Wall] = Within("clearing")

    class Meta:
        verbose_name = verbose_name_plural = _("清算办理")
        ordering: ClassVar = ["clearing", "ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["clearing", "ordinal"], name="insurance_clearingstep_ordinal_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clearing} {self.get_kind_display()}"


class Account(models.TextChoices):
    """Accounts of the place of care, in its dealings with the insured county's funds."""

    FRONTED = "fronted", _("垫付医疗费")
    RECEIVABLE = "receivable", _("应收清算款")
    BANK = "bank", _("银行存款")
    ADVANCE = "advance", _("预付金")
    REFUSED = "refused", _("核减")


class LedgerEntry(Recorded):
    """清算分录 — an amount from one account to another: what is debited is credited by construction.

    Shape: rows are only added; a correction is another entry. Kept by the place of care, read by both sides.
    """

    IS_APPENDED_ONLY: ClassVar[bool] = True

    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    clearing = models.ForeignKey(
        Clearing, verbose_name=_("清算"), on_delete=models.PROTECT, related_name="entries", null=True
    )
    debit = models.CharField(_("借方科目"), max_length=10, choices=Account.choices)
    credit = models.CharField(_("贷方科目"), max_length=10, choices=Account.choices)
    amount = MoneyField(_("金额"))
    booked_on = models.DateField(_("记账日期"))
    booked_by = models.CharField(_("记账人"), max_length=120)
    summary = models.CharField(_("摘要"), max_length=200)

    objects: ClassVar[Any] = models.Manager()

    WALL: ClassVar[Wall] = OfSide("side", is_told=True)

    class Meta:
        verbose_name = verbose_name_plural = _("清算分录")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="insurance_ledgerentry_amount_check"),
            models.CheckConstraint(
                condition=~Q(debit=F("credit")), name="insurance_ledgerentry_accounts_check"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["side", "booked_on"], name="insurance_ledgerentry_day")]

    def __str__(self) -> str:
        return f"{self.get_debit_display()} / {self.get_credit_display()} {self.amount}"


class Dispute(Recorded):
    """协查 — what the insured county asks about a settlement it is to pay for, and what came of it."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("维持原结算")
        REFUSED = "refused", _("核减金额")
        WITHDRAWN = "withdrawn", _("随清算撤销")

    clearing = models.ForeignKey(
        Clearing, verbose_name=_("清算"), on_delete=models.PROTECT, related_name="disputes"
    )
    clearing_line = models.ForeignKey(
        ClearingLine, verbose_name=_("清算明细"), on_delete=models.PROTECT, related_name="disputes"
    )
    inquiry = models.CharField(_("协查事由"), max_length=200)
    raised_on = models.DateField(_("协查日期"))
    raised_by = models.CharField(_("协查人"), max_length=120)
    due_on = models.DateField(_("协查期限"))
    conclusion = models.CharField(_("协查结论"), max_length=9, choices=Outcome.choices, default="")
    refused_amount = MoneyField(_("核减数额"), default=0)
    reply = models.CharField(_("协查答复"), max_length=200, default="")
    concluded_on = models.DateField(_("结论日期"), null=True)
    concluded_by = models.CharField(_("结论人"), max_length=120, default="")

    objects: ClassVar[Any] = models.Manager()

    WALL: ClassVar[Wall] = Within("clearing")

    class Meta:
        verbose_name = verbose_name_plural = _("协查")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["clearing_line"], condition=Q(conclusion=""), name="insurance_dispute_open_once"
            ),
            models.CheckConstraint(
                condition=Q(conclusion="refused", refused_amount__gt=0) | Q(refused_amount=0),
                name="insurance_dispute_amount_check",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clearing_line} {self.inquiry}"


class AgeingBand(DatedRule):
    """From how many days on what is owed stands in a band of the ageing 账龄."""

    since_days = models.PositiveSmallIntegerField(_("账龄起始天数"))

    MAY_END: ClassVar[bool] = True
    WALL: ClassVar[Wall] = Public("bands of an ageing, by date")

    class Meta:
        verbose_name = verbose_name_plural = _("账龄分段")
        ordering: ClassVar = ["since_days", "valid_from"]
        constraints: ClassVar = [one_at_a_time("insurance_ageingband_days", "since_days")]

    def __str__(self) -> str:
        return str(self.since_days)
