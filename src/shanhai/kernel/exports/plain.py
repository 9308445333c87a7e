"""Sensitive values of an export as they stand: who may have them, of which rows, and the record of it.

The right is that of opening a single value (`Verb.UNMASK` on the ledger whose row bears it), row by row; rows
beyond its reach stay masked in the same file. Of a past day nothing is exported so.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.history import known
from shanhai.kernel.permissions import Verb
from shanhai.kernel.readings.models import ExportReading
from shanhai.kernel.restricted import open_to_readers
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor, visible_rows
from shanhai.kernel.sealing import without_numbers_of_people
from shanhai.kernel.surfaces.fields import ResolvedColumn
from shanhai.kernel.surfaces.listing import Listing

_SHORTEST, _LONGEST = 2, 200


def openable(listing: Listing) -> list[ResolvedColumn]:
    """Columns shown whose values the reader may have unmasked, in some row at least."""
    if known.known_on() is not None or listing.grouped_by is not None:
        return []
    return [column for column in listing.columns if column.is_sensitive and _may(column, listing.actor)]


def checked_reason(listing: Listing, reason: str) -> str:
    """Errors: NotAllowed without the right or anything to open, RuleViolated without a reason."""
    if not openable(listing):
        raise NotAllowed
    reason = without_numbers_of_people(reason.strip())[:_LONGEST]
    if len(reason) < _SHORTEST:
        raise RuleViolated(_("导出敏感信息原文须写明理由。"), code="reason_missing")
    return reason


def within_reach(column: ResolvedColumn, actor: Actor) -> Any:
    """For a query: whether the value of `column` is one that `actor` may see as it stands."""
    model = _bearer(column)
    path = column.name.rpartition("__")[0] or "pk"
    reached = model._base_manager.filter(
        visible_rows(actor, Verb.UNMASK, model.ledger_key()), open_to_readers(model)
    )
    return ExpressionWrapper(Q(**{f"{path}__in": reached.values("pk")}), output_field=BooleanField())


def _may(column: ResolvedColumn, actor: Actor) -> bool:
    model: Any = getattr(column.model_field, "model", None)
    is_row = isinstance(model, type) and issubclass(model, LedgerModel)
    return is_row and actor.allows(Verb.UNMASK, model.ledger_key())


def _bearer(column: ResolvedColumn) -> type[LedgerModel]:
    """The ledger whose row bears the value."""
    return column.model_field.model  # type: ignore[union-attr,return-value]


@dataclass(frozen=True)
class Taken:
    """What an export is about to take along: rows opened, by the side they belong to."""

    columns: Sequence[ResolvedColumn]
    rows: Counter[str]

    def record(self, listing: Listing, *, form: str, filters: Sequence[str], reason: str) -> None:
        """One reading for each side; none where nothing was opened."""
        for side, number in self.rows.items():
            ExportReading.objects.create(
                side=side,
                ledger=listing.ledger.key,
                fields=[column.name for column in self.columns],
                rows=number,
                filters="；".join(filters),
                form=form,
                read_at=clock.now(),
                read_by=listing.actor.key,
                reason=reason,
            )
