"""What comes from outside and must be answered: complaints, media reports, suggestions of deputies."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.dated import DatedRule, one_at_a_time
from shanhai.kernel.fields import SealedField
from shanhai.kernel.models import LedgerModel
from shanhai.kernel.sealing.masks import Kind as Mask
from shanhai.kernel.walls.kinds import Public, Wall
from shanhai.registers.parties.fields import PhoneField


class HandlingTerm(DatedRule):
    """答复期限 — within how many days what came from outside is to be answered."""

    class Code(models.TextChoices):
        COMPLAINT = "complaint", _("投诉答复期限（天）")
        REPORT = "report", _("举报答复期限（天）")
        REQUEST = "request", _("求助答复期限（天）")
        MEDIA = "media", _("媒体报道答复期限（天）")
        DEPUTY = "deputy", _("人大建议答复期限（天）")
        PROPOSAL = "proposal", _("政协提案答复期限（天）")

    code = models.CharField(_("答复期限事项"), max_length=9, choices=Code.choices)
    days = models.PositiveSmallIntegerField(_("答复天数"))

    MAY_END: ClassVar[bool] = True
    WALL: ClassVar[Wall] = Public("terms of a practice, by date")

    class Meta:
        verbose_name = verbose_name_plural = _("来件答复期限")
        ordering: ClassVar = ["code", "valid_from"]
        constraints: ClassVar = [one_at_a_time("governance_handlingterm_code_days", "code")]

    def __str__(self) -> str:
        return f"{self.get_code_display()} {self.days}"


class FromOutside(LedgerModel):
    """Kept by the unit that answers; `handling_stage` moves by `outside_rules.ACTS` alone, once reported.

    Shape: its day is computed from the day it began (received, or opened again) and the term in force then.
    """

    class Stage(models.TextChoices):
        RECEIVED = "received", _("待答复")
        ANSWERED = "answered", _("待办结")
        CLOSED = "closed", _("已办结")
        REOPENED = "reopened", _("重新办理")

    number = models.CharField(_("受理编号"), max_length=40)
    subject = models.CharField(_("受理事由"), max_length=200, help_text=_("不写姓名、电话等个人信息。"))
    content = models.TextField(_("反映内容"), max_length=2000, help_text=_("不写姓名、电话等个人信息。"))
    received_on = models.DateField(_("受理日期"))
    handling_stage = models.CharField(
        _("答复进度"), max_length=8, choices=Stage.choices, default=Stage.RECEIVED, editable=False
    )
    answer_text = models.TextField(_("答复内容"), max_length=2000, blank=True, default="", editable=False)
    answered_on = models.DateField(_("本次答复日期"), null=True, blank=True, editable=False)
    closing_note = models.CharField(_("办结意见"), max_length=500, blank=True, default="", editable=False)
    closed_on = models.DateField(_("办结日期"), null=True, blank=True, editable=False)
    reopened_on = models.DateField(_("重新办理日期"), null=True, blank=True, editable=False)
    times_reopened = models.PositiveSmallIntegerField(_("重新办理次数"), default=0, editable=False)

    reference_field: ClassVar[str] = "number"

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number

    @property
    def term_code(self) -> str:
        """Which term it has."""
        raise NotImplementedError


class PublicComplaint(FromOutside):
    """投诉举报 — never shared; who complained is sealed, on no list, in no file and no paper."""

    class Kind(models.TextChoices):
        COMPLAINT = "complaint", _("投诉")
        REPORT = "report", _("举报")
        REQUEST = "request", _("求助")

    class Way(models.TextChoices):
        PHONE = "phone", _("电话")
        LETTER = "letter", _("来信")
        VISIT = "visit", _("来访")
        ONLINE = "online", _("网络")

    complaint_kind = models.CharField(_("投诉举报类别"), max_length=9, choices=Kind.choices)
    received_way = models.CharField(_("受理渠道"), max_length=6, choices=Way.choices)
    complainant = SealedField(_("投诉人姓名"), kind=Mask.NAME, blank=True)
    complainant_phone = PhoneField(_("投诉人电话"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("投诉举报")
        ordering: ClassVar = ["-received_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "number"],
                name="governance_publiccomplaint_side_number",
                violation_error_message=_("该方已有这个受理编号。"),
            ),
        ]

    @property
    def term_code(self) -> str:
        return self.complaint_kind


class OutsideMatter(FromOutside):
    """监督建议 — a media report, a deputies' suggestion, a proposal of the consultative conference."""

    class Kind(models.TextChoices):
        MEDIA = "media", _("媒体报道")
        DEPUTY = "deputy", _("人大建议")
        PROPOSAL = "proposal", _("政协提案")

    class Content(models.TextChoices):
        SATISFIED = "satisfied", _("满意")
        MOSTLY = "mostly", _("基本满意")
        UNSATISFIED = "unsatisfied", _("不满意")

    matter_kind = models.CharField(_("监督建议类别"), max_length=8, choices=Kind.choices)
    proposer = models.CharField(
        _("提出方"), max_length=120, help_text=_("写媒体名称、代表团或委员界别，不写个人姓名。")
    )
    reference_url = models.CharField(_("报道网址或文号"), max_length=300, blank=True, default="")
    satisfaction = models.CharField(
        _("满意情况"), max_length=11, choices=Content.choices, blank=True, default="", editable=False
    )

    class Meta:
        verbose_name = verbose_name_plural = _("监督建议")
        ordering: ClassVar = ["-received_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "number"],
                name="governance_outsidematter_side_number",
                violation_error_message=_("该方已有这个受理编号。"),
            ),
        ]

    @property
    def term_code(self) -> str:
        return self.matter_kind
