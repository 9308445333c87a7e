"""What the two governments do together at the top: meetings, visits, studies, briefings."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import CountField
from shanhai.kernel.models import JointLedgerModel, LedgerModel
from shanhai.kernel.scope import REPORTED_STATES
from shanhai.registers.parties.models import Unit


class JointMeeting(JointLedgerModel):
    """联席会议 — one row of both sides, whoever wrote the minutes; `partner_unit` signs for the other.

    Shape: `agenda` one item a line; those left over from earlier meetings stand first.
    """

    class Level(models.TextChoices):
        COUNTY = "county", _("县级")
        WORKING = "working", _("工作层")

    number = models.CharField(_("会议编号"), max_length=40)
    title = models.CharField(_("会议名称"), max_length=80)
    level = models.CharField(_("会议层级"), max_length=8, choices=Level.choices, default=Level.COUNTY)
    held_on = models.DateField(_("召开日期"))
    venue = models.CharField(_("会议地点"), max_length=80)
    partner_unit = models.ForeignKey(
        Unit, verbose_name=_("对方签认单位"), on_delete=models.PROTECT, related_name="+"
    )
    chairs = models.CharField(_("主持人"), max_length=120)
    attendees = models.TextField(_("出席人员"), max_length=2000, blank=True, default="")
    agenda = models.TextField(_("会议议题"), max_length=4000)
    next_on = models.DateField(_("下次会议日期"), null=True, blank=True)

    reference_field: ClassVar[str] = "number"

    class Meta:
        verbose_name = verbose_name_plural = _("联席会议")
        ordering: ClassVar = ["-held_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "number"],
                name="governance_jointmeeting_side_number",
                violation_error_message=_("该方已有这个会议编号。"),
            ),
            models.UniqueConstraint(
                fields=["number"],
                condition=Q(state__in=REPORTED_STATES),
                name="governance_jointmeeting_number_joint",
                violation_error_message=_("这次会议已由对方登记，请签认对方的那一条，不要重复登记。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.number}）"


class MutualVisit(LedgerModel):
    """互访 — a delegation that went to the other county; kept by the side that travels."""

    class Rank(models.TextChoices):
        SECRETARY = "secretary", _("党委书记")
        GOVERNOR = "governor", _("区县长")
        DEPUTY = "deputy", _("副职")
        DEPARTMENT = "department", _("部门负责人")
        TOWN = "town", _("镇（街道）负责人")

    code = models.CharField(_("互访编号"), max_length=40)
    purpose = models.CharField(_("互访事由"), max_length=120)
    head = models.CharField(_("带队领导"), max_length=40)
    head_rank = models.CharField(_("带队领导职级"), max_length=10, choices=Rank.choices)
    is_in_person = models.BooleanField(_("是否实地"), default=True)
    delegation = models.TextField(_("代表团成员"), max_length=2000, blank=True, default="")
    delegation_size = CountField(_("代表团人数"), unit=_("人"))
    begins_on = models.DateField(_("到访日期"))
    ends_on = models.DateField(_("离开日期"))
    places_seen = models.TextField(_("到访地点"), max_length=1000)
    outputs = models.TextField(_("互访成果"), max_length=2000, blank=True, default="")

    reference_field: ClassVar[str] = "code"

    class Meta:
        verbose_name = verbose_name_plural = _("互访")
        ordering: ClassVar = ["-begins_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "code"],
                name="governance_mutualvisit_side_code",
                violation_error_message=_("该方已有这个互访编号。"),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")),
                name="governance_mutualvisit_days",
                violation_error_message=_("离开日期不能早于到访日期。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}（{self.code}）"


class StudySession(LedgerModel):
    """专题研究 — a standing committee or executive meeting of one side with the cooperation as an item."""

    class Forum(models.TextChoices):
        COMMITTEE = "committee", _("常委会会议")
        EXECUTIVE = "executive", _("政府常务会议")
        LEADING_GROUP = "leading_group", _("领导小组会议")

    minutes_number = models.CharField(_("会议纪要号"), max_length=60)
    forum = models.CharField(_("会议类型"), max_length=13, choices=Forum.choices)
    studied_on = models.DateField(_("研究日期"))
    topic = models.CharField(_("研究议题"), max_length=200)
    conclusion = models.TextField(_("研究结论"), max_length=2000, blank=True, default="")

    reference_field: ClassVar[str] = "minutes_number"

    class Meta:
        verbose_name = verbose_name_plural = _("专题研究")
        ordering: ClassVar = ["-studied_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "minutes_number"],
                name="governance_studysession_side_number",
                violation_error_message=_("该方已有这个会议纪要号。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic}（{self.minutes_number}）"


class Briefing(LedgerModel):
    """工作信息 — an issue of information or a circular that was sent out."""

    class Kind(models.TextChoices):
        INFORMATION = "information", _("信息简报")
        CIRCULAR = "circular", _("情况通报")

    issue_number = models.CharField(_("期号"), max_length=40)
    briefing_kind = models.CharField(_("信息类别"), max_length=11, choices=Kind.choices)
    headline = models.CharField(_("信息标题"), max_length=120)
    issued_on = models.DateField(_("印发日期"))
    addressees = models.CharField(_("发送范围"), max_length=200, blank=True, default="")

    reference_field: ClassVar[str] = "issue_number"

    class Meta:
        verbose_name = verbose_name_plural = _("工作信息")
        ordering: ClassVar = ["-issued_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "issue_number"],
                name="governance_briefing_side_issue",
                violation_error_message=_("该方已有这个期号。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.headline}（{self.issue_number}）"
