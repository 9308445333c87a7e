"""车间台账: the workshops at work in a month, what each reported of it, and which lie under the standard."""

from collections.abc import Sequence
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel.scope import REPORTED_STATES
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.drawing import Curve, Drawn, Point, curves_chart
from shanhai.kernel.surfaces.links import with_query

from . import reports
from .books import Asked, Behind, Book, Line, Way, total_of
from .models import Workshop, WorkshopMonth

#: Months of the course above the table.
MONTHS = 12


def _columns() -> Sequence[SheetColumn]:
    return (
        SheetColumn("code", _("车间编号"), Kind.TEXT, width=12),
        SheetColumn("name", _("车间名称"), Kind.TEXT, width=24),
        SheetColumn("kind", _("车间类型"), Kind.TEXT, width=12),
        SheetColumn("place", _("所在地"), Kind.TEXT, width=14),
        SheetColumn("run_by", _("车间经营主体"), Kind.TEXT, width=26),
        SheetColumn("recognition", _("现在的状态"), Kind.TEXT, width=10),
        SheetColumn("recognised_on", _("认定日期"), Kind.DATE),
        SheetColumn("jobs", _("车间吸纳人数"), Kind.INTEGER, unit=_("人")),
        SheetColumn("ex_poor", _("吸纳脱贫人口"), Kind.INTEGER, unit=_("人")),
        SheetColumn("wage_bill", _("当月工资总额"), Kind.MONEY, unit=_("元")),
        SheetColumn("average", _("月均工资"), Kind.MONEY, unit=_("元")),
        SheetColumn("premium", _("意外险保费"), Kind.MONEY, unit=_("元")),
        SheetColumn("under", _("连续不达标"), Kind.INTEGER, unit=_("月")),
        SheetColumn("alarms", _("预警"), Kind.INTEGER, unit=_("个")),
        SheetColumn("alarm", _("预警说明"), Kind.LONG_TEXT, width=40),
    )


def _lines(asked: Asked) -> list[Line]:
    return reports.workshop_book(asked.side, asked.period)


def _total(lines: Sequence[Line]) -> Line:
    """Sums of what was told; a month that nobody reported counts nothing, in the mean neither."""
    line = total_of(lines, "code", _columns(), "alarms")
    told = [one for one in lines if one["jobs"] is not None]
    for name in ("jobs", "ex_poor", "wage_bill"):
        line[name] = sum(one[name] for one in told) if told else None
    if line["jobs"]:
        line["average"] = round(line["wage_bill"] / line["jobs"], 2)
    line["name"] = _("%(all)s 个车间，%(told)s 个已报") % {"all": len(lines), "told": len(told)}
    return line


def _behind(asked: Asked, key: str, column: str) -> list[Behind]:
    """The months that were reported; of an alarm the workshops; of months under the standard each of them."""
    rows = {one["id"]: one for one in _lines(asked) if key in {"", one["key"]}}
    if column == "alarms":
        return [
            Behind(Workshop.ledger_key(), pk, one["name"], one["alarm"])
            for pk, one in rows.items()
            if one["alarms"]
        ]
    months = WorkshopMonth.objects.reported().filter(workshop__in=rows).select_related("workshop")
    if column == "under":
        under = reports.under_in(list(rows), asked.side, asked.period)
        return [_month(one, 1) for one in months.order_by("period") if one.period in under[one.workshop_id]]
    names = {"jobs": "jobs", "ex_poor": "ex_poor_jobs", "wage_bill": "wage_bill", "premium": "premium"}
    found = months.filter(period=asked.period.code).order_by("workshop__code")
    if column == "average":
        return [_month(one, rows[one.workshop_id]["average"]) for one in found if one.jobs]
    return [_month(one, getattr(one, names[column])) for one in found]


def _month(one: WorkshopMonth, counts: int | Decimal) -> Behind:
    told = {"jobs": one.jobs, "helped": one.ex_poor_jobs, "wages": f"{one.wage_bill:,}"}
    said = _("吸纳 %(jobs)s 人，脱贫人口 %(helped)s 人，工资 %(wages)s 元") % told
    return Behind(WorkshopMonth.ledger_key(), one.pk, f"{one.workshop.name} {one.period}", said, counts)


def _sums(asked: Asked, months: Sequence[Period]) -> dict[str, dict[str, int]]:
    """Of each month with reports: people of workshops at work on its last day, as in the table."""
    ends = {one.code: one.end for one in months}
    rows = WorkshopMonth.objects.reported().filter(
        side=asked.side, period__in=ends, workshop__state__in=REPORTED_STATES
    )
    sums: dict[str, dict[str, int]] = {}
    told = rows.order_by().values_list(
        "period", "jobs", "ex_poor_jobs", "workshop__recognised_on", "workshop__cancelled_on"
    )
    for code, jobs, ex_poor, since, until in told:
        if since and since <= ends[code] and (until is None or until > ends[code]):
            sums.setdefault(code, {"jobs": 0, "ex_poor": 0})
            sums[code]["jobs"] += jobs
            sums[code]["ex_poor"] += ex_poor
    return sums


def _charts(asked: Asked, lines: Sequence[Line], way: Way) -> list[Drawn]:
    """The last twelve months of all workshops; each month opens to its own report."""
    first = asked.period
    for _step in range(MONTHS - 1):
        first = first.previous()
    months = Period.between(first.start, asked.period.end, PeriodKind.MONTH)
    sums = _sums(asked, months)

    def curve(name: str, label: str) -> Curve:
        points = []
        for month in months:
            value = sums[month.code][name] if month.code in sums else None
            url = with_query(
                reverse("training:workshop_book"), {"side": asked.side.value, "period": month.code}
            )
            points.append(Point(value, "" if value is None else f"{value:,}", "" if value is None else url))
        return Curve(label, points)

    curves = [curve("jobs", _("车间吸纳人数")), curve("ex_poor", _("吸纳脱贫人口"))]
    names = [one.code for one in months]
    return [curves_chart("course", _("近 12 个月已报人数"), _("月份"), names, curves, unit=_("人"))]


WORKSHOP_BOOK = Book(
    code="workshops",
    title=gettext_lazy("车间台账"),
    note=gettext_lazy("当月末已认定、没有取消的车间；人数、工资取当月已报的月报，没有月报的留空。"),
    ledger=Workshop.ledger_key(),
    kind=PeriodKind.MONTH,
    columns=_columns,
    lines=_lines,
    opening=frozenset({"jobs", "ex_poor", "wage_bill", "average", "premium", "under", "alarms"}),
    behind=_behind,
    total=_total,
    charts=_charts,
)
