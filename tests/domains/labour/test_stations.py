"""The list of the day: who is due, what a visit tells the register, troubles to their end, coming home."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from shanhai.domains.labour.models import (
    FollowUpVisit,
    ReturnHome,
    VisitInterval,
    WorkerRegistration,
    WorkerTrouble,
)
from shanhai.domains.labour.stations import acts, rules
from shanhai.domains.labour.stations.caseload import due_visits, last_day_of, running_troubles
from shanhai.kernel import actions, context
from shanhai.kernel.errors import Conflict, RuleViolated
from shanhai.kernel.models import HistoryEntry
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import SUBMIT, State
from shanhai.registers.parties.identity import demo_identity
from shanhai.registers.parties.models import Person
from worlds import TODAY

JSON: dict[str, Any] = {"content_type": "application/json"}
CASELOAD = "/labour/caseload/"
_DAYS = st.dates(date(2020, 1, 1), date(2022, 12, 31))


@pytest.fixture
def registered(cast: Any) -> Any:
    """`registered(status, days)`: a worker of Meitan last heard from so many days ago."""
    serial = iter(range(1, 100))

    def made(status: str = "employed", days: int = 100, state: str = State.VERIFIED) -> WorkerRegistration:
        number = next(serial)
        whose = {"side": "west", "owner_unit": cast.mt_labour, "place": cast.yongxing}
        with context.unscoped("people"):
            identity = demo_identity(area=328, born_on=date(1990, 1, 1), serial=number)
            person = Person.objects.create(name=f"李演示{number}", identity_number=identity, **whose)
            day = TODAY - timedelta(days=days)
            return WorkerRegistration.objects.create(
                person=person, status=status, registered_on=day, last_contact_on=day, state=state, **whose
            )  # fmt: skip

    return made


def visit(row: WorkerRegistration, actor: Any, version: int | None = None, **values: Any) -> FollowUpVisit:
    told = {"way": "phone", "outcome": "reached", "status": "employed"} | values
    return acts.record_visit(row.pk, told, actor=actor, row_version=version or row.row_version)


@given(heard=_DAYS, tried=st.none() | _DAYS, days=st.integers(1, 400), again=st.integers(1, 60))
def test_a_vain_attempt_only_puts_the_day_off(heard: date, tried: date | None, days: int, again: int) -> None:
    due = rules.visit_due(heard, tried, days, again)
    assert due >= heard + timedelta(days=days)
    if tried is not None and tried > heard:
        assert due >= tried + timedelta(days=again)
        assert due in {heard + timedelta(days=days), tried + timedelta(days=again)}
    else:
        assert due == rules.visit_due(heard, None, days, again)


@pytest.mark.parametrize(
    ("days", "light"), [(-1, "late"), (0, "today"), (1, "soon"), (3, "soon"), (4, "later")]
)
def test_the_light_says_how_near_the_day_is(days: int, light: str) -> None:
    assert rules.light(TODAY + timedelta(days=days), TODAY) == light


def test_the_list_has_whoever_is_due_the_longest_waiting_first(registered: Any, as_actor: Any) -> None:
    late, due = registered(days=200), registered(days=90)
    registered(days=89)  # not before tomorrow
    registered("unemployed", days=15), registered(days=200, state=State.VOIDED)
    with as_actor("bob") as bob:
        found, number = due_visits(bob)
    assert [one.registration.pk for one in found][:2] == [late.pk, due.pk] and number == 3
    assert [(one.due_on, one.light) for one in found[1:]] == [(TODAY, "today"), (TODAY, "today")]


def test_sql_and_rule_agree_on_every_day(registered: Any, as_actor: Any) -> None:
    with as_actor("bob") as bob:
        intervals = {one.status: one for one in VisitInterval.objects.all()}
        for days, tried in product((30, 91, 200), (None, 1, 6, 7, 8, 250)):
            row = registered(days=days)
            if tried is not None:
                visit(row, bob, outcome="no_answer", status="", visited_on=TODAY - timedelta(days=tried))
        found, number = due_visits(bob, until=TODAY + timedelta(days=400))
    assert number == len(found) == 18
    for one in found:
        rule = intervals[one.registration.status]
        assert one.due_on == rules.visit_due(one.heard_on, one.tried_on, rule.days, rule.again_days)


def test_a_visit_that_reached_the_worker_tells_the_register(registered: Any, as_actor: Any) -> None:
    row = registered()
    with as_actor("bob") as bob:
        made = visit(row, bob, status="unemployed", note="厂里没有订单")
        row.refresh_from_db()
        assert (made.state, row.status, row.last_contact_on) == ("submitted", "unemployed", TODAY)
        assert HistoryEntry.objects.filter(row_id=row.pk).first().reason == "走访回访"
        assert due_visits(bob)[1] == 0


def test_one_that_reached_nobody_leaves_the_register_and_comes_again(registered: Any, as_actor: Any) -> None:
    row = registered()
    with as_actor("bob") as bob:
        visit(row, bob, outcome="wrong_number", status="")
        row.refresh_from_db()
        assert (row.status, row.row_version) == ("employed", 1)
        assert due_visits(bob)[1] == 0
        (again,), _number = due_visits(bob, until=TODAY + timedelta(days=7))
        assert again.due_on == TODAY + timedelta(days=7)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"status": ""}, "请填了解到的就业状况"),
        ({"outcome": "away"}, "没有联系上的，不填就业状况"),
        ({"visited_on": TODAY + timedelta(days=1)}, "不能晚于今天"),
    ],
)
def test_a_visit_that_contradicts_itself_is_refused_whole(
    registered: Any, as_actor: Any, values: dict[str, Any], sentence: str
) -> None:
    row = registered()
    with as_actor("bob") as bob, pytest.raises(RuleViolated) as refused:
        visit(row, bob, **values)
    assert sentence in str(refused.value.problems)
    assert not FollowUpVisit._base_manager.exists()


def test_what_somebody_wrote_meanwhile_is_shown_field_by_field(registered: Any, as_actor: Any) -> None:
    row = registered()
    with as_actor("bob") as bob:
        visit(row, bob, status="unemployed", way="home")
        with pytest.raises(Conflict) as found:
            visit(row, bob, version=1, status="changing")
        (field,) = found.value.fields
        assert (field.label, field.yours, field.theirs) == ("就业状况", "换岗", "失业")
        assert FollowUpVisit.objects.count() == 1
        # The same heard twice is no conflict, nor is a change of something else.
        visit(row, bob, version=1, status="unemployed", way="video")


def test_the_same_visit_is_written_once(registered: Any, client_of: Any) -> None:
    row, bob = registered(), client_of("bob")
    url, body = f"/api/v1/labour/workerregistration/{row.pk}/visit/", {"row_version": 1, "outcome": "reached"}
    body |= {"status": "employed"}
    key = {"HTTP_IDEMPOTENCY_KEY": "3f1e8a10-52cb-4f3c-9d53-0a4f3f6a9b01"}
    first, second = (bob.post(url, body, **JSON, **key) for _time in range(2))
    assert (first.status_code, first.json()) == (second.status_code, second.json()) == (200, first.json())
    assert bob.post(url, body | {"row_version": 2}, **JSON).status_code == 422
    assert FollowUpVisit._base_manager.count() == 1


def test_a_visit_from_a_file_is_carried_over_when_somebody_says_so(
    registered: Any, as_actor: Any, client_of: Any
) -> None:
    row = registered()
    with as_actor("bob") as bob:
        values = {"registration": row, "visited_on": TODAY, "outcome": "reached", "status": "returned_home"}
        ledger = registry.get("labour.followupvisit")
        made = actions.create_row(ledger, values, actor=bob)
        with pytest.raises(RuleViolated, match="还没有报"):
            acts.carry_of(made.pk, actor=bob, row_version=made.row_version)
        made = actions.step_row(ledger, made, SUBMIT, actor=bob)
    page = client_of("bob").get(f"/labour/followupvisit/{made.pk}/").content.decode()
    assert "走访了解到“返乡”，登记是“在岗”" in page
    client_of("bob").post(f"/labour/followupvisit/{made.pk}/carry/", {"row_version": made.row_version})
    row.refresh_from_db()
    assert row.status == "returned_home"


@pytest.fixture
def trouble(registered: Any, as_actor: Any) -> WorkerTrouble:
    ledger = registry.get("labour.workertrouble")
    with as_actor("bob") as bob:
        values = {
            "registration": registered(), "kind": "wages", "received_on": TODAY - timedelta(days=20),
            "amount": Decimal("5200"), "complaint": "八月工资没有发",
        }  # fmt: skip
        row = actions.create_row(ledger, values, actor=bob)
        return actions.step_row(ledger, row, SUBMIT, actor=bob)  # type: ignore[no-any-return]


STAGES = WorkerTrouble.Stage.values


@pytest.mark.parametrize(("stage", "following"), list(product(STAGES, STAGES)))
def test_every_stage_lets_only_its_own_follow(
    trouble: WorkerTrouble, as_actor: Any, stage: str, following: str
) -> None:
    with as_actor("bob") as bob:
        WorkerTrouble.objects.filter(pk=trouble.pk).update(stage=stage)
        told: dict[str, Any] = {"result": "当面结清", "recovered": Decimal("5200"), "actor": bob}
        told["row_version"] = trouble.row_version
        if following in rules.MOVES[stage]:
            moved = acts.move_trouble(trouble.pk, following, **told)
            assert (moved.stage, moved.closed_on is not None) == (following, following == "closed")
        else:
            with pytest.raises(RuleViolated, match="之后不能是"):
                acts.move_trouble(trouble.pk, following, **told)


def test_an_end_says_what_came_of_it_and_gives_back_no_more_than_was_owed(
    trouble: WorkerTrouble, as_actor: Any
) -> None:
    with as_actor("bob") as bob:
        told = {"actor": bob, "row_version": trouble.row_version}
        with pytest.raises(RuleViolated, match="怎样办结"):
            acts.move_trouble(trouble.pk, "closed", result=" ", **told)
        with pytest.raises(RuleViolated) as refused:
            acts.move_trouble(trouble.pk, "closed", result="结清", recovered=Decimal("5200.01"), **told)
        assert "追回金额不能大于涉及金额" in str(refused.value.problems)


def test_a_trouble_runs_against_the_clock_of_its_kind(trouble: WorkerTrouble, as_actor: Any) -> None:
    with as_actor("bob") as bob:
        assert last_day_of(trouble) == TODAY - timedelta(days=5)
        (running,), number = running_troubles(bob)
        assert (running.last_day, number) == (TODAY - timedelta(days=5), 1)
        assert rules.is_late(running.stage, running.last_day, TODAY)
        acts.move_trouble(trouble.pk, "closed", result="结清", actor=bob, row_version=trouble.row_version)
        assert running_troubles(bob)[1] == 0


def test_coming_home_and_looking_for_work_again(registered: Any, client_of: Any, as_actor: Any) -> None:
    row, bob = registered(), client_of("bob")
    page = bob.get(f"/labour/workerregistration/{row.pk}/").content.decode()
    assert "返乡登记" in page and "重新求职" not in page
    sent = {"row_version": 1, "returned_on": TODAY.isoformat(), "reason": "dismissed", "plan": "nearby"}
    bob.post(f"/labour/workerregistration/{row.pk}/home/", sent)
    row.refresh_from_db()
    assert (row.status, ReturnHome._base_manager.get().state) == ("returned_home", "submitted")
    assert "重新求职" in bob.get(f"/labour/workerregistration/{row.pk}/").content.decode()
    bob.post(f"/labour/workerregistration/{row.pk}/search/", {"row_version": row.row_version})
    row.refresh_from_db()
    assert row.status == "waiting"
    with as_actor("bob") as actor, pytest.raises(RuleViolated, match="才需要重新求职"):
        acts.search_again(row.pk, actor=actor, row_version=row.row_version)


def test_the_list_asks_the_same_whatever_its_length(registered: Any, client_of: Any) -> None:
    bob = client_of("bob")
    bob.get(CASELOAD)
    numbers = []
    for _more in range(2):
        registered(days=300)
        with CaptureQueriesContext(connection) as asked:
            page = bob.get(CASELOAD)
        numbers.append(len(asked))
    assert page.status_code == 200 and numbers[0] == numbers[1]


def test_the_other_side_has_no_list_and_sees_no_worker_here(registered: Any, client_of: Any) -> None:
    row = registered(days=300)
    page = client_of("alice").get(CASELOAD)
    assert "李演示" not in page.content.decode()
    sent = {"row_version": 1, "outcome": "reached", "status": "employed"}
    for who in ("alice", "carol", "dave"):
        address = f"/api/v1/labour/workerregistration/{row.pk}/visit/"
        assert client_of(who).post(address, sent, **JSON).status_code in {403, 404}, who
    assert not FollowUpVisit._base_manager.exists()
