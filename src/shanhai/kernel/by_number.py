"""Naming a row that others keep, by the whole number of a person and for a declared purpose (ADR 0050)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core import signing

from .scope import Actor

_AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Purpose:
    """For what a ledger names people whom another unit registered; rights are given by its code."""

    code: str
    label: Any


@dataclass(frozen=True)
class Asked:
    """A reference of a ledger that may be named so."""

    ledger: str
    field: str
    purpose: Purpose

    def ticket(self, row: Any, actor: Actor) -> str:
        """What stands for a row that was found: good for this reader and field, for an hour."""
        return signing.dumps(str(row.pk), salt=self._salt(actor))

    def opened(self, text: str, actor: Actor) -> UUID | None:
        """The key behind a ticket; None for any other text."""
        try:
            return UUID(signing.loads(text, salt=self._salt(actor), max_age=_AN_HOUR))
        except (signing.BadSignature, ValueError):
            return None

    def _salt(self, actor: Actor) -> str:
        return f"by-number:{self.ledger}:{self.field}:{actor.key}"
