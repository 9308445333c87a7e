"""Service stations and what they do for workers: visits with due dates, troubles to their end, who came home.

Source: 斗委农组〔2021〕3号 三（一）劳务工作服务站（点）.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.dated import DatedRule, one_at_a_time
from shanhai.kernel.fields import MoneyField
from shanhai.kernel.leads import PERSON, Lead, Leads
from shanhai.kernel.models import LedgerModel
from shanhai.kernel.walls.kinds import Public, Wall
from shanhai.registers.parties.models import Body

from .registration import WorkerRegistration


class ServiceStation(LedgerModel):
    """劳务工作服务站 — an office of one side that looks after workers, at home or in the other's place."""

    name_field: ClassVar[str] = "name"
    #: By this other rows, files and the API refer to a station.
    reference_field: ClassVar[str] = "code"

    code = models.CharField(_("站点编号"), max_length=20)
    name = models.CharField(_("站点名称"), max_length=80)
    host = models.CharField(_("依托单位"), max_length=80, blank=True, default="")
    address = models.CharField(_("地址"), max_length=120, blank=True, default="")
    office_phone = models.CharField(_("办公电话"), max_length=30, blank=True, default="")
    services = models.CharField(_("服务内容"), max_length=200, blank=True, default="")
    opened_on = models.DateField(_("设立日期"))
    closed_on = models.DateField(_("撤销日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("劳务工作服务站")
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "code"],
                name="labour_servicestation_side_code_unique",
                violation_error_message=_("该方已有这个站点编号。"),
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="labour_servicestation_days_check",
                violation_error_message=_("撤销日期不能早于设立日期。"),
            ),
        ]


