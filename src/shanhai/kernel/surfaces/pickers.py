"""Choosing a place or unit from its tree, and any other row by typing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from shanhai.kernel.trees import TreeNode

#: Branches drawn at once; below that only what lies around a choice, so that the page stays light on a phone.
_DRAWN = 80


@dataclass
class _Node:
    pk: Any
    code: str
    label: str
    path: str
    children: list["_Node"] = field(default_factory=list)


@dataclass
class TreePicker:
    """A tree of places or units in memory: some hundred nodes, one query."""

    roots: list[_Node]
    by_code: dict[str, _Node]

    @classmethod
    def load(cls, model: type[TreeNode], keep: Callable[[Any], bool] | None = None) -> Self:
        """Nodes of `model` in order of their path; `keep` leaves some out, their branches move up."""
        nodes: dict[str, _Node] = {}
        roots: list[_Node] = []
        for row in model._default_manager.order_by("path"):
            if keep is not None and not keep(row):
                continue
            node = _Node(row.pk, row.code, str(row), row.path)
            above = _nearest(row.path, nodes)
            (above.children if above else roots).append(node)
            nodes[row.path] = node
        return cls(roots, {node.code: node for node in nodes.values()})

    def __len__(self) -> int:
        return len(self.by_code)

    def path_of(self, code: str) -> str | None:
        node = self.by_code.get(code)
        return node.path if node else None

    def label_of(self, code: str) -> str:
        node = self.by_code.get(code)
        return node.label if node else ""

    def by_key(self, pk: Any) -> "_Node | None":
        return next((node for node in self.by_code.values() if node.pk == pk), None)

    def options(self, chosen: Sequence[str]) -> list[dict[str, Any]]:
        """For components/tree.html, with what is chosen and its surroundings open."""
        paths = [node.path for code in chosen if (node := self.by_code.get(code))]
        depth = self._depth()
        return [_option(node, chosen, paths, depth) for node in self.roots]

    def _depth(self) -> int:
        """The deepest level at which the whole tree is still small enough to draw."""
        depths = sorted(node.path.count(".") for node in self.by_code.values())
        return depths[-1] if len(depths) <= _DRAWN else max(depths[_DRAWN] - 1, depths[0])


def _nearest(path: str, nodes: dict[str, _Node]) -> _Node | None:
    while "." in path:
        path = path.rpartition(".")[0]
        if path in nodes:
            return nodes[path]
    return None


def _option(node: _Node, chosen: Sequence[str], paths: Sequence[str], depth: int) -> dict[str, Any]:
    is_around = any(f"{path}.".startswith(f"{node.path}.") for path in paths)
    is_drawn = node.path.count(".") < depth or is_around
    children = [_option(child, chosen, paths, depth) for child in node.children] if is_drawn else []
    return {
        "value": node.code,
        "label": node.label,
        "selected": node.code in chosen,
        "open": is_around or "." not in node.path or len(children) == 1,
        "children": children,
    }
