"""Rows of any ledger, made from its resolved columns; `SAMPLES` and `MAKERS` hold what those cannot tell."""

from collections.abc import Callable, Mapping
from datetime import date
from itertools import count
from typing import Any

from django.db import models

from shanhai.domains.scheme.models import Duty, Scheme, SchemeVersion, Section, SourceDocument, Task
from shanhai.engines.values import Period
from shanhai.kernel import actions, clock, context
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor, Sharing, Side
from shanhai.kernel.sheets.columns import Kind
from shanhai.kernel.surfaces.fields import ResolvedColumn, resolve
from shanhai.kernel.workflow import BY_NAME
from shanhai.registers.parties.fields import CreditCodeField, IdentityNumberField
from shanhai.registers.parties.identity import demo_credit_code, demo_identity
from shanhai.registers.places.models import Place

#: Every date, so that periods of rows that hang together fit: the first day of the month of the tests.
DAY = date(2021, 9, 1)
BORN = date(1990, 1, 1)
_serial = count(1)

type Values = dict[str, Any]

#: Optional fields that a rule of the ledger asks for all the same.
SAMPLES: Mapping[str, Mapping[str, Any]] = {
    "labour.employmentspell": {"employer_name": "样例用工单位"},
}


def author_of(ledger: Ledger[Any]) -> str:
    """Who of the cast files the ledger: the western reporter, where that side keeps it."""
    return "bob" if Side.WEST in ledger.sides else "alice"


def stranger_of(ledger: Ledger[Any]) -> str:
    """The reporter of the other government."""
    return "alice" if author_of(ledger) == "bob" else "bob"


def verifier_of(ledger: Ledger[Any]) -> str:
    return "vera" if author_of(ledger) == "bob" else "victor"


def values_for(ledger: Ledger[Any], actor: Actor) -> Values:
    """What a form needs: every required field and those the rules ask for, fresh at each call."""
    wanted = [column for column in resolve(ledger).fields if column.is_editable and column.name != "place"]
    values = {column.name: _value(ledger, column, actor) for column in wanted if column.is_required}
    return values | dict(SAMPLES.get(ledger.key, {}))


def _value(ledger: Ledger[Any], column: ResolvedColumn, actor: Actor) -> Any:
    if column.related is not None:
        return _reference(column, actor)
    if isinstance(column.model_field, IdentityNumberField):
        return demo_identity(area=1, born_on=BORN, serial=next(_serial))
    if isinstance(column.model_field, CreditCodeField):
        return demo_credit_code(next(_serial))
    if column.choices:
        return column.choices[0][0]
    return _plain(ledger, column)


def _plain(ledger: Ledger[Any], column: ResolvedColumn) -> Any:
    match column.kind:
        case Kind.PERIOD:
            assert ledger.period_kind is not None
            return Period.of(clock.today(), ledger.period_kind).code
        case Kind.DATE:
            return DAY
        case Kind.BOOLEAN:
            return True
        case _ if column.is_number:
            return 1
        case _:
            return f"样例{next(_serial)}"[: column.max_length]


def _reference(column: ResolvedColumn, actor: Actor) -> Any:
    target = column.target
    if column.name == "owner_unit":
        return _unit(actor)
    if issubclass(target, LedgerModel):
        return make_row(registry.for_model(target), actor)
    return MAKERS[target](actor)


def _unit(actor: Actor) -> Any:
    from shanhai.registers.parties.models import Unit

    return Unit.objects.get(pk=actor.grants[0].unit_id)


def _place(actor: Actor) -> Place:
    return Place.objects.filter(side=actor.grants[0].side, level="county").get()


def _task(actor: Actor) -> Task:
    """A task in force that the actor's unit answers for."""
    with context.unscoped("a task for the conformance tests"):
        scheme = Scheme.objects.create(
            side=actor.grants[0].side,
            sharing=Sharing.SHARED,
            title=f"样例方案{next(_serial)}",
            reports_since=date(2021, 1, 1),
            due_days=10,
        )
        version = SchemeVersion.objects.create(
            scheme=scheme,
            document=SourceDocument.objects.create(text="一、样例", parsed={}),
            ordinal=1,
            state=SchemeVersion.State.IN_FORCE,
            started_at=clock.now(),
        )
        section = Section.objects.create(version=version, text="一、样例", start=0, end=4)
        task = Task.objects.create(scheme=scheme, section=section, title=f"样例任务{next(_serial)}")
        unit = _unit(actor)
        Duty.objects.create(task=task, unit=unit, name=str(unit), role=Duty.Role.LEAD)
    return task


#: What a required reference to something that is no ledger points at.
MAKERS: Mapping[type[models.Model], Callable[[Actor], Any]] = {Place: _place, Task: _task}


def make_row(ledger: Ledger[Any], actor: Actor, *steps: str) -> Any:
    """A draft of `actor`, taken through `steps` by the same person."""
    with context.acting(actor) as current:
        row = actions.create_row(ledger, values_for(ledger, actor), actor=current.actor)
        for step in steps:
            row = actions.step_row(ledger, row, BY_NAME[step], actor=current.actor)
    return row


def posted(ledger: Ledger[Any], values: Values) -> dict[str, str]:
    """`values` as the form sends them."""
    return {name: _text(value) for name, value in values.items()}


def _text(value: Any) -> str:
    if isinstance(value, models.Model):
        return str(value.pk)
    return {True: "1", False: ""}.get(value, str(value)) if isinstance(value, bool) else str(value)
