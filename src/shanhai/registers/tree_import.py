"""Excel into a tree of the registers: units and places, whose parents may stand in the same file."""

from abc import abstractmethod
from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.sheets.columns import SheetColumn
from shanhai.kernel.sheets.reading import SheetRow
from shanhai.kernel.trees import TreeNode

from .authority import managed_sides
from .importing import Fate, Importer, Line


class TreeImporter[M: TreeNode](Importer):
    """Lines are told apart by `code`; a column that the file does not have changes nothing."""

    model: ClassVar[Any]
    #: Columns that are fields of the model, `parent` and other references aside.
    plain: ClassVar[tuple[str, ...]]

    def judge(self, rows: Sequence[SheetRow], actor: Actor) -> list[Line]:
        by_name = {column.name: column for column in self.columns(actor)}
        lines = [Line(row, label=str(row.values.get("name") or row.values.get("code") or "")) for row in rows]
        work = Judging(
            self, by_name, lines, sides=managed_sides(actor), stored=self._stored(), found=self.look_up(rows)
        )
        work.run()
        return lines

    def _stored(self) -> dict[str, Any]:
        """Nodes by code, each knowing its parent as the very object that stands in here."""
        nodes = {node.pk: node for node in self.model.objects.order_by("path")}
        for node in nodes.values():
            if node.parent_id is not None:
                node.parent = nodes[node.parent_id]
        return {node.code: node for node in nodes.values()}

    def look_up(self, rows: Sequence[SheetRow]) -> Mapping[str, Any]:
        """What further references name, looked up for the whole file at once; `Judging.found`."""
        return {}

    @abstractmethod
    def references(self, work: "Judging", line: Line) -> dict[str, Any]:
        """Values of further references of a line; what names nothing is refused there."""

    @abstractmethod
    def check(self, work: "Judging", line: Line, values: Mapping[str, Any]) -> None:
        """Rules of this register for a line whose values are read."""

    def url(self, node: Any) -> str:
        """Address of a stored node."""
        return ""

    def write(self, lines: Sequence[Line], actor: Actor) -> None:
        """Parents first, so that every path follows from one that is right already."""
        nodes = self._stored()
        for line in lines:
            if line.fate is Fate.NEW:
                nodes[line.code] = self.model(code=line.code)
        for line in lines:
            for name, value in line.payload.items():
                setattr(nodes[line.code], name, nodes.get(value) if name == "parent" else value)
        fresh = []
        for node in sorted((nodes[line.code] for line in lines), key=_depth):
            if node._state.adding:
                node.path = f"{node.parent.path}.{node.code}" if node.parent else node.code
                fresh.append(node)
            else:
                node.save()
        self.model.objects.bulk_create(fresh, batch_size=1000)

    def count(self, lines: Sequence[Line]) -> int:
        return int(self.model.objects.filter(code__in=[line.code for line in lines]).count())


def _depth(node: Any) -> int:
    """There is no circle: `Judging` saw to that."""
    return 0 if node.parent is None else 1 + _depth(node.parent)


