"""Writing a confirmed plan: counted, recorded, in one transaction, or nothing."""

from typing import Any

import pytest

from shanhai.kernel import actions, context
from shanhai.kernel.imports.apply import PlanChanged
from shanhai.kernel.models import HistoryEntry
from toys.models import Workshop

LINE = {"编号": "W1", "名称": "一号车间"}


def test_what_is_written_is_counted_and_recorded_with_its_import(desk: Any, cast: Any) -> None:
    applied = desk.apply([LINE, {**LINE, "编号": "W2"}])
    assert (applied.created, applied.updated, applied.counted, applied.expected) == (2, 0, 2, 2)
    entries = HistoryEntry.objects.filter(import_id=applied.import_id)
    assert {entry.actor for entry in entries} == {str(cast.users["alice"].pk)}
    assert [entry.reason for entry in entries] == ["测试", "测试"]
    with context.unscoped("test"):
        assert Workshop.objects.filter(import_id=applied.import_id).count() == 2


def test_changed_rows_get_a_new_version_and_keep_the_rest(desk: Any, identity: Any) -> None:
    desk.apply([{**LINE, "负责人身份证号": identity(1)}])
    before = Workshop._base_manager.get()
    applied = desk.apply([{**LINE, "名称": "改名"}])
    after = Workshop._base_manager.get()
    assert (applied.created, applied.updated) == (0, 1)
    assert (after.pk, after.name, after.row_version) == (before.pk, "改名", 2)
    assert after.keeper_identity == before.keeper_identity
    assert after.keeper_identity_index == before.keeper_identity_index


def test_sealed_values_are_written_sealed_and_found_by_their_index(
    desk: Any, identity: Any, as_actor: Any
) -> None:
    desk.apply([{**LINE, "负责人身份证号": identity(1)}])
    with as_actor("alice"):
        row = Workshop.objects.get(keeper_identity=identity(1))
    assert identity(1) not in row.keeper_identity.token
    assert "*" in str(row.keeper_identity)


def test_right_lines_are_written_and_wrong_ones_left_out(desk: Any) -> None:
    applied = desk.apply([LINE, {"编号": "W2", "名称": ""}])
    assert (applied.created, applied.wrong) == (1, 1)
    assert [row.code for row in Workshop._base_manager.all()] == ["W1"]


def test_an_edit_between_plan_and_confirmation_stops_the_import(desk: Any, as_actor: Any) -> None:
    desk.apply([LINE])
    lines = [{**LINE, "名称": "文件里的名称"}, {"编号": "W2", "名称": "二号"}]
    plan = desk.plan(lines)
    with as_actor("alice") as alice:
        actions.save_row(
            desk.ledger, Workshop.objects.get(), {"note": "有人改过"}, actor=alice, row_version=1
        )
    with pytest.raises(PlanChanged):
        desk.apply(lines, plan=plan)
    assert [row.name for row in Workshop._base_manager.all()] == ["一号车间"]
    assert desk.apply(lines).expected == 2


def test_a_row_filed_meanwhile_stops_the_import(desk: Any) -> None:
    plan = desk.plan([LINE])
    desk.apply([LINE])
    with pytest.raises(PlanChanged):
        desk.apply([LINE], plan=plan)
