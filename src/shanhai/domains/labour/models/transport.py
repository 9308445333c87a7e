"""点对点输送: batches of workers taken from home to their employers, trips with seats and costs, who rode.

Source: 斗委农组〔2021〕3号 三（一）.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import CountField, MoneyField
from shanhai.kernel.leads import BODY, PERSON, Lead, Leads
from shanhai.kernel.models import LedgerModel
from shanhai.kernel.within import Within
from shanhai.registers.parties.models import Person
from shanhai.registers.places.models import Place

from ..transport.rules import SEATED
from .matching import Placement


class TransportBatch(LedgerModel):
    """输送批次 — workers who leave together: when, from where to where, how, organised by whom."""

    name_field: ClassVar[str] = "name"
    #: By this other rows, files and the API refer to a batch.
    reference_field: ClassVar[str] = "code"

    class Carrier(models.TextChoices):
        COACH = "coach", _("专车")
        TRAIN = "train", _("专列")
        CARRIAGE = "carriage", _("包车厢")
        PLANE = "plane", _("包机")
        OTHER = "other", _("其他")

    code = models.CharField(_("输送批次编号"), max_length=20)
    name = models.CharField(_("输送批次名称"), max_length=80)
    leaves_on = models.DateField(_("出发日期"))
    from_place = models.ForeignKey(
        Place, verbose_name=_("出发地"), on_delete=models.PROTECT, related_name="+"
    )
    to_place = models.ForeignKey(Place, verbose_name=_("到达地"), on_delete=models.PROTECT, related_name="+")
    carrier = models.CharField(_("运送方式"), max_length=8, choices=Carrier.choices, default=Carrier.COACH)
    sending_organiser = models.CharField(_("输出方组织单位"), max_length=120)
    receiving_organiser = models.CharField(_("输入方组织单位"), max_length=120, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("输送批次")
        ordering: ClassVar = ["-leaves_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "code"],
                name="labour_transportbatch_side_code_unique",
                violation_error_message=_("该方已有这个输送批次编号。"),
            ),
        ]


class TransportTrip(LedgerModel):
    """输送班次 — one vehicle of a batch: its days, seats, escort, and what each payer pays. Unit: yuan."""

    #: By this other rows, files and the API refer to a trip.
    reference_field: ClassVar[str] = "code"
    name_field: ClassVar[str] = "code"

    batch = models.ForeignKey(
        TransportBatch, verbose_name=_("输送批次"), on_delete=models.PROTECT, related_name="trips"
    )
    code = models.CharField(_("班次编号"), max_length=30)
    vehicle = models.CharField(_("车牌或车次"), max_length=40, blank=True, default="")
    departs_on = models.DateField(_("发车日期"))
    arrives_on = models.DateField(_("到达日期"))
    seat_count = CountField(_("座位数"), unit=_("座"))
    escort = models.CharField(_("带队人员"), max_length=60)
    cost_sending = MoneyField(_("输出地承担费用"), null=True, blank=True)
    cost_receiving = MoneyField(_("输入地承担费用"), null=True, blank=True)
    cost_employer = MoneyField(_("用工单位承担费用"), null=True, blank=True)
    cost_worker = MoneyField(_("本人承担费用"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("输送班次")
        ordering: ClassVar = ["-departs_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "code"],
                name="labour_transporttrip_side_code_unique",
                violation_error_message=_("该方已有这个班次编号。"),
            ),
            models.CheckConstraint(
                condition=Q(arrives_on__gte=F("departs_on")),
                name="labour_transporttrip_days_check",
                violation_error_message=_("到达日期不能早于发车日期。"),
            ),
        ]


class TransportPassenger(LedgerModel):
    """输送人员 — one worker on one trip: boarded or not, arrived, handed over to the employer and who signed.

    Shape: `placement` is the accepted or begun post the worker rides to, None for who has none.
    """

    #: It is called by the name of its person.
    is_personal: ClassVar[bool] = True

    class Ride(models.TextChoices):
        EXPECTED = "expected", _("待上车")
        BOARDED = "boarded", _("已上车")
        ABSENT = "absent", _("没有来")
        ARRIVED = "arrived", _("已到达")
        HANDED_OVER = "handed_over", _("已交接")

    trip = models.ForeignKey(
        TransportTrip, verbose_name=_("输送班次"), on_delete=models.PROTECT, related_name="passengers"
    )
    person = models.ForeignKey(
        Person, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="transports"
    )
    placement = models.ForeignKey(
        Placement,
        verbose_name=_("拟配"),
        on_delete=models.PROTECT,
        related_name="passengers",
        null=True,
        blank=True,
        editable=False,
    )
    ride = models.CharField(
        _("乘车状态"), max_length=11, choices=Ride.choices, default=Ride.EXPECTED, editable=False
    )
    boarded_at = models.DateTimeField(_("上车时间"), null=True, blank=True, editable=False)
    arrived_at = models.DateTimeField(_("到达时间"), null=True, blank=True, editable=False)
    absence = models.CharField(_("没有来的原因"), max_length=120, blank=True, default="", editable=False)
    handed_on = models.DateField(_("交接日期"), null=True, blank=True, editable=False)
    received_by = models.CharField(_("签收人"), max_length=40, blank=True, default="", editable=False)

    leads_to: ClassVar[Leads] = {PERSON: Lead("person"), BODY: Lead("placement__order__employer")}
    #: Who did not come has no seat.
    WITHIN: ClassVar = (
        Within("trip", "seat_count", _("请换一个班次，或核对座位数。"), amount="", only=("ride", SEATED)),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("输送人员")
        ordering: ClassVar = ["trip", "person"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["trip", "person"],
                condition=~Q(state="voided"),
                name="labour_transportpassenger_once",
                violation_error_message=_("该人员已在这个班次上。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}·{self.trip.code}"
