"""孵化成效 and 带头人三年跟踪: survival by base and year of moving in; what leaders did year by year."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.engines.values import PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.sealing import mask_name
from shanhai.kernel.sheets.columns import Kind, SheetColumn

from .books import Asked, Behind, Book, Line, total_of
from .models import Course, IncubationBase, IncubationTenant, LeaderYear, TenantSupport, Trainee
from .rules import incubation as rules
from .rules.courses import share

#: Columns of people led in the first, second and third year after the course.
LED = tuple(f"led_{n}" for n in range(1, rules.FOLLOWED_YEARS + 1))


def _survival_columns() -> Sequence[SheetColumn]:
    shares = [
        SheetColumn(
            f"after_{years}", _("%(years)s 年存活率") % {"years": years}, Kind.DECIMAL, unit="%", decimals=1
        )
        for years in rules.YEARS
    ]
    return (
        SheetColumn("base", _("孵化基地"), Kind.TEXT, width=24),
        SheetColumn("year", _("入驻年份"), Kind.TEXT, width=10),
        SheetColumn("tenants", _("入驻项目"), Kind.INTEGER, unit=_("个")),
        SheetColumn("homecoming", _("其中返乡创业"), Kind.INTEGER, unit=_("个")),
        SheetColumn("running", _("仍在经营"), Kind.INTEGER, unit=_("个")),
        SheetColumn("staff", _("带动就业"), Kind.INTEGER, unit=_("人")),
        SheetColumn("support", _("累计支持"), Kind.MONEY, unit=_("元")),
        *shares,
    )


def _groups(asked: Asked) -> dict[tuple[IncubationBase, int], list[IncubationTenant]]:
    """Tenants that moved in up to the end of the year asked for, by base and year of moving in."""
    tenants = IncubationTenant.objects.reported().filter(side=asked.side, moved_in_on__lte=asked.period.end)
    found: dict[tuple[Any, int], list[IncubationTenant]] = defaultdict(list)
    for one in tenants.order_by("moved_in_on", "code"):
        found[one.base_id, one.moved_in_on.year].append(one)
    bases = IncubationBase.objects.in_bulk([base for base, _year in found])
    order = sorted((key for key in found if key[0] in bases), key=lambda key: (bases[key[0]].code, key[1]))
    return {(bases[base], year): found[base, year] for base, year in order}


def _supports(asked: Asked, tenants: Sequence[IncubationTenant]) -> Any:
    rows = TenantSupport.objects.reported().filter(tenant__in=tenants, paid_on__lte=asked.period.end)
    return rows.select_related("tenant").order_by("paid_on", "id")


def _day(asked: Asked) -> date:
    return min(clock.today(), asked.period.end)


def _is_running(one: IncubationTenant, day: date) -> bool:
    return one.closed_on is None or one.closed_on > day


def _survival_lines(asked: Asked) -> list[Line]:
    groups = _groups(asked)
    paid: dict[Any, Decimal] = defaultdict(Decimal)
    for one in _supports(asked, [one for own in groups.values() for one in own]):
        paid[one.tenant_id] += one.support_paid
    return [_survival_line(asked, base, year, own, paid) for (base, year), own in groups.items()]


def _survival_line(
    asked: Asked, base: IncubationBase, year: int, own: Sequence[IncubationTenant], paid: dict[Any, Decimal]
) -> Line:
    today = _day(asked)
    return {
        "id": base.pk,
        "key": f"{base.pk}.{year}",
        "base": base.name,
        "year": str(year),
        "tenants": len(own),
        "homecoming": sum(one.is_homecoming for one in own),
        "running": sum(_is_running(one, today) for one in own),
        "staff": sum(one.staff for one in own),
        "support": sum((paid[one.pk] for one in own), Decimal(0)),
        "known": [rules.Tenant(one.moved_in_on, one.closed_on) for one in own],
        "day": today,
    } | _survived([rules.Tenant(one.moved_in_on, one.closed_on) for one in own], today)


def _survived(known: Sequence[rules.Tenant], day: date) -> Line:
    return {f"after_{years}": share(*rules.survival(known, years, day)) for years in rules.YEARS}


def _survival_total(lines: Sequence[Line]) -> Line:
    summed = ("tenants", "homecoming", "running", "staff", "support")
    line = total_of(lines, "base", _survival_columns(), *summed)
    return line | _survived([one for told in lines for one in told["known"]], lines[0]["day"])


def _survival_behind(asked: Asked, key: str, column: str) -> list[Behind]:
    groups = _groups(asked)
    own = [one for (base, year), found in groups.items() if key in {"", f"{base.pk}.{year}"} for one in found]
    if column == "support":
        return [
            Behind(
                TenantSupport.ledger_key(),
                one.pk,
                one.tenant.name,
                f"{one.get_support_kind_display()}，{one.paid_on}",
                one.support_paid,
            )
            for one in _supports(asked, own)
        ]
    found = ((one, _counts(one, column, _day(asked))) for one in own)
    return [
        Behind(IncubationTenant.ledger_key(), one.pk, one.name, _lived(one), counts)
        for one, counts in found
        if counts is not None
    ]


def _counts(one: IncubationTenant, column: str, day: date) -> int | None:
    """How much of the number one tenant is; None where it is no part of it."""
    if column.startswith("after_"):
        years = int(column.removeprefix("after_"))
        found = rules.survived(rules.Tenant(one.moved_in_on, one.closed_on), years, day)
        return None if found is None else int(found)
    is_part = {"homecoming": one.is_homecoming, "running": _is_running(one, day)}.get(column, True)
    return None if not is_part else one.staff if column == "staff" else 1


def _lived(one: IncubationTenant) -> str:
    told = {"first": one.moved_in_on, "last": one.closed_on or _("今"), "staff": one.staff}
    return _("%(first)s — %(last)s，带动就业 %(staff)s 人") % told


SURVIVAL_BOOK = Book(
    code="survival",
    title=gettext_lazy("孵化成效"),
    note=gettext_lazy("到当年年底已入驻的项目，按入驻年份分；存活率只算期限已满的项目，期限未满的留空。"),
    ledger=IncubationBase.ledger_key(),
    kind=PeriodKind.YEAR,
    columns=_survival_columns,
    lines=_survival_lines,
    opening=frozenset(
        {"tenants", "homecoming", "running", "staff", "support", *(f"after_{n}" for n in rules.YEARS)}
    ),
    behind=_survival_behind,
    total=_survival_total,
)


def _leader_columns() -> Sequence[SheetColumn]:
    years = [
        SheetColumn(f"led_{n}", _("第 %(n)s 年带动人数") % {"n": n}, Kind.INTEGER, unit=_("人"))
        for n in range(1, rules.FOLLOWED_YEARS + 1)
    ]
    return (
        SheetColumn("leader", _("致富带头人"), Kind.TEXT, width=14),
        SheetColumn("class_name", _("培训班"), Kind.TEXT, width=24),
        SheetColumn("business", _("经营项目"), Kind.TEXT, width=20),
        SheetColumn("running", _("正在经营"), Kind.TEXT, width=10),
        *years,
        SheetColumn("missing", _("还没有填的年度"), Kind.TEXT, width=16),
    )


def _leaders(asked: Asked) -> list[Trainee]:
    """Leaders whose class ended in the year asked for."""
    rows = Trainee.objects.reported().filter(
        side=asked.side,
        training_class__course=Course.LEADER,
        training_class__closes_on__gte=asked.period.start,
        training_class__closes_on__lte=asked.period.end,
    )
    found = rows.select_related("person", "training_class")
    return list(found.order_by("training_class__code", "person__pinyin", "id"))


def _years(leaders: Sequence[Trainee]) -> dict[Any, dict[int, LeaderYear]]:
    told: dict[Any, dict[int, LeaderYear]] = defaultdict(dict)
    for row in LeaderYear.objects.reported().filter(leader__in=leaders).order_by("period"):
        told[row.leader_id][int(row.period)] = row
    return told


def _leader_lines(asked: Asked) -> list[Line]:
    """What is known of the three years after the course."""
    leaders = _leaders(asked)
    told = _years(leaders)
    return [_leader(one, told[one.pk], is_own=asked.is_own) for one in leaders]


def _leader_name(one: Trainee, *, is_own: bool) -> str:
    return one.person.name if is_own else mask_name(one.person.name)


def _leader_total(lines: Sequence[Line]) -> Line:
    """People led in each year by those who were asked; nobody where no year was filed."""
    line = total_of(lines, "leader", _leader_columns())
    for name in LED:
        told = [one[name] for one in lines if one[name] is not None]
        line[name] = sum(told) if told else None
    running = sum(one["is_running"] for one in lines)
    line["running"] = _("%(running)s / %(all)s 人") % {"running": running, "all": len(lines)}
    return line


def _leader_behind(asked: Asked, key: str, column: str) -> list[Behind]:
    leaders = [one for one in _leaders(asked) if key in {"", str(one.pk)}]
    told, after = _years(leaders), int(column.removeprefix("led_"))
    rows = ((one, told[one.pk].get(one.training_class.closes_on.year + after)) for one in leaders)
    return [
        Behind(
            LeaderYear.ledger_key(),
            row.pk,
            _leader_name(one, is_own=asked.is_own),
            f"{row.period}，{row.business}，{_('正在经营') if row.is_running else _('已停')}",
            row.people_led,
        )
        for one, row in rows
        if row
    ]


def _leader(one: Trainee, told: dict[int, LeaderYear], *, is_own: bool) -> Line:
    ended = one.training_class.closes_on.year
    followed = range(ended + 1, ended + rules.FOLLOWED_YEARS + 1)
    last = told[max(told)] if told else None
    missing = [str(year) for year in followed if year < clock.today().year and year not in told]
    return {
        "id": one.pk,
        "ledger": Trainee.ledger_key(),
        "key": str(one.pk),
        "leader": _leader_name(one, is_own=is_own),
        "is_running": bool(last and last.is_running),
        "class_name": one.training_class.name,
        "business": last.business if last else "",
        "running": "" if last is None else _("是") if last.is_running else _("否"),
        **{f"led_{n}": told[year].people_led if year in told else None for n, year in enumerate(followed, 1)},
        "missing": "、".join(missing),
    }


LEADER_BOOK = Book(
    code="leaders",
    title=gettext_lazy("带头人三年跟踪"),
    note=gettext_lazy("当年结业的致富带头人，以后三年每年填一次：还在不在经营、带动多少人。"),
    ledger=LeaderYear.ledger_key(),
    kind=PeriodKind.YEAR,
    columns=_leader_columns,
    lines=_leader_lines,
    opening=frozenset(LED),
    behind=_leader_behind,
    total=_leader_total,
)
