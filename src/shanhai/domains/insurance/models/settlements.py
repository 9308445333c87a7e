"""Settlements: what was paid of a visit, as computed on the day; a reversal is a row of its own."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import MoneyField
from shanhai.kernel.models import Recorded
from shanhai.kernel.scope import Side
from shanhai.kernel.walls.kinds import Wall, Within

from .care import MedicalVisit
from .people import Category, Filing, Insurance


class Settlement(Recorded):
    """结算 — the amounts of one settlement, or the same amounts taken back.

    Shape: rows are only added. Sums over a person's rows are that person's year, so a reversal, whose amounts
    are negative, restores what the year was. `person_index` is the blind index of the identity number, by
    which both sides' rows of one human being are one. `steps` are those of the engine, in fen.
    """

    IS_APPENDED_ONLY = True

    visit = models.ForeignKey(
        MedicalVisit, verbose_name=_("就诊"), on_delete=models.PROTECT, related_name="settlements"
    )
    number = models.CharField(_("结算编号"), max_length=40)
    reverses = models.OneToOneField(
        "self", verbose_name=_("撤销的结算"), on_delete=models.PROTECT, null=True, related_name="reversal"
    )
    person_index = models.CharField(max_length=32, editable=False)
    year = models.PositiveSmallIntegerField(_("年份"))
    settled_on = models.DateField(_("结算日期"))
    settled_by = models.CharField(_("结算人"), max_length=120)
    reason = models.CharField(_("撤销原因"), max_length=200, default="")
    insurance = models.CharField(_("险种"), max_length=3, choices=Insurance.choices)
    category = models.CharField(_("人员类别"), max_length=14, choices=Category.choices)
    #: "" in rows older than the field: found again by the person and the day.
    insured_side = models.CharField(
        _("参保方"), max_length=4, choices=Side.choices, blank=True, default="", editable=False
    )
    filing_kind = models.CharField(_("备案类型"), max_length=9, choices=Filing.Kind.choices)
    medical_fee = MoneyField(_("医疗费总额"), allow_negative=True)
    own_pay = MoneyField(_("全自费"), allow_negative=True)
    over_price = MoneyField(_("超限价"), allow_negative=True)
    pre_pay = MoneyField(_("先行自付"), allow_negative=True)
    in_scope = MoneyField(_("符合范围"), allow_negative=True)
    deductible = MoneyField(_("实际起付"), allow_negative=True)
    pool = MoneyField(_("统筹支付"), allow_negative=True)
    serious = MoneyField(_("大病支付"), allow_negative=True)
    assistance = MoneyField(_("救助支付"), allow_negative=True)
    account_pay = MoneyField(_("个人账户支付"), allow_negative=True)
    cash_pay = MoneyField(_("个人现金支付"), allow_negative=True)
    counted = models.JSONField(default=list)
    steps = models.JSONField(default=list)

    WALL: ClassVar[Wall] = Within("visit")

    class Meta:
        verbose_name = verbose_name_plural = _("结算")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "number"], name="insurance_settlement_number_unique"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person_index", "year"], name="insurance_settlement_year"),
            models.Index(fields=["settled_on"], name="insurance_settlement_day"),
        ]

    def __str__(self) -> str:
        return self.number
