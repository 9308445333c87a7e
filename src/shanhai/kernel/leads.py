"""How a row leads to whom it is about, and whose rows alone a bound account reaches (ADR 0041).

A model says it of its rows as `leads_to`; what says nothing is closed to every bound account.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps

#: Kinds of subjects: a person and a body of the registers.
PERSON, BODY = "person", "body"


@dataclass(frozen=True)
class Subject:
    """The one row of a register that an account is bound to."""

    kind: str
    pk: UUID


@dataclass(frozen=True)
class Lead:
    """References to follow from a row to its subject, `pk` for the subject itself.

    Shape: only rows that were reported are shown, with `drafts` those that were not yet as well.
    """

    path: str
    drafts: bool = False

    @property
    def names(self) -> list[str]:
        return self.path.split("__")


type Leads = Mapping[str, Lead]


def leads_of(model: Any) -> Leads:
    """What a model declares, by kind of subject."""
    found: Leads = getattr(model, "leads_to", {})
    return found


def lead_of(ledger: str, kind: str) -> Lead | None:
    """None where rows of the ledger lead to no such subject, or nobody knows the ledger."""
    try:
        model = apps.get_model(ledger)
    except (LookupError, ValueError):
        return None
    return leads_of(model).get(kind)


def led_to(row: Any, lead: Lead) -> Any:
    """The key of the subject that a row in memory leads to; None for none."""
    found = row
    for name in lead.names:
        if found is None:
            return None
        found = getattr(found, name)
    return getattr(found, "pk", found)
