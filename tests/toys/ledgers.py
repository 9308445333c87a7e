"""Declarations of the toy ledgers."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, F, QuerySet

from shanhai.engines.values import PeriodKind
from shanhai.kernel.declare import (
    Column,
    EvidenceClass,
    Fields,
    Ledger,
    Related,
    Sharing,
    Side,
    Template,
    register,
)
from shanhai.kernel.scope import Actor
from shanhai.kernel.workflow import Transition

from .models import Meeting, Output, Patrol, Workshop


@register
class WorkshopLedger(Ledger[Workshop]):
    model = Workshop
    source = "玩具方案 一（一）"
    columns = (
        "code",
        "name",
        "kind",
        "place",
        "opened_on",
        "workers",
        "cost",
        "land",
        "share",
        "is_certified",
        "keeper_identity",
        Column(
            "output_count", label="产值条数", kind="integer", expression=Count("outputs"), is_default=False
        ),
    )
    filters = ("kind", "opened_on", "workers", "is_certified")
    search = ("code", "name", "keeper_identity")
    ordering = ("code",)
    import_key = ("code",)
    bulk_fields = ("kind", "opened_on", "is_certified")
    former_labels = {"workers": ("吸纳就业人数",)}
    rule_fields = ("is_certified", "opened_on", "workers")
    panels = (
        Fields("基本情况", ("code", "name", "kind", "place", "opened_on", "is_certified")),
        Fields("规模与联系人"),
        Related(
            "toys.output", "workshop", ("period", "amount", "pieces", "state"), "各月产值", order=("-period",)
        ),
    )
    evidence_classes = (EvidenceClass("photo", "现场照片"), EvidenceClass("certificate", "认定文件"))

    def validate(self, row: Workshop, previous: Workshop | None) -> Mapping[str, Sequence[Any]]:
        if row.is_certified and row.opened_on is None:
            return {"opened_on": ["已认定的车间须填设立日期。"]}
        return {}

    def warn(self, row: Workshop) -> Mapping[str, Sequence[Any]]:
        return {"workers": ["人数超过 5000，请核对。"]} if row.workers > 5000 else {}


@register
class OutputLedger(Ledger[Output]):
    model = Output
    source = "玩具方案 一（二）"
    columns = ("workshop", "period", "amount", "pieces")
    search = ("workshop__name", "workshop__code")
    ordering = ("-period", "workshop")
    import_key = ("workshop", "period")
    period_kind = PeriodKind.MONTH
    evidence_classes = (EvidenceClass("voucher", "凭证", is_required=True),)
    reconcile_key = ("workshop__code", "period")
    reconcile_fields = ("amount", "pieces")

    def offers_step(self, row: Output, transition: Transition) -> bool:
        """One without pieces is not offered to be submitted: its number is to be told first."""
        return bool(row.pieces) or transition.name != "submit"


@register
class PatrolLedger(Ledger[Patrol]):
    """What the others leave at its default: one side, private, hooks, templates, order of the menu."""

    model = Patrol
    source = "玩具方案 一（三）"
    columns = (
        "workshop",
        Column("workshop__name", label="车间名称", template="toys/named.html"),
        Column("there_and_back", label="来回", unit="公里", kind="decimal", expression=F("distance") * 2),
        "balance",
    )
    fields = ("workshop", "distance", "balance", "visitor_identity")
    import_key = ("workshop", "period")
    panels = (Fields(), Template("toys/advice.html", "怎么走"))
    period_kind = PeriodKind.QUARTER
    sharing = Sharing.PRIVATE
    sides = (Side.WEST,)
    menu_order = 200
    example = {"distance": "12.5", "balance": "-30"}

    def queryset(self, rows: QuerySet[Patrol]) -> QuerySet[Patrol]:
        return rows.select_related("workshop")

    def initial(self, actor: Actor) -> dict[str, Any]:
        return {"distance": 1}

    def step_refusal(self, row: Patrol, transition: Transition) -> str:
        is_far = transition.name == "void" and row.distance > 5000
        return "走得太远的巡查不能作废。" if is_far else ""

    def prefetch_for_validation(self, rows: Sequence[Patrol]) -> None:
        names = dict(Workshop._default_manager.values_list("pk", "name"))
        for row in rows:
            row.known_name = names.get(row.workshop_id)  # type: ignore[attr-defined]

    def warn(self, row: Patrol) -> Mapping[str, Sequence[Any]]:
        is_odd = getattr(row, "known_name", "") is None
        return {"workshop": ["没有找到这个车间的名称。"]} if is_odd else {}


@register
class MeetingLedger(Ledger[Meeting]):
    """A row that both sides sign."""

    model = Meeting
    source = "玩具方案 一（四）"
    columns = ("number", "period", "partner_unit", "held_on", "attendees")
    search = ("number",)
    ordering = ("-held_on",)
    import_key = ("number",)
    fields = ("period", "number", "partner_unit", "held_on", "attendees")
    period_kind = PeriodKind.MONTH
    sharing = Sharing.JOINT
    counterpart = "partner_unit"
    evidence_classes = (EvidenceClass("minutes", "会议纪要"),)
    example = {"number": "联〔2021〕1号", "held_on": "2021-06-18", "attendees": "24"}
