"""The only code that changes ledger rows one at a time: create, save, step. Files go through `imports`."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shanhai.engines.values import Period, PeriodError

from . import clock, context
from .custom.definitions import book
from .custom.judging import problems_of as problems_of_customs
from .custom.values import assign, is_custom, key_of, raw_value, split, to_json
from .errors import Conflict, FieldConflict, NotAllowed, NotVisible, RuleViolated
from .evidence.models import EvidenceLink
from .gates import held_back
from .history.models import HistoryEntry
from .joint import counterpart_problems, reaches, signers
from .ledger import Ledger
from .locking import Closed, Locks, why_closed
from .permissions import Party, Verb
from .restricted import restricted_problems
from .rows import LedgerModel
from .scope import REPORTED_STATES, Actor
from .settled import stepped
from .within import exceeded
from .workflow import SUBMIT, State, Transition


def get_row(
    ledger: Ledger[Any], pk: Any, *, actor: Actor, verb: Verb = Verb.VIEW, party: Party = Party.OWN
) -> Any:
    """The row, if `actor` may do `verb` with it. Errors: NotVisible (404), NotAllowed (403)."""
    try:
        row = ledger.rows_with_units().get(pk=pk)
    except (ledger.model.DoesNotExist, ValidationError, ValueError):
        raise NotVisible from None
    if verb is not Verb.VIEW:
        require(actor, verb, ledger, row, party)
    return row


def require(
    actor: Actor, verb: Verb, ledger: Ledger[Any], row: LedgerModel, party: Party = Party.OWN
) -> None:
    """Errors: NotAllowed when no membership grants the verb on this very row."""
    current = context.current()
    if not (current and current.is_unscoped) and not reaches(actor, verb, ledger, row, party):
        raise NotAllowed


def create_row(ledger: Ledger[Any], values: Mapping[str, Any], *, actor: Actor) -> Any:
    """A new draft. Unit, side, place and sharing default to the actor's own.

    Errors: RuleViolated with problems by field, NotAllowed outside the actor's reach.
    """
    national, own = split(values)
    row = ledger.model(**fill_defaults(ledger, national, actor))
    assign(row, own)
    if row.owner_unit_id:
        row.side = row.owner_unit.side
    validate_row(ledger, row, None)
    require(actor, Verb.CREATE, ledger, row)
    _require_open_period(ledger, row)
    with constraint_sentences():
        row.save(force_insert=True)
    return row


def fill_defaults(ledger: Ledger[Any], values: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
    """`values` with what the actor's first membership on this ledger implies."""
    filled: dict[str, Any] = {"sharing": ledger.sharing, **ledger.initial(actor), **values}
    grants = actor.grants_for(Verb.CREATE, ledger.key)
    if grants:
        filled.setdefault("side", grants[0].side)
        if filled.get("owner_unit") is None and "owner_unit_id" not in filled:
            filled.pop("owner_unit", None)
            filled["owner_unit_id"] = grants[0].unit_id
    return filled


def save_row(
    ledger: Ledger[Any], row: Any, values: Mapping[str, Any], *, actor: Actor, row_version: int
) -> Any:
    """Change values of an editable row. `row_version` is the version the actor saw.

    Errors: Conflict with both values when the row moved on; RuleViolated; NotAllowed.
    """
    require(actor, Verb.EDIT, ledger, row)
    locked = ledger.model._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    require_open(ledger, locked)
    if locked.row_version != row_version:
        raise Conflict(fields=differences_since(ledger, locked, row_version, values))
    previous = ledger.model._default_manager.get(pk=row.pk)
    assign(locked, values)
    locked.side = locked.owner_unit.side
    validate_row(ledger, locked, previous)
    require(actor, Verb.EDIT, ledger, locked)
    _require_open_period(ledger, locked)
    locked.row_version += 1
    with constraint_sentences():
        locked.save()
    return locked


def require_open(ledger: Ledger[Any], row: LedgerModel) -> None:
    """Errors: RuleViolated, with the reason as its code, when values of the stored row may not be changed."""
    closed = why_closed(ledger, [row]).get(row.pk)
    if closed is not None:
        raise RuleViolated(closed.sentence, code=closed.code)


def _require_open_period(ledger: Ledger[Any], row: LedgerModel) -> None:
    """The same of a new row, or of the period and unit that a row is to have."""
    closed = Locks(ledger).period_closed(row)
    if closed is not None:
        raise RuleViolated(problems={closed.field: [closed.sentence]}, code=closed.code)


