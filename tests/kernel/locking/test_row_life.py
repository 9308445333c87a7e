"""Row life, exhaustively: every state, step, person, lock and submitter; and no sequence breaks its rules."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernel.surfaces.test_steps import attach
from shanhai.kernel import actions, clock, context
from shanhai.kernel.amendments.deciding import accept, refuse
from shanhai.kernel.amendments.proposing import propose_values, propose_voiding
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated, ShanhaiError
from shanhai.kernel.models import Amendment, HistoryEntry
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import EDITABLE, JOINT, PLAIN, State, Transition
from shanhai.registers.accounts.roles import ROLES
from toys.models import Output

#: Who stands how to a row of Doumen's labour bureau: its own people and those who work side-wide reach it.
REACHING = ("alice", "victor", "carol", "dave", "lily")
#: Another unit of the side, the other side, no business, nothing at all.
STRANGERS = ("anna", "bob", "vera", "wang", "root", "eve")
PEOPLE = REACHING + STRANGERS
#: All of them at every act and state in `make soak`; of the strangers otherwise one, another at the next.
WALKS = pytest.mark.parametrize("is_whole", [False, pytest.param(True, marks=pytest.mark.soak)])
ACTS = (*PLAIN.by_name, "edit", "amend")
OPEN_DAY, LOCKED_DAY = date(2021, 9, 11), date(2021, 9, 24)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def verb_of(act: str) -> Verb:
    return PLAIN.by_name[act].verb if act in PLAIN.by_name else Verb.EDIT


def expected(cast: Any, act: str, who: str, state: State, *, is_locked: bool, is_own: bool) -> str:
    """What the data of row life, roles and reach say of one act; a code of refusal, or the state after it."""
    role = ROLES[cast.PEOPLE[who][1]] if who in cast.PEOPLE else None
    if who not in REACHING or role is None or not role.allows(verb_of(act), "toys.output"):
        return "not_allowed"
    if act in PLAIN.by_name:
        return _after_step(PLAIN.by_name[act], state, is_locked=is_locked, is_own=is_own)
    return (_after_edit if act == "edit" else _after_amending)(state, is_locked=is_locked)


def _after_step(step: Transition, state: State, *, is_locked: bool, is_own: bool) -> str:
    if state not in step.sources:
        return "wrong_state"
    if is_locked and not step.passes_lock:
        return "period_locked"
    return "four_eyes" if step.four_eyes and is_own else str(step.target.value)


def _after_edit(state: State, *, is_locked: bool) -> str:
    if state in (State.VERIFIED, State.VOIDED):
        return str(state.value)
    if is_locked:
        return "period_locked"
    return str(state.value)  # of a submitted row this is the code of the refusal


def _after_amending(state: State, *, is_locked: bool) -> str:
    ways = [one for one in PLAIN.amending if one.source is state and (is_locked or not one.needs_lock)]
    return str(state.value) if ways else "not_amendable"


def tried(row: Any, act: str, actor: Any) -> str:
    ledger = registry.get("toys.output")
    try:
        if act == "edit":
            actions.save_row(ledger, row, {"pieces": 7}, actor=actor, row_version=row.row_version)
        elif act == "amend":
            told = {"reason": "理由", "actor": actor, "row_version": row.row_version}
            propose_values(ledger, row, {"pieces": 7}, **told)
        else:
            actions.step_row(ledger, row, PLAIN.by_name[act], actor=actor, reason="理由")
    except (NotAllowed, NotVisible, Output.DoesNotExist):
        return "not_allowed"
    except RuleViolated as refused:
        return refused.refusal
    return str(Output.objects.get(pk=row.pk).state)


def walked(is_whole: bool) -> Iterator[tuple[State, str, str]]:
    for turn, (state, act) in enumerate(product(State, ACTS)):
        strangers = STRANGERS if is_whole else (STRANGERS[turn % len(STRANGERS)],)
        yield from ((state, act, who) for who in REACHING + strangers)


@WALKS
@pytest.mark.parametrize("is_locked", [False, True])
def test_every_act_in_every_state_by_everybody(
    duties: Any, output: Any, cast: Any, is_locked: bool, is_whole: bool
) -> None:
    duties.rule(cast.dm_labour, lock_days=3)
    row = output("2021-08", "submitted")
    attach(row)
    actors = {who: cast.actor(who) for who in PEOPLE}
    wrong = []
    with clock.at(LOCKED_DAY if is_locked else OPEN_DAY):
        for state, act, who in walked(is_whole):
            submitters = (
                ("", actors[who].key) if act in PLAIN.by_name and PLAIN.by_name[act].four_eyes else ("",)
            )
            for submitted_by in submitters:
                wanted = expected(cast, act, who, state, is_locked=is_locked, is_own=bool(submitted_by))
                with undone():
                    with context.unscoped("put it there"):
                        Output.objects.filter(pk=row.pk).update(state=state, submitted_by=submitted_by)
                        there = Output.objects.select_related("owner_unit", "place").get(pk=row.pk)
                    with context.acting(actors[who]):
                        found = tried(there, act, actors[who])
                if found != wanted:
                    wrong.append(f"{state} {act} {who} {submitted_by}: {found}, by the data {wanted}")
    assert not wrong, "\n".join(wrong)


def test_every_state_is_reached_and_only_voided_is_the_end() -> None:
    for life in (PLAIN, JOINT):
        left = {state for step in life.steps for state in step.sources}
        left |= {one.source for one in life.amending if one.target != one.source}
        assert set(life.states) - left == {State.VOIDED}
        assert all(step.hint or step.needs_reason or step.four_eyes for step in life.steps)
    assert set(JOINT.states) - set(PLAIN.states) == {State.AWAITING}


DEEDS = (*PLAIN.by_name, "edit", "amend", "amend_void", "accept", "refuse")
WHO = ("alice", "victor", "carol", "anna", "bob")


def done(row_id: Any, deed: str, who: Any, number: int) -> bool:
    """Try one deed on the row as it is; whether it was done."""
    ledger = registry.get("toys.output")
    with suppress(ShanhaiError, Output.DoesNotExist), transaction.atomic(), context.acting(who):
        row = Output.objects.select_related("owner_unit", "place").get(pk=row_id)
        told: dict[str, Any] = {"reason": "理由", "actor": who, "row_version": row.row_version}
        waiting = Amendment.objects.filter(row_id=row_id, state="proposed").first()
        match deed:
            case "edit":
                values = {"pieces": number}
                actions.save_row(ledger, row, values, actor=who, row_version=row.row_version)
            case "amend":
                propose_values(ledger, row, {"pieces": number}, **told)
            case "amend_void":
                propose_voiding(ledger, row, **told)
            case "accept" | "refuse":
                if waiting is None:
                    return False
                if deed == "accept":
                    accept(waiting, ledger, row, actor=who)
                else:
                    refuse(waiting, ledger, row, reason="理由", actor=who)
            case _:
                actions.step_row(ledger, row, PLAIN.by_name[deed], actor=who, reason="理由")
        return True
    return False


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    deeds=st.lists(
        st.tuples(st.sampled_from(DEEDS), st.sampled_from(WHO), st.booleans()), min_size=4, max_size=14
    )
)
def test_no_sequence_of_deeds_breaks_what_must_hold(duties: Any, output: Any, cast: Any, deeds: Any) -> None:
    if not hasattr(cast, "locked_by_rule"):
        cast.locked_by_rule = duties.rule(cast.dm_labour, lock_days=3)
    row = output("2021-08")
    attach(row)
    allowed = {(source, step.target) for step in PLAIN.steps for source in step.sources}
    allowed |= {(one.source, one.target) for one in PLAIN.amending} | {(state, state) for state in EDITABLE}
    is_locked = False
    for number, (deed, who, locks) in enumerate(deeds, 100):
        is_locked = is_locked or locks
        with context.unscoped("look"):
            before = Output.objects.get(pk=row.pk)
        with clock.at(LOCKED_DAY if is_locked else OPEN_DAY):
            was_done = done(row.pk, deed, cast.actor(who), number)
        with context.unscoped("look"):
            after = Output.objects.get(pk=row.pk)
        writes = was_done and deed not in {"amend", "amend_void", "refuse"}
        assert after.row_version == before.row_version + writes, deed
        if writes:
            assert (State(before.state), State(after.state)) in allowed, deed
        if after.pieces != before.pieces:
            assert deed == "accept" or (deed == "edit" and not is_locked and before.state in EDITABLE)
        if deed == "verify" and was_done:
            assert before.submitted_by != cast.actor(who).key
        assert (after.state == State.VERIFIED) <= (after.verified_at is not None)
        assert before.state != State.VOIDED or not writes
    with context.unscoped("look"):
        entries = HistoryEntry.objects.filter(table_name="toys_output", row_id=row.pk)
        assert entries.count() == Output.objects.get(pk=row.pk).row_version
