"""The ledgers of the insured place; those of care and of clearing are registered with them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Sharing, register

from . import care_ledgers, clearing_ledgers  # noqa: F401  (importing registers)
from .declaring import MEDICAL_INSURANCE, SCHEME, days_problems, person_problems
from .models import (
    BenefitRule,
    Entitlement,
    Filing,
)


@register
class FilingLedger(Ledger[Filing]):
    model = Filing
    source = SCHEME
    columns = (
        "person",
        "person__identity_number",
        "kind",
        "care_place",
        "filed_on",
        "standing",
        "valid_from",
        "valid_to",
        Column("note", is_default=False),
    )
    filters = ("kind", "standing", "filed_on", "valid_to")
    search = ("person__name", "person__identity_number")
    ordering = ("-filed_on",)
    import_key = ("person", "filed_on", "kind")
    fields = ("person", "kind", "care_place", "filed_on", "note")
    panels = (
        Fields(_("备案"), ("person", "kind", "care_place", "filed_on", "note")),
        Fields(_("效力"), ("standing", "valid_from", "valid_to")),
    )
    evidence_classes = (
        EvidenceClass("residence", _("居住或工作证明")),
        EvidenceClass("referral", _("转诊单")),
        EvidenceClass("promise", _("个人承诺书")),
    )
    asks_by_number = {"person": MEDICAL_INSURANCE}
    sharing = Sharing.PRIVATE
    menu_order = 10
    example = {"filed_on": "2021-03-01", "note": "随子女在斗门居住"}

    def validate(self, row: Filing, previous: Filing | None) -> Mapping[str, Sequence[Any]]:
        problems = person_problems(row)
        if row.filed_on > clock.today():
            problems["filed_on"] = [_("申请日期不能晚于今天。")]
        return problems


@register
class EntitlementLedger(Ledger[Entitlement]):
    model = Entitlement
    source = SCHEME
    columns = ("person", "person__identity_number", "insurance", "category", "valid_from", "valid_to")
    filters = ("insurance", "category", "valid_from", "valid_to")
    search = ("person__name", "person__identity_number")
    ordering = ("-valid_from",)
    import_key = ("person", "valid_from")
    fields = ("person", "insurance", "category", "valid_from", "valid_to")
    evidence_classes = (EvidenceClass("category", _("身份认定材料")),)
    asks_by_number = {"person": MEDICAL_INSURANCE}
    sharing = Sharing.PRIVATE
    menu_order = 20
    example = {"valid_from": "2021-01-01"}

    def validate(self, row: Entitlement, previous: Entitlement | None) -> Mapping[str, Sequence[Any]]:
        return days_problems(row) | person_problems(row)


@register
class BenefitRuleLedger(Ledger[BenefitRule]):
    model = BenefitRule
    source = SCHEME
    columns = (
        "code",
        "insurance",
        "care",
        "hospital_level",
        "fund",
        "turn",
        "line",
        "share",
        "cap",
        "is_yearly",
        "is_cut",
        "valid_from",
        "valid_to",
        Column("second_from", is_default=False),
        Column("second_share", is_default=False),
        Column("third_from", is_default=False),
        Column("third_share", is_default=False),
        Column("again", is_default=False),
        Column("rounding", is_default=False),
        "source",
    )
    filters = ("insurance", "care", "hospital_level", "fund", "valid_from")
    search = ("code", "source")
    ordering = ("code",)
    import_key = ("code",)
    panels = (
        Fields(
            _("适用"), ("code", "insurance", "care", "hospital_level", "valid_from", "valid_to", "source")
        ),
        Fields(_("起付与封顶"), ("fund", "turn", "line", "is_yearly", "again", "cap", "is_cut", "rounding")),
        Fields(_("支付比例"), ("share", "second_from", "second_share", "third_from", "third_share")),
    )
    evidence_classes = (EvidenceClass("policy", _("政策文件")),)
    menu_order = 60
    example = {
        "code": "JM-ZY-1",
        "turn": "1",
        "line": "1500",
        "share": "60",
        "valid_from": "2021-01-01",
        "source": "演示：居民医保待遇规定",
    }

    def validate(self, row: BenefitRule, previous: BenefitRule | None) -> Mapping[str, Sequence[Any]]:
        problems = days_problems(row)
        for start, share in (("second_from", "second_share"), ("third_from", "third_share")):
            if (getattr(row, start) is None) != (getattr(row, share) is None):
                problems[share] = [_("起点和比例要一起填。")]
        if row.third_from is not None and row.second_from is None:
            problems["second_from"] = [_("有第三段就要有第二段。")]
        elif row.third_from is not None and row.third_from <= (row.second_from or 0):
            problems["third_from"] = [_("第三段的起点要大于第二段的起点。")]
        if row.second_from is not None and row.second_from <= 0:
            problems["second_from"] = [_("第二段的起点要大于零。")]
        return problems