class Judging:
    """One file against what is stored."""

    def __init__(
        self,
        importer: TreeImporter[Any],
        columns: Mapping[str, SheetColumn],
        lines: Sequence[Line],
        *,
        sides: Collection[Side],
        stored: Mapping[str, Any],
        found: Mapping[str, Any],
    ) -> None:
        self.importer, self.columns, self.lines = importer, columns, lines
        self.sides, self.stored, self.found = sides, stored, found
        self.in_file: dict[str, Line] = {}
        self.parents = {code: node.parent.code if node.parent else "" for code, node in stored.items()}
        self.codes_by_name = self._names()

    def _names(self) -> dict[str, set[str]]:
        names: dict[str, set[str]] = {}
        for code, node in self.stored.items():
            names.setdefault(node.name, set()).add(code)
        for line in self.lines:
            told, named = line.row.values.get("code"), line.row.values.get("name")
            if told and named:
                names.setdefault(str(named), set()).add(str(told))
        return names

    def run(self) -> None:
        for line in self.lines:
            self._register(line)
        read = [(line, self._values(line)) for line in self.lines if line.fate is not Fate.WRONG]
        for _line, values in read:
            self.parents[values["code"]] = values.get("parent", self.parents.get(values["code"], ""))
        for line, values in read:
            self._check(line, values)
            if line.fate is not Fate.WRONG:
                self._decide(line, values)

    def refuse(self, line: Line, name: str, code: str, message: str) -> None:
        line.refuse(self.columns[name], code, message)

    def _register(self, line: Line) -> None:
        code = line.row.values.get("code")
        if code is None:
            return
        first = self.in_file.setdefault(str(code), line)
        if first is not line:
            message = _("代码与第 %(row)s 行相同。请删去一行。") % {"row": first.row.number}
            self.refuse(line, "code", "repeated", message)

    def _values(self, line: Line) -> dict[str, Any]:
        given = line.row.values
        values = {
            name: given[name] if given[name] is not None else self._empty(name)
            for name in self.importer.plain
            if name in given
        }
        if "parent" in given:
            values["parent"] = self._parent(line, str(given["parent"] or ""))
        return values | self.importer.references(self, line)

    def _empty(self, name: str) -> Any:
        return None if self.importer.model._meta.get_field(name).null else ""

    def _parent(self, line: Line, text: str) -> str:
        if not text or text in self.stored or text in self.in_file:
            return text
        codes = self.codes_by_name.get(text, set())
        if len(codes) == 1:
            return next(iter(codes))
        message = (
            _("有几个“%(text)s”。请改填代码。")
            if codes
            else _("没有找到上级“%(text)s”。请填它的代码，或把它也写进文件。")
        )
        self.refuse(line, "parent", "unknown_parent", message % {"text": text})
        return ""

    def _check(self, line: Line, values: Mapping[str, Any]) -> None:
        node = self.stored.get(values["code"])
        if node is not None and node.side and node.side not in self.sides:
            self.refuse(line, "code", "not_ours", _("这个代码属于另一方，不归您管理。请核对代码。"))
        if values.get("side") and values["side"] not in self.sides:
            self.refuse(line, "side", "not_ours", _("您只能导入本方的。请核对所属方。"))
        first, last = (values.get(name, getattr(node, name, None)) for name in ("valid_from", "valid_to"))
        if first and last and last < first:
            self.refuse(line, "valid_to", "wrong_order", _("停用日期早于启用日期。请核对。"))
        if self._is_in_circle(values["code"]):
            self.refuse(line, "parent", "circle", _("上级绕回到了自己。请核对上级。"))
        self.importer.check(self, line, values)

    def _is_in_circle(self, code: str) -> bool:
        seen = {code}
        above = self.parents.get(code, "")
        while above and above not in seen:
            seen.add(above)
            above = self.parents.get(above, "")
        return bool(above)

    def side_of(self, code: str) -> str:
        """The side that a node will be on."""
        line = self.in_file.get(code)
        told = line.row.values.get("side") if line else None
        return str(told or getattr(self.stored.get(code), "side", ""))

    def _decide(self, line: Line, values: dict[str, Any]) -> None:
        node = self.stored.get(values["code"])
        line.payload, line.code = values, values["code"]
        if node is None:
            line.fate = Fate.NEW
            return
        line.url = self.importer.url(node)
        line.changes = [
            {
                "label": self.columns[name].label,
                "before": self._said(name, old),
                "after": self._said(name, new),
            }
            for name, new in values.items()
            if (old := _stored_value(node, name)) != new
        ]
        line.fate = Fate.CHANGED if line.changes else Fate.SAME

    def _said(self, name: str, value: Any) -> str:
        return str(dict(self.columns[name].choices).get(value, "" if value is None else value))


def _stored_value(node: Any, name: str) -> Any:
    if name == "parent":
        return node.parent.code if node.parent else ""
    return getattr(node, name)
