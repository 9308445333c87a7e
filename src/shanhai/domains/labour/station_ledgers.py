"""The ledgers of service stations."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Related, register

from .models import FollowUpVisit, ReturnHome, ServiceStation, StationStaff, WorkerTrouble

SCHEME = "斗委农组〔2021〕3号 三（一）劳务工作服务站（点）"
_LATER_THAN_TODAY = _("不能晚于今天。")


@register
class ServiceStationLedger(Ledger[ServiceStation]):
    model = ServiceStation
    source = SCHEME
    columns = (
        "code",
        "name",
        "place",
        "host",
        "office_phone",
        "opened_on",
        Column("services", is_default=False),
        Column("address", is_default=False),
        Column("closed_on", is_default=False),
    )
    filters = ("opened_on", "closed_on")
    search = ("code", "name", "host", "address")
    ordering = ("code",)
    import_key = ("code",)
    fields = (
        "code",
        "name",
        "place",
        "host",
        "address",
        "office_phone",
        "services",
        "opened_on",
        "closed_on",
    )
    panels = (
        Fields(_("站点"), ("code", "name", "host", "opened_on", "closed_on")),
        Fields(_("服务"), ("services", "address", "office_phone")),
        Related("labour.stationstaff", "station", ("name", "duty", "started_on", "ended_on"), _("站点人员")),
        Related(
            "labour.followupvisit",
            "station",
            ("registration", "visited_on", "way", "outcome"),
            _("走访回访"),
            order=("-visited_on", "-id"),
        ),
    )
    evidence_classes = (EvidenceClass("photo", _("现场照片")), EvidenceClass("approval", _("设立文件")))
    menu_order = 60
    example = {"code": "Z01", "name": "示例服务站", "opened_on": "2021-03-01"}

    def validate(self, row: ServiceStation, previous: ServiceStation | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        if row.opened_on > clock.today():
            problems["opened_on"] = [_LATER_THAN_TODAY]
        if row.closed_on and row.closed_on < row.opened_on:
            problems["closed_on"] = [_("撤销日期不能早于设立日期。")]
        return problems


@register
class StationStaffLedger(Ledger[StationStaff]):
    model = StationStaff
    source = SCHEME
    columns = ("station", "name", "duty", "started_on", "ended_on")
    filters = ("station", "started_on", "ended_on")
    search = ("name", "duty", "station__name")
    ordering = ("name",)
    import_key = ("station", "name", "started_on")
    fields = ("station", "name", "duty", "started_on", "ended_on")
    menu_order = 61
    example = {"name": "张演示", "duty": "走访回访", "started_on": "2021-03-01"}

    def validate(self, row: StationStaff, previous: StationStaff | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        if row.started_on < row.station.opened_on:
            problems["started_on"] = [_("到站日期不能早于服务站设立日期。")]
        if row.ended_on and row.ended_on < row.started_on:
            problems["ended_on"] = [_("离站日期不能早于到站日期。")]
        return problems


@register
class FollowUpVisitLedger(Ledger[FollowUpVisit]):
    model = FollowUpVisit
    source = SCHEME
    columns = (
        Column("registration__person", label=_("人员")),
        "visited_on",
        "way",
        "outcome",
        "status",
        "pay",
        "station",
        Column("note", is_default=False),
    )
    filters = ("visited_on", "way", "outcome", "status", "pay", "station")
    search = ("registration__person__name", "registration__person__identity_number", "note")
    ordering = ("-visited_on",)
    import_key = ("registration", "visited_on", "way", "outcome")
    fields = ("registration", "station", "visited_on", "way", "outcome", "status", "pay", "note")
    panels = (
        Fields(_("走访"), ("registration", "visited_on", "way", "station")),
        Fields(_("了解到的情况"), ("outcome", "status", "pay", "note")),
    )
    evidence_classes = (EvidenceClass("photo", _("走访照片")), EvidenceClass("record", _("走访记录表")))
    menu_order = 62
    example = {"visited_on": "2021-09-01", "way": "电话", "outcome": "已联系上", "status": "在岗"}

    def validate(self, row: FollowUpVisit, previous: FollowUpVisit | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        if row.visited_on > clock.today():
            problems["visited_on"] = [_LATER_THAN_TODAY]
        if row.registration.side != row.owner_unit.side:
            problems["registration"] = [_("请选择本方登记的人员。")]
        reached = row.outcome == FollowUpVisit.Outcome.REACHED
        if reached and not row.status:
            problems["status"] = [_("联系上了的，请填了解到的就业状况。")]
        if not reached and row.status:
            problems["status"] = [_("没有联系上的，不填就业状况。")]
        return problems


@register
class WorkerTroubleLedger(Ledger[WorkerTrouble]):
    model = WorkerTrouble
    source = SCHEME
    columns = (
        Column("registration__person", label=_("人员")),
        "kind",
        "received_on",
        "due_on",
        "stage",
        "employer",
        "amount",
        "recovered",
        Column("closed_on", is_default=False),
        Column("complaint", is_default=False),
        Column("result", is_default=False),
        Column("station", is_default=False),
    )
    filters = ("kind", "stage", "received_on", "due_on", "employer", "station")
    search = (
        "registration__person__name",
        "registration__person__identity_number",
        "complaint",
        "employer__name",
    )
    ordering = ("-received_on",)
    import_key = ("registration", "kind", "received_on")
    fields = ("registration", "station", "kind", "employer", "received_on", "due_on", "amount", "complaint")
    panels = (
        Fields(_("诉求"), ("registration", "kind", "employer", "received_on", "amount", "complaint")),
        Fields(_("办理"), ("stage", "due_on", "result", "recovered", "closed_on")),
    )
    evidence_classes = (EvidenceClass("claim", _("诉求材料")), EvidenceClass("result", _("办结材料")))
    menu_order = 63
    example = {
        "kind": "拖欠工资",
        "received_on": "2021-09-01",
        "amount": "5200",
        "complaint": "八月工资没有发",
    }

    def validate(self, row: WorkerTrouble, previous: WorkerTrouble | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        if row.received_on > clock.today():
            problems["received_on"] = [_LATER_THAN_TODAY]
        if row.due_on and row.due_on < row.received_on:
            problems["due_on"] = [_("办结期限不能早于受理日期。")]
        if row.registration.side != row.owner_unit.side:
            problems["registration"] = [_("请选择本方登记的人员。")]
        if row.recovered is not None and row.amount is not None and row.recovered > row.amount:
            problems["recovered"] = [_("追回金额不能大于涉及金额。")]
        return problems


@register
class ReturnHomeLedger(Ledger[ReturnHome]):
    model = ReturnHome
    source = SCHEME
    columns = (Column("registration__person", label=_("人员")), "returned_on", "reason", "plan", "note")
    filters = ("returned_on", "reason", "plan")
    search = ("registration__person__name", "registration__person__identity_number", "note")
    ordering = ("-returned_on",)
    import_key = ("registration", "returned_on")
    fields = ("registration", "returned_on", "reason", "plan", "note")
    menu_order = 64
    example = {"returned_on": "2021-09-01", "reason": "岗位没有了", "plan": "再外出务工"}

    def validate(self, row: ReturnHome, previous: ReturnHome | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        if row.returned_on > clock.today():
            problems["returned_on"] = [_LATER_THAN_TODAY]
        if row.registration.side != row.owner_unit.side:
            problems["registration"] = [_("请选择本方登记的人员。")]
        return problems
