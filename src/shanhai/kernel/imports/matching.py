"""Which row a line is about: by the key our exports carry, else by `import_key` within one's own side."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from shanhai.kernel.bulk import is_any_of, unique_constraints
from shanhai.kernel.exports.cells import ROW_KEY
from shanhai.kernel.fields import SealedField
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.sheets.reading import ABSENT

from .batch import NEW, Batch, Unread
from .rights import Rights
from .values import comparable

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
    by_key: dict[tuple[Any, ...], list[int]] = {}
    lines = [line for line in batch.right() if batch.match[line] == NEW]
    for line, key in zip(lines, _keys(batch, names, lines), strict=True):
        if not any(part is None or isinstance(part, Unread) for part in key):
            by_key.setdefault(key, []).append(line)
    label = "、".join(
        str(batch.fields[name].label) for name in batch.ledger.import_key if name in batch.fields
    )
    found = _find(batch, names, list(by_key), lock=lock)
    for key, its_lines in by_key.items():
        _refuse_repeated(batch, its_lines, label)
        if key not in found:
            continue
        for line in its_lines:
            batch.match[line] = found[key]
            if not rights.reaches_stored(Verb.VIEW, found[key]):
                batch.refuse_out_of_scope(line)


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
    names, sides = key_names(batch.ledger), {str(unit.side) for unit in batch.units(batch.writes())}
    covered = {name.removesuffix("_index") for name in unique.fields}
    if "owner_unit" in covered:  # has its side
        covered.add("side")
    is_covering = bool(names) and {"side", *names} <= covered and unique.nulls_distinct is not False
    is_searched = sides <= {str(side) for side in batch.actor.sides}
    return is_covering and is_searched and covered.isdisjoint(set().union(*batch.changed.values()))


def _keys(batch: Batch, names: Sequence[str], lines: Sequence[int]) -> list[tuple[Any, ...]]:
    """Side and key values by line; None or Unread for a part that is missing or wrong: told elsewhere."""
    parts = [[comparable(value) for value in batch.finals(name, lines)] for name in names]
    sides = [unit and str(unit.side) for unit in batch.units(lines)]
    return list(zip(sides, *parts, strict=True))


def _find(
    batch: Batch, names: Sequence[str], wanted: list[tuple[Any, ...]], *, lock: bool
) -> dict[tuple[Any, ...], int]:
    """Positions of stored rows by their key. One query."""
    ours = {str(side) for side in batch.actor.sides}
    wanted = [key for key in wanted if key[0] in ours]
    if not wanted:
        return {}
    stored_names = ["side", *(_comparable_field(batch.ledger, name) for name in names)]
    # Beyond the scope as well: a key taken elsewhere on the side must be refused, in words that tell nothing.
    model = batch.ledger.model
    rows = model._base_manager.filter(is_any_of(model, stored_names, list(zip(*wanted, strict=True))))
    columns = [batch.stored.columns[model._meta.get_field(name).attname] for name in stored_names]  # type: ignore[union-attr]
    return {tuple(c[p] for c in columns): p for p in batch.stored.add(rows, lock=lock)}


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