class StationStaff(LedgerModel):
    """站点人员 — somebody on duty at a station from a day, to a day or still."""

    name_field: ClassVar[str] = "name"

    station = models.ForeignKey(
        ServiceStation, verbose_name=_("服务站"), on_delete=models.PROTECT, related_name="staff"
    )
    name = models.CharField(_("工作人员"), max_length=40)
    duty = models.CharField(_("职责"), max_length=60, blank=True, default="")
    started_on = models.DateField(_("到站日期"))
    ended_on = models.DateField(_("离站日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("站点人员")
        ordering: ClassVar = ["station", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["station", "name", "started_on"],
                name="labour_stationstaff_once",
                violation_error_message=_("这名工作人员当天到站的记录已经有了。"),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="labour_stationstaff_days_check",
                violation_error_message=_("离站日期不能早于到站日期。"),
            ),
        ]


class FollowUpVisit(LedgerModel):
    """走访回访 — one attempt to hear how a worker fares, and what was heard.

    A visit that reached the worker says what stands in the register from then on: the fact is typed here.
    """

    #: It is called by the name of its person.
    is_personal: ClassVar[bool] = True

    class Way(models.TextChoices):
        PHONE = "phone", _("电话")
        HOME = "home", _("入户")
        WORKPLACE = "workplace", _("到用工单位")
        VIDEO = "video", _("视频")

    class Outcome(models.TextChoices):
        REACHED = "reached", _("已联系上")
        NO_ANSWER = "no_answer", _("无人应答")
        WRONG_NUMBER = "wrong_number", _("空号或错号")
        AWAY = "away", _("不在家")

    class Pay(models.TextChoices):
        ON_TIME = "on_time", _("按时足额")
        LATE = "late", _("拖欠或不足")
        UNTOLD = "untold", _("没有问到")

    registration = models.ForeignKey(
        WorkerRegistration, verbose_name=_("实名制登记"), on_delete=models.PROTECT, related_name="visits"
    )
    station = models.ForeignKey(
        ServiceStation,
        verbose_name=_("服务站"),
        on_delete=models.PROTECT,
        related_name="visits",
        null=True,
        blank=True,
    )
    visited_on = models.DateField(_("走访日期"))
    way = models.CharField(_("走访方式"), max_length=9, choices=Way.choices, default=Way.PHONE)
    outcome = models.CharField(_("走访结果"), max_length=12, choices=Outcome.choices)
    status = models.CharField(
        _("了解到的就业状况"),
        max_length=13,
        choices=WorkerRegistration.Status.choices,
        blank=True,
        default="",
    )
    pay = models.CharField(_("工资发放"), max_length=7, choices=Pay.choices, default=Pay.UNTOLD, blank=True)
    note = models.CharField(_("情况说明"), max_length=500, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("走访回访")
        ordering: ClassVar = ["-visited_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["registration", "visited_on", "way", "outcome"],
                condition=~Q(state="voided"),
                name="labour_followupvisit_once_a_day",
                violation_error_message=_("这个人当天同样方式、同样结果的走访已经记过。"),
            ),
            models.CheckConstraint(
                condition=Q(outcome="reached") | Q(status=""),
                name="labour_followupvisit_status_check",
                violation_error_message=_("没有联系上的，不填就业状况。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration}·{self.visited_on}"


class WorkerTrouble(LedgerModel):
    """务工诉求 — a worker's trouble, from the day it was heard to the day it is settled."""

    #: It is called by the name of its person.
    is_personal: ClassVar[bool] = True

    class Kind(models.TextChoices):
        WAGES = "wages", _("拖欠工资")
        INJURY = "injury", _("工伤")
        CONTRACT = "contract", _("合同与社保")
        CONDITIONS = "conditions", _("劳动条件")
        FAMILY = "family", _("家庭困难")
        OTHER = "other", _("其他")

    class Stage(models.TextChoices):
        RECEIVED = "received", _("受理")
        HANDLING = "handling", _("办理中")
        CLOSED = "closed", _("已办结")
        CONFIRMED = "confirmed", _("本人确认")

    registration = models.ForeignKey(
        WorkerRegistration, verbose_name=_("实名制登记"), on_delete=models.PROTECT, related_name="troubles"
    )
    station = models.ForeignKey(
        ServiceStation,
        verbose_name=_("服务站"),
        on_delete=models.PROTECT,
        related_name="troubles",
        null=True,
        blank=True,
    )
    employer = models.ForeignKey(
        Body,
        verbose_name=_("用工单位"),
        on_delete=models.PROTECT,
        related_name="troubles",
        null=True,
        blank=True,
    )
    kind = models.CharField(_("诉求类别"), max_length=10, choices=Kind.choices)
    received_on = models.DateField(_("受理日期"))
    due_on = models.DateField(_("办结期限"), null=True, blank=True)
    amount = MoneyField(_("涉及金额"), null=True, blank=True)
    complaint = models.CharField(_("诉求内容"), max_length=500)
    stage = models.CharField(
        _("办理进度"), max_length=9, choices=Stage.choices, default=Stage.RECEIVED, editable=False
    )
    result = models.CharField(_("办理情况"), max_length=500, blank=True, default="", editable=False)
    recovered = MoneyField(_("追回金额"), null=True, blank=True, editable=False)
    closed_on = models.DateField(_("办结日期"), null=True, blank=True, editable=False)

    leads_to: ClassVar[Leads] = {PERSON: Lead("registration__person")}

    class Meta:
        verbose_name = verbose_name_plural = _("务工诉求")
        ordering: ClassVar = ["-received_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["registration", "kind", "received_on"],
                condition=~Q(state="voided"),
                name="labour_workertrouble_once_a_day",
                violation_error_message=_("这个人当天的同类诉求已经受理。"),
            ),
            models.CheckConstraint(
                condition=Q(recovered__isnull=True) | Q(amount__isnull=True) | Q(recovered__lte=F("amount")),
                name="labour_workertrouble_recovered_check",
                violation_error_message=_("追回金额不能大于涉及金额。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration}·{self.get_kind_display()}"


class ReturnHome(LedgerModel):
    """返乡登记 — a worker came home: why, and what comes next."""

    #: It is called by the name of its person.
    is_personal: ClassVar[bool] = True

    class Reason(models.TextChoices):
        DISMISSED = "dismissed", _("岗位没有了")
        WAGES = "wages", _("工资低或拖欠")
        HEALTH = "health", _("身体原因")
        FAMILY = "family", _("照顾家庭")
        SEASON = "season", _("季节性返乡")
        OTHER = "other", _("其他")

    class Plan(models.TextChoices):
        AWAY_AGAIN = "away_again", _("再外出务工")
        NEARBY = "nearby", _("就近就业")
        BUSINESS = "business", _("创业")
        FARMING = "farming", _("务农")
        TRAINING = "training", _("参加培训")
        UNDECIDED = "undecided", _("还没有打算")

    registration = models.ForeignKey(
        WorkerRegistration, verbose_name=_("实名制登记"), on_delete=models.PROTECT, related_name="returns"
    )
    returned_on = models.DateField(_("返乡日期"))
    reason = models.CharField(_("返乡原因"), max_length=9, choices=Reason.choices)
    plan = models.CharField(_("今后打算"), max_length=10, choices=Plan.choices, default=Plan.UNDECIDED)
    note = models.CharField(_("情况说明"), max_length=500, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("返乡登记")
        ordering: ClassVar = ["-returned_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["registration", "returned_on"],
                condition=~Q(state="voided"),
                name="labour_returnhome_once",
                violation_error_message=_("这个人当天返乡的记录已经有了。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration}·{self.returned_on}"


class VisitInterval(DatedRule):
    """How often somebody of a status is heard from, and how soon a failed attempt is tried again."""

    status = models.CharField(_("就业状况"), max_length=13, choices=WorkerRegistration.Status.choices)
    days = models.PositiveSmallIntegerField(_("几天走访一次"))
    again_days = models.PositiveSmallIntegerField(_("没联系上几天后再试"))

    WALL: ClassVar[Wall] = Public("intervals of a rule, by date")

    class Meta:
        verbose_name = verbose_name_plural = _("走访周期")
        ordering: ClassVar = ["status", "valid_from"]
        constraints: ClassVar = [
            one_at_a_time("labour_visitinterval_status_days", "status"),
            models.CheckConstraint(
                condition=Q(days__gte=1, again_days__gte=1), name="labour_visitinterval_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()} {self.days}"


class TroubleDeadline(DatedRule):
    """Within how many days a trouble of a kind is to be settled."""

    kind = models.CharField(_("诉求类别"), max_length=10, choices=WorkerTrouble.Kind.choices)
    days = models.PositiveSmallIntegerField(_("几天内办结"))

    WALL: ClassVar[Wall] = Public("deadlines of a rule, by date")

    class Meta:
        verbose_name = verbose_name_plural = _("诉求办理期限")
        ordering: ClassVar = ["kind", "valid_from"]
        constraints: ClassVar = [one_at_a_time("labour_troubledeadline_kind_days", "kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.days}"
