"""Acting as many in turn: each write under its own name, all or none, and the outer context put back."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from shanhai.kernel import context
from shanhai.kernel.errors import ScopeMissing
from shanhai.kernel.models import HistoryEntry
from shanhai.kernel.permissions import REPORTING, Reach, Role
from shanhai.kernel.scope import Actor, Grant, Side
from toys.models import Workshop

_ROLE = Role("keeper", "", Reach.SIDE, REPORTING)
_GRANTS = (Grant(_ROLE, Side.WEST, UUID(int=1), "mt"),)
ALICE, BOB = Actor("alice", "甲", _GRANTS), Actor("bob", "乙", _GRANTS)


def _write(cast: Any, code: str) -> None:
    Workshop.objects.bulk_create([Workshop(side=cast.mt.side, owner_unit=cast.mt, code=code, name="车间")])


def _recorded() -> list[tuple[str, str, str]]:
    entries = HistoryEntry.objects.filter(table_name="toys_workshop").order_by("id")
    return [(entry.actor, entry.reason, entry.request_id) for entry in entries]


def test_each_write_carries_who_has_the_turn(cast: Any) -> None:
    with context.acting_in_turn("演示") as become:
        become(ALICE, reason="登记", request_id="r-1")
        _write(cast, "A")
        become(BOB, request_id="r-2")
        _write(cast, "B")
        assert context.current_actor() is BOB
    assert _recorded() == [("alice", "登记", "r-1"), ("bob", "", "r-2")]


def test_after_the_turns_the_outer_context_is_in_force_again(cast: Any) -> None:
    with context.acting(ALICE, request_id="r-0") as outer:
        with context.acting_in_turn("演示") as become:
            become(BOB)
        assert context.current() is outer
        _write(cast, "A")
    assert _recorded() == [("alice", "", "r-0")]


def test_after_the_turns_no_context_is_left_over() -> None:
    with transaction.atomic():
        with context.acting_in_turn("演示") as become:
            become(BOB)
        with pytest.raises(ScopeMissing):
            Workshop.objects.count()
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('shanhai.actor')")
            assert cursor.fetchone() == ("",)


def test_a_failure_undoes_the_turns_before_it(cast: Any) -> None:
    with context.acting(ALICE, request_id="r-0"):
        with pytest.raises(RuntimeError), context.acting_in_turn("演示") as become:
            become(BOB)
            _write(cast, "A")
            raise RuntimeError("broken off")
        _write(cast, "B")
    assert _recorded() == [("alice", "", "r-0")]


def test_nobody_takes_a_turn_when_the_block_is_over() -> None:
    with context.acting_in_turn("演示") as become:
        pass
    with pytest.raises(LookupError):
        become(BOB)
    assert context.current() is None
