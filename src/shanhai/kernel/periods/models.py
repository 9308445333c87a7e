"""Obligations: rules say who owes what; one obligation is a unit, a ledger, a period and a due date."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import PeriodField
from shanhai.kernel.rows import Recorded
from shanhai.kernel.scope import Side
from shanhai.kernel.walls.kinds import OfSide, OfWhoeverActs, Wall


class ObligationRule(Recorded):
    """Who files which ledger how often. Dated: a change is a new rule from a day on."""

    class Frequency(models.TextChoices):
        MONTH = "month", _("每月")
        QUARTER = "quarter", _("每季度")
        YEAR = "year", _("每年")

    ledger = models.CharField(_("台账"), max_length=80)
    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    frequency = models.CharField(_("频次"), max_length=7, choices=Frequency.choices)
    due_days = models.SmallIntegerField(_("期末后天数"), default=0, help_text=_("负数为期末之前的天数。"))
    #: Days after the period's first day from which rows may be filed (negative: before); None: always.
    open_days = models.SmallIntegerField(_("期初后几天开放"), null=True, blank=True)
    #: Days after the due day on which rows may still be changed; then the period is locked. None: never.
    lock_days = models.PositiveSmallIntegerField(_("截止后几天锁定"), null=True, blank=True)
    minimum_rows = models.PositiveIntegerField(_("至少行数"), default=1)
    valid_from = models.DateField(_("启用日期"))
    valid_to = models.DateField(_("停用日期"), null=True, blank=True)
    source = models.CharField(_("依据"), max_length=200)

    WALL: ClassVar[Wall] = OfWhoeverActs(
        "what is due decides which periods are closed, on every row that may be read"
    )

    class Meta:
        app_label = "kernel"
        verbose_name = verbose_name_plural = _("应报规则")
        ordering = ["ledger", "valid_from"]

    def __str__(self) -> str:
        return f"{self.ledger} {self.get_frequency_display()}"


class ObligationRuleUnit(Recorded):
    """A unit the rule binds."""

    rule = models.ForeignKey(ObligationRule, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(
        settings.SHANHAI_UNIT_MODEL, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+"
    )

    WALL: ClassVar[Wall] = OfWhoeverActs("as its rule")

    class Meta:
        app_label = "kernel"
        verbose_name = verbose_name_plural = _("应报单位")
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "unit"], name="kernel_obligationruleunit_rule_unit_unique"
            ),
        ]

    def __str__(self) -> str:
        return str(self.unit)


class Obligation(Recorded):
    """One unit owes one ledger for one period by a day. Whether it is met is computed from rows."""

    rule = models.ForeignKey(ObligationRule, on_delete=models.PROTECT, related_name="obligations")
    ledger = models.CharField(_("台账"), max_length=80)
    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    unit = models.ForeignKey(
        settings.SHANHAI_UNIT_MODEL, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+"
    )
    period = PeriodField(_("所属期"))
    due_on = models.DateField(_("截止日期"))
    minimum_rows = models.PositiveIntegerField(_("至少行数"), default=1)
    #: Explicit nil return 零报告: there is nothing to file for this period, and somebody says so.
    nil_at = models.DateTimeField(_("零报告时间"), null=True, blank=True)
    nil_by = models.CharField(_("零报告人"), max_length=120, blank=True, default="")
    nil_reason = models.CharField(_("零报告说明"), max_length=200, blank=True, default="")

    WALL: ClassVar[Wall] = OfSide()

    class Meta:
        app_label = "kernel"
        verbose_name = verbose_name_plural = _("应报事项")
        ordering = ["due_on", "ledger"]
        constraints = [
            models.UniqueConstraint(
                fields=["ledger", "unit", "period"], name="kernel_obligation_ledger_unit_period_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.ledger} {self.period}"
