"""What the chapter is measured by. Codes follow the yearly assessment; letters are its «of which»."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from shanhai.engines.values import PeriodKind
from shanhai.kernel.indicators.declare import By, Count, Indicator, InPeriods, OnDate, Overlapping, Sum
from shanhai.kernel.indicators.registry import register
from shanhai.kernel.indicators.windows import Span

CLAUSE = "斗委农组〔2021〕3号 三（一）；东西部协作成效考核 LAB-2"
FROM = date(2020, 1, 1)
MONTHS = "training.workshopmonth"
KIND = By("workshop_kind", _("车间类型"), "workshop__workshop_kind")

register(
    Indicator(
        code="LAB-2",
        name=_("帮扶车间"),
        unit=_("个"),
        clause=CLAUSE,
        valid_from=FROM,
        source="training.workshop",
        measure=Count(),
        time=Overlapping("recognised_on", "cancelled_on"),
        span=Span.POINT,
        period_kind=PeriodKind.MONTH,
        dimensions=(By("workshop_kind", _("车间类型"), "workshop_kind"),),
        evidence_class="application",
        note=_("期末已认定、没有取消的车间，整改中的计在内。"),
    ),
    Indicator(
        code="LAB-2A",
        name=_("帮扶车间吸纳人数"),
        unit=_("人"),
        clause=CLAUSE,
        valid_from=FROM,
        source=MONTHS,
        measure=Sum("jobs"),
        time=InPeriods(),
        span=Span.POINT,
        period_kind=PeriodKind.MONTH,
        dimensions=(KIND,),
        place_path="workshop__place",
        evidence_class="roster",
        note=_("期末那个月的车间月报。"),
    ),
    Indicator(
        code="LAB-2B",
        name=_("其中脱贫人口（含监测对象）"),
        unit=_("人"),
        clause=CLAUSE,
        valid_from=FROM,
        source=MONTHS,
        measure=Sum("ex_poor_jobs"),
        time=InPeriods(),
        span=Span.POINT,
        period_kind=PeriodKind.MONTH,
        dimensions=(KIND,),
        place_path="workshop__place",
        evidence_class="roster",
        note=_("期末那个月的车间月报。"),
    ),
)

COURSE_CLAUSE = "斗委农组〔2021〕3号 三（一） 三项工程；东西部协作成效考核 LAB-3"

register(
    Indicator(
        code="LAB-3",
        name=_("劳务培训班期数"),
        unit=_("期"),
        clause=COURSE_CLAUSE,
        valid_from=FROM,
        source="training.trainingclass",
        measure=Count(),
        time=OnDate("opens_on"),
        dimensions=(By("course", _("培训项目"), "course"),),
        evidence_class="roster",
        note=_("当期开班的计。"),
    ),
    Indicator(
        code="LAB-3A",
        name=_("劳务培训人次"),
        unit=_("人次"),
        clause=COURSE_CLAUSE,
        valid_from=FROM,
        source="training.trainee",
        measure=Count(),
        time=OnDate("training_class__opens_on"),
        dimensions=(
            By("course", _("培训项目"), "training_class__course"),
            By("category", _("人员类别"), "person__category"),
        ),
        place_path="person__place",
        evidence_class="form",
        note=_("花名册上每人每班计一次，是人次不是人数。"),
    ),
)

register(
    Indicator(
        code="LAB-4",
        name=_("职业院校定向招生"),
        unit=_("人"),
        clause="斗委农组〔2021〕3号 三（一）；东西部协作成效考核 LAB-4",
        valid_from=FROM,
        source="training.applicant",
        measure=Count(),
        time=OnDate("accepted_on"),
        dimensions=(
            By("school", _("招生学校"), "enrolment_plan__school"),
            By("category", _("人员类别"), "person__category"),
        ),
        place_path="person__place",
        evidence_class="notice",
        note=_("当期录取的计，后来退学的不扣。"),
    ),
)
