"""Appeals of units against points of a published run, decided by another person."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import DecimalField
from shanhai.kernel.models import EvidenceFile
from shanhai.kernel.two_persons import DecidedByAnother
from shanhai.kernel.walls.kinds import OfSide, Wall
from shanhai.registers.parties.models import Unit

from .runs import AppraisalRun


class AppraisalAppeal(DecidedByAnother):
    """考核申诉 — one unit against the points of one item, with reason and evidence.

    Shape: `points` are those that the decision gives in place of what was computed.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("待裁定")
        UPHELD = "upheld", _("支持")
        REFUSED = "refused", _("不支持")

    run = models.ForeignKey(
        AppraisalRun, verbose_name=_("考核"), on_delete=models.PROTECT, related_name="appeals"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("申诉单位"), on_delete=models.PROTECT, related_name="+")
    item_number = models.PositiveSmallIntegerField(_("考核项序号"))
    file = models.ForeignKey(EvidenceFile, verbose_name=_("文件"), on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(_("申诉文件名"), max_length=200)
    state = models.CharField(_("裁定"), max_length=7, choices=State.choices, default=State.WAITING)
    points = DecimalField(_("裁定分数"), max_digits=6, decimal_places=2, null=True, blank=True, unit=_("分"))

    objects: ClassVar[Any] = models.Manager()

    WALL: ClassVar[Wall] = OfSide("run__side")

    class Meta:
        verbose_name = verbose_name_plural = _("考核申诉")
        ordering: ClassVar = ["asked_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["run", "unit", "item_number"],
                condition=Q(state="waiting"),
                name="appraisal_appraisalappeal_one_waits",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", handled_by__isnull=True)
                | (~Q(state="waiting") & Q(handled_by__isnull=False) & ~Q(handled_by=F("requester"))),
                name="appraisal_appraisalappeal_two_persons",
            ),
            models.CheckConstraint(
                condition=(Q(state="upheld") & Q(points__isnull=False))
                | (~Q(state="upheld") & Q(points__isnull=True)),
                name="appraisal_appraisalappeal_points",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.item_number}"
