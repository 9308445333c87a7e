"""What a joint meeting resolved, and what units report of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import PercentField
from shanhai.kernel.models import JointLedgerModel, LedgerModel
from shanhai.kernel.scope import REPORTED_STATES
from shanhai.registers.parties.models import Unit

from .meetings import JointMeeting


class Resolution(JointLedgerModel):
    """议定事项 — a joint row: what is to be done, by which unit of either side, by when.

    Shape: `support_units` are names of the register with 、 between them. Where it stands
    is computed from its progress; a voided one is revoked by both.
    """

    code = models.CharField(_("议定事项编号"), max_length=50)
    meeting = models.ForeignKey(
        JointMeeting, verbose_name=_("联席会议"), on_delete=models.PROTECT, related_name="resolutions"
    )
    content = models.TextField(_("议定内容"), max_length=1000)
    lead_unit = models.ForeignKey(
        Unit, verbose_name=_("牵头单位"), on_delete=models.PROTECT, related_name="+"
    )
    support_units = models.CharField(_("配合单位"), max_length=500, blank=True, default="")
    due_on = models.DateField(_("完成期限"))
    partner_unit = models.ForeignKey(
        Unit, verbose_name=_("对方签认单位"), on_delete=models.PROTECT, related_name="+"
    )

    reference_field: ClassVar[str] = "code"

    class Meta:
        verbose_name = verbose_name_plural = _("议定事项")
        ordering: ClassVar = ["due_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "code"],
                name="governance_resolution_side_code",
                violation_error_message=_("该方已有这个议定事项编号。"),
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(state__in=REPORTED_STATES),
                name="governance_resolution_code_joint",
                violation_error_message=_("这个议定事项编号已由对方登记，请签认对方的那一条。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.content[:20]}"


class ResolutionProgress(LedgerModel):
    """议定进展 — what a lead or supporting unit reports of a resolution, in a row of its own side.

    Shape: `is_complete` asks for the 销号; verified it is granted, returned it is refused.
    """

    resolution = models.ForeignKey(
        Resolution, verbose_name=_("议定事项"), on_delete=models.PROTECT, related_name="progress"
    )
    told_on = models.DateField(_("进展日期"))
    percent = PercentField(_("完成进度"), null=True, blank=True)
    narrative = models.TextField(_("进展情况"), max_length=2000)
    is_complete = models.BooleanField(_("申请销号"), default=False)
    closing_note = models.CharField(_("销号意见"), max_length=500, blank=True, default="", editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("议定进展")
        ordering: ClassVar = ["-told_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner_unit", "resolution", "told_on"],
                condition=~Q(state="voided"),
                name="governance_resolutionprogress_once",
                violation_error_message=_("本单位当天已报过这项的进展，请改那一条。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resolution}·{self.told_on}"
