"""Visits of employers of the county's workers."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import CountField
from shanhai.kernel.models import LedgerModel
from shanhai.registers.parties.models import Body


class EmployerVisit(LedgerModel):
    """企业走访 — somebody of a side called on an employer: how many workers there are, what was asked for."""

    class Way(models.TextChoices):
        ON_SITE = "on_site", _("到企业")
        PHONE = "phone", _("电话")
        VIDEO = "video", _("视频")

    firm = models.ForeignKey(
        Body, verbose_name=_("走访企业"), on_delete=models.PROTECT, related_name="employer_visits"
    )
    visited_on = models.DateField(_("走访日期"))
    way = models.CharField(_("走访方式"), max_length=7, choices=Way.choices, default=Way.ON_SITE)
    visitor = models.CharField(_("走访人"), max_length=60)
    worker_count = CountField(_("在岗本地务工人员"), unit=_("人"), null=True, blank=True)
    vacancy_count = CountField(_("还缺工"), unit=_("人"), null=True, blank=True)
    demand = models.CharField(_("企业诉求"), max_length=500, blank=True, default="")
    answer_note = models.CharField(_("答复与办理"), max_length=500, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("企业走访")
        ordering: ClassVar = ["-visited_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["firm", "visited_on", "way", "side"],
                condition=~Q(state="voided"),
                name="benefits_employervisit_once_a_day",
                violation_error_message=_("当天同样方式的走访已经记过。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm} {self.visited_on}"
