"""Whether each candidate is counted in a window, or why not: `compile.candidates` in arrays."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shanhai.engines.stretches import Flags
from shanhai.engines.values import Period
from shanhai.kernel.indicators.declare import (
    Attribution,
    Both,
    InPeriods,
    InYear,
    OnDate,
    Overlapping,
)
from shanhai.kernel.indicators.onepass.activity import position
from shanhai.kernel.indicators.onepass.summing import Months
from shanhai.kernel.indicators.reasons import DUPLICATE, OUTSIDE_PERIOD
from shanhai.kernel.indicators.windows import Window

from .block import Block, Lexicons
from .shape import Shape

type Verdict = NDArray[np.uint8]

COUNTED = 0
#: Until it is known whether it repeats its object.
_OPEN = 255


def verdict(shape: Shape, block: Block, lexicons: Lexicons, months: Months, period: Period) -> Verdict:
    """Of each row the number of its reason (`Shape.ordinals`), `COUNTED` for none."""
    indicator, ordinals = shape.term.indicator, shape.ordinals
    found = np.where(block.columns["status"] == 0, np.uint8(_OPEN), block.columns["status"])
    for code, kept in _derived(shape, block, months, period):
        found[~kept & (found > ordinals[code])] = ordinals[code]
    times = ((block.columns[f"time{n}"], lexicons[f"time{n}"]) for n in range(len(indicator.time.paths)))
    inside = _inside(indicator.time, Window(period, indicator.span), times)
    found[~inside & (found > ordinals[OUTSIDE_PERIOD])] = ordinals[OUTSIDE_PERIOD]
    rows = np.flatnonzero(found == _OPEN)
    found[rows] = COUNTED
    if shape.term.is_distinct:
        owners = block.thing[rows]
        found[rows[1:][owners[1:] == owners[:-1]]] = ordinals[DUPLICATE]
    return found


def _derived(shape: Shape, block: Block, months: Months, period: Period) -> Iterator[tuple[str, Flags]]:
    """Code of each exclusion on derived values, and the rows that it leaves in."""
    if not block.allowed:
        return
    at = position(shape.term.indicator, period)
    assert at is not None  # noqa: S101  (derived values are of windows that only their end tells apart)
    lot, month = months.place(at[1])
    for code, lots in block.allowed.items():
        of_line = (lots[lot] >> np.uint64(month) & np.uint64(1)).astype(np.bool_)
        yield code, of_line[block.columns["line"]]


def _inside(time: Attribution, window: Window, times: Iterator[Any]) -> Flags:
    """`time.condition(window)`; an empty day is later than any."""
    first, last = _day(window.first), _day(window.last)
    match time:
        case Both():
            own = _inside(time.first, window, times)
            return own & _inside(time.second, window, times)
        case OnDate():
            days, _ = next(times)
            return np.asarray((days >= first) & (days <= last))
        case Overlapping():
            begins, _ = next(times)
            ends, _ = next(times)
            return np.asarray((begins <= last) & (ends >= first))
        case InPeriods() | InYear():
            codes, lexicon = next(times)
            wanted = window.codes if isinstance(time, InPeriods) else (window.year,)
            there = np.zeros(max(len(lexicon), 1), np.bool_)
            there[[number for number in map(lexicon.known, wanted) if number >= 0]] = True
            found: Flags = there[codes]
            return found
        case _:
            days, _ = next(times)
            return np.asarray(days <= last)


def _day(day: Any) -> int:
    """Days since 1970."""
    return int(np.datetime64(day, "D").astype(np.int64))
