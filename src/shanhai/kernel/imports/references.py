"""References: to rows that are stored, and to rows that the same file is about to write.

What a cell refers to is a row in either case; one that is not written yet has its key already. Each distinct
text is looked up once, whatever the number of lines and columns.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from shanhai.kernel.planned import Planned
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.reading import ABSENT
from shanhai.kernel.surfaces.fields import ResolvedColumn
from shanhai.kernel.surfaces.offered import why_no_reference
from shanhai.kernel.trees import TreeNode

from .batch import NEW, Batch, Unread
from .building import FinalColumns, Rows
from .matching import key_names
from .values import comparable_name, map_values, text_of

_SMALL_TABLE = 500
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Misled(Unread):
    """A text that names a wrong row of the file; `pk` is that row's key, for those that refer on."""

    pk: Any


class SheetRows:
    """Some lines of a sheet as the rows they would be, found by what a field of theirs would hold."""

    def __init__(self, batch: Batch, lines: Iterable[int]) -> None:
        self.batch = batch
        self.lines = sorted(lines)
        #: Rows that were found, by line, and their lines by key.
        self.made: dict[int, Any] = {}
        self._line_by_key: dict[Any, int] = {}
        self._columns: dict[str, Sequence[Any]] = {}
        self._by_value: dict[str, dict[Any, list[int]]] = {}

    @cached_property
    def _rows(self) -> Rows:
        return Rows(self.batch)

    @cached_property
    def moved(self) -> set[Any]:
        """Keys of stored rows that will not stay as they are stored."""
        return {self.batch.key(line) for line in self.lines if self.batch.match[line] != NEW}

    def holding(self, wanted: Mapping[str, Collection[Any]]) -> list[Any]:
        """Rows in which one of the fields holds a wanted value, in the order of the file."""
        found: set[int] = set()
        for name, values in wanted.items():
            lines = self._lines_by(name)
            found.update(line for value in values for line in lines.get(value, ()))
        match = self.batch.match
        self.batch.stored.load(match[line] for line in found if match[line] != NEW)
        return [self._row(line, wanted) for line in sorted(found)]

    def _lines_by(self, name: str) -> dict[Any, list[int]]:
        if name not in self._by_value:
            self._columns[name] = FinalColumns(self.batch, self.lines, {})[name]
            by_value = self._by_value[name] = {}
            for line, value in zip(self.lines, self._columns[name], strict=True):
                by_value.setdefault(value, []).append(line)
        return self._by_value[name]

    def _row(self, line: int, names: Iterable[str]) -> Any:
        if line not in self.made:
            self.made[line] = self._rows.row(line)
            self._line_by_key[self.made[line].pk] = line
        row, place = self.made[line], bisect_left(self.lines, line)
        row.__dict__ |= {name: self._columns[name][place] for name in names}  # indexes, which no line says
        return row

    def line_of(self, row: Any) -> int | None:
        """The line that a row was made from; None for one that is only stored."""
        return self._line_by_key.get(row.pk)

    def is_renamed(self, line: int) -> bool:
        """Whether the line changes what its stored row is found by."""
        changed = self.batch.changed.get(line, ())
        return any(comparable_name(self.batch.fields[name]) in self._columns for name in changed)


@dataclass
class PlannedRows(Planned):
    """Rows of the sheets that were planned so far, by model."""

    sheets: dict[type[models.Model], SheetRows] = field(default_factory=dict)

    def joined(self, stored: QuerySet[Any], **wanted: Collection[Any]) -> list[Any]:
        rows, sheet = list(stored), self.sheets.get(stored.model)
        if sheet is None:
            return rows
        return [row for row in rows if row.pk not in sheet.moved] + sheet.holding(wanted)

    def line_of(self, row: Any) -> int | None:
        sheet = self.sheets.get(type(row))
        return None if sheet is None else sheet.line_of(row)


