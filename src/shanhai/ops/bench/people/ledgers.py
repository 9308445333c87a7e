"""The ledger of the import benchmark."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from shanhai.kernel import clock
from shanhai.kernel.declare import Ledger, register

from .models import Worker

#: The twenty columns of the workbook, in its order.
FIELDS = (
    "identity_number",
    "name",
    "sex",
    "ethnicity",
    "phone",
    "place",
    "household",
    "category",
    "is_relocated",
    "education",
    "skill",
    "wish",
    "left_on",
    "returned_on",
    "employer",
    "city",
    "post",
    "wage",
    "is_insured",
    "note",
)


def problems_of(left_on: date, returned_on: date | None, today: date) -> dict[str, list[str]]:
    """The rules between fields, which both contenders check."""
    if left_on > today:
        return {"left_on": ["外出日期不能晚于今天。"]}
    if returned_on and returned_on < left_on:
        return {"returned_on": ["返乡日期不能早于外出日期。"]}
    return {}


@register
class WorkerLedger(Ledger[Worker]):
    model = Worker
    source = "基准"
    columns = FIELDS
    fields = FIELDS
    search = ("name",)
    import_key = ("identity_number",)
    rule_fields = ("left_on", "returned_on")

    def validate(self, row: Worker, previous: Worker | None) -> Mapping[str, Sequence[Any]]:
        return problems_of(row.left_on, row.returned_on, clock.today())
