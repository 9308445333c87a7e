"""Rights, row life, rules of fields, ledger and database: judged for all lines of a file at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import batched
from types import SimpleNamespace
from typing import Any

import numpy as np
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from shanhai.kernel import bulk
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.restricted import is_restricted, restricted_problems
from shanhai.kernel.sheets.coded import Coded, Groups, one_code

from .batch import NEW, OUT_OF_SCOPE, Batch, is_other
from .building import FinalColumns, Rows
from .matching import is_settled
from .rights import Doors, Rights
from .values import Invalid, comparables

#: Rows that the rules of a ledger see at a time. They look things up once for each lot.
_LOT = 10_000

#: Field, code and sentence of what is wrong with a line.
type Why = tuple[str, str, Any]


def judge_missing(batch: Batch) -> None:
    """Required fields of the rows as they would be."""
    writes = batch.writes()
    for name, column in batch.fields.items():
        if column.is_required:
            sentence = _("必须填写「%(label)s」。请补填，或删去这一行。") % {"label": column.label}
            missing = is_other(batch.finals(name, writes), lambda value: value is None or value == "")
            for place in np.flatnonzero(missing).tolist():
                batch.refuse(writes[place], name, "required", sentence)


def judge_rights(batch: Batch, rights: Rights) -> None:
    """Each row by itself: importing widens nobody's reach. Changed rows must be in reach before and after.

    New rows of one unit, place and period are answered alike, so they are asked about once.
    """
    lines, judge = batch.writes(), _Judge(batch, rights)
    about = Coded.each(range(-1, len(batch.stored))).take(batch.positions(lines) + 1)
    asked = [about, *(batch.finals(name, lines) for name in ("owner_unit", "place", "period"))]
    groups = _agreeing(asked, len(lines))
    for group, first in enumerate(groups.firsts):
        if problem := judge.of(*(column[first] for column in asked)):
            for place in groups.rows(group):
                batch.refuse(lines[place], *problem)


class _Judge:
    def __init__(self, batch: Batch, rights: Rights) -> None:
        self._batch, self._rights = batch, rights
        self._doors = Doors(batch.ledger, batch.stored)
        self._known: dict[Any, Why | None] = {}

    def of(self, *asked: Any) -> Why | None:
        """Field, code and sentence of what is wrong, by stored row (position), unit, place and period."""
        if asked not in self._known:
            self._known[asked] = self._found(*asked)
        return self._known[asked]

    def _found(self, position: int, unit_key: Any, place_key: Any, period: str) -> Why | None:
        batch = self._batch
        unit, place = batch.referred("owner_unit", unit_key), batch.referred("place", place_key)
        if not _reaches(self._rights, position, unit, place):
            return OUT_OF_SCOPE
        if unit.side not in batch.ledger.sides:
            return "owner_unit", "wrong_side", _("这个台账不由该方填报。")
        closed = self._doors.why_closed(position, unit, period)
        return (closed.field, closed.code, closed.sentence) if closed else None


def judge_counterparts(batch: Batch) -> None:
    """The unit that is to confirm a joint row belongs to the other government."""
    name, lines = batch.ledger.counterpart, batch.writes()
    if not batch.ledger.is_joint:
        return
    named = (batch.referred(name, key) for key in batch.finals(name, lines))
    for line, own, other in zip(lines, batch.units(lines), named, strict=True):
        if own and other and own.side == other.side:
            sentence = _("请填对方的单位：这条记录由对方确认。")
            batch.refuse(line, name, "wrong_side", sentence, batch.shown(name, line))


def _reaches(rights: Rights, position: int, unit: Any, place: Any) -> bool:
    for verb in (Verb.IMPORT, Verb.CREATE if position == NEW else Verb.EDIT):
        if not rights.reaches(verb, unit, place):
            return False
        if position != NEW and not rights.reaches_stored(verb, position):
            return False
    return True


def judge_fields(batch: Batch, invalid: Invalid) -> None:
    """What the rules of a field refuse, told of lines that would write it."""
    lines = batch.writes() if invalid else []
    for name, refused in invalid.items():
        column = batch.values[name]
        said = column.take(np.asarray(lines, np.intp))
        for place in np.flatnonzero(said.flags(refused.__contains__)).tolist():
            for sentence in refused[said[place]]:
                batch.refuse(lines[place], name, "invalid", sentence, batch.shown(name, lines[place]))


def judge_rules(batch: Batch) -> None:
    """Rules of the model and of the ledger; what the rules look at is loaded at once."""
    ledger, lines = batch.ledger, batch.writes()
    if not _has_rules(ledger):
        return
    if ledger.rule_fields and not _has_own_clean(ledger):
        _judge_alike(batch, lines)
        return
    rows, stored = Rows(batch), batch.stored
    stored.load(batch.match[line] for line in lines if batch.match[line] != NEW)
    for lot in batched(lines, _LOT):
        made = [rows.row(line) for line in lot]
        ledger.prefetch_for_validation(made)
        for line, row in zip(lot, made, strict=True):
            position = batch.match[line]
            _judge_row(batch, [line].copy, row, None if position == NEW else stored.row(position))


def _has_rules(ledger: Ledger[Any]) -> bool:
    return _has_own(ledger, "validate") or _has_own(ledger, "warn") or _has_own_clean(ledger)


def _has_own(ledger: Ledger[Any], name: str) -> bool:
    return getattr(type(ledger), name) is not getattr(Ledger, name)


def _has_own_clean(ledger: Ledger[Any]) -> bool:
    return ledger.model.clean is not models.Model.clean


def _judge_alike(batch: Batch, lines: Sequence[int]) -> None:
    """Rules that look at few fields see one row for all lines that agree in these, and nothing else of it."""
    names = batch.ledger.rule_fields
    columns = {name: batch.finals(name, lines) for name in names}
    groups = _agreeing(list(columns.values()), len(lines))
    for lot in batched(enumerate(groups.firsts), _LOT):
        made = [
            (group, SimpleNamespace(**{name: column[first] for name, column in columns.items()}))
            for group, first in lot
        ]
        batch.ledger.prefetch_for_validation([row for _group, row in made])
        for group, row in made:
            _judge_row(batch, partial(_lines_of, lines, groups, group), row, None)


def _agreeing(columns: Sequence[Coded[Any]], size: int) -> Groups:
    """Lines that say the same of some fields; references by their keys."""
    return Groups([one_code(comparables(column.tight())) for column in columns], size)


def _lines_of(lines: Sequence[int], groups: Groups, group: int) -> list[int]:
    return [lines[place] for place in groups.rows(group)]


def _judge_row(batch: Batch, lines: Callable[[], list[int]], row: Any, previous: Any) -> None:
    """Shape: `lines` tells those that the row stands for; most rows have nothing to tell them."""
    problems = _problems(batch, row, previous)
    for name, sentences in problems.items():
        for line in lines():
            for sentence in sentences:
                batch.refuse(line, name, "invalid", sentence, batch.shown(name, line))
    if _has_own(batch.ledger, "warn") and (right := batch.right(lines())):
        for name, sentences in batch.ledger.warn(row).items():
            for line in right:
                for sentence in sentences:
                    batch.doubt(line, name, sentence)


def _problems(batch: Batch, row: Any, previous: Any) -> Mapping[str, Sequence[Any]]:
    if is_restricted(previous):
        return {name: [sentence] for name, sentence in restricted_problems(row, previous)}
    return (_clean(row) if isinstance(row, models.Model) else {}) or batch.ledger.validate(row, previous)


def _clean(row: Any) -> dict[str, Sequence[Any]]:
    try:
        row.clean()
    except ValidationError as error:
        told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        return {"" if name == NON_FIELD_ERRORS else name: said for name, said in told.items()}
    return {}


def judge_constraints(batch: Batch) -> None:
    """What the database would refuse, found for all rows at once and told by line."""
    _judge_checks(batch)
    _judge_uniques(batch)


def _judge_checks(batch: Batch) -> None:
    """Rows that agree in what the checks look at are answered alike: one of them is asked about."""
    model, lines = batch.ledger.model, batch.writes()
    names = bulk.checked_names(model)
    if not lines or not names:
        return
    groups = _agreeing([batch.finals(name, lines) for name in names], len(lines))
    firsts = [lines[first] for first in groups.firsts]
    by_key = {batch.key(first): group for group, first in enumerate(firsts)}
    columns = FinalColumns(batch, firsts, {"id": list(by_key)})
    with bulk.staged(model, columns, names=names) as table:
        for constraint, keys in bulk.broken_checks(model, table):
            for line in sorted(lines[place] for key in keys for place in groups.rows(by_key[key])):
                batch.refuse(line, "", "constraint", constraint.get_violation_error_message())


def _judge_uniques(batch: Batch) -> None:
    model, lines = batch.ledger.model, batch.writes()
    uniques = [unique for unique in bulk.unique_constraints(model) if not is_settled(batch, unique)]
    if not lines or not uniques:
        return
    keys = list(map(batch.key, lines))
    by_key = dict(zip(keys, lines, strict=True))
    names = {name for unique in uniques for name in unique.fields}
    with bulk.staged(model, FinalColumns(batch, lines, {"id": keys}), names=names) as table:
        for unique in uniques:
            for line, code, sentence in _repeated(batch, unique, bulk.repeated(model, table, unique), by_key):
                batch.refuse(line, "", code, sentence)


def _repeated(
    batch: Batch, unique: models.UniqueConstraint, found: bulk.Repeated, by_key: dict[Any, int]
) -> Iterator[tuple[int, str, Any]]:
    why = unique.get_violation_error_message()
    for group in found.groups:
        rows = "、".join(str(number) for number in sorted(batch.table.numbers[by_key[key]] for key in group))
        for key in group:
            sentence = _("第 %(rows)s 行互相重复：%(why)s") % {"rows": rows, "why": why}
            yield by_key[key], "repeated", sentence
    for key in found.taken:
        yield by_key[key], "taken", why
