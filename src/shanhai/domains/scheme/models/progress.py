"""What a unit reports on its tasks, period by period."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.domains.scheme import access
from shanhai.kernel import context
from shanhai.kernel.fields import PercentField
from shanhai.kernel.models import LedgerManager, LedgerModel, LedgerQuerySet

from .tasks import Task


class ProgressManager(LedgerManager["ProgressReport"]):
    """Reports follow their scheme: of a scheme the other side may not read, it reads no report either."""

    def get_queryset(self) -> LedgerQuerySet["ProgressReport"]:
        rows = super().get_queryset()
        current = context.current()
        if current is None or current.is_unscoped:
            return rows
        return rows.filter(access.visible(current.actor, "task__scheme__"))


class ProgressReport(LedgerModel):
    """进展 — how far one unit has come with one task by the end of a period."""

    task = models.ForeignKey(Task, verbose_name=_("任务"), on_delete=models.PROTECT, related_name="reports")
    narrative = models.TextField(_("进展情况"), max_length=2000)
    percent = PercentField(_("完成进度"), null=True, blank=True)
    next_steps = models.TextField(_("下一步打算"), max_length=1000, blank=True, default="")

    objects: ClassVar[Any] = ProgressManager()

    class Meta:
        verbose_name = verbose_name_plural = _("任务进展")
        ordering: ClassVar = ["-period"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner_unit", "task", "period"],
                name="scheme_progressreport_unit_task_period_unique",
                violation_error_message=_("本单位已报过这项任务本期的进展。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}·{self.period}"
