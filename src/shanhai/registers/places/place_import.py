"""A file of divisions into the register of places."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.registers.authority import managed_sides
from shanhai.registers.importing import Line
from shanhai.registers.tree_import import Judging, TreeImporter

from .models import CODE_RULE, Place, is_code


class PlaceImporter(TreeImporter[Place]):
    """Rows of a division table, as the statistics office publishes it."""

    key: ClassVar[str] = "places"
    label: ClassVar[Any] = _("地区")
    model: ClassVar[Any] = Place
    plain: ClassVar[tuple[str, ...]] = ("code", "name", "level", "side", "valid_from", "valid_to", "source")

    def columns(self, actor: Actor) -> tuple[SheetColumn, ...]:
        levels = tuple((code, str(label)) for code, label in Place.Level.choices)
        sides = tuple((side.value, str(side.label)) for side in Side if side in managed_sides(actor))
        return (
            SheetColumn(
                "code",
                "代码",
                Kind.CODE,
                required=True,
                max_length=32,
                help="统计用区划代码",
                example="520328101",
            ),
            SheetColumn("name", "名称", Kind.TEXT, required=True, max_length=80, example="永兴镇"),
            SheetColumn("level", "级别", Kind.CHOICE, required=True, choices=levels, example="镇（街道）"),
            SheetColumn(
                "parent",
                "上级代码",
                Kind.CODE,
                help="可以是本表里的一行",
                aliases=("parent_code", "上级"),
                example="520328",
            ),
            SheetColumn("side", "所属方", Kind.CHOICE, choices=sides, help="省、市不填", example=sides[0][1]),
            SheetColumn("valid_from", "启用日期", Kind.DATE, required=True, example="2000-01-01"),
            SheetColumn("valid_to", "停用日期", Kind.DATE, help="仍在用的不填"),
            SheetColumn("source", "来源", Kind.TEXT, max_length=120, example="统计用区划代码 2023 年版"),
        )

    def references(self, work: Judging, line: Line) -> dict[str, Any]:
        return {}

    def check(self, work: Judging, line: Line, values: Mapping[str, Any]) -> None:
        if not is_code(values["code"]):
            work.refuse(line, "code", "wrong_code", str(CODE_RULE.message))
        above = work.side_of(str(values.get("parent") or ""))
        if above and values.get("side", above) != above:
            work.refuse(line, "side", "other_side", "所属方与上级不同。请核对。")


IMPORTER = PlaceImporter()
