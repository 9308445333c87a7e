"""Writing what was confirmed: one transaction, set-based, counted by the database, or nothing at all."""

import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import bulk, context
from shanhai.kernel.errors import Conflict, RuleViolated
from shanhai.kernel.fields import SealedField
from shanhai.kernel.scope import Actor
from shanhai.kernel.within import exceeded

from .batch import Batch
from .building import FinalColumns, depends_on
from .parts import Tables
from .plan import ImportPlan, plan_file


@dataclass(frozen=True)
class Applied:
    """What an import wrote into one ledger; `counted` is what the database found afterwards."""

    ledger: str
    import_id: UUID
    created: int
    updated: int
    unchanged: int
    wrong: int
    counted: int

    @property
    def expected(self) -> int:
        return self.created + self.updated


@dataclass(frozen=True)
class FileApplied:
    """What an import wrote, part by part. Unit: seconds."""

    parts: tuple[Applied, ...]
    seconds: float

    def total(self, name: str) -> int:
        return sum(getattr(part, name) for part in self.parts)


class PlanChanged(Conflict):
    """Rows changed between showing the plan and confirming it."""

    code = "plan_changed"
    default_message = gettext_lazy("确认之后有记录被他人改动，所以一行也没有写入。请看过新的结果再确认。")


def apply_file(
    tables: Tables, actor: Actor, *, confirmed: str, import_id: UUID, reason: str = ""
) -> FileApplied:
    """Plan again with the rows locked, and write if that is still what was confirmed.

    Shape: `confirmed` is the digest of the plan shown; `import_id` is kept on each row and in its history.
    Errors: PlanChanged, NotAllowed, SheetRefused, RuleViolated; in each case nothing was written.
    """
    began = time.monotonic()
    with context.acting(actor, reason=reason, import_id=import_id):
        plan = plan_file(tables, actor, lock=True)
        if plan.digest != confirmed:
            raise PlanChanged
        with transaction.atomic():
            parts = tuple(apply_plan(part, import_id) for part in plan.parts)
    return FileApplied(parts, round(time.monotonic() - began, 1))


def apply_plan(plan: ImportPlan, import_id: UUID) -> Applied:
    """Write a plan made with locks in this very transaction."""
    counted = _write(plan, import_id)
    return Applied(
        plan.ledger.key,
        import_id,
        len(plan.creates),
        len(plan.updates),
        len(plan.unchanged),
        len(plan.wrong),
        counted,
    )


def _write(plan: ImportPlan, import_id: UUID) -> int:
    model = plan.ledger.model
    try:
        with transaction.atomic():
            written = bulk.insert_columns(model, _inserts(plan.batch, import_id))
            written += bulk.update_columns(model, _updates(plan.batch, import_id))
    except IntegrityError as error:
        raise exceeded(error) or PlanChanged() from error
    counted: int = model._base_manager.filter(import_id=import_id).count()
    if not written == counted == plan.expected:
        sentence = _("应写入 %(expected)s 行，清点为 %(counted)s 行，所以全部没有写入。请重新核对后再导入。")
        raise RuleViolated(sentence % {"expected": plan.expected, "counted": counted}, code="miscounted")
    return counted


def _inserts(batch: Batch, import_id: UUID) -> bulk.Columns:
    lines = batch.new()
    return FinalColumns(
        batch, lines, {"id": list(map(batch.key, lines)), "import_id": [import_id] * len(lines)}
    )


def _updates(batch: Batch, import_id: UUID) -> bulk.Columns:
    """What some line changes; a field that none does is not written, nor opened if it is sealed."""
    lines = batch.updates()
    given = {"id": list(map(batch.key, lines)), "import_id": [import_id] * len(lines)}
    names = {name for line in lines for name in batch.changed[line]}
    fields: list[Any] = [f for f in bulk.stored_fields(batch.ledger.model) if depends_on(f, names)]
    batch.stored.load(batch.match[line] for line in lines if any(isinstance(f, SealedField) for f in fields))
    columns = FinalColumns(batch, lines, given)
    return columns.only([*given, "side", "row_version", *(field.attname for field in fields)])
