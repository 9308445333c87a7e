"""The ledgers of complaints and of what media and deputies raise."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Sharing, register
from shanhai.kernel.scope import Actor
from shanhai.kernel.workflow import RETURN, WITHDRAW, Transition

from .models import OutsideMatter, PublicComplaint

SCHEME = "斗委农组〔2021〕3号 四（三）"
_STEPS = ("handling_stage", "answered_on", "closed_on", "times_reopened")
_HANDLED = Fields(
    _("答复和办结"),
    (
        "handling_stage",
        "answer_text",
        "answered_on",
        "closing_note",
        "closed_on",
        "reopened_on",
        "times_reopened",
    ),
)


def _problems(row: PublicComplaint | OutsideMatter) -> Mapping[str, Sequence[Any]]:
    if row.received_on > clock.today():
        return {"received_on": [_("受理日期不能晚于今天。")]}
    return {}


def _refusal(row: PublicComplaint | OutsideMatter, transition: Transition) -> str:
    """What somebody waits for an answer to is not taken back."""
    if transition in {WITHDRAW, RETURN} and row.handling_stage != row.Stage.RECEIVED:
        return str(_("已答复或已办结的不能撤回、退回；需要再办的，在右侧“重新办理”。"))
    return ""


@register
class PublicComplaintLedger(Ledger[PublicComplaint]):
    model = PublicComplaint
    source = SCHEME
    #: Who complained is not among them: on no list and in no file.
    columns = ("number", "complaint_kind", "received_way", "subject", "received_on", *_STEPS)
    filters = ("complaint_kind", "received_way", "handling_stage", "received_on")
    search = ("number", "subject")
    ordering = ("-received_on",)
    import_key = ("number",)
    fields = (
        "number",
        "complaint_kind",
        "received_way",
        "subject",
        "content",
        "received_on",
        "complainant",
        "complainant_phone",
    )
    panels = (
        Fields(
            _("投诉举报"), ("number", "complaint_kind", "received_way", "subject", "content", "received_on")
        ),
        Fields(_("投诉人（加密保存）"), ("complainant", "complainant_phone")),
        _HANDLED,
    )
    sharing = Sharing.PRIVATE
    evidence_classes = (EvidenceClass("answer", _("答复材料")),)
    menu_order = 80
    example = {
        "number": "投〔2021〕1号",
        "complaint_kind": "投诉",
        "received_way": "电话",
        "subject": "车间工资迟发",
        "content": "反映某帮扶车间八月工资迟发。",
        "received_on": "2021-09-06",
    }

    def initial(self, actor: Actor) -> dict[str, Any]:
        return {"received_on": clock.today()}

    def validate(self, row: PublicComplaint, previous: PublicComplaint | None) -> Mapping[str, Sequence[Any]]:
        return _problems(row)

    def step_refusal(self, row: PublicComplaint, transition: Transition) -> str:
        return _refusal(row, transition)


@register
class OutsideMatterLedger(Ledger[OutsideMatter]):
    model = OutsideMatter
    source = SCHEME
    columns = (
        "number",
        "matter_kind",
        "proposer",
        "subject",
        "received_on",
        *_STEPS,
        "satisfaction",
        Column("reference_url", is_default=False),
    )
    filters = ("matter_kind", "handling_stage", "satisfaction", "received_on")
    search = ("number", "subject", "proposer")
    ordering = ("-received_on",)
    import_key = ("number",)
    fields = ("number", "matter_kind", "proposer", "subject", "content", "reference_url", "received_on")
    panels = (
        Fields(
            _("监督建议"),
            ("number", "matter_kind", "proposer", "subject", "content", "reference_url", "received_on"),
        ),
        Fields(_HANDLED.title, (*_HANDLED.names, "satisfaction")),
    )
    sharing = Sharing.PRIVATE
    evidence_classes = (EvidenceClass("answer", _("答复材料")), EvidenceClass("source", _("报道或建议原件")))
    menu_order = 82
    example = {
        "number": "建〔2021〕1号",
        "matter_kind": "人大建议",
        "proposer": "区人大代表团（示例）",
        "subject": "加快茶叶加工厂投产",
        "content": "建议加快设备招标。",
        "received_on": "2021-07-01",
    }

    def initial(self, actor: Actor) -> dict[str, Any]:
        return {"received_on": clock.today()}

    def validate(self, row: OutsideMatter, previous: OutsideMatter | None) -> Mapping[str, Sequence[Any]]:
        return _problems(row)

    def step_refusal(self, row: OutsideMatter, transition: Transition) -> str:
        return _refusal(row, transition)
