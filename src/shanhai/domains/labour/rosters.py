"""Lists held against the register: lines taken into a list, compared, decided one by one."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from shanhai.kernel import clock, context
from shanhai.kernel.actions import create_row, get_row
from shanhai.kernel.errors import Conflict, RuleViolated
from shanhai.kernel.later import record_later
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import REPORTED_STATES, Actor
from shanhai.kernel.sealing import revealing
from shanhai.kernel.workflow import State
from shanhai.registers.parties.fields import parse_identity
from shanhai.registers.parties.models import Person

from . import roster_rules
from .models import EmploymentSpell, Roster, RosterEntry, WorkerRegistration

_Outcome, _Decision = RosterEntry.Outcome, RosterEntry.Decision
#: Lines that only the register has are numbered from here on: no file has so many.
_BEYOND_FILES = 1_000_000
#: Which decisions a line of this outcome knows.
DECISIONS: Mapping[str, tuple[str, ...]] = {
    _Outcome.SAME: (),
    _Outcome.UNCOMPARED: (),
    _Outcome.DIFFERENT: (_Decision.PHONE, _Decision.KEEP),
    _Outcome.PROBABLE: (_Decision.CONFIRM, _Decision.REGISTER, _Decision.KEEP),
    _Outcome.UNREGISTERED: (_Decision.REGISTER, _Decision.KEEP),
    _Outcome.ONLY_LIST: (_Decision.REGISTER, _Decision.KEEP),
    _Outcome.ONLY_REGISTER: (_Decision.KEEP,),
    _Outcome.UNCLEAR: (_Decision.KEEP,),
}


def own_roster(pk: UUID, actor: Actor) -> Roster:
    """A list whose lines the actor decides. Errors: NotVisible, NotAllowed."""
    roster: Roster = get_row(registry.get(Roster.ledger_key()), pk, actor=actor, verb=Verb.EDIT)
    return roster


def compare(pk: UUID, *, actor: Actor) -> int:
    """Hold the lines of a list that are undecided against the register.

    The number of lines compared. Errors: NotVisible, NotAllowed; RuleViolated when there is none.
    """
    roster = own_roster(pk, actor)
    with context.because(_("名单比对 %(code)s") % {"code": roster.code}):
        rows = RosterEntry.objects.live().filter(roster=roster).select_for_update(of=("self",))
        entries = list(rows.order_by("id"))
        lines = [one for one in entries if one.outcome != _Outcome.ONLY_REGISTER]
        if not lines:
            raise RuleViolated(_("名单里还没有人员，请先导入名单。"), code="nothing_to_compare")
        undecided = [one for one in lines if one.decision == _Decision.OPEN]
        _judge(roster, undecided)
        met = {one.person_id for one in lines if one.person_id}
        added = [one for one in entries if one.outcome == _Outcome.ONLY_REGISTER]
        stale = [one for one in added if one.person_id in met and one.decision == _Decision.OPEN]
        for one in stale:
            one.state = State.VOIDED
        for one in (*undecided, *stale):
            one.row_version += 1
        changed = ["outcome", "person", "differences", "state", "row_version"]
        RosterEntry.objects.bulk_update([*undecided, *stale], changed, batch_size=500)
        missing = _only_registered(roster, met | {one.person_id for one in added})
        first = max((one.line_number for one in added), default=_BEYOND_FILES) + 1
        for number, one in enumerate(missing, first):
            one.line_number = number
        RosterEntry.objects.bulk_create(missing)
    return len(undecided)


def _judge(roster: Roster, entries: list[RosterEntry]) -> None:
    texts = _numbers(entries)
    people = {
        text: person
        for text, person in Person.resolve_references(set(texts.values())).items()
        if person.side == roster.side and person.state != State.VOIDED
    }
    named = Person.objects.live().filter(side=roster.side, name__in={one.name for one in entries})
    known = _known([*people.values(), *named], roster.side)
    by_name: dict[str, list[roster_rules.Known]] = {}
    for person in named:
        by_name.setdefault(person.name, []).append(known[person.pk])
    for entry in entries:
        person = people.get(texts.get(entry.pk, ""))
        line = _line(entry, is_number=entry.pk in texts)
        told = roster_rules.verdict(line, known[person.pk] if person else None, by_name.get(entry.name, ()))
        entry.outcome, entry.person_id = told.outcome, told.key
        entry.differences = "；".join(told.differences)[:500]


def _numbers(entries: Iterable[RosterEntry]) -> dict[Any, str]:
    """Numbers that can be, by line. Compared here, shown to nobody: there is no reading to record."""
    found: dict[Any, str] = {}
    with revealing("名单比对", lambda reading: None):
        for entry in entries:
            if not entry.written_number:
                continue
            try:
                found[entry.pk] = parse_identity(entry.written_number.reveal(), clock.today()).number
            except ValidationError:  # told as such
                continue
    return found


def _line(entry: RosterEntry, *, is_number: bool) -> roster_rules.Line:
    return roster_rules.Line(
        name=entry.name,
        index=entry.index,
        is_number=is_number,
        born_on=entry.born_on,
        phone=entry.phone_index or "",  # type: ignore[attr-defined]
        employer=entry.employer_name,
        started_on=entry.started_on,
    )


def _known(people: Iterable[Person], side: str) -> dict[Any, roster_rules.Known]:
    """What the register says of these people, with their latest spell. Two queries."""
    by_key = {person.pk: person for person in people}
    spells: dict[Any, EmploymentSpell] = {}
    rows = EmploymentSpell.objects.live().filter(side=side, person__in=by_key, ended_on__isnull=True)
    for spell in rows.select_related("employer").order_by("started_on", "id"):
        spells[spell.person_id] = spell
    registered = set(
        WorkerRegistration.objects.live().filter(person__in=by_key).values_list("person", flat=True)
    )
    return {
        key: roster_rules.Known(
            key=key,
            name=person.name,
            index=person.identity_number_index,  # type: ignore[attr-defined]
            born_on=person.born_on,
            phone=person.phone_index or "",  # type: ignore[attr-defined]
            employer=spells[key].employer_label if key in spells else "",
            started_on=spells[key].started_on if key in spells else None,
            is_registered=key in registered,
        )
        for key, person in by_key.items()
    }


def _only_registered(roster: Roster, met: set[Any]) -> list[RosterEntry]:
    """Who works for the employer of the list by our ledger and stands in no line of it."""
    if not roster.employer_id:
        return []
    day = roster.received_on
    spells = (
        EmploymentSpell.objects.live()
        .filter(
            Q(ended_on__isnull=True) | Q(ended_on__gte=day),
            side=roster.side,
            employer=roster.employer_id,
            started_on__lte=day,
        )
        .exclude(person__in=met)
        .select_related("person")
        .order_by("person", "-started_on")
    )
    latest = {spell.person_id: spell for spell in reversed(list(spells))}
    told = _("台账 %(day)s 起在该单位，名单没有")
    return [
        RosterEntry(
            side=roster.side,
            owner_unit_id=roster.owner_unit_id,
            place_id=roster.place_id,
            sharing=roster.sharing,
            roster=roster,
            name=spell.person.name,
            post=spell.post,
            started_on=spell.started_on,
            person=spell.person,
            outcome=_Outcome.ONLY_REGISTER,
            differences=told % {"day": spell.started_on},
        )
        for spell in latest.values()
    ]


def decide(pk: UUID, decision: str, *, reason: str, actor: Actor, row_version: int) -> RosterEntry:
    """What becomes of a line. Errors: RuleViolated with a sentence, Conflict, NotVisible, NotAllowed."""
    ledger = registry.get(RosterEntry.ledger_key())
    get_row(ledger, pk, actor=actor, verb=Verb.EDIT)
    entry: RosterEntry = (
        RosterEntry.objects.select_for_update(of=("self",)).select_related("roster").get(pk=pk)
    )
    if entry.row_version != row_version:
        raise Conflict
    if decision not in DECISIONS[entry.outcome] or entry.decision != _Decision.OPEN:
        raise RuleViolated(_("这一行不能这样处理，或已经处理过。"), code="bad_decision")
    reason = reason.strip()[:200]
    if decision == _Decision.KEEP and not reason:
        told = _("保留不同的，请写明理由。")
        raise RuleViolated(told, code="reason_missing", problems={"reason": [told]})
    why = _("名单比对 %(code)s") % {"code": entry.roster.code}
    with context.because(why):
        if decision == _Decision.REGISTER:
            _register(entry, actor)
        elif decision == _Decision.PHONE:
            _take_phone(entry, actor, why)
        entry.decision, entry.decision_reason = decision, reason
        entry.row_version += 1
        entry.save()
    return entry


def _register(entry: RosterEntry, actor: Actor) -> None:
    """Drafts of what is missing: the person, and the registration, to be checked and reported as usual."""
    person = entry.person if entry.outcome == _Outcome.UNREGISTERED else None
    if person is None:
        with revealing("名单比对，新建登记", lambda reading: None):
            number, phone = entry.written_number.reveal(), _right_phone(entry)
        values = {"name": entry.name, "identity_number": number, "phone": phone, "born_on": entry.born_on}
        person = create_row(registry.get(Person.ledger_key()), values, actor=actor)
        entry.person = person
    registration = {"person": person, "registered_on": clock.today()}
    create_row(registry.get(WorkerRegistration.ledger_key()), registration, actor=actor)


def _right_phone(entry: RosterEntry) -> str:
    """The telephone of the line; "" when it is none."""
    field: Any = Person._meta.get_field("phone")
    text = entry.phone.reveal() if entry.phone else ""
    return "" if not text or isinstance(field.normalised([text])[0], Exception) else text


def _take_phone(entry: RosterEntry, actor: Actor, why: str) -> None:
    """Errors: RuleViolated when the line has none, or the person's row is still being edited."""
    person = entry.person
    with revealing(why, lambda reading: None):
        phone = _right_phone(entry)
    if person is None or not phone or "电话" not in entry.differences:
        raise RuleViolated(_("名单的电话与台账没有不同，或写得不对。"), code="no_phone")
    ledger = registry.get(Person.ledger_key())
    if person.state not in REPORTED_STATES:
        raise RuleViolated(_("这个人员的登记还没有报，请直接在人员里修改电话。"), code="still_editable")
    record_later(ledger, person.pk, {"phone": phone}, actor=actor, row_version=person.row_version, reason=why)
