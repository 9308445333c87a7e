"""Employers of the county's workers: how many each has, how many stay, benefits paid, visits this year."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Max, Q, Sum

from shanhai.domains.labour.models import EmploymentSpell, MonthlyFact, Threshold
from shanhai.kernel import clock
from shanhai.kernel.scope import Actor
from shanhai.registers.parties.models import Body

from .models import Claim, EmployerVisit, Standing

#: Of the employers that have most, so many are put together.
LARGEST = 5


@dataclass(frozen=True)
class Employer:
    """One employer today. Shape: people, each counted once. Unit of `paid`: yuan."""

    key: UUID
    name: str
    workers: int
    insured: int
    stable: int
    claims: int
    paid: Decimal
    visits: int = 0
    visited_on: date | None = None

    def share_of(self, total: int) -> Decimal:
        """Per cent of all workers, to a tenth."""
        return per_cent(self.workers, total)


def per_cent(part: int, whole: int) -> Decimal:
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1")) if whole else Decimal("0.0")


def stable_months() -> int:
    """Months in post this year from which a worker counts as stable, by the rule in force; 0 without one."""
    row = Threshold.objects.in_force(clock.today()).filter(code=Threshold.Code.STABLE_MONTHS).first()
    return int(row.value) if row else 0


def employers_of(actor: Actor) -> list[Employer]:
    """Those of the reader's side with anybody at work today, most workers first. Six queries."""
    today, sides = clock.today(), sorted(actor.sides)
    running = Q(started_on__lte=today) & (Q(ended_on__isnull=True) | Q(ended_on__gt=today))
    spells = EmploymentSpell.objects.reported().filter(running, side__in=sides, employer__isnull=False)
    counted = (
        spells.order_by()
        .values("employer")
        .annotate(
            workers=Count("person", distinct=True),
            insured=Count("person", distinct=True, filter=Q(is_insured=True)),
        )
    )
    rows = list(counted)
    names = {body.pk: body.name for body in Body.objects.filter(pk__in=[one["employer"] for one in rows])}
    stable = _stable(today.year, sides)
    claims = Claim.objects.filter(side__in=sides, standing=Standing.PAID, firm__isnull=False).order_by()
    paid = {
        one["firm"]: (one["number"], one["total"])
        for one in claims.values("firm").annotate(number=Count("id"), total=Sum("amount"))
    }
    visited = _visits(today.year, sides)
    found = [
        Employer(
            one["employer"],
            names[one["employer"]],
            one["workers"],
            one["insured"],
            min(stable[one["employer"]], one["workers"]),
            *paid.get(one["employer"], (0, Decimal(0))),
            *visited.get(one["employer"], (0, None)),
        )
        for one in rows
        if one["employer"] in names
    ]
    return sorted(found, key=lambda one: (-one.workers, one.name, str(one.key)))


def _stable(year: int, sides: Sequence[str]) -> Counter[UUID]:
    """People by employer with enough months in post there this year."""
    months = stable_months()
    facts = MonthlyFact.objects.reported().filter(
        side__in=sides, period__gte=f"{year}-01", period__lte=f"{year}-12", is_in_post=True
    )
    enough = (
        facts.filter(spell__employer__isnull=False)
        .order_by()
        .values("spell__employer", "spell__person")
        .annotate(months=Count("period", distinct=True))
        .filter(months__gte=months)
    )
    return Counter(enough.values_list("spell__employer", flat=True)) if months else Counter()


def _visits(year: int, sides: Sequence[str]) -> dict[UUID, tuple[int, date]]:
    """How often each was called on this year, and when last."""
    rows = EmployerVisit.objects.reported().filter(side__in=sides, visited_on__year=year).order_by()
    counted = rows.values("firm").annotate(number=Count("id"), last=Max("visited_on"))
    return {one["firm"]: (one["number"], one["last"]) for one in counted}
