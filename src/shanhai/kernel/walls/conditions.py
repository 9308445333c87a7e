"""What the walls ask of a row, as SQL.

Reach is asked for once a statement: every call stands in a subquery of its own, which depends on no row.
Sets of units and places are hashed. Cheap conditions come first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models

from shanhai.kernel.leads import Lead, leads_of
from shanhai.kernel.scope import REPORTED_STATES, Sharing

from .around import every
from .kinds import BesideRow, OfHistory, OfLedger, OfPerson, OfSide, OfWhoeverActs, Wall, Within

_STATES = ", ".join(f"'{state}'" for state in REPORTED_STATES)
#: Somebody whose membership reads.
_ACTS = "(SELECT kernel_wall_sides_told()) IS NOT NULL"
_OWN_SIDES = "ANY ((SELECT kernel_wall_sides_told())::text[])"
_WATCHED = "ANY ((SELECT kernel_wall_watched())::text[])"
_NAME = "ANY ((SELECT kernel_wall_person())::text[])"
_IS_OPEN = "(SELECT kernel_wall_is_open())"

type Model = type[models.Model]


@dataclass(frozen=True)
class Conditions:
    """On a row: whether it is seen, changed as it stood, left as it is to be."""

    view: str
    write: str
    leave: str


def conditions(model: Model, wall: Wall) -> Conditions:
    """Errors: KeyError for a table without a wall."""
    return _OF_KIND[type(wall)](model, wall)


def _alike(condition: str) -> Conditions:
    return Conditions(condition, condition, condition)


def _beside_row(model: Model, wall: BesideRow) -> Conditions:
    row = f"{_column(model, wall.ledger)}, {_column(model, wall.row)}"
    return _alike(f"{_IS_OPEN} OR kernel_wall_row({row})")


def _of_history(_model: Model, _wall: OfHistory) -> Conditions:
    return _alike(f"{_IS_OPEN} OR kernel_wall_history(table_name, row_id)")


def _of_person(model: Model, wall: OfPerson) -> Conditions:
    return _alike(f"{_column(model, wall.path)}::text = {_NAME} OR {_IS_OPEN} OR {wall.further}")


def _within(model: Model, wall: Within) -> Conditions:
    whole: Any = model._meta.get_field(wall.path).related_model
    table = f'public."{whole._meta.db_table}"'
    return _alike(f"{_column(model, wall.path)} IN (SELECT whole.id FROM {table} whole)")


def _of_whoever_acts(_model: Model, wall: OfWhoeverActs) -> Conditions:
    return _alike(f"{_ACTS} OR (SELECT kernel_wall_looks_after())" if wall.administrators else _ACTS)


def _of_ledger(model: Model, wall: OfLedger) -> Conditions:
    key = f"'{wall.ledger}'"
    shared = f"sharing <> '{Sharing.PRIVATE}' AND state IN ({_STATES}) AND (SELECT kernel_wall_shares({key}))"
    view = " OR ".join([_reached(key, "view", f"({shared})"), *_bound(model, key)])
    write = leave = _reached(key, "write")
    if wall.counterpart:
        named = (
            f'(side, "{wall.counterpart}") IN'
            f" (SELECT f.side, f.id FROM kernel_wall_counterparts({key}, 'write') f)"
        )
        write, leave = f"{write} OR (state IN ({_STATES}) AND {named})", f"{leave} OR {named}"
    return Conditions(view, write, leave)


def _bound(model: Model, key: str) -> list[str]:
    """Rows that lead to the subject of a bound account, for each kind that the model declares."""
    return [
        f"((SELECT kernel_wall_is_bound()) AND {_shown(lead)} AND EXISTS ({_led(model, key, kind, lead)}))"
        for kind, lead in sorted(leads_of(model).items())
    ]


def _shown(lead: Lead) -> str:
    return "state <> 'voided'" if lead.drafts else f"state IN ({_STATES})"


def _led(model: Model, key: str, kind: str, lead: Lead) -> str:
    """The subject, if the row leads to it; of the other side's rows, if what is reported is not private."""
    table, names = f'"{model._meta.db_table}"', lead.names
    asked = f"SELECT FROM kernel_wall_subjects({key}, '{kind}') f"
    where = (
        f"(f.side = {table}.side"
        f" OR ({table}.sharing <> '{Sharing.PRIVATE}' AND {table}.state IN ({_STATES})))"
    )
    if names == ["pk"]:
        return f"{asked} WHERE f.id = {table}.id AND {where}"
    link = f"{table}.{_column(model, names[0])}"
    target: Any = model._meta.get_field(names[0]).related_model
    for number, name in enumerate(names[1:]):
        on = f'JOIN public."{every(target)}" t{number} ON t{number}.id = {link}'
        asked, link = f"{asked} {on}", f"t{number}.{_column(target, name)}"
        target = target._meta.get_field(name).related_model
    return f"{asked} WHERE f.id = {link} AND {where}"


def _reached(key: str, way: str, *cheap: str) -> str:
    """Own sides, what else is `cheap` to tell, and only then the sets of units and places."""
    return " OR ".join(
        [
            f"side = ANY ((SELECT kernel_wall_sides({key}, '{way}'))::text[])",
            *cheap,
            f"(side, owner_unit_id) IN (SELECT f.side, f.id FROM kernel_wall_units({key}, '{way}') f)",
            f"(side, place_id) IN (SELECT f.side, f.id FROM kernel_wall_places({key}, '{way}') f)",
        ]
    )


def _of_side(model: type[models.Model], wall: OfSide) -> Conditions:
    first, *further = wall.path.split("__")
    if not further:
        own = f"{_column(model, first)} = {_OWN_SIDES}"
    else:
        own = f"EXISTS (SELECT {_through(model, first, further)} = {_OWN_SIDES})"
    if wall.is_watched:
        of_watched = own.replace(_OWN_SIDES, _WATCHED)
        return Conditions(f"{own} OR {of_watched}", own, own)
    if wall.is_told:
        return Conditions(_ACTS, own, own)
    if not wall.shared:
        return Conditions(own, own, own)
    return Conditions(
        f"{own} OR ({_column(model, wall.shared)} <> '{Sharing.PRIVATE}' AND {_ACTS})", own, own
    )


def _through(model: type[models.Model], first: str, further: list[str]) -> str:
    """What follows SELECT: the tables behind the references, whole, and the value at their end."""
    link = _column(model, first)
    target: Any = model._meta.get_field(first).related_model
    joined, alias = f'FROM public."{every(target)}" t0', "t0"
    for number, name in enumerate(further[:-1], 1):
        column = target._meta.get_field(name).column
        target = target._meta.get_field(name).related_model
        joined += f' JOIN public."{every(target)}" t{number} ON t{number}.id = {alias}."{column}"'
        alias = f"t{number}"
    table = model._meta.db_table
    return (
        f'{joined} WHERE t0.id = "{table}".{link} AND {alias}."{target._meta.get_field(further[-1]).column}"'
    )


def _column(model: type[models.Model], name: str) -> str:
    return f'"{model._meta.get_field(name).column}"'  # type: ignore[union-attr]


_OF_KIND: dict[type, Callable[[Model, Any], Conditions]] = {
    OfLedger: _of_ledger,
    BesideRow: _beside_row,
    OfSide: _of_side,
    OfPerson: _of_person,
    Within: _within,
    OfHistory: _of_history,
    OfWhoeverActs: _of_whoever_acts,
}
