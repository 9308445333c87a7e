"""What waits for a reader is counted in one statement: rows that are theirs to act on, as they are now."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from casting import Cast
from shanhai.kernel import actions, context
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import READING, REPORTING, Reach, Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor, covers, is_addressed
from shanhai.kernel.surfaces import waiting_statement
from shanhai.kernel.surfaces.counts import Counts
from shanhai.kernel.surfaces.waiting import Waits, in_words, waits_for
from shanhai.kernel.workflow import State
from shanhai.registers.accounts.models import Membership

WORKSHOP, MEETING = "toys.workshop", "toys.meeting"


@pytest.fixture
def filed(cast: Cast, make: Callable[..., Any]) -> list[Any]:
    """Rows of both sides and several units in every state, and joint rows that each side awaits."""
    states = ("draft", "submitted", "verified", "returned", "voided")
    rows = [make(f"{by}{state}", by, state) for by in ("alice", "anna", "bob") for state in states]
    rows += [make(f"{place.code}", "wang", "returned", place=place) for place in (cast.yongxing, cast.fuxing)]
    rows += [make("private", "bob", "submitted", sharing="private"), make("carol", "carol", "submitted")]
    parties = (("alice", "victor", "mt_labour"), ("bob", "vera", "dm_labour"), ("bob", "vera", "dm_finance"))
    return rows + [meeting(cast, number, *party) for number, party in enumerate(parties)]


def meeting(cast: Cast, number: int, by: str, verifier: str, partner: str) -> Any:
    ledger, given = registry.get(MEETING), {"number": f"联{number}", "period": "2021-08", "attendees": 20}
    given |= {"held_on": date(2021, 8, 20), "partner_unit": getattr(cast, partner)}
    with context.acting(cast.actor(by)) as current:
        row = actions.create_row(ledger, given, actor=current.actor)
    for step, who in (("submit", by), ("verify", verifier)):
        with context.acting(cast.actor(who)) as current:
            row = actions.step_row(ledger, row, ledger.life.by_name[step], actor=current.actor)
    return row


def readers(cast: Cast) -> dict[str, Actor]:
    """Everybody of the tests, and memberships such as an installation may have."""

    def made(name: str, **changes: Any) -> Actor:
        actor = cast.actor(name)
        place = changes.pop("place_path", None)
        grants = [replace(one, role=replace(one.role, **changes), place_path=place) for one in actor.grants]
        return replace(actor, grants=tuple(grants))

    both = replace(cast.actor("alice"), grants=(*cast.actor("alice").grants, *cast.actor("vera").grants))
    return {name: cast.actor(name) for name in [*cast.PEOPLE, "eve"]} | {
        "of one unit": made("alice", reach=Reach.UNIT),
        "of a town": made("bob", place_path=cast.yongxing.path),
        "who may not read what is edited": made("alice", verbs=frozenset({Verb.EDIT, Verb.VERIFY})),
        "who reads nothing shared": made("victor", reads_shared=False),
        "of one ledger": made("alice", verbs=READING, by_ledger={WORKSHOP: REPORTING}),
        "of both sides": both,
    }


def waiting_for(actor: Actor) -> Waits:
    with context.acting(actor):
        return waits_for(actor)


def test_it_counts_the_rows_that_each_reader_may_act_on(cast: Cast, filed: list[Any]) -> None:
    told = {name: shown(waiting_for(actor)) for name, actor in readers(cast).items()}
    assert told == {name: wanted(actor, filed) for name, actor in readers(cast).items()}
    assert told["alice"] and told["victor"] and told["of a town"] and not told["lily"]


def shown(waits: Waits) -> dict[str, dict[str, int]]:
    kinds = {"returned": waits.returned, "submitted": waits.to_verify, "awaiting": waits.to_confirm}
    found = {state: {key: one.number for key, one in kind.items()} for state, kind in kinds.items()}
    return {state: kind for state, kind in found.items() if kind}


def wanted(actor: Actor, rows: list[LedgerModel]) -> dict[str, dict[str, int]]:
    """The same by the decision on one row in memory."""
    found: dict[str, Counter[str]] = {}
    for row in rows:
        ledger: Ledger[Any] = registry.get(row.ledger_key())
        if covers(actor, Verb.VIEW, ledger.key, row) and waits(actor, ledger, row):
            found.setdefault(row.state, Counter())[ledger.key] += 1
    return {state: dict(kind) for state, kind in found.items()}


def waits(actor: Actor, ledger: Ledger[Any], row: Any) -> bool:
    if row.state == State.RETURNED:
        return covers(actor, Verb.EDIT, ledger.key, row)
    signers = {row.submitted_by, getattr(row, "verified_by", "")}
    if row.state == State.SUBMITTED:
        return covers(actor, Verb.VERIFY, ledger.key, row) and actor.key not in signers
    if row.state == State.AWAITING and actor.key not in signers:
        return is_addressed(actor, Verb.VERIFY, ledger.key, row, ledger.counterpart)
    return False


def test_readers_of_one_shape_share_the_text_of_the_statement(cast: Cast, filed: list[Any]) -> None:
    waiting_statement._statement.cache_clear()
    for name in ("alice", "anna", "bob", "alice"):
        waits_for(cast.actor(name))
    assert waiting_statement._statement.cache_info().misses == 2  # one for each side


def test_in_a_transaction_that_has_written_it_is_counted_anew(cast: Cast, make: Callable[..., Any]) -> None:
    def counted() -> Waits:
        with context.acting(cast.actor("alice")) as current:
            return waits_for(current.actor, current.snapshot)

    assert counted() == Waits()
    make("W1", "alice", "returned")
    assert counted().returned[WORKSHOP].number == 1


def test_the_next_request_counts_what_others_did_and_what_became_of_the_role(committed: Cast) -> None:
    """Of requests between which nothing was committed, only the first counts."""
    ledger, alice, victor = registry.get(WORKSHOP), committed.actor("alice"), committed.users["victor"]
    seen: set[str] = set()  # other tests commit on the same server meanwhile

    def counted() -> Waits:
        with context.acting(victor.actor()) as current:
            seen.add(current.snapshot)
            return waits_for(current.actor, current.snapshot)

    waiting_statement._counted.cache_clear()
    assert counted() == counted() == Waits()
    assert waiting_statement._counted.cache_info().misses == len(seen)
    with context.acting(alice):
        row = actions.create_row(ledger, {"code": "W1", "name": "一"}, actor=alice)
        actions.step_row(ledger, row, ledger.life.by_name["submit"], actor=alice)
    assert counted().to_verify[WORKSHOP].number == 1
    with context.unscoped("test"):
        Membership.objects.filter(user=victor).update(role="reporter")
    victor.refresh_from_db()
    assert counted() == Waits()


def test_counting_ends_where_a_list_ends_it_and_says_so(
    cast: Cast, make: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Counts, "MOST", 2)
    for code in ("W1", "W2"):
        make(code, "alice", "returned")
    assert in_words(waiting_for(cast.actor("alice")).numbers()) == "2"
    make("W3", "alice", "returned"), make("W4", "alice", "returned")
    assert in_words(waiting_for(cast.actor("alice")).numbers(WORKSHOP)) == "2+"
    assert in_words([]) == ""
