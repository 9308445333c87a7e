"""The record of sensitive fields read, one by one or by an export. The application only adds and reads."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.rows import Recorded
from shanhai.kernel.scope import Side
from shanhai.kernel.walls.kinds import OfSide, Wall


class Reading(Recorded):
    """Sensitive values of rows of one side and ledger were read: by whom, when and why."""

    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    ledger = models.CharField(_("台账"), max_length=80)
    read_at = models.DateTimeField(_("查阅时间"))
    read_by = models.CharField(_("查阅人"), max_length=120)
    reason = models.CharField(_("理由"), max_length=200)

    HISTORY_IS_SHOWN: ClassVar[bool] = False

    class Meta:
        abstract = True
        app_label = "kernel"
        ordering: ClassVar = ["-read_at", "-id"]


class FieldReading(Reading):
    """One sensitive value opened: of which row and field."""

    row_id = models.UUIDField(_("行"))
    field = models.CharField(_("字段"), max_length=64)
    #: Blind index: readings of one number are found again, wherever it stands.
    value_index = models.CharField(_("盲索引"), max_length=32)

    WALL: ClassVar[Wall] = OfSide(is_watched=True)

    class Meta(Reading.Meta):
        verbose_name = verbose_name_plural = _("敏感信息查阅")
        indexes: ClassVar = [
            models.Index(fields=["ledger", "row_id"], name="kernel_fieldreading_row"),
            models.Index(fields=["side", "-read_at"], name="kernel_fieldreading_at"),
        ]


class ExportReading(Reading):
    """Sensitive fields that left unmasked with a list: which, of how many rows of a side."""

    #: Paths of the columns.
    fields = models.JSONField(_("导出的字段"))
    rows = models.PositiveIntegerField(_("行数"))
    #: In words, as the note of the file has them; empty for all rows.
    filters = models.TextField(_("筛选条件"), blank=True, default="")
    form = models.CharField(_("格式"), max_length=8)

    WALL: ClassVar[Wall] = OfSide(is_watched=True)

    class Meta(Reading.Meta):
        verbose_name = verbose_name_plural = _("敏感信息导出")
        indexes: ClassVar = [models.Index(fields=["side", "-read_at"], name="kernel_exportreading_at")]
