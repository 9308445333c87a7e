"""The rival: what a Django project writes, a query per indicator and level, an aggregate per month."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Func, Q, Sum

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel.fields import LtreeField
from shanhai.kernel.indicators.declare import DistinctLast, Exclusion, Indicator
from shanhai.kernel.indicators.declare import Sum as SumOf
from shanhai.kernel.indicators.onepass.terms import term_of
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.indicators.windows import Window
from shanhai.kernel.workflow import State
from shanhai.registers.places.models import Place

from .indicator_rows import FIRST_YEAR, YEARS

#: Labels of the path down to county, town and village.
LEVELS = (3, 4, 5)


def months() -> list[Period]:
    return [Period(PeriodKind.MONTH, FIRST_YEAR + n // 12, n % 12 + 1) for n in range(12 * YEARS)]


def asked() -> list[Indicator]:
    """Every indicator that counts rows in places; ratios are divided from these."""
    return [one for one in registry if term_of(one) is not None]


def plain(indicator: Indicator, level: int) -> dict[tuple[str, str, str], Decimal]:
    """(code, place, month) → value, of the places of one level."""
    rows = indicator.model._base_manager.filter(indicator.where, side="west", state=State.VERIFIED)
    for one in indicator.exclusions:
        if isinstance(one, Exclusion):
            rows = rows.exclude(one.condition)
    path = Func(
        F(f"{indicator.place_path}__path"),
        function="subpath",
        template=f"subpath(%(expressions)s, 0, {level})",
        output_field=LtreeField(),
    )
    rows = rows.filter(**{f"{indicator.place_path}__level__in": _at_or_below(level)}).annotate(area=path)
    aggregates: dict[str, Any] = {}
    for number, month in enumerate(months()):
        window = Window(month, indicator.span)
        condition = indicator.time.condition(window) & required(indicator, number)
        derived = {
            f"{name}_{number}": one.expression(indicator.model, window)
            for name, one in indicator.derived.items()
        }
        rows = rows.annotate(**derived) if derived else rows
        aggregates[f"m{number}"] = measured_of(indicator, condition)
    places = {place.path: str(place.pk) for place in Place.objects.all()}
    found = {}
    for line in rows.order_by().values("area").annotate(**aggregates):
        for number, month in enumerate(months()):
            value = line[f"m{number}"]
            if value:
                found[indicator.code, places[line["area"]], month.code] = value * indicator.scale
    return found


def levels_of_county() -> set[UUID]:
    """County, towns and villages; beyond them a value is the county's again."""
    return set(Place.objects.filter(level__in=_at_or_below(LEVELS[0])).values_list("pk", flat=True))


def _at_or_below(level: int) -> list[Any]:
    return [Place.Level.COUNTY, Place.Level.TOWN, Place.Level.VILLAGE][level - LEVELS[0] :]


def measured_of(indicator: Indicator, condition: Q) -> Any:
    match indicator.measure:
        case SumOf(field=name):
            return Sum(name, filter=condition)
        case DistinctLast(key=key):
            return Count(key, filter=condition, distinct=True)
        case _:
            return Count("pk", filter=condition)


def required(indicator: Indicator, number: int) -> Q:
    """What the last exclusions ask for, of the values derived for one month."""
    found = Q()
    for one in indicator.exclusions:
        if not isinstance(one, Exclusion):
            found &= _renamed(one.condition, number)
    return found


def _renamed(condition: Q, number: int) -> Q:
    named = {}
    for lookup, operand in (child for child in condition.children if isinstance(child, tuple)):
        name, _, operator = lookup.partition("__")
        named[f"{name}_{number}__{operator}"] = F(f"{vars(operand)['name']}_{number}")
    return Q(**named)
