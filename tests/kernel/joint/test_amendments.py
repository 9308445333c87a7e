"""What both sides confirmed changes only when both agree again; either may propose."""

import json
from typing import Any

import pytest

from kernel.surfaces.reading import words
from shanhai.kernel import context
from shanhai.kernel.amendments.deciding import accept, refuse
from shanhai.kernel.amendments.proposing import propose_values, withdraw
from shanhai.kernel.amendments.reading import to_decide, visible_amendments
from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.later import may_record, record_later
from shanhai.kernel.models import Amendment, HistoryEntry

MEETINGS = "/toys/meeting/"
#: Proposer, verifier of that side, who confirms for the other, and who may not.
SIDES = [("alice", "victor", "vera", "carol"), ("bob", "vera", "victor", "wang")]


@pytest.fixture
def propose(cast: Any, ledger: Any) -> Any:
    def made(row: Any, by: str, attendees: int = 30) -> Amendment:
        with context.acting(cast.actor(by)) as current:
            told = {"reason": "抄错了", "actor": current.actor, "row_version": row.row_version}
            return propose_values(ledger, row, {"attendees": attendees}, **told)

    return made


@pytest.fixture
def by(cast: Any, ledger: Any) -> Any:
    """`by("vera", accept, amendment, row)`"""

    def did(who: str, deed: Any, amendment: Amendment, row: Any, **more: Any) -> Any:
        with context.acting(cast.actor(who)) as current:
            row = ledger.rows_with_units().get(pk=row.pk)
            amendment = Amendment.objects.get(pk=amendment.pk)
            return deed(amendment, ledger, row, actor=current.actor, **more)

    return did


@pytest.mark.parametrize(("proposer", "verifier", "confirmer", "another"), SIDES)
def test_either_side_proposes_and_it_takes_effect_when_the_other_confirms(
    meeting: Any,
    propose: Any,
    by: Any,
    now: Any,
    cast: Any,
    proposer: str,
    verifier: str,
    confirmer: str,
    another: str,
) -> None:
    row = meeting("verified")
    amendment = propose(row, proposer)
    with pytest.raises(NotAllowed):
        by(confirmer, accept, amendment, row)
    agreed = by(verifier, accept, amendment, row)
    assert (agreed.state, agreed.agreed_by) == ("awaiting", cast.actor(verifier).key)
    assert now(row).attendees == 20 and now(row).row_version == row.row_version
    with pytest.raises((NotAllowed, RuleViolated)):
        by(another, accept, amendment, row)
    done = by(confirmer, accept, amendment, row)
    assert (done.state, done.handled_by) == ("accepted", cast.actor(confirmer).key)
    assert (now(row).attendees, now(row).state) == (30, "verified")
    (entry,) = HistoryEntry.objects.filter(row_id=row.pk, reason="更正：抄错了")
    assert entry.actor == cast.actor(confirmer).key


def test_what_one_side_has_not_verified_the_other_is_not_told(
    meeting: Any, propose: Any, by: Any, cast: Any, client_of: Any
) -> None:
    row = meeting("verified")
    amendment = propose(row, "alice")
    url = f"/amendments/{amendment.pk}/"

    def told(who: str) -> tuple[bool, bool, int]:
        with context.acting(cast.actor(who)) as current:
            seen = visible_amendments(current.actor).exists()
            waits = to_decide(current.actor).exists()
        return seen, waits, client_of(who).get(url).status_code

    assert [told(who) for who in ("victor", "vera", "bob")] == [
        (True, True, 200),
        (False, False, 404),
        (False, False, 404),
    ]
    by("victor", accept, amendment, row)
    assert [told(who) for who in ("victor", "vera", "bob")] == [
        (True, False, 200),
        (True, True, 200),
        (True, False, 200),
    ]
    assert "待核实的更正 共 1 条" in words(client_of("vera").get("/"))
    shown = words(client_of("vera").get(url))
    assert "确认并生效" in shown and "提出方核实人 victor" in shown
    assert client_of("vera").post(f"{url}decide/", {"what": "accept"}).status_code == 303
    assert "已生效" in words(client_of("alice").get(url))


def test_the_other_side_may_refuse_and_the_proposer_take_it_back(
    meeting: Any, propose: Any, by: Any, now: Any
) -> None:
    row = meeting("verified")
    first = propose(row, "bob")
    by("vera", accept, first, row)
    with pytest.raises(NotAllowed):
        by("wang", refuse, first, row, reason="本方已核实")
    assert by("carol", refuse, first, row, reason="人数没有错").state == "refused"
    second = propose(row, "bob", 31)
    by("vera", accept, second, row)
    with pytest.raises(NotAllowed):
        by("alice", withdraw, second, row)
    assert by("bob", withdraw, second, row).state == "withdrawn"
    assert (now(row).attendees, now(row).row_version) == (20, row.row_version)


def test_a_form_and_the_api_propose_for_the_counterpart_too(
    meeting: Any, client_of: Any, cast: Any, now: Any
) -> None:
    row, bob = meeting("verified"), client_of("bob")
    assert "提出更正" in words(bob.get(f"{MEETINGS}{row.pk}/"))
    assert bob.get(f"{MEETINGS}{row.pk}/amend/").status_code == 200
    assert client_of("anna").get(f"{MEETINGS}{row.pk}/amend/").status_code == 403
    sent = {"row_version": row.row_version, "reason": "抄错了", "attendees": 25}
    api = f"/api/v1/toys/meeting/{row.pk}/amendments/"
    made = bob.post(api, json.dumps(sent), content_type="application/json")
    assert made.status_code == 201, made.content.decode()
    key = made.json()["id"]
    body = {"data": json.dumps({"reason": ""}), "content_type": "application/json"}
    assert client_of("victor").post(f"{api}{key}/accept/", **body).status_code == 404, "not told yet"
    assert client_of("vera").post(f"{api}{key}/accept/", **body).json()["state"] == "awaiting"
    assert client_of("vera").post(f"{api}{key}/accept/", **body).status_code == 403
    assert client_of("victor").post(f"{api}{key}/accept/", **body).json()["state"] == "accepted"
    assert now(row).attendees == 25
    assert [one["state"] for one in client_of("alice").get(api).json()] == ["accepted"]


def test_a_row_that_waits_is_not_for_the_other_side_to_amend(meeting: Any, propose: Any) -> None:
    row = meeting("awaiting")
    with pytest.raises(NotAllowed):
        propose(row, "bob")
    with pytest.raises(RuleViolated):
        propose(row, "alice")


def test_later_facts_are_not_recorded_by_one_side_alone(meeting: Any, ledger: Any, cast: Any) -> None:
    row = meeting("verified")
    with context.acting(cast.actor("alice")) as current:
        assert not may_record(ledger, row, current.actor)
        told = {"actor": current.actor, "row_version": row.row_version, "reason": "后来"}
        with pytest.raises(RuleViolated, match="双方签认"):
            record_later(ledger, row.pk, {"attendees": 9}, **told)
