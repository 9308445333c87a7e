"""What an account bound to a person or an employer is shown of its own rows, chapter by chapter (ADR 0041).

A chapter tells its part from its `contributions`. Rows come from the default manager, which knows whom the
account is bound to; a part never names that subject itself.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel.errors import NotVisible
from shanhai.kernel.leads import BODY, PERSON
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor
from shanhai.kernel.sealing.masks import mask_name

from .models import Body, Person


@dataclass(frozen=True)
class Act:
    """What may be done with a line, by a form sent to `url`. `asks`: that a reason must be given."""

    label: str
    url: str
    hidden: tuple[tuple[str, str], ...] = ()
    kind: str = ""
    text: str = ""
    asks: bool = False


@dataclass(frozen=True)
class Part:
    """Rows of one kind as texts below the labels of their columns, newest first."""

    key: str
    label: str
    columns: tuple[str, ...]
    lines: Sequence[tuple[str, ...]]
    #: Keys of the rows, where something may be done with them.
    rows: Sequence[str] = ()
    acts: Sequence[Act] = field(default_factory=list)
    note: str = ""


type Teller = Callable[[Actor], Part]

_tellers: dict[str, list[tuple[int, Teller]]] = {PERSON: [], BODY: []}


def register_part(kind: str, order: int) -> Callable[[Teller], Teller]:
    """Decorator: a part of what accounts bound to a subject of this kind are shown."""

    def registered(teller: Teller) -> Teller:
        _tellers[kind].append((order, teller))
        return teller

    return registered


def parts(actor: Actor, kind: str) -> list[Part]:
    """All of them in order. A query or two for each."""
    return [teller(actor) for _order, teller in sorted(_tellers[kind], key=lambda one: one[0])]


def require_kind(actor: Actor, kind: str) -> None:
    """Errors: NotVisible for whoever is bound to no subject of the kind: for them there is no such page."""
    if actor.subject is None or actor.subject.kind != kind:
        raise NotVisible


def own_person(actor: Actor) -> Person:
    """Errors: NotVisible, also while the record is taken back to be mended."""
    require_kind(actor, PERSON)
    found: Person = _only(Person.objects.select_related("owner_unit", "place"))
    return found


def own_body(actor: Actor) -> Body:
    """Errors: NotVisible."""
    require_kind(actor, BODY)
    found: Body = _only(Body.objects.select_related("owner_unit", "place"))
    return found


def _only(rows: Any) -> Any:
    found = rows.first()
    if found is None:
        raise NotVisible(_("您的登记正在核对，暂时看不到。请过几天再看，或向填报单位询问。"))
    return found


def told_name(person: Person, row: LedgerModel, actor: Actor) -> str:
    """The name of the person of a row; masked where the row is the other side's."""
    return str(person.name) if row.side in actor.sides else mask_name(person.name)


def facts(row: Person | Body) -> Iterator[tuple[str, str]]:
    """Labels and texts of the row of the register; numbers masked, as everywhere."""
    names = (
        ("name", "identity_number", "sex", "born_on", "category", "is_relocated", "phone")
        if isinstance(row, Person)
        else ("name", "credit_code", "kind", "address")
    )
    for name in names:
        label = str(row._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        yield label, _text(row, name)
    yield _("户籍") if isinstance(row, Person) else _("所在地"), str(row.place or "")
    yield _("填报单位"), str(row.owner_unit)


def _text(row: Any, name: str) -> str:
    value = getattr(row, name)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    shown = getattr(row, f"get_{name}_display", None)
    return str(shown() if shown else value if value is not None else "")
