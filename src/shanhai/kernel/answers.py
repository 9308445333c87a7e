"""Answers of the API that are given again when a call is sent again."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.walls.kinds import OfPerson, Wall

from . import clock

#: How long the same key gives the same answer. Unit: days.
KEPT_DAYS = 3
#: What sealed answers are bound to.
PURPOSE = "kernel.keptanswer"


class KeptAnswer(models.Model):
    """What a call with an `Idempotency-Key` was answered. Not a record of business."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(_("请求键"), max_length=200)
    #: SHA-256 of method, address and body.
    call_digest = models.CharField(_("请求的哈希"), max_length=64)
    status_code = models.PositiveSmallIntegerField(_("答复的状态码"))
    #: Sealed: what the caller was told names persons.
    answer = models.TextField(_("答复"))
    answered_at = models.DateTimeField(_("答复时间"), db_index=True)

    WALL: ClassVar[Wall] = OfPerson("user")

    class Meta:
        app_label = "kernel"
        verbose_name = verbose_name_plural = _("接口答复")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "key"], name="kernel_keptanswer_user_key_unique")
        ]

    def __str__(self) -> str:
        return self.key


def forget_old_answers() -> int:
    """How many were removed. Called every night."""
    oldest = clock.now() - datetime.timedelta(days=KEPT_DAYS)
    return KeptAnswer.objects.filter(answered_at__lt=oldest).delete()[0]
