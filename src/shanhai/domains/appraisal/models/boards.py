"""What boards go by, as dated rules."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.dated import DatedRule, one_at_a_time
from shanhai.kernel.fields import DecimalField
from shanhai.kernel.walls.kinds import Public, Wall
from shanhai.web.checks import known_checks


class Severity(models.TextChoices):
    """How much a finding presses."""

    RED = "red", _("红色预警")
    YELLOW = "yellow", _("黄色预警")


class AlarmLevel(DatedRule):
    """预警分级 — how severe findings of a kind are; a kind that no rule names is yellow.

    Shape: `alarm_code` is chapter and code of the finding, `funds.overpaid`.
    """

    alarm_code = models.CharField(_("预警事项"), max_length=60)
    alarm_level = models.CharField(_("预警分级"), max_length=6, choices=Severity.choices)

    MAY_END: ClassVar[bool] = True
    WALL: ClassVar[Wall] = Public("severity of findings, by date")

    class Meta:
        verbose_name = verbose_name_plural = _("预警分级")
        ordering: ClassVar = ["alarm_code", "valid_from"]
        constraints: ClassVar = [one_at_a_time("appraisal_alarmlevel_code_days", "alarm_code")]

    def __str__(self) -> str:
        label = self.choices_of("alarm_code").get(self.alarm_code, self.alarm_code)
        return f"{label} {self.get_alarm_level_display()}"

    @classmethod
    def choices_of(cls, name: str) -> Mapping[str, Any]:
        if name != "alarm_code":
            return {}
        return {
            f"{chapter}.{code}": label
            for chapter, checks in known_checks()
            for code, label in checks.labels.items()
        }


class BurdenGoal(DatedRule):
    """减负目标 — what share the system fills in, how often a fact is typed."""

    class Code(models.TextChoices):
        SYSTEM_SHARE = "system_share", _("系统填报率不低于（%）")
        TYPED_TIMES = "typed_times", _("每个事实录入不多于（次）")

    burden_code = models.CharField(_("减负事项"), max_length=15, choices=Code.choices)
    goal_value = DecimalField(_("减负目标值"), max_digits=8, decimal_places=2)

    MAY_END: ClassVar[bool] = True
    WALL: ClassVar[Wall] = Public("goals of the platform, by date")

    class Meta:
        verbose_name = verbose_name_plural = _("减负目标")
        ordering: ClassVar = ["burden_code", "valid_from"]
        constraints: ClassVar = [one_at_a_time("appraisal_burdengoal_code_days", "burden_code")]

    def __str__(self) -> str:
        return f"{self.get_burden_code_display()} {self.goal_value.normalize():f}"
