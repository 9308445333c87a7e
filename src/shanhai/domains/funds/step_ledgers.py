"""The ledgers of conditions, consents and notices of projects."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Sharing, Side, register

from .lookup import threshold
from .models import Project, ProjectCondition, ProjectConsent, ProjectNotice, Threshold
from .step_rules import ends_enough

SOURCE = "斗委农组〔2021〕3号 四（二）"
type Problems = Mapping[str, Sequence[Any]]


def own_project(row: Any) -> list[Any]:
    """The project is of the side that writes."""
    project: Project = row.project
    return [] if project.side == row.owner_unit.side else [_("请选择本方的项目。")]


@register
class ProjectConditionLedger(Ledger[ProjectCondition]):
    model = ProjectCondition
    source = SOURCE
    columns = ("project", "kind", "done_on", "document", "is_exempt")
    filters = ("kind", "done_on", "is_exempt", "project")
    search = ("project__name", "project__code", "document")
    ordering = ("-done_on",)
    import_key = ("project", "kind")
    fields = ("project", "kind", "done_on", "document", "is_exempt")
    evidence_classes = (EvidenceClass("paper", _("批准文件或说明"), is_required=True),)
    sides = (Side.WEST,)
    menu_order = 32
    example = {"kind": "land", "done_on": "2021-05-20", "document": "演示自然资函〔2021〕8号"}

    def validate(self, row: ProjectCondition, previous: ProjectCondition | None) -> Problems:
        if wrong := own_project(row):
            return {"project": wrong}
        if row.done_on > clock.today():
            return {"done_on": [_("办结日期不能晚于今天。")]}
        return {}


@register
class ProjectConsentLedger(Ledger[ProjectConsent]):
    model = ProjectConsent
    source = SOURCE
    columns = (
        "number",
        "project",
        "matter",
        "asked_on",
        "cause",
        "partner_unit",
        Column("new_budget", is_default=False),
        Column("new_place", is_default=False),
    )
    filters = ("matter", "asked_on", "project")
    search = ("number", "project__name", "project__code", "cause")
    ordering = ("-asked_on", "number")
    import_key = ("number",)
    fields = (
        "number",
        "project",
        "matter",
        "asked_on",
        "cause",
        "new_budget",
        "new_content",
        "new_place",
        "partner_unit",
    )
    panels = (
        Fields(_("会商"), ("number", "project", "matter", "asked_on", "cause", "partner_unit")),
        Fields(_("变更内容"), ("new_budget", "new_content", "new_place")),
    )
    sharing = Sharing.JOINT
    counterpart = "partner_unit"
    evidence_classes = (EvidenceClass("request", _("请示、方案")), EvidenceClass("minutes", _("会议纪要")))
    menu_order = 34
    example = {"number": "HS2021-001", "asked_on": "2021-05-06", "cause": "演示：提请商定立项批复"}

    def validate(self, row: ProjectConsent, previous: ProjectConsent | None) -> Problems:
        if row.asked_on > clock.today():
            return {"asked_on": [_("提出日期不能晚于今天。")]}
        changes = row.new_budget is not None or row.new_content or row.new_place is not None
        is_change = row.matter == ProjectConsent.Matter.CHANGE
        if is_change and not changes:
            return {"matter": [_("变更请至少写明预算、建设内容或建设地点中的一项。")]}
        if changes and not is_change:
            return {"matter": [_("写了变更内容的，会商事项请选“变更”。")]}
        if row.new_place is not None and row.new_place.side != row.project.side:
            return {"new_place": [_("请选择项目所在县的地点。")]}
        return {}


@register
class ProjectNoticeLedger(Ledger[ProjectNotice]):
    model = ProjectNotice
    source = "斗委农组〔2021〕3号 四（二）；公告公示制度"
    columns = ("number", "project", "notice_kind", "place", "notice_from", "notice_to", "posted_at")
    filters = ("notice_kind", "notice_from", "notice_to", "project")
    search = ("number", "project__name", "project__code", "posted_at")
    ordering = ("-notice_from", "number")
    import_key = ("number",)
    fields = ("number", "project", "notice_kind", "notice_from", "notice_to", "posted_at", "complaint_phone")
    evidence_classes = (EvidenceClass("photo", _("张榜照片")), EvidenceClass("objection", _("异议材料")))
    sides = (Side.WEST,)
    menu_order = 36
    example = {
        "number": "XMGS2021-001",
        "notice_from": "2021-04-08",
        "notice_to": "2021-04-17",
        "posted_at": "演示村务公开栏、县政府网站",
        "complaint_phone": "12345",
    }

    def initial(self, actor: Any) -> dict[str, Any]:
        days = threshold(Threshold.Code.NOTICE_DAYS)
        today = clock.today()
        last = today + timedelta(days=int(days) - 1) if days else today
        return {"notice_from": today, "notice_to": last, "complaint_phone": "12345"}

    def validate(self, row: ProjectNotice, previous: ProjectNotice | None) -> Problems:
        if wrong := own_project(row):
            return {"project": wrong}
        if not hasattr(row, "notice_days"):
            self.prefetch_for_validation([row])
        days = row.notice_days  # type: ignore[attr-defined]
        if days is not None and not ends_enough(row.notice_from, row.notice_to, int(days)):
            told = {"days": f"{days.normalize():f}"}
            return {"notice_to": [_now("公示不少于 %(days)s 天，首尾两天都算。") % told]}
        return {}

    def prefetch_for_validation(self, rows: Sequence[ProjectNotice]) -> None:
        days = threshold(Threshold.Code.NOTICE_DAYS)
        for row in rows:
            row.notice_days = days  # type: ignore[attr-defined]
