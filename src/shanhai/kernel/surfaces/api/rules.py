"""Operations on the rules of what is owed: read, looked at before they hold, made, ended."""

import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict
from ninja import Router, Schema, Status
from pydantic import Field

from shanhai.kernel import clock
from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.periods.models import ObligationRule
from shanhai.kernel.periods.rule_form import RuleForm, asked_side
from shanhai.kernel.periods.rule_words import told
from shanhai.kernel.periods.rules import (
    add_rule,
    end_rule,
    get_rule,
    is_managing,
    obligations_made,
    preview,
    visible_rules,
)
from shanhai.kernel.periods.visible import may_see
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.views import actor_of

from .bodies import Sent
from .doors import Door, Found, argument
from .naming import called

_DUE = "期末后多少天截止；负数为期末之前"
_OPEN = "期初后多少天开放填报；空为随时"
_LOCK = "截止后多少天锁定；空为不锁定"


class RuleAnswer(Schema):
    """A rule: who files which ledger how often, and by when."""

    id: str
    ledger: str
    side: str
    frequency: str = Field(description="month、quarter、year")
    due_days: int = Field(description=_DUE)
    open_days: int | None = Field(description=_OPEN)
    lock_days: int | None = Field(description=_LOCK)
    minimum_rows: int
    valid_from: str
    valid_to: str | None = Field(description="停用前的最后一天；空为有效")
    source: str = Field(description="依据")
    units: list[dict[str, str]] = Field(description="应报的单位：id、text")
    obligations: int = Field(description="已产生的应报事项")


class RuleNew(Sent):
    """A rule to make. What was made stays: a change is the old one ended and a new one."""

    ledger: str = Field(description="分期填报的台账，如 labour.employmentspell")
    side: str | None = Field(None, description="east 或 west；不写为本方")
    due_days: int = Field(description=_DUE)
    open_days: int | None = Field(None, description=_OPEN)
    lock_days: int | None = Field(None, description=_LOCK)
    minimum_rows: int = 1
    valid_from: datetime.date = Field(description="期末在这一天或以后的各期都要报")
    source: str = Field(description="依据的文件和条款")
    groups: list[str] = Field(default_factory=list, description="单位组的编号")
    units: list[UUID] = Field(default_factory=list, description="单位的编号；与单位组重复的只算一次")


class PreviewAnswer(Schema):
    """What a rule would make until today."""

    text: str = Field(description="一段话")
    new: int = Field(description="新产生的应报事项")
    by_period: dict[str, int]
    past: int = Field(description="其中一生效就逾期的")
    taken_over: int = Field(description="原有未到期、改按本规则的")
    settled: int = Field(description="原有不变的")
    locked: list[str] = Field(description="保存后立即锁定的期")


class RuleEnd(Sent):
    """When a rule ends, and why."""

    last_day: datetime.date = Field(description="最后一天；之后结束的各期不再应报")
    reason: str = Field(max_length=200)


def _seeing(request: HttpRequest, actor: Actor) -> Actor:
    if not may_see(actor):
        raise NotAllowed
    return actor


def _making(request: HttpRequest, actor: Actor) -> Actor:
    asked_side(actor, None)
    return actor


def _seen(request: HttpRequest, actor: Actor) -> ObligationRule:
    return get_rule(argument(request, "pk"), actor=actor)


def _managed(request: HttpRequest, actor: Actor) -> ObligationRule:
    found = _seen(request, actor)
    if not is_managing(actor, found):
        raise NotAllowed
    return found


def add_rules(router: Router) -> None:
    """Below `/obligations/rules/`."""
    answer, making = RuleAnswer, Door(_making)

    @router.get(
        "/rules/", response=list[RuleAnswer], auth=Door(_seeing), **called("obligation_rules", "应报规则")
    )
    def list_rules(request: HttpRequest) -> list[dict[str, Any]]:
        return _told(visible_rules(actor_of(request)))

    looked = called("obligation_rule_preview", "试算一条应报规则，不保存")

    @router.post("/rules/preview/", response=PreviewAnswer, auth=making, **looked)
    def preview_rule(request: HttpRequest, body: RuleNew) -> dict[str, Any]:
        form = _form(body, actor_of(request))
        found = preview(form.rule(), form.bound_units(), clock.today())
        return {
            "text": told(found),
            "new": found.new,
            "by_period": dict(found.by_period),
            "past": found.past,
            "taken_over": found.taken_over,
            "settled": found.settled,
            "locked": list(found.locked),
        }

    made = called("obligation_rule_create", "新增应报规则")

    @router.post("/rules/", response={201: answer}, auth=making, **made)
    def create_rule(request: HttpRequest, body: RuleNew) -> Status[dict[str, Any]]:
        actor = actor_of(request)
        form = _form(body, actor)
        rule = form.rule()
        add_rule(rule, form.bound_units(), actor=actor)
        return Status(201, _one(rule))

    one = called("obligation_rule", "一条应报规则")

    @router.get("/rules/{uuid:pk}/", response=answer, auth=Door(_seen), **one)
    def read_rule(request: Found, pk: UUID) -> dict[str, Any]:
        return _one(request.auth)

    ended = called("obligation_rule_end", "停用应报规则")

    @router.post("/rules/{uuid:pk}/end/", response=answer, auth=Door(_managed), **ended)
    def stop_rule(request: Found, pk: UUID, body: RuleEnd) -> dict[str, Any]:
        actor = actor_of(request)
        end_rule(request.auth, body.last_day, body.reason, actor=actor)
        return _one(get_rule(pk, actor=actor))


def _form(body: RuleNew, actor: Actor) -> RuleForm:
    """The form of the page, filled from the body. Errors: RuleViolated with problems by field."""
    data = QueryDict(mutable=True)
    for name, given in body.dict(exclude={"side"}).items():
        texts = given if isinstance(given, list) else [given]
        data.setlist(name, [str(text) for text in texts if text is not None])
    form = RuleForm(asked_side(actor, body.side), actor, data)
    if problems := form.problems():
        raise RuleViolated(problems=problems)
    return form


def _one(rule: ObligationRule) -> dict[str, Any]:
    (told_of,) = _told([rule])
    return told_of


def _told(rules: list[ObligationRule]) -> list[dict[str, Any]]:
    made = obligations_made(rules)
    return [
        {
            "id": str(rule.pk),
            "ledger": rule.ledger,
            "side": rule.side,
            "frequency": rule.frequency,
            "due_days": rule.due_days,
            "open_days": rule.open_days,
            "lock_days": rule.lock_days,
            "minimum_rows": rule.minimum_rows,
            "valid_from": rule.valid_from.isoformat(),
            "valid_to": rule.valid_to.isoformat() if rule.valid_to else None,
            "source": rule.source,
            "units": _units(rule),
            "obligations": made.get(rule.pk, 0),
        }
        for rule in rules
    ]


def _units(rule: ObligationRule) -> list[dict[str, str]]:
    return [{"id": str(bond.unit_id), "text": str(bond.unit)} for bond in rule.units.all()]
