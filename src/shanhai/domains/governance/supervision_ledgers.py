"""The ledgers of supervision: slips, and the daily log."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock, context
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Related, Sharing, register
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import REPORTED_STATES, Actor
from shanhai.kernel.workflow import RETURN, WITHDRAW, Transition

from .models import SupervisionEntry, SupervisionRule, SupervisionSlip
from .supervision_rules import REPLY_DAYS

SCHEME = "斗委农组〔2021〕3号 四（三）"
#: Kinds of log lines that a person writes; the others come of an act with a slip.
BY_HAND = frozenset({"inspected", "problem", "praise"})


def next_number() -> str:
    """The number that follows those of the year, among the slips the reader sees."""
    year = clock.today().year
    begins = f"督〔{year}〕"
    taken = SupervisionSlip.objects.filter(number__startswith=begins).values_list("number", flat=True)
    ordinals = (one.removeprefix(begins).removesuffix("号") for one in taken)
    counted = [int(one) for one in ordinals if one.isdecimal()]
    return f"{begins}{max(counted, default=0) + 1}号"


@register
class SupervisionSlipLedger(Ledger[SupervisionSlip]):
    model = SupervisionSlip
    source = SCHEME
    columns = (
        "number",
        "cause",
        "owner_unit",
        "issued_on",
        "due_on",
        "supervision_stage",
        "escalations",
        "times_sent_back",
        Column("origin", is_default=False),
        Column("closed_on", is_default=False),
    )
    filters = ("supervision_stage", "owner_unit", "issued_on", "due_on")
    search = ("number", "cause", "origin")
    ordering = ("-issued_on",)
    import_key = ("number",)
    fields = ("number", "cause", "issued_on", "due_on", "origin")
    panels = (
        Fields(_("督办"), ("number", "cause", "issued_on", "due_on", "origin", "supervision_stage")),
        Fields(
            _("回复和核查"),
            (
                "reply",
                "replied_on",
                "closing_note",
                "closed_on",
                "escalations",
                "times_sent_back",
                "talked_on",
            ),
        ),
        Related(
            "governance.supervisionentry",
            "slip",
            ("entered_on", "entry_kind", "entry", "state"),
            _("督办日志"),
            order=("-entered_on", "-id"),
        ),
    )
    sharing = Sharing.PRIVATE
    evidence_classes = (EvidenceClass("reply", _("回复材料")), EvidenceClass("photo", _("现场照片")))
    menu_order = 60
    example = {
        "number": "督〔2021〕1号",
        "cause": "协作资金支出进度低于进度线",
        "issued_on": "2021-09-01",
        "due_on": "2021-09-15",
    }

    def initial(self, actor: Actor) -> dict[str, Any]:
        today = clock.today()
        days = SupervisionRule.objects.in_force(today).filter(code=REPLY_DAYS).values_list("value", flat=True)
        due = {"due_on": today + timedelta(days=days[0])} if days else {}
        return {"number": next_number(), "issued_on": today} | due

    def validate(self, row: SupervisionSlip, previous: SupervisionSlip | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        if row.issued_on > clock.today():
            problems["issued_on"] = [_("交办日期不能晚于今天。")]
        if row.due_on < row.issued_on:
            problems["due_on"] = [_("完成期限不能早于交办日期。")]
        if previous is not None and previous.state in REPORTED_STATES and not _is_office():
            for name in ("number", "cause", "issued_on", "due_on"):
                if getattr(row, name) != getattr(previous, name):
                    problems[name] = [_("督办单由统筹部门下达，其他人不能改。")]
        return problems

    def step_refusal(self, row: SupervisionSlip, transition: Transition) -> str:
        """What was given out is not taken away by whom it presses."""
        if transition is WITHDRAW or (transition is RETURN and row.supervision_stage == "closed"):
            return str(_("已下达的督办单不能撤回。"))
        if transition is RETURN and not _is_office():
            return str(_("督办单由统筹部门下达，其他人不能退回。"))
        return ""


def _is_office() -> bool:
    """Whether who acts gives out slips."""
    current = context.current()
    return current is not None and (
        current.is_unscoped or current.actor.allows(Verb.MANAGE, SupervisionSlip.ledger_key())
    )


@register
class SupervisionEntryLedger(Ledger[SupervisionEntry]):
    model = SupervisionEntry
    source = SCHEME
    columns = ("entered_on", "owner_unit", "entry_kind", "entry", "slip")
    filters = ("entry_kind", "owner_unit", "entered_on", "slip")
    search = ("entry", "slip__number")
    ordering = ("-entered_on",)
    fields = ("entered_on", "entry_kind", "entry", "slip")
    sharing = Sharing.PRIVATE
    evidence_classes = (EvidenceClass("photo", _("现场照片")),)
    menu_order = 61
    example = {"entered_on": "2021-09-10", "entry_kind": "日常督查", "entry": "现场查看项目进度。"}

    def initial(self, actor: Actor) -> dict[str, Any]:
        return {"entered_on": clock.today(), "entry_kind": SupervisionEntry.Kind.INSPECTED}

    def validate(
        self, row: SupervisionEntry, previous: SupervisionEntry | None
    ) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        if row.entered_on > clock.today():
            problems["entered_on"] = [_("日志日期不能晚于今天。")]
        if row.slip is not None and row.slip.owner_unit_id != row.owner_unit_id:
            problems["slip"] = [_("请选择这个单位的督办单。")]
        return problems

    def step_refusal(self, row: SupervisionEntry, transition: Transition) -> str:
        if row.entry_kind not in BY_HAND and transition.name in {"withdraw", "return"}:
            return str(_("这条日志由督办单的办理写下，不能撤回。"))
        return ""