def step_row(ledger: Ledger[Any], row: Any, transition: Transition, *, actor: Actor, reason: str = "") -> Any:
    """Take one step of row life. Errors: RuleViolated when the step does not fit the state, NotAllowed."""
    require(actor, transition.verb, ledger, row, transition.party)  # or there is nothing to lock
    locked = ledger.model._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    require(actor, transition.verb, ledger, locked, transition.party)
    check_step(ledger, locked, transition, actor=actor, reason=reason)
    if transition is SUBMIT:
        validate_row(ledger, locked, locked)
    apply_step(locked, transition, actor=actor, reason=reason)
    with recorded(transition, reason), constraint_sentences():
        locked.save()
        stepped(ledger, [locked], transition, actor)
    return locked


def recorded(transition: Transition, reason: str) -> Any:
    """What the counterpart sends back it sees no longer."""
    if transition.party is Party.COUNTERPART and transition.target not in REPORTED_STATES:
        return context.beyond_reach(reason)
    return context.because(reason) if reason else _nothing()


def check_step(
    ledger: Ledger[Any],
    row: LedgerModel,
    transition: Transition,
    *,
    actor: Actor,
    reason: str,
    evidence: Mapping[Any, Collection[str]] | None = None,
    locks: Locks | None = None,
    held: Mapping[Any, str] | None = None,
) -> None:
    """Guards of one step. Errors: RuleViolated with a sentence.

    `evidence` is what `evidence_present` found for many rows at once, `locks` what is closed in the ledger,
    `held` what gates hold back; without them the row is asked for alone.
    """
    if row.state not in transition.sources:
        raise RuleViolated(
            _("这条记录现在是“%(state)s”，不能%(step)s。")
            % {"state": State(row.state).label, "step": transition.label},
            code="wrong_state",
        )
    why = ledger.step_refusal(row, transition)
    if why:
        raise RuleViolated(why, code="step_refused")
    closed = None if transition.passes_lock else (locks or Locks(ledger)).period_closed(row)
    if closed is not None:
        raise RuleViolated(_step_closed(closed, transition), code=closed.code)
    held_why = (held_back(ledger, [row], transition) if held is None else held).get(row.pk)
    if held_why:
        raise RuleViolated(held_why, code="held_back")
    if transition.needs_reason and not reason.strip():
        raise RuleViolated(
            _("%(step)s必须写明原因。") % {"step": transition.label},
            code="reason_missing",
            problems={"reason": [_("%(step)s必须写明原因。") % {"step": transition.label}]},
        )
    if transition.four_eyes and actor.key in signers(row):
        raise RuleViolated(_same_person(transition), code="four_eyes")
    if transition.needs_evidence:
        _require_evidence(ledger, row, evidence_present(ledger, [row]) if evidence is None else evidence)


def _same_person(transition: Transition) -> str:
    if transition.party is Party.OWN:
        return _("提交人不能核实自己提交的记录，请由他人核实。")
    return _("提交或核实过这条记录的人不能再代对方%(step)s，请由对方他人办理。") % {"step": transition.label}


def _step_closed(closed: Closed, transition: Transition) -> str:
    return _("不能%(step)s：%(why)s") % {"step": transition.label, "why": closed.sentence}


def evidence_present(ledger: Ledger[Any], rows: Sequence[LedgerModel]) -> dict[Any, set[str]]:
    """Classes of evidence each row carries, by key; one query, none where the ledger demands no evidence."""
    present: dict[Any, set[str]] = {}
    if not any(evidence.is_required for evidence in ledger.evidence_classes):
        return present
    links = EvidenceLink.objects.filter(
        ledger=ledger.key, row_id__in=[row.pk for row in rows], removed_at__isnull=True
    )
    for row_id, evidence_class in links.values_list("row_id", "evidence_class"):
        present.setdefault(row_id, set()).add(evidence_class)
    return present


def _require_evidence(ledger: Ledger[Any], row: LedgerModel, evidence: Mapping[Any, Collection[str]]) -> None:
    present = evidence.get(row.pk, ())
    missing = [str(e.label) for e in ledger.evidence_classes if e.is_required and e.code not in present]
    if missing:
        raise RuleViolated(
            _("缺少佐证：%(classes)s。请先上传再核实。") % {"classes": "、".join(missing)},
            code="evidence_missing",
        )


