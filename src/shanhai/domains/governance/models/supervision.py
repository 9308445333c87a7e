"""What an office presses a unit for, and the log of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.models import LedgerModel


class SupervisionSlip(LedgerModel):
    """督办单 — kept by the unit that is pressed, never shared with the other side.

    Shape: submitted it is given out; `supervision_stage` moves by `supervision_rules.ACTS` alone.
    `origin_*` say what it was raised from.
    """

    class Stage(models.TextChoices):
        ISSUED = "issued", _("待签收")
        RECEIVED = "received", _("待回复")
        REPLIED = "replied", _("待核查")
        SENT_BACK = "sent_back", _("退回重办")
        CLOSED = "closed", _("已办结")

    number = models.CharField(_("督办单号"), max_length=40)
    cause = models.TextField(_("督办事由"), max_length=1000)
    issued_on = models.DateField(_("交办日期"))
    due_on = models.DateField(_("完成期限"))
    origin = models.CharField(_("督办来源"), max_length=200, blank=True, default="")
    origin_ledger = models.CharField(_("来源台账"), max_length=80, blank=True, default="", editable=False)
    origin_row = models.UUIDField(_("来源记录"), null=True, blank=True, editable=False)
    supervision_stage = models.CharField(
        _("督办进度"), max_length=9, choices=Stage.choices, default=Stage.ISSUED, editable=False
    )
    escalations = models.PositiveSmallIntegerField(_("升级次数"), default=0, editable=False)
    times_sent_back = models.PositiveSmallIntegerField(_("退回次数"), default=0, editable=False)
    first_replied_on = models.DateField(_("首次回复日期"), null=True, blank=True, editable=False)
    replied_on = models.DateField(_("回复日期"), null=True, blank=True, editable=False)
    reply = models.TextField(_("回复内容"), max_length=2000, blank=True, default="", editable=False)
    closing_note = models.CharField(_("核查意见"), max_length=500, blank=True, default="", editable=False)
    closed_on = models.DateField(_("办结日期"), null=True, blank=True, editable=False)
    talked_on = models.DateField(_("约谈日期"), null=True, blank=True, editable=False)

    reference_field: ClassVar[str] = "number"

    class Meta:
        verbose_name = verbose_name_plural = _("督办单")
        ordering: ClassVar = ["-issued_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "number"],
                name="governance_supervisionslip_side_number",
                violation_error_message=_("该方已有这个督办单号。"),
            ),
            models.UniqueConstraint(
                fields=["owner_unit", "origin_ledger", "origin_row", "origin"],
                condition=Q(origin_row__isnull=False, closed_on__isnull=True) & ~Q(state="voided"),
                name="governance_supervisionslip_one_open",
                violation_error_message=_("这件事已有一张没有办结的督办单。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.cause[:20]}"


class SupervisionEntry(LedgerModel):
    """督办日志 — one line of what happened with a unit: written by every act, and by hand on a visit."""

    class Kind(models.TextChoices):
        RECEIVE = "receive", _("签收")
        REPLY = "reply", _("回复")
        CLOSE = "close", _("办结")
        SEND_BACK = "send_back", _("退回重办")
        ESCALATE = "escalate", _("升级督办")
        TALK = "talk", _("约谈")
        INSPECTED = "inspected", _("日常督查")
        PROBLEM = "problem", _("督查发现问题")
        PRAISE = "praise", _("表扬")

    slip = models.ForeignKey(
        SupervisionSlip,
        verbose_name=_("督办单"),
        on_delete=models.PROTECT,
        related_name="entries",
        null=True,
        blank=True,
    )
    entry_kind = models.CharField(_("日志事项"), max_length=9, choices=Kind.choices)
    entered_on = models.DateField(_("日志日期"))
    entry = models.TextField(_("日志内容"), max_length=2000)

    class Meta:
        verbose_name = verbose_name_plural = _("督办日志")
        ordering: ClassVar = ["-entered_on"]

    def __str__(self) -> str:
        return f"{self.entered_on} {self.get_entry_kind_display()}"