@dataclass
class FileRows:
    """What a file holds beside the sheet that is being read."""

    #: Rows that will be there.
    right: PlannedRows = field(default_factory=PlannedRows)
    #: The same, and new ones that are wrong: to say so of what refers to them.
    all: PlannedRows = field(default_factory=PlannedRows)

    def add(self, batch: Batch, lines: Sequence[int]) -> None:
        """Let texts mean these lines of a sheet from now on."""
        wrong = [line for line in batch.problems if batch.match[line] == NEW]
        self.right.sheets[batch.ledger.model] = SheetRows(batch, lines)
        self.all.sheets[batch.ledger.model] = SheetRows(batch, {*lines, *wrong})


def read_references(batch: Batch, rows: FileRows) -> None:
    """Put rows in place of the texts that name them; rows of the own ledger come later, see below."""
    own = _own_names(batch)
    _read(batch, rows, [name for name in batch.fields if name not in own])


def read_own_references(batch: Batch, rows: FileRows) -> None:
    """References among the lines of one sheet, once each line has its row."""
    names = _own_names(batch)
    if not names:
        return
    rows.add(batch, batch.right())
    _read(batch, rows, names)
    for name in names:
        _complete(batch, rows.right, name)
        _refuse_circles(batch, rows.right, name)


def _own_names(batch: Batch) -> list[str]:
    """References to the own ledger; what a row is found by cannot wait for the row to be found."""
    own, known_by = batch.ledger.model, key_names(batch.ledger)
    return [
        name
        for name, column in batch.fields.items()
        if column.related is own and name in batch.values and name not in known_by
    ]


def _read(batch: Batch, rows: FileRows, names: Iterable[str]) -> None:
    by_model: dict[type[models.Model], list[str]] = {}
    for name in names:
        related = batch.fields[name].related
        if related is not None and name in batch.values:
            by_model.setdefault(related, []).append(name)
    for model, its_names in by_model.items():
        texts = {
            text for name in its_names for value in batch.values[name].distinct if (text := text_of(value))
        }
        found = _resolved(model, texts, batch, rows.right) if texts else {}
        misled = dict(_misled(model, texts - found.keys(), batch, rows))
        for name in its_names:
            column = batch.fields[name]
            meant = found | _by_number(column, batch, name, texts - found.keys() - misled.keys())
            batch.meant[name] = {text: _told(row, rows.right) for text, row in sorted(meant.items())}
            map_values(batch, name, _referring(column, meant, misled, batch.actor))


def _by_number(column: ResolvedColumn, batch: Batch, name: str, missing: Collection[str]) -> dict[str, Any]:
    """People whom other units keep, of those that this column names, where its ledger declares it."""
    if column.asked is None or not missing:
        return {}
    texts = [text for value in batch.values[name].distinct if (text := text_of(value)) in missing]
    found: dict[str, Any] = column.target.found_by_number(texts, column.asked, batch.actor)
    return found


def _told(row: Any, planned: PlannedRows) -> str:
    """Which row is meant, the same however often the file is planned."""
    line = planned.line_of(row)
    return str(row.pk) if line is None else f"line {line}"


def _referring(
    column: ResolvedColumn, found: Mapping[str, Any], misled: Mapping[str, Unread], actor: Actor
) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if not (text := text_of(value)):
            return None
        return found.get(text) or misled.get(text) or _unknown(column, text, actor)

    return read


def _resolved(
    model: type[models.Model], texts: Collection[str], batch: Batch, planned: Planned
) -> dict[str, Any]:
    found: dict[str, Any]
    if issubclass(model, LedgerModel):
        found = model.resolve_references(texts, planned)
    elif hasattr(model, "resolve_references"):
        found = model.resolve_references(texts)
    else:
        found = {str(row): row for row in model._default_manager.all()[:_SMALL_TABLE]}
    if getattr(model, "is_personal", False):
        # People of the other side are never found: otherwise a file would answer who is registered there.
        return {text: row for text, row in found.items() if row.side in batch.actor.sides}
    return found


def _misled(
    model: type[models.Model], texts: Collection[str], batch: Batch, rows: FileRows
) -> Iterator[tuple[str, Unread]]:
    """Texts that name a row of the file which is wrong itself."""
    sheet = rows.all.sheets.get(model)
    if sheet is None or not texts:
        return
    for text, row in _resolved(model, texts, batch, rows.all).items():
        line = sheet.line_of(row)
        if text in texts and line is not None:
            yield text, Misled(text, "refers_to_wrong", _points_at_wrong(sheet.batch, line), row.pk)


