"""The ledger of the scheme: progress of each unit with each of its tasks."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.declare import EvidenceClass, Fields, Ledger, register

from . import policy_ledgers  # noqa: F401  (ledgers register)
from .models import Duty, ProgressReport
from .reports import bound_units


@register
class ProgressReportLedger(Ledger[ProgressReport]):
    model = ProgressReport
    source = "斗委农组〔2021〕3号 四（一）（三）"
    columns = ("task", "period", "percent", "narrative", "next_steps")
    filters = ("task", "percent")
    search = ("task__title", "narrative", "next_steps")
    ordering = ("-period",)
    import_key = ("task", "period")
    fields = ("task", "period", "percent", "narrative", "next_steps")
    panels = (Fields(_("进展"), ("task", "percent", "narrative", "next_steps")),)
    period_kind = PeriodKind.QUARTER
    evidence_classes = (EvidenceClass("report", _("进展材料")), EvidenceClass("photo", _("现场照片")))
    menu_order = 90
    example = {"period": "2021Q3", "percent": "75", "narrative": "已完成两地岗位清单三次交换。"}

    def validate(self, row: ProgressReport, previous: ProgressReport | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        if row.owner_unit_id not in _bound(row):
            problems["task"] = [_("本单位不是这项任务的责任单位。")]
        if row.period and Period.parse(row.period).start > clock.today():
            problems["period"] = [_("不能填报还没有到的季度。")]
        return problems

    def prefetch_for_validation(self, rows: Sequence[ProgressReport]) -> None:
        bound = _units_of({row.task_id for row in rows})
        for row in rows:
            row.bound = frozenset(bound.get(row.task_id, ()))  # type: ignore[attr-defined]


def _units_of(tasks: set[UUID]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for task, units in bound_units(Duty.objects.filter(task__in=tasks)).items():
        found[task] |= set(units)
    return found


def _bound(row: ProgressReport) -> frozenset[UUID]:
    known: frozenset[UUID] | None = getattr(row, "bound", None)
    return known if known is not None else frozenset(_units_of({row.task_id}).get(row.task_id, ()))
