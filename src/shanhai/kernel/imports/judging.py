"""Rights, scope, row life, rules of fields, ledger and database: judged for all lines of a file at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from shanhai.kernel import bulk
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.locking import Closed, Locks
from shanhai.kernel.permissions import Verb
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor, covers

from .lines import Line


def judge_rights(ledger: Ledger[Any], lines: Sequence[Line], actor: Actor) -> None:
    """Each row by itself: importing widens nobody's reach. Changed rows must be in reach before and after."""
    allowed, locks = _remembered(ledger, actor), Locks(ledger)
    for line in lines:
        if not line.writes:
            continue
        verbs = (Verb.IMPORT, Verb.CREATE if line.is_new else Verb.EDIT)
        rows = [line.row] if line.is_new else [line.row, line.stored]
        if not all(allowed(verb, row) for verb in verbs for row in rows):
            line.refuse_out_of_scope()
        elif line.row.owner_unit.side not in ledger.sides:
            line.refuse("owner_unit", "wrong_side", _("这个台账不由该方填报。"))
        elif closed := _why_closed(locks, line):
            line.refuse(closed.field, closed.code, closed.sentence)


def _remembered(ledger: Ledger[Any], actor: Actor) -> Callable[[Verb, LedgerModel], bool]:
    """`covers`, asked once for all rows of a unit and place."""
    known: dict[Any, bool] = {}

    def allowed(verb: Verb, row: LedgerModel) -> bool:
        key = (verb, row.side, row.owner_unit_id, row.place_id)
        if key not in known:
            known[key] = covers(actor, verb, ledger.key, row)
        return known[key]

    return allowed


def _why_closed(locks: Locks, line: Line) -> Closed | None:
    """The row as it is stored must be open, and the period it is to have."""
    closed = None if line.stored is None else locks.why_closed(line.stored)
    return closed or locks.period_closed(line.row)


def judge_values(ledger: Ledger[Any], lines: Sequence[Line]) -> None:
    """Rules of the fields, then of the ledger; what the rules look at is loaded at once."""
    written = [line for line in lines if line.writes]
    ledger.prefetch_for_validation([line.row for line in written])
    left_out = {f.name for f in ledger.model._meta.concrete_fields if f.is_relation or not f.editable}
    for line in written:
        for name, sentence in _problems(ledger, line, left_out):
            line.refuse(name, "invalid", sentence, line.values.get(name))
        if line.is_right:
            for name, sentences in ledger.warn(line.row).items():
                for sentence in sentences:
                    line.doubt(name, sentence)


def _problems(ledger: Ledger[Any], line: Line, left_out: set[str]) -> Iterator[tuple[str, Any]]:
    found = _field_problems(line.row, left_out) or ledger.validate(line.row, line.stored)
    for name, sentences in found.items():
        for sentence in sentences:
            yield name, sentence


def _field_problems(row: Any, left_out: set[str]) -> dict[str, Sequence[Any]]:
    problems: dict[str, Sequence[Any]] = {}
    for check in (lambda: row.clean_fields(exclude=left_out), row.clean):
        try:
            check()
        except ValidationError as error:
            told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
            problems |= {"" if name == NON_FIELD_ERRORS else name: said for name, said in told.items()}
    return problems


def judge_constraints(ledger: Ledger[Any], lines: Sequence[Line]) -> None:
    """What the database would refuse, found for all rows at once and told by line."""
    by_key = {line.row.pk: line for line in lines if line.writes}
    model = ledger.model
    names = bulk.constrained_names(model)
    if not by_key or not names:
        return
    with bulk.staged(model, [line.row for line in by_key.values()], names=names) as table:
        for constraint, keys in bulk.broken_checks(model, table):
            _refuse_all(by_key, keys, "constraint", constraint.get_violation_error_message())
        for unique in bulk.unique_constraints(model):
            found = bulk.repeated(model, table, unique)
            for group in found.groups:
                _refuse_all(by_key, group, "repeated", _told(by_key, group, unique))
            _refuse_all(by_key, found.taken, "taken", unique.get_violation_error_message())


def _told(by_key: Mapping[Any, Line], group: Sequence[Any], unique: Any) -> str:
    rows = "、".join(str(number) for number in sorted(by_key[key].number for key in group))
    return _("第 %(rows)s 行互相重复：%(why)s") % {"rows": rows, "why": unique.get_violation_error_message()}


def _refuse_all(by_key: Mapping[Any, Line], keys: Sequence[Any], code: str, sentence: Any) -> None:
    for key in keys:
        by_key[key].refuse("", code, sentence)
