"""Duties on time: what the coordinator's notices rank units by."""

from datetime import date

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.indicators.declare import (
    By,
    Count,
    Exclusion,
    Indicator,
    OnDate,
    Ratio,
    Requirement,
    Today,
)
from shanhai.kernel.indicators.duties import ReportedRows
from shanhai.kernel.indicators.registry import register
from shanhai.kernel.indicators.windows import Span
from shanhai.kernel.periods.filed import nil_stands

CLAUSE = "斗委农组〔2021〕3号 四（三） 定期通报"
FROM = date(2020, 1, 1)
OBLIGATIONS = "kernel.obligation"
NOT_DUE = Exclusion("not_due", _("尚未到期"), Q(due_on__gte=F("today")))
LATE = Requirement(
    "late",
    _("未按时报送"),
    (Q(filed__gte=F("minimum_rows")) & Q(filed__gte=1))
    | (Q(nil_at__date__lte=F("due_on")) & nil_stands("reported")),
)
BY_LEDGER = By("ledger", _("台账"), "ledger")

register(
    Indicator(
        code="OBL-1A",
        name=_("到期应报事项"),
        unit=_("项"),
        clause=CLAUSE,
        valid_from=FROM,
        source=OBLIGATIONS,
        measure=Count(),
        time=OnDate("due_on"),
        span=Span.WITHIN,
        derived={"today": Today()},
        exclusions=(NOT_DUE,),
        dimensions=(BY_LEDGER,),
        unit_path="unit",
        place_path="",
        chapter="appraisal",
    ),
    Indicator(
        code="OBL-1B",
        name=_("按时报送事项"),
        unit=_("项"),
        clause=CLAUSE,
        valid_from=FROM,
        source=OBLIGATIONS,
        measure=Count(),
        time=OnDate("due_on"),
        span=Span.WITHIN,
        derived={
            "today": Today(),
            "filed": ReportedRows(_("按时报送行数"), is_in_time=True),
            "reported": ReportedRows(_("已报行数")),
        },
        exclusions=(NOT_DUE, LATE),
        dimensions=(BY_LEDGER,),
        unit_path="unit",
        place_path="",
        chapter="appraisal",
        note=_("截止日当天提交的算按时；退回的不算，零报告算。"),
    ),
    Indicator(
        code="OBL-1",
        is_headline=True,
        name=_("按时报送率"),
        unit="%",
        clause=CLAUSE,
        valid_from=FROM,
        measure=Ratio("OBL-1B", "OBL-1A"),
        span=Span.WITHIN,
        chapter="appraisal",
        places=1,
    ),
)
