"""Rights, row life, rules of fields, ledger and database: judged for all lines of a file at once."""

from collections.abc import Iterator, Sequence
from itertools import batched
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from shanhai.kernel import bulk
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb

from .batch import NEW, Batch
from .building import FinalColumns, Rows
from .rights import Doors, Rights
from .values import Invalid

#: Rows that the rules of a ledger see at a time. They look things up once for each lot.
_LOT = 10_000


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
    """Each row by itself: importing widens nobody's reach. Changed rows must be in reach before and after."""
    lines, doors = batch.writes(), Doors(batch.ledger, batch.stored)
    places = [batch.referred("place", key) for key in batch.finals("place", lines)]
    periods = batch.finals("period", lines)
    for line, unit, place, period in zip(lines, batch.units(lines), places, periods, strict=True):
        position = batch.match[line]
        if not _reaches(rights, position, unit, place):
            batch.refuse_out_of_scope(line)
        elif unit.side not in batch.ledger.sides:
            batch.refuse(line, "owner_unit", "wrong_side", _("这个台账不由该方填报。"))
        elif closed := doors.why_closed(position, unit, period):
            batch.refuse(line, closed.field, closed.code, closed.sentence)


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
    if not _has_rules(batch.ledger):
        return
    rows = Rows(batch)
    lines = batch.writes()
    batch.stored.load(batch.match[line] for line in lines if batch.match[line] != NEW)
    for lot in batched(lines, _LOT):
        made = [rows.row(line) for line in lot]
        batch.ledger.prefetch_for_validation(made)
        for line, row in zip(lot, made, strict=True):
            _judge_row(batch, line, row)


def _has_rules(ledger: Ledger[Any]) -> bool:
    own = {name: getattr(type(ledger), name) is not getattr(Ledger, name) for name in ("validate", "warn")}
    return any(own.values()) or ledger.model.clean is not models.Model.clean


def _judge_row(batch: Batch, line: int, row: Any) -> None:
    position = batch.match[line]
    previous = None if position == NEW else batch.stored.row(position)
    for name, sentences in (_clean(row) or batch.ledger.validate(row, previous)).items():
        for sentence in sentences:
            batch.refuse(line, name, "invalid", sentence, batch.shown(name, line))
    if line not in batch.problems:
        for name, sentences in batch.ledger.warn(row).items():
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
    model, lines = batch.ledger.model, batch.writes()
    names = bulk.constrained_names(model)
    if not lines or not names:
        return
    keys = list(map(batch.key, lines))
    by_key = dict(zip(keys, lines, strict=True))
    columns = FinalColumns(batch, lines, {"id": keys})
    with bulk.staged(model, columns, names=names) as table:
        for line, code, sentence in _broken(batch, model, table, by_key):
            batch.refuse(line, "", code, sentence)


def _broken(
    batch: Batch, model: type[models.Model], table: str, by_key: dict[Any, int]
) -> Iterator[tuple[int, str, Any]]:
    for constraint, keys in bulk.broken_checks(model, table):
        for key in keys:
            yield by_key[key], "constraint", constraint.get_violation_error_message()
    for unique in bulk.unique_constraints(model):
        why = unique.get_violation_error_message()
        found = bulk.repeated(model, table, unique)
        for group in found.groups:
            rows = "、".join(
                str(number) for number in sorted(batch.table.numbers[by_key[key]] for key in group)
            )
            for key in group:
                yield (
                    by_key[key],
                    "repeated",
                    _("第 %(rows)s 行互相重复：%(why)s") % {"rows": rows, "why": why},
                )
        for key in found.taken:
            yield by_key[key], "taken", why
