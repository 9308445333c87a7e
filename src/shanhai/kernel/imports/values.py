"""References, sensitive values and rules of fields: from what the cells say to what the model holds.

Each works on a whole column and on each distinct value once.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from shanhai.kernel.exports.cells import Cells
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.reading import ABSENT
from shanhai.kernel.surfaces.fields import ResolvedColumn
from shanhai.kernel.surfaces.typed import stored as stored_value
from shanhai.kernel.trees import TreeNode

from .batch import NEW, Batch, Unread

_SMALL_TABLE = 500

#: By field: what is wrong with a value, in sentences.
type Invalid = dict[str, dict[Any, Sequence[Any]]]


def read_values(batch: Batch) -> Invalid:
    """Values of the model in place of texts; what the rules of a field refuse is told of lines that write."""
    _read_references(batch)
    invalid: Invalid = {}
    for name, column in batch.fields.items():
        if name in batch.values and not column.is_reference:
            read = _sealing(column) if column.is_sensitive else _cleaning(batch, column, invalid)
            _map(batch, name, read)
    if "owner_unit" in batch.values:  # an empty cell names no other unit
        _map(batch, "owner_unit", lambda unit: unit or ABSENT)
    return invalid


def _map(batch: Batch, name: str, read: Callable[[Any], Any]) -> None:
    values = batch.values[name]
    known = {value: value if value is ABSENT else read(value) for value in set(values)}
    batch.values[name] = list(map(known.__getitem__, values))
    if any(isinstance(value, Unread) for value in known.values()):
        batch.unread.add(name)


def _text(value: Any) -> str:
    if isinstance(value, Unread):
        return value.text
    return value if type(value) is str else ""


def _read_references(batch: Batch) -> None:
    """Put rows in place of the texts that name them; once per model, however many lines and columns."""
    by_model: dict[type[models.Model], list[str]] = {}
    for name, column in batch.fields.items():
        if column.related is not None and name in batch.values:
            by_model.setdefault(column.related, []).append(name)
    for model, names in by_model.items():
        texts = {text for name in names for value in set(batch.values[name]) if (text := _text(value))}
        found = _resolved(model, texts, batch.actor) if texts else {}
        for name in names:
            batch.meant[name] = {text: str(row.pk) for text, row in sorted(found.items())}
            _map(batch, name, _referring(batch.fields[name], found))


def _referring(column: ResolvedColumn, found: Mapping[str, Any]) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        return (found.get(text) or _unknown(column, text)) if (text := _text(value)) else None

    return read


def _resolved(model: type[models.Model], texts: set[str], actor: Actor) -> dict[str, Any]:
    resolver = getattr(model, "resolve_references", None)
    if resolver is None:
        return {str(row): row for row in model._default_manager.all()[:_SMALL_TABLE]}
    found: dict[str, Any] = resolver(texts)
    if getattr(model, "is_personal", False):
        # People of the other side are never found: otherwise a file would answer who is registered there.
        return {text: row for text, row in found.items() if row.side in actor.sides}
    return found


def _unknown(column: ResolvedColumn, text: str) -> Unread:
    if column.is_personal:
        sentence = _("没有找到这个人员，或您无权引用。请填写已登记人员的完整身份证号。")
        return Unread(text, "unknown_reference", sentence)
    if column.related is not None and issubclass(column.related, TreeNode):
        sentence = _("没有找到“%(text)s”，或有重名。请填写全称（如：湄潭县/永兴镇）或代码。")
    else:
        sentence = _("没有找到“%(text)s”，有重名，或您无权引用。请核对名称，或改填编号。")
    return Unread(text, "unknown_reference", sentence % {"text": text[:60]})


def _sealing(column: ResolvedColumn) -> Callable[[Any], Any]:
    """Seal sensitive texts; what is no such value stays unread with the sentence of its field."""
    field: Any = column.model_field

    def read(value: Any) -> Any:
        text = _text(value)
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
