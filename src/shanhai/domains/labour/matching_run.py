"""A run of matching: a job that reads, solves, proves and writes proposals; people then decide."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.engines import matching as engine
from shanhai.kernel import clock
from shanhai.kernel.bulk import columns_of, insert_columns, update_columns
from shanhai.kernel.errors import Conflict, NotAllowed, RuleViolated
from shanhai.kernel.jobs import runner
from shanhai.kernel.jobs.models import Job
from shanhai.kernel.jobs.progress import Progress
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor

from . import matching_changed as changed
from . import matching_changes as changes
from . import matching_lookup as lookup
from . import matching_rules as rules
from .matching_problem import Market, groups_of, points, problem_of
from .models import MatchRun, Placement

_Standing = Placement.Standing
#: From here on a price is the engine's word for an order without seats.
_NO_PRICE = 1 << 27


def may_run(actor: Actor) -> bool:
    """Whoever manages placements of a side: a run proposes for workers of all its units."""
    return actor.allows(Verb.MANAGE, Placement.ledger_key())


def side_of(actor: Actor) -> str:
    """Whose workers `actor` matches. Errors: NotAllowed."""
    grants = actor.grants_for(Verb.MANAGE, Placement.ledger_key())
    if not grants:
        raise NotAllowed
    return str(grants[0].side)


def start(actor: Actor) -> Job:
    """Queue a run. Errors: NotAllowed."""
    return runner.start(MATCHING, _("供需匹配"), {"side": side_of(actor)}, actor=actor)


def _work(job: Job, actor: Actor, progress: Progress) -> dict[str, Any]:
    if side_of(actor) != job.arguments["side"]:
        raise NotAllowed
    run = match(job.arguments["side"], actor, progress.say)
    told = {"matched": f"{run.matched:,}", "workers": f"{run.workers:,}", "share": f"{run.of_bound:f}"}
    text = _("%(workers)s 人参加，拟配 %(matched)s 人，达到上界的 %(share)s%%") % told
    return {"text": text, "url": reverse("labour:match_run", args=[run.pk])}


MATCHING = runner.register_kind(runner.JobKind("labour_matching", gettext_lazy("供需匹配"), _work))


def match(side: str, actor: Actor, say: Any = lambda words: None) -> MatchRun:
    """One run over the side's workers. Errors: RuleViolated where there is nothing to match."""
    say(_("读取岗位和求职意向……"))
    market, problem = read(side)
    return _run(market, problem, side, actor, say, is_nightly=False)


def rematch(side: str, actor: Actor, say: Any = lambda words: None) -> MatchRun | None:
    """The same by itself, where anything changed since the last run; None where nothing did."""
    market, problem = read(side)
    before = MatchRun.objects.filter(side=side).first()
    if before and not changed.causes(before.fingerprint, changed.fingerprint(market, problem)):
        return None
    return _run(market, problem, side, actor, say, is_nightly=True)


def read(side: str) -> tuple[Market, engine.Problem]:
    """What a run looks at, held until the transaction ends. Errors: RuleViolated where there is nothing."""
    lookup.hold_side(side)
    market = lookup.market_of(side)
    if not market.seekers or not market.orders:
        what = _("没有有效的求职意向") if not market.seekers else _("没有招聘中的岗位需求")
        raise RuleViolated(_("%(what)s，没有可以匹配的。") % {"what": what}, code="not_matchable")
    return market, problem_of(market)


def _run(
    market: Market, problem: engine.Problem, side: str, actor: Actor, say: Any, *, is_nightly: bool
) -> MatchRun:
    told = {"workers": len(market.seekers), "orders": len(market.orders)}
    say(_("匹配 %(workers)s 人、%(orders)s 个岗位……") % told)
    before = MatchRun.objects.filter(side=side).first()
    fixed = market.pairs(market.fixed)
    found = engine.solve(problem, fixed=fixed, prices=_prices(market, before))
    free = engine.solve(problem_of(market, is_free=True), prices=_prices(market, before))
    say(_("说明原因……"))
    run = _record(market, problem, found, free, fixed, side, actor)
    run.is_nightly, run.fingerprint = is_nightly, changed.fingerprint(market, problem)
    run.causes = changed.causes(before.fingerprint if before else {}, run.fingerprint)
    run.save(force_insert=True)
    _propose(market, run, found, fixed)
    return run


def _prices(market: Market, before: MatchRun | None) -> Any:
    """Prices of the last run, nought for orders it did not have."""
    known = before.prices if before else {}
    return np.array([known.get(str(one.pk), 0) for one in market.orders], np.int32) if known else None


