"""Where a resolution stands, and which light it shows. Days and states in, words out; nothing is stored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

NOT_STARTED, UNDER_WAY, CLAIMED, DONE, OVERDUE, REVOKED = (
    "not_started",
    "under_way",
    "claimed",
    "done",
    "overdue",
    "revoked",
)
#: In the order of a list; what is left open after a meeting are the first four.
STANDINGS = (OVERDUE, CLAIMED, UNDER_WAY, NOT_STARTED, DONE, REVOKED)
UNFINISHED = frozenset({NOT_STARTED, UNDER_WAY, CLAIMED, OVERDUE})
GREEN, YELLOW, RED = "green", "yellow", "red"
#: Codes of the dated rules.
YELLOW_DAYS, PLAN_SHARE = "yellow_days", "plan_share"
WHOLE = 100  # per cent


@dataclass(frozen=True, slots=True)
class Told:
    """What a unit reported. Shape: `state` of its row: submitted, verified or returned."""

    day: date
    state: str
    is_complete: bool
    percent: Decimal | None = None


def standing(told: Sequence[Told], due_on: date, today: date, *, is_revoked: bool = False) -> str:
    """One word. A completion that was verified closes; one asked for in time waits and is not late.

    Shape: `told` holds nothing of voided or draft rows.
    """
    if is_revoked:
        return REVOKED
    if any(one.is_complete and one.state == "verified" for one in told):
        return DONE
    claimed = [one.day for one in told if one.is_complete and one.state == "submitted"]
    if today > due_on and not any(day <= due_on for day in claimed):
        return OVERDUE
    if claimed:
        return CLAIMED
    return UNDER_WAY if told else NOT_STARTED


def closed_on(told: Iterable[Told]) -> date | None:
    """The day of the completion that was verified."""
    return min((one.day for one in told if one.is_complete and one.state == "verified"), default=None)


def percent_of(told: Iterable[Told]) -> Decimal:
    """How far it has come by the latest report that says so; done is the whole. Unit: per cent."""
    known = [one for one in told if one.state != "returned"]
    if any(one.is_complete and one.state == "verified" for one in known):
        return Decimal(WHOLE)
    said = [(one.day, one.percent) for one in known if one.percent is not None]
    return max(said)[1] if said else Decimal(0)


def planned(begun_on: date, due_on: date, today: date) -> Decimal:
    """How far it should be by today, evenly from the first day to the last. Unit: per cent, 0 to 100."""
    days = (due_on - begun_on).days
    if days <= 0 or today >= due_on:
        return Decimal(WHOLE)
    return Decimal(max(0, (today - begun_on).days) * WHOLE) / days


def light(
    stands: str, begun_on: date, due_on: date, percent: Decimal, today: date, limits: Mapping[str, int]
) -> str:
    """Green when done or in time, yellow shortly before the day or behind the plan, red after the day.

    Shape: `stands` as `standing` says it.
    """
    if stands in {DONE, REVOKED}:
        return GREEN
    if stands == OVERDUE:
        return RED
    near, share = limits.get(YELLOW_DAYS), limits.get(PLAN_SHARE)
    if near is not None and (due_on - today).days <= near:
        return YELLOW
    is_behind = share is not None and percent * WHOLE < planned(begun_on, due_on, today) * share
    return YELLOW if is_behind else GREEN


def agenda_of(left: Sequence[tuple[str, str, str]]) -> str:
    """The first items of the next agenda: code, content and standing of each, one a line."""
    lines = (
        f"{number}. 复议 {code}：{content}（{how}）" for number, (code, content, how) in enumerate(left, 1)
    )
    return "\n".join(lines)
