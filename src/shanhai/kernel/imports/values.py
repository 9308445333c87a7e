"""Sensitive values and rules of fields: from what the cells say to what the model holds.

Each works on a whole column and on each distinct value once.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

import numpy as np
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shanhai.kernel.exports.cells import Cells
from shanhai.kernel.fields import SealedField
from shanhai.kernel.sealing import SealedTexts
from shanhai.kernel.sheets.coded import Coded
from shanhai.kernel.sheets.problems import SheetProblem
from shanhai.kernel.sheets.reading import ABSENT
from shanhai.kernel.surfaces.fields import ResolvedColumn
from shanhai.kernel.surfaces.typed import stored as stored_value

from .batch import NEW, Batch, Unread, is_other
from .cleaning import known_clean

#: By field: what is wrong with a value, in sentences.
type Invalid = dict[str, dict[Any, Sequence[Any]]]


def read_values(batch: Batch) -> Invalid:
    """Values of the model in place of texts; what the rules of a field refuse is told of lines that write."""
    invalid: Invalid = {}
    for name, column in batch.fields.items():
        if name in batch.values and not column.is_reference:
            if column.is_sensitive:
                _seal(batch, name, column)
            else:
                _clean(batch, name, column, invalid)
    if "owner_unit" in batch.values:  # an empty cell names no other unit
        map_values(batch, "owner_unit", lambda unit: unit or ABSENT)
    return invalid


def map_values(batch: Batch, name: str, read: Callable[[Any], Any]) -> None:
    """Put what `read` makes of each distinct value of a column in its place."""
    column = batch.values[name].mapped(lambda value: value if value is ABSENT else read(value))
    batch.values[name] = column
    if column.any(lambda value: isinstance(value, Unread)):
        batch.unread.add(name)


def text_of(value: Any) -> str:
    """What a cell said, as far as that is a text."""
    if isinstance(value, Unread):
        return value.text
    return value if type(value) is str else ""


def _seal(batch: Batch, name: str, column: ResolvedColumn) -> None:
    """Seal sensitive texts; what is no such value stays unread with the sentence of its field."""
    said, field = batch.values[name], cast("SealedField", column.model_field)
    written = [text_of(value) for value in said.distinct]
    others = {
        place: _not_sealed(column, text, value)
        for place, (text, value) in enumerate(zip(written, said.distinct, strict=True))
        if not text or "*" in text
    }
    wanted = [place for place in range(len(written)) if place not in others]
    texts: list[str | None] = [None] * len(written)
    normalised = field.normalised([written[place] for place in wanted])
    for place, found in zip(wanted, normalised, strict=True):
        if isinstance(found, ValidationError):
            others[place] = Unread(written[place], "invalid", " ".join(found.messages))
        else:
            texts[place] = found
    batch.values[name] = Coded(field.sealed_texts(texts, others), said.codes)
    if any(isinstance(value, Unread) for value in others.values()):
        batch.unread.add(name)


def _not_sealed(column: ResolvedColumn, text: str, value: Any) -> Any:
    """What an empty or masked cell stands for."""
    if not text:
        return value if value is ABSENT else stored_value(column, value)
    sentence = _("这里隐去了几位，与已存的不一致，不能导入。请填写完整内容，或清空这一格所在的行。")
    return Unread(text, "masked", sentence)


def _clean(batch: Batch, name: str, column: ResolvedColumn, invalid: Invalid) -> None:
    """Values by the rules of their field, once for each distinct one."""
    field: Any = column.model_field
    example = batch.ledger.model()
    stored = batch.values[name].mapped(
        lambda value: value if value is ABSENT else stored_value(column, value)
    )
    is_blank_told = field.blank or column.is_required  # what is missing is told in other words
    is_clean = known_clean(field, stored.distinct)

    def read(value: Any) -> Any:
        if value is ABSENT or is_clean(value) or (is_blank_told and value in field.empty_values):
            return value
        try:
            return field.clean(value, example)
        except ValidationError as refused:
            invalid.setdefault(name, {})[value] = refused.messages
            return value

    batch.values[name] = stored.mapped(read)


def wrong_cells(batch: Batch) -> dict[int, SheetProblem]:
    """Lines with a cell that is wrong whatever is stored, each with the first such cell."""
    found = {line: problems[0] for line, problems in batch.problems.items()}
    for name in batch.unread:
        column = batch.values[name]
        for line in np.flatnonzero(is_other(column, _is_wrong)).tolist():
            if line not in found:
                why = column[line]
                found[line] = batch.table.problem(
                    line, batch.columns.get(name), why.code, why.message, why.text
                )
    return found


def _is_wrong(value: Any) -> bool:
    """No mask and no name, which may be what an export says of the stored row."""
    return isinstance(value, Unread) and value.code == "invalid"


def settle_unread(batch: Batch) -> None:
    """A mask or name that is what our export says of the stored row is no new value; others are wrong."""
    opened = {
        name: np.flatnonzero(is_other(column, lambda value: isinstance(value, Unread)))
        for name, column in batch.values.items()
        if name in batch.unread
    }
    _load_matched(batch, {line for lines in opened.values() for line in lines.tolist()})
    cells = Cells(batch.actor)
    for name, lines in opened.items():
        is_settled = np.zeros(len(lines), np.bool_)
        for number, line in enumerate(lines.tolist()):
            unread, position = batch.values[name][line], batch.match[line]
            is_settled[number] = position != NEW and unread.text == cells.value(
                batch.fields[name], batch.stored.row(position)
            )
            if not is_settled[number]:
                batch.refuse(line, name, unread.code, unread.message, unread.text)
        settled = lines[is_settled]
        batch.values[name] = batch.values[name].replaced(settled, Coded.same(ABSENT, len(settled)))


def _load_matched(batch: Batch, lines: Iterable[int]) -> None:
    batch.stored.load({position for line in lines if (position := batch.match[line]) != NEW})


def compare(batch: Batch) -> None:
    """Which fields of which lines differ from the stored row; an empty text and nothing are the same."""
    lines = np.flatnonzero(batch.positions() != NEW)
    about = list(zip(lines.tolist(), batch.positions()[lines].tolist(), strict=True))
    changed: dict[int, list[str]] = {}
    for name in batch.fields if about else ():
        said = batch.values.get(name)
        if said is None:
            continue
        before = _comparable_stored(batch, name)
        for (line, position), after in zip(about, comparables(said.take(lines).tight()), strict=True):
            if after is not ABSENT and not _is_same(before[position], after):
                changed.setdefault(line, []).append(name)
    batch.changed = {line: tuple(names) for line, names in changed.items()}


def comparables(column: Coded[Any]) -> Coded[Any]:
    """`comparable` of a whole column."""
    if isinstance(column.distinct, SealedTexts):
        return Coded(column.distinct.compared(comparable), column.codes)
    return column.mapped(comparable)


def _comparable_stored(batch: Batch, name: str) -> list[Any]:
    """Of a sealed field its index, of a reference the key."""
    return batch.stored.columns[comparable_name(batch.fields[name])]


def comparable_name(column: ResolvedColumn) -> str:
    """The stored column in which values of a field can be compared."""
    field: Any = column.model_field
    return f"{field.name}_index" if column.is_sensitive else str(field.attname)


def comparable(value: Any) -> Any:
    """A value as `comparable_name` stores it."""
    index = getattr(value, "blind_index", None)
    return getattr(value, "pk", value) if index is None else index


def _is_same(before: Any, after: Any) -> bool:
    return bool(before == after) or (before in (None, "") and after in (None, ""))
