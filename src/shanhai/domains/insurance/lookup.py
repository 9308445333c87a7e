"""What settlement must know of a person whoever keeps it: entitlement, filing, the year so far, the layers.

Goes round the scope: the two sides keep rows of one person apart, privately, and a layer is right only over
all of the year. Only values leave this module, never a row.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID
from zlib import crc32

from django.db import connection
from django.db.models import Exists, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from shanhai.engines import settlement as engine
from shanhai.kernel import context
from shanhai.kernel.scope import REPORTED_STATES
from shanhai.registers.parties.models import Person

from . import rules
from .models import (
    BenefitRule,
    Category,
    CategoryFavour,
    Entitlement,
    Filing,
    FilingTerm,
    Fund,
    ManualClaim,
    Settlement,
    Threshold,
)

FUNDS: dict[str, engine.Fund] = {
    Fund.POOL: engine.Fund.POOL,
    Fund.SERIOUS: engine.Fund.SERIOUS,
    Fund.ASSISTANCE: engine.Fund.ASSISTANCE,
}
#: First half of the key of advisory locks, and how many there are of them.
_YEARS_SETTLED, _LOCKS, _BOOKS = 20_370, 1024, 20_450
CATEGORIES: list[str] = list(Category.values)
_ROUNDING = {
    "half_up": engine.Rounding.HALF_UP,
    "down": engine.Rounding.DOWN,
    "up": engine.Rounding.UP,
}


@dataclass(frozen=True)
class Insured:
    """How a person is insured on a day, and by which side."""

    side: str
    insurance: str
    category: str


@dataclass(frozen=True)
class Filed:
    """The filing that covers a visit, and the percentage points its kind costs."""

    kind: str
    valid_from: date


def index_of(person: Person) -> str:
    """By which rows of one human being are one, whichever side keeps them."""
    index: str = person.identity_number_index  # type: ignore[attr-defined]
    return index


def hold_year(person_index: str, year: int) -> None:
    """Until the transaction ends nobody else settles a claim of this person and year."""
    hold_years([(person_index, year)])


def hold_years(years: Iterable[tuple[str, int]]) -> None:
    """The same of many. Shape: a bounded number of locks, which everybody takes in one order."""
    locks = sorted({crc32(f"{index}:{year}".encode()) % _LOCKS for index, year in years})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, one) FROM unnest(%s::int[]) one", [_YEARS_SETTLED, locks]
        )


def hold_books(side: str) -> None:
    """Until the transaction ends nobody else takes a step in the clearings of this place of care."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_BOOKS, side])


def insured(person_index: str, day: date) -> Insured | None:
    with context.unscoped("医保结算"):
        row = (
            Entitlement.objects.filter(
                Q(valid_to__isnull=True) | Q(valid_to__gte=day),
                person__identity_number_index=person_index,
                valid_from__lte=day,
                state__in=REPORTED_STATES,
            )
            .order_by("-valid_from", "id")
            .first()
        )
    return Insured(row.side, row.insurance, row.category) if row else None


def filed(person_index: str, first: date, last: date) -> Filed | None:
    """A filing in force at some time of the stay; one that came before discharge still counts."""
    with context.unscoped("医保结算"):
        row = (
            Filing.objects.filter(
                Q(valid_to__isnull=True) | Q(valid_to__gte=first),
                person__identity_number_index=person_index,
                valid_from__lte=last,  # none before it took effect
                state__in=REPORTED_STATES,
            )
            .order_by("valid_from", "id")
            .first()
        )
    return Filed(row.kind, row.valid_from) if row else None


def filed_after(person_index: str, last: date) -> date | None:
    """From which day the first filing after a stay holds."""
    with context.unscoped("医保结算"):
        rows = Filing.objects.filter(
            person__identity_number_index=person_index, valid_from__gt=last, state__in=REPORTED_STATES
        )
        found: date | None = rows.order_by("valid_from").values_list("valid_from", flat=True).first()
    return found


def closed_on(year: int) -> date | None:
    """The last day on which claims of a year are settled or taken back; None: no rule, no such day."""
    end = date(year, 12, 31)
    rows = Threshold.objects.in_force(end).filter(code=Threshold.Code.YEAR_MONTHS)
    months = rows.values_list("value", flat=True).first()
    return None if months is None else rules.months_later(end, int(months))


