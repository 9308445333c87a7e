"""Self-reports: what a unit says of an item of a scheme for a year, with its papers."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import DecimalField
from shanhai.kernel.models import LedgerModel

from .schemes import AppraisalScheme


class AppraisalEntry(LedgerModel):
    """考核自评 — one unit, one item, one year: narrative, evidence, and what no ledger counts.

    Shape: what an indicator counts is read from the ledgers and not typed. Verified by who oversees the
    appraisal: a grade that was verified is the grade.
    """

    scheme = models.ForeignKey(
        AppraisalScheme, verbose_name=_("考核方案"), on_delete=models.PROTECT, related_name="entries"
    )
    item_number = models.PositiveSmallIntegerField(_("考核项序号"), validators=[MinValueValidator(1)])
    reported = DecimalField(
        _("填报数"),
        max_digits=18,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("没有台账指标的考核项填；有指标的由台账计算，不用填。"),
    )
    grade = models.CharField(
        _("评价等级"), max_length=20, blank=True, default="", help_text=_("定性评价的考核项填，如：好。")
    )
    narrative = models.TextField(_("自评说明"), max_length=2000, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("考核自评")
        ordering: ClassVar = ["-period", "scheme", "item_number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner_unit", "scheme", "item_number", "period"],
                name="appraisal_appraisalentry_unit_item_unique",
                violation_error_message=_("本单位这一年度的这个考核项已有一条自评。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.period}·{self.item_number}"
