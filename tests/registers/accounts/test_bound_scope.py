"""A worker sees only their own record, an employer only its own people: both walls, ledger by ledger."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from bound import make_bound, plant_of
from samples.pages import ALL
from samples.rows import plant_row
from shanhai.kernel import clock, context
from shanhai.kernel.evidence.models import EvidenceFile, EvidenceLink
from shanhai.kernel.history.models import HistoryEntry
from shanhai.kernel.leads import leads_of
from shanhai.kernel.models import Amendment, Obligation
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import REPORTED_STATES, Actor, Sharing, covers, visible_rows
from shanhai.kernel.walls.told import SETTING, told
from shanhai.registers.accounts.roles import BOUND
from shanhai.registers.parties.models import DuplicatePair, PersonErasure, PersonMerge

pytestmark = pytest.mark.usefixtures("behind_the_wall")

STATES = ("draft", "submitted", "awaiting", "verified", "returned", "voided")
KINDS = [("wendy", "worker"), ("emma", "employer")]


def behind(actor: Actor, table: str) -> set[UUID]:
    """Keys that the database lets through to `actor`, whatever is asked."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, told(actor)])
        cursor.execute("SELECT set_config('shanhai.actor', %s, true)", [actor.key])
        cursor.execute(f'SELECT id FROM "{table}"')  # noqa: S608
        found = {key for (key,) in cursor.fetchall()}
        transaction.set_rollback(True)
    return found


def within(actor: Actor, ledger: Any) -> set[UUID]:
    with context.acting(actor):
        return set(ledger.model.objects.values_list("pk", flat=True))


DECLARED = [
    pytest.param(ledger, who, role, id=f"{ledger.key}-{role}")
    for who, role in KINDS
    for ledger in ALL
    if BOUND[role] in leads_of(ledger.model)
]


#: Whose row, in which state, shared how.
CASES = [
    *(("alice", state, Sharing.SHARED) for state in STATES),
    ("alice", "verified", Sharing.PRIVATE),
    ("bob", "draft", Sharing.SHARED),
    ("bob", "verified", Sharing.SHARED),
    ("bob", "verified", Sharing.PRIVATE),
]


def is_shown(lead: Any, planter: str, state: str, sharing: str) -> bool:
    is_reported = state in REPORTED_STATES
    is_ours = planter == "alice" or (is_reported and sharing != Sharing.PRIVATE)
    return lead.names != ["pk"] and is_ours and (is_reported or (lead.drafts and state != "voided"))


@pytest.mark.parametrize(("ledger", "who", "role"), DECLARED)
def test_both_walls_let_through_the_reported_rows_of_the_subject(
    ledger: Any, who: str, role: str, cast: Any
) -> None:
    subject = make_bound(cast, who)
    lead, actor = leads_of(ledger.model)[BOUND[role]], cast.actor(who)
    plant_row(ledger, cast.actor("alice"), state="verified")
    always = {subject.pk} if lead.names == ["pk"] else set()
    for planter, state, sharing in CASES:
        with transaction.atomic():
            options = {"state": state, "sharing": sharing}
            row = plant_of(ledger, lead, subject, cast.actor(planter), **options).row
            expected = always | ({row.pk} if is_shown(lead, planter, state, sharing) else set())
            assert within(actor, ledger) == expected, options
            assert behind(actor, ledger.model._meta.db_table) == expected, options
            with context.unscoped("in memory"):
                rows = ledger.model._base_manager.all()
                reached = visible_rows(actor, Verb.VIEW, ledger.key)
                assert {one.pk for one in rows if covers(actor, Verb.VIEW, ledger.key, one)} == expected
                assert set(rows.filter(reached).values_list("pk", flat=True)) == expected
            transaction.set_rollback(True)


@pytest.mark.parametrize(("who", "role"), KINDS)
def test_ledgers_that_declare_nothing_are_closed(who: str, role: str, cast: Any) -> None:
    """Whatever their rows say and refer to; and no verb is granted there."""
    make_bound(cast, who)
    actor = cast.actor(who)
    closed = [ledger for ledger in ALL if BOUND[role] not in leads_of(ledger.model)]
    assert closed
    for ledger in closed:
        plant_row(ledger, cast.actor("alice"))
        assert not any(actor.allows(verb, ledger.key) for verb in Verb), ledger.key
        assert within(actor, ledger) == set(), ledger.key
        assert behind(actor, ledger.model._meta.db_table) == set(), ledger.key


@pytest.mark.parametrize(("who", "role"), KINDS)
def test_nothing_is_granted_but_viewing_what_is_declared(who: str, role: str, cast: Any) -> None:
    make_bound(cast, who)
    actor = cast.actor(who)
    granted = {(verb, ledger.key) for ledger in registry for verb in Verb if actor.allows(verb, ledger.key)}
    assert {verb for verb, _key in granted} == {Verb.VIEW}
    assert {key for _verb, key in granted} == {
        ledger.key for ledger in registry if BOUND[role] in leads_of(ledger.model)
    }


@pytest.mark.parametrize(("who", "role"), KINDS)
def test_history_papers_and_whatever_stands_beside_own_rows_stay_closed(
    who: str, role: str, cast: Any
) -> None:
    subject = make_bound(cast, who)
    actor = cast.actor(who)
    with context.unscoped("beside"):
        assert HistoryEntry._base_manager.filter(row_id=subject.pk).exists()
        file = EvidenceFile.objects.create(
            side=subject.side, digest="0" * 64, size=1, content_type="application/pdf", stored_at=clock.now()
        )
        EvidenceLink.objects.create(
            file=file,
            ledger=subject.ledger_key(),
            row_id=subject.pk,
            name="密件.pdf",
            attached_at=clock.now(),
        )
        Amendment.objects.create(
            ledger=subject.ledger_key(),
            row_id=subject.pk,
            side=subject.side,
            owner_unit_id=subject.owner_unit_id,
            before={},
            after={},
            reason="密因",
            proposed_at=clock.now(),
            proposed_by="system:x",
        )
    closed = (EvidenceFile, EvidenceLink, Amendment, HistoryEntry, Obligation)
    for model in (*closed, DuplicatePair, PersonMerge, PersonErasure):
        assert behind(actor, model._meta.db_table) == set(), model
