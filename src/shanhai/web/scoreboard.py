"""By what units are compared: chapters contribute columns, the board above them shows all of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shanhai.kernel.scope import Actor


@dataclass(frozen=True)
class Score:
    """A column: a number for each unit, less is better.

    Shape: `read` gives units that have any, within what the reader may see, as of now, by a fixed number of
    queries. `address` leads to the rows behind the number of a unit, by its code; of all units without one.
    """

    code: str
    label: Any
    unit: Any
    order: int
    is_allowed: Callable[[Actor], bool]
    read: Callable[[Actor], Mapping[UUID, int]]
    address: Callable[[str], str]


_scores: dict[str, Score] = {}


def register_score(score: Score) -> Score:
    """From the `contributions` module of an application. Errors: ValueError for a code that is there."""
    if score.code in _scores:
        raise ValueError(f"{score.code} is on the scoreboard already")
    _scores[score.code] = score
    return score


def scores_for(actor: Actor) -> list[Score]:
    """Columns of this reader, in their order."""
    return sorted((one for one in _scores.values() if one.is_allowed(actor)), key=lambda one: one.order)
