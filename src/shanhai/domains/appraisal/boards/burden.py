"""Burden of a year: facts typed again, numbers filled by the system, minutes from period end to bulletin."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from statistics import median

from django.db.models import Count, Q

from shanhai.engines.values import Period, percent
from shanhai.kernel import clock
from shanhai.kernel.documents.bound import check_bound, numbers
from shanhai.kernel.documents.stored import load
from shanhai.kernel.errors import NotVisible
from shanhai.kernel.scope import Actor, Side

from ..models import Bulletin, BurdenGoal
from ..targets import is_manager, managed_side
from . import facts
from .facts import FactKind, Typed, month_of


@dataclass(frozen=True)
class Repeats:
    """A kind of fact that more than one ledger holds, with those that were typed more than once."""

    kind: FactKind
    entries: int
    again: int
    facts: tuple[Typed, ...]


@dataclass(frozen=True)
class Issued:
    """An issued bulletin. Unit: minutes; from the first moment after its period, and from its draft."""

    bulletin: Bulletin
    at: datetime
    minutes: int
    drafting: int
    #: Numbers filled by the system, and by hand: typed, or kept although the value had moved.
    filled: int
    by_hand: int

    @property
    def month(self) -> date:
        return month_of(self.at)


@dataclass(frozen=True)
class Month:
    """Shape: the first day; `minutes` median of what was issued in it, None without."""

    first: date
    entries: int
    again: int
    filled: int
    by_hand: int
    minutes: int | None

    @property
    def code(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def times(self) -> Decimal | None:
        return times(self.entries, self.again)

    @property
    def share(self) -> Decimal | None:
        return share(self.filled, self.by_hand)


def times(entries: int, again: int) -> Decimal | None:
    """How often a fact was typed on average, two decimals; None where nothing was."""
    return (Decimal(entries) / (entries - again)).quantize(Decimal("0.01")) if entries > again else None


def share(filled: int, by_hand: int) -> Decimal | None:
    """Numbers filled by the system, in per cent of all; None without numbers."""
    return percent(filled, filled + by_hand) if filled + by_hand else None


def minutes_between(period: Period, at: datetime) -> int:
    """From the first moment after the period, China time; negative for what was issued before its end."""
    ended = datetime.combine(period.end + timedelta(days=1), time(), clock.CHINA)
    return int((at - ended).total_seconds() // 60)


def may_open(actor: Actor) -> bool:
    """Coordinators, whose business the forms are."""
    return actor.home is not None and is_manager(actor)


class Burden:
    """What a coordinator sees of the own side in a year, each part asked once."""

    def __init__(self, actor: Actor, year: int) -> None:
        if not may_open(actor):
            raise NotVisible
        self.actor = actor
        self.side = Side(managed_side(actor))
        self.year = year
        self.kinds = facts.readable(actor)

    @cached_property
    def cells(self) -> Mapping[tuple[str, date], int]:
        """Values typed in the year, by ledger and month."""
        sources = [source for one in self.kinds for source in one.sources]
        return facts.cells(sources, self.side, self.year)

    @cached_property
    def repeats(self) -> list[Repeats]:
        """Kinds that stand in several ledgers, those typed again most often first."""
        found = []
        for kind in self.kinds:
            if not kind.is_shared:
                continue
            told = facts.repeated(kind, self.side)
            now = tuple(one for one in told if one.again(self.year))
            again = sum(len(one.again(self.year)) for one in now)
            entries = sum(facts.cells(kind.sources, self.side, self.year).values())
            found.append(Repeats(kind, entries, again, now))
        return sorted(found, key=lambda one: -one.again)

    def repeat(self, code: str) -> Repeats:
        """Errors: NotVisible for an unknown kind."""
        for one in self.repeats:
            if one.kind.code == code:
                return one
        raise NotVisible

    @cached_property
    def issued(self) -> list[Issued]:
        """Bulletins of the side issued in the year, also those withdrawn since; the last first."""
        kept = Count("figures", filter=~Q(figures__kept_by=""))
        rows = Bulletin.objects.visible_to(self.actor).filter(side=self.side, issued_at__isnull=False)
        first = datetime(self.year, 1, 1, tzinfo=clock.CHINA)
        rows = rows.filter(issued_at__gte=first, issued_at__lt=first.replace(year=self.year + 1))
        told = rows.annotate(kept=kept).order_by("-issued_at")
        return [_issued(one, one.issued_at, vars(one)["kept"]) for one in told if one.issued_at is not None]

    @cached_property
    def months(self) -> list[Month]:
        """From January to the last month of the year that has begun."""
        entries, again = Counter[date](), Counter[date]()
        for (_ledger, month), number in self.cells.items():
            entries[month] += number
        for one in self.repeats:
            again.update(month for fact in one.facts for month in fact.again(self.year))
        by_month: dict[date, list[Issued]] = defaultdict(list)
        for issued in self.issued:
            by_month[issued.month].append(issued)
        last = min(clock.today(), date(self.year, 12, 31))
        firsts = [date(self.year, number, 1) for number in range(1, 13)]
        return [
            Month(
                first=first,
                entries=entries[first],
                again=again[first],
                filled=sum(one.filled for one in by_month[first]),
                by_hand=sum(one.by_hand for one in by_month[first]),
                minutes=_median(by_month[first]),
            )
            for first in firsts
            if first <= last
        ]

    @property
    def whole(self) -> Month:
        """The year in one line."""
        return Month(
            first=date(self.year, 1, 1),
            entries=sum(one.entries for one in self.months),
            again=sum(one.again for one in self.months),
            filled=sum(one.filled for one in self.months),
            by_hand=sum(one.by_hand for one in self.months),
            minutes=_median(self.issued),
        )

    @cached_property
    def goals(self) -> dict[str, Decimal]:
        """Goals in force today by code."""
        rows = BurdenGoal.objects.in_force(clock.today()).values_list("burden_code", "goal_value")
        return dict(rows)


def _median(found: list[Issued]) -> int | None:
    return int(median(one.minutes for one in found)) if found else None


def _issued(one: Bulletin, at: datetime, kept: int) -> Issued:
    """Shape: `kept` is how many of its numbers a person let stand."""
    document = load(one.frozen or {})
    found = numbers(document)
    bound = sum(bool(number.bind) for number in found)
    by_hand = len(found) - bound + len(check_bound(document))
    kept = min(kept, bound)
    return Issued(
        bulletin=one,
        at=at,
        minutes=minutes_between(Period.parse(one.period), at),
        drafting=int((at - one.drafted_at).total_seconds() // 60),
        filled=bound - kept,
        by_hand=by_hand + kept,
    )
