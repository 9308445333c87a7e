"""A person of the own side named by the whole number for a declared purpose, whoever keeps them (ADR 0050).

Goes round the scope: one person or nobody, for who has the right of the day; every number asked is recorded.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.by_number import Asked
from shanhai.kernel.kept import keep, kept_so_far
from shanhai.kernel.permissions import Verb
from shanhai.kernel.readings.models import FieldReading
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor, is_below
from shanhai.kernel.sealing import installed_keyring
from shanhai.kernel.workflow import State

from .askings import NumberAsking, NumberAskingRule
from .fields import parse_identity
from .persons import Person
from .units import Unit

_WRITING = (Verb.CREATE, Verb.EDIT, Verb.IMPORT)


@dataclass(frozen=True)
class _Right:
    """What the rules of today leave an account: of which sides, and how many numbers."""

    sides: frozenset[str]
    a_day: int


def found(texts: Iterable[str], asked: Asked, actor: Actor) -> dict[str, Person]:
    """Text → person, of numbers that may still be asked today; every new one is recorded, found or not."""
    right = _right(asked, actor)
    index_of = _indexes(texts) if right else {}
    if right is None or not index_of:
        return {}
    _hold(asked, actor)
    before = _asked_today(asked, actor)
    new = [index for index in dict.fromkeys(index_of.values()) if index not in before]
    new = new[: max(right.a_day - len(before), 0)]
    open_to = before | set(new)
    people = _people(open_to & set(index_of.values()), right.sides)
    _record(new, people, asked, actor)
    return {text: people[index] for text, index in index_of.items() if index in people}


def held(key: UUID, asked: Asked, actor: Actor) -> Person | None:
    """The person of a ticket, as long as the right holds and they may be named."""
    right = _right(asked, actor)
    if right is None:
        return None
    rows: Any = Person._base_manager.filter(pk=key, side__in=right.sides, is_restricted=False)
    person: Person | None = rows.exclude(state=State.VOIDED).select_related("owner_unit", "place").first()
    return person


def may_ask(asked: Asked, actor: Actor) -> bool:
    return _right(asked, actor) is not None


def why_not(text: str, asked: Asked, actor: Actor) -> str:
    """That nobody has the number, or that no more may be asked today; "" for who has no right to ask."""
    right, index_of = _right(asked, actor), _indexes([text])
    if right is None or not index_of:
        return ""
    before = _asked_today(asked, actor)
    if index_of[text] not in before and len(before) >= right.a_day:
        sentence = _("今天按身份证号查找的人数已到上限（%(count)s 人），请明天再查，或请安全管理员调整规定。")
        return sentence % {"count": f"{right.a_day:,}"}
    return _("本方没有登记过这个身份证号的人员。请核对号码；确实没有登记的，先在“人员”里登记。")


def _right(asked: Asked, actor: Actor) -> _Right | None:
    """Of the rules of today that name a unit of the actor, where they may write the ledger."""
    grants = [one for one in actor.grants if any(one.role.allows(verb, asked.ledger) for verb in _WRITING)]
    if not grants or actor.subject is not None:
        return None
    rules = NumberAskingRule.objects.in_force(clock.today()).filter(purpose=asked.purpose.code)
    a_day = dict(rules.values_list("unit", "a_day"))
    if not a_day:
        return None
    paths = {unit.path: a_day[unit.code] for unit in Unit.objects.filter(code__in=a_day)}
    met = [
        (grant.side, most)
        for grant in grants
        for path, most in paths.items()
        if is_below(grant.unit_path, path)
    ]
    return _Right(frozenset(str(side) for side, _m in met), max(most for _s, most in met)) if met else None


def _indexes(texts: Iterable[str]) -> dict[str, str]:
    ring, today = installed_keyring(), clock.today()
    index_of: dict[str, str] = {}
    for text in texts:
        with suppress(ValidationError):
            index_of[text] = ring.blind_index(parse_identity(text, today).number)
    return index_of


def _hold(asked: Asked, actor: Actor) -> None:
    """Until the transaction ends nobody else asks by this account: a day's numbers are counted once."""
    with connection.cursor() as cursor:
        told = f"{actor.key}:{asked.purpose.code}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 50))", [told])


def _asked_today(asked: Asked, actor: Actor) -> set[str]:
    """Numbers of the day, those of this request included whatever became of their savepoint."""
    rows = NumberAsking.objects.filter(asked_by=actor.key, asked_on=clock.today(), purpose=asked.purpose.code)
    told = set(rows.values_list("value_index", flat=True))
    return told | {one.value_index for one in kept_so_far(NumberAsking) if one.purpose == asked.purpose.code}


def _people(indexes: set[str], sides: frozenset[str]) -> dict[str, Person]:
    rows: Any = Person._base_manager.filter(
        identity_number_index__in=indexes, side__in=sides, is_restricted=False
    )
    by_index = {one.identity_number_index: one for one in rows.select_related("owner_unit", "place")}
    voided = [one for one in by_index.values() if one.state == State.VOIDED]
    into = Person.standing_for(voided, Person._base_manager)
    named = {index: into.get(one.pk) if one.state == State.VOIDED else one for index, one in by_index.items()}
    return {index: one for index, one in named.items() if one is not None and not one.is_restricted}


def _record(new: list[str], people: dict[str, Person], asked: Asked, actor: Actor) -> None:
    at, today = clock.now(), clock.today()
    sides = {grant.side for grant in actor.grants}
    reason = f"{asked.purpose.label}（{registry.get(asked.ledger).label}）"
    keep(
        [
            NumberAsking(
                side=people[index].side if index in people else min(sides),
                ledger=asked.ledger,
                purpose=asked.purpose.code,
                value_index=index,
                is_found=index in people,
                asked_on=today,
                asked_at=at,
                asked_by=actor.key,
            )
            for index in new
        ]
    )
    keep(
        [
            FieldReading(
                side=people[index].side,
                ledger=Person.ledger_key(),
                row_id=people[index].pk,
                field="identity_number",
                value_index=index,
                read_at=at,
                read_by=actor.key,
                reason=reason[:200],
            )
            for index in new
            if index in people
        ]
    )