def year_so_far(person_index: str, year: int, without: Iterable[UUID] = ()) -> engine.Accumulators:
    """Sums over the settlements of the year, reversals among them. `without`: keys that are left out."""
    with context.unscoped("医保结算"):
        rows = Settlement.objects.filter(person_index=person_index, year=year).exclude(pk__in=list(without))
        sums = rows.aggregate(**{fund: Sum(fund) for fund in FUNDS})
        told = list(rows.values_list("counted", "reverses"))
    counted = tuple(sum(one[fund] for one, _reverses in told) for fund in range(engine.FUNDS))
    paid = tuple(rules.fen(sums[fund] or Decimal(0)) for fund in FUNDS)
    claims = sum(-1 if reverses else 1 for _counted, reverses in told)
    return engine.Accumulators(counted, paid, claims)


@dataclass(frozen=True)
class Stood:
    """A settlement of the year that stands: what its place in the order hangs on."""

    pk: UUID
    number: str
    visit: UUID
    visit_number: str
    side: str
    last: date
    is_by_hand: bool

    @property
    def place(self) -> tuple[date, str]:
        return self.last, self.visit_number


def standing(person_index: str, year: int) -> list[Stood]:
    """What stands of the year, in the declared order: by the last day of the visit, then by its number."""
    paid = ManualClaim.objects.filter(visit=OuterRef("visit"), claim_status=ManualClaim.Status.PAID)
    with context.unscoped("医保结算"):
        rows = Settlement.objects.filter(
            person_index=person_index, year=year, reverses__isnull=True, reversal__isnull=True
        ).values_list(
            "pk",
            "number",
            "visit",
            "visit__number",
            "visit__side",
            Coalesce("visit__discharged_on", "visit__admitted_on"),
            Exists(paid),
        )
        return sorted((Stood(*one) for one in rows), key=lambda one: one.place)


def later_number(person_index: str, year: int, after: Any) -> str | None:
    """The newest settlement of the year that stands and came after this one."""
    with context.unscoped("医保结算"):
        rows = Settlement.objects.filter(
            person_index=person_index, year=year, reverses__isnull=True, reversal__isnull=True, id__gt=after
        )
        number: str | None = rows.order_by("-id").values_list("number", flat=True).first()
    return number


def layers(one: Insured, care: str, level: str, kind: str, day: date) -> engine.Rules | None:
    """The rules of the insured place for a claim of this kind; None when there are none.

    Errors: SettlementError when two hold alike, or when they do not go together.
    """
    with context.unscoped("医保结算"):
        rows = list(
            BenefitRule.objects.filter(
                Q(valid_to__isnull=True) | Q(valid_to__gte=day),
                Q(hospital_level="") | Q(hospital_level=level),
                side=one.side,
                insurance=one.insurance,
                care=care,
                valid_from__lte=day,
                state__in=REPORTED_STATES,
            ).order_by("code")
        )
    # Of one fund the rule of the level comes before the general one, and the newer before the older.
    chosen: dict[str, BenefitRule] = {}
    for row in sorted(rows, key=_rank):
        other = chosen.get(row.fund)
        if other and _rank(other) == _rank(row):
            raise engine.SettlementError(f"待遇规定 {other.code} 与 {row.code} 同时有效，请参保地停用一条。")
        chosen[row.fund] = row
    if not chosen:
        return None
    ordered = sorted(chosen.values(), key=lambda row: row.turn)
    return engine.Rules(tuple(map(_layer, ordered)), _favours(day), (_cut(kind, day),))


def _rank(row: BenefitRule) -> tuple[bool, date]:
    return row.hospital_level != "", row.valid_from


def _layer(row: BenefitRule) -> engine.Layer:
    return engine.Layer(
        fund=FUNDS[row.fund],
        line=rules.fen(row.line),
        bands=_bands(row),
        cap=None if row.cap is None else rules.fen(row.cap),
        is_yearly=row.is_yearly,
        again=rules.ten_thousandths(row.again),
        is_cut=row.is_cut,
        rounding=_ROUNDING[row.rounding],
    )


def _bands(row: BenefitRule) -> tuple[engine.Band, ...]:
    starts = [one for one in (row.second_from, row.third_from) if one is not None]
    shares = [one for one in (row.share, row.second_share, row.third_share) if one is not None]
    ends = [*(rules.fen(start) for start in starts), None]
    return tuple(
        engine.Band(end, rules.ten_thousandths(share)) for end, share in zip(ends, shares, strict=True)
    )


def _favours(day: date) -> tuple[engine.Favour, ...]:
    rows = CategoryFavour.objects.in_force(day)
    return tuple(
        engine.Favour(
            CATEGORIES.index(row.category),
            FUNDS[row.fund],
            rules.ten_thousandths(row.line_percent),
            rules.ten_thousandths(row.points),
            row.is_uncapped,
        )
        for row in rows
    )


def _cut(kind: str, day: date) -> int:
    term = FilingTerm.objects.in_force(day).filter(kind=kind).first()
    return rules.ten_thousandths(term.cut) if term else 0
