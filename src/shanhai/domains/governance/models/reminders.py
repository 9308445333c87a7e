"""What was sent beyond the installation."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.rows import Recorded
from shanhai.kernel.scope import Side
from shanhai.kernel.walls.kinds import OfSide, Wall


class Reminder(Recorded):
    """督查提醒 — one message of a day to one channel: numbers only, no person and no cause in it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("待发送")
        SENT = "sent", _("已发送")
        FAILED = "failed", _("发送失败")

    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    channel = models.CharField(_("提醒渠道"), max_length=60)
    reminded_on = models.DateField(_("提醒日期"))
    message = models.CharField(_("提醒内容"), max_length=500)
    state = models.CharField(_("发送状态"), max_length=7, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(_("发送次数"), default=0)
    last_error = models.CharField(_("失败原因"), max_length=120, blank=True, default="")
    sent_at = models.DateTimeField(_("发送时间"), null=True, blank=True)

    WALL: ClassVar[Wall] = OfSide()

    class Meta:
        verbose_name = verbose_name_plural = _("督查提醒")
        ordering: ClassVar = ["-reminded_on", "channel"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["channel", "reminded_on"], name="governance_reminder_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.reminded_on}"
