"""Sensitive values and rules of fields: from what the cells say to what the model holds.

Each works on a whole column and on each distinct value once.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shanhai.kernel.exports.cells import Cells
from shanhai.kernel.sheets.reading import ABSENT
from shanhai.kernel.surfaces.fields import ResolvedColumn
from shanhai.kernel.surfaces.typed import stored as stored_value

from .batch import NEW, Batch, Unread

#: By field: what is wrong with a value, in sentences.
type Invalid = dict[str, dict[Any, Sequence[Any]]]


def read_values(batch: Batch) -> Invalid:
    """Values of the model in place of texts; what the rules of a field refuse is told of lines that write."""
    invalid: Invalid = {}
    for name, column in batch.fields.items():
        if name in batch.values and not column.is_reference:
            read = _sealing(column) if column.is_sensitive else _cleaning(batch, column, invalid)
            map_values(batch, name, read)
    if "owner_unit" in batch.values:  # an empty cell names no other unit
        map_values(batch, "owner_unit", lambda unit: unit or ABSENT)
    return invalid


def map_values(batch: Batch, name: str, read: Callable[[Any], Any]) -> None:
    """Put what `read` makes of each distinct value of a column in its place."""
    values = batch.values[name]
    known = {value: value if value is ABSENT else read(value) for value in set(values)}
    batch.values[name] = list(map(known.__getitem__, values))
    if any(isinstance(value, Unread) for value in known.values()):
        batch.unread.add(name)


def text_of(value: Any) -> str:
    """What a cell said, as far as that is a text."""
    if isinstance(value, Unread):
        return value.text
    return value if type(value) is str else ""


def _sealing(column: ResolvedColumn) -> Callable[[Any], Any]:
    """Seal sensitive texts; what is no such value stays unread with the sentence of its field."""
    field: Any = column.model_field

    def read(value: Any) -> Any:
        text = text_of(value)
        if not text:
            return stored_value(column, value)
        if "*" in text:
            sentence = _("这里隐去了几位，与已存的不一致，不能导入。请填写完整内容，或清空这一格所在的行。")
            return Unread(text, "masked", sentence)
        try:
            return field.sealed(text)
        except ValidationError as refused:
            return Unread(text, "invalid", " ".join(refused.messages))

    return read


def _cleaning(batch: Batch, column: ResolvedColumn, invalid: Invalid) -> Callable[[Any], Any]:
    """Values by the rules of their field, once for each distinct one."""
    field: Any = column.model_field
    example = batch.ledger.model()

    def read(value: Any) -> Any:
        value = stored_value(column, value)
        if value in field.empty_values and (field.blank or column.is_required):
            return value  # what is missing is told in other words
        try:
            return field.clean(value, example)
        except ValidationError as refused:
            invalid.setdefault(column.name, {})[value] = refused.messages
            return value

    return read


def settle_unread(batch: Batch) -> None:
    """A mask or name that is what our export says of the stored row is no new value; others are wrong."""
    open_cells = [
        (line, name)
        for name, column in batch.values.items()
        if name in batch.unread
        for line, value in enumerate(column)
        if isinstance(value, Unread)
    ]
    _load_matched(batch, {line for line, _name in open_cells})
    cells = Cells(batch.actor)
    for line, name in open_cells:
        unread = batch.values[name][line]
        position = batch.match[line]
        is_stored = position != NEW and unread.text == cells.value(
            batch.fields[name], batch.stored.row(position)
        )
        if is_stored:
            batch.values[name][line] = ABSENT
        else:
            batch.refuse(line, name, unread.code, unread.message, unread.text)


def _load_matched(batch: Batch, lines: Iterable[int]) -> None:
    batch.stored.load({position for line in lines if (position := batch.match[line]) != NEW})


def compare(batch: Batch) -> None:
    """Which fields of which lines differ from the stored row; an empty text and nothing are the same."""
    about = [(line, position) for line, position in enumerate(batch.match) if position != NEW]
    changed: dict[int, list[str]] = {}
    for name in batch.fields:
        said = batch.values.get(name)
        if said is None:
            continue
        before = _comparable_stored(batch, name)
        for line, position in about:
            value = said[line]
            if value is not ABSENT and not _is_same(before[position], comparable(value)):
                changed.setdefault(line, []).append(name)
    batch.changed = {line: tuple(names) for line, names in changed.items()}


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
