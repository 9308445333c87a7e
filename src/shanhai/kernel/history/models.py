"""The history table. Written only by triggers; the application role may read it and nothing else."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.walls.kinds import OfHistory, Wall


class HistoryEntry(models.Model):
    """One write of one row.

    Shape: `row` is the whole row after the write (null after a delete), `before` only what changed.
    """

    class Operation(models.TextChoices):
        INSERT = "insert", _("新增")
        UPDATE = "update", _("修改")
        DELETE = "delete", _("删除")

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(_("时间"))
    transaction_id = models.BigIntegerField()
    table_name = models.CharField(max_length=63)
    row_id = models.UUIDField()
    operation = models.CharField(_("操作"), max_length=6, choices=Operation.choices)
    row = models.JSONField(null=True)
    before = models.JSONField(null=True)
    actor = models.CharField(_("操作人"), max_length=120)
    reason = models.CharField(_("原因"), max_length=500)
    request_id = models.CharField(max_length=64)
    import_id = models.UUIDField(null=True)

    WALL: ClassVar[Wall] = OfHistory()

    class Meta:
        managed = False
        app_label = "kernel"
        db_table = "kernel_history"
        ordering = ("-at", "-id")
        verbose_name = verbose_name_plural = _("修改记录")
