"""The ledgers of milestones, benefit links and money paid by them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Related, Side, register

from .models import BenefitLink, BenefitPaid, Milestone
from .parts import sum_of
from .step_ledgers import own_project

SOURCE = "斗委农组〔2021〕3号 四（二）"
type Problems = Mapping[str, Sequence[Any]]
PAID = sum_of(BenefitPaid, "link", Side.WEST)
WHOLE = 100  # per cent


@register
class MilestoneLedger(Ledger[Milestone]):
    model = Milestone
    source = SOURCE
    columns = ("project", "name", "weight", "due_on", "done_on")
    filters = ("due_on", "done_on", "project")
    search = ("name", "project__name", "project__code")
    ordering = ("due_on",)
    import_key = ("project", "name")
    fields = ("project", "name", "due_on", "weight", "done_on")
    evidence_classes = (EvidenceClass("photo", _("现场照片")), EvidenceClass("record", _("验收或签证单")))
    sides = (Side.WEST,)
    menu_order = 33
    example = {"name": "主体封顶", "due_on": "2021-08-31", "weight": "40"}

    def validate(self, row: Milestone, previous: Milestone | None) -> Problems:
        if wrong := own_project(row):
            return {"project": wrong}
        if row.done_on is not None and row.done_on > clock.today():
            return {"done_on": [_("完成日期不能晚于今天。")]}
        rest = WHOLE - self._others(row)
        if row.weight > rest:
            return {
                "weight": [_now("这个项目的节点权重还剩 %(rest)s%%。") % {"rest": f"{rest.normalize():f}"}]
            }
        return {}

    def _others(self, row: Milestone) -> Decimal:
        known = getattr(row, "other_weights", None)
        if known is None:
            self.prefetch_for_validation([row])
            known = row.other_weights  # type: ignore[attr-defined]
        return Decimal(known)

    def prefetch_for_validation(self, rows: Sequence[Milestone]) -> None:
        """Lines of one file count too: those before a line in the order of the file."""
        stored = Milestone.objects.live().filter(project__in={row.project_id for row in rows})
        known = list(stored.values_list("project_id", "pk", "weight"))
        mine = {row.pk for row in rows}
        for number, row in enumerate(rows):
            others = sum((w for key, pk, w in known if key == row.project_id and pk not in mine), Decimal(0))
            before = (one.weight for one in rows[:number] if one.project_id == row.project_id)
            row.other_weights = others + sum(before, Decimal(0))  # type: ignore[attr-defined]


@register
class BenefitLinkLedger(Ledger[BenefitLink]):
    model = BenefitLink
    source = SOURCE
    columns = (
        "project",
        "kind",
        "households",
        "people",
        "ex_poor_people",
        "promised",
        Column("paid", label=_("已兑现"), unit=_("元"), kind="money", expression=PAID),
        "agreed_on",
        "due_on",
    )
    filters = ("kind", "agreed_on", "due_on", "project")
    search = ("project__name", "project__code")
    ordering = ("-agreed_on",)
    import_key = ("project", "kind", "agreed_on")
    fields = (
        "project",
        "kind",
        "households",
        "people",
        "ex_poor_people",
        "promised",
        "agreed_on",
        "due_on",
    )
    panels = (
        Fields(),
        Related(
            "funds.benefitpaid",
            "link",
            ("voucher_number", "amount", "households", "people", "paid_on", "state"),
            _("兑现"),
        ),
    )
    evidence_classes = (EvidenceClass("agreement", _("联结协议"), is_required=True),)
    sides = (Side.WEST,)
    menu_order = 37
    example = {"kind": "jobs", "agreed_on": "2021-06-01", "due_on": "2021-12-31", "promised": "60000"}

    def validate(self, row: BenefitLink, previous: BenefitLink | None) -> Problems:
        if wrong := own_project(row):
            return {"project": wrong}
        if row.agreed_on > clock.today():
            return {"agreed_on": [_("约定日期不能晚于今天。")]}
        return {}


@register
class BenefitPaidLedger(Ledger[BenefitPaid]):
    model = BenefitPaid
    source = SOURCE
    columns = ("voucher_number", "link", "amount", "households", "people", "paid_on")
    filters = ("paid_on", "amount", "link")
    search = ("voucher_number", "link__project__name", "link__project__code")
    ordering = ("-paid_on",)
    import_key = ("voucher_number",)
    fields = ("voucher_number", "link", "amount", "households", "people", "paid_on")
    evidence_classes = (EvidenceClass("voucher", _("兑现凭证"), is_required=True),)
    sides = (Side.WEST,)
    menu_order = 38
    example = {"voucher_number": "DN2021-001", "amount": "20000", "paid_on": "2021-09-10"}

    def validate(self, row: BenefitPaid, previous: BenefitPaid | None) -> Problems:
        if row.link.side != row.owner_unit.side:
            return {"link": [_("请选择本方的联农带农。")]}
        if row.paid_on > clock.today():
            return {"paid_on": [_("兑现日期不能晚于今天。")]}
        if row.households > row.link.households:
            told = {"most": row.link.households}
            return {"households": [_now("兑现户数不能多于联结的 %(most)s 户。") % told]}
        if row.people > row.link.people:
            return {"people": [_now("兑现人数不能多于联结的 %(most)s 人。") % {"most": row.link.people}]}
        return {}
