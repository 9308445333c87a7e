"""Never more than before: rows that name one row together never come to more than it has (ADR 0053).

Declared on the model of the rows that are summed, one line a link, and held by the database for whoever
writes: `sums.py` makes the statements. What takes room counts as soon as it is written, what makes room once
it is verified; voided rows count for nothing.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, connection, models
from django.utils.translation import gettext as _

from .errors import RuleViolated

if TYPE_CHECKING:
    from .rows import LedgerModel

#: Before the name of a link, as the database calls it.
PREFIX = "within_"


@dataclass(frozen=True)
class Further:
    """Rows of another ledger whose amounts count too; amounts may be negative."""

    #: `funds.contractchange`
    model: str
    #: References from them to the row that holds the limit: `contract`, `contract__project`.
    path: str
    amount: str = "amount"


@dataclass(frozen=True)
class Within:
    """One link: what a row has, and who takes from it.

    Shape: a limit that is not told (null) holds nothing.
    """

    #: Reference of the summed rows to the row that holds the limit.
    field: str
    #: Amount of the row they name.
    limit: str
    #: What whoever is refused can do, one sentence.
    mend: Any
    #: Amount of the summed rows; "" where each counts for one.
    amount: str = "amount"
    #: Field and values of the rows that count; all without.
    only: tuple[str, Sequence[str]] | None = None
    #: Rows whose amounts raise the limit, or lower it.
    raised_by: Sequence[Further] = ()
    #: Rows of other ledgers that take from the same limit.
    used_by: Sequence[Further] = ()


def name_of(model: type[models.Model], link: Within) -> str:
    """How the database calls the link."""
    return f"{PREFIX}{model._meta.db_table}_{link.field}"


def links() -> "list[tuple[type[LedgerModel], Within]]":
    """Every link of every ledger, in the order of the models."""
    declared: list[Any] = [model for model in apps.get_models() if getattr(model, "WITHIN", ())]
    return [(model, link) for model in declared for link in model.WITHIN]


@dataclass(frozen=True)
class Room:
    """What a row that holds a limit has, and what is taken from it now; in the unit of the limit."""

    most: Decimal
    used: Decimal


def rooms(model: "type[LedgerModel]", link: Within, keys: Collection[UUID]) -> dict[UUID, Room]:
    """Of the rows that hold the limit; counted as the database counts, whoever may see what is taken."""
    if not keys:
        return {}
    with connection.cursor() as cursor:
        function = f"kernel_{name_of(model, link)}_room"
        cursor.execute(f"SELECT id, most, used FROM {function}(%s)", [list(keys)])  # noqa: S608 -- our own name
        return {key: Room(most, used) for key, most, used in cursor.fetchall()}


def exceeded(error: IntegrityError) -> RuleViolated | None:
    """What the database refused as more than there is, in words; None for any other refusal.

    To be asked when the statement is rolled back: it reads the row that holds the limit.
    """
    told = getattr(error.__cause__, "diag", None)
    name = getattr(told, "constraint_name", None) or ""
    if not name.startswith(PREFIX):
        return None
    model, link = next(one for one in links() if name_of(*one) == name)
    found = json.loads(told.message_detail)  # type: ignore[union-attr]
    holder: Any = model._meta.get_field(link.field).related_model
    row = holder._base_manager.filter(pk=found["row"]).first()
    sentence = too_much(link, row, *(Decimal(found[one]) for one in ("limit", "left", "over")), holder=holder)
    return RuleViolated(sentence, code="more_than_before", problems={"": [sentence]})


def too_much(link: Within, row: Any, most: Decimal, left: Decimal, over: Decimal, *, holder: Any) -> str:
    """The refusal in words. Shape: `row` holds the limit, None when it is gone; `holder` is its model."""
    limit: Any = holder._meta.get_field(link.limit)
    unit = str(getattr(limit, "unit", ""))
    told = {
        "kind": holder._meta.verbose_name,
        "name": row.reference_text() if row is not None else "",
        "limit": limit.verbose_name,
        "total": _amount(most, unit),
        "left": _amount(max(left, Decimal(0)), unit),
        "over": _amount(over, unit),
        "mend": link.mend,
    }
    return (
        _("%(kind)s“%(name)s”还剩 %(left)s，这样会超出 %(over)s（%(limit)s现为 %(total)s）。%(mend)s") % told
    )


def _amount(number: Decimal, unit: str) -> str:
    return f"{number:,f} {unit}".rstrip()
