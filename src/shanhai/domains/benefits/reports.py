"""What the text of a policy gives whom: the preview before a release, and the answer for one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np

from shanhai.engines.eligibility import NotInForce, State, Trace, everyone, trace
from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel import clock

from . import rules
from .facts import Asked, asked_of, months_known
from .models import Policy, PolicyRelease

#: Of those who gain or lose, so many are named.
MOST_NAMED = 100


@dataclass(frozen=True)
class Tally:
    """Of one text: how many in each state, and what the entitled get together. Unit of `total`: fen."""

    entitled: int = 0
    not_yet: int = 0
    not_entitled: int = 0
    total: int = 0
    #: The parameter that has no value in the period, when the text is silent.
    silent: str = ""


@dataclass(frozen=True)
class Moved:
    """One whose amount another text would change. Unit: fen."""

    key: UUID
    name: str
    before: int
    after: int


@dataclass(frozen=True)
class Preview:
    """A draft against the release in force, over everybody of the side."""

    period: Period
    before: Tally
    after: Tally
    gains: list[Moved]
    loses: list[Moved]


def last_release(policy: Policy) -> PolicyRelease | None:
    found: PolicyRelease | None = PolicyRelease.objects.filter(policy=policy).order_by("-number").first()
    return found


def asked_period(policy_kind: str, code: str = "") -> Period:
    """The period asked for, of the policy's own kind. Errors: PeriodError.

    Without a code the last whole one, where anything is known of it; else the latest of which something is.
    """
    kind = PeriodKind(policy_kind)
    if code:
        return Period.of(Period.parse(code).end, kind)
    last = Period.of(clock.today(), kind).previous()
    is_known, latest = months_known(last)
    return last if is_known or latest is None else Period.of(latest.end, kind)


def preview(text: Mapping[str, Any], before: Mapping[str, Any] | None, period: Period, side: str) -> Preview:
    """Who gains and who loses by the text, against what was released before."""
    asked = asked_of(text["audience"], period, [side])
    after_tally, after = _computed(text, asked, period)
    before_tally, earlier = (Tally(), np.zeros_like(after))
    if before is not None and before["audience"] == text["audience"]:
        before_tally, earlier = _computed(before, asked, period)
    return Preview(
        period=period,
        before=before_tally,
        after=after_tally,
        gains=list(_moved(asked, earlier, after, np.flatnonzero(after > earlier))),
        loses=list(_moved(asked, earlier, after, np.flatnonzero(after < earlier))),
    )


def _computed(text: Mapping[str, Any], asked: Asked, period: Period) -> tuple[Tally, Any]:
    """The tally, and what each gets in fen."""
    policy = rules.policy_of(text)
    found = everyone([policy], asked.population, period)
    amounts = np.zeros(asked.population.size, np.int64)
    amounts[found.entitled(policy.code)] = found.amounts[0]
    counts = np.bincount(found.states[0], minlength=len(State))
    lacking = found.silent.get(policy.code)
    tally = Tally(
        entitled=int(counts[State.ENTITLED]),
        not_yet=int(counts[State.NOT_YET]),
        not_entitled=int(counts[State.NOT]),
        total=int(amounts.sum()),
        silent=lacking.parameter if lacking else "",
    )
    return tally, amounts


def _moved(asked: Asked, before: Any, after: Any, places: Any) -> Iterator[Moved]:
    """The largest differences first."""
    order = np.argsort(-np.abs(after[places] - before[places]), kind="stable")
    for place in places[order].tolist():
        yield Moved(asked.keys[place], asked.names[place], int(before[place]), int(after[place]))


@dataclass(frozen=True)
class Answer:
    """Of one person or firm by one release; `trace` None where the release is silent in the period."""

    release: PolicyRelease
    name: str
    trace: Trace | None


def answers_for(
    releases: list[PolicyRelease], audience: str, key: UUID, side: str, period_code: str = ""
) -> list[Answer]:
    """The answer of each release for one; nothing for who is not there."""
    found, known = [], dict[Period, Asked]()
    for release in releases:
        period = asked_period(release.text["period_kind"], period_code)
        if period not in known:
            known[period] = asked_of(audience, period, [side], key)
        asked = known[period]
        if asked.keys:
            found.append(Answer(release, asked.names[0], _traced(release, asked, period)))
    return found


def _traced(release: PolicyRelease, asked: Asked, period: Period) -> Trace | None:
    try:
        return trace(rules.policy_of(release.text), asked.population, period, 0)
    except NotInForce:
        return None


def releases_in_force(audience: str, side: str) -> list[PolicyRelease]:
    """The last release of every policy of a side that is neither voided nor returned."""
    rows = PolicyRelease.objects.filter(
        policy__in=Policy.objects.reported().filter(side=side, recipients=audience)
    )
    return list(rows.select_related("policy").order_by("policy__code", "-number").distinct("policy__code"))
