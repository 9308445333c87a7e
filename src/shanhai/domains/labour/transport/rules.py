"""Who may ride, and how a ride goes on. Values in, values out."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

#: How a ride stands → how it may stand next; the way back is for a wrong tap in the bus.
MOVES: Mapping[str, tuple[str, ...]] = {
    "expected": ("boarded", "absent"),
    "boarded": ("arrived", "expected"),
    "absent": ("boarded", "expected"),
    "arrived": ("handed_over", "boarded"),
    "handed_over": (),
}
#: Rides that take a seat.
SEATED = ("expected", "boarded", "arrived", "handed_over")


@dataclass(frozen=True, slots=True)
class Journey:
    """One person's seat on a trip. Shape: first and last day included."""

    id: Hashable
    trip: str
    departs_on: date
    arrives_on: date

    def meets(self, other: "Journey") -> bool:
        """Whether both are under way on some day. Changing vehicles is one trip."""
        return self.departs_on <= other.arrives_on and other.departs_on <= self.arrives_on


def may_move(ride: str, following: str) -> bool:
    return following in MOVES[ride]


def clash(one: Journey, others: Iterable[Journey]) -> str:
    """The first trip that `one` cannot be on at the same time; "" without."""
    return next((other.trip for other in others if other.id != one.id and one.meets(other)), "")


def seats_left(seats: int, taken: int) -> int:
    """Shape: never below nought, also where seats were taken away later."""
    return max(0, seats - taken)
