"""What hospitals say they settled, against what we settled: in total, and settlement by settlement."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import CountField, MoneyField
from shanhai.kernel.models import LedgerModel, Recorded
from shanhai.kernel.walls.kinds import Wall, Within
from shanhai.registers.parties.models import Body

from .settlements import Settlement


class Reconciliation(LedgerModel):
    """对账 — count and sums of a hospital's month, as the hospital tells them.

    Shape: ours are not kept, they are counted from the settlements; a reversal counts below nought.
    """

    hospital = models.ForeignKey(
        Body, verbose_name=_("医疗机构"), on_delete=models.PROTECT, related_name="reconciliations"
    )
    told_count = CountField(_("医院人次"), unit=_("人次"))
    told_fee = MoneyField(_("医院医疗费总额"), allow_negative=True)
    told_fund = MoneyField(_("医院基金支付"), allow_negative=True)
    told_patient = MoneyField(_("医院个人负担"), allow_negative=True)

    class Meta:
        verbose_name = verbose_name_plural = _("对账")
        ordering: ClassVar = ["-period", "hospital"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "hospital", "period"],
                name="insurance_reconciliation_hospital_month_unique",
                violation_error_message=_("这家医疗机构这个月已经有对账。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hospital} {self.period}"


class SettlementDifference(Recorded):
    """对账差异 — where a settlement of the hospital's file is not ours, or says something else.

    Shape: `national_field` is "" where a whole settlement is missing on one side; `ours`, `theirs`: what
    stands there. `gone_on`: a later file of the hospital, or of ours, no longer differs.
    """

    class Kind(models.TextChoices):
        ONLY_HERE = "only_here", _("只有本方有")
        ONLY_THERE = "only_there", _("只有医院有")
        DIFFERS = "differs", _("两边不同")

    class Resolution(models.TextChoices):
        CORRECT_OURS = "correct_ours", _("本方更正")
        CORRECT_THEIRS = "correct_theirs", _("医院更正")
        KEEP = "keep", _("保留差异")

    reconciliation = models.ForeignKey(
        Reconciliation, verbose_name=_("对账"), on_delete=models.PROTECT, related_name="differences"
    )
    settlement = models.ForeignKey(
        Settlement, verbose_name=_("结算"), on_delete=models.PROTECT, null=True, related_name="differences"
    )
    number = models.CharField(_("结算编号"), max_length=40)
    kind = models.CharField(_("差异类型"), max_length=10, choices=Kind.choices)
    national_field = models.CharField(_("接口字段"), max_length=30, default="")
    ours = models.CharField(_("本方值"), max_length=60, default="")
    theirs = models.CharField(_("医院值"), max_length=60, default="")
    found_on = models.DateField(_("发现日期"))
    gone_on = models.DateField(_("消除日期"), null=True)
    resolution = models.CharField(_("差异处理"), max_length=14, choices=Resolution.choices, default="")
    resolved_because = models.CharField(_("处理理由"), max_length=200, default="")
    resolved_by = models.CharField(_("处理人"), max_length=120, default="")
    resolved_on = models.DateField(_("处理日期"), null=True)

    #: Neither gone nor decided.
    OPEN: ClassVar[Q] = Q(gone_on__isnull=True, resolution="")

    objects: ClassVar[Any] = models.Manager()

    WALL: ClassVar[Wall] = Within("reconciliation")

    class Meta:
        verbose_name = verbose_name_plural = _("对账差异")
        ordering: ClassVar = ["number", "national_field"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reconciliation", "number", "kind", "national_field"],
                condition=Q(gone_on__isnull=True),
                name="insurance_settlementdifference_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}·{self.get_kind_display()}"
