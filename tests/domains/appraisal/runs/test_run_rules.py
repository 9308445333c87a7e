"""The machine of a run, visited stage by stage, move by move and fact by fact."""

from datetime import date, timedelta
from itertools import product

from shanhai.domains.appraisal.models import RunStage
from shanhai.domains.appraisal.runs.rules import (
    MOVES,
    SHOWN,
    Block,
    Entered,
    Facts,
    Stage,
    after,
    blocks,
    entered,
    last_day,
)

TODAY = date(2022, 1, 10)
#: What each stage leads to, by each move that is open there.
COURSE = {
    ("open", "check"): "checked",
    ("checked", "reopen"): "open",
    ("checked", "score"): "scored",
    ("scored", "reopen"): "open",
    ("scored", "rescore"): "scored",
    ("scored", "keep"): "scored",
    ("scored", "show"): "shown",
    ("shown", "rescore"): "shown",
    ("shown", "keep"): "shown",
    ("shown", "publish"): "published",
    ("published", "rescore"): "published",
    ("published", "keep"): "published",
    ("published", "finish"): "final",
}


def test_moves_lead_where_the_table_says_and_nowhere_else() -> None:
    assert {one.value for one in Stage} == {one.value for one in RunStage}
    open_ones = {
        (stage.value, name): after(move, stage).value
        for stage, (name, move) in product(Stage, MOVES.items())
        if not list(blocks(move, Facts(stage), "理由"))
    }
    assert open_ones == COURSE


def test_every_fact_closes_just_the_moves_that_look_at_it() -> None:
    """All moves from where they start, with every combination of facts."""
    days = (None, TODAY - timedelta(1), TODAY, TODAY + timedelta(1))
    yes = (False, True)
    for move, waits, scorer, notice, appeal, appeals, unscored, same, reason in product(
        MOVES.values(), (0, 2), yes, days, days, (0, 1), yes, (None, *yes), ("", "改")
    ):  # fmt: skip
        stage = next(iter(move.sources))
        facts = Facts(stage, waits, scorer, TODAY, notice, appeal, appeals, unscored, same)
        closed = set(blocks(move, facts, reason))
        wanted = {
            Block.NO_REASON: not reason and move.name in {"reopen", "rescore", "keep"},
            Block.SAME_PERSON: scorer and move.name == "show",
            Block.ENTRIES_WAIT: waits > 0 and move.name == "check",
            Block.NOTICE_RUNS: notice is not None and notice >= TODAY and move.name == "finish",
            Block.APPEALS_RUN: appeal is not None and appeal >= TODAY and move.name == "finish",
            Block.APPEALS_WAIT: appeals > 0 and move.name == "finish",
            Block.RULINGS_UNSCORED: unscored and move.name == "finish",
            Block.SAME_SCORE: same is True and move.name in {"rescore", "keep"},
        }
        assert closed == {block for block, is_met in wanted.items() if is_met}


def test_every_stage_is_reached_and_what_was_shown_is_never_hidden_again() -> None:
    reached, new = {Stage.OPEN}, {Stage.OPEN}
    while new:
        new = {Stage(to) for (stage, _name), to in COURSE.items() if Stage(stage) in reached} - reached
        reached |= new
    assert reached == set(Stage)
    assert all(Stage(to) in SHOWN for (stage, _name), to in COURSE.items() if Stage(stage) in SHOWN)


def test_days_are_counted_with_the_first() -> None:
    assert [last_day(TODAY, days) for days in (0, 1, 7)] == [TODAY, TODAY, date(2022, 1, 16)]


def test_an_item_stands_by_its_entry_and_its_paper() -> None:
    states = ("", "draft", "returned", "submitted", "verified")
    for state, has, needs, word in product(states, *[(False, True)] * 3):
        stands = entered(state, has_paper=has, needs_paper=needs, needs_word=word)
        if state == "verified":
            assert stands is (Entered.NO_PAPER if needs and not has else Entered.DONE)
        elif state == "submitted":
            assert stands is Entered.WAITING
        else:
            assert stands is (Entered.MISSING if needs or word else Entered.BY_LEDGER)
