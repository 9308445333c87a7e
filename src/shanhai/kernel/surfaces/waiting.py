"""How many rows wait for someone: returned, to verify, to confirm. The menu of every page tells it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shanhai.kernel import context
from shanhai.kernel.history import known
from shanhai.kernel.scope import ANONYMOUS, Actor
from shanhai.kernel.workflow import State

from .counts import Counts
from .waiting_statement import counted_rows

#: Requests that change none of the rows counted.
_READING = {"GET", "HEAD"}


@dataclass(frozen=True)
class Waiting:
    """Rows of one ledger that wait; `Counts.MOST` + 1 stands for all beyond, as in a list."""

    number: int
    #: Of rows to confirm: when the first of them was verified by the other side.
    since: datetime | None = None


@dataclass(frozen=True)
class Waits:
    """What waits for one reader, by ledger key; ledgers without such rows are left out."""

    #: Rows sent back that the reader may mend.
    returned: Mapping[str, Waiting] = field(default_factory=dict)
    #: Rows submitted by others that the reader may verify.
    to_verify: Mapping[str, Waiting] = field(default_factory=dict)
    #: Joint rows that the other side has verified and that the reader may confirm for the own side.
    to_confirm: Mapping[str, Waiting] = field(default_factory=dict)

    def numbers(self, ledger: str = "") -> list[int]:
        """Of every kind and ledger, or of one ledger alone."""
        kinds = (self.returned, self.to_verify, self.to_confirm)
        return [one.number for kind in kinds for key, one in kind.items() if ledger in ("", key)]


def in_words(numbers: Iterable[int]) -> str:
    """The sum as it is shown, `10,000+` where one was not counted to its end; "" for none."""
    found = list(numbers)
    total = sum(min(number, Counts.MOST) for number in found)
    more = "+" if any(number > Counts.MOST for number in found) else ""
    return f"{total:,}{more}" if total else ""


def waits_for(actor: Actor, snapshot: str = "") -> Waits:
    """One statement for all ledgers; of the present, also beside a page of the past.

    Shape: `snapshot` as in `counted_rows`.
    """
    found: dict[str, dict[str, Waiting]] = {state: {} for state in State}
    with known.as_known_on(None):
        for ledger, state, number, since in counted_rows(actor, up_to=Counts.MOST + 1, snapshot=snapshot):
            if number:
                found[state][ledger] = Waiting(number, since)
    return Waits(found[State.RETURNED], found[State.SUBMITTED], found[State.AWAITING])


def waits_of(request: Any) -> Waits:
    """What waits for who sent the request, counted once for all that is drawn."""
    if not hasattr(request, "waits"):
        in_force: context.Context | None = getattr(request, "kernel_context", None)
        snapshot = in_force.snapshot if in_force and request.method in _READING else ""
        request.waits = waits_for(getattr(request, "actor", ANONYMOUS), snapshot)
    found: Waits = request.waits
    return found
