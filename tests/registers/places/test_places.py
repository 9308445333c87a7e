"""Places: the tree, the divisions that ship, and files of divisions."""

from typing import Any

import pytest
from django.core.management import call_command

from registers.reading import confirm, counts, page, problems, upload, words
from shanhai.registers.places.models import Place

PLACES = "/places/"
IMPORT = "/places/import/"
HEADING = ("代码", "名称", "级别", "上级代码", "所属方", "启用日期")


def test_both_counties_come_with_one_command_and_again_changes_nothing(db: Any, capsys: Any) -> None:
    call_command("load_places")
    assert "新增 297 个地区" in capsys.readouterr().out
    town = Place.objects.get(code="520328101")
    assert town.side == "west"
    assert town.path.split(".")[-2:] == ["520328", "520328101"]
    assert town.initials
    call_command("load_places")
    assert "没有改动" in capsys.readouterr().out
    assert Place.objects.count() == 297


def test_one_click_adds_what_is_missing_below_what_is_there(cast: Any, sign_in: Any) -> None:
    client = sign_in("root")
    button = page(client.get(IMPORT)).select_one(".page-actions form")
    assert button is not None
    assert client.post(button["action"]).status_code == 302
    cast.baijiao.refresh_from_db()
    assert cast.baijiao.name == "白蕉镇"
    assert Place.objects.filter(parent=cast.baijiao).count() > 10
    assert sign_in("carol").post(button["action"]).status_code == 403


@pytest.mark.parametrize("typed", ["永兴", "yxz", "yongxing", "520328101"])
def test_places_are_found_by_name_letters_and_code(cast: Any, sign_in: Any, typed: str) -> None:
    shown = page(sign_in("alice").get(f"{PLACES}?q={typed}"))
    assert {mark.get_text() for mark in shown.select(".tree mark")} == {"永兴镇"}
    assert "湄潭县" in shown.get_text()
    assert "复兴镇" not in shown.get_text()


def test_a_place_shows_where_it_lies_and_what_is_below(cast: Any, sign_in: Any) -> None:
    shown = words(sign_in("alice").get(f"{PLACES}{cast.meitan.pk}/"))
    assert "永兴镇 520328101 镇（街道）" in shown


def test_a_file_of_divisions_is_planned_and_then_written(cast: Any, sign_in: Any) -> None:
    client = sign_in("wang")
    plan = upload(
        client, IMPORT, HEADING,
        ("520328101001", "中华村", "村（社区）", "520328101", "受援方", "2020-01-01"),
        ("520328103", "洗马镇", "镇（街道）", "520328", "受援方", "2020-01-01"),
        ("520328102", "复兴镇", "镇（街道）", "520328", "受援方", "2020-01-01"),
        ("520328101", "永兴镇（新）", "镇（街道）", "520328", "受援方", "2020-01-01"),
    )  # fmt: skip
    assert counts(plan) == [2, 1, 1, 0]
    assert not Place.objects.filter(code="520328103").exists()
    done = confirm(client, plan)
    assert "已导入，清点无误" in words(done)
    assert Place.objects.get(code="520328101001").path.endswith("520328.520328101.520328101001")
    assert Place.objects.get(code="520328101").name == "永兴镇（新）"
    assert "永兴镇 → 永兴镇（新）" in words(client.get(f"{PLACES}{cast.yongxing.pk}/"))


def test_wrong_cells_are_told_and_nothing_is_written(cast: Any, sign_in: Any) -> None:
    client = sign_in("wang")
    plan = upload(
        client, IMPORT, HEADING,
        ("440403106", "白蕉镇", "镇（街道）", "440403", "受援方", "2020-01-01"),
        ("520328104", "没有上级镇", "镇（街道）", "999", "受援方", "2020-01-01"),
        ("520328105", "级别不对", "大镇", "520328", "受援方", "2020-01-01"),
        ("52-03", "代码不对", "镇（街道）", "520328", "受援方", "2020-01-01"),
        ("520328106", "一", "村（社区）", "520328107", "受援方", "2020-01-01"),
        ("520328107", "二", "村（社区）", "520328106", "受援方", "2020-01-01"),
    )  # fmt: skip
    told = problems(plan)
    assert set(told) >= {"A2", "D3", "C4", "A5", "D6", "D7"}
    assert "另一方" in told["A2"]
    assert "没有找到上级" in told["D3"]
    assert "绕回" in told["D6"]
    before = Place.objects.count()
    assert confirm(client, plan).status_code == 409
    assert Place.objects.count() == before
