"""What a bulk action would do, row by row, as a value: nothing is written here."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from shanhai.kernel import actions
from shanhai.kernel.custom.judging import problems_of as problems_of_customs
from shanhai.kernel.custom.values import assign
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.gates import held_back
from shanhai.kernel.handover import why_not_handed
from shanhai.kernel.joint import counterpart_problems, reaches
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.locking import Locks
from shanhai.kernel.permissions import Verb
from shanhai.kernel.restricted import restricted_problems
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor, covers
from shanhai.kernel.sealing import Sealed
from shanhai.kernel.workflow import SUBMIT, State, Transition

from .customs import column_named
from .display import text_of_value

#: Label, before, after: one difference in words.
type Change = tuple[str, str, str]


@dataclass(frozen=True)
class Planned:
    """One row: what will change, or why nothing will."""

    row: LedgerModel
    changes: tuple[Change, ...] = ()
    why_not: str = ""


@dataclass
class Plan:
    """What a bulk action will do: rows that take part, and why others do not."""

    all: list[Planned] = field(default_factory=list)

    @cached_property
    def rows(self) -> list[LedgerModel]:
        return [one.row for one in self.all if not one.why_not]

    @property
    def number(self) -> int:
        return len(self.rows)

    @property
    def left_out(self) -> int:
        return len(self.all) - len(self.rows)

    @property
    def skipped(self) -> Counter[str]:
        """Sentence → number of rows left out because of it."""
        return Counter(one.why_not for one in self.all if one.why_not)

    def digest(self, what: str, values: Mapping[str, Any]) -> str:
        """Another one whenever the plan would do anything else: what is done is what was shown."""
        told = Digest(what, values)
        told.add(self.rows)
        return told.text


class Digest:
    """The digest of a plan whose rows come in lots."""

    def __init__(self, what: str, values: Mapping[str, Any]) -> None:
        self._told = hashlib.sha256(what.encode())
        self._told.update(repr(sorted((name, _token(value)) for name, value in values.items())).encode())

    def add(self, rows: Iterable[LedgerModel]) -> None:
        for row in rows:
            self._told.update(f"{row.pk}:{row.row_version};".encode())

    @property
    def text(self) -> str:
        return self._told.hexdigest()


def _token(value: Any) -> str:
    if isinstance(value, Sealed):
        return str(value.blind_index)
    return str(value.pk) if isinstance(value, models.Model) else str(value)


def plan_step(
    ledger: Ledger[Any], rows: Sequence[LedgerModel], transition: Transition, *, actor: Actor, reason: str
) -> Plan:
    """Which rows can take the step. Queries do not grow with the rows."""
    evidence, locks = actions.evidence_present(ledger, rows), Locks(ledger)
    held = held_back(ledger, rows, transition)
    if transition is SUBMIT:
        ledger.prefetch_for_validation(rows)

    def why(row: LedgerModel) -> str:
        if not reaches(actor, transition.verb, ledger, row, transition.party):
            return _("不在您的办理范围内。")
        try:
            actions.check_step(
                ledger, row, transition, actor=actor, reason=reason, evidence=evidence, locks=locks, held=held
            )
            if transition is SUBMIT:
                _validate(ledger, row, row)
        except RuleViolated as refused:
            return str(refused)
        return ""

    label, target = _("状态"), str(State(transition.target).label)
    return Plan([_planned(row, why(row), [(label, str(State(row.state).label), target)]) for row in rows])


def _planned(row: LedgerModel, why_not: str, changes: Iterable[Change]) -> Planned:
    return Planned(row, () if why_not else tuple(changes), why_not)


def plan_edit(
    ledger: Ledger[Any], rows: Sequence[LedgerModel], values: Mapping[str, Any], *, actor: Actor
) -> Plan:
    """Which rows can take the new values. `rows` carry them afterwards."""
    locks = Locks(ledger)
    ledger.prefetch_for_validation(rows)
    plan = Plan()
    for row in rows:
        changes = _changes(ledger, row, values)
        closed = locks.why_closed(row)
        if not covers(actor, Verb.EDIT, ledger.key, row):
            why = _("不在您的办理范围内。")
        elif closed is not None:
            why = closed.sentence
        elif not changes:
            why = _("已经是这个值。")
        else:
            why = _why_not_changed(ledger, row, values, actor, locks)
        plan.all.append(_planned(row, why, changes))
    return plan


def _changes(ledger: Ledger[Any], row: LedgerModel, values: Mapping[str, Any]) -> list[Change]:
    found = ((column_named(ledger, name), value) for name, value in values.items())
    return [
        (str(column.heading), text_of_value(column, held), text_of_value(column, value))
        for column, value in found
        if (held := column.value(row)) != value
    ]


def _why_not_changed(
    ledger: Ledger[Any], row: LedgerModel, values: Mapping[str, Any], actor: Actor, locks: Locks
) -> str:
    previous = _copy(row)
    assign(row, values)
    row.side = row.owner_unit.side
    try:
        _validate(ledger, row, previous)
    except RuleViolated as refused:
        return str(refused)
    if not covers(actor, Verb.EDIT, ledger.key, row):
        return _("不在您的办理范围内。")
    closed = locks.period_closed(row)
    return closed.sentence if closed else ""


def _copy(row: LedgerModel) -> LedgerModel:
    copied = type(row)()
    copied.__dict__ |= {**row.__dict__, "_state": copied._state}
    return copied


def _validate(ledger: Ledger[Any], row: LedgerModel, previous: LedgerModel) -> None:
    """Fields and the ledger's own rules; constraints are left to the database, which checks all at once."""
    references = [f.name for f in row._meta.concrete_fields if f.is_relation]
    problems: dict[str, list[Any]] = {}
    try:
        row.clean_fields(exclude=references)
        row.clean()
    except ValidationError as error:
        problems = dict(error.message_dict)
    for name, sentences in ledger.validate(row, previous).items():
        problems.setdefault(name, []).extend(sentences)
    for name, sentence in (*counterpart_problems(ledger, row), *restricted_problems(row, previous)):
        problems.setdefault(name, []).append(sentence)
    problems |= problems_of_customs(ledger.key, row, previous)
    if problems:
        raise RuleViolated(problems=problems)


def plan_handover(ledger: Ledger[Any], rows: Sequence[LedgerModel], unit: Any, *, actor: Actor) -> Plan:
    """Which rows can be handed over to `unit`."""
    label = _("填报单位")
    return Plan(
        [
            _planned(
                row,
                why_not_handed(ledger, row, unit, actor),
                [(label, str(row.owner_unit), str(unit))],
            )
            for row in rows
        ]
    )
