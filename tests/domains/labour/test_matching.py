"""A run proposes what is worth most, proves it, explains it; people decide, the rest moves around them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from shanhai.domains.labour import matching_lookup, matching_reports
from shanhai.domains.labour.matching_acts import MOVES, advance, decide_many
from shanhai.domains.labour.matching_run import match, start
from shanhai.domains.labour.models import EmploymentSpell, MatchRun, MatchWeight, Placement
from shanhai.kernel import actions, context
from shanhai.kernel.errors import Conflict, NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.jobs import runner
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import State

from .market import Market

Standing = Placement.Standing


@pytest.fixture
def market(cast: Any) -> Market:
    return Market(cast)


def rows(**wanted: Any) -> dict[str, Placement]:
    """Placements by the name of the person."""
    found = Placement.objects.filter(**wanted).select_related("person", "order")
    return {row.person.name: row for row in found}


def by_hand(person: Any, order: Any, actor: Any) -> Placement:
    ledger = registry.get(Placement.ledger_key())
    made: Placement = actions.create_row(ledger, {"person": person, "order": order}, actor=actor)
    return made


def test_a_run_gives_each_seat_to_whom_it_is_worth_most_and_proves_it(market: Market, as_actor: Any) -> None:
    market.order("A", wage=Decimal(7500))
    market.order("B", wage=Decimal(5000))
    market.worker("甲", wished_wage=Decimal(7000))
    market.worker("乙", wished_wage=Decimal(5000))
    market.worker("丙", wished_wage=Decimal(5000), category="monitored")
    with as_actor("wang") as wang:
        run = match("west", wang)
        assert (run.workers, run.seats, run.matched) == (3, 2, 2)
        assert run.total_score <= run.bound
        assert run.of_bound > Decimal("99.9")
        assert "丙" in rows(match_state="proposed")  # priority decides between equals
        told = matching_reports.told(run)
        left = [person.name for person, _said in told.unmatched()]
        assert len(left) == 1
        assert left[0] in {"甲", "乙"}


@pytest.mark.parametrize(
    ("order", "worker", "said"),
    [
        ({"age_to": 30}, {"born": 1980}, "没有岗位符合"),
        ({"required_skills": "焊工"}, {}, "学会焊工"),
        ({"shift": "two"}, {"no_night": True}, "不坚持常白班"),
        ({}, {"needs_couple_room": True}, "不坚持夫妻房"),
        ({"destination": "county"}, {}, "其他地方也可以"),
        ({"required_sex": "male", "work": "mine"}, {"sex": "female"}, "没有岗位符合"),
    ],
)
def test_a_hard_limit_excludes_and_what_would_change_it_is_told(
    market: Market, as_actor: Any, order: dict[str, Any], worker: dict[str, Any], said: str
) -> None:
    market.order("A", **order)
    market.worker("甲", **worker)
    with as_actor("wang") as wang:
        run = match("west", wang)
        assert run.matched == 0
        (told,) = matching_reports.told(run).unmatched()
        assert said in told[1]
        (empty,) = matching_reports.told(run).empty()
        assert empty[1] == 1


def test_who_does_not_take_part_is_counted_by_reason(market: Market, as_actor: Any) -> None:
    market.order("A")
    market.worker("甲")
    market.worker("乙", status="employed")
    market.worker("丙", status="unavailable")
    with as_actor("wang") as wang:
        run = match("west", wang)
    assert run.workers == 1
    assert run.left_out == {"employed": 1, "unavailable": 1}


def test_later_runs_keep_what_was_accepted_avoid_what_was_refused_and_tell_the_loss(
    market: Market, as_actor: Any
) -> None:
    best, other = market.order("A", wage=Decimal(7500)), market.order("B", wage=Decimal(4000))
    worker = market.worker("甲")
    market.worker("乙")
    with as_actor("wang") as wang:
        match("west", wang)
        first = rows(match_state="proposed")
        mine = first["甲"]
        advance(mine.pk, standing=Standing.REFUSED, reason="太远", actor=wang, row_version=mine.row_version)
        again = match("west", wang)
        now = rows(match_state="proposed")
        assert now["甲"].order != mine.order
        assert {now["甲"].order, now["乙"].order} == {best, other}
        assert again.forbidden == 1
        kept = now["乙"]
        advance(kept.pk, standing=Standing.ACCEPTED, actor=wang, row_version=kept.row_version)
        third = match("west", wang)
        assert third.fixed == 1
        assert rows(match_state="accepted")["乙"].order == kept.order
        assert third.regret >= 0
        assert third.hindsight >= third.total_score + third.kept_score - Decimal(1)
        assert Placement.objects.filter(person=worker).count() == 2


def test_a_pair_made_by_hand_stands_and_the_rest_is_matched_around_it(market: Market, as_actor: Any) -> None:
    best = market.order("A", wage=Decimal(7500))
    market.order("B", wage=Decimal(5000))
    market.worker("甲", category="monitored")
    chosen = market.worker("乙", wished_wage=Decimal(9000))
    with as_actor("wang") as wang:
        row = by_hand(chosen, best, wang)
        run = match("west", wang)
        assert (run.fixed, run.matched) == (1, 1)
        assert rows()["甲"].order.code == "B"
        row.refresh_from_db()
        assert (row.match_state, row.is_by_hand) == ("proposed", True)
        assert run.regret > 0
        advance(row.pk, standing=Standing.ACCEPTED, actor=wang, row_version=row.row_version)
        made = matching_reports.overrides("west")
        assert (made.accepted, made.by_hand, made.share) == (0, 1, Decimal("100.0"))


def test_seats_are_never_exceeded(market: Market, as_actor: Any) -> None:
    order = market.order("A", headcount=2)
    people = [market.worker(name) for name in "甲乙丙"]
    with as_actor("wang") as wang:
        made = [by_hand(person, order, wang) for person in people]
        told = decide_many([row.pk for row in made], standing=Standing.ACCEPTED, actor=wang)
        assert told.done == 2
        assert "2 个名额已满" in told.refused[0][1]
        assert matching_lookup.seats_taken([order.pk]) == {order.pk: 2}
        match_of_full = match("west", wang)
        assert match_of_full.left_out == {"over_seats": 1}


def test_nobody_accepts_two_posts(market: Market, as_actor: Any) -> None:
    person = market.worker("甲")
    with as_actor("wang") as wang:
        one, two = (by_hand(person, market.order(code), wang) for code in "AB")
        advance(one.pk, standing=Standing.ACCEPTED, actor=wang, row_version=1)
        with pytest.raises(RuleViolated, match="不能再接受一个"):
            advance(two.pk, standing=Standing.ACCEPTED, actor=wang, row_version=1)


def test_arriving_makes_the_spell_once_and_leaving_ends_it(market: Market, as_actor: Any) -> None:
    person, order = market.worker("甲"), market.order("A")
    with as_actor("wang") as wang:
        row = by_hand(person, order, wang)
        row = advance(row.pk, standing=Standing.ACCEPTED, actor=wang, row_version=row.row_version)
        assert row.state == State.SUBMITTED  # the other side sees it from now on
        row = advance(row.pk, standing=Standing.HIRED, actor=wang, row_version=row.row_version)
        spell = EmploymentSpell.objects.get(person=person)
        assert row.spell == spell
        assert (spell.post, spell.destination, spell.channel) == ("装配工", "paired_city", "organised")
        assert spell.employer_label == "演示电器有限公司"
        with pytest.raises(RuleViolated, match="不能改为"):
            advance(row.pk, standing=Standing.HIRED, actor=wang, row_version=row.row_version)
        row = advance(row.pk, standing=Standing.LEFT, actor=wang, row_version=row.row_version)
        spell.refresh_from_db()
        assert spell.ended_on == row.left_on == date(2021, 9, 24)
        assert EmploymentSpell.objects.filter(person=person).count() == 1


def test_a_spell_that_is_there_already_is_taken_and_not_made_again(market: Market, as_actor: Any) -> None:
    person, order = market.worker("甲"), market.order("A")
    with context.unscoped("test"):
        known = EmploymentSpell.objects.create(
            person=person,
            post="装配工",
            destination="paired_city",
            employer_name="演示",
            started_on=date(2021, 9, 24),
            period="2021Q3",
            **market.west,
        )
    with as_actor("wang") as wang:
        row = by_hand(person, order, wang)
        row = advance(row.pk, standing=Standing.ACCEPTED, actor=wang, row_version=1)
        row = advance(row.pk, standing=Standing.HIRED, actor=wang, row_version=row.row_version)
        assert row.spell == known


@pytest.mark.parametrize("now", list(Standing))
@pytest.mark.parametrize("then", list(Standing))
def test_only_declared_steps_are_taken(
    market: Market, as_actor: Any, now: Placement.Standing, then: Placement.Standing
) -> None:
    person, order = market.worker("甲"), market.order("A")
    with as_actor("wang") as wang:
        row = by_hand(person, order, wang)
        Placement.objects.filter(pk=row.pk).update(match_state=now)
        if then in MOVES.get(now, ()):
            moved = advance(row.pk, standing=then, reason="个人原因", actor=wang, row_version=1)
            assert moved.match_state == then
        else:
            with pytest.raises(RuleViolated):
                advance(row.pk, standing=then, reason="个人原因", actor=wang, row_version=1)


def test_a_refusal_needs_its_reason_and_an_old_page_is_told(market: Market, as_actor: Any) -> None:
    with as_actor("wang") as wang:
        row = by_hand(market.worker("甲"), market.order("A"), wang)
        with pytest.raises(RuleViolated, match="拒绝原因"):
            advance(row.pk, standing=Standing.REFUSED, reason=" ", actor=wang, row_version=1)
        with pytest.raises(Conflict):
            advance(row.pk, standing=Standing.ACCEPTED, actor=wang, row_version=7)


def test_the_other_side_neither_decides_nor_reads_runs(market: Market, as_actor: Any) -> None:
    market.order("A")
    market.worker("甲")
    with as_actor("wang") as wang:
        run = match("west", wang)
        (row,) = rows().values()
    with as_actor("carol") as carol:
        with pytest.raises(NotVisible):
            matching_reports.run_of(run.pk, carol)
        with pytest.raises(NotVisible):
            advance(row.pk, standing=Standing.ACCEPTED, actor=carol, row_version=row.row_version)
    with as_actor("wang") as wang:
        advance(row.pk, standing=Standing.ACCEPTED, actor=wang, row_version=row.row_version)
    with as_actor("carol") as carol, pytest.raises(NotAllowed):
        advance(row.pk, standing=Standing.REFUSED, reason="不要", actor=carol, row_version=1)


def test_weights_that_contradict_or_lack_stop_the_run(market: Market, as_actor: Any) -> None:
    market.order("A")
    market.worker("甲")
    with context.unscoped("test"):
        twin = MatchWeight.objects.get(code="W0")
        twin.pk, twin.code, twin.weight, twin._state.adding = None, "W99", Decimal(1), True
        twin.id = MatchWeight().id
        twin.save(force_insert=True)
    with as_actor("wang") as wang:
        with pytest.raises(RuleViolated, match="W0、W99"):
            match("west", wang)
        MatchWeight.objects.all().update(state=State.DRAFT)
        with pytest.raises(RuleViolated, match="还没有在用的匹配权重"):
            match("west", wang)


def test_why_is_told_term_by_term_and_sums_to_the_score(market: Market, as_actor: Any) -> None:
    market.order("A", is_urgent=True)
    person = market.worker("甲", category="monitored")
    barred = market.order("B", destination="county")
    with as_actor("wang") as wang:
        match("west", wang)
        (row,) = rows().values()
        found = matching_reports.why(row)
        assert found is not None
        assert dict(found.lines) == {
            "就业地符合意愿": "40",
            "优先技能": "0",
            "工资与期望相比": "15",
            "急招岗位": "5",
            "人员优先": "12",
        }
        assert (Decimal(found.total), row.score) == (72, 72)
        other = by_hand(person, barred, wang)
        now = matching_reports.why(other)
        assert now is not None
        assert now.limits == ["不是意愿的就业地"]


def test_fairness_sums_to_all_workers(market: Market, as_actor: Any) -> None:
    market.order("A")
    market.worker("甲", sex="male")
    market.worker("乙", sex="female", born=1970)
    with as_actor("wang") as wang:
        run = match("west", wang)
    for split in ("town", "sex", "age", "category"):
        own = [one for one in run.fairness if one[0] == split]
        assert (sum(one[2] for one in own), sum(one[3] for one in own)) == (2, 1)


@pytest.mark.usefixtures("commits")
def test_the_job_runs_for_whoever_manages_placements(cast: Any, as_actor: Any) -> None:
    market = Market(cast)
    market.order("A")
    market.worker("甲")
    with as_actor("wang") as wang:
        job = start(wang)
    runner.run(job.pk)
    with context.unscoped("test"):
        job.refresh_from_db()
        assert job.state == job.State.DONE, job.message
        assert MatchRun.objects.count() == 1
