"""The life of a joint row, exhaustively: every state, act, person of both sides, lock and signature."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shanhai.kernel import actions, clock, context
from shanhai.kernel.amendments.deciding import accept, refuse
from shanhai.kernel.amendments.proposing import propose_values, propose_voiding
from shanhai.kernel.amendments.proposing import withdraw as take_back
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated, ShanhaiError
from shanhai.kernel.models import Amendment, HistoryEntry
from shanhai.kernel.permissions import Party, Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import EDITABLE, JOINT, State, Transition
from shanhai.registers.accounts.roles import ROLES
from toys.models import Meeting

#: Who reaches a row of Doumen's labour bureau that names Meitan's, as which party.
OWN = ("alice", "victor", "carol", "dave", "lily")
COUNTERPART = ("bob", "vera", "wang", "ruth")
#: Another unit of the keeping side, no business, nothing at all.
OUTSIDERS = ("anna", "root", "eve")
PEOPLE = OWN + COUNTERPART + OUTSIDERS
#: All of them at every act and state in `make soak`; of the outsiders otherwise one, another at the next.
WALKS = pytest.mark.parametrize("is_whole", [False, pytest.param(True, marks=pytest.mark.soak)])
ACTS = (*JOINT.by_name, "edit", "amend")
OPEN_DAY, LOCKED_DAY = date(2021, 9, 11), date(2021, 9, 24)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def party_of(who: str) -> Party | None:
    return Party.OWN if who in OWN else Party.COUNTERPART if who in COUNTERPART else None


def expected(cast: Any, act: str, who: str, state: State, *, is_locked: bool, has_signed: bool) -> str:
    """What the data of row life, roles and reach say of one act: a code of refusal, or the state after it."""
    role = ROLES[cast.PEOPLE[who][1]] if who in cast.PEOPLE else None
    step, party = JOINT.by_name.get(act), party_of(who)
    if party is None or role is None or not role.allows(step.verb if step else Verb.EDIT, "toys.meeting"):
        return "not_allowed"
    if act == "amend":
        return _after_amending(party, state, is_locked=is_locked)
    if party is not (step.party if step else Party.OWN):
        return "not_allowed"
    if party is Party.COUNTERPART and state in (State.DRAFT, State.RETURNED, State.VOIDED):
        return "not_allowed"  # it does not see the row
    if step is None:
        return _after_edit(state, is_locked=is_locked)
    return _after_step(step, state, is_locked=is_locked, has_signed=has_signed)


def _after_step(step: Transition, state: State, *, is_locked: bool, has_signed: bool) -> str:
    if state not in step.sources:
        return "wrong_state"
    if is_locked and not step.passes_lock:
        return "period_locked"
    return "four_eyes" if step.four_eyes and has_signed else str(step.target.value)


def _after_edit(state: State, *, is_locked: bool) -> str:
    if is_locked and state not in (State.VERIFIED, State.VOIDED):
        return "period_locked"
    return str(state.value)  # of a filed row this is the code of the refusal


def _after_amending(party: Party, state: State, *, is_locked: bool) -> str:
    ways = JOINT.ways(state)
    if party is Party.COUNTERPART and not any(way.needs_both for way in ways):
        return "not_allowed"
    return str(state.value) if any(is_locked or not way.needs_lock for way in ways) else "not_amendable"


def tried(row_id: Any, act: str, actor: Any) -> str:
    ledger = registry.get("toys.meeting")
    try:
        row = ledger.rows_with_units().get(pk=row_id)
        told = {"actor": actor, "row_version": row.row_version}
        if act == "edit":
            actions.save_row(ledger, row, {"attendees": 7}, **told)
        elif act == "amend":
            propose_values(ledger, row, {"attendees": 7}, reason="理由", **told)
        else:
            return str(actions.step_row(ledger, row, JOINT.by_name[act], actor=actor, reason="理由").state)
    except (NotAllowed, NotVisible, Meeting.DoesNotExist):
        return "not_allowed"
    except RuleViolated as refused:
        return refused.refusal
    return str(Meeting.objects.get(pk=row_id).state)


def walked(is_whole: bool) -> Iterator[tuple[State, str, str]]:
    for turn, (state, act) in enumerate(product(State, ACTS)):
        outsiders = OUTSIDERS if is_whole else (OUTSIDERS[turn % len(OUTSIDERS)],)
        yield from ((state, act, who) for who in OWN + COUNTERPART + outsiders)


@WALKS
@pytest.mark.turns(2)
@pytest.mark.parametrize("is_locked", [False, True])
def test_every_act_in_every_state_by_everybody_of_both_sides(
    duties: Any, meeting: Any, cast: Any, is_locked: bool, is_whole: bool
) -> None:
    duties.rule(cast.dm_labour, ledger="toys.meeting", lock_days=3)
    with clock.at(OPEN_DAY):
        row = meeting()
    actors = {who: cast.actor(who) for who in PEOPLE}
    wrong = []
    with clock.at(LOCKED_DAY if is_locked else OPEN_DAY):
        for state, act, who in walked(is_whole):
            step = JOINT.by_name.get(act)
            signatures = ("", "submitted_by", "verified_by") if step and step.four_eyes else ("",)
            for signed in signatures:
                told = {"is_locked": is_locked, "has_signed": bool(signed)}
                wanted = expected(cast, act, who, state, **told)
                with undone():
                    with context.unscoped("put it there"):
                        put = {signed: actors[who].key} if signed else {}
                        Meeting.objects.filter(pk=row.pk).update(
                            **{"state": state, "submitted_by": "", "verified_by": "", **put}
                        )
                    with context.acting(actors[who]):
                        found = tried(row.pk, act, actors[who])
                if found != wanted:
                    wrong.append(f"{state} {act} {who} {signed}: {found}, by the data {wanted}")
    assert not wrong, "\n".join(wrong)


DEEDS = (*JOINT.by_name, "edit", "amend", "amend_void", "accept", "refuse", "take_back")
WHO = ("alice", "victor", "carol", "bob", "vera", "wang", "anna")


def done(row_id: Any, deed: str, who: Any, number: int) -> bool:
    """Try one deed on the row as it is; whether it was done."""
    ledger = registry.get("toys.meeting")
    with suppress(ShanhaiError, Meeting.DoesNotExist), transaction.atomic(), context.acting(who):
        row = ledger.rows_with_units().get(pk=row_id)
        told: dict[str, Any] = {"actor": who, "row_version": row.row_version}
        waiting = Amendment.objects.filter(row_id=row_id, state__in=Amendment.OPEN).first()
        match deed:
            case "edit":
                actions.save_row(ledger, row, {"attendees": number}, **told)
            case "amend":
                propose_values(ledger, row, {"attendees": number}, reason="理由", **told)
            case "amend_void":
                propose_voiding(ledger, row, reason="理由", **told)
            case "accept" | "refuse" | "take_back":
                return waiting is not None and decided(ledger, row, waiting, deed, who)
            case _:
                actions.step_row(ledger, row, JOINT.by_name[deed], actor=who, reason="理由")
        return True
    return False


def decided(ledger: Any, row: Any, waiting: Amendment, deed: str, who: Any) -> bool:
    match deed:
        case "accept":
            accept(waiting, ledger, row, actor=who)
        case "refuse":
            refuse(waiting, ledger, row, reason="理由", actor=who)
        case _:
            take_back(waiting, ledger, row, actor=who)
    return True


#: Sequences begin at every stage, so that few deeds reach far.
STAGES = st.sampled_from(["draft", "submitted", "awaiting", "verified"])


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    stage=STAGES,
    deeds=st.lists(
        st.tuples(st.sampled_from(DEEDS), st.sampled_from(WHO), st.booleans()), min_size=4, max_size=14
    ),
)
def test_no_sequence_of_deeds_makes_a_row_count_that_one_side_alone_stands_for(
    duties: Any, meeting: Any, cast: Any, now: Any, stage: str, deeds: Any
) -> None:
    if not hasattr(cast, "locked_by_rule"):
        cast.locked_by_rule = duties.rule(cast.dm_labour, ledger="toys.meeting", lock_days=3)
    with context.unscoped("anew"):
        Meeting.objects.all().delete()
    with clock.at(OPEN_DAY):
        row = meeting(stage)
    sides = {cast.actor(who).key: cast.actor(who).home.side for who in WHO}
    steps = {(source, step.target) for step in JOINT.steps for source in step.sources}
    steps |= {(one.source, one.target) for one in JOINT.amending} | {(state, state) for state in EDITABLE}
    is_locked = False
    for number, (deed, who, locks) in enumerate(deeds, 100):
        is_locked = is_locked or locks
        before, actor = now(row), cast.actor(who)
        with clock.at(LOCKED_DAY if is_locked else OPEN_DAY):
            was_done = done(row.pk, deed, actor, number)
        after = now(row)
        writes = after.row_version > before.row_version
        assert after.row_version - before.row_version in {0, 1}
        assert not (was_done and who == "anna"), "an outsider does nothing"
        if writes:
            assert was_done and (State(before.state), State(after.state)) in steps, deed
        if after.state == State.VERIFIED:
            signed = (after.submitted_by, after.verified_by, after.confirmed_by)
            assert all(signed) and after.confirmed_at
            assert [sides[key] for key in signed] == ["east", "east", "west"]
        if deed == "confirm" and was_done:
            assert before.state == State.AWAITING, "nothing is confirmed twice"
        if before.state == State.VERIFIED and writes:
            check_amended_by_both(row, before, after, sides)
    with context.unscoped("look"):
        entries = HistoryEntry.objects.filter(table_name="toys_meeting", row_id=row.pk)
        assert entries.count() == now(row).row_version


def check_amended_by_both(row: Any, before: Any, after: Any, sides: Any) -> None:
    """What both sides confirmed changes by what one proposes and verifies and the other confirms."""
    with context.unscoped("look"):
        last = Amendment.objects.filter(row_id=row.pk, state="accepted").order_by("decided_at", "id").last()
    assert last is not None
    assert sides[last.proposed_by] == sides[last.agreed_by] != sides[last.handled_by]
    assert len({last.proposed_by, last.agreed_by, last.handled_by}) == 3
    assert (after.attendees != before.attendees) or after.state == State.VOIDED