def _kept(market: Market, prices: Any) -> dict[str, int]:
    """Prices of orders that had seats; that of a full one is beyond every score, and says nothing."""
    pairs = zip(market.orders, map(int, prices), strict=True)
    return {str(one.pk): price for one, price in pairs if price < _NO_PRICE}


def _record(
    market: Market,
    problem: engine.Problem,
    found: engine.Matching,
    free: engine.Matching,
    fixed: Any,
    side: str,
    actor: Actor,
) -> MatchRun:
    proof, shown = found.certificate, [engine.terms(problem, int(who), int(what)) for who, what in fixed]
    got = _points(problem, found)
    return MatchRun(
        side=side,
        run_at=clock.now(),
        matched_by=actor.key,
        workers=len(market.seekers),
        orders=len(market.orders),
        seats=int(problem.orders.seats.sum()),
        matched=proof.matched,
        fixed=len(fixed),
        forbidden=0 if problem.refused is None else len(problem.refused),
        total_score=points(proof.total),
        bound=points(proof.bound),
        kept_score=points(sum(max(0, one.total) for one in shown)),
        hindsight=points(free.certificate.total),
        weights={term: f"{value.normalize():f}" for term, value in market.weights.items()},
        prices=_kept(market, found.prices),
        pairs=_pairs(market, problem, found),
        unmatched=changes.of_workers(market, problem, found),
        empty=changes.of_orders(market, problem, found),
        fairness=[
            [one.split, one.member, one.workers, one.matched, str(one.points)]
            for one in rules.fairness(groups_of(market), got)
        ],
        left_out=dict(market.left_out or {}),
    )


def _points(problem: engine.Problem, found: engine.Matching) -> list[Decimal | None]:
    return [
        None if order < 0 else points(max(0, engine.terms(problem, at, int(order)).total))
        for at, order in enumerate(found.given)
    ]


def _pairs(market: Market, problem: engine.Problem, found: engine.Matching) -> list[list[Any]]:
    """Every pair that stands or is proposed, with its five terms."""
    told = []
    for at in map(int, np.flatnonzero(found.given >= 0)):
        order = int(found.given[at])
        one = engine.terms(problem, at, order)
        terms = [one.place, one.skills, one.wage, one.order, one.worker]
        told.append([str(market.seekers[at].key), str(market.orders[order].pk), terms])
    return told


def _propose(market: Market, run: MatchRun, found: engine.Matching, fixed: Any) -> None:
    """Rows of the run's pairs: made, proposed again, or lapsed where it proposes otherwise."""
    standing = {int(who) for who, _order in fixed}
    terms = {(who, order): sum(values) for who, order, values in run.pairs}
    wanted: dict[tuple[UUID, UUID], tuple[int, Decimal]] = {}
    for at in map(int, np.flatnonzero(found.given >= 0)):
        if at in standing:
            continue
        pair = (market.seekers[at].key, market.orders[int(found.given[at])].pk)
        wanted[pair] = (at, points(terms[str(pair[0]), str(pair[1])]))
    known = {(one.person_id, one.order_id): one for one in _undecided(run.side)}
    _insert(market, {pair: value for pair, value in wanted.items() if pair not in known})
    again = [_again(row, wanted.get(pair)) for pair, row in known.items()]
    changed = [row for row in again if row is not None]
    columns = columns_of(Placement, changed, add=False)
    if update_columns(Placement, columns) != len(changed):
        raise Conflict(_("匹配时有人改动了拟配，请重新运行。"))


def _undecided(side: str) -> Sequence[Placement]:
    rows = Placement.objects.live().filter(side=side, match_state__in=[_Standing.PROPOSED, _Standing.LAPSED])
    return list(rows.filter(is_by_hand=False).order_by("pk"))


def _again(row: Placement, found: tuple[int, Decimal] | None) -> Placement | None:
    """The row as this run leaves it; None where nothing changes."""
    standing = _Standing.PROPOSED if found else _Standing.LAPSED
    value = found[1] if found else row.score
    if (row.match_state, row.score) == (standing, value):
        return None
    row.match_state, row.score = standing, value
    row.proposed_on = clock.today() if found else row.proposed_on
    row.row_version += 1
    return row


def _insert(market: Market, wanted: Mapping[tuple[UUID, UUID], tuple[int, Decimal]]) -> None:
    rows = [
        Placement(
            side=market.seekers[at].wish.side,
            owner_unit_id=market.seekers[at].wish.owner_unit_id,
            place_id=market.seekers[at].wish.place_id,
            person_id=who,
            order_id=order,
            is_by_hand=False,
            score=value,
            proposed_on=market.day,
        )
        for (who, order), (at, value) in wanted.items()
    ]
    insert_columns(Placement, columns_of(Placement, rows, add=True))
