"""The ledgers of meetings, visits, studies and briefings."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Sharing, register
from shanhai.kernel.scope import Actor

from . import outside_ledgers, resolution_ledgers, resolution_reports, supervision_ledgers  # noqa: F401  (ledgers register)
from .models import Briefing, JointMeeting, MutualVisit, StudySession

SCHEME = "斗委农组〔2021〕3号 四（一）"
LATER = _("日期不能晚于今天。")


@register
class JointMeetingLedger(Ledger[JointMeeting]):
    model = JointMeeting
    source = SCHEME
    columns = (
        "number",
        "title",
        "level",
        "held_on",
        "venue",
        "partner_unit",
        Column("chairs", is_default=False),
        Column("next_on", is_default=False),
    )
    filters = ("level", "held_on", "partner_unit")
    search = ("number", "title", "venue", "agenda")
    ordering = ("-held_on",)
    import_key = ("number",)
    fields = (
        "number",
        "title",
        "level",
        "held_on",
        "venue",
        "partner_unit",
        "chairs",
        "attendees",
        "agenda",
        "next_on",
    )
    panels = (
        Fields(_("会议"), ("number", "title", "level", "held_on", "venue", "chairs", "attendees")),
        Fields(_("议题和下次会议"), ("agenda", "next_on")),
        Fields(),
    )
    sharing = Sharing.JOINT
    counterpart = "partner_unit"
    evidence_classes = (
        EvidenceClass("minutes", _("会议纪要"), is_required=True),
        EvidenceClass("photo", _("会议照片")),
    )
    menu_order = 10
    example = {
        "number": "斗湄联〔2021〕1号",
        "title": "2021年第一次联席会议",
        "held_on": "2021-04-20",
        "venue": "湄潭县",
        "chairs": "张演示、李演示",
        "agenda": "研究年度协作计划",
    }

    def initial(self, actor: Actor) -> dict[str, Any]:
        """What earlier meetings left unfinished opens the agenda."""
        office = resolution_ledgers.office_beyond(actor)
        return {"agenda": resolution_reports.carried(actor), "partner_unit": office}

    def validate(self, row: JointMeeting, previous: JointMeeting | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        if row.held_on > clock.today():
            problems["held_on"] = [_("会议还没有开，请在召开以后登记。")]
        if row.next_on is not None and row.next_on <= row.held_on:
            problems["next_on"] = [_("下次会议日期应在本次召开日期之后。")]
        if not hasattr(row, "registered_by"):
            self.prefetch_for_validation([row])
        if row.registered_by - {row.side}:  # type: ignore[attr-defined]
            problems["number"] = [_("这次会议已由对方登记，请签认对方的那一条，不要重复登记。")]
        return problems

    def prefetch_for_validation(self, rows: Sequence[JointMeeting]) -> None:
        filed = JointMeeting.objects.reported().filter(number__in={row.number for row in rows})
        sides: dict[str, set[str]] = {}
        for number, side in filed.values_list("number", "side"):
            sides.setdefault(number, set()).add(side)
        for row in rows:
            row.registered_by = sides.get(row.number, set())  # type: ignore[attr-defined]


@register
class MutualVisitLedger(Ledger[MutualVisit]):
    model = MutualVisit
    source = SCHEME
    columns = (
        "code",
        "purpose",
        "head",
        "head_rank",
        "is_in_person",
        "delegation_size",
        "begins_on",
        "ends_on",
        Column("places_seen", is_default=False),
        Column("outputs", is_default=False),
    )
    filters = ("head_rank", "is_in_person", "begins_on")
    search = ("code", "purpose", "head", "places_seen")
    ordering = ("-begins_on",)
    import_key = ("code",)
    panels = (
        Fields(_("代表团"), ("code", "purpose", "head", "head_rank", "is_in_person", "delegation_size")),
        Fields(_("行程和成果")),
    )
    evidence_classes = (
        EvidenceClass("programme", _("互访方案")),
        EvidenceClass("photo", _("互访照片")),
        EvidenceClass("news", _("新闻报道")),
    )
    menu_order = 30
    example = {
        "code": "HF2021-01",
        "purpose": "考察产业协作",
        "head": "张演示",
        "head_rank": "区县长",
        "delegation_size": "12",
        "begins_on": "2021-05-11",
        "ends_on": "2021-05-13",
        "places_seen": "永兴镇、兴隆镇",
    }
    rule_fields = ("begins_on", "ends_on", "delegation_size")

    def validate(self, row: MutualVisit, previous: MutualVisit | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        if row.begins_on > clock.today():
            problems["begins_on"] = [LATER]
        if row.ends_on < row.begins_on:
            problems["ends_on"] = [_("离开日期不能早于到访日期。")]
        if row.delegation_size < 1:
            problems["delegation_size"] = [_("代表团至少 1 人。")]
        return problems


@register
class StudySessionLedger(Ledger[StudySession]):
    model = StudySession
    source = SCHEME
    columns = ("minutes_number", "forum", "studied_on", "topic", Column("conclusion", is_default=False))
    filters = ("forum", "studied_on")
    search = ("minutes_number", "topic", "conclusion")
    ordering = ("-studied_on",)
    import_key = ("minutes_number",)
    evidence_classes = (EvidenceClass("minutes", _("会议纪要")),)
    menu_order = 40
    example = {
        "minutes_number": "常委会〔2021〕12号",
        "forum": "常委会会议",
        "studied_on": "2021-06-18",
        "topic": "听取东西部协作工作汇报",
    }
    rule_fields = ("studied_on",)

    def validate(self, row: StudySession, previous: StudySession | None) -> Mapping[str, Sequence[Any]]:
        return {"studied_on": [LATER]} if row.studied_on > clock.today() else {}


@register
class BriefingLedger(Ledger[Briefing]):
    model = Briefing
    source = "斗委农组〔2021〕3号 四（三）"
    columns = ("issue_number", "briefing_kind", "headline", "issued_on", "addressees")
    filters = ("briefing_kind", "issued_on")
    search = ("issue_number", "headline")
    ordering = ("-issued_on",)
    import_key = ("issue_number",)
    evidence_classes = (EvidenceClass("issue", _("信息原件")),)
    menu_order = 50
    example = {
        "issue_number": "2021年第3期",
        "briefing_kind": "信息简报",
        "headline": "茶产业协作进展",
        "issued_on": "2021-07-05",
    }
    rule_fields = ("issued_on",)

    def validate(self, row: Briefing, previous: Briefing | None) -> Mapping[str, Sequence[Any]]:
        return {"issued_on": [LATER]} if row.issued_on > clock.today() else {}
