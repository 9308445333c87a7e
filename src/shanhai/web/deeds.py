"""What may be done about something a page shows: chapters above offer it, pages below show it.

A page knows its subject, not who offers what: findings of any chapter and tasks of a scheme ask here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from shanhai.kernel.scope import Actor


@dataclass(frozen=True)
class Subject:
    """What something is to be done about. Shape: without `id` a row that is missing."""

    ledger: str
    id: UUID | None
    text: str
    sentence: str
    unit_id: str = ""


@dataclass(frozen=True)
class Deed:
    """A way on: what it is called and where it leads."""

    label: str
    url: str


#: None where the reader may not, or there is nothing to do.
type DeedBuilder = Callable[[Actor, Subject], Deed | None]

_builders: list[DeedBuilder] = []


def register_deed(builder: DeedBuilder) -> DeedBuilder:
    """Decorator, from the `contributions` module of an application."""
    _builders.append(builder)
    return builder


def deeds_of(actor: Actor, subject: Subject) -> list[Deed]:
    return [deed for builder in _builders if (deed := builder(actor, subject))]
