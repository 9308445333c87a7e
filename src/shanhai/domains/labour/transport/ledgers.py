"""The ledgers of transport: batches, trips, passengers."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import DecimalField, F, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Related, register

from ..models import TransportBatch, TransportPassenger, TransportTrip
from . import lookup, rules

SCHEME = "斗委农组〔2021〕3号 三（一）"
_MONEY = DecimalField(max_digits=18, decimal_places=2)
#: Who pays for a trip.
PAYERS = ("cost_sending", "cost_receiving", "cost_employer", "cost_worker")


def _cost() -> Any:
    """What all payers pay together. Unit: yuan."""
    nought = Value(0, output_field=_MONEY)
    first, *others = (Coalesce(F(name), nought) for name in PAYERS)
    return sum(others, start=first)


@register
class TransportBatchLedger(Ledger[TransportBatch]):
    model = TransportBatch
    source = SCHEME
    columns = (
        "code",
        "name",
        "leaves_on",
        "from_place",
        "to_place",
        "carrier",
        "sending_organiser",
        Column("receiving_organiser", is_default=False),
    )
    filters = ("leaves_on", "carrier", "from_place", "to_place")
    search = ("code", "name", "sending_organiser", "receiving_organiser")
    ordering = ("-leaves_on",)
    import_key = ("code",)
    fields = (
        "code",
        "name",
        "leaves_on",
        "from_place",
        "to_place",
        "carrier",
        "sending_organiser",
        "receiving_organiser",
    )
    panels = (
        Fields(_("输送批次"), ("code", "name", "leaves_on", "from_place", "to_place", "carrier")),
        Fields(_("两地组织单位"), ("sending_organiser", "receiving_organiser")),
        Related(
            "labour.transporttrip",
            "batch",
            ("code", "departs_on", "arrives_on", "seat_count", "escort"),
            _("输送班次"),
            order=("departs_on", "id"),
        ),
    )
    evidence_classes = (EvidenceClass("plan", _("输送方案")), EvidenceClass("photo", _("发车照片")))
    menu_order = 50
    example = {
        "code": "SS2021-09",
        "name": "九月输送",
        "leaves_on": "2021-09-26",
        "carrier": "专车",
        "sending_organiser": "湄潭县人社局",
    }


@register
class TransportTripLedger(Ledger[TransportTrip]):
    model = TransportTrip
    source = SCHEME
    columns = (
        "code",
        "batch",
        "vehicle",
        "departs_on",
        "arrives_on",
        "seat_count",
        "escort",
        Column("cost", label=_("输送费用合计"), unit=_("元"), kind="money", expression=_cost()),
        *(Column(name, is_default=False) for name in PAYERS),
    )
    filters = ("batch", "departs_on", "arrives_on")
    search = ("code", "vehicle", "escort", "batch__name")
    ordering = ("-departs_on",)
    import_key = ("code",)
    fields = ("batch", "code", "vehicle", "departs_on", "arrives_on", "seat_count", "escort", *PAYERS)
    panels = (
        Fields(
            _("输送班次"), ("batch", "code", "vehicle", "departs_on", "arrives_on", "seat_count", "escort")
        ),
        Fields(_("谁付费"), PAYERS),
        Related(
            "labour.transportpassenger",
            "trip",
            ("person", "ride", "boarded_at", "arrived_at", "handed_on"),
            _("输送人员"),
            order=("id",),
        ),
    )
    evidence_classes = (EvidenceClass("invoice", _("费用票据")), EvidenceClass("photo", _("发车照片")))
    menu_order = 51
    example = {
        "code": "SS2021-09-1",
        "departs_on": "2021-09-26",
        "arrives_on": "2021-09-27",
        "seat_count": "45",
        "escort": "张演示",
        "cost_sending": "9800",
    }

    def validate(self, row: TransportTrip, previous: TransportTrip | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        if row.arrives_on < row.departs_on:
            problems["arrives_on"] = [_("到达日期不能早于发车日期。")]
        if row.seat_count < 1:
            problems["seat_count"] = [_("座位数至少 1 座。")]
        if row.batch.side != row.owner_unit.side:
            problems["batch"] = [_("请选择本方登记的输送批次。")]
        if previous is None or problems:
            return problems
        lookup.hold(f"trip {row.pk}")
        taken = lookup.seats_taken([row.pk]).get(row.pk, 0)
        if taken > row.seat_count:
            told = _("这个班次已有 %(taken)s 人，座位数不能少于人数。")
            problems["seat_count"] = [told % {"taken": taken}]
        if (row.departs_on, row.arrives_on) != (previous.departs_on, previous.arrives_on):
            problems |= _moved(row)
        return problems


def _moved(row: TransportTrip) -> dict[str, list[Any]]:
    """Whom the new days of a trip put on two at a time."""
    people = list(
        TransportPassenger.objects.live()
        .filter(trip=row, ride__in=rules.SEATED)
        .values_list("person", "person__name")
    )
    journeys = lookup.journeys([key for key, _name in people], but_trip=row.pk)
    mine = rules.Journey(row.pk, row.code, row.departs_on, row.arrives_on)
    both = [name for key, name in people if rules.clash(mine, journeys.get(key, ()))]
    if not both:
        return {}
    told = _("改了日期，%(names)s 会同时在两个班次上。") % {"names": "、".join(both[:5])}
    return {"departs_on": [told]}


@register
class TransportPassengerLedger(Ledger[TransportPassenger]):
    model = TransportPassenger
    source = SCHEME
    columns = (
        "person",
        "person__identity_number",
        Column("person__place", label=_("户籍")),
        "trip",
        Column("trip__batch", label=_("输送批次")),
        Column("placement__order__employer", label=_("用工单位")),
        "ride",
        "handed_on",
        "received_by",
        Column("boarded_at", is_default=False),
        Column("arrived_at", is_default=False),
        Column("absence", is_default=False),
        Column("placement", is_default=False),
    )
    filters = ("trip", "trip__batch", "ride", "handed_on", "placement__order__employer")
    search = ("person__name", "person__identity_number", "trip__code", "trip__batch__name")
    ordering = ("-id",)
    import_key = ("trip", "person")
    fields = ("trip", "person")
    panels = (
        Fields(_("输送人员"), ("person", "trip", "placement", "ride")),
        Fields(_("到达与交接"), ("boarded_at", "arrived_at", "handed_on", "received_by", "absence")),
    )
    evidence_classes = (EvidenceClass("receipt", _("交接单")),)
    menu_order = 52
    example = {}

    def validate(
        self, row: TransportPassenger, previous: TransportPassenger | None
    ) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        is_moved = previous is None or (previous.trip_id, previous.person_id) != (row.trip_id, row.person_id)
        if row.person.side != row.owner_unit.side:
            problems["person"] = [_("请选择本方登记的人员。")]
        if row.trip.side != row.owner_unit.side:
            problems["trip"] = [_("请选择本方登记的班次。")]
        if previous is not None and is_moved and previous.ride != TransportPassenger.Ride.EXPECTED:
            problems[""] = [_("已上车的人员不能换班次、换人。")]
        is_seated = row.ride in rules.SEATED
        was_seated = previous is not None and not is_moved and previous.ride in rules.SEATED
        if not problems and is_seated and not was_seated:
            problems |= self._of_seat(row)
        return problems

    def _of_seat(self, row: TransportPassenger) -> dict[str, list[Any]]:
        known = getattr(row, "seating", None) or lookup.seating([row])
        if left := known.refuse(row):
            return {"trip": [left]}
        mine = rules.Journey(row.pk, row.trip.code, row.trip.departs_on, row.trip.arrives_on)
        if trip := known.clash(row.person_id, mine):
            told = _("该人员那几天已在班次 %(trip)s 上，请先从那个班次撤下。")
            return {"person": [told % {"trip": trip}]}
        known.take(row, mine)
        return {}

    def prefetch_for_validation(self, rows: Sequence[TransportPassenger]) -> None:
        known = lookup.seating(rows)
        for row in rows:
            row.seating = known  # type: ignore[attr-defined]
