"""In which seats somebody may sign today: their own, and those of colleagues who are away."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from shanhai.engines.approval import Seat
from shanhai.kernel import clock
from shanhai.kernel.scope import Actor, Grant
from shanhai.registers.accounts.models import Membership

from .models import StandIn
from .steps import seat

type Seats = frozenset[tuple[str, Seat]]


@dataclass(frozen=True)
class Hands:
    """`lent`: key of who is away → their seats. A seat goes with the side it is on."""

    actor: Actor
    own: Seats
    lent: Mapping[str, Seats]

    def on(self, side: str, waiting: Iterable[Seat]) -> Iterator[tuple[Seat, str]]:
        """Of the seats, those they may sign, and in whose place ("" for their own); their own first."""
        asked = [(side, one) for one in waiting]
        for absent, seats in {"": self.own, **self.lent}.items():
            yield from ((one[1], absent) for one in asked if one in seats)


def hands_of(actor: Actor) -> Hands:
    """As of today; two queries at most. Who is stood in for by somebody lends nothing that they were lent."""
    return Hands(actor, _seats(actor.grants), _lent(actor))


def _seats(grants: Iterable[Grant]) -> Seats:
    return frozenset((str(grant.side), seat(grant.unit_id, grant.role.code)) for grant in grants)


def _lent(actor: Actor) -> dict[str, Seats]:
    """Nothing through a token: whoever asked for it could not know of later absences."""
    if actor.user_id is None or actor.through is not None:
        return {}
    today = clock.today()
    away = StandIn.objects.filter(stands_in=actor.key, valid_from__lte=today, valid_to__gte=today)
    sides = dict(away.values_list("absent", "side"))
    if not sides:
        return {}
    grants: dict[str, list[Grant]] = {}
    for one in (
        Membership.objects.in_force(today).filter(user__pk__in=sides).select_related("unit__place", "place")
    ):
        grants.setdefault(str(one.user_id), []).append(one.grant())
    return {
        key: frozenset(held for held in _seats(grants.get(key, ())) if held[0] == side)
        for key, side in sides.items()
    }
