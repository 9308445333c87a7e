"""Toy indicators: every measure, span, dimension and derivation once, and a code with two versions."""

from datetime import date
from decimal import Decimal

from django.db.models import Q

from shanhai.kernel.indicators.declare import (
    By,
    Cases,
    Count,
    Direction,
    DistinctLast,
    Exclusion,
    Indicator,
    InPeriods,
    Ratio,
    Since,
    Sum,
    Tally,
)
from shanhai.kernel.indicators.registry import register
from shanhai.kernel.indicators.windows import Span

CLAUSE = "玩具方案 二"
FROM = date(2020, 1, 1)
KIND = By("kind", "车间类型", "workshop__kind")
SIZE = Cases(
    "size", "规模", (("big", "百件以上", Q(pieces__gte=100)), ("mid", "十件以上", Q(pieces__gte=10)))
)

register(
    Indicator(
        code="TOY-1",
        name="件数",
        unit="件",
        clause=CLAUSE,
        valid_from=FROM,
        source="toys.output",
        measure=Sum("pieces"),
        time=InPeriods(),
        where=~Q(workshop__kind="farm"),
        exclusions=(
            Exclusion("uncertified", "车间未认定", Q(workshop__is_certified=False)),
            Exclusion("tiny", "不足五件", Q(pieces__lt=5)),
        ),
        dimensions=(KIND, SIZE),
        evidence_class="voucher",
    ),
    Indicator(
        code="TOY-2",
        name="出产车间",
        unit="家",
        clause=CLAUSE,
        valid_from=FROM,
        source="toys.output",
        measure=DistinctLast(key="workshop", order=("-period",)),
        time=InPeriods(),
        dimensions=(KIND, SIZE),
    ),
    Indicator(
        code="TOY-3",
        name="产值",
        unit="万元",
        clause=CLAUSE,
        valid_from=FROM,
        source="toys.output",
        measure=Sum("amount", Decimal("0.0001")),
        time=InPeriods(),
        span=Span.WITHIN,
        places=2,
    ),
    Indicator(
        code="TOY-4",
        name="车间数",
        unit="家",
        clause=CLAUSE,
        valid_from=FROM,
        source="toys.workshop",
        measure=Count(),
        time=Since("opened_on"),
        span=Span.POINT,
    ),
    Indicator(
        code="TOY-5",
        name="出产率",
        unit="%",
        clause=CLAUSE,
        valid_from=FROM,
        measure=Ratio("TOY-2", "TOY-4"),
        places=1,
    ),
    Indicator(
        code="TOY-6",
        name="稳产车间",
        unit="家",
        clause=CLAUSE,
        valid_from=FROM,
        source="toys.workshop",
        measure=Count(),
        time=Since("opened_on"),
        derived={"months": Tally("出产月数", "toys.output", "workshop", Q(pieces__gt=0))},
        exclusions=(Exclusion("short", "出产不足两月", Q(months__lt=2)),),
    ),
    Indicator(
        code="TOY-7",
        name="闲置车间",
        unit="家",
        clause="玩具方案 二（旧）",
        valid_from=FROM,
        valid_to=date(2020, 12, 31),
        source="toys.workshop",
        measure=Count(),
        time=Since("opened_on"),
        where=Q(workers=0),
        direction=Direction.DOWN,
    ),
    Indicator(
        code="TOY-7",
        name="闲置车间",
        unit="家",
        clause=CLAUSE,
        valid_from=date(2021, 1, 1),
        source="toys.workshop",
        measure=Count(),
        time=Since("opened_on"),
        where=Q(workers__lt=3),
        direction=Direction.DOWN,
        note="自 2021 年起，不足三人即为闲置。",
    ),
)

register(
    Indicator(
        code="TOY-8",
        name="参会人数",
        unit="人",
        clause=CLAUSE,
        valid_from=FROM,
        source="toys.meeting",
        measure=Sum("attendees"),
        time=InPeriods(),
        span=Span.WITHIN,
    )
)
