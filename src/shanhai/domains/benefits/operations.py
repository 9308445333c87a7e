"""What the chapter adds to the API: trying a policy, releasing it, and the answer for one."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.engines.values import PeriodError
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Door, Found, argument, on_row
from shanhai.kernel.surfaces.api.extending import register_operations
from shanhai.kernel.surfaces.api.naming import named
from shanhai.kernel.surfaces.views import actor_of

from . import actions, reports, rules, wording
from .models import Policy
from .pages import own_policy
from .texts import digest_of, terms_of, text_of


class PeriodAsked(Schema):
    """Which period; the last whole one without."""

    period: str = Field("", description="享受期，如 2021-08、2021Q3、2021；空为上一期")


class TallyAnswer(Schema):
    """How many in each state, and what the entitled get together."""

    entitled: int
    not_yet: int
    not_entitled: int
    total: str = Field(description="元")


class PreviewAnswer(Schema):
    """The drafted text against the release in force."""

    period: str
    digest: str = Field(description="试算文本的摘要，发布时带上")
    before: TallyAnswer
    after: TallyAnswer
    gains: int = Field(description="金额增加的人数或单位数")
    loses: int = Field(description="金额减少的人数或单位数")


class ReleaseBody(Sent):
    """Which text, and why."""

    digest: str
    note: str


class RestoreBody(Sent):
    """Which release, and why."""

    number: int
    note: str


class ReleaseAnswer(Schema):
    """A text in force."""

    number: int
    digest: str


class ClauseAnswer(Schema):
    """One condition as it came out."""

    number: str
    fact: str
    needed: str
    value: str
    state: str
    source: str


class AnswerOfOne(Schema):
    """Why one is entitled or not."""

    period: str
    release: int
    state: str = Field(description="entitled、not_yet、not")
    amount: str = Field(description="元")
    nearest: str
    clauses: list[ClauseAnswer]


def _own(request: HttpRequest, actor: Any) -> Any:
    return own_policy(argument(request, "pk"), actor)


@register_operations(Policy.ledger_key())
def trying(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    path = "/{uuid:pk}/preview/"

    @router.get(path, response=PreviewAnswer, auth=Door(_own), **named(ledger, "preview", "试算"))
    def preview_policy(request: Found, pk: UUID, asked: Query[PeriodAsked]) -> dict[str, Any]:
        policy: Policy = request.auth
        text = text_of(policy, terms_of(policy))
        problems = list(rules.problems_of(text))
        if problems:
            raise RuleViolated(problems={"": problems}, code="not_computable")
        last = reports.last_release(policy)
        period = period_of(policy, asked.period)
        found = reports.preview(text, last.text if last else None, period, policy.side)
        return {
            "period": period.code,
            "digest": digest_of(text),
            "before": _tally(found.before),
            "after": _tally(found.after),
            "gains": len(found.gains),
            "loses": len(found.loses),
        }

    may = on_row(ledger, Verb.MANAGE)

    @router.post("/{uuid:pk}/release/", response=ReleaseAnswer, auth=may, **named(ledger, "release", "发布"))
    def release_policy(request: Found, pk: UUID, body: ReleaseBody) -> Any:
        actor = actor_of(request)
        return actions.release_policy(pk, digest=body.digest, note=body.note, actor=actor)

    @router.post(
        "/{uuid:pk}/restore/", response=ReleaseAnswer, auth=may, **named(ledger, "restore", "恢复旧版")
    )
    def restore_policy(request: Found, pk: UUID, body: RestoreBody) -> Any:
        actor = actor_of(request)
        return actions.restore_release(pk, number=body.number, note=body.note, actor=actor)


@register_operations(Policy.ledger_key())
def answering(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    path = "/{uuid:pk}/answer/{uuid:who}/"

    @router.get(path, response=AnswerOfOne, auth=Door(_own), **named(ledger, "answer", "享受判断"))
    def answer_one(request: Found, pk: UUID, who: UUID, asked: Query[PeriodAsked]) -> dict[str, Any]:
        policy: Policy = request.auth
        last = reports.last_release(policy)
        period = period_of(policy, asked.period).code
        found = reports.answers_for([last] if last else [], policy.recipients, who, policy.side, period)
        if not found or found[0].trace is None:
            raise NotVisible
        return _answered(found[0])


def period_of(policy: Policy, code: str) -> Any:
    """Errors: RuleViolated for what names no period."""
    try:
        return reports.asked_period(policy.period_kind, code)
    except PeriodError as wrong:
        raise RuleViolated(problems={"period": [str(wrong)]}) from None


def _tally(tally: reports.Tally) -> dict[str, Any]:
    return {
        "entitled": tally.entitled,
        "not_yet": tally.not_yet,
        "not_entitled": tally.not_entitled,
        "total": f"{Decimal(tally.total) / 100:.2f}",
    }


def _answered(found: reports.Answer) -> dict[str, Any]:
    trace = found.trace
    assert trace is not None  # noqa: S101 -- the caller asked
    return {
        "period": trace.period.code,
        "release": found.release.number,
        "state": trace.state.name.lower(),
        "amount": f"{Decimal(trace.amount) / 100:.2f}",
        "nearest": wording.nearest(trace),
        "clauses": [
            {
                "number": clause.condition.clause,
                "fact": wording.fact_label(reason.reading),
                "needed": wording.needed(reason),
                "value": wording.said(reason.reading, reason.value),
                "state": reason.state.name.lower(),
                "source": wording.source(reason),
            }
            for clause in trace.clauses
            for reason in clause.reasons
        ],
    }
