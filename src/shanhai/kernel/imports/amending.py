"""Lines of a file about rows that are locked: proposed as amendments in one go, for one reason."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from shanhai.kernel.amendments.models import Amendment
from shanhai.kernel.amendments.proposing import propose_values
from shanhai.kernel.errors import RuleViolated, ShanhaiError
from shanhai.kernel.workflow import State

from .batch import NEW, Batch
from .plan import ImportPlan

#: Rows of one file that may be amended in one go.
MOST_ROWS = 5_000


@dataclass(frozen=True)
class Amended:
    """What became of the lines: how many were proposed, and by row number why others were not."""

    filed: int
    refused: list[tuple[int, str]]


def amendable(plan: ImportPlan) -> dict[int, int]:
    """Lines that are wrong only because their row is locked, with the version of that row.

    Rows that are verified, and reported ones of a locked period; not where a unit would change, which is
    handed over, nor where a row is named that does not exist yet.
    """
    batch = plan.batch
    if not batch.problems:
        return {}
    lines = [line for line in batch.changed if line in batch.problems and _is_locked(batch, line)]
    lines = [line for line in lines if not _cannot_be_amended(batch, line)]
    keys = {line: batch.key(line) for line in lines}
    proposed = Amendment.objects.filter(row_id__in=keys.values(), state__in=Amendment.OPEN)
    waiting = set(proposed.values_list("row_id", flat=True)) if keys else set()
    versions = batch.stored.columns["row_version"]
    found = {line: versions[batch.match[line]] for line in sorted(lines) if keys[line] not in waiting}
    return dict(list(found.items())[:MOST_ROWS])


def _is_locked(batch: Batch, line: int) -> bool:
    position = batch.match[line]
    if position == NEW:
        return False
    state = batch.stored.columns["state"][position]
    codes = {problem.code for problem in batch.problems[line]}
    return codes == {"verified"} or (
        codes == {"period_locked"} and state in (State.SUBMITTED, State.AWAITING)
    )


def _cannot_be_amended(batch: Batch, line: int) -> bool:
    names = batch.changed[line]
    said = (batch.values[name][line] for name in names)
    is_new = any(isinstance(value, Model) and value._state.adding for value in said)
    return is_new or "owner_unit" in names


def propose_lines(plan: ImportPlan, shown: dict[UUID, int], reason: str) -> Amended:
    """Propose what the lines say of the rows that were `shown`, each in the version it was shown.

    Shape: one amendment a row; a line that rules refuse leaves the others alone.
    Errors: RuleViolated without a reason.
    """
    if not reason.strip():
        told_why = _("更正必须写明原因。")
        raise RuleViolated(told_why, code="reason_missing", problems={"reason": [told_why]})
    batch, filed = plan.batch, 0
    refused: list[tuple[int, str]] = []
    batch.stored.load(batch.match[line] for line in batch.changed if batch.match[line] != NEW)
    for line in amendable(plan):
        key = batch.key(line)
        if key not in shown:
            continue
        values: dict[str, Any] = {name: batch.values[name][line] for name in batch.changed[line]}
        row = batch.stored.row(batch.match[line])
        try:
            with transaction.atomic():
                propose_values(
                    plan.ledger, row, values, reason=reason, actor=plan.actor, row_version=shown[key]
                )
            filed += 1
        except ShanhaiError as error:
            refused.append((batch.table.numbers[line], str(error)))
    gone = len(shown) - filed - len(refused)
    if gone:
        refused.append((0, _("%(number)s 行已被他人改动或提出更正，请重新上传核对。") % {"number": gone}))
    return Amended(filed, refused)
