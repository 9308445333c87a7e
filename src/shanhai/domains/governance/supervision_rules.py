"""How a slip moves, which light it shows, how a unit did in a year. Values in, values out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

GREEN, YELLOW, RED = "green", "yellow", "red"
#: Codes of the dated rules.
YELLOW_DAYS, TALK_REDS, REPLY_DAYS = "yellow_days", "talk_reds", "reply_days"
#: Points a year of a unit loses (praise: wins) for each; codes of the dated rules.
SCORES = ("score_red", "score_sent_back", "score_escalate", "score_talk", "score_problem", "score_praise")
WHOLE = 100  # points a year begins with
OPEN = ("issued", "received", "replied", "sent_back")


@dataclass(frozen=True, slots=True)
class Act:
    """What may be done with a slip. Shape: no `target` leaves the stage as it is."""

    sources: tuple[str, ...]
    target: str
    is_office: bool
    needs_words: bool = True


#: The unit receives and replies; everything else is the office's.
ACTS: Mapping[str, Act] = {
    "receive": Act(("issued",), "received", is_office=False, needs_words=False),
    "reply": Act(("received", "sent_back"), "replied", is_office=False),
    "close": Act(("replied",), "closed", is_office=True),
    "send_back": Act(("replied",), "sent_back", is_office=True),
    "escalate": Act(OPEN, "", is_office=True),
    "talk": Act(OPEN, "", is_office=True),
}


def may_do(act: str, stage: str) -> bool:
    return stage in ACTS[act].sources


@dataclass(frozen=True, slots=True)
class Slip:
    """What the rules need of a slip."""

    unit: str
    stage: str
    issued_on: date
    due_on: date
    first_replied_on: date | None = None
    replied_on: date | None = None
    closed_on: date | None = None
    times_sent_back: int = 0
    escalations: int = 0
    talked_on: date | None = None


def light(slip: Slip, today: date, limits: Mapping[str, int]) -> str:
    """Red after the day without a reply that stands, yellow shortly before it, green otherwise."""
    if slip.stage == "closed" or _stands(slip):
        return GREEN
    if today > slip.due_on:
        return RED
    near = limits.get(YELLOW_DAYS)
    return YELLOW if near is not None and (slip.due_on - today).days <= near else GREEN


def _stands(slip: Slip) -> bool:
    """Whether a reply of the time allowed waits to be verified."""
    return slip.stage == "replied" and slip.replied_on is not None and slip.replied_on <= slip.due_on


def was_red(slip: Slip, today: date) -> bool:
    """Whether it showed red on any day so far: nothing that stood was replied by the day it was due."""
    by = slip.replied_on if slip.stage in {"replied", "closed"} else None
    return (by or today) > slip.due_on


def answered_in_time(slip: Slip) -> bool:
    return slip.first_replied_on is not None and slip.first_replied_on <= slip.due_on


def must_talk(slips: Iterable[Slip], today: date, limits: Mapping[str, int]) -> bool:
    """Whether the reds of a unit this year, nobody has talked to it about, are as many as the rule says."""
    least = limits.get(TALK_REDS)
    reds = [one for one in slips if one.issued_on.year == today.year and was_red(one, today)]
    return least is not None and sum(one.talked_on is None for one in reds) >= least


@dataclass(frozen=True, slots=True)
class Effect:
    """A unit's year. Unit: `days` median from giving out to the first reply; `score` points, 0 at least."""

    slips: int
    closed: int
    answered: int
    in_time: int
    days: float | None
    sent_back: int
    reds: int
    escalated: int
    talks: int
    score: int


def effect(
    slips: Sequence[Slip], entries: Mapping[str, int], limits: Mapping[str, int], today: date
) -> Effect:
    """Shape: `entries` number of log lines by kind, of those written by hand."""
    replied = [one for one in slips if one.first_replied_on is not None]
    reds = sum(was_red(one, today) for one in slips)
    sent_back = sum(one.times_sent_back for one in slips)
    escalated = sum(one.escalations for one in slips)
    talks = sum(one.talked_on is not None for one in slips)
    lost = {
        "score_red": reds,
        "score_sent_back": sent_back,
        "score_escalate": escalated,
        "score_talk": talks,
        "score_problem": entries.get("problem", 0),
        "score_praise": -entries.get("praise", 0),
    }
    score = WHOLE - sum(limits.get(code, 0) * number for code, number in lost.items())
    days = [(one.first_replied_on - one.issued_on).days for one in replied if one.first_replied_on]
    return Effect(
        slips=len(slips),
        closed=sum(one.stage == "closed" for one in slips),
        answered=len(replied),
        in_time=sum(answered_in_time(one) for one in slips),
        days=median(days) if days else None,
        sent_back=sent_back,
        reds=reds,
        escalated=escalated,
        talks=talks,
        score=max(0, score),
    )
