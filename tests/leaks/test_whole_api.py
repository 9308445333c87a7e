"""Every operation as every role: no fault, nothing the document does not say, nothing of others."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pytest
from django.db import transaction

from conformance.things import Things
from conformance.walking import addresses
from leaks.calling import Call, drawn, wrong
from leaks.canaries import Canaries, Secrets, people
from leaks.reading import shown
from samples.pages import ALL
from shanhai.kernel import context
from shanhai.registers.parties.models import Unit
from turns import SHOWN, TURN, of_the_day

type Keys = Collection[str]
#: In every slice: what belongs to no ledger, and one ledger with all there is.
IN_SLICE = {"", "toys.workshop"}


def _shape(path: str) -> str:
    return re.sub(r"<[^>]+>|{[^}]+}", "*", path)


def _known(cast: Any, document: Mapping[str, Any], canaries: Canaries, tried: Keys) -> dict[str, list[str]]:
    """Path of the document → addresses with something of Doumen's behind them, then of everybody's."""
    things, by_shape = Things(cast), {_shape(path): path for path in document["paths"]}
    found: dict[str, list[str]] = {}
    for address in addresses():
        path, key = by_shape.get(_shape(address.route)), address.ledger.key if address.ledger else ""
        if path and key in tried:
            filled, own = address.filled(things), str(things.draft(address.ledger).pk) if key else ""
            others = canaries.rows_of(key) if own and own in filled else []
            found[path] = [filled, filled, *(filled.replace(own, other) for other in others)]
    return found


def _keys(cast: Any, canaries: Canaries) -> list[str]:
    with context.unscoped("keys for the attackers"):
        units = [str(key) for key in Unit.objects.values_list("pk", flat=True)]
    return [*units, *canaries.some_keys()]


def _attack(
    cast: Any, client_of: Any, roles: Mapping[str, str], tried: Keys, examples: int = 2
) -> Iterator[str]:
    canaries = Canaries(cast)
    document = client_of("alice").get("/api/v1/openapi.json").json()
    browsers = {role: client_of(name) for role, name in roles.items()}
    kept = {role: canaries.kept_from(cast.actor(name)) for role, name in roles.items()}
    known = _known(cast, document, canaries, tried)
    for call in drawn(document, known, _keys(cast, canaries), examples=examples, turn=TURN):
        for role, browser in browsers.items():
            with transaction.atomic():
                yield from _tell(role, call, call.by(browser), kept[role])
                transaction.set_rollback(True)


def _tell(role: str, call: Call, answer: Any, kept: Secrets) -> Iterator[str]:
    here = f"{role} {call.about.label} {call.url[:120]} {str(call.body)[:200]}"
    if fault := wrong(call, answer):
        yield f"{here}: {fault}"
    yield from (f"{here} shows {word}" for word in kept.told_by(shown(answer), call.sent))


def test_two_roles_of_the_day_find_nothing_of_others_in_the_api(cast: Any, client_of: Any) -> None:
    found = list(_attack(cast, client_of, of_the_day(people(cast), 2), IN_SLICE))
    assert not found, "\n".join([SHOWN, *found])


@pytest.mark.soak
@pytest.mark.parametrize("key", ["", *(ledger.key for ledger in ALL)])
def test_no_role_finds_anything_of_others_in_the_api(cast: Any, client_of: Any, key: str) -> None:
    found = list(_attack(cast, client_of, people(cast), {key}, 3))
    assert not found, "\n".join([SHOWN, *found])


@pytest.mark.turns(3)
def test_what_was_planted_is_shown_to_whom_it_belongs(cast: Any, client_of: Any) -> None:
    """Else nothing found would prove nothing."""
    canaries = Canaries(cast)
    for planter, stranger in (("alice", "wang"), ("bob", "carol"), ("anna", "alice")):
        kept = canaries.kept_from(cast.actor(stranger))
        for ledger in ALL:
            own, other = (
                shown(client_of(name).get(f"/api/v1/{ledger.app_label}/{ledger.slug}/"))
                for name in (planter, stranger)
            )
            assert kept.told_by(own, ""), (ledger.key, planter)
            assert not kept.told_by(other, ""), (ledger.key, stranger)
