"""Who sends, and what was taken. Rows of a package stay in its file."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.engines.exchange import Figure
from shanhai.kernel.fields import PeriodField
from shanhai.kernel.rows import Recorded
from shanhai.kernel.walls.kinds import OfWhoeverActs, Public, Wall


class ExchangeSender(Recorded):
    """报送方 — a system below that sends packages; its keys are those registered under its name."""

    code = models.CharField(_("报送方代码"), max_length=32, unique=True)
    name = models.CharField(_("报送方名称"), max_length=80, unique=True)

    HISTORY_IS_SHOWN: ClassVar[bool] = False
    WALL: ClassVar[Wall] = Public("which counties report here")

    class Meta:
        verbose_name = verbose_name_plural = _("报送方")
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name


class ExchangePackage(Recorded):
    """报送包 — a package that was taken. Shape: of a sender and a period one is current, the newest made.

    `sent_figures` are what the manifest says; `changed_figures` what the one before said otherwise.
    """

    exchange_sender = models.ForeignKey(
        ExchangeSender, verbose_name=_("报送方"), on_delete=models.PROTECT, related_name="packages"
    )
    period = PeriodField(_("所属期"))
    cut_off = models.DateField(_("截至"))
    packed_at = models.DateTimeField(_("生成时间"))
    digest = models.CharField(_("清单摘要"), max_length=64, unique=True)
    fingerprint = models.CharField(_("密钥指纹"), max_length=64)
    sent_rows = models.PositiveIntegerField(_("包内行数"))
    sent_figures: models.JSONField[Any] = models.JSONField(_("指标值"))
    changed_figures: models.JSONField[Any] = models.JSONField(_("与上一包的差异"), default=list, blank=True)
    is_newest = models.BooleanField(_("现行"))
    accepted_at = models.DateTimeField(_("接收时间"))
    accepted_by = models.CharField(_("接收人"), max_length=120)

    HISTORY_IS_SHOWN: ClassVar[bool] = False
    WALL: ClassVar[Wall] = OfWhoeverActs("totals that counties sent up to be read here")

    class Meta:
        verbose_name = verbose_name_plural = _("报送包")
        ordering: ClassVar = ["-accepted_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["exchange_sender", "period"],
                condition=Q(is_newest=True),
                name="exchange_exchangepackage_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exchange_sender} {self.period}"

    @property
    def by_code(self) -> Mapping[str, Figure]:
        return {one["code"]: figure_of(one) for one in self.sent_figures}


def figure_of(told: Mapping[str, Any]) -> Figure:
    """A figure as it was kept."""
    value = None if told["value"] is None else Decimal(told["value"])
    return Figure(**{**told, "value": value, "parts": tuple(told["parts"]) if told["parts"] else None})
