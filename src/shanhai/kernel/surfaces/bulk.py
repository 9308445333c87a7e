"""One thing done to many rows: shown first, row by row through its guards, written in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import actions, context
from shanhai.kernel.custom.values import merging, split
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.evidence.many import ATTACH, ATTACH_LABEL, may_attach_to_some
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor
from shanhai.kernel.settled import stepped
from shanhai.kernel.sheets.columns import Kind
from shanhai.kernel.within import exceeded
from shanhai.kernel.workflow import Transition

from .customs import customs_to_fill
from .fields import ResolvedColumn, resolve
from .links import link
from .listing import Listing

Drawn = dict[str, Any]

#: Rows one request may change; more is narrowed by filters or goes through a file.
MOST_ROWS = 5_000
EDIT = "edit"
EDIT_LABEL = gettext_lazy("批量修改")
HANDOVER = "handover"
HANDOVER_LABEL = gettext_lazy("移交")


@dataclass(frozen=True)
class Selection:
    """The rows picked on a list: ids, or everything that fits its filters."""

    ids: Sequence[UUID]
    is_matching: bool

    def rows(self, listing: Listing) -> list[LedgerModel]:
        """The rows, locked in a fixed order. Errors: RuleViolated when there are none or too many."""
        ledger = listing.ledger
        visible = (
            listing.rows() if self.is_matching else ledger.model._default_manager.filter(pk__in=self.ids)
        )
        found = list(ledger.locked(visible)[: MOST_ROWS + 1])
        if not found:
            raise RuleViolated(_("没有选中任何记录。请先勾选，再选要做的事。"), code="nothing_selected")
        if len(found) > MOST_ROWS:
            sentence = _("一次最多处理 %(most)s 行。请先用筛选缩小范围，分几次处理。")
            raise RuleViolated(sentence % {"most": f"{MOST_ROWS:,}"}, code="too_many")
        return found


def bulk_verbs(ledger: Ledger[Any], actor: Actor) -> list[Drawn]:
    """What `actor` may do to many rows of the ledger."""
    verbs = [
        {"value": t.name, "label": str(t.label), "kind": _kind(t), "reason": t.needs_reason}
        for t in ledger.life.steps
        if actor.allows(t.verb, ledger.key)
    ]
    if actor.allows(Verb.EDIT, ledger.key) and bulk_fields(ledger, actor):
        verbs.insert(0, {"value": EDIT, "label": str(EDIT_LABEL), "kind": "", "reason": True})
    if may_attach_to_some(ledger, actor):
        verbs.append({"value": ATTACH, "label": str(ATTACH_LABEL), "kind": "", "reason": False})
    if may_hand_over_some(ledger, actor):
        verbs.append({"value": HANDOVER, "label": str(HANDOVER_LABEL), "kind": "", "reason": False})
    return verbs


def may_hand_over_some(ledger: Ledger[Any], actor: Actor) -> bool:
    """Whether there may be rows that the actor hands over."""
    is_granted = actor.allows(Verb.EDIT, ledger.key) or actor.allows(Verb.MANAGE, ledger.key)
    return is_granted and ledger.is_kept_by(actor)


def _kind(transition: Transition) -> str:
    return "danger" if transition.needs_reason else ""


def bulk_bar(listing: Listing) -> Drawn | None:
    """The bar under a list; None for readers who may change nothing."""
    verbs = bulk_verbs(listing.ledger, listing.actor)
    if not verbs:
        return None
    query = listing.query()
    url = link(listing.ledger, "bulk")
    return {
        "url": f"{url}?{query}" if query else url,
        "hidden": [],
        "verbs": verbs,
        "matching": listing.counts.text,
        "reasons": "、".join(verb["label"] for verb in verbs if verb["reason"]),
    }


def bulk_fields(ledger: Ledger[Any], actor: Actor) -> list[str]:
    """Fields that may be changed for many rows, and what the actor's units added to the ledger."""
    return _national(ledger) + [column.name for column in bulk_customs(ledger, actor)]


def bulk_customs(ledger: Ledger[Any], actor: Actor) -> tuple[ResolvedColumn, ...]:
    """Custom fields of the units for which the actor changes rows."""
    return customs_to_fill(ledger, actor, Verb.EDIT)


def _national(ledger: Ledger[Any]) -> list[str]:
    """As declared, else choices, dates and units."""
    if ledger.bulk_fields:
        return list(ledger.bulk_fields)
    unit = resolve(ledger).column("owner_unit")
    return [
        column.name
        for column in resolve(ledger).fields
        if column.is_editable
        and (column.choices or column.kind is Kind.DATE or (unit and column.related is unit.related))
    ]


def apply_step(
    ledger: Ledger[Any], rows: Sequence[LedgerModel], transition: Transition, *, actor: Actor, reason: str
) -> int:
    """Take the step with all rows, in one statement."""
    values = actions.step_values(transition, actor=actor, reason=reason)
    with actions.recorded(transition, reason):
        written = _write(ledger, rows, values)
        stepped(ledger, rows, transition, actor)
        return written


def apply_edit(
    ledger: Ledger[Any], rows: Sequence[LedgerModel], values: Mapping[str, Any], *, reason: str
) -> int:
    """Give all rows the values, in one statement. Errors: RuleViolated when rows would clash."""
    written, own = split(values)
    if unit := written.get("owner_unit"):
        written["side"] = unit.side
    if own:
        written["extra"] = merging(own)
    with context.because(reason):
        return _write(ledger, rows, written)


def _write(ledger: Ledger[Any], rows: Sequence[LedgerModel], values: Mapping[str, Any]) -> int:
    chosen = ledger.model._default_manager.filter(pk__in=[row.pk for row in rows])
    try:
        with transaction.atomic():
            changed: int = chosen.update(**values, row_version=F("row_version") + 1)
            if changed != len(rows):  # a wall lets nothing through without a word
                raise LookupError(f"{ledger.key}: {changed} rows written of {len(rows)}")
            return changed
    except IntegrityError as error:
        sentence = _("改后会有重复的记录，所以一条也没有改。请缩小选择后再试。")
        raise exceeded(error) or RuleViolated(sentence, code="duplicate") from error
