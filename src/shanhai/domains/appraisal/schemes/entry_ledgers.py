"""The ledger of self-reports."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from shanhai.engines.scoring import Kind
from shanhai.engines.values import PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.declare import EvidenceClass, Fields, Ledger, Sharing, register
from shanhai.kernel.scope import Actor

from ..models import AppraisalEntry
from .entries import put_items, told_item

SCHEME = "斗委农组〔2021〕3号 四（三）"


@register
class AppraisalEntryLedger(Ledger[AppraisalEntry]):
    model = AppraisalEntry
    source = SCHEME
    columns = ("scheme", "period", "item_number", "reported", "grade", "narrative")
    filters = ("scheme", "item_number")
    search = ("scheme__name", "narrative")
    ordering = ("-period", "item_number")
    import_key = ("scheme", "item_number", "period")
    fields = ("scheme", "period", "item_number", "reported", "grade", "narrative")
    bulk_fields = ("narrative",)
    panels = (
        Fields(_("自评"), ("scheme", "period", "item_number", "reported", "grade")),
        Fields(_("说明"), ("narrative",)),
    )
    period_kind = PeriodKind.YEAR
    #: What a unit says of itself is for who appraises it.
    sharing = Sharing.PRIVATE
    evidence_classes = (EvidenceClass("proof", _("考核佐证")),)
    menu_order = 30
    example = {"period": "2021", "item_number": "6", "reported": "4", "narrative": "演示：全年现场督查 4 次"}

    def prefetch_for_validation(self, rows: Sequence[AppraisalEntry]) -> None:
        put_items(rows)

    def initial(self, actor: Actor) -> dict[str, Any]:
        return {"period": str(clock.today().year)}

    def validate(self, row: AppraisalEntry, previous: AppraisalEntry | None) -> Mapping[str, Sequence[Any]]:
        if row.scheme.side != row.owner_unit.side:
            return {"scheme": [_("请选择本方的考核方案。")]}
        item = told_item(row)
        if item is None:
            told = {"scheme": row.scheme.name, "number": row.item_number}
            return {"item_number": [_("“%(scheme)s”没有第 %(number)s 项。") % told]}
        return _item_problems(row, item)


def _item_problems(row: AppraisalEntry, item: Mapping[str, Any]) -> Mapping[str, Sequence[Any]]:
    """What is asked of an entry by the rule of its item."""
    if item["kind"] == Kind.GRADE:
        words = [mark for mark, _points in item["steps"]]
        if row.grade not in words:
            return {"grade": [_("评价等级请填：%(words)s。") % {"words": "、".join(words)}]}
        return {"reported": [_("定性评价的考核项不填填报数。")]} if row.reported is not None else {}
    problems: dict[str, list[Any]] = {}
    if row.grade:
        problems["grade"] = [_("这一项不是定性评价，评价等级请留空。")]
    if item["indicator"] and row.reported is not None:
        problems["reported"] = [
            _("这一项由指标 %(code)s 从台账计算，填报数请留空。") % {"code": item["indicator"]}
        ]
    if not item["indicator"] and row.reported is None:
        problems["reported"] = [_("这一项没有台账指标，请填填报数（没有就填 0）。")]
    return problems
