"""Rules over workshops: which standard a month is judged by, how long one lies under it, what is overdue."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shanhai.engines.findings import Finding
from shanhai.engines.values import Period, PeriodKind

UNDER_STANDARD = "under_standard"
PREMIUM_LOW = "premium_low"
MONTHS_MISSING = "months_missing"
REVIEW_DUE = "review_due"
RECTIFICATION_OVERDUE = "rectification_overdue"
NO_STANDARD = "no_standard"
#: Standings in which a workshop works and reports.
AT_WORK = frozenset({"recognised", "rectifying"})
#: Missing months named in a sentence; the rest is a number.
NAMED = 3


@dataclass(frozen=True, slots=True)
class Standard:
    """A dated standard. Shape: `kind` "" for every kind. Unit: `premium` yuan a person and month."""

    kind: str
    ex_poor: int
    premium: Decimal
    alarm_months: int
    review_months: int
    valid_from: date
    valid_to: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """What a workshop reported of a month. Shape: `period` is `2021-08`. Unit: yuan."""

    period: str
    jobs: int
    ex_poor: int
    premium: Decimal


@dataclass(frozen=True, slots=True)
class Workshop:
    """A workshop with its reported months in order and the days of its reviews."""

    id: Hashable
    kind: str
    recognition: str
    recognised_on: date | None = None
    rectify_by: date | None = None
    months: tuple[Month, ...] = ()
    reviewed_on: tuple[date, ...] = ()


def standard_on(standards: Iterable[Standard], kind: str, day: date) -> Standard | None:
    """The newest that holds on the day, one of the kind's own before the general ones."""
    holding = [
        one
        for one in standards
        if one.kind in {"", kind} and one.valid_from <= day and (one.valid_to is None or day <= one.valid_to)
    ]
    return max(holding, key=lambda one: (bool(one.kind), one.valid_from), default=None)


def is_under(month: Month, standards: Sequence[Standard], kind: str) -> bool:
    """Whether too few ex-poor people worked there, by the standard of that month; without one it is not."""
    standard = standard_on(standards, kind, Period.parse(month.period).end)
    return standard is not None and month.ex_poor < standard.ex_poor


def months_under(months: Sequence[Month], standards: Sequence[Standard], kind: str) -> list[Month]:
    """The last reported months in a row that lie under the standard, the earliest first.

    Shape: a month that nobody reported is not counted and ends nothing, or silence would end an alarm.
    """
    found = []
    for month in sorted(months, key=lambda one: one.period, reverse=True):
        if not is_under(month, standards, kind):
            break
        found.append(month)
    return found[::-1]


@dataclass(frozen=True, slots=True)
class Alarm:
    """How long a workshop lies under the standard, and whether that is too long."""

    months: tuple[Month, ...]
    standard: Standard

    @property
    def is_raised(self) -> bool:
        return len(self.months) >= self.standard.alarm_months

    @property
    def sentence(self) -> str:
        told = "、".join(f"{one.period} {one.ex_poor} 人" for one in self.months[-NAMED:])
        said = f"已连续 {len(self.months)} 个月吸纳脱贫人口不足 {self.standard.ex_poor} 人（{told}），"
        if self.is_raised:
            return said + f"达到 {self.standard.alarm_months} 个月的预警线，请核实并责令整改。"
        return said + f"满 {self.standard.alarm_months} 个月预警。"


def alarm_of(months: Sequence[Month], standards: Sequence[Standard], kind: str) -> Alarm | None:
    """None while the last reported month meets its standard, or where no standard is known."""
    under = months_under(months, standards, kind)
    standard = standard_on(standards, kind, Period.parse(under[-1].period).end) if under else None
    return Alarm(tuple(under), standard) if standard else None


def unmet(months: Sequence[Month], standards: Sequence[Standard], kind: str, day: date) -> list[str]:
    """Why a workshop cannot be recognised on the day, by its last reported month; [] when it can."""
    standard = standard_on(standards, kind, day)
    if standard is None:
        return [f"{day} 没有这类车间的认定标准，请先登记认定标准。"]
    known = [one for one in months if Period.parse(one.period).start <= day]
    if not known:
        return ["还没有已报的车间月报，请先填报月报。"]
    last = max(known, key=lambda one: one.period)
    found = []
    if last.ex_poor < standard.ex_poor:
        found.append(f"{last.period} 吸纳脱贫人口 {last.ex_poor} 人，认定标准至少 {standard.ex_poor} 人。")
    if last.premium < standard.premium:
        found.append(
            f"{last.period} 意外险保费每人每月 {last.premium:f} 元，认定标准至少 {standard.premium:f} 元。"
        )
    return found


def missing_months(workshop: Workshop, today: date) -> list[str]:
    """Whole months at work that nobody reported, the earliest first."""
    if workshop.recognised_on is None or workshop.recognition not in AT_WORK:
        return []
    wanted = Period.between(workshop.recognised_on, today, PeriodKind.MONTH)
    known = {one.period for one in workshop.months}
    first = workshop.recognised_on
    return [one.code for one in wanted if one.end < today and one.end > first and one.code not in known]


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last."""
    month = day.month - 1 + months
    first = date(day.year + month // 12, month % 12 + 1, 1)
    return first.replace(day=min(day.day, Period.of(first, PeriodKind.MONTH).end.day))


def check(workshops: Iterable[Workshop], standards: Sequence[Standard], today: date) -> Iterator[Finding]:
    """What is wrong with workshops at work, gravest first within each."""
    for one in workshops:
        if one.recognition in AT_WORK:
            yield from _check(one, standards, today)


def _check(one: Workshop, standards: Sequence[Standard], today: date) -> Iterator[Finding]:
    standard = standard_on(standards, one.kind, today)
    if standard is None:
        yield Finding(NO_STANDARD, "今天没有这类车间的认定标准，无法预警；请登记认定标准。", (one.id,))
    alarm = alarm_of(one.months, standards, one.kind)
    if alarm and alarm.is_raised:
        yield Finding(UNDER_STANDARD, alarm.sentence, (one.id,))
    if one.recognition == "rectifying" and one.rectify_by and one.rectify_by < today:
        sentence = f"整改期限 {one.rectify_by} 已过，请复查：合格的恢复认定，不合格的取消。"
        yield Finding(RECTIFICATION_OVERDUE, sentence, (one.id,))
    last = max(one.months, key=lambda month: month.period, default=None)
    of_last = last and standard_on(standards, one.kind, Period.parse(last.period).end)
    if last and of_last and last.premium < of_last.premium:
        sentence = f"{last.period} 意外险保费每人每月 {last.premium:f} 元，标准至少 {of_last.premium:f} 元。"
        yield Finding(PREMIUM_LOW, sentence, (one.id,))
    missing = missing_months(one, today)
    if missing:
        more = f"等 {len(missing)} 个月" if len(missing) > NAMED else ""
        yield Finding(MONTHS_MISSING, f"缺 {'、'.join(missing[:NAMED])}{more}的月报，请补报。", (one.id,))
    since = max((*one.reviewed_on, *((one.recognised_on,) if one.recognised_on else ())), default=None)
    if standard and since and months_later(since, standard.review_months) < today:
        sentence = f"上次认定或复核是 {since}，已超过 {standard.review_months} 个月，请复核。"
        yield Finding(REVIEW_DUE, sentence, (one.id,))
