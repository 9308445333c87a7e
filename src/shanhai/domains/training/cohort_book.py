"""培训成效: what became of those who were trained, by course and the quarter their classes ended in."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.sealing import mask_name
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.drawing import Curve, Drawn, Point, Step, curves_chart, steps_chart

from .books import Asked, Behind, Book, Line, Way, total_of
from .course_reports import cohorts
from .models import Course, Trainee, TrainingClass
from .rules import courses as rules

#: The steps as they are drawn, by column.
STEPS = (
    ("enrolled", gettext_lazy("报名")),
    ("attended", gettext_lazy("到课")),
    ("examined", gettext_lazy("参加考核")),
    ("passed", gettext_lazy("考核合格")),
    ("certified", gettext_lazy("取证")),
    ("soon", gettext_lazy("3 个月内就业")),
    ("later", gettext_lazy("6 个月内就业")),
)
#: Columns of people at work, with the months after the course; of the curves `month_1` and so on.
MONTHS = {
    "soon": rules.SOON,
    "soon_share": rules.SOON,
    "later": rules.LATER,
    "later_share": rules.LATER,
    **{f"month_{months}": months for months in rules.CURVE},
}


def _columns() -> Sequence[SheetColumn]:
    people = _("人")
    return (
        SheetColumn("course", _("培训项目"), Kind.TEXT, width=14),
        SheetColumn("quarter", _("结业季度"), Kind.TEXT, width=14),
        SheetColumn("classes", _("班数"), Kind.INTEGER, unit=_("个")),
        SheetColumn("enrolled", _("报名"), Kind.INTEGER, unit=people),
        SheetColumn("attended", _("到课"), Kind.INTEGER, unit=people),
        SheetColumn("examined", _("参加考核"), Kind.INTEGER, unit=people),
        SheetColumn("passed", _("考核合格"), Kind.INTEGER, unit=people),
        SheetColumn("certified", _("取证"), Kind.INTEGER, unit=people),
        SheetColumn("soon", _("3 个月内就业"), Kind.INTEGER, unit=people),
        SheetColumn("soon_share", _("3 个月就业率"), Kind.DECIMAL, unit="%", decimals=1),
        SheetColumn("later", _("6 个月内就业"), Kind.INTEGER, unit=people),
        SheetColumn("later_share", _("6 个月就业率"), Kind.DECIMAL, unit="%", decimals=1),
    )


def _classes(asked: Asked) -> list[TrainingClass]:
    rows = TrainingClass.objects.reported().filter(
        side=asked.side, closes_on__gte=asked.period.start, closes_on__lte=asked.period.end
    )
    return list(rows.order_by("code"))


def _quarter(one: TrainingClass) -> Period:
    return Period.of(one.closes_on, PeriodKind.QUARTER)


def _lines(asked: Asked) -> list[Line]:
    classes = _classes(asked)
    known, today = cohorts(classes), clock.today()
    groups: dict[tuple[str, Period], list[TrainingClass]] = defaultdict(list)
    for one in classes:
        groups[one.course, _quarter(one)].append(one)
    order, labels = list(Course.values), dict(Course.choices)
    lines = []
    for course, quarter in sorted(groups, key=lambda key: (order.index(key[0]), key[1])):
        own = groups[course, quarter]
        found = rules.together([rules.funnel(known[one.pk], one.pass_score, today) for one in own])
        curves = [rules.curve(known[one.pk], today) for one in own]
        told = {"course": str(labels[course]), "quarter": quarter.label, "classes": len(own)}
        more = {"key": f"{course}.{quarter.code}", "at": quarter, "id": ""}
        more["curve"] = [rules.added(month) for month in zip(*curves, strict=True)]
        lines.append(told | _shares(found) | more)
    return lines


def _shares(found: rules.Funnel) -> Line:
    counted = {name: getattr(found, name) for name, _label in STEPS}
    return counted | {
        "soon_share": rules.share(found.soon, found.enrolled),
        "later_share": rules.share(found.later, found.enrolled),
    }


def _total(lines: Sequence[Line]) -> Line:
    names = [name for name, _label in STEPS]
    line = total_of(lines, "course", _columns(), "classes", *names)
    for name in ("soon", "later"):
        line[f"{name}_share"] = rules.share(line[name], line["enrolled"])
    return line


def drawn_steps(counted: Line, key: str, way: Way) -> Drawn:
    """The steps as a chart, each number opening to whoever reached it."""
    enrolled = counted["enrolled"]

    def step(name: str, label: Any) -> Step:
        value = counted[name]
        if value is None:
            return Step(str(label), None, _("期限未满"))
        part = rules.share(value, enrolled)
        text = _("%(number)s 人") % {"number": f"{value:,}"}
        said = text if name == "enrolled" or part is None else f"{text} · {part}%"
        return Step(str(label), value, said, way(key, name) if value else "")

    return steps_chart("funnel", _("从报名到就业"), [step(name, label) for name, label in STEPS], _("人"))


def _charts(asked: Asked, lines: Sequence[Line], way: Way) -> list[Drawn]:
    """The steps of everybody; work after the course, a curve for each quarter that has begun to know."""
    quarters = sorted({line["at"] for line in lines})
    curves = [_curve(quarter, [line for line in lines if line["at"] == quarter], way) for quarter in quarters]
    known = [one for one in curves if any(point.value is not None for point in one.points)]
    charts = [drawn_steps(_total(lines), "", way)]
    if known:
        names = [_("%(months)s 个月") % {"months": months} for months in rules.CURVE]
        title = _("结业后就业率（按结业季度）")
        charts.append(curves_chart("work", title, _("结业后"), names, known, unit="%", most=100))
    return charts


def _curve(quarter: Period, own: Sequence[Line], way: Way) -> Curve:
    enrolled = sum(line["enrolled"] for line in own)
    points = []
    for months in rules.CURVE:
        part = rules.share(rules.added(line["curve"][months - 1] for line in own), enrolled)
        is_known = part is not None
        url = way(quarter.code, f"month_{months}") if is_known else ""
        points.append(Point(part, f"{part}" if is_known else "", url))
    return Curve(quarter.label, points)


def _behind(asked: Asked, key: str, column: str) -> list[Behind]:
    """Of a class, a quarter, a course in a quarter, or everything."""
    classes = [
        one
        for one in _classes(asked)
        if key in {"", str(one.pk), _quarter(one).code, f"{one.course}.{_quarter(one).code}"}
    ]
    if column == "classes":
        return [
            Behind(TrainingClass.ledger_key(), one.pk, one.name, f"{one.opens_on} — {one.closes_on}")
            for one in classes
        ]
    known = cohorts(classes)
    trainees = Trainee.objects.reported().filter(training_class__in=classes).select_related("person")
    named = {one.pk: str(one.person) if asked.is_own else mask_name(one.person.name) for one in trainees}
    return [row for one in classes for row in _people(one, known[one.pk], column, named)]


def _people(
    held: TrainingClass, cohort: rules.Cohort, column: str, named: dict[Any, str]
) -> Iterator[Behind]:
    """Who reached the step; behind a share everybody it was taken of."""
    months = MONTHS.get(column)
    is_share = column.endswith("_share") or column.startswith("month_")
    for one in cohort.trained:
        if months is None:
            is_there = rules.reached(one, column, held.pass_score)
        else:
            is_there = rules.is_employed_within(one.spells, cohort.closes_on, months)
        if is_there or is_share:
            said = _said(held, one, months is not None)
            yield Behind(Trainee.ledger_key(), one.id, named[one.id], said, int(is_there))  # type: ignore[arg-type]


def _said(held: TrainingClass, one: rules.Trained, is_of_work: bool) -> str:
    parts = [held.name, _("到课 %(days)s 天") % {"days": one.days}]
    if one.best is not None:
        parts.append(_("最好成绩 %(score)s 分") % {"score": f"{one.best.normalize():f}"})
    if is_of_work:
        spells = [
            f"{spell.started_on} — {spell.ended_on or _('今')}"
            for spell in one.spells
            if spell.ended_on is None or spell.ended_on > held.closes_on
        ]
        parts.append(_("务工 %(spells)s") % {"spells": "、".join(spells)} if spells else _("没有务工记录"))
    return "，".join(parts)


COHORT_BOOK = Book(
    code="cohorts",
    title=gettext_lazy("培训成效"),
    note=gettext_lazy(
        "当年结业的班，按已报的花名册、签到、成绩、证书和务工就业现算；就业按身份证号找结业后的务工记录，期限未满的留空。"
    ),
    ledger=TrainingClass.ledger_key(),
    kind=PeriodKind.YEAR,
    columns=_columns,
    lines=_lines,
    opening=frozenset(name for name, _label in STEPS) | {"classes", "soon_share", "later_share"},
    behind=_behind,
    total=_total,
    charts=_charts,
    charted={f"month_{months}": gettext_lazy("结业后就业率") for months in rules.CURVE},
)
