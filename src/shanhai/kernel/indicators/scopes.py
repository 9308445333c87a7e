"""Whose figure is asked for, and how much of it the person asking may learn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from shanhai.kernel import context
from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.periods.models import Obligation
from shanhai.kernel.periods.visible import visible_obligations
from shanhai.kernel.permissions import Reach, Verb
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Grant, Side, shared_rows, visible_rows


@dataclass(frozen=True)
class IndicatorScope:
    """The part of one side a figure is about: a unit and those below, a place with all in it, members.

    Shape: `only` holds (dimension, member) pairs, each of which must hold.
    """

    side: Side
    unit: UUID | None = None
    place: UUID | None = None
    only: tuple[tuple[str, str], ...] = ()

    def narrowed(self, dimension: str, member: str) -> Self:
        """The same scope with one more member fixed."""
        kept = tuple(pair for pair in self.only if pair[0] != dimension)
        return replace(self, only=tuple(sorted((*kept, (dimension, member)))))

    def to_query(self) -> dict[str, str]:
        """The scope as the parameters of an address; `from_query` reads them back."""
        query = {"side": str(self.side)}
        if self.unit:
            query["unit"] = str(self.unit)
        if self.place:
            query["place"] = str(self.place)
        return query | {f"by.{dimension}": member for dimension, member in self.only}

    @classmethod
    def from_query(cls, query: Mapping[str, str], default: Side) -> Self:
        """Errors: NotVisible for a side, unit or place that cannot be one."""
        try:
            return cls(
                side=Side(query.get("side") or default),
                unit=UUID(query["unit"]) if query.get("unit") else None,
                place=UUID(query["place"]) if query.get("place") else None,
                only=tuple(sorted((k.removeprefix("by."), query[k]) for k in query if k.startswith("by."))),
            )
        except ValueError:
            raise NotVisible from None


class Told(StrEnum):
    """Of which rows of a side somebody may be told totals."""

    #: All of them.
    WHOLE = "whole"
    #: Reported rows that are not private.
    OPEN = "open"
    #: Those they may open, by who they are.
    OWN = "own"


def told(model: type[models.Model], side: Side) -> Told:
    """Of which rows of `side` whoever is acting may be told totals.

    Own side: all rows, because a total names nobody; the rows themselves open only as far as the scope
    goes. Other side: reported rows that are not private. Roles that read nobody else's rows (partners):
    their own. Outside a person's request (`context.unscoped`): all rows of the side.

    Errors: NotAllowed when no membership reads the ledger.
    """
    current = context.current()
    if current is None:
        raise LookupError("no actor in force: open context.acting(...)")
    if current.is_unscoped:
        return Told.WHOLE
    grants = current.actor.grants_for(Verb.VIEW, model._meta.label_lower)
    if not grants or all(grant.role.reach is Reach.NONE for grant in grants):
        raise NotAllowed
    if any(grant.side == side and _learns_totals(grant) for grant in grants):
        return Told.WHOLE
    if issubclass(model, LedgerModel) and any(grant.role.reads_shared for grant in grants):
        return Told.OPEN
    return Told.OWN


def countable(model: type[models.Model], side: Side) -> Q:
    """The rows that `told` speaks of. Errors: NotAllowed when no membership reads the ledger."""
    match told(model, side):
        case Told.WHOLE:
            return Q()
        case Told.OPEN:
            return shared_rows()
        case Told.OWN:
            actor = context.current_actor()
            if not issubclass(model, LedgerModel):
                return _without_rows(actor.grants_for(Verb.VIEW, model._meta.label_lower), side)
            return visible_rows(actor, Verb.VIEW, model._meta.label_lower)


def readable(model: type[models.Model]) -> models.QuerySet[Any, Any]:
    """Rows whoever is acting may open one by one."""
    rows: models.QuerySet[Any, Any] = model._default_manager.all()
    current = context.current()
    if issubclass(model, LedgerModel) or current is None or current.is_unscoped:
        return rows
    return visible_obligations(current.actor) if model is Obligation else rows.none()


def _learns_totals(grant: Any) -> bool:
    return bool(grant.role.reads_shared or grant.role.reach is Reach.SIDE)


def _without_rows(grants: Sequence[Grant], side: Side) -> Q:
    """Kernel tables such as obligations hold nothing to hide from whoever reads shared rows."""
    if any(grant.role.reads_shared for grant in grants):
        return Q()
    units = [grant.unit_id for grant in grants if grant.side == side]
    return Q(unit__in=units)
