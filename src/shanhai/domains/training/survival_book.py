"""孵化成效 and 带头人三年跟踪: survival by base and year of moving in; what leaders did year by year."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.engines.values import PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.sealing import mask_name
from shanhai.kernel.sheets.columns import Kind, SheetColumn

from .books import Asked, Book, Line
from .models import Course, IncubationBase, IncubationTenant, LeaderYear, TenantSupport, Trainee
from .rules import incubation as rules
from .rules.courses import share


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


def _survival_lines(asked: Asked) -> list[Line]:
    """Tenants that moved in up to the end of the year asked for."""
    tenants = IncubationTenant.objects.reported().filter(side=asked.side, moved_in_on__lte=asked.period.end)
    paid = dict(
        TenantSupport.objects.reported()
        .filter(tenant__in=tenants, paid_on__lte=asked.period.end)
        .order_by()
        .values_list("tenant")
        .annotate(Sum("support_paid"))
    )
    groups: dict[tuple[Any, int], list[IncubationTenant]] = defaultdict(list)
    for one in tenants.order_by("moved_in_on", "code"):
        groups[one.base_id, one.moved_in_on.year].append(one)
    bases = IncubationBase.objects.in_bulk([base for base, _year in groups])
    today = min(clock.today(), asked.period.end)
    lines = []
    for base, year in sorted(groups, key=lambda key: (bases[key[0]].code, key[1])):
        own = groups[base, year]
        known = [rules.Tenant(one.moved_in_on, one.closed_on) for one in own]
        line: Line = {
            "id": base,
            "base": bases[base].name,
            "year": str(year),
            "tenants": len(own),
            "homecoming": sum(one.is_homecoming for one in own),
            "running": sum(one.closed_on is None or one.closed_on > today for one in own),
            "staff": sum(one.staff for one in own),
            "support": sum((paid.get(one.pk, Decimal(0)) for one in own), Decimal(0)),
        }
        for years in rules.YEARS:
            alive, over = rules.survival(known, years, today)
            line[f"after_{years}"] = share(alive, over)
        lines.append(line)
    return lines


SURVIVAL_BOOK = Book(
    code="survival",
    title=gettext_lazy("孵化成效"),
    note=gettext_lazy("到当年年底已入驻的项目，按入驻年份分；存活率只算期限已满的项目，期限未满的留空。"),
    ledger=IncubationBase.ledger_key(),
    kind=PeriodKind.YEAR,
    columns=_survival_columns,
    lines=_survival_lines,
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


def _leader_lines(asked: Asked) -> list[Line]:
    """Leaders whose class ended in the year asked for, with what is known of the three years after."""
    leaders = (
        Trainee.objects.reported()
        .filter(
            side=asked.side,
            training_class__course=Course.LEADER,
            training_class__closes_on__gte=asked.period.start,
            training_class__closes_on__lte=asked.period.end,
        )
        .select_related("person", "training_class")
        .order_by("training_class__code", "person__pinyin")
    )
    told: dict[Any, dict[int, LeaderYear]] = defaultdict(dict)
    for row in LeaderYear.objects.reported().filter(leader__in=leaders).order_by("period"):
        told[row.leader_id][int(row.period)] = row
    return [_leader(one, told[one.pk], is_own=asked.is_own) for one in leaders]


def _leader(one: Trainee, told: dict[int, LeaderYear], *, is_own: bool) -> Line:
    ended = one.training_class.closes_on.year
    followed = range(ended + 1, ended + rules.FOLLOWED_YEARS + 1)
    last = told[max(told)] if told else None
    missing = [str(year) for year in followed if year < clock.today().year and year not in told]
    return {
        "id": "",
        "leader": one.person.name if is_own else mask_name(one.person.name),
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
)
