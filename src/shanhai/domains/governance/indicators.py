"""What the chapter is measured by: ORG-1 to ORG-4 of the yearly assessment; letters are «of which»."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.indicators.declare import By, Count, Indicator, OnDate
from shanhai.kernel.indicators.registry import register

from .rules import HEADS

CLAUSE = "斗委农组〔2021〕3号 四（一）；东西部协作成效考核 "
FROM = date(2020, 1, 1)
VISITS = "governance.mutualvisit"
IN_PERSON = Q(is_in_person=True)
HEAD = Q(head_rank__in=sorted(HEADS))

register(
    Indicator(
        code="ORG-1",
        name=_("党政主要负责同志互访"),
        unit=_("次"),
        clause=CLAUSE + "ORG-1",
        valid_from=FROM,
        source=VISITS,
        where=HEAD & IN_PERSON,
        measure=Count(),
        time=OnDate("begins_on"),
        dimensions=(By("head_rank", _("带队领导职级"), "head_rank"),),
        evidence_class="photo",
        note=_("本方党委书记、区县长带队实地到对方的，按到访日期计；副职及以下另计。"),
    ),
    Indicator(
        code="ORG-1A",
        name=_("副职及以下带队互访"),
        unit=_("次"),
        clause=CLAUSE + "ORG-1",
        valid_from=FROM,
        source=VISITS,
        where=~HEAD & IN_PERSON,
        measure=Count(),
        time=OnDate("begins_on"),
        dimensions=(By("head_rank", _("带队领导职级"), "head_rank"),),
        evidence_class="photo",
        note=_("副职、部门、镇（街道）带队实地到对方的。"),
    ),
    Indicator(
        code="ORG-2",
        name=_("联席会议次数"),
        unit=_("次"),
        clause=CLAUSE + "ORG-2",
        valid_from=FROM,
        source="governance.jointmeeting",
        measure=Count(),
        time=OnDate("held_on"),
        dimensions=(By("level", _("会议层级"), "level"),),
        place_path="",
        evidence_class="minutes",
        note=_("双方都签认的会议，两边各计一次，不重复。"),
    ),
    Indicator(
        code="ORG-3",
        name=_("专题研究次数"),
        unit=_("次"),
        clause=CLAUSE + "ORG-3",
        valid_from=FROM,
        source="governance.studysession",
        measure=Count(),
        time=OnDate("studied_on"),
        dimensions=(By("forum", _("会议类型"), "forum"),),
        evidence_class="minutes",
    ),
    Indicator(
        code="ORG-4",
        name=_("工作信息和通报"),
        unit=_("期"),
        clause="斗委农组〔2021〕3号 四（三）；东西部协作成效考核 ORG-4",
        valid_from=FROM,
        source="governance.briefing",
        measure=Count(),
        time=OnDate("issued_on"),
        dimensions=(By("briefing_kind", _("信息类别"), "briefing_kind"),),
        evidence_class="issue",
    ),
)
