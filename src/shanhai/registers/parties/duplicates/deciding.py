"""Deciding a pair: the same (merged), not the same, later; and taking a merge back."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shanhai.kernel import clock, context
from shanhai.kernel.actions import get_row, validate_row
from shanhai.kernel.errors import Conflict, NotVisible, RuleViolated
from shanhai.kernel.fields import SealedField
from shanhai.kernel.history.models import HistoryEntry
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.workflow import State
from shanhai.registers.parties.persons import Person

from .merging import Merging, model_named, point, put_state
from .models import DuplicatePair, PersonMerge

#: What may be taken from the other row. Number, birth and sex are one: whose number is right, stays.
CHOSEN = ("name", "category", "is_relocated", "phone", "place")
_Decision = DuplicatePair.Decision


def get_pair(pk: Any, *, actor: Actor, lock: bool = False) -> DuplicatePair:
    """The pair, if `actor` manages the persons of it. Errors: NotVisible, NotAllowed."""
    pairs = DuplicatePair.objects.select_for_update(of=("self",)) if lock else DuplicatePair.objects.all()
    try:
        pair = pairs.get(pk=pk)
    except (DuplicatePair.DoesNotExist, ValidationError, ValueError):
        raise NotVisible from None
    ledger = registry.get(Person.ledger_key())
    pair.first = get_row(ledger, pair.first_id, actor=actor, verb=Verb.MANAGE)
    pair.second = get_row(ledger, pair.second_id, actor=actor, verb=Verb.MANAGE)
    return pair


def decide(pair_id: UUID, decision: str, *, reason: str, actor: Actor) -> DuplicatePair:
    """Not the same, later, or open again. Errors: RuleViolated, NotVisible, NotAllowed."""
    pair = get_pair(pair_id, actor=actor, lock=True)
    if decision not in {_Decision.DIFFERENT, _Decision.LATER, _Decision.OPEN}:
        raise RuleViolated(_("请选择：不是同一人、以后再定，或重新待定。"), code="bad_decision")
    if pair.decision == _Decision.SAME:
        raise RuleViolated(_("这两人已经合并。要改，请先撤销合并。"), code="merged")
    if decision == _Decision.DIFFERENT:
        reason = _reason(reason)
    _write(pair, decision, reason.strip()[:500], actor)
    return pair


def _reason(reason: str) -> str:
    if not reason.strip():
        told = _("请写明理由。")
        raise RuleViolated(told, code="reason_missing", problems={"reason": [told]})
    return reason.strip()[:500]


def _write(pair: DuplicatePair, decision: str, reason: str, actor: Actor) -> None:
    pair.decision, pair.reason = decision, reason
    pair.decided_at, pair.decided_by = clock.now(), actor.key
    with context.because(reason):
        pair.save(update_fields=["decision", "reason", "decided_at", "decided_by"])


def merge(
    pair_id: UUID,
    winner_id: UUID,
    *,
    take: Collection[str] = (),
    versions: Mapping[str, int] | None = None,
    reason: str,
    actor: Actor,
) -> PersonMerge:
    """One row for the person. `take`: fields whose value comes from the other row.

    `versions`: row version of each person as it was shown.
    Errors: RuleViolated with a sentence, Conflict when a row moved on, NotVisible, NotAllowed.
    """
    pair = get_pair(pair_id, actor=actor, lock=True)
    reason = _reason(reason)
    winner, loser = _sides_of(pair, winner_id, versions)
    before, merging = winner.row_version, Merging()
    chosen = [name for name in CHOSEN if name in take]
    with context.beyond_reach(_("合并重复人员：%(why)s") % {"why": reason}):
        merging.into(winner, loser)
        if chosen:
            _take(winner, loser, chosen)
        done = PersonMerge.objects.create(
            side=pair.side,
            pair=pair,
            winner=winner,
            loser=loser,
            moves=merging.moves,
            voided=merging.voided,
            taken=chosen,
            version=before,
            reason=reason,
            merged_at=clock.now(),
            merged_by=actor.key,
        )
    _write(pair, _Decision.SAME, reason, actor)
    return done


def _sides_of(
    pair: DuplicatePair, winner_id: UUID, versions: Mapping[str, int] | None
) -> tuple[Person, Person]:
    both = {pair.first_id: pair.first, pair.second_id: pair.second}
    if winner_id not in both:
        raise RuleViolated(_("请选择保留哪一位。"), code="no_winner")
    if pair.decision == _Decision.SAME:
        raise RuleViolated(_("这两人已经合并。"), code="merged")
    for person in both.values():
        if person.state == State.VOIDED:
            raise RuleViolated(_("其中一位已经作废，不能合并。"), code="voided")
        if versions and versions.get(str(person.pk)) != person.row_version:
            raise Conflict
    winner = both.pop(winner_id)
    return winner, next(iter(both.values()))


def _take(winner: Person, loser: Person, names: Collection[str]) -> None:
    ledger = registry.get(Person.ledger_key())
    previous = ledger.model._default_manager.get(pk=winner.pk)
    for name in names:
        setattr(winner, name, getattr(loser, name))
    validate_row(ledger, winner, previous)
    winner.row_version += 1
    winner.save()


def unmerge(merge_id: UUID, *, reason: str, actor: Actor) -> PersonMerge:
    """Back as it was, where nobody changed it since; the two are then known to be two.

    Errors: RuleViolated, NotVisible, NotAllowed.
    """
    done = PersonMerge.objects.select_for_update(of=("self",)).filter(pk=merge_id).first()
    if done is None:
        raise NotVisible
    pair = get_pair(done.pair_id, actor=actor, lock=True)
    reason = _reason(reason)
    if done.undone_at is not None:
        raise RuleViolated(_("这次合并已经撤销过。"), code="undone")
    with context.beyond_reach(_("撤销合并：%(why)s") % {"why": reason}):
        _bring_back(done)
        done.undone_at, done.undone_by, done.undone_reason = clock.now(), actor.key, reason
        done.save(update_fields=["undone_at", "undone_by", "undone_reason"])
    _write(pair, _Decision.DIFFERENT, reason, actor)
    return done


def _bring_back(done: PersonMerge) -> None:
    for one in done.voided:
        model: Any = model_named(one["model"])
        if model._base_manager.filter(pk=one["row"], state=State.VOIDED).exists():
            put_state(model, one["row"], one["state"])
    for one in reversed(done.moves):
        model = model_named(one["model"])
        field = model._meta.get_field(one["field"])
        still = model._base_manager.filter(pk__in=one["rows"], **{one["field"]: one["target"]})
        if keys := list(still.values_list("pk", flat=True)):
            point(field, keys, one["source"])
    if done.taken:
        _give_back(done)


def _give_back(done: PersonMerge) -> None:
    """Values of the winner from before, where it still has the loser's."""
    winner, loser = done.winner, done.loser
    was = HistoryEntry.objects.filter(
        table_name=Person._meta.db_table, row_id=winner.pk, row__row_version=done.version
    ).first()
    if was is None or was.row is None:
        return
    for name in done.taken:
        field: Any = Person._meta.get_field(name)
        compared = f"{name}_index" if isinstance(field, SealedField) else field.attname
        if getattr(winner, compared) == getattr(loser, compared):
            setattr(winner, field.attname, _stored(field, was.row[field.column]))
    winner.row_version += 1
    winner.save()


def _stored(field: Any, value: Any) -> Any:
    return (
        field.from_db_value(value, None, None) if isinstance(field, SealedField) else field.to_python(value)
    )
