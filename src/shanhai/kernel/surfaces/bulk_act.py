"""One thing to be done to many rows, whoever asks for it: pages, the API, jobs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from shanhai.kernel.custom.values import is_custom, to_json
from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.evidence.many import (
    ATTACH,
    ATTACH_LABEL,
    Paper,
    apply_attach,
    may_attach_to_some,
    plan_attach,
    read_papers,
    told_of,
)
from shanhai.kernel.handover import hand_over
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor
from shanhai.kernel.workflow import Transition

from .bulk import (
    EDIT,
    EDIT_LABEL,
    HANDOVER,
    HANDOVER_LABEL,
    apply_edit,
    apply_step,
    may_hand_over_some,
)
from .bulk_plan import Plan, plan_edit, plan_handover, plan_step
from .customs import column_named


@dataclass(frozen=True)
class Act:
    """`verb` is a step, `edit` (with `values`), `handover` (to `unit`) or `attach` (`papers`, `category`)."""

    ledger: Ledger[Any]
    verb: str
    actor: Actor
    reason: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    unit: Any = None
    papers: Sequence[Paper] = ()
    category: str = ""

    @property
    def transition(self) -> Transition | None:
        return self.ledger.life.by_name.get(self.verb)

    @property
    def label(self) -> str:
        labels = {HANDOVER: HANDOVER_LABEL, ATTACH: ATTACH_LABEL}
        return str(self.transition.label if self.transition else labels.get(self.verb, EDIT_LABEL))

    @property
    def needs_reason(self) -> bool:
        return self.verb in {EDIT, HANDOVER} or bool(self.transition and self.transition.needs_reason)

    @property
    def told(self) -> dict[str, Any]:
        """What a plan is bound to besides its rows."""
        if self.verb == HANDOVER:
            return {"owner_unit": self.unit}
        return told_of(self.papers, self.category) if self.verb == ATTACH else dict(self.values)

    def plan(self, rows: Sequence[LedgerModel]) -> Plan:
        """What it would do to each row. Errors: RuleViolated for papers or values that cannot be taken."""
        ledger, actor = self.ledger, self.actor
        if self.transition is not None:
            # A reason is asked for with the plan before one's eyes.
            return plan_step(ledger, rows, self.transition, actor=actor, reason=self.reason or "…")
        if self.verb == HANDOVER:
            return plan_handover(ledger, rows, self.unit, actor=actor)
        if self.verb == ATTACH:
            return plan_attach(ledger, rows, self.papers, self.category, actor=actor)
        return plan_edit(ledger, rows, self.values, actor=actor)

    def apply(self, rows: Sequence[LedgerModel]) -> int:
        """Do it to rows of a plan; how many were written. Errors: RuleViolated, nothing is written then."""
        ledger, actor, reason = self.ledger, self.actor, self.reason
        if self.transition is not None:
            return apply_step(ledger, rows, self.transition, actor=actor, reason=reason)
        if self.verb == HANDOVER:
            return hand_over(ledger, rows, self.unit, reason=reason, actor=actor)
        if self.verb == ATTACH:
            return apply_attach(ledger, rows, self.papers, self.category, reason=reason, actor=actor)
        return apply_edit(ledger, rows, self.values, reason=reason)

    def packed(self) -> dict[str, Any]:
        """As a job keeps it."""
        return {
            "verb": self.verb,
            "reason": self.reason,
            "values": {name: _packed(value, name) for name, value in self.values.items()},
            "unit": _packed(self.unit),
            "papers": [paper.token(self.actor) for paper in self.papers],
            "category": self.category,
        }

    @classmethod
    def unpacked(cls, ledger: Ledger[Any], told: Mapping[str, Any], actor: Actor) -> "Act":
        """Errors: RuleViolated for papers that have waited too long; DoesNotExist for a row that is gone."""
        return cls(
            ledger,
            told["verb"],
            actor,
            told["reason"],
            {name: _unpacked(ledger, name, value) for name, value in told["values"].items()},
            _unpacked(ledger, "owner_unit", told["unit"]),
            read_papers(told["papers"], actor=actor) if told["papers"] else (),
            told["category"],
        )


def _packed(value: Any, name: str = "") -> Any:
    if is_custom(name):
        return to_json(value)
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, models.Model):
        return str(value.pk)
    return value.isoformat() if isinstance(value, date) else str(value)


def _unpacked(ledger: Ledger[Any], name: str, value: Any) -> Any:
    if is_custom(name):
        return column_named(ledger, name).custom.typed(value)  # type: ignore[union-attr]
    column: Any = ledger.model._meta.get_field(name)
    if value is None or not column.is_relation:
        return column.to_python(value)
    return column.related_model._default_manager.get(pk=value)


def require_act(ledger: Ledger[Any], verb: str, actor: Actor) -> None:
    """The act is one, and granted on the ledger.

    Errors: NotVisible for what nobody knows, NotAllowed for what is not granted.
    """
    step = ledger.life.by_name.get(verb)
    if step is None and verb not in {EDIT, HANDOVER, ATTACH}:
        raise NotVisible
    of_acts = {HANDOVER: may_hand_over_some, ATTACH: may_attach_to_some}
    is_granted = (
        of_acts[verb](ledger, actor)
        if verb in of_acts
        else actor.allows(step.verb if step else Verb.EDIT, ledger.key)
    )
    if not is_granted:
        raise NotAllowed
