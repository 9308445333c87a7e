"""Every write is kept, bulk writes included; a write outside a context fails in the database itself."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from shanhai.kernel import actions, clock, context
from shanhai.kernel.database import recorded_models
from shanhai.kernel.errors import Conflict, NotAllowed, NotVisible, RuleViolated, ScopeMissing
from shanhai.kernel.history.tasks import prepare_history
from shanhai.kernel.models import HistoryEntry
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import RETURN, SUBMIT, VERIFY, VOID, WITHDRAW, State
from shanhai.registers.parties.identity import demo_identity
from toys.models import Workshop


@pytest.fixture
def ledger() -> Any:
    return registry.get("toys.workshop")


@pytest.fixture
def workshop(cast: Any, ledger: Any) -> Any:
    with context.acting(cast.actor("alice")) as current:
        return actions.create_row(ledger, {"code": "W1", "name": "一号车间"}, actor=current.actor)


def test_insert_update_and_bulk_update_are_recorded_with_actor_and_reason(
    cast: Any, as_actor: Any, ledger: Any, workshop: Any
) -> None:
    with as_actor("alice", reason="更正名称") as alice:
        actions.save_row(ledger, workshop, {"name": "二号车间"}, actor=alice, row_version=1)
        Workshop.objects.update(workers=7)
    entries = list(HistoryEntry.objects.filter(table_name="toys_workshop").order_by("id"))
    assert [entry.operation for entry in entries] == ["insert", "update", "update"]
    assert entries[1].before == {"name": "一号车间", "row_version": 1}
    assert entries[1].reason == "更正名称"
    assert entries[2].before == {"workers": 0}
    assert {entry.actor for entry in entries} == {str(cast.users["alice"].pk)}


def test_a_write_that_changes_nothing_leaves_no_entry(as_actor: Any, workshop: Any) -> None:
    with as_actor("alice"):
        Workshop.objects.update(workers=0)
    assert HistoryEntry.objects.filter(table_name="toys_workshop").count() == 1


def test_thousands_of_rows_after_single_ones_cost_no_more_than_thousands(cast: Any, workshop: Any) -> None:
    """The plan made for one row must not be the one by which many are recorded (8 s then, 0.2 s now)."""
    with context.unscoped("toys"), connection.cursor() as cursor:
        for workers in range(8):
            Workshop.objects.update(workers=workers)
        Workshop.objects.bulk_create(
            Workshop(side=cast.mt.side, owner_unit=cast.mt, code=f"M{n}", name=f"车间{n}")
            for n in range(2500)
        )
        cursor.execute("SET LOCAL statement_timeout = '4s'")
        Workshop.objects.update(workers=9)
    assert HistoryEntry.objects.filter(table_name="toys_workshop", operation="update").count() > 2500


def _life(cast: Any, codes: list[str]) -> list[tuple[str, Any, Any]]:
    """What history keeps of rows made, changed and deleted, each by one statement; their names left out."""
    given: dict[str, Any] = {
        "name": '"双引号"\t与\\',
        "opened_on": date(2021, 9, 1),
        "cost": "12.50",
        "extra": {"备注": [1, None]},
        "submitted_at": clock.now(),
    }
    with context.unscoped("toys"):
        Workshop.objects.bulk_create(
            Workshop(side=cast.mt.side, owner_unit=cast.mt, code=code, keeper_phone="13800000000", **given)
            for code in codes
        )
        rows = Workshop.objects.filter(code__in=codes)
        keys = list(rows.values_list("pk", flat=True))
        rows.update(cost=None, land="3.40", note="说明", is_certified=True, extra={}, submitted_at=None)
        rows.update(cost=None, note="说明")
        rows.delete()
    entries = HistoryEntry.objects.filter(row_id__in=keys).order_by("id")
    assert {entry.row["code"] for entry in entries if entry.row} == set(codes)
    return [(entry.operation, _nameless(entry.row), _nameless(entry.before)) for entry in entries]


def _nameless(kept: dict[str, Any] | None) -> dict[str, Any] | None:
    return kept and {
        name: value for name, value in kept.items() if name not in {"id", "code", "keeper_phone"}
    }


def test_many_rows_leave_what_a_single_one_leaves(cast: Any) -> None:
    """Many are recorded by a statement of their own, with the columns written out."""
    with clock.at(date(2021, 9, 24)):
        single = _life(cast, ["S"])
        many = _life(cast, [f"M{number}" for number in range(150)])
    assert [operation for operation, _row, _before in single] == ["insert", "update", "delete"]
    assert single[1][2] == {
        "cost": 12.5, "land": None, "note": "", "is_certified": False, "extra": {"备注": [1, None]},
        "submitted_at": single[0][1]["submitted_at"],
    }  # fmt: skip
    assert many == [entry for entry in single for _row in range(150)]


def test_of_many_users_history_holds_no_password_hash(cast: Any) -> None:
    user = cast.users["alice"]
    with context.unscoped("accounts of a new unit"):
        made = type(user).objects.bulk_create(
            type(user)(username=f"many.{number}", password=f"hash {number}") for number in range(120)
        )
        keys = [one.pk for one in made]
        type(user).objects.filter(pk__in=keys).update(password="another hash", last_login=clock.now())
    entries = list(HistoryEntry.objects.filter(row_id__in=keys))
    assert len(entries) == 240
    assert not any("hash" in f"{entry.row} {entry.before}" for entry in entries)
    assert not any("last_login" in entry.row for entry in entries)
    assert all(set(entry.before) == {"password"} for entry in entries if entry.operation == "update")


def test_many_rows_of_every_recorded_table_can_be_recorded(owner: Any) -> None:
    """The statement with columns written out holds for every type of column there is."""
    for model in recorded_models():
        table, omitted = model._meta.db_table, list(model.HISTORY_OMITS)
        asked = "SELECT kernel_history_document(%s, %s, 'n'), kernel_history_difference(%s, %s)"
        whole, difference = owner.execute(asked, [table, omitted] * 2).fetchone()
        empty = f'FROM (SELECT) v LEFT JOIN "{table}" n ON false LEFT JOIN "{table}" o ON false'
        document, changed = owner.execute(f"SELECT {whole}, {difference} {empty}").fetchone()
        columns = {field.column for field in model._meta.concrete_fields}
        assert columns - set(json.loads(document)) == set(omitted), table
        assert json.loads(changed) == {}, table


def test_a_write_outside_a_context_fails(workshop: Any) -> None:
    with pytest.raises(ProgrammingError, match="outside a kernel context"), transaction.atomic():
        Workshop._base_manager.update(workers=1)


def test_the_application_role_cannot_touch_history(workshop: Any) -> None:
    by_name = ("DELETE FROM kernel_history_default", "DELETE FROM kernel_history_202109")
    for statement in ("DELETE FROM kernel_history", "UPDATE kernel_history SET actor = 'x'", *by_name):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


def test_a_query_outside_a_context_raises() -> None:
    with pytest.raises(ScopeMissing):
        Workshop.objects.all()


def test_the_other_side_and_a_sister_unit_see_a_row_only_once_reported(
    as_actor: Any, ledger: Any, workshop: Any
) -> None:
    for stranger in ("bob", "anna"):
        with as_actor(stranger) as actor, pytest.raises(NotVisible):
            actions.get_row(ledger, workshop.pk, actor=actor)
    with as_actor("alice") as alice:
        actions.step_row(ledger, workshop, SUBMIT, actor=alice)
    for stranger in ("bob", "anna"):
        with as_actor(stranger) as actor:
            row = actions.get_row(ledger, workshop.pk, actor=actor)
            with pytest.raises(NotAllowed):
                actions.save_row(ledger, row, {"name": "别人的"}, actor=actor, row_version=row.row_version)


def test_a_stale_save_shows_both_values(as_actor: Any, ledger: Any, workshop: Any) -> None:
    with as_actor("alice") as alice:
        actions.save_row(ledger, workshop, {"name": "甲改的"}, actor=alice, row_version=1)
        with pytest.raises(Conflict) as refused:
            actions.save_row(ledger, workshop, {"name": "乙改的", "workers": 3}, actor=alice, row_version=1)
    assert [(f.label, f.yours, f.theirs) for f in refused.value.fields] == [("名称", "乙改的", "甲改的")]


def test_row_life_from_draft_to_verified_and_back(as_actor: Any, ledger: Any, workshop: Any) -> None:
    with as_actor("alice") as alice:
        row = actions.step_row(ledger, workshop, SUBMIT, actor=alice)
        row = actions.step_row(ledger, row, WITHDRAW, actor=alice)
        row = actions.step_row(ledger, row, SUBMIT, actor=alice)
        with pytest.raises(NotAllowed):
            actions.step_row(ledger, row, VERIFY, actor=alice)
    with as_actor("victor") as victor:
        row = actions.step_row(ledger, row, VERIFY, actor=victor)
        assert row.verified_at is not None
        with pytest.raises(RuleViolated, match="必须写明原因"):
            actions.step_row(ledger, row, RETURN, actor=victor)
        row = actions.step_row(ledger, row, RETURN, actor=victor, reason="缺合同")
    assert (row.state, row.return_reason) == (State.RETURNED, "缺合同")
    with as_actor("alice") as alice:
        row = actions.step_row(ledger, row, VOID, actor=alice, reason="重复登记")
    assert row.state == State.VOIDED


def test_nobody_verifies_what_they_submitted(as_actor: Any, ledger: Any) -> None:
    with as_actor("carol") as carol:
        row = actions.create_row(ledger, {"code": "W2", "name": "统筹的车间"}, actor=carol)
        row = actions.step_row(ledger, row, SUBMIT, actor=carol)
        with pytest.raises(RuleViolated, match="提交人不能核实"):
            actions.step_row(ledger, row, VERIFY, actor=carol)


def test_a_sealed_value_is_masked_and_found_by_its_plain_text(as_actor: Any, ledger: Any) -> None:
    with as_actor("alice") as alice:
        number = demo_identity(area=328, born_on=date(1985, 1, 1), serial=12)
        row = actions.create_row(ledger, {"code": "W3", "name": "某", "keeper_identity": number}, actor=alice)
        again = Workshop.objects.get(keeper_identity=number)
        assert again.pk == row.pk
        assert str(again.keeper_identity) == number[:6] + "********" + number[-4:]
        with connection.cursor() as cursor:
            cursor.execute("SELECT row::text FROM kernel_history WHERE row_id = %s", [row.pk])
            assert number not in cursor.fetchone()[0]


def test_history_holds_no_password_hash_and_signing_in_is_no_change(cast: Any) -> None:
    user = cast.users["alice"]
    with context.unscoped("a test signs in"):
        user.last_login = clock.now()
        user.save()
    entries = HistoryEntry.objects.filter(table_name="accounts_user", row_id=user.pk)
    assert [entry.operation for entry in entries] == ["insert"]
    assert "last_login" not in entries[0].row
    assert entries[0].row["password"] not in user.password


def test_a_month_nobody_prepared_takes_writes_and_gets_its_own_partition(days: None, cast: Any) -> None:
    def where() -> list[tuple[str, int]]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tableoid::regclass::text, count(*) FROM kernel_history"
                " WHERE at < '2019-06-01' GROUP BY 1 ORDER BY 1"
            )
            return cursor.fetchall()

    with clock.at(date(2019, 5, 6)), context.unscoped("early"):
        Workshop.objects.create(side=cast.mt.side, owner_unit=cast.mt, code="M1", name="车间")
    assert where() == [("kernel_history_default", 1)]
    with clock.at(date(2019, 5, 7)):
        prepare_history(0)
    assert where() == [("kernel_history_201905", 1)]
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("DELETE FROM kernel_history_201905")
