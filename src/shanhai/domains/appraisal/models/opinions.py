"""What each side says of a difference between the two."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.models import Recorded
from shanhai.kernel.scope import Side
from shanhai.kernel.walls.kinds import OfSide, Wall


class SideOpinion(Recorded):
    """核对意见 — one side's word on one pair of rows; the last of a side counts, none is ever changed.

    Shape: `pair_mark` is that of `kernel.indicators.reconcile.Pair`: it lapses when a compared value changes.
    It holds for every indicator and period in which the two rows are compared.
    """

    IS_APPENDED_ONLY: ClassVar[bool] = True

    class Choice(models.TextChoices):
        OURS = "ours", _("以本方为准，请对方更正")
        THEIRS = "theirs", _("以对方为准，本方更正")
        APART = "apart", _("分别保留")

    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    ledger = models.CharField(_("台账"), max_length=80)
    pair_mark = models.CharField(_("差异标识"), max_length=64)
    choice = models.CharField(_("本方结论"), max_length=6, choices=Choice.choices)
    reason = models.CharField(_("理由"), max_length=200, blank=True, default="")
    opined_by = models.CharField(_("提出意见的人"), max_length=120)
    opined_at = models.DateTimeField(_("提出意见时间"))

    objects: ClassVar[Any] = models.Manager()

    #: Only of pairs that both sides can see.
    WALL: ClassVar[Wall] = OfSide(is_told=True)

    class Meta:
        verbose_name = verbose_name_plural = _("核对意见")
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["ledger"], name="appraisal_sideopinion_ledger")]

    def __str__(self) -> str:
        return f"{self.ledger} {self.pair_mark[:8]}"
