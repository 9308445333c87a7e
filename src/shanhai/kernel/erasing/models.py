"""What was erased from history. Written by the owner's function alone (`sql/erasing.sql`)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.rows import Recorded
from shanhai.kernel.walls.kinds import OfWhoeverActs, Wall


class ErasedEntry(Recorded):
    """One entry of history from which values of a person were taken.

    Shape: `was` is the hash the entry was sealed under, null for one that was not sealed yet; `is_now` the
    SHA-256 of what is left of it. As long as the entry is what was left, it counts with `was`.
    """

    entry_id = models.BigIntegerField(_("历史编号"))
    of_table = models.CharField(_("数据表"), max_length=63)
    row_id = models.UUIDField(_("行"))
    fields = models.JSONField(_("删除的字段"))
    was = models.BinaryField(null=True)
    is_now = models.BinaryField()
    erased_at = models.DateTimeField(_("删除时间"))
    erased_by = models.CharField(_("删除人"), max_length=120)
    reason = models.CharField(_("理由"), max_length=200)

    HISTORY_IS_SHOWN: ClassVar[bool] = False
    IS_APPENDED_ONLY: ClassVar[bool] = True

    WALL: ClassVar[Wall] = OfWhoeverActs(
        "which entries of history were erased, read wherever history is proved", administrators=True
    )

    class Meta:
        app_label = "kernel"
        verbose_name = verbose_name_plural = _("依申请删除的历史")
        ordering: ClassVar = ["-erased_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry_id", "is_now"], name="kernel_erasedentry_once"),
        ]
