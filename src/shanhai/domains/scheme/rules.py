"""Pure rules of the scheme: for which quarters a task is reported, how a text is cut and joined."""

import datetime
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from shanhai.engines.clauses.layout import Flow
from shanhai.engines.values import Period, PeriodKind

#: Quarters of a year that each frequency is reported for.
QUARTERS = {"quarter": (1, 2, 3, 4), "half_year": (2, 4), "year": (4,)}
SENTENCE_END = re.compile(r"[。；！？][”’）)]*|：\n+")
MIN_PIECE = 8  # characters; less is no clause


def owed_quarters(
    frequency: str, due_on: datetime.date | None, since: datetime.date, today: datetime.date
) -> tuple[Period, ...]:
    """Quarters begun by `today` for which a task is reported, oldest first.

    Shape: `once` is the quarter of the due date; other tasks end with the quarter of theirs.
    """
    begun = [p for p in Period.between(since, max(since, today), PeriodKind.QUARTER) if p.start <= today]
    if due_on is not None:
        begun = [period for period in begun if period.start <= due_on]
    if frequency == "once":
        return tuple(period for period in begun if due_on is not None and period.contains(due_on))
    wanted = QUARTERS[frequency]
    return tuple(period for period in begun if quarter_of(period) in wanted)


def quarter_of(period: Period) -> int:
    """1–4."""
    return (period.end.month + 2) // 3


def due_day(period: Period, due_days: int) -> datetime.date:
    return period.end + datetime.timedelta(days=due_days)


@dataclass(frozen=True)
class Reported:
    """What matters of one unit's report on one task for one quarter."""

    state: str
    submitted_on: datetime.date | None
    percent: object = None


def standing(
    report: Reported | None, due: datetime.date, today: datetime.date, *, is_nil: bool = False
) -> str:
    """One word for unit, task and quarter: verified, reported, late_reported, nil, returned, late or open.

    Shape: `is_nil` is a nil return of the unit for the quarter; a report goes before it.
    """
    is_reported = report is not None and report.state in {"submitted", "verified"}
    if report is not None and is_reported:
        if report.submitted_on is not None and report.submitted_on > due:
            return "late_reported"
        return "verified" if report.state == "verified" else "reported"
    if is_nil:
        return "nil"
    if today > due:
        return "late"
    return "returned" if report is not None and report.state == "returned" else "open"


def part(flow: Flow, start: int, end: int) -> str:
    """The words of a span of the source as they read rejoined, without what only the page put there."""
    places = range(len(flow.text))
    first, last = (bisect_left(places, offset, key=flow.source) for offset in (start, end))
    return flow.text[first:last].strip()


def sentence_starts(source: str, start: int, end: int) -> list[int]:
    """Where the span may be cut: before sentences, with enough left on both sides."""
    found = []
    for match in SENTENCE_END.finditer(source, start, end):
        at = match.end()
        while at < end and source[at].isspace():
            at += 1
        if at - start >= MIN_PIECE and end - at >= MIN_PIECE and at not in found:
            found.append(at)
    return found


def trimmed(source: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    while start < end and source[start].isspace():
        start += 1
    while end > start and source[end - 1].isspace():
        end -= 1
    return start, end


@dataclass(frozen=True)
class Mark:
    """A span of the source with something to say about it; of those that overlap the lowest rank is shown."""

    start: int
    end: int
    key: object
    rank: int = 0


def pieces(text: str, marks: Sequence[Mark], stops: Iterable[int] = ()) -> Iterator[tuple[int, int, object]]:
    """The text from end to end in pieces (start, end, key of the foremost mark over it or None).

    Shape: pieces leave no gap, and one begins at every stop. Linear but for marks that overlap.
    """
    cuts = sorted({0, len(text), *stops, *(m.start for m in marks), *(m.end for m in marks)})
    cuts = [cut for cut in cuts if 0 <= cut <= len(text)]
    waiting = sorted(marks, key=lambda mark: mark.start, reverse=True)
    over: list[Mark] = []
    for start, end in pairwise(cuts):
        while waiting and waiting[-1].start <= start:
            over.append(waiting.pop())
        over = [mark for mark in over if mark.end > start]
        foremost = min(over, key=lambda mark: (mark.rank, mark.end - mark.start), default=None)
        yield start, end, foremost.key if foremost else None
