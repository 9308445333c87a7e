"""References and sensitive values: texts that need more than their cell to be understood."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from shanhai.kernel.exports.cells import Cells
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.fields import ResolvedColumn
from shanhai.kernel.trees import TreeNode

from .lines import Line, Unread

_SMALL_TABLE = 500


def drop_unchanged(lines: Iterable[Line], fields: Mapping[str, ResolvedColumn], actor: Actor) -> None:
    """Forget cells that say what our export says of the stored row: masks and names are no new values."""
    cells = Cells(actor)
    named = [column for column in fields.values() if column.is_sensitive or column.is_reference]
    for line in lines:
        if line.stored is None:
            continue
        for column in named:
            text = _text(line.values.get(column.name))
            if text and text == cells.value(column, line.stored):
                del line.values[column.name]


def _text(value: Any) -> str:
    if isinstance(value, Unread):
        return value.text
    return value if type(value) is str else ""


def read_references(lines: Sequence[Line], fields: Mapping[str, ResolvedColumn], actor: Actor) -> None:
    """Put rows in place of the texts that name them; once per model, however many lines and columns."""
    by_model: dict[type[models.Model], list[str]] = {}
    for column in fields.values():
        if column.related is not None:
            by_model.setdefault(column.related, []).append(column.name)
    for model, names in by_model.items():
        texts = {text for line in lines for name in names if (text := _text(line.values.get(name)))}
        found = _resolved(model, texts, actor) if texts else {}
        for line in lines:
            for name in names:
                if text := _text(line.values.get(name)):
                    line.values[name] = found.get(text) or _unknown(fields[name], text)


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


def read_sealed(lines: Iterable[Line], fields: Mapping[str, ResolvedColumn]) -> None:
    """Seal sensitive texts; what is no such value stays unread with the sentence of its field."""
    sealed = [column for column in fields.values() if column.is_sensitive]
    for line in lines:
        for column in sealed:
            if text := _text(line.values.get(column.name)):
                line.values[column.name] = _sealed(column, text)


def _sealed(column: ResolvedColumn, text: str) -> Any:
    field: Any = column.model_field
    if "*" in text:
        sentence = _("这里隐去了几位，与已存的不一致，不能导入。请填写完整内容，或清空这一格所在的行。")
        return Unread(text, "masked", sentence)
    try:
        return field.sealed(text)
    except ValidationError as refused:
        return Unread(text, "invalid", " ".join(refused.messages))


def refuse_unread(lines: Iterable[Line]) -> None:
    """What is still unread now is wrong."""
    for line in lines:
        for name, value in line.values.items():
            if isinstance(value, Unread):
                line.refuse(name, value.code, value.message, value.text)


def is_same(before: Any, after: Any) -> bool:
    """Whether a stored value and one from a file are equal; an empty text and nothing are the same."""
    if isinstance(before, LedgerModel | models.Model) or isinstance(after, models.Model):
        return getattr(before, "pk", None) == getattr(after, "pk", None)
    return bool(before == after) or (before in (None, "") and after in (None, ""))
