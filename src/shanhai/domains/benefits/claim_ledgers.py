"""The ledgers of claims and payments."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from shanhai.engines.values import Period, PeriodError
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Sharing, register
from shanhai.kernel.scope import Actor
from shanhai.kernel.workflow import RETURN, SUBMIT, VERIFY, VOID, WITHDRAW, Life, Transition

from .late_claims import keep_texts, late_problems
from .models import Audience, Claim, Standing
from .numbering import next_number
from .sources import SCHEME

#: First review is the verification of row life: whoever submitted cannot take it, and who took it is kept.
REVIEWED = Life(
    (
        SUBMIT,
        WITHDRAW,
        replace(VERIFY, label=_("初审通过"), person="verified_by", hint=_("初审后由另一人复审核定金额。")),
        replace(RETURN, clears=("verified_at", "verified_by")),
        VOID,
    ),
    (),
)


@register
class ClaimLedger(Ledger[Claim]):
    model = Claim
    source = SCHEME
    columns = (
        "number",
        "policy",
        "person",
        "person__identity_number",
        "firm",
        "benefit_period",
        "standing",
        "amount",
        Column("origin", is_default=False),
        Column("applied_on", is_default=False),
        Column("approved_on", is_default=False),
        Column("decision_note", is_default=False),
        Column("late_reason", is_default=False),
        Column("note", is_default=False),
        Column("payment_list", is_default=False),
        Column("payee_account__bank_name", is_default=False),
        Column("payee_account__account_number", is_default=False),
    )
    filters = ("policy", "standing", "firm", "notice", "payment_list", "origin", "amount", "applied_on")
    search = ("number", "person__name", "person__identity_number", "firm__name", "benefit_period")
    ordering = ("-applied_on", "number")
    import_key = ("number",)
    fields = ("number", "policy", "person", "firm", "benefit_period", "applied_on", "late_reason", "note")
    bulk_fields = ("applied_on",)
    panels = (
        Fields(
            _("申领"),
            ("number", "policy", "person", "firm", "benefit_period", "applied_on", "late_reason", "origin"),
        ),
        Fields(
            _("办理"),
            (
                "standing",
                "amount",
                "approved_on",
                "notice",
                "payment_list",
                "decision_note",
                "note",
            ),
        ),
    )
    evidence_classes = (EvidenceClass("application", _("申请表")), EvidenceClass("proof", _("证明材料")))
    #: What a household is given is nobody else's affair.
    sharing = Sharing.PRIVATE
    menu_order = 50
    example = {"number": "SL-2021-0001", "benefit_period": "2021-08", "applied_on": "2021-09-01"}

    @property
    def life(self) -> Life:
        return REVIEWED

    def initial(self, actor: Actor) -> dict[str, Any]:
        return {"number": next_number(Claim, "SL", actor)}

    def validate(self, row: Claim, previous: Claim | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        if row.policy.side != row.owner_unit.side:
            problems["policy"] = [_("请选择本方的政策。")]
        if row.person and row.firm:
            problems["firm"] = [_("人员和单位只选一个。")]
        field = "firm" if row.policy.recipients == Audience.EMPLOYER else "person"
        subject = getattr(row, field)
        if subject is None:
            problems[field] = [_("这项政策的对象是%(who)s，请选择。") % {"who": _whom(field)}]
        elif subject.side != row.owner_unit.side:
            problems[field] = [_("请选择本方登记的%(who)s。") % {"who": _whom(field)}]
        return problems | (_period_problems(row) or _day_problems(row))

    def prefetch_for_validation(self, rows: Sequence[Claim]) -> None:
        keep_texts(rows)

    def step_refusal(self, row: Claim, transition: Transition) -> str:
        if row.standing == Standing.PENDING:
            return ""
        now = Standing(row.standing).label
        return _now("这笔申领已到“%(now)s”，请在“申领办理”里办。") % {"now": now}


def _whom(field: str) -> Any:
    return _("单位") if field == "firm" else _("人员")


def _day_problems(row: Claim) -> dict[str, list[Any]]:
    """Too early, or after the last day without saying why."""
    if row.applied_on < Period.parse(row.benefit_period).start:
        return {"applied_on": [_("享受期还没开始，申领日期不能早于它的第一天。")]}
    late = late_problems(row)
    return {"late_reason": late} if late else {}


def _period_problems(row: Claim) -> dict[str, list[Any]]:
    wanted = row.policy.period_kind
    try:
        period = Period.parse(row.benefit_period)
    except PeriodError as wrong:
        return {"benefit_period": [str(wrong)]}
    if period.kind.value != wanted or period.code != row.benefit_period:
        told = {"kind": row.policy.get_period_kind_display()}
        return {
            "benefit_period": [_("这项政策%(kind)s享受，享受期请写成 2021-08、2021Q3 或 2021 这样。") % told]
        }
    return {}
