"""The ledger of placements."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, register
from shanhai.kernel.workflow import SUBMIT, Transition

from .ledgers_matching import SCHEME
from .models import Placement

#: Accepting is what comes next, and reports the row.
_UNDECIDED = (Placement.Standing.PROPOSED, Placement.Standing.LAPSED, Placement.Standing.REFUSED)


@register
class PlacementLedger(Ledger[Placement]):
    model = Placement
    source = SCHEME
    columns = (
        "person",
        "person__identity_number",
        Column("person__place", label=_("户籍")),
        "order",
        Column("order__employer", label=_("用工单位")),
        Column("order__wage", label=_("月工资")),
        "match_state",
        "is_by_hand",
        "score",
        "proposed_on",
        "decided_on",
        Column("refusal", is_default=False),
        Column("hired_on", is_default=False),
        Column("left_on", is_default=False),
        Column("spell", is_default=False),
        Column("batch", is_default=False),
    )
    filters = ("match_state", "is_by_hand", "order", "batch", "proposed_on", "decided_on")
    search = ("person__name", "person__identity_number", "order__code", "order__post")
    ordering = ("-proposed_on",)
    import_key = ("person", "order")
    fields = ("person", "order")
    panels = (
        Fields(_("拟配"), ("person", "order", "match_state", "is_by_hand", "score", "proposed_on")),
        Fields(_("决定"), ("decided_on", "refusal", "hired_on", "left_on", "spell", "batch")),
    )
    evidence_classes = (EvidenceClass("consent", _("本人意见")),)
    menu_order = 44
    example = {}

    def validate(self, row: Placement, previous: Placement | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        if row.person.side != row.owner_unit.side:
            problems["person"] = [_("请选择本方登记的人员。")]
        is_same = previous is not None and previous.order_id == row.order_id
        is_decided = previous is not None and previous.match_state != Placement.Standing.PROPOSED
        if is_decided and not (is_same and previous and previous.person_id == row.person_id):
            problems[""] = [_("已经决定过的拟配不能换人、换岗位；请另外拟配一条。")]
        if not is_same and row.order.open_until < clock.today():
            problems["order"] = [
                _("岗位 %(order)s 已于 %(day)s 截止，请选择招聘中的岗位。")
                % {"order": row.order, "day": row.order.open_until}
            ]
        return problems

    def offers_step(self, row: Placement, transition: Transition) -> bool:
        """Accepting reports it: a draft has one next step, the decision."""
        return transition is not SUBMIT or row.match_state not in _UNDECIDED
