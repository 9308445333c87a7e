"""Who is entitled to a policy in a period, with amount and reasons; and who of them has no claim yet."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.engines.eligibility import NotInForce, Trace, everyone, trace
from shanhai.engines.eligibility import State as Answer
from shanhai.engines.values import Period
from shanhai.kernel.errors import RuleViolated
from shanhai.registers.parties.models import Body, Person

from . import lookup, reports, rules, wording
from .facts import asked_of
from .models import Claim, Policy, PolicyRelease, Standing


@dataclass(frozen=True)
class Line:
    """One who is entitled. Unit of `amount`: yuan."""

    subject: Any
    release: PolicyRelease
    amount: Decimal
    sentence: str
    reasons: list[dict[str, str]]


@dataclass(frozen=True)
class Entitled:
    """Everyone entitled, by key of person or firm."""

    period: Period
    release: PolicyRelease
    lines: Mapping[UUID, Line]


@dataclass(frozen=True)
class Owed:
    """The entitled without a claim, and how many were left out as the kind was claimed elsewhere."""

    period: Period
    lines: Sequence[Line]
    elsewhere: int

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def digest(self) -> str:
        """Of who gets how much: what was looked at is what is made."""
        told = repr([(str(line.subject.pk), f"{line.amount:.2f}") for line in self.lines])
        return hashlib.sha256(told.encode()).hexdigest()


@dataclass(frozen=True)
class Overpaid:
    """One claim that was paid and would not be, or not so much, by the rows of today. Unit: yuan."""

    claim: Claim
    paid: Decimal
    due: Decimal
    why: str


def overpaid_of(policy: Policy, period_code: str, found: Entitled | None = None) -> list[Overpaid]:
    """Paid claims against who is entitled now, less what is claimed back already. `found`: as computed."""
    found = found or entitled_of(policy, period_code)
    paid = Claim.objects.filter(
        policy=policy, benefit_period=found.period.code, standing=Standing.PAID, claw_backs__isnull=True
    )
    over = []
    for claim in paid.select_related("person", "firm", "place", "owner_unit").order_by("number"):
        line = found.lines.get(claim.subject.pk)
        now, amount = line.amount if line else Decimal(0), claim.amount or Decimal(0)
        if amount > now:
            why = _("按现有记录不再享受") if line is None else _("按现有记录应为 %(now)s 元") % {"now": now}
            over.append(Overpaid(claim, amount, amount - now, why))
    return over


def digest_of_overpaid(over: Sequence[Overpaid]) -> str:
    told = repr([(one.claim.number, f"{one.due:.2f}") for one in over])
    return hashlib.sha256(told.encode()).hexdigest()


def entitled_of(policy: Policy, period_code: str, only: UUID | None = None) -> Entitled:
    """By the release in force and the rows within the reader's scope.

    Errors: RuleViolated without a release, or where it is silent in the period; PeriodError.
    """
    release = reports.last_release(policy)
    if release is None or release.text["audience"] != policy.recipients:
        raise RuleViolated(_("这项政策还没有发布，谁也不享受。请先发布。"), code="not_entitled")
    period = reports.asked_period(release.text["period_kind"], period_code)
    asked = asked_of(release.text["audience"], period, [policy.side], only)
    engine_policy = rules.policy_of(release.text)
    found = everyone([engine_policy], asked.population, period)
    places = found.entitled(engine_policy.code) if asked.keys else ()
    keys = {asked.keys[place]: int(place) for place in places}
    model: Any = Person if rules.is_of_people(policy.recipients) else Body
    subjects = model.objects.select_related("place", "owner_unit__place").in_bulk(list(keys))
    lines = {}
    for key, place in keys.items():
        try:
            one = trace(engine_policy, asked.population, period, place)
        except NotInForce:  # pragma: no cover -- `everyone` found it in force
            continue
        if key in subjects and one.state is Answer.ENTITLED:
            lines[key] = _line(subjects[key], release, one)
    return Entitled(period, release, lines)


def place_of(subject: Any) -> Any:
    """Where rows about it belong: its place, or of a firm of the other side's county its unit's own."""
    place = subject.place
    return place if place is not None and place.side == subject.side else subject.owner_unit.place


def _line(subject: Any, release: PolicyRelease, one: Trace) -> Line:
    reasons = [
        {
            "clause": clause.condition.clause,
            "fact": wording.fact_label(reason.reading),
            "needed": wording.needed(reason),
            "value": wording.said(reason.reading, reason.value),
            "state": wording.state_label(reason.state),
            "source": wording.source(reason),
        }
        for clause in one.clauses
        for reason in clause.reasons
    ]
    return Line(subject, release, Decimal(one.amount) / 100, wording.amount_sentence(one), reasons)


def owed_of(policy: Policy, period_code: str, found: Entitled | None = None) -> Owed:
    """应享未领: entitled, with an amount, and without any claim of the policy and period that is not void."""
    found = found or entitled_of(policy, period_code)
    claimed = lookup.subjects_claimed(policy, found.period.code)
    open_to = [line for key, line in found.lines.items() if key not in claimed and line.amount > 0]
    indexes = {line.subject.pk: lookup.index_of(line.subject) for line in open_to}
    taken = lookup.claimed_elsewhere(
        policy.benefit_kind, found.period, list(indexes.values()), but_policy=policy.pk
    )
    lines = [line for line in open_to if indexes[line.subject.pk] not in taken]
    lines.sort(key=lambda line: (str(line.subject.place or ""), str(line.subject), str(line.subject.pk)))
    return Owed(found.period, lines, len(open_to) - len(lines))
