"""What a unit may add, to whom it is shown, and that the process remembers it."""

from decimal import Decimal
from typing import Any

import pytest

from shanhai.kernel import actions, context
from shanhai.kernel.custom import managing
from shanhai.kernel.custom.definitions import book
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.history.models import HistoryEntry
from shanhai.kernel.models import CustomField


def refused(by_field: str, call: Any) -> str:
    with pytest.raises(RuleViolated) as caught:
        call()
    return " ".join(caught.value.problems[by_field])


@pytest.mark.parametrize(
    "title", ["吸纳人数", "吸纳就业人数", "年度经费（元）", " 名 称 ", "系统编号", "State"]
)
def test_a_title_is_none_of_the_ledgers_own(title: str, add: Any) -> None:
    assert "已有叫" in refused("title", lambda: add(title))


def test_a_title_is_told_apart_from_others_of_the_unit_alone(add: Any) -> None:
    add("备注二")
    assert "同名" in refused("title", lambda: add("备注 二"))
    add("备注二", unit="dm_finance")
    add("备注二", unit="mt_labour")


def test_what_must_be_sealed_has_no_place_here(add: Any) -> None:
    assert "不加密" in refused("title", lambda: add("家长身份证号"))


@pytest.mark.parametrize(
    ("kind", "said", "field"),
    [
        ("decimal", {}, "decimals"),
        ("decimal", {"decimals": 9}, "decimals"),
        ("choice", {}, "options"),
        ("choice", {"options": ["甲", "甲 "]}, "options"),
        ("picture", {}, "kind"),
    ],
)
def test_what_contradicts_itself_is_refused(kind: str, said: dict[str, Any], field: str, add: Any) -> None:
    assert refused(field, lambda: add("自填", kind, **said))


def test_only_who_manages_the_unit_changes_its_fields(cast: Any, ledger: Any, add: Any) -> None:
    field = add("车间主任")
    for by in ("alice", "anna", "victor", "wang"):
        with context.acting(cast.actor(by)) as current, pytest.raises(NotAllowed):
            managing.save_field(ledger, field, {"title": "别的"}, actor=current.actor)


def test_the_other_side_and_units_beyond_reach_do_not_see_a_definition(
    cast: Any, ledger: Any, add: Any
) -> None:
    field = add("车间主任")
    for by in ("alice", "carol", "dave"):
        assert managing.get_field(ledger, field.pk, actor=cast.actor(by)) == field
    for by in ("bob", "wang", "ruth", "anna", "eve", "root"):
        with pytest.raises(NotVisible):
            managing.get_field(ledger, field.pk, actor=cast.actor(by))


def test_the_kind_is_fixed_once_a_row_held_a_value(cast: Any, ledger: Any, add: Any, make: Any) -> None:
    field = add("面积", "decimal", decimals=1, measure_unit="亩")
    carol = cast.actor("carol")
    with context.acting(carol):
        managing.save_field(ledger, field, {"decimals": 2}, actor=carol, reason="量得更细")
    row = make("W1", {field: Decimal("3.00")})
    with context.acting(cast.actor("alice")) as current:
        actions.save_row(ledger, row, {f"custom_{field.key}": None}, actor=current.actor, row_version=1)
    for name, value in (("kind", "text"), ("measure_unit", "平方米"), ("decimals", 3)):
        with context.acting(carol):
            fresh = managing.get_field(ledger, field.pk, actor=carol)
            told = refused(name, lambda: managing.save_field(ledger, fresh, {name: value}, actor=carol))  # noqa: B023
        assert "停用" in told


def test_an_option_in_use_stays(cast: Any, ledger: Any, add: Any, make: Any) -> None:
    field = add("评级", "choice", options=["甲", "乙"])
    make("W1", {field: "甲"})
    carol = cast.actor("carol")
    with context.acting(carol):
        fresh = managing.get_field(ledger, field.pk, actor=carol)
        assert "1 条记录" in refused(
            "options", lambda: managing.save_field(ledger, fresh, {"options": ["乙", "丙"]}, actor=carol)
        )
        fresh = managing.get_field(ledger, field.pk, actor=carol)
        managing.save_field(ledger, fresh, {"options": ["甲", "丙"]}, actor=carol)


def test_retiring_gives_the_reason_and_frees_the_title(cast: Any, ledger: Any, add: Any) -> None:
    field, carol = add("车间主任"), cast.actor("carol")
    with context.acting(carol):
        assert refused("reason", lambda: managing.retire_field(ledger, field, actor=carol, reason=" "))
        managing.retire_field(ledger, field, actor=carol, reason="不再要求")
    with context.unscoped("look"):
        entry = HistoryEntry.objects.filter(row_id=field.pk).latest("id")
    assert (entry.reason, entry.actor) == ("不再要求", carol.key)
    add("车间主任")
    with context.acting(carol):
        fresh = managing.get_field(ledger, field.pk, actor=carol)
        assert "同名" in refused("title", lambda: managing.restore_field(ledger, fresh, actor=carol))


def test_fields_keep_the_order_they_are_given(cast: Any, ledger: Any, add: Any) -> None:
    for title in ("甲", "乙", "丙"):
        add(title)
    carol = cast.actor("carol")
    with context.acting(carol):
        last = CustomField.objects.get(title="丙")
        managing.move_field(ledger, last, earlier=True, actor=carol)
        managing.move_field(ledger, CustomField.objects.get(title="甲"), earlier=True, actor=carol)
        assert [one.title for one in managing.fields_of(ledger, cast.dm_labour)] == ["甲", "丙", "乙"]
        assert [one.title for one in book().of_ledger(ledger.key)] == ["甲", "丙", "乙"]


def test_definitions_are_asked_for_once_after_a_change(
    cast: Any, ledger: Any, add: Any, queries: Any
) -> None:
    add("甲")

    def asked() -> tuple[int, list[str]]:
        actor = cast.actor("alice")
        with context.acting(actor), queries() as captured:
            titles = [one.title for one in book().of_ledger(ledger.key)]
        return len(captured), titles

    assert [asked() for _again in range(2)] == [(1, ["甲"]), (0, ["甲"])]
    add("乙")
    assert [asked() for _again in range(2)] == [(1, ["甲", "乙"]), (0, ["甲", "乙"])]
