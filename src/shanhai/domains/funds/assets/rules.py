"""Rules over assets: moves of standings, sums that balance, gaps from money to assets. Pure."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from shanhai.engines.findings import Finding
from shanhai.engines.values import wan

UNTITLED, IN_USE, LEASED, IDLE = "untitled", "in_use", "leased", "idle"
INEFFICIENT, DAMAGED, DISPOSED = "inefficient", "damaged", "disposed"

#: Standing → those that may follow it. An asset without title goes nowhere but to ruin before it has one.
#: To 处置 leads the decision on a disposal alone, see `BY_HAND`.
MOVES: Mapping[str, frozenset[str]] = {
    UNTITLED: frozenset({IN_USE, LEASED, IDLE, INEFFICIENT, DAMAGED}),
    IN_USE: frozenset({LEASED, IDLE, INEFFICIENT, DAMAGED, DISPOSED}),
    LEASED: frozenset({IN_USE, IDLE, INEFFICIENT, DAMAGED, DISPOSED}),
    IDLE: frozenset({IN_USE, LEASED, INEFFICIENT, DAMAGED, DISPOSED}),
    INEFFICIENT: frozenset({IN_USE, LEASED, IDLE, DAMAGED, DISPOSED}),
    DAMAGED: frozenset({IN_USE, DISPOSED}),
    DISPOSED: frozenset(),
}
#: Standings that somebody writes down; the other follows from a decision.
BY_HAND = frozenset(MOVES) - {DISPOSED}
#: Standings that an asset without title may have.
WITHOUT_TITLE = frozenset({UNTITLED, DAMAGED})

NO_ASSET, NO_PROJECT, TOO_EARLY = "no_asset", "no_project", "too_early"
SOURCES_DIFFER, OVER_PAID, LATE_TITLE, LONG_IDLE = "sources_differ", "over_paid", "late_title", "long_idle"


def moves_from(standing: str) -> frozenset[str]:
    """Standings that may follow; none for a word that is no standing."""
    return MOVES.get(standing, frozenset())


def after_months(day: date, months: int) -> date:
    """The day so many months later, the last of its month where that has fewer days."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


class Verdict(StrEnum):
    """How a printed total stands to its parts."""

    EXACT = "exact"
    #: The figures as printed are rounded, and that is enough to explain it 尾差.
    ROUNDED = "rounded"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Balance:
    """A printed total against what its parts come to. Unit: that of the parts."""

    stated: Decimal
    computed: Decimal
    verdict: Verdict

    @property
    def difference(self) -> Decimal:
        """Printed less computed."""
        return self.stated - self.computed


def balance(parts: Iterable[Decimal], stated: Decimal) -> Balance:
    """Whether `stated` follows from its parts: exactly, within the rounding of the printed figures, or not.

    Shape: a figure with two decimals stands for anything within half a hundredth of it; zeros at its end say
    nothing. Parts and total may differ by all those halves together, not by more.
    """
    held = list(parts)
    computed = sum(held, Decimal(0))
    if computed == stated:
        return Balance(stated, computed, Verdict.EXACT)
    slack = sum((_half(one) for one in (*held, stated)), Decimal(0))
    return Balance(stated, computed, Verdict.ROUNDED if abs(stated - computed) <= slack else Verdict.OFF)


def _half(figure: Decimal) -> Decimal:
    """Half of the last place a printed figure has."""
    exponent = figure.normalize().as_tuple().exponent
    return Decimal(5).scaleb(min(int(exponent), 0) - 1)


@dataclass(frozen=True, slots=True)
class Formed:
    """An asset as the rules see it. Unit: yuan; `sources` by project."""

    id: Hashable
    original_value: Decimal
    formed_on: date
    standing: str
    standing_since: date | None
    is_titled: bool
    sources: Mapping[Hashable, Decimal]


@dataclass(frozen=True, slots=True)
class Forming:
    """A project as the rules see it. Unit: yuan; `forms`: whether its kind forms assets at all."""

    id: Hashable
    name: str
    paid: Decimal
    is_accepted: bool
    forms: bool = True


