"""Hand-overs: which rows went to which unit, when, by whom and why."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.rows import Recorded
from shanhai.kernel.scope import Side
from shanhai.kernel.walls.kinds import OfSide, Wall


class Handover(Recorded):
    """Rows of one ledger that went to another unit together. Each row's history tells where it was before."""

    ledger = models.CharField(_("台账"), max_length=80)
    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    unit = models.ForeignKey(
        settings.SHANHAI_UNIT_MODEL, verbose_name=_("接收单位"), on_delete=models.PROTECT, related_name="+"
    )
    row_ids = ArrayField(models.UUIDField(), verbose_name=_("移交的记录"))
    givers = models.CharField(_("移交单位"), max_length=500)
    reason = models.CharField(_("移交原因"), max_length=500)
    handed_at = models.DateTimeField(_("移交时间"))
    handed_by = models.CharField(_("移交人"), max_length=120)

    #: The rows' own histories tell of each.
    HISTORY_OMITS: ClassVar = ("row_ids",)

    WALL: ClassVar[Wall] = OfSide()

    class Meta:
        app_label = "kernel"
        verbose_name = verbose_name_plural = _("移交")
        ordering: ClassVar = ["-handed_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["unit", "-handed_at"], name="kernel_handover_unit")]

    def __str__(self) -> str:
        return f"{self.ledger} → {self.unit}"
