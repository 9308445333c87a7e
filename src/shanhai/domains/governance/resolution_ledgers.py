"""The ledgers of resolutions and of their progress."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Related, Sharing, State, register
from shanhai.kernel.scope import Actor
from shanhai.kernel.workflow import VERIFY, Transition
from shanhai.registers.parties.models import Unit

from .models import Resolution, ResolutionProgress

SCHEME = "斗委农组〔2021〕3号 四（一）"
_BETWEEN = re.compile(r"[、，,；;]")


def unit_names(text: str) -> list[str]:
    """Names in a list of units."""
    return [name.strip() for name in _BETWEEN.split(text) if name.strip()]


@register
class ResolutionLedger(Ledger[Resolution]):
    model = Resolution
    source = SCHEME
    columns = (
        "code",
        "content",
        "meeting",
        "lead_unit",
        "support_units",
        "due_on",
        Column("partner_unit", is_default=False),
    )
    filters = ("meeting", "lead_unit", "due_on")
    search = ("code", "content", "support_units")
    ordering = ("due_on",)
    import_key = ("code",)
    fields = ("code", "meeting", "content", "lead_unit", "support_units", "due_on", "partner_unit")
    panels = (
        Fields(_("议定事项"), ("code", "meeting", "content", "lead_unit", "support_units", "due_on")),
        Related(
            "governance.resolutionprogress",
            "resolution",
            ("told_on", "owner_unit", "percent", "narrative", "is_complete", "state"),
            _("议定进展"),
            order=("-told_on", "-id"),
        ),
        Fields(),
    )
    sharing = Sharing.JOINT
    counterpart = "partner_unit"
    menu_order = 20
    example = {
        "code": "斗湄联〔2021〕1号-01",
        "content": "建成两地岗位信息共享清单，每月交换一次。",
        "support_units": "县人力资源和社会保障局",
        "due_on": "2021-09-30",
    }

    def initial(self, actor: Actor) -> dict[str, Any]:
        return {"partner_unit": office_beyond(actor)}

    def validate(self, row: Resolution, previous: Resolution | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        if not hasattr(row, "unknown_units"):
            self.prefetch_for_validation([row])
        if row.unknown_units:  # type: ignore[attr-defined]
            told = _("没有找到单位“%(names)s”，请写单位名录里的名称，多个之间用“、”。")
            problems["support_units"] = [told % {"names": "、".join(row.unknown_units)}]  # type: ignore[attr-defined]
        if row.due_on < row.meeting.held_on:
            problems["due_on"] = [_("完成期限不能早于会议召开日期。")]
        if row.meeting.state == State.VOIDED:
            problems["meeting"] = [_("这次会议已作废。")]
        return problems

    def prefetch_for_validation(self, rows: Sequence[Resolution]) -> None:
        wanted = {name for row in rows for name in unit_names(row.support_units)}
        known = Unit.resolve_references(wanted) if wanted else {}
        for row in rows:
            row.unknown_units = [one for one in unit_names(row.support_units) if one not in known]  # type: ignore[attr-defined]


def office_beyond(actor: Actor) -> Unit | None:
    """The coordinating unit of the other side, which signs what ours enters."""
    if actor.home is None:
        return None
    rows = Unit.objects.filter(side=actor.home.side.other, kind=Unit.Kind.COORDINATOR, valid_to=None)
    return rows.order_by("path").first()


@register
class ResolutionProgressLedger(Ledger[ResolutionProgress]):
    model = ResolutionProgress
    source = SCHEME
    columns = (
        "resolution",
        Column("resolution__due_on", label=_("完成期限")),
        "told_on",
        "percent",
        "narrative",
        "is_complete",
        Column("closing_note", is_default=False),
    )
    filters = ("resolution", "told_on", "is_complete")
    search = ("resolution__code", "resolution__content", "narrative")
    ordering = ("-told_on",)
    fields = ("resolution", "told_on", "percent", "narrative", "is_complete")
    panels = (
        Fields(_("进展"), ("resolution", "told_on", "percent", "narrative", "is_complete", "closing_note")),
    )
    evidence_classes = (EvidenceClass("proof", _("办结材料")), EvidenceClass("photo", _("现场照片")))
    menu_order = 21
    example = {"told_on": "2021-06-30", "percent": "60", "narrative": "已交换三次。"}

    def initial(self, actor: Actor) -> dict[str, Any]:
        return {"told_on": clock.today()}

    def validate(
        self, row: ResolutionProgress, previous: ResolutionProgress | None
    ) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        resolution = row.resolution
        if row.told_on > clock.today():
            problems["told_on"] = [_("进展日期不能晚于今天。")]
        if row.owner_unit_id != resolution.lead_unit_id:
            if not hasattr(row, "supports"):
                self.prefetch_for_validation([row])
            if row.owner_unit_id not in row.supports:  # type: ignore[attr-defined]
                problems["resolution"] = [_("本单位不是这项议定事项的牵头或配合单位。")]
            elif row.is_complete:
                problems["is_complete"] = [_("销号由牵头单位申请，配合单位只报进展。")]
        return problems

    def prefetch_for_validation(self, rows: Sequence[ResolutionProgress]) -> None:
        names = {row.pk: unit_names(row.resolution.support_units) for row in rows}
        wanted = {name for found in names.values() for name in found}
        known = Unit.resolve_references(wanted) if wanted else {}
        for row in rows:
            row.supports = {known[name].pk for name in names[row.pk] if name in known}  # type: ignore[attr-defined]

    def step_refusal(self, row: ResolutionProgress, transition: Transition) -> str:
        if transition is VERIFY and row.is_complete and not row.closing_note:
            return str(_("销号须写明意见，请打开这一行，在“办理销号”里办。"))
        return ""

    def offers_step(self, row: ResolutionProgress, transition: Transition) -> bool:
        return not (row.is_complete and transition.name in {"verify", "return"})
