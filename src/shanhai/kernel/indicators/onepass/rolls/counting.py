"""Candidates of a window by reason, and counted ones by member, within a scope."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
from django.apps import apps
from django.conf import settings
from numpy.typing import NDArray

from shanhai.engines.stretches import WORD, Flags, Ints
from shanhai.kernel.indicators.compile import groups
from shanhai.kernel.indicators.declare import Grouped
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.indicators.windows import Window

from .block import Block, Lexicons
from .lexicon import Lexicon
from .shape import Shape
from .verdict import COUNTED, Verdict

#: Up to it a sum of doubles is exact.
_EXACT = 2.0**53


@dataclass
class Counted:
    """Rows by the number of their reason; by dimension and member's number counted rows and their weight."""

    reasons: Ints
    rows: dict[str, Ints] = field(default_factory=dict)
    weights: dict[str, NDArray[Any]] = field(default_factory=dict)

    def __add__(self, other: Self) -> "Counted":
        return self._with(other, 1)

    def __sub__(self, other: Self) -> "Counted":
        return self._with(other, -1)

    def _with(self, other: "Counted", sign: int) -> "Counted":
        rows = {code: _added(one, other.rows[code], sign) for code, one in self.rows.items()}
        weights = {code: _added(one, other.weights[code], sign) for code, one in self.weights.items()}
        return Counted(_added(self.reasons, other.reasons, sign), rows, weights)

    @property
    def nbytes(self) -> int:
        return sum(one.nbytes for one in (self.reasons, *self.rows.values(), *self.weights.values()))


def _added(one: NDArray[Any], other: NDArray[Any], sign: int) -> NDArray[Any]:
    """Shape: later members stand behind the earlier ones."""
    width = max(len(one), len(other))
    found = np.zeros(width, np.result_type(one, other))
    found[: len(one)] += one
    found[: len(other)] += sign * other
    return found


def count(shape: Shape, block: Block, lexicons: Lexicons, found: Verdict, rows: Ints) -> Counted:
    """Of some rows. Shape: all dimensions; "" is that without members, the whole."""
    own = found[rows]
    counted = rows[own == COUNTED]
    weights = block.columns["weight"][counted] if "weight" in block.columns else None
    made = Counted(np.bincount(own, minlength=len(shape.ordinals) + 1).astype(np.int64))
    for code in ("", *shape.dimensions):
        name = shape.column_of(code) if code else ""
        members = block.columns[name][counted] if name else np.zeros(len(counted), np.int16)
        width = len(lexicons[name]) if name else 1
        made.rows[code] = np.bincount(members, minlength=width).astype(np.int64)
        made.weights[code] = made.rows[code] if weights is None else _sums(members, weights, width)
    return made


def _sums(members: NDArray[Any], weights: Ints, width: int) -> NDArray[Any]:
    """Exact. Shape: whole numbers, objects where no word holds their sum."""
    most = float(np.abs(weights.astype(np.float64)).sum())
    if most < _EXACT:
        return np.bincount(members, weights, minlength=width).astype(np.int64)
    found = np.zeros(width, np.int64 if most < WORD else object)
    np.add.at(found, members, weights if most < WORD else weights.astype(object))
    return found


class Part:
    """The part of a roll that a scope is about. Shape: `key` is equal for equal parts of one roll."""

    def __init__(self, shape: Shape, lexicons: Lexicons, scope: IndicatorScope, window: Window) -> None:
        #: Column → for each number whether it is in the part.
        self._tables: dict[str, list[Flags]] = {}
        trees = (
            ("unit", settings.SHANHAI_UNIT_MODEL, scope.unit),
            ("place", settings.SHANHAI_PLACE_MODEL, scope.place),
        )
        for code, tree, root in trees:
            if root is not None:
                name = shape.column_of(code)
                self._add(name, in_tree(lexicons[name], tree, root))
        for code, member in scope.only:
            named = members_of(shape, lexicons, code, window)
            self._add(shape.column_of(code), np.array([one == member for one in named], np.bool_))

    @property
    def key(self) -> tuple[Any, ...]:
        return tuple((name, one.tobytes()) for name, tables in self._tables.items() for one in tables)

    def of(self, block: Block, rows: Ints) -> Ints:
        """Those of some rows that are in it."""
        for name, tables in self._tables.items():
            for table in tables:
                rows = rows[table[block.columns[name][rows]]]
        return rows

    def _add(self, name: str, table: Flags) -> None:
        self._tables.setdefault(name, []).append(table)


def in_tree(lexicon: Lexicon, tree: str, root: Any) -> Flags:
    """Whether each node is `root` or lies below it, as the tree stands."""
    nodes = apps.get_model(tree)._base_manager
    path = nodes.filter(pk=root).values_list("path", flat=True).first()
    return flags_of(lexicon, nodes.filter(path__descendant_of=path) if path is not None else nodes.none())


def flags_of(lexicon: Lexicon, nodes: Any) -> Flags:
    """Whether each text is the key of one of the nodes."""
    below = {str(pk) for pk in nodes.values_list("pk", flat=True)}
    return np.array([text in below for text in lexicon.texts], np.bool_)


def members_of(shape: Shape, lexicons: Lexicons, code: str, window: Window) -> list[str]:
    """What each number of the dimension's column is a member of."""
    texts, dimension = lexicons[shape.column_of(code)].texts, shape.dimensions[code]
    if not isinstance(dimension, Grouped):
        return texts
    mapping = _mapping(dimension, window)
    return [mapping.get(text) or "" for text in texts]


def _mapping(dimension: Grouped, window: Window) -> Mapping[str, str]:
    """Text of what is grouped → its group, as it stands in the window."""
    for line in groups(dimension, window):
        return line["mapping"] or {}
    return {}
