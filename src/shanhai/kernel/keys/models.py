"""Changes of key: each is recorded once, with who asked for it and what came of it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.rows import Recorded
from shanhai.kernel.walls.kinds import OfWhoeverActs, Wall


class KeyChange(Recorded):
    """A key was added or dropped, or all that is sealed gets the current one, in the background.

    Shape: `progress` is place → key of the last row looked at; history does not follow it.
    """

    class Kind(models.TextChoices):
        ADDED = "added", _("新增密钥")
        ROTATED = "rotated", _("改用现用密钥")
        DROPPED = "dropped", _("删除密钥")

    HISTORY_OMITS: ClassVar[tuple[str, ...]] = ("progress", "looked_at")
    HISTORY_IS_SHOWN: ClassVar[bool] = False

    kind = models.CharField(_("变动"), max_length=8, choices=Kind.choices)
    key_id = models.CharField(_("密钥"), max_length=32)
    algorithm = models.CharField(_("算法"), max_length=16, blank=True, default="")
    started_at = models.DateTimeField(_("开始时间"))
    started_by = models.CharField(_("更换人"), max_length=120)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    #: Of values and files.
    resealed = models.PositiveBigIntegerField(_("改用新密钥的值"), default=0)
    #: What did not open and stays as it is; the log says where.
    unopened = models.PositiveBigIntegerField(_("打不开的值"), default=0)
    progress = models.JSONField(_("进度"), default=dict)
    looked_at = models.DateTimeField(_("最近一步"), null=True, blank=True)

    WALL: ClassVar[Wall] = OfWhoeverActs("when keys were changed, no value", administrators=True)

    class Meta:
        app_label = "kernel"
        verbose_name = verbose_name_plural = _("密钥变动")
        ordering: ClassVar = ["-started_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(ended_at__isnull=True),
                name="kernel_keychange_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.Kind(self.kind).label} {self.key_id}"
