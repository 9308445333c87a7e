"""稳岗回访: whether a worker who began a post is still there after some months, by dated intervals."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.dated import DatedRule, one_at_a_time
from shanhai.kernel.fields import MoneyField
from shanhai.kernel.models import LedgerModel
from shanhai.kernel.walls.kinds import Public, Wall

from .matching import Placement


class RetentionInterval(DatedRule):
    """After how many months a worker is asked whether they stayed, and within how many days."""

    after_months = models.PositiveSmallIntegerField(_("到岗后几个月"))
    within_days = models.PositiveSmallIntegerField(_("到期后几天内回访"))

    WALL: ClassVar[Wall] = Public("intervals of a rule, by date")
    #: A county may ask less often.
    MAY_END: ClassVar[bool] = True

    class Meta:
        verbose_name = verbose_name_plural = _("稳岗回访周期")
        ordering: ClassVar = ["after_months", "valid_from"]
        constraints: ClassVar = [
            one_at_a_time("labour_retentioninterval_months_days", "after_months"),
            models.CheckConstraint(
                condition=Q(after_months__gte=1), name="labour_retentioninterval_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.after_months} {self.within_days}"


class RetentionCheck(LedgerModel):
    """稳岗回访 — one worker, some months after beginning a post: still there, elsewhere, or gone.

    Shape: made with the post, one for each interval then in force; `outcome` is due until somebody asks, or
    until it follows from what is known of another day.
    """

    #: It is called by the name of its person.
    is_personal: ClassVar[bool] = True

    class Outcome(models.TextChoices):
        DUE = "due", _("待回访")
        STAYED = "stayed", _("仍在岗")
        CHANGED = "changed", _("换了单位")
        LEFT = "left", _("已离开")

    class Reason(models.TextChoices):
        WAGES = "wages", _("工资低或拖欠")
        WORK = "work", _("不适应工作")
        HEALTH = "health", _("身体原因")
        FAMILY = "family", _("照顾家庭")
        DISMISSED = "dismissed", _("岗位没有了")
        OTHER = "other", _("其他")

    placement = models.ForeignKey(
        Placement, verbose_name=_("拟配"), on_delete=models.PROTECT, related_name="retention_checks"
    )
    after_months = models.PositiveSmallIntegerField(_("到岗后几个月"))
    due_on = models.DateField(_("应回访日期"))
    late_on = models.DateField(_("最迟回访日期"), null=True, blank=True, editable=False)
    outcome = models.CharField(
        _("稳岗情况"), max_length=7, choices=Outcome.choices, default=Outcome.DUE, editable=False
    )
    checked_on = models.DateField(_("回访日期"), null=True, blank=True, editable=False)
    tried_on = models.DateField(_("最近没有联系上"), null=True, blank=True, editable=False)
    wage = MoneyField(_("月工资"), null=True, blank=True, editable=False)
    left_on = models.DateField(_("离开日期"), null=True, blank=True, editable=False)
    reason = models.CharField(
        _("离开原因"), max_length=9, choices=Reason.choices, blank=True, default="", editable=False
    )
    new_employer = models.CharField(_("新用工单位"), max_length=120, blank=True, default="", editable=False)
    note = models.CharField(_("情况说明"), max_length=300, blank=True, default="", editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("稳岗回访")
        ordering: ClassVar = ["due_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["placement", "after_months"],
                condition=~Q(state="voided"),
                name="labour_retentioncheck_once",
                violation_error_message=_("这条拟配的这一次回访已经有了。"),
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["left", "changed"]) | Q(left_on__isnull=False),
                name="labour_retentioncheck_left_day",
                violation_error_message=_("离开或换单位的，请填离开日期。"),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["outcome", "due_on"], name="labour_retention_due"),
        ]

    def __str__(self) -> str:
        return f"{self.placement.person}·{self.after_months}"
