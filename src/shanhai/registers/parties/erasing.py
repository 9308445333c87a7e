"""Carrying out a request to be erased: at once where nothing keeps the rows, else they are only stored.

Source: 《个人信息保护法》第四十七条: what a statute still keeps is stored and kept safe, and nothing else.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from shanhai.engines.values.periods import Period
from shanhai.kernel import clock, context
from shanhai.kernel.erasing.acts import Erased, erase
from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import REPORTED_STATES, Actor
from shanhai.kernel.subjects import Held, held_on
from shanhai.kernel.workflow import State

from .erasure_list import note, noted
from .erasures import PersonErasure, RecordRetention
from .extracts import held, may_extract
from .persons import Person
from .requests import PersonRequest

#: Of which a person may ask for an end of what is done with their data.
KINDS = (PersonRequest.Kind.ERASE, PersonRequest.Kind.WITHDRAW)

#: Told of persons that are gone: erased (True), or only stored from now on; with the reason and by whom.
type Follower = Callable[[Sequence[Person], bool, str, str], None]

_followers: list[Follower] = []
_AGAIN = "恢复备份后重做依申请删除"


@dataclass(frozen=True)
class Kept:
    """Rows of one ledger that a rule keeps, and until when the last of them."""

    label: str
    rows: int
    until: date
    source: str


def register_follower(follower: Follower) -> None:
    """For what hangs on a person and is no row of a ledger."""
    _followers.append(follower)


def of_others(found: PersonRequest) -> list[Held]:
    """What is held on the person, without requests: they prove that one was heard."""
    return [one for one in held(found) if one.ledger.key != PersonRequest.ledger_key()]


def kept(rows: Sequence[Held]) -> list[Kept]:
    """What the rules of today still keep."""
    today = clock.today()
    rules = {rule.ledger: rule for rule in RecordRetention.objects.in_force(today)}
    found = []
    for one in rows:
        if rule := rules.get(one.ledger.key):
            days = [rule.last_day(day) for row in one.rows if (day := _reported_on(row))]
            if lasting := [day for day in days if day >= today]:
                found.append(Kept(one.ledger.label, len(lasting), max(lasting), rule.source))
    return found


def _reported_on(row: LedgerModel) -> date | None:
    """The last day that the row is about or was reported on; None for one that never counted."""
    if row.state not in REPORTED_STATES and row.state != State.VOIDED:
        return None
    moments = [moment.date() for moment in (row.submitted_at, row.verified_at) if moment]
    period = [Period.parse(row.period).end] if row.period else []
    return max([*moments, *period], default=None)


def may_erase(found: PersonRequest, actor: Actor) -> bool:
    """A verified request to be erased, before somebody who may see all that is held on the side."""
    return found.kind in KINDS and may_extract(found, actor)


def is_left(bars: Sequence[Kept], done: Sequence[PersonErasure]) -> bool:
    """Whether anything is to be done: restricted once, erased once, the second when nothing keeps rows."""
    is_erased = any(one.kind == PersonErasure.Kind.ERASED for one in done)
    return not is_erased and not (bars and done)


def carry_out(found: PersonRequest, actor: Actor) -> PersonErasure:
    """Erase the person, or restrict what a rule keeps to being stored.

    Errors: NotAllowed; RuleViolated before another has verified who asks, for another kind of request, when
    nothing is held, and when it was done.
    """
    _require(found, actor)
    with transaction.atomic():
        rows = of_others(found)
        bars = kept(rows)
        if not is_left(bars, list(found.erasures.all())):
            raise RuleViolated(_("这件申请已经办理过。"), code="already_erased")
        if not rows:
            raise RuleViolated(
                _("本方没有这个身份证号的记录，不用删除。请直接登记答复。"), code="nothing_held"
            )
        reason = _("个人信息申请 %(code)s：%(what)s") % {
            "code": found.pk.hex[-8:].upper(),
            "what": _("停止处理") if bars else _("删除"),
        }
        with context.because(reason):
            return _restrict(found, rows, bars, actor) if bars else _erase(found, rows, reason, actor)


def _require(found: PersonRequest, actor: Actor) -> None:
    if found.kind not in KINDS:
        raise RuleViolated(_("只有申请删除或撤回同意的才能删除。"), code="not_to_erase")
    if found.state != State.VERIFIED:
        raise RuleViolated(_("申请经另一人核实以后才能办理。"), code="not_verified")
    if not actor.allows(Verb.UNMASK, PersonRequest.ledger_key()) or not may_erase(found, actor):
        raise NotAllowed


def _erase(found: PersonRequest, rows: Sequence[Held], reason: str, actor: Actor) -> PersonErasure:
    index = found.identity_number.blind_index
    done = erase_people(rows, reason=reason, by=actor.key)
    record = _record(found, PersonErasure.Kind.ERASED, index, done, actor)
    transaction.on_commit(lambda: note(record))
    return record


def erase_people(rows: Sequence[Held], *, reason: str, by: str) -> Erased:
    """As `erase`; nothing more is written about whoever the rows were about."""
    people = list(_people(rows))
    for person in people:
        person.is_restricted = True
    done = erase(rows, reason=reason, by=by)
    for follow in _followers:
        follow(people, True, reason, by)
    return done


def _people(rows: Sequence[Held]) -> Iterator[Person]:
    for one in rows:
        yield from (row for row in one.rows if isinstance(row, Person))


def _restrict(
    found: PersonRequest, rows: Sequence[Held], bars: Sequence[Kept], actor: Actor
) -> PersonErasure:
    last = max(bars, key=lambda bar: bar.until)
    done = Erased()
    with context.beyond_reach():
        for person in _people(rows):
            person.is_restricted = True
            person.row_version += 1
            person.save()
            done.rows += 1
    for follow in _followers:
        follow(list(_people(rows)), False, _("停止处理"), actor.key)
    record = _record(found, PersonErasure.Kind.RESTRICTED, found.identity_number.blind_index, done, actor)
    record.until, record.source = last.until, last.source
    record.save(update_fields=["until", "source"])
    return record


def _record(found: PersonRequest, kind: str, index: str, done: Erased, actor: Actor) -> PersonErasure:
    return PersonErasure.objects.create(
        side=found.side,
        request=found,
        kind=kind,
        value_index=index,
        decided_at=clock.now(),
        handled_by=actor.key,
        rows=done.rows,
        entries=done.entries,
        papers=done.papers,
    )


def erase_again(path: Path) -> int:
    """Erase whoever the file names and this database still holds; how many. Again, it finds nobody.

    Errors: as `noted`; each person is erased whole or not at all.
    """
    again = 0
    for side, index in dict.fromkeys(noted(path)):
        with context.unscoped(_AGAIN), transaction.atomic():
            rows = [one for one in held_on(index, side) if one.ledger.key != PersonRequest.ledger_key()]
            if not rows:
                continue
            done = erase_people(rows, reason=_AGAIN, by="system:restore")
            PersonErasure.objects.create(
                side=side,
                kind=PersonErasure.Kind.ERASED,
                value_index=index,
                decided_at=clock.now(),
                handled_by="system:restore",
                rows=done.rows,
                entries=done.entries,
                papers=done.papers,
            )
            again += 1
    return again
