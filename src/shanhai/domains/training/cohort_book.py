"""培训成效: what became of those who were trained, by course and the quarter their classes ended in."""

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.sheets.columns import Kind, SheetColumn

from .books import Asked, Book, Line
from .course_reports import cohorts
from .models import Course, TrainingClass
from .rules import courses as rules


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


def _lines(asked: Asked) -> list[Line]:
    classes = list(
        TrainingClass.objects.reported().filter(
            side=asked.side, closes_on__gte=asked.period.start, closes_on__lte=asked.period.end
        )
    )
    known, today = cohorts(classes), clock.today()
    groups: dict[tuple[str, Period], list[rules.Funnel]] = defaultdict(list)
    for one in classes:
        key = one.course, Period.of(one.closes_on, PeriodKind.QUARTER)
        groups[key].append(rules.funnel(known[one.pk], one.pass_score, today))
    order, labels = list(Course.values), dict(Course.choices)
    return [
        _line(str(labels[course]), quarter, groups[course, quarter])
        for course, quarter in sorted(groups, key=lambda key: (order.index(key[0]), key[1]))
    ]


def _line(course: str, quarter: Period, funnels: Sequence[rules.Funnel]) -> Line:
    found = rules.together(funnels)
    return {
        "course": course,
        "quarter": quarter.label,
        "classes": len(funnels),
        "enrolled": found.enrolled,
        "attended": found.attended,
        "examined": found.examined,
        "passed": found.passed,
        "certified": found.certified,
        "soon": found.soon,
        "soon_share": rules.share(found.soon, found.enrolled),
        "later": found.later,
        "later_share": rules.share(found.later, found.enrolled),
    }


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
)
