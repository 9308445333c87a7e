"""How far a project has come, in work and in money; whether a photo fits it. Pure, exact."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

WHOLE = Decimal(100)
#: Metres, mean of the earth (IUGG).
_RADIUS = 6_371_009
TOO_FAR, TOO_EARLY, NO_PLACE, NO_TIME, USED_TWICE = (
    "too_far",
    "too_early",
    "no_place",
    "no_time",
    "used_twice",
)


@dataclass(frozen=True, slots=True)
class Part:
    """A milestone. Unit: `weight` in per cent of the whole work."""

    weight: Decimal
    due_on: date
    done_on: date | None


def reached(parts: Iterable[Part], day: date) -> Decimal:
    """Physical progress on a day: the weights done by then. Unit: per cent, 0–100."""
    done = (part.weight for part in parts if part.done_on is not None and part.done_on <= day)
    return min(sum(done, Decimal(0)), WHOLE)


def planned(parts: Iterable[Part], day: date) -> Decimal:
    """What should be done by a day."""
    return min(sum((part.weight for part in parts if part.due_on <= day), Decimal(0)), WHOLE)


def is_whole(parts: Sequence[Part]) -> bool:
    """Whether the milestones make up all of the work, so that they say how far it has come."""
    return bool(parts) and sum((part.weight for part in parts), Decimal(0)) == WHOLE


def month_ends(first: date, last: date) -> Iterator[date]:
    """The last day of each month from `first` on; of the month of `last`, `last` itself."""
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        following = date(year + month // 12, month % 12 + 1, 1)
        end = date.fromordinal(following.toordinal() - 1)
        yield min(end, last)
        year, month = following.year, following.month


@dataclass(frozen=True, slots=True)
class Photo:
    """What is known of a photo of a site. Degrees: positive north and east (WGS 84)."""

    shot_on: date | None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    is_used_twice: bool = False


def metres(first: tuple[Decimal, Decimal], second: tuple[Decimal, Decimal]) -> int:
    """Distance over the ground of two places (latitude, longitude), on a sphere: within 0.6 %."""
    (lat1, lon1), (lat2, lon2) = (tuple(math.radians(float(x)) for x in one) for one in (first, second))
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return round(2 * _RADIUS * math.asin(min(1.0, math.sqrt(half))))


def photo_problems(
    photo: Photo, begun_on: date | None, site: tuple[Decimal, Decimal] | None, most_metres: int | None
) -> Iterator[tuple[str, int]]:
    """Why a photo does not fit the project, as (code, days or metres beyond)."""
    if photo.is_used_twice:
        yield USED_TWICE, 0
    if photo.shot_on is None:
        yield NO_TIME, 0
    elif begun_on is not None and photo.shot_on < begun_on:
        yield TOO_EARLY, (begun_on - photo.shot_on).days
    if photo.latitude is None or photo.longitude is None:
        yield NO_PLACE, 0
    elif site is not None and most_metres is not None:
        away = metres((photo.latitude, photo.longitude), site)
        if away > most_metres:
            yield TOO_FAR, away
