"""Custom fields as columns, and whose are shown to whom.

A row is filled in by the fields of the unit that has it. A list shows those of the reader's own units, and of
units named in its filter as far as the reader's reach goes. Files hold those of the units one imports for.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    DateField,
    DecimalField,
    Expression,
    F,
    Func,
)
from django.db.models.fields.json import KeyTextTransform
from django.http import QueryDict
from django.utils.translation import gettext as _

from shanhai.kernel.custom.definitions import Definition, book
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, reaches_unit
from shanhai.kernel.sheets.columns import Kind

from .fields import ResolvedColumn, ResolvedLedger, resolve, with_customs

_TYPES: Mapping[Kind, tuple[str, Any]] = {
    Kind.INTEGER: ("bigint", BigIntegerField()),
    Kind.DECIMAL: ("numeric", DecimalField()),
    Kind.MONEY: ("numeric", DecimalField()),
    Kind.DATE: ("date", DateField()),
    Kind.BOOLEAN: ("boolean", BooleanField()),
}


class _Typed(Func):
    """The text of a value in its type; nothing for what is none, where a cast would end the query."""

    arity = 1

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:  # type: ignore[override]
        sql, params = compiler.compile(self.source_expressions[0])
        kind = self.extra["kind"]
        return f"CASE WHEN pg_input_is_valid({sql}, '{kind}') THEN ({sql})::{kind} END", (*params, *params)


def _expression(definition: Definition) -> Expression:
    text = KeyTextTransform(definition.key, F("extra"), output_field=CharField())
    if definition.kind not in _TYPES:
        return text
    kind, output = _TYPES[definition.kind]
    return _Typed(text, kind=kind, output_field=output)


@lru_cache(maxsize=2048)
def column_of(definition: Definition, label: str, *, is_own: bool = True) -> ResolvedColumn:
    """The column of a field. Retired ones are only read, and shown when asked for."""
    return ResolvedColumn(
        name=definition.name,
        label=label,
        kind=definition.kind,
        unit=definition.measure_unit,
        help=definition.help,
        choices=tuple((one, one) for one in definition.options),
        max_length=definition.max_length,
        decimals=definition.decimals,
        is_required=definition.is_required,
        is_sortable=definition.kind is not Kind.MULTI_CHOICE,
        is_editable=is_own and not definition.is_retired,
        is_personal=definition.is_personal,
        is_default=is_own and definition.is_listed and not definition.is_retired,
        expression=_expression(definition),
        custom=definition,
    )


def column_named(ledger: Ledger[Any], name: str) -> ResolvedColumn:
    """A form field of the ledger or of any unit. Errors: LookupError."""
    definition = book().get(name)
    found = column_of(definition, definition.title) if definition else resolve(ledger).column(name)
    if found is None:
        raise LookupError(f"{ledger.key} has no {name}")
    return found


def columns_of(
    ledger: Ledger[Any], definitions: Iterable[Definition], own: Collection[UUID]
) -> tuple[ResolvedColumn, ...]:
    """Columns with labels that are all different: of other units, and where titles clash, with the unit."""
    taken = {str(column.label) for column in (*resolve(ledger).columns, *resolve(ledger).fields)}
    columns = []
    for one in definitions:
        is_own = one.unit_id in own
        label = _("%(title)s（停用）") % {"title": one.title} if one.is_retired else one.title
        if not is_own or label in taken:
            label = f"{one.unit}·{label}"
        if label in taken:
            label = f"{label}·{one.key}"
        taken.add(label)
        columns.append(column_of(one, label, is_own=is_own))
    return tuple(columns)


def own_units(ledger: Ledger[Any], actor: Actor, verb: Verb = Verb.VIEW) -> frozenset[UUID]:
    """Units of the actor's memberships that grant the verb."""
    return frozenset(grant.unit_id for grant in actor.grants_for(verb, ledger.key))


def customs_of_list(ledger: Ledger[Any], params: QueryDict, actor: Actor) -> tuple[ResolvedColumn, ...]:
    """Of the reader's own units, and of units named in the filter that are in reach."""
    all_of_ledger = book().of_ledger(ledger.key)
    if not all_of_ledger:
        return ()
    own, named = own_units(ledger, actor), set(params.getlist("owner_unit"))
    grants = actor.grants_for(Verb.VIEW, ledger.key)
    shown = [
        one
        for one in all_of_ledger
        if one.unit_id in own
        or (
            one.unit_code in named
            and any(reaches_unit(grant, one.side, one.unit_id, one.unit_path) for grant in grants)
        )
    ]
    return columns_of(ledger, shown, own)


def resolve_list(ledger: Ledger[Any], params: QueryDict, actor: Actor) -> ResolvedLedger:
    return with_customs(ledger, customs_of_list(ledger, params, actor))


def customs_of_unit(ledger: Ledger[Any], unit_id: UUID | None) -> tuple[ResolvedColumn, ...]:
    """What a row of the unit is filled in with."""
    if unit_id is None:
        return ()
    in_use = [one for one in book().of_units(ledger.key, [unit_id]) if not one.is_retired]
    return columns_of(ledger, in_use, [unit_id])


def customs_to_fill(ledger: Ledger[Any], actor: Actor, verb: Verb) -> tuple[ResolvedColumn, ...]:
    """What files of the actor hold: of all units of whose membership grants the verb."""
    units = own_units(ledger, actor, verb)
    in_use = [one for one in book().of_units(ledger.key, units) if not one.is_retired]
    return columns_of(ledger, in_use, units)


def customs_known(ledger: Ledger[Any], actor: Actor) -> tuple[ResolvedColumn, ...]:
    """All that lists of the actor might show."""
    definitions = [one for one in book().of_ledger(ledger.key) if one.side in actor.sides]
    return columns_of(ledger, definitions, own_units(ledger, actor))


def customs_of_row(ledger: Ledger[Any], row: Any) -> tuple[ResolvedColumn, ...]:
    """What the row holds or should hold: of its unit, and values that an earlier unit or field left."""
    return columns_of(ledger, book().of_row(ledger.key, row), [row.owner_unit_id])
