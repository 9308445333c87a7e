"""What a worker asks about the own data by account: it becomes a request as others (ADR 0033, 0041)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import clock, context
from shanhai.kernel.actions import create_row, step_row
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.leads import PERSON
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.workflow import SUBMIT, State

from .own_parts import Part, own_person, register_part
from .requests import PersonRequest, PersonRequestRule

#: What may be asked by an account. To be erased or to withdraw consent is asked in person.
KINDS = (PersonRequest.Kind.CORRECT, PersonRequest.Kind.COPY)
_PROOF = gettext_lazy("本人登录自己的账号提出；答复前请核对身份。")


def ask(*, kind: str, demand: str, actor: Actor) -> PersonRequest:
    """Submitted at once, in the worker's name, to the unit that keeps the record; another person verifies it.

    Errors: NotVisible; RuleViolated for another kind, without words, without a rule of when to answer, and
    for the same once more on a day.
    """
    person = own_person(actor)
    if kind not in KINDS:
        told = _("在这里可以申请更正，或查阅复制；其他的请到填报单位当面提出。")
        raise RuleViolated(told, code="not_by_account")
    if not demand.strip():
        raise RuleViolated(
            _("请写明哪里不对、应当是什么。"), problems={"demand": [_("请写明。")]}, code="reason_missing"
        )
    today = clock.today()
    rule = PersonRequestRule.at(today)
    if rule is None:
        raise RuleViolated(
            _("还没有规定几天内答复，暂时不能在这里申请；请向填报单位提出。"), code="no_answer_rule"
        )
    values = {
        "person": person,
        "name": person.name,
        "identity_number": person.identity_number.moved_to(_COLUMN),
        "kind": kind,
        "demand": demand.strip()[:2000],
        "proof": str(_PROOF),
        "arrived_on": today,
        "due_on": rule.last_day(today),
        "owner_unit": person.owner_unit,
        "side": person.side,
        "place": person.place,
    }
    ledger = registry.get(PersonRequest.ledger_key())
    with context.on_behalf("本人在自己的账号提出"):
        made = create_row(ledger, values, actor=actor)
        submitted: PersonRequest = step_row(ledger, made, SUBMIT, actor=actor)
    return submitted


_COLUMN = "parties.personrequest.identity_number"


@register_part(PERSON, 90)
def requests(actor: Actor) -> Part:
    """What was asked by this account, and what came of it."""
    rows = PersonRequest.objects.exclude(state=State.VOIDED).order_by("-arrived_on", "-id")
    lines = [
        (
            row.arrived_on.isoformat(),
            str(row.get_kind_display()),
            row.demand,
            str(row.get_outcome_display() or _("办理中，最迟 %(day)s 答复") % {"day": row.due_on}),
            row.outcome_reason,
        )
        for row in rows
    ]
    columns = (_("收到日期"), _("申请事项"), _("申请内容"), _("办理结果"), _("结果说明"))
    return Part("requests", _("我的申请"), columns, lines)
