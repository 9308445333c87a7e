"""What must be known of a person whoever keeps the row: whether a benefit of the kind was claimed already.

Goes round the scope: units and sides keep claims of one human being apart, privately, and a benefit is given
once over all; lists of categories are kept privately too, and eligibility asks what held on a day. Only keys,
categories, numbers and digests leave this module, never a row.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from shanhai.domains.labour.categories import EX_POOR, as_registered
from shanhai.domains.labour.models import PersonCategory
from shanhai.engines.values import Period
from shanhai.kernel import clock, context
from shanhai.kernel.scope import REPORTED_STATES
from shanhai.kernel.workflow import State
from shanhai.registers.parties.models import Body, Person

from .models import CLOSED, Claim, Policy, PolicyRelease, PushRecipient, Standing


@dataclass(frozen=True)
class Stood:
    """What lists say of a person on a day; None of what they say nothing about."""

    category: str | None
    is_relocated: bool | None


def index_of(subject: Person | Body) -> str:
    """By which claims of one human being, or one firm, are one, whichever side keeps them."""
    if isinstance(subject, Body):
        return str(subject.credit_code)
    index: str = subject.identity_number_index  # type: ignore[attr-defined]
    return index


def hold(indexes: Collection[str]) -> None:
    """Until the transaction ends nobody else approves a claim of these."""
    with connection.cursor() as cursor:
        for index in sorted(indexes):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 36))", [index])


def claimed_elsewhere(
    kind: str, period: Period, indexes: Collection[str], *, but_policy: object
) -> frozenset[str]:
    """Those of `indexes` with a claim of the kind by another policy of either side, in days that meet."""
    if not kind or not indexes:
        return frozenset()
    with context.unscoped("同类补贴查重"):
        rows = Claim.objects.filter(~Q(policy=but_policy), benefit_kind=kind, subject_index__in=indexes)
        live = rows.exclude(state=State.VOIDED).exclude(standing__in=CLOSED)
        told = list(live.values_list("subject_index", "benefit_period"))
    return frozenset(index for index, code in told if _meet(Period.parse(code), period))


def stood_as(day: date, keys: Collection[UUID] | None = None) -> Mapping[UUID, Stood]:
    """Of people with dated categories, what they were on `day`, whichever unit recorded it; by key.

    Shape: `keys` are of persons that the caller found within the scope, None for those of everybody. Who
    is in no list of a kind at all is told None of it: then the register holds.
    """
    told = (*EX_POOR, PersonCategory.Category.RELOCATED)
    with context.unscoped("按日期认定的人员类别"):
        rows = PersonCategory.objects.filter(state__in=REPORTED_STATES, category__in=told)
        chosen = rows if keys is None else rows.filter(person__in=keys)
        found = list(chosen.order_by().values_list("person", "category", "valid_from", "valid_to"))
    known: dict[UUID, set[str]] = {}
    held: dict[UUID, set[str]] = {}
    for key, category, first, last in found:
        known.setdefault(key, set()).add(category)
        if first <= day and (last is None or day <= last):
            held.setdefault(key, set()).add(category)
    return {key: _stood(kinds, held.get(key, set())) for key, kinds in known.items()}


def _stood(kinds: Collection[str], held: Collection[str]) -> Stood:
    relocated = PersonCategory.Category.RELOCATED
    return Stood(
        as_registered(held) if set(kinds) - {relocated} else None,
        relocated in held if relocated in kinds else None,
    )


def _meet(one: Period, other: Period) -> bool:
    return one.start <= other.end and other.start <= one.end


def subjects_claimed(policy: Policy, period_code: str) -> frozenset[UUID]:
    """Keys of people or firms with a claim that is not void, whichever unit of the side keeps it."""
    with context.unscoped("应享未领名单"):
        rows = Claim.objects.filter(policy=policy, benefit_period=period_code).exclude(state=State.VOIDED)
        told = list(rows.values_list("person", "firm"))
    return frozenset(person or firm for person, firm in told)


def recipients_of(release: PolicyRelease) -> frozenset[UUID]:
    """Keys of people or firms to whom a release is brought, whichever unit is to tell them."""
    with context.unscoped("政策推送查重"):
        told = list(PushRecipient.objects.filter(push__release=release).values_list("person", "firm"))
    return frozenset(person or firm for person, firm in told)


def claimed_on(policies: Collection[UUID]) -> Mapping[tuple[UUID, UUID], date]:
    """When people and firms last claimed of these policies, by policy and key, whichever unit keeps it."""
    with context.unscoped("推送后申领"):
        rows = Claim.objects.filter(policy__in=policies).exclude(state=State.VOIDED)
        told = rows.exclude(standing=Standing.WITHDRAWN).order_by("applied_on")
        found = list(told.values_list("policy", "person", "firm", "applied_on"))
    return {(policy, person or firm): day for policy, person, firm, day in found}


def last_number(model: Any, letters: str, side: str) -> int:
    """The running number last given on a side this year, whichever unit has it; 0 for none."""
    head = f"{letters}{clock.today().year}-"
    with context.unscoped("编号"):
        rows = model.objects.filter(side=side, number__regex=rf"^{head}[0-9]{{5}}$")
        found = rows.order_by("-number").values_list("number", flat=True).first()
    return int(found[-5:]) if found else 0
