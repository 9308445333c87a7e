"""Writing what was confirmed: one transaction, set-based, counted by the database, or nothing at all."""

import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import context
from shanhai.kernel.bulk import write_rows
from shanhai.kernel.errors import Conflict, RuleViolated
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.reading import SheetTable

from .plan import ImportPlan, plan_import


@dataclass(frozen=True)
class Applied:
    """What an import wrote. `counted` is what the database found afterwards; it equals `expected`."""

    import_id: UUID
    created: int
    updated: int
    unchanged: int
    wrong: int
    counted: int
    seconds: float

    @property
    def expected(self) -> int:
        return self.created + self.updated


class PlanChanged(Conflict):
    """Rows changed between showing the plan and confirming it."""

    code = "plan_changed"
    default_message = gettext_lazy("确认之后有记录被他人改动，所以一行也没有写入。请看过新的结果再确认。")


def apply_import(
    ledger: Ledger[Any],
    table: SheetTable,
    actor: Actor,
    *,
    confirmed: str,
    import_id: UUID,
    reason: str = "",
) -> Applied:
    """Plan again with the rows locked, and write if that is still what was confirmed.

    Shape: `confirmed` is the digest of the plan shown; `import_id` is kept on each row and in its history.
    Errors: PlanChanged, NotAllowed, RuleViolated; in each case nothing was written.
    """
    began = time.monotonic()
    with context.acting(actor, reason=reason, import_id=import_id):
        plan = plan_import(ledger, table, actor, lock=True)
        if plan.digest != confirmed:
            raise PlanChanged
        counted = _write(plan, import_id)
    return Applied(
        import_id,
        len(plan.creates),
        len(plan.updates),
        len(plan.unchanged),
        len(plan.wrong),
        counted,
        round(time.monotonic() - began, 1),
    )


def _write(plan: ImportPlan, import_id: UUID) -> int:
    inserts, updates = [line.row for line in plan.creates], [line.row for line in plan.updates]
    for row in (*inserts, *updates):
        row.import_id = import_id
    model = plan.ledger.model
    try:
        with transaction.atomic():
            written = write_rows(model, inserts, updates)
    except IntegrityError as error:
        raise PlanChanged from error
    counted: int = model._base_manager.filter(import_id=import_id).count()
    if not written.inserted + written.updated == counted == plan.expected:
        sentence = _("应写入 %(expected)s 行，清点为 %(counted)s 行，所以全部没有写入。请重新核对后再导入。")
        raise RuleViolated(sentence % {"expected": plan.expected, "counted": counted}, code="miscounted")
    return counted
