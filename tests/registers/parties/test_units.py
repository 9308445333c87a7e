"""Units: the two trees, aliases by date, groups by date, and moves that keep everybody's scope right."""

from datetime import date
from typing import Any

import pytest

from registers.reading import fill, filled, page, words
from shanhai.kernel import clock, context
from shanhai.registers.parties.models import GroupMember, Unit, UnitAlias, UnitGroup
from toys.models import Workshop

UNITS = "/parties/units/"
GROUPS = "/parties/groups/"


def unit_page(unit: Unit) -> str:
    return f"{UNITS}{unit.pk}/"


def alias(unit: Unit, name: str, first: str, last: str | None = None) -> UnitAlias:
    with context.unscoped("alias"):
        return UnitAlias.objects.create(
            unit=unit, name=name, valid_from=first, valid_to=last, source="三定方案"
        )


def resolved(*texts: str) -> dict[str, str]:
    return {text: unit.code for text, unit in Unit.resolve_references(texts).items()}


def test_everyone_with_a_role_sees_both_trees(cast: Any, sign_in: Any) -> None:
    shown = words(sign_in("alice").get(UNITS))
    assert "区财政局" in shown
    assert "县人力资源和社会保障局" in shown
    assert sign_in("eve").get(UNITS).status_code == 403


@pytest.mark.parametrize("typed", ["人力", "rlzy", "renli", "dm_labour"])
def test_units_are_found_by_name_letters_and_code(cast: Any, sign_in: Any, typed: str) -> None:
    shown = page(sign_in("alice").get(f"{UNITS}?q={typed}"))
    assert "区人力资源和社会保障局" in {mark.get_text() for mark in shown.select(".tree mark")}
    assert "区财政局" not in shown.get_text()


def test_a_unit_is_made_changed_and_stopped_by_its_coordinator(cast: Any, sign_in: Any) -> None:
    client = sign_in("carol")
    made = fill(
        client, f"{UNITS}new/", name="区科技局", code="dm_science", kind="department", side="east",
        parent=str(cast.dm.pk), valid_from="2020-01-01", reason="机构改革",
    )  # fmt: skip
    unit = Unit.objects.get(code="dm_science")
    assert made["Location"] == unit_page(unit)
    assert (unit.path, unit.initials) == ("dm.dm_science", "qkjj")
    fill(client, f"{unit_page(unit)}edit/", name="区科技创新局", valid_to="2021-09-23", reason="撤销")
    shown = words(client.get(unit_page(unit)))
    assert "已停用" in shown
    assert "区科技局 → 区科技创新局" in shown
    assert "撤销" in shown


def test_a_stopped_unit_is_not_offered_any_more_but_stays_where_it_was_chosen(
    cast: Any, sign_in: Any
) -> None:
    with context.unscoped("stop"):
        cast.dm_finance.valid_to = date(2021, 9, 1)
        cast.dm_finance.save()
        child = Unit.objects.create(
            code="dm_child", name="区财政局下属", kind="department", side="east", parent=cast.dm_finance,
            valid_from=date(2020, 1, 1),
        )  # fmt: skip
    client = sign_in("carol")

    def offered(address: str) -> list[str]:
        return [
            option.get_text() for option in page(client.get(address)).select("select[name=parent] option")
        ]

    assert "区财政局" not in offered(f"{UNITS}new/")
    assert "区财政局" in offered(f"{unit_page(child)}edit/")


@pytest.mark.parametrize(
    ("username", "status"), [("carol", 200), ("root", 200), ("alice", 403), ("wang", 403), ("dave", 403)]
)
def test_units_are_changed_by_who_manages_their_side(
    cast: Any, sign_in: Any, username: str, status: int
) -> None:
    client = sign_in(username)
    assert client.get(f"{unit_page(cast.dm_finance)}edit/").status_code == status
    assert client.get(f"{unit_page(cast.dm_finance)}aliases/new/").status_code == status
    assert client.get(unit_page(cast.dm_finance)).status_code == 200


def test_a_unit_cannot_go_under_a_unit_below_it_or_of_the_other_side(cast: Any, sign_in: Any) -> None:
    client = sign_in("carol")
    address = f"{unit_page(cast.dm)}edit/"
    for parent in (cast.dm_labour, cast.dm, cast.mt):
        assert fill(client, address, parent=str(parent.pk), reason="x").status_code == 422
    cast.dm.refresh_from_db()
    assert cast.dm.parent is None


