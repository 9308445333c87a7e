"""A file of units into their trees."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.reading import SheetRow
from shanhai.registers.authority import managed_sides
from shanhai.registers.importing import Line
from shanhai.registers.places.models import CODE_RULE, Place, is_code
from shanhai.registers.tree_import import Judging, TreeImporter

from .units import Unit


class UnitImporter(TreeImporter[Unit]):
    """Units of the sides that the reader manages."""

    key: ClassVar[str] = "units"
    label: ClassVar[Any] = _("单位")
    model: ClassVar[Any] = Unit
    plain: ClassVar[tuple[str, ...]] = (
        "code", "name", "short_name", "kind", "side", "valid_from", "valid_to", "source",
    )  # fmt: skip

    def columns(self, actor: Actor) -> tuple[SheetColumn, ...]:
        kinds = tuple((code, str(label)) for code, label in Unit.Kind.choices)
        sides = tuple((side.value, str(side.label)) for side in Side if side in managed_sides(actor))
        return (
            SheetColumn(
                "code",
                "代码",
                Kind.CODE,
                required=True,
                max_length=32,
                help="字母、数字和下划线",
                example="labour",
            ),
            SheetColumn(
                "name", "单位名称", Kind.TEXT, required=True, max_length=80, example="区人力资源和社会保障局"
            ),
            SheetColumn("short_name", "简称", Kind.TEXT, max_length=40, example="区人社局"),
            SheetColumn("kind", "类别", Kind.CHOICE, required=True, choices=kinds, example="部门"),
            SheetColumn("side", "所属方", Kind.CHOICE, required=True, choices=sides, example=sides[0][1]),
            SheetColumn(
                "parent", "上级", Kind.TEXT, help="上级的代码或名称，可以是本表里的一行", example=sides[0][0]
            ),
            SheetColumn("place", "辖区", Kind.TEXT, help="区划代码，或 县/镇/村", example="440403"),
            SheetColumn("valid_from", "启用日期", Kind.DATE, required=True, example="2020-01-01"),
            SheetColumn("valid_to", "停用日期", Kind.DATE, help="仍在用的不填"),
            SheetColumn("source", "依据", Kind.TEXT, max_length=120),
        )

    def look_up(self, rows: Sequence[SheetRow]) -> Mapping[str, Any]:
        return Place.resolve_references({str(row.values["place"]) for row in rows if row.values.get("place")})

    def references(self, work: Judging, line: Line) -> dict[str, Any]:
        if "place" not in line.row.values:
            return {}
        text = str(line.row.values["place"] or "")
        place = work.found.get(text)
        if text and place is None:
            work.refuse(
                line, "place", "unknown_place", f"没有找到地区“{text}”，或同名的不止一个。请填区划代码。"
            )
        return {"place": place}

    def check(self, work: Judging, line: Line, values: Mapping[str, Any]) -> None:
        if not is_code(values["code"]):
            work.refuse(line, "code", "wrong_code", str(CODE_RULE.message))
        above = str(values.get("parent") or "")
        if above and work.side_of(above) != values["side"]:
            work.refuse(line, "parent", "other_side", "上级在另一方。请核对上级和所属方。")
        place = values.get("place")
        if place is not None and place.side and place.side != values["side"]:
            work.refuse(line, "place", "other_side", "辖区在另一方。请核对。")
        self._check_name(work, line, values)

    def _check_name(self, work: Judging, line: Line, values: Mapping[str, Any]) -> None:
        others = work.codes_by_name.get(values["name"], set()) - {values["code"]}
        taken = sorted(
            code
            for code in others
            if work.side_of(code) == values["side"] and self._keeps(work, code, values)
        )
        if taken:
            message = f"该方已有同名单位（代码 {taken[0]}）。请用它的代码，或改名。"
            work.refuse(line, "name", "repeated_name", message)

    def _keeps(self, work: Judging, code: str, values: Mapping[str, Any]) -> bool:
        """Whether the unit `code` will still bear the name when the file is written."""
        line = work.in_file.get(code)
        told = line.row.values.get("name") if line else None
        return bool((told or getattr(work.stored.get(code), "name", "")) == values["name"])

    def url(self, node: Unit) -> str:
        return reverse("parties:unit_detail", args=[node.pk])
