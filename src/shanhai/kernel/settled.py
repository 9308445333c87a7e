"""What follows when rows have come to count: verified, confirmed, amended. Asked for many rows at once."""

from collections.abc import Callable, Sequence
from typing import Any

from .ledger import Ledger
from .rows import LedgerModel
from .scope import Actor
from .workflow import State, Transition

#: Told inside the transaction, after the rows were written; the rows in memory may be older.
type Follower = Callable[[Ledger[Any], Sequence[LedgerModel], Actor], None]

_followers: list[Follower] = []


def register_follower(follower: Follower) -> Follower:
    """Decorator."""
    _followers.append(follower)
    return follower


def settled(ledger: Ledger[Any], rows: Sequence[LedgerModel], actor: Actor) -> None:
    """Tell those who follow that these rows count now with what they say now."""
    for follower in _followers:
        follower(ledger, rows, actor)


def stepped(ledger: Ledger[Any], rows: Sequence[LedgerModel], transition: Transition, actor: Actor) -> None:
    """The same after a step, where it is one that makes rows count."""
    if transition.target == State.VERIFIED:
        settled(ledger, rows, actor)
