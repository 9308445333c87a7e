"""The ledgers of the place of care: catalogue, visits, fee lines."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, DecimalField, Exists, ExpressionWrapper, F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce, Round
from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Related, Sharing, register

from .declaring import MEDICAL_INSURANCE, SCHEME, Problems, days_problems, hospital_problems, person_problems
from .models import CatalogueItem, FeeLine, MedicalVisit, Settlement


def _paid(*names: str) -> Any:
    """Sum over the settlements of the outer visit, reversals taken off: parts of the row itself."""
    rows = Settlement.objects.filter(visit=OuterRef("pk")).order_by().values("visit")
    found = rows.annotate(found=sum((Sum(name) for name in names[1:]), Sum(names[0]))).values("found")
    money = DecimalField(max_digits=18, decimal_places=2)
    return Coalesce(Subquery(found), Decimal(0), output_field=money)


STANDING = Settlement.objects.filter(visit=OuterRef("pk"), reverses__isnull=True, reversal__isnull=True)
LINE_SUM = Round(F("quantity") * F("price"), 2, output_field=DecimalField(max_digits=18, decimal_places=2))


@register
class CatalogueItemLedger(Ledger[CatalogueItem]):
    model = CatalogueItem
    source = SCHEME
    columns = (
        "code",
        "name",
        "kind",
        "grade",
        "prepay",
        "price_limit",
        "valid_from",
        "valid_to",
        Column("source", is_default=False),
    )
    filters = ("kind", "grade", "valid_from", "valid_to")
    search = ("code", "name")
    ordering = ("code",)
    import_key = ("code", "valid_from")
    menu_order = 70
    example = {
        "code": "XA01AB",
        "name": "演示药品",
        "prepay": "10",
        "price_limit": "35.60",
        "valid_from": "2021-01-01",
        "source": "演示：就医地医保目录",
    }

    def validate(self, row: CatalogueItem, previous: CatalogueItem | None) -> Mapping[str, Sequence[Any]]:
        return days_problems(row)


@register
class MedicalVisitLedger(Ledger[MedicalVisit]):
    model = MedicalVisit
    source = SCHEME
    columns = (
        "number",
        "person",
        "person__identity_number",
        "hospital",
        "care",
        "admitted_on",
        "discharged_on",
        "billed",
        Column(
            "is_settled",
            label=_("已结算"),
            kind="boolean",
            expression=ExpressionWrapper(Exists(STANDING), output_field=BooleanField()),
        ),
        Column(
            "fund_paid",
            label=_("基金支付"),
            unit=_("元"),
            kind="money",
            expression=_paid("pool", "serious", "assistance"),
        ),
        Column(
            "patient_paid",
            label=_("个人负担"),
            unit=_("元"),
            kind="money",
            expression=_paid("account_pay", "cash_pay"),
        ),
        Column("diagnosis", is_default=False),
        Column("hospital_level", is_default=False),
    )
    filters = ("care", "hospital", "admitted_on", "discharged_on", "hospital_level")
    search = ("number", "person__name", "person__identity_number")
    ordering = ("-admitted_on",)
    import_key = ("number",)
    fields = (
        "number",
        "person",
        "hospital",
        "hospital_level",
        "care",
        "admitted_on",
        "discharged_on",
        "diagnosis",
        "billed",
        "account_offered",
    )
    panels = (
        Fields(_("就诊"), ("number", "person", "hospital", "hospital_level", "care", "diagnosis")),
        Fields(_("起止与金额"), ("admitted_on", "discharged_on", "billed", "account_offered")),
        Related(
            "insurance.feeline",
            "visit",
            ("ordinal", "item", "used_on", "quantity", "price"),
            _("费用明细"),
            order=("ordinal",),
        ),
    )
    evidence_classes = (
        EvidenceClass("invoice", _("医疗收费票据")),
        EvidenceClass("list", _("费用清单")),
        EvidenceClass("summary", _("出院小结")),
    )
    asks_by_number = {"person": MEDICAL_INSURANCE}
    sharing = Sharing.PRIVATE
    menu_order = 30
    example = {
        "number": "ZY20210901",
        "admitted_on": "2021-09-01",
        "discharged_on": "2021-09-12",
        "billed": "42000",
    }

    def validate(self, row: MedicalVisit, previous: MedicalVisit | None) -> Mapping[str, Sequence[Any]]:
        problems = person_problems(row) | hospital_problems(row, previous)
        if row.admitted_on > clock.today():
            problems["admitted_on"] = [_("入院日期不能晚于今天。")]
        if row.discharged_on and row.discharged_on > clock.today():
            problems["discharged_on"] = [_("出院日期不能晚于今天。")]
        if row.discharged_on and row.discharged_on < row.admitted_on:
            problems["discharged_on"] = [_("出院日期不能早于入院日期。")]
        if previous is not None and is_settled(row):
            problems[""] = [_("已经结算，请先撤销结算再改。")]
        return problems


@register
class FeeLineLedger(Ledger[FeeLine]):
    model = FeeLine
    source = SCHEME
    columns = (
        Column("visit__number", label=_("就诊编号")),
        "ordinal",
        Column("item__code", label=_("医保编码")),
        "item",
        Column("item__grade", label=_("收费等级")),
        "used_on",
        "quantity",
        "price",
        Column("amount", label=_("金额"), unit=_("元"), kind="money", expression=LINE_SUM),
        Column("visit", is_default=False),
    )
    filters = ("visit", "item", "used_on")
    search = ("visit__number", "item__code", "item__name")
    ordering = ("-id",)
    import_key = ("visit", "ordinal")
    fields = ("visit", "ordinal", "item", "used_on", "quantity", "price")
    sharing = Sharing.PRIVATE
    menu_order = 40
    example = {"ordinal": "1", "used_on": "2021-09-01", "quantity": "2", "price": "35.60"}

    def validate(self, row: FeeLine, previous: FeeLine | None) -> Mapping[str, Sequence[Any]]:
        problems: Problems = {}
        visit = row.visit
        if visit.side != row.owner_unit.side:
            problems["visit"] = [_("请选择本方的就诊。")]
        elif is_settled(visit):
            problems["visit"] = [_("该次就诊已经结算，请先撤销结算再改。")]
        if row.used_on < visit.admitted_on or (visit.discharged_on and row.used_on > visit.discharged_on):
            problems["used_on"] = [_("费用日期不在就诊的起止日期之内。")]
        if row.quantity <= 0:
            problems["quantity"] = [_("数量必须大于零。")]
        if not row.item.holds_on(row.used_on):
            problems["item"] = [
                _("%(code)s 的这一条价格自 %(start)s 起，费用当日没有价格；请改用当日有效的一条。")
                % {"code": row.item.code, "start": row.item.valid_from}
            ]
        return problems

    def prefetch_for_validation(self, rows: Sequence[FeeLine]) -> None:
        """Which visits of the file are settled already, by one query."""
        visits = {row.visit_id for row in rows}
        settled = set(
            Settlement.objects.filter(
                visit__in=visits, reverses__isnull=True, reversal__isnull=True
            ).values_list("visit", flat=True)
        )
        for row in rows:
            row.visit.known_settled = row.visit_id in settled  # type: ignore[attr-defined]


def is_settled(visit: MedicalVisit) -> bool:
    """Whether a settlement of the visit stands."""
    known: bool | None = getattr(visit, "known_settled", None)
    if known is None:
        rows = Settlement.objects.filter(visit=visit.pk, reverses__isnull=True, reversal__isnull=True)
        known = rows.exists()
    return known