@dataclass(frozen=True, slots=True)
class Limits:
    """Dated numbers in force; None where nobody set one."""

    title_months: int | None = None
    idle_months: int | None = None


def check_assets(assets: Sequence[Formed], projects: Mapping[Hashable, Forming]) -> Iterator[Finding]:
    """Gaps between money, projects and assets, both ways, and sums that do not meet."""
    formed: dict[Hashable, Decimal] = {}
    for asset in assets:
        for project, amount in asset.sources.items():
            formed[project] = formed.get(project, Decimal(0)) + amount
        yield from _sources(asset, projects)
    for key, project in projects.items():
        total = formed.get(key, Decimal(0))
        if project.is_accepted and project.forms and not total:
            yield Finding(NO_ASSET, "项目已验收，没有登记形成的资产。", (key,))
        if total > project.paid:
            over = wan(total - project.paid)
            sentence = f"形成资产 {wan(total)} 万元，已拨付 {wan(project.paid)} 万元，多 {over} 万元。"
            yield Finding(OVER_PAID, sentence, (key,))


def _sources(asset: Formed, projects: Mapping[Hashable, Forming]) -> Iterator[Finding]:
    if not asset.sources:
        yield Finding(NO_PROJECT, "没有登记资产来源，找不到形成它的项目和资金。", (asset.id,))
        return
    total = sum(asset.sources.values(), Decimal(0))
    if total != asset.original_value:
        off = abs(asset.original_value - total)
        sentence = f"原值 {asset.original_value:,} 元，来源合计 {total:,} 元，差 {off:,} 元。"
        yield Finding(SOURCES_DIFFER, sentence, (asset.id, *asset.sources))
    early = [key for key in asset.sources if key in projects and not projects[key].is_accepted]
    if early:
        names = "、".join(projects[key].name for key in early)
        yield Finding(TOO_EARLY, f"已登记资产，项目还没有验收：{names}。", (asset.id, *early))


def check_terms(assets: Iterable[Formed], limits: Limits, today: date) -> Iterator[Finding]:
    """Titles that should have come by now, and assets that have lain idle too long."""
    for asset in assets:
        if limits.title_months is not None and not asset.is_titled and asset.standing != DISPOSED:
            last = after_months(asset.formed_on, limits.title_months)
            if today > last:
                sentence = f"{asset.formed_on} 形成，应在 {last} 前确权，已逾期 {(today - last).days} 天。"
                yield Finding(LATE_TITLE, sentence, (asset.id,))
        since = asset.standing_since or asset.formed_on
        if limits.idle_months is not None and asset.standing == IDLE:
            last = after_months(since, limits.idle_months)
            if today > last:
                yield Finding(LONG_IDLE, f"{since} 起闲置，已超过 {limits.idle_months} 个月。", (asset.id,))


TOTAL = "total"
#: Lines of a printed sheet that are all assets together, seen two ways.
CLASS_PARTS = ("public", "operating", "household")
OWNER_PARTS = ("county_owned", "town_owned", "village_owned", "household_owned")
WAYS: Mapping[str, tuple[str, ...]] = {"class": CLASS_PARTS, "owner": OWNER_PARTS}


@dataclass(frozen=True, slots=True)
class Printed:
    """One line of a printed sheet. Unit: 万元."""

    count: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class Crossed:
    """What a sheet comes to one way: its parts added up, against the total it prints. Unit: 万元."""

    way: str
    counted: int
    stated_count: int
    value: Balance

    @property
    def follows(self) -> bool:
        return self.counted == self.stated_count and self.value.verdict is not Verdict.OFF


def cross_check(sheet: Mapping[str, Printed]) -> list[Crossed]:
    """The printed total of a sheet recomputed each way whose parts are all there; nothing without a total."""
    total = sheet.get(TOTAL)
    if total is None:
        return []
    return [
        Crossed(
            way,
            sum(sheet[part].count for part in parts),
            total.count,
            balance((sheet[part].value for part in parts), total.value),
        )
        for way, parts in WAYS.items()
        if all(part in sheet for part in parts)
    ]
