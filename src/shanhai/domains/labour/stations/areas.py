"""Which station looks after whom: the nearest open one at or above a place, with those on duty there."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from shanhai.kernel import clock
from shanhai.kernel.scope import Actor, is_below

from ..models import ServiceStation, StationStaff


@dataclass(frozen=True)
class Post:
    """An open station. Shape: `path` of its place in the tree; `staff` by name, in order."""

    key: str
    name: str
    side: str
    path: str
    staff: tuple[str, ...]

    @property
    def told(self) -> str:
        """The station, and who is on duty."""
        return f"{self.name}（{'、'.join(self.staff)}）" if self.staff else self.name


def posts(sides: Iterable[str]) -> list[Post]:
    """Reported stations of these sides that are open today and stand at a place, by code. Two queries."""
    today = clock.today()
    here = Q(ended_on__isnull=True) | Q(ended_on__gte=today)
    on_duty = StationStaff.objects.reported().filter(here, started_on__lte=today).order_by("name")
    staff: dict[UUID, list[str]] = defaultdict(list)
    for station, name in on_duty.values_list("station", "name"):
        staff[station].append(name)
    is_open = Q(closed_on__isnull=True) | Q(closed_on__gt=today)
    rows = ServiceStation.objects.reported().filter(is_open, side__in=list(sides), place__isnull=False)
    told = rows.order_by("code", "id").values_list("id", "name", "side", "place__path")
    return [Post(str(pk), name, side, str(path), tuple(staff[pk])) for pk, name, side, path in told]


def post_of(path: str, side: str, known: Sequence[Post]) -> Post | None:
    """The nearest of the side at or above a place; of several at one place the first by code."""
    above = [one for one in known if one.side == side and is_below(path, one.path)]
    return max(above, key=lambda one: one.path.count("."), default=None)


def own_posts(actor: Actor, known: Sequence[Post]) -> list[Post]:
    """Where the actor is on duty, by the name of their account."""
    return [one for one in known if one.side in actor.sides and actor.name in one.staff]


def within(post: Post, known: Sequence[Post], place: str) -> Q:
    """Of rows whose place lies at `place` of a query: those that `post_of` gives to this station."""
    if post_of(post.path, post.side, known) != post:
        return Q(pk__in=[])
    nearer = [one for one in known if one.path != post.path and is_below(one.path, post.path)]
    found = Q(**{f"{place}__path__descendant_of": post.path})
    for one in nearer:
        if one.side == post.side:
            found &= ~Q(**{f"{place}__path__descendant_of": one.path})
    return found
