"""What is done with a run: opened, and moved on as `rules` allows."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.kernel import clock, context
from shanhai.kernel.actions import constraint_sentences, get_row
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor, Sharing
from shanhai.registers.parties.models import Unit

from ..models import (
    AppraisalEntry,
    AppraisalMove,
    AppraisalRun,
    AppraisalScheme,
    AppraisalScoring,
    AppraisalThreshold,
    AppraisalUnitScore,
    RunStage,
)
from ..schemes.readings import subjects_of
from ..schemes.texts import release_for
from . import entered
from .computing import Computed, computed
from .rights import moved_run
from .rules import MOVES, Facts, Move, Stage, after, blocks, last_day
from .rulings import has_unscored, rulings_of, undecided
from .telling import block_sentence

_YEARS = range(2000, 2200)


def open_run(pk: UUID, *, year: int, actor: Actor) -> AppraisalRun:
    """Begin the run of a scheme for a year, with a self-report for every unit and item.

    Errors: RuleViolated without a release for the year, without units, or for a second run of the year;
    NotVisible; NotAllowed.
    """
    ledger = registry.get(AppraisalScheme.ledger_key())
    scheme: AppraisalScheme = get_row(ledger, pk, actor=actor, verb=Verb.MANAGE)
    if year not in _YEARS or year > clock.today().year:
        raise RuleViolated(_("请填写不晚于今年的年度，如 2020。"), code="bad_year")
    release = release_for(scheme, year)
    if release is None:
        raise RuleViolated(_("这个方案没有适用于这一年度的发布版本，请先试评并发布。"), code="no_release")
    if AppraisalRun.objects.filter(scheme=scheme, year=year).exists():
        raise RuleViolated(_("这个方案这一年度的考核已经发起。"), code="run_exists")
    units = subjects_of(release.text, scheme.side, year, scheme.owner_unit)
    if not units:
        raise RuleViolated(_("没有可考核的单位，请检查考核单位类别。"), code="no_subjects")
    run = AppraisalRun(
        side=scheme.side,
        scheme=scheme,
        release=release,
        name=_("%(scheme)s（%(year)s年）") % {"scheme": scheme.name, "year": year},
        year=year,
        subjects=[str(one.pk) for one in units],
        opened_by=actor.key,
        opened_at=clock.now(),
    )
    with constraint_sentences():
        run.save(force_insert=True)
    AppraisalEntry.objects.bulk_create(entered.drafted_entries(run))
    _keep_move(run, "open", "", Stage.OPEN, actor)
    return run


def move_run(pk: UUID, name: str, reason: str, *, actor: Actor) -> AppraisalRun:
    """Take one move.

    Errors: NotVisible for an unknown one; NotAllowed; RuleViolated with all that is missing.
    """
    if name not in MOVES:
        raise NotVisible
    move = MOVES[name]
    run = moved_run(pk, move, actor)
    fresh = computed(run, rulings_of(run)) if name in _COMPUTING else None
    facts = facts_of(run, actor, fresh)
    closed = list(blocks(move, facts, reason))
    if closed:
        told = [block_sentence(one, facts) for one in closed]
        raise RuleViolated(problems={"": told}, code="move_closed")
    _take(run, move, reason.strip(), actor, fresh)
    return run


#: Moves that look at what the rows say by now.
_COMPUTING = frozenset({"score", "rescore", "keep"})


def _take(run: AppraisalRun, move: Move, reason: str, actor: Actor, fresh: Computed | None) -> None:
    before = Stage(run.stage)
    run.stage = RunStage(after(move, before))
    if move.name == "show":
        run.sharing = Sharing.SHARED
    if move.name == "publish":
        run.published_on = clock.today()
        days = days_on(run.published_on)
        run.notice_until = last_day(run.published_on, days["notice_days"])
        run.appeal_until = last_day(run.published_on, days["appeal_days"])
    with context.because(reason) if reason else context.because(move.name):
        if fresh is not None and move.name != "keep":
            keep_scoring(run, fresh, reason, actor)
        run.save()
        _keep_move(run, move.name, before, Stage(run.stage), actor, reason, fresh.digest if fresh else "")


def keep_scoring(run: AppraisalRun, found: Computed, cause: str, actor: Actor) -> AppraisalScoring:
    """Write a scoring down as it was computed."""
    last = run.scorings.order_by("-number").first()
    scoring = AppraisalScoring(
        run=run,
        number=last.number + 1 if last else 1,
        definitions=found.definitions,
        digest=found.digest,
        scored_at=clock.now(),
        scored_by=actor.key,
        cause=cause,
    )
    scoring.save(force_insert=True)
    AppraisalUnitScore.objects.bulk_create(
        AppraisalUnitScore(
            scoring=scoring,
            unit_id=one["unit"],
            place_number=one["place"],
            total=one["total"],
            grade=one["grade"],
            told=one,
        )
        for one in found.units
    )
    return scoring


def _keep_move(
    run: AppraisalRun, name: str, before: str, stage: Stage, actor: Actor, note: str = "", digest: str = ""
) -> None:
    AppraisalMove(
        run=run,
        move=name,
        from_stage=before,
        to_stage=stage,
        moved_at=clock.now(),
        moved_by=actor.key,
        note=note,
        digest=digest,
    ).save(force_insert=True)


def facts_of(run: AppraisalRun, actor: Actor, fresh: Computed | None = None) -> Facts:
    """What is known of the run now. `fresh`: what the rows come to, where it was computed."""
    last = last_scoring(run)
    return Facts(
        stage=Stage(run.stage),
        entries_waiting=entered.waiting(run) if run.stage == RunStage.OPEN else 0,
        is_last_scorer=last is not None and last.scored_by == actor.key,
        today=clock.today(),
        notice_until=run.notice_until,
        appeal_until=run.appeal_until,
        appeals_waiting=undecided(run),
        has_unscored_rulings=last is not None and has_unscored(run, last),
        is_same=None if fresh is None or last is None else fresh.digest == last.digest,
    )


def last_scoring(run: AppraisalRun) -> AppraisalScoring | None:
    """The one that counts."""
    found: AppraisalScoring | None = run.scorings.order_by("-number").first()
    return found


def days_on(day: date) -> Mapping[str, int]:
    """Days of public notice and of appeals that hold on a day. Errors: RuleViolated while one is not set."""
    rows = AppraisalThreshold.objects.in_force(day).filter(code__in=("notice_days", "appeal_days"))
    found = {code: int(value) for code, value in rows.values_list("code", "value")}
    if len(found) < len(("notice_days", "appeal_days")):
        raise RuleViolated(_("还没有规定考核结果公示天数和申诉天数，请在“规定”里补上。"), code="no_days")
    return found


def unit_of(run: AppraisalRun, unit: UUID) -> Unit:
    """One of its units. Errors: NotVisible."""
    if str(unit) not in run.subjects:
        raise NotVisible
    found: Any = Unit.objects.select_related("place").filter(pk=unit).first()
    if found is None:
        raise NotVisible
    return found  # type: ignore[no-any-return]