def apply_step(row: LedgerModel, transition: Transition, *, actor: Actor, reason: str) -> None:
    """Set what the step means on the row in memory; the caller saves."""
    for name, value in step_values(transition, actor=actor, reason=reason).items():
        setattr(row, name, value)
    row.row_version += 1


def step_values(transition: Transition, *, actor: Actor, reason: str) -> dict[str, Any]:
    """The columns a step sets, for one row or for many at once; `row_version` counts up beside them."""
    values: dict[str, Any] = {"state": transition.target}
    values |= {name: None if name.endswith("_at") else "" for name in transition.clears}
    if transition.moment:
        values[transition.moment] = clock.now()
    if transition.person:
        values[transition.person] = actor.key
    if transition.target == State.RETURNED:
        values["return_reason"] = reason
    return values


def validate_row(ledger: Ledger[Any], row: Any, previous: Any) -> None:
    """Fields, constraints and the ledger's own rules. Errors: RuleViolated with every problem found."""
    problems: dict[str, list[Any]] = {}
    try:
        row.full_clean()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            problems.setdefault("" if name == NON_FIELD_ERRORS else name, []).extend(messages)
    if not any(problems):  # no field is unreadable; what only a constraint refused the rules tell by field
        for name, sentences in ledger.validate(row, previous).items():
            problems.setdefault(name, []).extend(sentences)
    problems |= problems_of_customs(ledger.key, row, previous)
    more = (
        *_period_problems(ledger, row),
        *counterpart_problems(ledger, row),
        *restricted_problems(row, previous),
    )
    for name, sentence in more:
        problems.setdefault(name, []).append(sentence)
    if row.owner_unit_id and row.owner_unit.side not in ledger.sides:
        problems.setdefault("owner_unit", []).append(_("这个台账不由该方填报。"))
    _leave_told_once(problems)
    if problems:
        raise RuleViolated(problems=problems)


def _leave_told_once(problems: dict[str, list[Any]]) -> None:
    """A sentence that stands at a field is not said again of the whole row."""
    told = {str(sentence) for name, sentences in problems.items() if name for sentence in sentences}
    whole = [sentence for sentence in problems.pop("", []) if str(sentence) not in told]
    if whole:
        problems[""] = whole


def _period_problems(ledger: Ledger[Any], row: LedgerModel) -> Iterator[tuple[str, Any]]:
    """A row of a monthly ledger belongs to a month, of a quarterly one to a quarter."""
    if ledger.period_kind is None:
        return
    kind = ledger.period_kind
    try:
        is_right = bool(row.period) and Period.parse(row.period).kind is kind
    except PeriodError:
        return  # the field has said so itself
    if not is_right:
        yield (
            "period",
            _("所属期应是一个%(kind)s，例如 %(example)s。")
            % {
                "kind": kind.label,
                "example": Period.of(clock.today(), kind).label,
            },
        )


def differences_since(
    ledger: Ledger[Any], current: Any, version: int, yours: Mapping[str, Any]
) -> Sequence[FieldConflict]:
    """Fields that somebody changed after `version`, with both values."""
    base = (
        HistoryEntry.objects.filter(
            table_name=ledger.model._meta.db_table, row_id=current.pk, row__row_version=version
        )
        .values_list("row", flat=True)
        .first()
    )
    found = []
    for name, mine in yours.items():
        if is_custom(name):
            found += _custom_difference(current, base, name, mine)
            continue
        field: Any = ledger.model._meta.get_field(name)
        theirs = getattr(current, name)
        unchanged = base is not None and str(base.get(field.column)) == str(getattr(current, field.attname))
        if theirs != mine and not unchanged:
            found.append(FieldConflict(name, str(field.verbose_name), str(mine), str(theirs)))
    return found


def _custom_difference(current: Any, base: Any, name: str, mine: Any) -> list[FieldConflict]:
    theirs, was = raw_value(current, name), ((base or {}).get("extra") or {}).get(key_of(name))
    if theirs in (to_json(mine), was):
        return []
    definition = book().get(name)
    return [FieldConflict(name, definition.title if definition else name, str(mine), str(theirs))]


@contextmanager
def constraint_sentences() -> Iterator[None]:
    """Two clerks saving the same key at once: the database decides, the loser reads a sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise exceeded(error) or RuleViolated(
            _("已有一条相同的记录，可能是他人刚刚保存的。请刷新后核对。"), code="duplicate"
        ) from error


@contextmanager
def _nothing() -> Iterator[None]:
    yield