def test_moving_a_unit_moves_what_is_below_it_and_the_scope_follows(
    cast: Any, sign_in: Any, as_actor: Any
) -> None:
    with context.unscoped("a unit below labour"):
        station = Unit.objects.create(
            code="dm_station", name="劳务站", kind="department", side="east", parent=cast.dm_labour,
            valid_from=date(2020, 1, 1),
        )  # fmt: skip
        Workshop.objects.create(
            side="east", owner_unit=station, code="W1", name="站上的车间", kind="home", sharing="private"
        )
    with as_actor("alice"):
        assert Workshop.objects.count() == 1
    fill(sign_in("carol"), f"{unit_page(station)}edit/", parent=str(cast.dm_finance.pk), reason="划转")
    station.refresh_from_db()
    assert station.path == "dm.dm_finance.dm_station"
    with as_actor("alice"):
        assert Workshop.objects.count() == 0
    with as_actor("anna"):
        assert Workshop.objects.count() == 1


def test_moving_a_whole_branch_keeps_every_path_true(cast: Any) -> None:
    with context.unscoped("move"):
        station = Unit.objects.create(
            code="dm_station", name="劳务站", kind="department", side="east", parent=cast.dm_labour,
            valid_from=date(2020, 1, 1),
        )  # fmt: skip
        cast.dm_labour.parent = cast.dm_coordinator
        cast.dm_labour.save()
    station.refresh_from_db()
    assert station.path == "dm.dm_coordinator.dm_labour.dm_station"


def test_an_alias_names_its_unit_while_it_is_in_force(cast: Any) -> None:
    alias(cast.dm_labour, "区劳动局", "2020-01-01", "2021-06-30")
    assert resolved("区劳动局", "区人力资源和社会保障局", "dm_labour", "谁也不是") == {
        "区人力资源和社会保障局": "dm_labour",
        "dm_labour": "dm_labour",
    }
    with clock.at(date(2021, 6, 30)):
        assert resolved("区劳动局") == {"区劳动局": "dm_labour"}


def test_several_texts_may_mean_one_unit(cast: Any) -> None:
    alias(cast.dm_labour, "区人社局", "2020-01-01")
    assert resolved("区人社局", " 区人社局 ", "dm_labour") == dict.fromkeys(
        ("区人社局", " 区人社局 ", "dm_labour"), "dm_labour"
    )


def test_an_alias_is_confirmed_with_dates_and_source(cast: Any, sign_in: Any) -> None:
    client = sign_in("carol")
    address = f"{unit_page(cast.dm_labour)}aliases/new/"
    assert fill(client, address, name="区人社局").status_code == 422
    assert fill(client, address, name="区人社局", source="通讯录", valid_from="2020-01-01").status_code == 302
    assert resolved("区人社局") == {"区人社局": "dm_labour"}
    shown = words(client.get(unit_page(cast.dm_labour)))
    assert "通讯录" in shown
    second = fill(client, f"{unit_page(cast.dm_finance)}aliases/new/", name="区人社局", source="x")
    assert "已是“区人力资源和社会保障局”的别名" in words(second)
    name = fill(
        client, f"{unit_page(cast.dm_finance)}aliases/new/", name="区人力资源和社会保障局", source="x"
    )
    assert "另一个单位的名称" in words(name)


def test_a_group_has_members_from_day_to_day(cast: Any, sign_in: Any) -> None:
    client = sign_in("wang")
    made = fill(client, f"{GROUPS}new/", name="各镇（街道）", side="west")
    group = UnitGroup.objects.get()
    assert made["Location"] == f"{GROUPS}{group.pk}/"
    fill(client, f"{GROUPS}{group.pk}/members/new/", unit=str(cast.mt_yongxing.pk), valid_from="2021-01-01")
    member = GroupMember.objects.get()
    fill(client, f"{GROUPS}{group.pk}/members/{member.pk}/", valid_to="2021-09-01")
    shown = words(client.get(f"{GROUPS}{group.pk}/"))
    assert "永兴镇人民政府 2021-01-01 至 2021-09-01 已停用" in shown
    assert "各镇（街道）" in words(client.get(GROUPS))
    assert sign_in("carol").get(f"{GROUPS}{group.pk}/members/new/").status_code == 403


def test_two_who_change_a_unit_at_once_lose_nothing(cast: Any, sign_in: Any) -> None:
    client = sign_in("carol")
    address = f"{unit_page(cast.dm_labour)}edit/"
    opened = filled(client.get(address)) | {"reason": "改"}
    client.post(address, opened | {"short_name": "区人社局"})
    untouched = client.post(address, opened | {"source": "三定方案"})
    assert untouched.status_code == 409
    assert "区人社局" in words(untouched)
    settled = client.post(address, filled(untouched) | {"take-short_name": "theirs"})
    assert settled.status_code == 302
    cast.dm_labour.refresh_from_db()
    assert (cast.dm_labour.short_name, cast.dm_labour.source) == ("区人社局", "三定方案")
