"""招生台账: plans of a year with quota, applicants, places taken, aid, and who graduated into work."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.engines.values import PeriodKind
from shanhai.kernel.sealing import mask_name
from shanhai.kernel.sheets.columns import NUMBERS, Kind, SheetColumn

from .books import Asked, Behind, Book, Line, total_of
from .course_reports import spells_of
from .enrolment_actions import HELD
from .models import AidPayment, Applicant, EnrolmentPlan, Stage
from .rules.courses import LATER, is_employed_within


def _columns() -> Sequence[SheetColumn]:
    people = _("人")
    return (
        SheetColumn("code", _("计划编号"), Kind.TEXT, width=14),
        SheetColumn("school", _("招生学校"), Kind.TEXT, width=24),
        SheetColumn("major", _("招生专业"), Kind.TEXT, width=16),
        SheetColumn("quota", _("招生名额"), Kind.INTEGER, unit=people),
        SheetColumn("asked", _("报名"), Kind.INTEGER, unit=people),
        SheetColumn("admitted", _("录取"), Kind.INTEGER, unit=people),
        SheetColumn("practising", _("实习"), Kind.INTEGER, unit=people),
        SheetColumn("graduated", _("毕业"), Kind.INTEGER, unit=people),
        SheetColumn("left", _("退学"), Kind.INTEGER, unit=people),
        SheetColumn("free", _("剩余名额"), Kind.INTEGER, unit=people),
        SheetColumn("aid", _("已发资助"), Kind.MONEY, unit=_("元")),
        SheetColumn("employed", _("毕业 6 个月内就业"), Kind.INTEGER, unit=people),
    )


def _plans(asked: Asked, key: str = "") -> list[EnrolmentPlan]:
    rows = EnrolmentPlan.objects.reported().filter(side=asked.side, period=asked.period.code)
    found = rows.select_related("school").order_by("code")
    return [one for one in found if key in {"", str(one.pk)}]


def _applicants(plans: Sequence[EnrolmentPlan]) -> list[Applicant]:
    rows = Applicant.objects.reported().filter(enrolment_plan__in=plans)
    return list(rows.select_related("person").order_by("enrolled_on", "id"))


def _working(rows: Sequence[Applicant]) -> set[Any]:
    """Which of them were at work within half a year of graduation."""
    ended = {one.pk: one.graduated_on for one in rows if one.graduated_on}
    people = Applicant.objects.filter(pk__in=ended).order_by()
    indexes = dict(people.values_list("id", "person__identity_number_index"))
    spells = spells_of(set(indexes.values()))
    return {pk for pk, index in indexes.items() if is_employed_within(spells[index], ended[pk], LATER)}


def _lines(asked: Asked) -> list[Line]:
    plans = _plans(asked)
    rows = _applicants(plans)
    aid = dict(
        AidPayment.objects.reported()
        .filter(applicant__in=rows)
        .order_by()
        .values_list("applicant__enrolment_plan")
        .annotate(Sum("aid_paid"))
    )
    working, known = _working(rows), {one.pk: one for one in plans}
    stages: dict[Any, Counter[str]] = defaultdict(Counter)
    for one in rows:
        stages[one.enrolment_plan_id][one.study_stage] += 1
    at_work = Counter(one.enrolment_plan_id for one in rows if one.pk in working)
    return [_line(plan, stages[pk], aid.get(pk, Decimal(0)), at_work[pk]) for pk, plan in known.items()]


def _line(plan: EnrolmentPlan, stages: Counter[str], aid: Decimal, working: int) -> Line:
    held = stages[Stage.ADMITTED] + stages[Stage.PRACTISING] + stages[Stage.GRADUATED]
    return {
        "id": plan.pk,
        "key": str(plan.pk),
        "code": plan.code,
        "school": plan.school.name,
        "major": plan.major,
        "quota": plan.quota,
        "asked": stages.total(),
        "admitted": held + stages[Stage.DROPPED_OUT],
        "practising": stages[Stage.PRACTISING],
        "graduated": stages[Stage.GRADUATED],
        "left": stages[Stage.DROPPED_OUT],
        "free": max(plan.quota - held, 0),
        "aid": aid,
        "employed": working,
    }


def _total(lines: Sequence[Line]) -> Line:
    columns = _columns()
    return total_of(lines, "code", columns, *(one.name for one in columns if one.kind in NUMBERS))


#: Which stages a column counts.
COUNTED = {
    "asked": tuple(Stage),
    "admitted": (*HELD, Stage.DROPPED_OUT),
    "practising": (Stage.PRACTISING,),
    "graduated": (Stage.GRADUATED,),
    "left": (Stage.DROPPED_OUT,),
}


def _behind(asked: Asked, key: str, column: str) -> list[Behind]:
    plans = _plans(asked, key)
    if column == "quota":
        return [
            Behind(EnrolmentPlan.ledger_key(), one.pk, str(one), one.school.name, one.quota) for one in plans
        ]
    rows = _applicants(plans)
    if column == "aid":
        return [_paid(one, is_own=asked.is_own) for one in _payments(rows)]
    working = _working(rows)
    codes = {one.pk: one.code for one in plans}
    return [
        Behind(
            Applicant.ledger_key(),
            one.pk,
            _name(one, is_own=asked.is_own),
            f"{codes[one.enrolment_plan_id]}，{one.get_study_stage_display()}",
        )
        for one in rows
        if (one.pk in working if column == "employed" else one.study_stage in COUNTED[column])
    ]


def _name(one: Applicant, *, is_own: bool) -> str:
    return str(one.person) if is_own else mask_name(one.person.name)


def _payments(rows: Sequence[Applicant]) -> Any:
    paid = AidPayment.objects.reported().filter(applicant__in=rows)
    return paid.select_related("applicant__person").order_by("aid_paid_on", "id")


def _paid(one: AidPayment, *, is_own: bool) -> Behind:
    told = _("%(day)s 发放，%(term)s") % {"day": one.aid_paid_on, "term": one.get_school_term_display()}
    return Behind(AidPayment.ledger_key(), one.pk, _name(one.applicant, is_own=is_own), told, one.aid_paid)


ENROLMENT_BOOK = Book(
    code="enrolment",
    title=gettext_lazy("招生台账"),
    note=gettext_lazy(
        "当年的定向招生计划；录取含后来退学的，退学让出名额；就业取毕业后 6 个月内的务工记录。"
    ),
    ledger=EnrolmentPlan.ledger_key(),
    kind=PeriodKind.YEAR,
    columns=_columns,
    lines=_lines,
    opening=frozenset({"quota", "aid", "employed", *COUNTED}),
    behind=_behind,
    total=_total,
)
