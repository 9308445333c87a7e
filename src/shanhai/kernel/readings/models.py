"""The record of sensitive fields read. The application may add to it and read it, nothing else."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.rows import Recorded
from shanhai.kernel.scope import Side


class FieldReading(Recorded):
    """One sensitive value opened: of which row and field, by whom, when and why."""

    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    ledger = models.CharField(_("台账"), max_length=80)
    row_id = models.UUIDField(_("行"))
    field = models.CharField(_("字段"), max_length=64)
    #: Blind index: readings of one number are found again, wherever it stands.
    value_index = models.CharField(_("盲索引"), max_length=32)
    read_at = models.DateTimeField(_("查阅时间"))
    read_by = models.CharField(_("查阅人"), max_length=120)
    reason = models.CharField(_("理由"), max_length=200)

    HISTORY_IS_SHOWN: ClassVar[bool] = False

    class Meta:
        app_label = "kernel"
        verbose_name = verbose_name_plural = _("敏感信息查阅")
        ordering = ["-read_at", "-id"]
        indexes = [
            models.Index(fields=["ledger", "row_id"], name="kernel_fieldreading_row"),
            models.Index(fields=["side", "-read_at"], name="kernel_fieldreading_at"),
        ]
