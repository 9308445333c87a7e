"""Re-openings: a unit may change rows of a locked period again, until a moment, for a reason."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import PeriodField
from shanhai.kernel.rows import Recorded
from shanhai.kernel.scope import Side
from shanhai.kernel.walls.kinds import OfWhoeverActs, Wall


class PeriodReopening(Recorded):
    """One unit, ledger and period, open again until `until`: over by itself, or when somebody ends it."""

    ledger = models.CharField(_("台账"), max_length=80)
    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    unit = models.ForeignKey(
        settings.SHANHAI_UNIT_MODEL, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+"
    )
    period = PeriodField(_("所属期"))
    until = models.DateTimeField(_("重开至"))
    reason = models.CharField(_("原因"), max_length=200)
    opened_at = models.DateTimeField(_("重开时间"))
    opened_by = models.CharField(_("重开人"), max_length=120)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    ended_by = models.CharField(_("结束人"), max_length=120, blank=True, default="")

    WALL: ClassVar[Wall] = OfWhoeverActs("which periods are closed is told on every row that may be read")

    class Meta:
        app_label = "kernel"
        verbose_name = verbose_name_plural = _("期次重开")
        ordering: ClassVar = ["-opened_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__gt=models.F("opened_at")), name="kernel_periodreopening_until_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.ledger} {self.period}"
