"""Which row a line is about: by the key our exports carry, else by `import_key` within one's own side."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import numpy as np
from django.db import models
from django.utils.translation import gettext as _

from shanhai.kernel.bulk import is_any_of, unique_constraints
from shanhai.kernel.exports.cells import ROW_KEY
from shanhai.kernel.fields import SealedField
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.sheets.coded import Groups, one_code
from shanhai.kernel.sheets.reading import ABSENT

from .batch import Batch, Unread
from .rights import Rights
from .values import comparables

_MOST_NAMED = 5


def match_by_key_of_row(batch: Batch, *, lock: bool) -> None:
    """Lines of an edited export find their rows; a hidden key is refused like one that does not exist."""
    by_key: dict[UUID, list[int]] = {}
    for line, text in enumerate(batch.values.pop(ROW_KEY, ())):
        if text is ABSENT or not text or line in batch.problems:
            continue
        try:
            by_key.setdefault(UUID(str(text)), []).append(line)
        except ValueError:
            batch.refuse(
                line, ROW_KEY, "not_a_key", _("这不是系统编号。请从导出的文件里原样保留，新增的行请留空。")
            )
    if not by_key:
        return
    model = batch.ledger.model
    visible = model._default_manager.filter(is_any_of(model, ["id"], [list(by_key)]))
    found = {batch.stored.key(position): position for position in batch.stored.add(visible, lock=lock)}
    for key, lines in by_key.items():
        _refuse_repeated(batch, lines, _("系统编号"))
        for line in lines:
            if key in found:
                batch.match[line] = found[key]
            else:
                batch.refuse(
                    line,
                    ROW_KEY,
                    "no_such_row",
                    _("没有这个系统编号的记录，或您无权查看。新增的行请留空。"),
                )


def match_by_import_key(batch: Batch, rights: Rights, *, lock: bool) -> None:
    """Lines without a row's key find their rows among those of the actor's own side."""
    names = key_names(batch.ledger)
    if not names:
        return
    lines = batch.new()
    keys = _Keys(batch, names, lines)
    label = "、".join(
        str(batch.fields[name].label) for name in batch.ledger.import_key if name in batch.fields
    )
    for repeated in keys.repeated():
        _refuse_repeated(batch, keys.lines(repeated), label)
    for position, group in _found(batch, names, keys, lock=lock):
        is_visible = rights.reaches_stored(Verb.VIEW, position)
        for line in keys.lines(group):
            batch.match[line] = position
            if not is_visible:
                batch.refuse_out_of_scope(line)


class _Keys:
    """Side and key values of lines; whole where no part is missing or wrong, which is told elsewhere."""

    def __init__(self, batch: Batch, names: Sequence[str], lines: Sequence[int]) -> None:
        sides = batch.units(lines).mapped(lambda unit: unit and str(unit.side))
        parts = [comparables(batch.finals(name, lines).tight()) for name in names]
        self.columns = [one_code(part) for part in (sides, *parts)]
        self._lines = lines
        self.is_whole = np.ones(len(lines), np.bool_)
        for column in self.columns:
            self.is_whole &= ~column.flags(lambda part: part is None or isinstance(part, Unread))
        self.groups = Groups(self.columns, len(lines))

    def lines(self, group: int) -> list[int]:
        return [self._lines[place] for place in self.groups.rows(group)]

    def repeated(self) -> list[int]:
        """Groups of several lines."""
        sizes = np.bincount(self.groups.of[self.is_whole], minlength=len(self.groups))
        found: list[int] = np.flatnonzero(sizes > 1).tolist()
        return found


def key_names(ledger: Ledger[Any]) -> list[str]:
    """Fields that tell rows apart: the import key, and the unit where rows are unique only within one."""
    names = list(ledger.import_key)
    for constraint in unique_constraints(ledger.model):
        covered = {name.removesuffix("_index") for name in constraint.fields}
        if set(names) <= covered and "owner_unit" in covered - set(names):
            return [*names, "owner_unit"]
    return names


def is_settled(batch: Batch, unique: models.UniqueConstraint) -> bool:
    """Whether no line can break a unique constraint any more, once lines are matched by the import key.

    Rows that a constraint covering the key takes for one have one key: two lines with it were refused, and a
    line with that of a stored row is about that row. Unless a line changes what the constraint covers.
    """
    names = key_names(batch.ledger)
    sides = {str(unit.side) for unit in batch.units(batch.writes()).distinct}
    covered = {name.removesuffix("_index") for name in unique.fields}
    if "owner_unit" in covered:  # has its side
        covered.add("side")
    is_covering = bool(names) and {"side", *names} <= covered and unique.nulls_distinct is not False
    is_searched = sides <= {str(side) for side in batch.actor.sides}
    return is_covering and is_searched and covered.isdisjoint(set().union(*batch.changed.values()))


def _found(batch: Batch, names: Sequence[str], keys: _Keys, *, lock: bool) -> list[tuple[int, int]]:
    """Positions of stored rows, each with the group of the lines that are about it. One query."""
    ours = {str(side) for side in batch.actor.sides}
    is_wanted = keys.is_whole & keys.columns[0].flags(ours.__contains__)
    firsts = np.array(keys.groups.firsts, np.intp)
    groups = np.flatnonzero(is_wanted[firsts]) if len(firsts) else firsts
    if not len(groups):
        return []
    wanted = [list(column.take(firsts[groups])) for column in keys.columns]
    stored_names = ["side", *(_comparable_field(batch.ledger, name) for name in names)]
    # Beyond the scope as well: a key taken elsewhere on the side must be refused, in words that tell nothing.
    model = batch.ledger.model
    rows = model._base_manager.filter(is_any_of(model, stored_names, wanted))
    columns = [batch.stored.columns[model._meta.get_field(name).attname] for name in stored_names]  # type: ignore[union-attr]
    by_key = dict(zip(zip(*wanted, strict=True), groups.tolist(), strict=True))
    return [(p, by_key[tuple(c[p] for c in columns)]) for p in batch.stored.add(rows, lock=lock)]


def _comparable_field(ledger: Ledger[Any], name: str) -> str:
    field = ledger.model._meta.get_field(name)
    return f"{name}_index" if isinstance(field, SealedField) else name


def _refuse_repeated(batch: Batch, lines: Sequence[int], label: str) -> None:
    """Which of two lines counts is for the sender to say."""
    if len(lines) == 1:
        return
    numbers = batch.table.numbers
    for line in lines:
        others = [str(numbers[other]) for other in lines if other != line]
        named = "、".join(others[:_MOST_NAMED]) + (" 等" if len(others) > _MOST_NAMED else "")
        sentence = _("与第 %(rows)s 行重复（%(label)s相同）。请只留一行。")
        batch.refuse(line, "", "repeated", sentence % {"rows": named, "label": label})
