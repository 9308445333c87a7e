"""Rights, row life, rules of fields, ledger and database: judged for all lines of a file at once."""

from collections.abc import Iterator, Sequence
from itertools import batched
from types import SimpleNamespace
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from shanhai.kernel import bulk
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb

from .batch import NEW, OUT_OF_SCOPE, Batch
from .building import FinalColumns, Rows
from .matching import is_settled
from .rights import Doors, Rights
from .values import Invalid

#: Rows that the rules of a ledger see at a time. They look things up once for each lot.
_LOT = 10_000

#: Field, code and sentence of what is wrong with a line.
type Why = tuple[str, str, Any]


def judge_missing(batch: Batch) -> None:
    """Required fields of the rows as they would be."""
    writes = batch.writes()
    for name, column in batch.fields.items():
        if column.is_required:
            for line, value in zip(writes, batch.finals(name, writes), strict=True):
                if value in (None, ""):
                    sentence = _("必须填写「%(label)s」。") % {"label": column.label}
                    batch.refuse(line, name, "required", sentence)


def judge_rights(batch: Batch, rights: Rights) -> None:
    """Each row by itself: importing widens nobody's reach. Changed rows must be in reach before and after.

    New rows of one unit, place and period are answered alike, so they are asked about once.
    """
    lines, judge = batch.writes(), _Judge(batch, rights)
    facts = (batch.finals(name, lines) for name in ("owner_unit", "place", "period"))
    for line, *asked in zip(lines, *facts, strict=True):
        if problem := judge.of(batch.match[line], *asked):
            batch.refuse(line, *problem)


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
        for line in lines:
            for sentence in refused.get(batch.values[name][line], ()):
                batch.refuse(line, name, "invalid", sentence, batch.values[name][line])


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
            _judge_row(batch, [line], row, None if position == NEW else stored.row(position))


def _has_rules(ledger: Ledger[Any]) -> bool:
    own = {name: getattr(type(ledger), name) is not getattr(Ledger, name) for name in ("validate", "warn")}
    return any(own.values()) or _has_own_clean(ledger)


def _has_own_clean(ledger: Ledger[Any]) -> bool:
    return ledger.model.clean is not models.Model.clean


def _judge_alike(batch: Batch, lines: Sequence[int]) -> None:
    """Rules that look at few fields see one row for all lines that agree in these, and nothing else of it."""
    names = batch.ledger.rule_fields
    for lot in batched(_agreeing(batch, lines, names).items(), _LOT):
        made: list[tuple[list[int], Any]] = [
            (group, SimpleNamespace(**dict(zip(names, said, strict=True)))) for said, group in lot
        ]
        batch.ledger.prefetch_for_validation([row for _group, row in made])
        for group, row in made:
            _judge_row(batch, group, row, None)


def _agreeing(batch: Batch, lines: Sequence[int], names: Sequence[str]) -> dict[tuple[Any, ...], list[int]]:
    """Lines by what they say of some fields; references by their keys."""
    groups: dict[tuple[Any, ...], list[int]] = {}
    for line, *said in zip(lines, *(batch.finals(name, lines) for name in names), strict=True):
        groups.setdefault(tuple(said), []).append(line)
    return groups


def _judge_row(batch: Batch, lines: Sequence[int], row: Any, previous: Any) -> None:
    problems = (_clean(row) if isinstance(row, models.Model) else {}) or batch.ledger.validate(row, previous)
    for name, sentences in problems.items():
        for line in lines:
            for sentence in sentences:
                batch.refuse(line, name, "invalid", sentence, batch.shown(name, line))
    right = batch.right(lines)
    for name, sentences in (batch.ledger.warn(row) if right else {}).items():
        for line in right:
            for sentence in sentences:
                batch.doubt(line, name, sentence)


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
    groups = list(_agreeing(batch, lines, names).values())
    by_key = {batch.key(group[0]): group for group in groups}
    columns = FinalColumns(batch, [group[0] for group in groups], {"id": list(by_key)})
    with bulk.staged(model, columns, names=names) as table:
        for constraint, keys in bulk.broken_checks(model, table):
            for line in sorted(line for key in keys for line in by_key[key]):
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
