"""The ledgers of pushes and of those who are to be told."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from shanhai.engines.values import Period, PeriodError
from shanhai.kernel import clock
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Sharing, register
from shanhai.kernel.scope import Actor
from shanhai.kernel.workflow import SUBMIT, Transition

from .models import Audience, PolicyPush, PushRecipient
from .numbering import next_number
from .sources import SCHEME

type Problems = dict[str, list[Any]]


@register
class PolicyPushLedger(Ledger[PolicyPush]):
    model = PolicyPush
    source = SCHEME
    columns = (
        "number",
        "policy",
        "benefit_period",
        "whom",
        "tell_by",
        "recipient_count",
        Column("note", is_default=False),
    )
    filters = ("policy", "whom", "tell_by")
    search = ("number", "policy__name", "benefit_period")
    ordering = ("-number",)
    import_key = ("number",)
    fields = ("number", "policy", "benefit_period", "whom", "tell_by", "note")
    panels = (
        Fields(_("政策推送"), ("number", "policy", "benefit_period", "whom", "tell_by", "note")),
        Fields(_("推送结果"), ("recipient_count",)),
    )
    sharing = Sharing.PRIVATE
    menu_order = 30
    example = {"number": "TS2021-00001", "benefit_period": "2021-08", "tell_by": "2021-09-30"}

    def initial(self, actor: Actor) -> dict[str, Any]:
        return {"number": next_number(PolicyPush, "TS", actor)}

    def validate(self, row: PolicyPush, previous: PolicyPush | None) -> Mapping[str, Sequence[Any]]:
        if row.policy.side != row.owner_unit.side:
            return {"policy": [_("请选择本方的政策。")]}
        try:
            period = Period.parse(row.benefit_period)
        except PeriodError as wrong:
            return {"benefit_period": [str(wrong)]}
        if period.kind.value != row.policy.period_kind or period.code != row.benefit_period:
            told = {"kind": row.policy.get_period_kind_display()}
            sentence = _("这项政策%(kind)s享受，享受期请写成 2021-08、2021Q3 或 2021 这样。")
            return {"benefit_period": [sentence % told]}
        return {}

    def step_refusal(self, row: PolicyPush, transition: Transition) -> str:
        if not row.recipient_count or transition.is_main:
            return ""
        return _now("已经推送出去，不能退回、撤回或作废。")


@register
class PushRecipientLedger(Ledger[PushRecipient]):
    model = PushRecipient
    source = SCHEME
    columns = (
        "number",
        "push",
        "push__policy",
        "person",
        "firm",
        "fit",
        "amount",
        "lacking",
        "told_on",
        "told_way",
        "read_on",
        Column("is_read_by_self", is_default=False),
        Column("note", is_default=False),
    )
    filters = ("push", "fit", "told_on", "told_way", "read_on", "is_read_by_self")
    search = ("number", "person__name", "firm__name", "push__number")
    ordering = ("number",)
    import_key = ("number",)
    fields = ("number", "push", "person", "firm", "told_on", "told_way", "read_on", "note")
    bulk_fields = ("told_on", "told_way", "read_on")
    panels = (
        Fields(_("推送对象"), ("number", "push", "person", "firm", "fit", "amount", "lacking")),
        Fields(_("通知"), ("told_on", "told_way", "read_on", "is_read_by_self", "note")),
    )
    evidence_classes = (EvidenceClass("proof", _("通知凭证")),)
    sharing = Sharing.PRIVATE
    menu_order = 31
    example = {"number": "TS2021-00001-0001", "told_on": "2021-09-24", "told_way": "电话"}

    def validate(self, row: PushRecipient, previous: PushRecipient | None) -> Mapping[str, Sequence[Any]]:
        problems: Problems = {}
        if row.push.side != row.owner_unit.side:
            problems["push"] = [_("请选择本方的推送。")]
        field = "firm" if row.push.policy.recipients == Audience.EMPLOYER else "person"
        other = "person" if field == "firm" else "firm"
        if getattr(row, field) is None or getattr(row, other) is not None:
            whom = row.push.policy.get_recipients_display()
            problems[field] = [_("这项政策的对象是%(who)s，只选这一种。") % {"who": whom}]
        elif getattr(row, field).side != row.owner_unit.side:
            problems[field] = [_("请选择本方登记的。")]
        if previous is not None and _whose(previous) != _whose(row):
            problems[field] = [_("推送给谁不能改；推错了的请作废。")]
        if row.told_on and row.told_on > clock.today():
            problems["told_on"] = [_("通知日期不能晚于今天。")]
        if row.told_on and not row.told_way:
            problems["told_way"] = [_("填了通知日期的，须填通知方式。")]
        if row.read_on and not (row.told_on and row.told_on <= row.read_on <= clock.today()):
            problems["read_on"] = [_("知晓日期在通知日期和今天之间。")]
        return problems

    def step_refusal(self, row: PushRecipient, transition: Transition) -> str:
        if transition.name == SUBMIT.name and not row.told_on:
            return _now("还没有通知：先填通知日期和方式。")
        return ""


def _whose(row: PushRecipient) -> tuple[Any, Any, Any]:
    return row.push_id, row.person_id, row.firm_id
