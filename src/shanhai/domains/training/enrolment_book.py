"""招生台账: plans of a year with quota, applicants, places taken, aid, and who graduated into work."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.engines.values import PeriodKind
from shanhai.kernel.sheets.columns import Kind, SheetColumn

from .books import Asked, Book, Line
from .course_reports import spells_of
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


def _lines(asked: Asked) -> list[Line]:
    plans = list(
        EnrolmentPlan.objects.reported()
        .filter(side=asked.side, period=asked.period.code)
        .select_related("school")
        .order_by("code")
    )
    rows = list(
        Applicant.objects.reported()
        .filter(enrolment_plan__in=plans)
        .values_list(
            "id", "enrolment_plan_id", "study_stage", "graduated_on", "person__identity_number_index"
        )
    )
    aid = dict(
        AidPayment.objects.reported()
        .filter(applicant__in=[row[0] for row in rows])
        .order_by()
        .values_list("applicant__enrolment_plan")
        .annotate(Sum("aid_paid"))
    )
    spells = spells_of({index for *_rest, graduated_on, index in rows if graduated_on})
    stages: dict[Any, Counter[str]] = defaultdict(Counter)
    working: Counter[Any] = Counter()
    for _pk, plan, stage, graduated_on, index in rows:
        stages[plan][stage] += 1
        if graduated_on and is_employed_within(spells[index], graduated_on, LATER):
            working[plan] += 1
    return [_line(plan, stages[plan.pk], aid.get(plan.pk, Decimal(0)), working[plan.pk]) for plan in plans]


def _line(plan: EnrolmentPlan, stages: Counter[str], aid: Decimal, working: int) -> Line:
    held = stages[Stage.ADMITTED] + stages[Stage.PRACTISING] + stages[Stage.GRADUATED]
    return {
        "id": plan.pk,
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
)
