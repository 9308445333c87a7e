"""The ledgers of schemes and their items."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Related, register
from shanhai.kernel.scope import Side

from ..models import AppraisalItem, AppraisalLevel, AppraisalScheme
from . import rules
from .texts import known_indicators, told_of

SCHEME = "斗委农组〔2021〕3号 四（三）"
_LEVEL_OF = {Side.EAST: AppraisalLevel.EAST, Side.WEST: AppraisalLevel.WEST}


@register
class AppraisalSchemeLedger(Ledger[AppraisalScheme]):
    model = AppraisalScheme
    source = SCHEME
    columns = (
        "name",
        "code",
        "level",
        "unit_kind",
        "first_year",
        "full_score",
        Column("grades_text", is_default=False),
        "legal_basis",
    )
    filters = ("level", "first_year")
    search = ("code", "name", "legal_basis")
    ordering = ("-first_year", "code")
    import_key = ("code",)
    bulk_fields = ("legal_basis",)
    panels = (
        Fields(_("方案"), ("code", "name", "level", "unit_kind", "first_year", "legal_basis")),
        Fields(_("计分"), ("full_score", "grades_text")),
        Related(
            "appraisal.appraisalitem",
            "scheme",
            ("number", "block", "name", "indicator", "rule_kind", "weight", "state"),
            _("考核项"),
            order=("number",),
        ),
    )
    evidence_classes = (EvidenceClass("document", _("考核文件")),)
    menu_order = 10
    example = {"code": "KH01", "name": "演示：年度考核", "first_year": "2021", "legal_basis": "演示文件"}

    def validate(self, row: AppraisalScheme, previous: AppraisalScheme | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        own = _LEVEL_OF[Side(row.owner_unit.side)]
        if row.level not in {own, AppraisalLevel.UNIT}:
            problems["level"] = [_("一方只能考核本方：请选本方或“各单位”。")]
        if row.level != AppraisalLevel.UNIT and row.unit_kind:
            problems["unit_kind"] = [_("考核全方的方案不分单位类别，请留空。")]
        try:
            rules.steps_of(row.grades_text)
        except rules.StepsWrong as wrong:
            problems["grades_text"] = [str(wrong)]
        return problems


@register
class AppraisalItemLedger(Ledger[AppraisalItem]):
    model = AppraisalItem
    source = SCHEME
    columns = (
        "scheme",
        "number",
        "block",
        "name",
        "indicator",
        "rule_kind",
        "weight",
        Column("aim", is_default=False),
        Column("each", is_default=False),
        Column("most", is_default=False),
        "steps_text",
        "needs_evidence",
        Column("wording", is_default=False),
        Column("legal_basis", is_default=False),
    )
    filters = ("scheme", "rule_kind", "needs_evidence")
    search = ("scheme__name", "name", "indicator", "wording")
    ordering = ("scheme_id", "number")
    import_key = ("scheme", "number")
    bulk_fields = ("needs_evidence", "legal_basis")
    panels = (
        Fields(_("考核项"), ("scheme", "number", "block", "name", "wording", "legal_basis")),
        Fields(
            _("计分"),
            ("indicator", "rule_kind", "weight", "aim", "each", "most", "steps_text", "needs_evidence"),
        ),
    )
    menu_order = 20
    example = {
        "number": "1",
        "block": "助力巩固拓展脱贫攻坚成果",
        "name": "帮助农村劳动力就业",
        "indicator": "LAB-1",
        "weight": "30",
        "wording": "演示：帮助农村劳动力就业人数",
    }

    def validate(self, row: AppraisalItem, previous: AppraisalItem | None) -> Mapping[str, Sequence[Any]]:
        if row.scheme.side != row.owner_unit.side:
            return {"scheme": [_("请选择本方的考核方案。")]}
        try:
            rules.steps_of(row.steps_text)
        except rules.StepsWrong as wrong:
            return {"steps_text": [str(wrong)]}
        problems = list(rules.item_problems(told_of(row), known_indicators()))
        return {"": problems} if problems else {}
