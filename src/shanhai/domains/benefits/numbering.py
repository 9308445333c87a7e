"""Numbers of our own, by which the bank and people call a row: letters, the year, and a running number."""

from typing import Any

from shanhai.kernel import clock
from shanhai.kernel.scope import Actor

from . import lookup


def next_number(model: Any, letters: str, actor: Actor) -> str:
    """The number after the last of the side: `SL2021-00012`. Of two at once the constraint decides."""
    side = min(actor.sides, default="")
    return numbered(letters, clock.today().year, lookup.last_number(model, letters, side) + 1)


def numbered(letters: str, year: int, running: int) -> str:
    return f"{letters}{year}-{running:05}"
