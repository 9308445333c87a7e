"""One thing done to many rows: shown first, row by row through its guards, written in one statement."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import actions, context
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.locking import Locks
from shanhai.kernel.permissions import Verb
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor, covers
from shanhai.kernel.sheets.columns import Kind
from shanhai.kernel.workflow import SUBMIT, TRANSITIONS, Transition

from .fields import resolve
from .links import link
from .listing import Listing

Drawn = dict[str, Any]

#: Rows one request may change; more is narrowed by filters or goes through a file.
MOST_ROWS = 5_000
EDIT = "edit"
EDIT_LABEL = gettext_lazy("批量修改")


@dataclass
class Plan:
    """What a bulk action will do: rows that take part, and why others do not."""

    rows: list[LedgerModel] = field(default_factory=list)
    #: Sentence → number of rows left out because of it.
    skipped: Counter[str] = field(default_factory=Counter)

    @property
    def number(self) -> int:
        return len(self.rows)

    @property
    def left_out(self) -> int:
        return self.skipped.total()


@dataclass(frozen=True)
class Selection:
    """The rows picked on a list: ids, or everything that fits its filters."""

    ids: Sequence[UUID]
    is_matching: bool

    def rows(self, listing: Listing) -> list[LedgerModel]:
        """The rows, locked in a fixed order. Errors: RuleViolated when there are none or too many."""
        rows = listing.ledger.model._default_manager.filter(
            pk__in=listing.rows().order_by().values("pk") if self.is_matching else self.ids
        )
        locked = rows.select_related("owner_unit", "place").select_for_update(of=("self",)).order_by("pk")
        found = list(locked[: MOST_ROWS + 1])
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
        for t in TRANSITIONS
        if actor.allows(t.verb, ledger.key)
    ]
    if actor.allows(Verb.EDIT, ledger.key) and bulk_fields(ledger):
        verbs.insert(0, {"value": EDIT, "label": str(EDIT_LABEL), "kind": "", "reason": False})
    return verbs


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
        "reasons": any(verb["reason"] for verb in verbs),
    }


def bulk_fields(ledger: Ledger[Any]) -> list[str]:
    """Fields that may be changed for many rows: as declared, else choices, dates and units."""
    if ledger.bulk_fields:
        return list(ledger.bulk_fields)
    unit = resolve(ledger).column("owner_unit")
    return [
        column.name
        for column in resolve(ledger).fields
        if column.is_editable
        and (column.choices or column.kind is Kind.DATE or (unit and column.related is unit.related))
    ]


def plan_step(
    ledger: Ledger[Any], rows: Sequence[LedgerModel], transition: Transition, *, actor: Actor, reason: str
) -> Plan:
    """Which rows can take the step. Queries do not grow with the rows."""
    plan = Plan()
    evidence, locks = actions.evidence_present(ledger, rows), Locks(ledger)
    if transition is SUBMIT:
        ledger.prefetch_for_validation(rows)
    for row in rows:
        why = _why_not(ledger, row, transition.verb, actor)
        if not why:
            try:
                actions.check_step(
                    ledger, row, transition, actor=actor, reason=reason, evidence=evidence, locks=locks
                )
                if transition is SUBMIT:
                    _validate(ledger, row, row)
            except RuleViolated as refused:
                why = str(refused)
        _sort_in(plan, row, why)
    return plan


def plan_edit(
    ledger: Ledger[Any], rows: Sequence[LedgerModel], values: Mapping[str, Any], *, actor: Actor
) -> Plan:
    """Which rows can take the new values. `rows` carry them afterwards."""
    plan, locks = Plan(), Locks(ledger)
    ledger.prefetch_for_validation(rows)
    for row in rows:
        why = _why_not(ledger, row, Verb.EDIT, actor)
        if not why and (closed := locks.why_closed(row)):
            why = closed.sentence
        if not why and all(getattr(row, name) == value for name, value in values.items()):
            why = _("已经是这个值。")
        why = why or _why_not_changed(ledger, row, values, actor)
        if not why and (closed := locks.period_closed(row)):
            why = closed.sentence
        _sort_in(plan, row, why)
    return plan


def _sort_in(plan: Plan, row: LedgerModel, why: str) -> None:
    if why:
        plan.skipped[why] += 1
    else:
        plan.rows.append(row)


def _why_not(ledger: Ledger[Any], row: LedgerModel, verb: Verb, actor: Actor) -> str:
    return "" if covers(actor, verb, ledger.key, row) else _("不在您的办理范围内。")


def _why_not_changed(ledger: Ledger[Any], row: LedgerModel, values: Mapping[str, Any], actor: Actor) -> str:
    previous = _copy(row)
    for name, value in values.items():
        setattr(row, name, value)
    row.side = row.owner_unit.side
    try:
        _validate(ledger, row, previous)
    except RuleViolated as refused:
        return str(refused)
    return _why_not(ledger, row, Verb.EDIT, actor)


def _copy(row: LedgerModel) -> LedgerModel:
    copied = type(row)()
    copied.__dict__ |= {**row.__dict__, "_state": copied._state}
    return copied


def _validate(ledger: Ledger[Any], row: LedgerModel, previous: LedgerModel) -> None:
    """Fields and the ledger's own rules; constraints are left to the database, which checks all at once."""
    references = [f.name for f in row._meta.concrete_fields if f.is_relation]
    problems: dict[str, list[Any]] = {}
    try:
        row.clean_fields(exclude=references)
        row.clean()
    except ValidationError as error:
        problems = dict(error.message_dict)
    for name, sentences in ledger.validate(row, previous).items():
        problems.setdefault(name, []).extend(sentences)
    if problems:
        raise RuleViolated(problems=problems)


def apply_step(
    ledger: Ledger[Any], rows: Sequence[LedgerModel], transition: Transition, *, actor: Actor, reason: str
) -> int:
    """Take the step with all rows, in one statement."""
    values = actions.step_values(transition, actor=actor, reason=reason)
    return _write(ledger, rows, values, reason)


def apply_edit(
    ledger: Ledger[Any], rows: Sequence[LedgerModel], values: Mapping[str, Any], *, reason: str
) -> int:
    """Give all rows the values, in one statement. Errors: RuleViolated when rows would clash."""
    values = dict(values)
    if unit := values.get("owner_unit"):
        values["side"] = unit.side
    return _write(ledger, rows, values, reason)


def _write(ledger: Ledger[Any], rows: Sequence[LedgerModel], values: Mapping[str, Any], reason: str) -> int:
    chosen = ledger.model._default_manager.filter(pk__in=[row.pk for row in rows])
    try:
        with context.because(reason), transaction.atomic():
            changed: int = chosen.update(**values, row_version=F("row_version") + 1)
            return changed
    except IntegrityError as error:
        sentence = _("改后会有重复的记录，所以一条也没有改。请缩小选择后再试。")
        raise RuleViolated(sentence, code="duplicate") from error
