"""The register follows what became of a worker, from its day; what is known of later stands."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.domains.labour.actions import end_spell
from shanhai.domains.labour.matching_acts import advance
from shanhai.domains.labour.models import EmploymentSpell, Placement, WorkerRegistration
from shanhai.domains.labour.standing_rules import Event, status_after
from shanhai.kernel import actions, context
from shanhai.kernel.models import HistoryEntry
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import State
from worlds import TODAY

from .market import Market

Standing = Placement.Standing
DAY = date(2021, 9, 10)
_STATUSES = st.sampled_from(WorkerRegistration.Status.values)


@pytest.mark.parametrize(
    ("event", "status", "since", "others", "after"),
    [
        (Event.HIRED, "waiting", None, (), "employed"),
        (Event.HIRED, "returned_home", DAY - timedelta(days=1), (), "employed"),
        (Event.HIRED, "employed", None, (), ""),
        (Event.HIRED, "unemployed", DAY + timedelta(days=1), (), ""),
        (Event.LEFT, "employed", DAY, (), "unemployed"),
        (Event.LEFT, "employed", None, (None,), ""),
        (Event.LEFT, "employed", None, (DAY,), "unemployed"),
        (Event.LEFT, "employed", None, (DAY + timedelta(days=1),), ""),
        (Event.LEFT, "returned_home", None, (), ""),
        (Event.LEFT, "employed", DAY + timedelta(days=1), (), ""),
    ],
)
def test_the_status_after_an_event(
    event: Event, status: str, since: date | None, others: Any, after: str
) -> None:
    assert status_after(event, status, since, DAY, others) == after


@given(event=st.sampled_from(Event), status=_STATUSES, since=st.none() | st.dates(), day=st.dates())
def test_it_is_told_once_and_never_against_later_knowledge(
    event: Event, status: str, since: date | None, day: date
) -> None:
    after = status_after(event, status, since, day)
    if after:
        assert status_after(event, after, day, day) == ""
        assert since is None or since <= day


def registration(person: Any) -> WorkerRegistration:
    found: WorkerRegistration = WorkerRegistration.objects.get(person=person)
    return found


def hired(market: Market, actor: Any, name: str = "甲") -> Placement:
    order, worker = market.order("A"), market.worker(name)
    ledger = registry.get(Placement.ledger_key())
    row = actions.create_row(ledger, {"person": worker, "order": order}, actor=actor)
    row = advance(row.pk, standing=Standing.ACCEPTED, actor=actor, row_version=row.row_version)
    with context.unscoped("accepted some days ago"):
        Placement.objects.filter(pk=row.pk).update(decided_on=DAY - timedelta(days=2))
    return advance(row.pk, standing=Standing.HIRED, day=DAY, actor=actor, row_version=row.row_version)


def test_arriving_and_leaving_are_in_the_register_with_their_days(cast: Any, as_actor: Any) -> None:
    market = Market(cast)
    with as_actor("wang") as wang:
        row = hired(market, wang)
        known = registration(row.person)
        assert (known.status, known.status_since, known.last_contact_on) == ("employed", DAY, DAY)
        assert HistoryEntry.objects.filter(row_id=known.pk).first().reason == "到岗登记 2021-09-10"
        left = DAY + timedelta(days=5)
        advance(row.pk, standing=Standing.LEFT, day=left, actor=wang, row_version=row.row_version)
        known = registration(row.person)
        assert (known.status, known.status_since) == ("unemployed", left)
        entry = HistoryEntry.objects.filter(row_id=known.pk).first()
        assert (entry.reason, entry.before["status"]) == ("离岗登记 2021-09-15", "employed")


def test_a_last_day_and_its_taking_back_are_in_the_register(cast: Any, as_actor: Any) -> None:
    market = Market(cast)
    with as_actor("wang") as wang:
        row = hired(market, wang)
        with context.unscoped("reported"):
            EmploymentSpell.objects.filter(pk=row.spell_id).update(state=State.VERIFIED)
        spell = EmploymentSpell.objects.get(pk=row.spell_id)
        spell = end_spell(spell.pk, ended_on=TODAY, actor=wang, row_version=spell.row_version)
        assert registration(row.person).status == "unemployed"
        row.refresh_from_db()
        assert (row.match_state, row.left_on) == ("left", TODAY)
        assert set(row.retention_checks.values_list("outcome", flat=True)) == {"left"}
        end_spell(spell.pk, ended_on=None, actor=wang, row_version=spell.row_version)
        known = registration(row.person)
        assert (known.status, known.status_since) == ("employed", DAY)
        row.refresh_from_db()
        assert (row.match_state, row.left_on) == ("hired", None)
        assert set(row.retention_checks.values_list("outcome", flat=True)) == {"due"}


def test_a_draft_has_one_next_step_which_is_the_decision(cast: Any, as_actor: Any, sign_in: Any) -> None:
    market = Market(cast)
    order, worker = market.order("A"), market.worker("甲")
    with as_actor("wang") as wang:
        ledger = registry.get(Placement.ledger_key())
        row = actions.create_row(ledger, {"person": worker, "order": order}, actor=wang)
    browser = sign_in("wang")
    page = browser.get(f"/labour/placement/{row.pk}/").content.decode()
    assert 'value="submit"' not in page
    assert page.index("办理拟配") < page.index("为什么这样配")
    sent = {"standing": "accepted", "row_version": row.row_version}
    browser.post(f"/labour/placement/{row.pk}/advance/", sent)
    row.refresh_from_db()
    assert (row.match_state, row.state) == ("accepted", "submitted")
