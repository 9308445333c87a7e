"""Stages and moves of a run as values, and everything that holds a move back. No Django."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Stage(StrEnum):
    """In the order in which a run goes through them."""

    OPEN = "open"
    CHECKED = "checked"
    SCORED = "scored"
    SHOWN = "shown"
    PUBLISHED = "published"
    FINAL = "final"


class Block(StrEnum):
    """Why a move is closed."""

    WRONG_STAGE = "wrong_stage"
    NO_REASON = "no_reason"
    SAME_PERSON = "same_person"
    ENTRIES_WAIT = "entries_wait"
    NOTICE_RUNS = "notice_runs"
    APPEALS_RUN = "appeals_run"
    APPEALS_WAIT = "appeals_wait"
    RULINGS_UNSCORED = "rulings_unscored"
    SAME_SCORE = "same_score"


@dataclass(frozen=True, slots=True)
class Move:
    """From which stages to which; `target` None stays. `by_another`: not by who scored last."""

    name: str
    sources: frozenset[Stage]
    target: Stage | None
    asks_reason: bool = False
    by_another: bool = False
    #: What else is looked at.
    looks_at: frozenset[Block] = frozenset()


_SEEN = frozenset({Stage.SCORED, Stage.SHOWN, Stage.PUBLISHED})
MOVES: Mapping[str, Move] = {
    one.name: one
    for one in (
        Move("check", frozenset({Stage.OPEN}), Stage.CHECKED, looks_at=frozenset({Block.ENTRIES_WAIT})),
        Move("reopen", frozenset({Stage.CHECKED, Stage.SCORED}), Stage.OPEN, asks_reason=True),
        Move("score", frozenset({Stage.CHECKED}), Stage.SCORED),
        Move("rescore", _SEEN, None, asks_reason=True, looks_at=frozenset({Block.SAME_SCORE})),
        Move("keep", _SEEN, None, asks_reason=True, looks_at=frozenset({Block.SAME_SCORE})),
        Move("show", frozenset({Stage.SCORED}), Stage.SHOWN, by_another=True),
        Move("publish", frozenset({Stage.SHOWN}), Stage.PUBLISHED),
        Move(
            "finish",
            frozenset({Stage.PUBLISHED}),
            Stage.FINAL,
            looks_at=frozenset(
                {Block.NOTICE_RUNS, Block.APPEALS_RUN, Block.APPEALS_WAIT, Block.RULINGS_UNSCORED}
            ),
        ),
    )
}
#: Stages in which the other side sees the run.
SHOWN = frozenset({Stage.SHOWN, Stage.PUBLISHED, Stage.FINAL})


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a run when a move is asked for."""

    stage: Stage
    #: Self-reports that were submitted and nobody decided on.
    entries_waiting: int = 0
    is_last_scorer: bool = False
    today: date = date.min
    notice_until: date | None = None
    appeal_until: date | None = None
    appeals_waiting: int = 0
    #: Whether an appeal was upheld after the last scoring.
    has_unscored_rulings: bool = False
    #: Whether recomputing gives the bytes of the last scoring; None while nobody asked.
    is_same: bool | None = None


def after(move: Move, stage: Stage) -> Stage:
    """Where the move leads."""
    return stage if move.target is None else move.target


def blocks(move: Move, facts: Facts, reason: str) -> Iterator[Block]:
    """Everything that closes the move; nothing where it is open."""
    if facts.stage not in move.sources:
        yield Block.WRONG_STAGE
    if move.asks_reason and not reason.strip():
        yield Block.NO_REASON
    if move.by_another and facts.is_last_scorer:
        yield Block.SAME_PERSON
    met = {
        Block.ENTRIES_WAIT: facts.entries_waiting > 0,
        Block.NOTICE_RUNS: is_running(facts.notice_until, facts.today),
        Block.APPEALS_RUN: is_running(facts.appeal_until, facts.today),
        Block.APPEALS_WAIT: facts.appeals_waiting > 0,
        Block.RULINGS_UNSCORED: facts.has_unscored_rulings,
        Block.SAME_SCORE: bool(facts.is_same),
    }
    yield from (one for one in Block if one in move.looks_at and met[one])


def is_running(last: date | None, today: date) -> bool:
    """Whether the last day has not passed; the last day itself still counts."""
    return last is not None and today <= last


def last_day(first: date, days: int) -> date:
    """The last of so many days, the first counted."""
    return first + timedelta(days=max(days, 1) - 1)


class Entered(StrEnum):
    """How an item of a unit stands before it is scored."""

    DONE = "done"
    MISSING = "missing"
    WAITING = "waiting"
    NO_PAPER = "no_paper"
    #: By the ledgers alone: nothing is asked of the unit.
    BY_LEDGER = "by_ledger"


def entered(state: str, *, has_paper: bool, needs_paper: bool, needs_word: bool) -> Entered:
    """`state` of its entry, "" where there is none; `needs_word`: no ledger tells the figure or the grade."""
    if state == "verified":
        return Entered.NO_PAPER if needs_paper and not has_paper else Entered.DONE
    if state == "submitted":
        return Entered.WAITING
    return Entered.MISSING if needs_paper or needs_word else Entered.BY_LEDGER


#: Items standing so are scored nought.
UNCOUNTED = frozenset({Entered.MISSING, Entered.WAITING, Entered.NO_PAPER})
