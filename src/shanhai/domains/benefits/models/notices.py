"""Public notices of who is to be paid, and the holidays by which their working days are counted."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.models import LedgerModel

from .policy import Policy


class Holiday(LedgerModel):
    """节假日安排 — a weekday off, or a weekend day worked, as the State Council arranges it for a year."""

    reference_field: ClassVar[str] = ""
    name_field: ClassVar[str] = "name"

    name = models.CharField(_("节日名称"), max_length=20)
    day = models.DateField(_("节假日日期"))
    is_worked = models.BooleanField(_("调休上班"), default=False)
    legal_basis = models.CharField(_("依据文件"), max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = _("节假日安排")
        ordering: ClassVar = ["-day"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "day", "name"],
                name="benefits_holiday_side_day_name_unique",
                violation_error_message=_("该方已登记这一天。"),
            ),
        ]


class PublicNotice(LedgerModel):
    """公示 — who is to get what of a policy, shown to everybody for some working days.

    Shape: `place` narrows it to a town or village; what is shown never holds a number of a person.
    """

    reference_field: ClassVar[str] = "number"

    class Standing(models.TextChoices):
        DRAFTED = "drafted", _("未张榜")
        POSTED = "posted", _("张榜中")
        CLOSED = "closed", _("公示期满")

    number = models.CharField(_("公示编号"), max_length=32)
    policy = models.ForeignKey(
        Policy, verbose_name=_("政策"), on_delete=models.PROTECT, related_name="notices"
    )
    benefit_period = models.CharField(_("享受期"), max_length=7)
    notice_from = models.DateField(_("公示开始日期"))
    objections_to = models.CharField(_("异议受理"), max_length=120, help_text=_("受理单位、地址和办公电话。"))
    standing = models.CharField(
        _("公示进度"), max_length=7, choices=Standing.choices, default=Standing.DRAFTED, editable=False
    )
    notice_to = models.DateField(_("公示截止日期"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("公示")
        ordering: ClassVar = ["-notice_from", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "number"],
                name="benefits_publicnotice_side_number_unique",
                violation_error_message=_("该方已有这个公示编号。"),
            ),
            models.CheckConstraint(
                condition=Q(notice_to__isnull=True) | Q(notice_to__gte=F("notice_from")),
                name="benefits_publicnotice_days_check",
                violation_error_message=_("公示截止不能早于开始。"),
            ),
        ]

    def __str__(self) -> str:
        return self.number