def _points_at_wrong(batch: Batch, line: int) -> str:
    told = {"row": batch.table.numbers[line], "sheet": batch.table.places[line].sheet}
    sentence = (
        _("指向的第 %(row)s 行（工作表“%(sheet)s”）本身有错。请两处一起改好，再重新上传。")
        if told["sheet"]
        else _("指向的第 %(row)s 行本身有错。请两处一起改好，再重新上传。")
    )
    return sentence % told


def _unknown(column: ResolvedColumn, text: str, actor: Actor) -> Unread:
    why = why_no_reference(column, text)
    if not why and column.asked is not None:
        why = column.target.why_not_by_number(text, column.asked, actor)
    if why:
        return Unread(text, "unknown_reference", why)
    if column.is_personal:
        sentence = _("没有找到这个人员，或您无权引用。请填写已登记人员的完整身份证号。")
        if getattr(column.related, "reference_field", ""):  # about a person, by a number of its own
            sentence = _("没有找到这个编号，或您无权引用。请核对编号，或先导入它所在的表。")
        return Unread(text, "unknown_reference", sentence)
    if column.related is not None and issubclass(column.related, TreeNode):
        sentence = _("没有找到“%(text)s”，或有重名。请填写全称（如：湄潭县/永兴镇）或代码。")
    else:
        sentence = _("没有找到“%(text)s”，有重名，或您无权引用。请核对名称，或改填编号。")
    return Unread(text, "unknown_reference", sentence % {"text": text[:60]})


def _complete(batch: Batch, planned: PlannedRows, name: str) -> None:
    """Rows of the sheet that were made to be referred to had not read this reference of their own yet."""
    for line, row in planned.sheets[batch.ledger.model].made.items():
        value = batch.values[name][line]
        if value is not ABSENT and not isinstance(value, Unread):
            setattr(row, name, value)


def _targets(batch: Batch, planned: PlannedRows, name: str) -> dict[int, int]:
    """Which line each line refers to, where that is a line of its own sheet."""
    found = {}
    for line, value in enumerate(batch.values[name]):
        if isinstance(value, batch.ledger.model) and (target := planned.line_of(value)) is not None:
            found[line] = target
    return found


def _refuse_circles(batch: Batch, planned: PlannedRows, name: str) -> None:
    for circle in circles(_targets(batch, planned, name)):
        numbers = [str(batch.table.numbers[line]) for line in circle]
        rows = "、".join(numbers[:_MOST_NAMED]) + (" 等" if len(numbers) > _MOST_NAMED else "")
        sentence = (
            _("这一行指向了它自己。请改填别的，或留空。")
            if len(circle) == 1
            else _("第 %(rows)s 行首尾相接，互相指向。请改正其中一处。") % {"rows": rows}
        )
        for line in circle:
            batch.refuse(line, name, "circular_reference", sentence)


def circles(targets: Mapping[int, int]) -> list[list[int]]:
    """The rings in a graph where each node points at one other at most; nodes of a ring in their order."""
    found: list[list[int]] = []
    seen: set[int] = set()
    for start in sorted(targets):
        way: dict[int, int] = {}
        at: int | None = start
        while at is not None and at not in seen:
            seen.add(at)
            way[at] = len(way)
            at = targets.get(at)
        if at in way:
            found.append(sorted(list(way)[way[at] :]))
    return found


def judge_own_references(batch: Batch, rows: FileRows) -> None:
    """Whatever refers to a new row of the sheet that turned out wrong is wrong as well, and so on."""
    sheet = rows.right.sheets.get(batch.ledger.model)
    if sheet is None:
        return
    referring: dict[int, list[tuple[int, str]]] = {}
    for name in _own_names(batch):
        for line, target in _targets(batch, rows.right, name).items():
            referring.setdefault(target, []).append((line, name))
    wrong = list(batch.problems)
    while wrong:
        target = wrong.pop()
        is_gone = batch.match[target] == NEW or sheet.is_renamed(target)
        for line, name in referring.get(target, ()) if is_gone else ():
            if line not in batch.problems:
                wrong.append(line)
                batch.refuse(line, name, "refers_to_wrong", _points_at_wrong(batch, target))
