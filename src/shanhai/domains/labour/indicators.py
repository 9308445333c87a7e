"""What the labour chapter is measured by. Codes follow the yearly assessment; letters are its «of which»."""

from datetime import date

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shanhai.engines.values import PeriodKind
from shanhai.kernel.indicators.declare import (
    By,
    Count,
    DatedValue,
    DistinctLast,
    Grouped,
    Held,
    Indicator,
    InPeriods,
    Overlapping,
    Ratio,
    Requirement,
    Since,
    Tally,
)
from shanhai.kernel.indicators.registry import register
from shanhai.kernel.indicators.windows import Span

from .categories import EX_POOR

CLAUSE = "斗委农组〔2021〕3号 三（一）；东西部协作成效考核 LAB-1"
FROM = date(2020, 1, 1)

DESTINATION_GROUP = Grouped(
    "destination", _("就业地区"), "destination", "labour.destinationgroup", "destination", "group"
)
DESTINATION = By("place_of_work", _("就业地"), "destination")
CATEGORY = Held(
    "category",
    _("人员类别"),
    (("ex_poor", _("脱贫人口（含监测对象）"), Q(category__in=EX_POOR)),),
    other=("ordinary", _("一般农户")),
    source="labour.personcategory",
    through="person",
    key="person",
)
CHANNEL = By("channel", _("输出方式"), "channel")
SPELLS = "labour.employmentspell"
LAST_SPELL = DistinctLast(key="person", order=("-started_on",))
MONTHS = Tally(
    _("累计在岗月数"), "labour.monthlyfact", "spell", Q(is_in_post=True), InPeriods(), is_from_start=True
)
STABLE_MONTHS = DatedValue(_("稳定就业至少月数"), "labour.threshold", Q(code="stable_months"))

register(
    Indicator(
        code="LAB-1",
        is_headline=True,
        name=_("帮助农村劳动力就业"),
        unit=_("人"),
        clause=CLAUSE,
        valid_from=FROM,
        source=SPELLS,
        measure=LAST_SPELL,
        time=Overlapping("started_on", "ended_on"),
        dimensions=(DESTINATION_GROUP, CATEGORY, DESTINATION, CHANNEL),
        place_path="person__place",
        evidence_class="payroll",
        note=_("当年新增和延续在岗的都计；一人一年只计一次，计在最后一段已核实务工的就业地。"),
    ),
    Indicator(
        code="LAB-1A",
        is_headline=True,
        name=_("稳定就业人数"),
        unit=_("人"),
        clause=CLAUSE,
        valid_from=FROM,
        source=SPELLS,
        measure=LAST_SPELL,
        time=Overlapping("started_on", "ended_on"),
        derived={"months": MONTHS, "needed_months": STABLE_MONTHS},
        exclusions=(Requirement("unstable", _("在岗月数不足"), Q(months__gte=F("needed_months"))),),
        dimensions=(DESTINATION_GROUP, CATEGORY, DESTINATION),
        place_path="person__place",
        evidence_class="payroll",
        note=_("由已核实的按月在岗推算；至少月数见“劳务规则数值”，按日期生效。"),
    ),
    Indicator(
        code="LAB-1B",
        name=_("稳定就业占比"),
        unit="%",
        clause=CLAUSE,
        valid_from=FROM,
        measure=Ratio("LAB-1A", "LAB-1"),
        places=1,
    ),
    Indicator(
        code="LAB-5A",
        name=_("本期在岗人数"),
        unit=_("人"),
        clause="斗委农组〔2021〕3号 三（一）",
        valid_from=FROM,
        source="labour.monthlyfact",
        measure=DistinctLast(key="spell__person", order=("-period",)),
        span=Span.WITHIN,
        period_kind=PeriodKind.MONTH,
        where=Q(is_in_post=True),
        time=InPeriods(),
        dimensions=(
            Grouped(
                "destination",
                _("就业地区"),
                "spell__destination",
                "labour.destinationgroup",
                "destination",
                "group",
            ),
        ),
        place_path="spell__person__place",
        evidence_class="payroll",
    ),
    Indicator(
        code="LAB-5B",
        name=_("本期在册务工人数"),
        unit=_("人"),
        clause="斗委农组〔2021〕3号 三（一）",
        valid_from=FROM,
        source=SPELLS,
        measure=LAST_SPELL,
        span=Span.WITHIN,
        period_kind=PeriodKind.MONTH,
        time=Overlapping("started_on", "ended_on"),
        dimensions=(DESTINATION_GROUP, CATEGORY),
        place_path="person__place",
    ),
    Indicator(
        code="LAB-5",
        name=_("就业台账在岗率"),
        unit="%",
        clause="斗委农组〔2021〕3号 三（一）",
        valid_from=FROM,
        measure=Ratio("LAB-5A", "LAB-5B"),
        span=Span.WITHIN,
        period_kind=PeriodKind.MONTH,
        places=1,
        note=_("本期有在岗月份的人数，占本期在册务工人数的比例。"),
    ),
    Indicator(
        code="LAB-6",
        name=_("实名制登记人数"),
        unit=_("人"),
        clause="斗委农组〔2021〕3号 三（一） 实名制管理服务",
        valid_from=FROM,
        source="labour.workerregistration",
        measure=Count(),
        time=Since("registered_on"),
        span=Span.POINT,
        dimensions=(By("status", _("就业状况"), "status"), CATEGORY),
        place_path="person__place",
    ),
)
