"""All that is sealed gets another key, and nothing else changes."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from shanhai.kernel import actions, context
from shanhai.kernel.amendments.deciding import accept
from shanhai.kernel.amendments.proposing import propose_values
from shanhai.kernel.answers import PURPOSE, KeptAnswer
from shanhai.kernel.evidence.store import Damaged, path_of, read, store
from shanhai.kernel.keys.held import held
from shanhai.kernel.keys.rotating import KeyChange
from shanhai.kernel.models import HistoryEntry
from shanhai.kernel.registry import registry
from shanhai.kernel.sealing import installed_keyring, revealing
from shanhai.registers.accounts.models import User
from shanhai.registers.parties.identity import demo_identity
from shanhai.registers.parties.models import Person

Rotate = Callable[[], KeyChange]
NewCurrent = Callable[..., str]
PDF = b"%PDF-1.4\nvoucher one\n%%EOF"


def _plain() -> dict[Any, tuple[str, ...]]:
    with context.unscoped("test"), revealing("test", lambda reading: None):
        return {
            row.pk: (
                row.identity_number.reveal(),
                row.phone.reveal() if row.phone else "",
                str(row.row_version),
            )
            for row in Person.objects.all()
        }


def _recorded() -> int:
    return HistoryEntry.objects.count()


@pytest.mark.parametrize("algorithm", ["AES-256-GCM", "SM4-GCM"])
def test_every_value_gets_the_key_and_history_tells_of_it_once(
    demonstration_year: None, new_current: NewCurrent, rotate: Rotate, algorithm: str
) -> None:
    before, entries = _plain(), _recorded()
    old = installed_keyring().current
    values = held()[old].values
    key = new_current(algorithm)
    rotation = rotate()
    assert _plain() == before
    after = held()
    assert after[old].values == 0
    assert after[key].values == values == rotation.resealed > len(before)
    assert rotation.unopened == 0
    # Begun and ended: the change of key itself, no row of any ledger.
    assert _recorded() == entries + 2
    assert {one.table_name for one in HistoryEntry.objects.order_by("-id")[:2]} == {"kernel_keychange"}
    # What history holds keeps its key, and is counted where somebody would drop it.
    assert after[old].history > 0
    assert after[key].history == 0


def test_a_second_rotation_finds_nothing_to_do(
    demonstration_year: None, new_current: NewCurrent, rotate: Rotate
) -> None:
    new_current()
    assert rotate().resealed > 0
    assert rotate().resealed == 0


def test_contents_on_disk_get_the_key_and_damaged_ones_stay(
    cast: Any, new_current: NewCurrent, rotate: Rotate
) -> None:
    with context.unscoped("test"):
        whole, broken = store("west", PDF), store("west", PDF + b"2")
    path = path_of(broken.side, broken.digest)
    path.write_bytes(path.read_bytes()[:-1])
    key = new_current()
    rotation = rotate()
    assert read(whole) == PDF
    assert held()[key].places["files/evidence"] == 1
    assert (rotation.resealed, rotation.unopened) == (1, 1)
    with pytest.raises(Damaged):
        read(broken)
    assert not list(path.parent.glob(".new-*"))


def test_kept_answers_and_second_factors_get_the_key(
    cast: Any, new_current: NewCurrent, rotate: Rotate
) -> None:
    from allauth.mfa.models import Authenticator

    from shanhai.registers.accounts.factors import FactorAdapter

    user: Any = User.objects.get(username="alice")
    ring = installed_keyring()
    with context.unscoped("test"):
        KeptAnswer.objects.create(
            user=user, key="k", call_digest="d", status_code=200,
            answer=ring.seal("{}", PURPOSE), answered_at="2021-09-24T00:00:00Z",
        )  # fmt: skip
    secret = {"secret": FactorAdapter().encrypt("JBSWY3DP"), "note": "v1.k1.no token"}
    kept = Authenticator.objects.create(user=user, type="totp", data=secret)
    key = new_current()
    assert rotate().resealed == 2
    kept.refresh_from_db()
    assert kept.data["secret"].startswith(f"v1.{key}.")
    assert kept.data["note"] == secret["note"]
    assert FactorAdapter().decrypt(kept.data["secret"]) == "JBSWY3DP"
    with context.unscoped("test"):
        assert installed_keyring().open(KeptAnswer.objects.get().answer, PURPOSE) == "{}"


def _person(cast: Any, **values: Any) -> Any:
    number = demo_identity(area=1, born_on=date(1990, 1, 1), serial=1)
    unit = cast.mt_labour
    with context.unscoped("test"):
        return Person.objects.create(
            side=unit.side, owner_unit=unit, name="李演示", identity_number=number, **values
        )


def test_an_amendment_that_was_proposed_before_is_accepted_after(
    cast: Any, new_current: NewCurrent, rotate: Rotate
) -> None:
    person = _person(cast, phone="13800005678", state="verified")
    ledger = registry.get("parties.person")
    with context.acting(cast.actor("bob")) as current:
        row = actions.get_row(ledger, person.pk, actor=current.actor)
        told = {"phone": "13900001234"}
        proposed = propose_values(
            ledger, row, told, reason="本人来电更正", actor=current.actor, row_version=row.row_version
        )
    new_current()
    assert rotate().resealed == 4  # number and telephone of the row, both telephones of the amendment
    with context.acting(cast.actor("vera")) as current:
        accept(proposed, ledger, row, actor=current.actor)
    with context.unscoped("test"), revealing("test", lambda reading: None):
        assert Person.objects.get(pk=person.pk).phone.reveal() == "13900001234"


def test_the_application_cannot_write_past_history(cast: Any) -> None:
    person = _person(cast)
    entries = _recorded()
    with context.unscoped("test"), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('shanhai.resealing', 'on', true)")
        cursor.execute("UPDATE parties_person SET name = '王演示' WHERE id = %s", [person.pk])
        cursor.execute("SELECT set_config('shanhai.resealing', '', true)")
    assert _recorded() == entries + 1


@pytest.mark.parametrize(
    ("table", "column", "stored", "fresh"),
    [
        ("parties_person", "name", "李演示", "王演示"),
        ("parties_person", "phone", "", "v1.k1." + "a" * 40),
        ("kernel_amendment", "after", '{"a": 1}', '{"a": 2}'),
        ("accounts_user", "password", "a", "b"),
    ],
)
def test_nothing_but_tokens_is_exchanged_where_history_is_silent(
    cast: Any, table: str, column: str, stored: str, fresh: str
) -> None:
    person = _person(cast)
    statement = "SELECT kernel_reseal(%s, %s, %s::uuid[], %s, %s)"
    refused = pytest.raises(DatabaseError, match=r"declared as sealed|only tokens")
    with context.unscoped("test"), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [table, column, [person.pk], [stored], [fresh]])


def test_who_saves_what_was_read_before_saves_it_with_the_old_key_and_it_is_found_again(
    cast: Any, new_current: NewCurrent, rotate: Rotate
) -> None:
    person = _person(cast, phone="13800005678")
    old = installed_keyring().current
    with context.unscoped("test"):
        held_by_form = Person.objects.get(pk=person.pk)
    new_current()
    rotate()
    with context.unscoped("test"):
        held_by_form.name = "王演示"
        held_by_form.save()
    assert held()[old].values == 2
    assert rotate().resealed == 2
    with context.unscoped("test"), revealing("test", lambda reading: None):
        row = Person.objects.get(pk=person.pk)
        assert (row.name, row.phone.reveal()) == ("王演示", "13800005678")
