"""The ledger of visits to employers."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, register

from .models import EmployerVisit
from .sources import SCHEME


@register
class EmployerVisitLedger(Ledger[EmployerVisit]):
    model = EmployerVisit
    source = SCHEME
    columns = (
        "firm",
        "visited_on",
        "way",
        "visitor",
        "worker_count",
        "vacancy_count",
        "demand",
        Column("answer_note", is_default=False),
    )
    filters = ("firm", "visited_on", "way", "worker_count")
    search = ("firm__name", "visitor", "demand")
    ordering = ("-visited_on",)
    import_key = ("firm", "visited_on", "way")
    panels = (
        Fields(_("走访"), ("firm", "visited_on", "way", "visitor", "worker_count", "vacancy_count")),
        Fields(_("诉求与答复"), ("demand", "answer_note")),
    )
    evidence_classes = (EvidenceClass("photo", _("走访照片")),)
    menu_order = 98
    example = {"visited_on": "2021-09-10", "way": "到企业", "visitor": "演示甲"}

    def validate(self, row: EmployerVisit, previous: EmployerVisit | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        if row.firm.side != row.owner_unit.side:
            problems["firm"] = [_("请选择本方登记的单位。")]
        if row.visited_on > clock.today():
            problems["visited_on"] = [_("走访日期不能晚于今天。")]
        return problems
