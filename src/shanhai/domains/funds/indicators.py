"""What the funds chapter is measured by. Codes follow the yearly assessment; letters are parts of a ratio."""

from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.indicators.declare import (
    Both,
    By,
    Count,
    Exclusion,
    Indicator,
    InYear,
    OnDate,
    Ratio,
    Sum,
)
from shanhai.kernel.indicators.registry import register
from shanhai.kernel.indicators.windows import Span

CLAUSE = "斗委农组〔2021〕3号 四（二）；东西部协作成效考核 FUN-1"
SPENDING = "斗委农组〔2021〕3号 四（二）；东西部协作成效考核 FUN-2"
FROM = date(2020, 1, 1)
#: Rows hold yuan, notices speak of 万元.
IN_WAN = Decimal("0.0001")

register(
    Indicator(
        code="FUN-1",
        is_headline=True,
        name=_("财政援助资金到账"),
        unit=_("万元"),
        clause=CLAUSE,
        valid_from=FROM,
        source="funds.transferreceived",
        measure=Sum("amount", IN_WAN),
        time=OnDate("received_on"),
        dimensions=(By("source_level", _("资金来源"), "source_level"),),
        evidence_class="slip",
        places=2,
        note=_("以当年到达县国库的日期计，不以承诺或文件计。"),
    ),
    Indicator(
        code="FUN-1A",
        name=_("年度协议金额"),
        unit=_("万元"),
        clause=CLAUSE,
        valid_from=FROM,
        source="funds.aidagreement",
        measure=Sum("amount", IN_WAN),
        time=InYear("period"),
        evidence_class="agreement",
        places=2,
    ),
    Indicator(
        code="FUN-1B",
        name=_("协议资金到账率"),
        unit="%",
        clause=CLAUSE,
        valid_from=FROM,
        measure=Ratio("FUN-1", "FUN-1A"),
        places=1,
    ),
    Indicator(
        code="FUN-2A",
        name=_("协作资金拨付"),
        unit=_("万元"),
        clause=SPENDING,
        valid_from=FROM,
        source="funds.payment",
        measure=Sum("amount", IN_WAN),
        time=OnDate("paid_on"),
        dimensions=(
            By("kind", _("款项类别"), "kind"),
            By("project_kind", _("项目类别"), "project__kind"),
        ),
        place_path="project__place",
        evidence_class="voucher",
        places=2,
        note=_("以付到收款单位的日期计。"),
    ),
    Indicator(
        code="FUN-2D",
        name=_("当年资金拨付"),
        unit=_("万元"),
        clause=SPENDING,
        valid_from=FROM,
        source="funds.payment",
        measure=Sum("amount", IN_WAN),
        time=Both(OnDate("paid_on"), InYear("project__period")),
        dimensions=(By("project_kind", _("项目类别"), "project__kind"),),
        place_path="project__place",
        evidence_class="voucher",
        places=2,
        note=_("只计当年计划项目的拨付；以前年度项目的拨付不算当年支出。"),
    ),
    Indicator(
        code="FUN-2",
        is_headline=True,
        name=_("资金支出率"),
        unit="%",
        clause=SPENDING,
        valid_from=FROM,
        measure=Ratio("FUN-2D", "FUN-1"),
        places=1,
        note=_("当年计划项目的拨付，除以当年到账的财政援助资金。"),
    ),
    Indicator(
        code="FUN-2B",
        name=_("协作项目"),
        unit=_("个"),
        clause=SPENDING,
        valid_from=FROM,
        source="funds.project",
        measure=Count(),
        time=InYear("period"),
        span=Span.POINT,
        exclusions=(Exclusion("terminated", _("已终止"), Q(stage="terminated")),),
        dimensions=(By("stage", _("项目阶段"), "stage"), By("kind", _("项目类别"), "kind")),
        evidence_class="approval",
        note=_("按项目所属年度计，阶段为现在所处的阶段。"),
    ),
    Indicator(
        code="FUN-2C",
        name=_("项目批复预算"),
        unit=_("万元"),
        clause=SPENDING,
        valid_from=FROM,
        source="funds.project",
        measure=Sum("budget", IN_WAN),
        time=InYear("period"),
        span=Span.POINT,
        exclusions=(Exclusion("terminated", _("已终止"), Q(stage="terminated")),),
        dimensions=(By("kind", _("项目类别"), "kind"),),
        evidence_class="approval",
        places=2,
    ),
)
