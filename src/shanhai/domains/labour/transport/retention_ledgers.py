"""The ledger of checks whether workers stayed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, register

from ..models import RetentionCheck
from .ledgers import SCHEME


@register
class RetentionCheckLedger(Ledger[RetentionCheck]):
    model = RetentionCheck
    source = SCHEME
    columns = (
        Column("placement__person", label=_("人员")),
        Column("placement__order__employer", label=_("用工单位")),
        "after_months",
        "due_on",
        "outcome",
        "checked_on",
        "wage",
        "left_on",
        Column("placement__batch", label=_("输送批次"), is_default=False),
        Column("reason", is_default=False),
        Column("new_employer", is_default=False),
        Column("late_on", is_default=False),
        Column("tried_on", is_default=False),
        Column("note", is_default=False),
        Column("placement", is_default=False),
    )
    filters = (
        "outcome",
        "after_months",
        "due_on",
        "late_on",
        "placement__batch",
        "placement__order__employer",
        "reason",
        "left_on",
    )
    search = ("placement__person__name", "placement__person__identity_number", "placement__order__code")
    ordering = ("due_on",)
    import_key = ("placement", "after_months")
    fields = ("placement", "after_months", "due_on")
    panels = (
        Fields(_("稳岗回访"), ("placement", "after_months", "due_on", "late_on")),
        Fields(_("了解到的情况"), ("outcome", "checked_on", "wage", "tried_on", "note")),
        Fields(_("离开"), ("left_on", "reason", "new_employer")),
    )
    evidence_classes = (EvidenceClass("record", _("走访记录表")),)
    menu_order = 54
    example = {"after_months": "3", "due_on": "2021-09-01"}

    def validate(self, row: RetentionCheck, previous: RetentionCheck | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        if row.placement.side != row.owner_unit.side:
            problems["placement"] = [_("请选择本方的拟配。")]
        if row.after_months < 1:
            problems["after_months"] = [_("至少 1 个月。")]
        if row.placement.hired_on and row.due_on <= row.placement.hired_on:
            problems["due_on"] = [_("应回访日期要晚于到岗日期。")]
        if previous is not None and previous.outcome != RetentionCheck.Outcome.DUE:
            changed = [name for name in self.fields if getattr(previous, name) != getattr(row, name)]
            if changed:
                problems[""] = [_("已经回访过的不能改期、换人。")]
        return problems

    def warn(self, row: RetentionCheck) -> Mapping[str, Sequence[Any]]:
        return {} if row.placement.hired_on else {"placement": [_("这条拟配还没有到岗。")]}
