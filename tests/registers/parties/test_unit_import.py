"""Units by Excel: trees whose parents stand in the same file, in any order."""

from typing import Any

from registers.reading import confirm, counts, problems, upload, words
from shanhai.kernel import context
from shanhai.registers.parties.models import Unit

IMPORT = "/parties/units/import/"
HEADING = ("代码", "单位名称", "简称", "类别", "所属方", "上级", "辖区", "启用日期")


def row(code: str, name: str, parent: str = "dm", **given: str) -> tuple[str, ...]:
    values = {"short": "", "kind": "部门", "side": "帮扶方", "place": "", "since": "2020-01-01"} | given
    return (
        code,
        name,
        values["short"],
        values["kind"],
        values["side"],
        parent,
        values["place"],
        values["since"],
    )


def test_a_file_makes_a_tree_with_parents_after_children(cast: Any, sign_in: Any) -> None:
    client = sign_in("carol")
    plan = upload(
        client, IMPORT, HEADING,
        row("dm_station", "区劳务站", "区科技局"),
        row("dm_science", "区科技局", "斗门区人民政府", place="440403"),
    )  # fmt: skip
    assert counts(plan) == [2, 0, 0, 0]
    assert "已导入" in words(confirm(client, plan))
    station = Unit.objects.get(code="dm_station")
    assert (station.path, station.initials, station.parent.code) == (
        "dm.dm_science.dm_station",
        "qlwz",
        "dm_science",
    )  # type: ignore[union-attr]
    assert Unit.objects.get(code="dm_science").place == cast.doumen


def test_moves_in_a_file_carry_old_and_new_units_below_along(cast: Any, sign_in: Any) -> None:
    with context.unscoped("below labour"):
        Unit.objects.create(
            code="dm_station", name="区劳务站", kind="department", side="east", parent=cast.dm_labour,
            valid_from="2020-01-01",
        )  # fmt: skip
    client = sign_in("carol")
    plan = upload(
        client, IMPORT, HEADING,
        row("dm_new_below", "新站", "dm_labour"),
        row("dm_labour", "区人力资源和社会保障局", "dm_head"),
        row("dm_head", "区大部门", "dm"),
    )  # fmt: skip
    assert counts(plan) == [2, 1, 0, 0]
    assert "上级" in words(plan)
    confirm(client, plan)
    paths = dict(Unit.objects.filter(side="east").values_list("code", "path"))
    assert paths["dm_labour"] == "dm.dm_head.dm_labour"
    assert paths["dm_station"] == "dm.dm_head.dm_labour.dm_station"
    assert paths["dm_new_below"] == "dm.dm_head.dm_labour.dm_new_below"


def test_the_same_file_again_changes_nothing(cast: Any, sign_in: Any) -> None:
    client = sign_in("carol")
    rows = (HEADING, row("dm_science", "区科技局", place="斗门区"))
    confirm(client, upload(client, IMPORT, *rows))
    again = upload(client, IMPORT, *rows)
    assert counts(again) == [0, 0, 1, 0]
    assert "没有要写入的行" in words(again)


def test_a_column_that_is_not_there_is_not_emptied(cast: Any, sign_in: Any) -> None:
    client = sign_in("carol")
    plan = upload(
        client, IMPORT, ("代码", "单位名称", "类别", "所属方", "启用日期"),
        ("dm_labour", "区人社局", "部门", "帮扶方", "2020-01-01"),
    )  # fmt: skip
    assert counts(plan) == [0, 1, 0, 0]
    confirm(client, plan)
    cast.dm_labour.refresh_from_db()
    assert (cast.dm_labour.name, cast.dm_labour.path) == ("区人社局", "dm.dm_labour")


def test_wrong_cells_are_told(cast: Any, sign_in: Any) -> None:
    plan = upload(
        sign_in("carol"), IMPORT, HEADING,
        row("mt_labour", "县人社局"),
        row("dm_a", "甲", side="受援方"),
        row("dm_b", "乙", "没有这个单位"),
        row("dm_c", "区财政局"),
        row("dm-d", "丁"),
        row("dm_e", "戊", "dm_f"),
        row("dm_f", "己", "dm_e"),
        row("dm_g", "庚", kind="衙门"),
        row("dm_g2", "辛", place="永兴镇"),
        row("dm_a", "壬"),
    )  # fmt: skip
    told = problems(plan)
    assert set(told) == {"A2", "E3", "F4", "B5", "A6", "F7", "F8", "D9", "G10", "A11"}
    assert "属于另一方" in told["A2"]
    assert "代码 dm_finance" in told["B5"]
    assert "与第 3 行相同" in told["A11"]


def test_reporters_import_nothing(sign_in: Any) -> None:
    assert sign_in("alice").get(IMPORT).status_code == 403
