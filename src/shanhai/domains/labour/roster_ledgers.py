"""The ledgers of lists that others keep of our people."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Related, Sharing, register

from .models import Roster, RosterEntry

SCHEME = "斗委农组〔2021〕3号 三（一） 实名制管理服务"


@register
class RosterLedger(Ledger[Roster]):
    model = Roster
    source = SCHEME
    columns = ("code", "source", "sender", "received_on", "employer")
    filters = ("source", "received_on", "employer")
    search = ("code", "sender")
    ordering = ("-received_on",)
    import_key = ("code",)
    fields = ("code", "source", "sender", "received_on", "employer")
    panels = (
        Fields(_("名单")),
        Related(
            "labour.rosterentry",
            "roster",
            ("name", "outcome", "differences", "decision"),
            _("名单人员"),
            ("outcome", "id"),
        ),
    )
    evidence_classes = (EvidenceClass("original", _("名单原件")),)
    sharing = Sharing.PRIVATE
    menu_order = 24
    example = {"code": "ZJ2021-08", "source": "劳务中介机构", "sender": "演示劳务公司"}

    def validate(self, row: Roster, previous: Roster | None) -> Mapping[str, Sequence[Any]]:
        if row.received_on > clock.today():
            return {"received_on": [_("收到名单日期不能晚于今天。")]}
        return {}


@register
class RosterEntryLedger(Ledger[RosterEntry]):
    model = RosterEntry
    source = SCHEME
    columns = (
        "roster",
        "line_number",
        "name",
        "written_number",
        "outcome",
        "differences",
        "person",
        "decision",
        Column("decision_reason", is_default=False),
        Column("born_on", is_default=False),
        Column("phone", is_default=False),
        Column("employer_name", is_default=False),
        Column("post", is_default=False),
        Column("started_on", is_default=False),
        Column("wage", is_default=False),
    )
    filters = ("roster", "outcome", "decision", "started_on")
    search = ("name", "written_number", "phone", "employer_name")
    ordering = ("-id",)
    import_key = ("roster", "line_number")
    fields = (
        "roster",
        "line_number",
        "name",
        "written_number",
        "born_on",
        "phone",
        "employer_name",
        "post",
        "started_on",
        "wage",
    )
    panels = (
        Fields(_("名单上写的"), fields),
        Fields(_("与台账比对"), ("outcome", "person", "differences", "decision", "decision_reason")),
    )
    #: Headings of lists that agencies and bureaus keep.
    former_labels: ClassVar[Mapping[str, Sequence[str]]] = {
        "name": ("人员姓名", "员工姓名", "务工人员姓名", "务工人员"),
        "written_number": ("身份证号", "身份证号码", "公民身份号码", "证件号码", "身份证"),
        "phone": ("联系电话", "手机号", "手机号码", "联系方式", "电话"),
        "employer_name": ("用工单位", "企业名称", "务工企业", "就业单位", "工作单位"),
        "post": ("工种", "职位"),
        "started_on": ("入职日期", "入职时间", "上岗时间", "务工开始时间"),
        "wage": ("月工资", "工资", "月收入"),
    }
    sharing = Sharing.PRIVATE
    menu_order = 26
    example = {"line_number": "2", "name": "张演示", "employer_name": "演示电器有限公司", "post": "装配工"}

    def validate(self, row: RosterEntry, previous: RosterEntry | None) -> Mapping[str, Sequence[Any]]:
        if row.roster.side != row.owner_unit.side:
            return {"roster": [_("请选择本方的名单。")]}
        return {}
