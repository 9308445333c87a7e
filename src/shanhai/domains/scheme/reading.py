"""From a document to the rows of a version, and from the rows back to values that can be compared."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from shanhai.engines import clauses
from shanhai.engines.clauses import KnownUnit
from shanhai.engines.clauses.units import fold
from shanhai.kernel import clock
from shanhai.registers.parties.models import GroupMember, Unit, UnitAlias, UnitGroup

from .models import Duty, Question, SchemeVersion, Section, Task
from .rules import trimmed

LONGEST = 300
#: Names in the sentence of a flag.
QUOTED = re.compile("“([^”]+)”")
PAIR = 2


@dataclass(frozen=True)
class Register:
    """The units of one side as documents write them."""

    known: tuple[KnownUnit, ...]
    units: dict[str, Unit]
    groups: dict[str, UnitGroup]

    @classmethod
    def load(cls, side: str) -> "Register":
        """Units in force today, their aliases in force, and groups with their members. Three queries."""
        today = clock.today()
        valid = Q(valid_from__lte=today) & (Q(valid_to__isnull=True) | Q(valid_to__gte=today))
        units = list(Unit.objects.filter(valid, side=side).order_by("path"))
        aliases: dict[Any, list[str]] = defaultdict(list)
        for alias in UnitAlias.objects.filter(valid, unit__in=units).order_by("name"):
            aliases[alias.unit_id].append(alias.name)
        members: dict[UnitGroup, list[str]] = {group: [] for group in UnitGroup.objects.filter(side=side)}
        for member in GroupMember.objects.filter(valid, group__in=members).select_related("unit", "group"):
            members[member.group].append(member.unit.name)
        known = [
            KnownUnit(unit.name, tuple(filter(None, (unit.short_name, *aliases[unit.pk])))) for unit in units
        ]
        known += [KnownUnit(group.name, members=tuple(names)) for group, names in members.items() if names]
        return cls(
            tuple(known), {unit.name: unit for unit in units}, {group.name: group for group in members}
        )

    def knows(self, name: str) -> bool:
        """Whether the name is written in the register itself, as a name or an alias."""
        return any(name in {unit.name, *unit.aliases} for unit in self.known)

    def stands_for(self, duty: clauses.Duty) -> dict[str, Any]:
        """`unit` or `group` of a duty, neither when its name is unknown."""
        if duty.members:
            return {"group": self.groups.get(duty.unit or "")}
        return {"unit": self.units.get(duty.unit or "")}


def write_rows(version: SchemeVersion, parsed: clauses.Scheme, register: Register) -> None:
    """Sections, tasks, duties and questions of a version that has none yet; four statements."""
    source = parsed.source_text
    sections: list[Section] = []
    tasks: list[Task] = []
    duties: list[Duty] = []
    for value, section in _sections(version, parsed.sections, None, source):
        sections.append(section)
        if not value.duties:
            continue
        task = Task(
            scheme=version.scheme,
            section=section,
            path=section.path,
            title=section.heading or section.text[:40],
        )
        tasks.append(task)
        # A name that a list repeats at the same place would be the same duty twice.
        for duty in {duty.start: duty for duty in value.duties}.values():
            row = Duty(task=task, name=duty.name[:120], role=duty.role.value, start=duty.start, end=duty.end)
            for name, found in register.stands_for(duty).items():
                setattr(row, name, found)
            duties.append(row)
    Section.objects.bulk_create(sections, batch_size=500)
    Task.of_versions.bulk_create(tasks, batch_size=500)
    Duty.objects.bulk_create(duties, batch_size=500)
    Question.objects.bulk_create(list(_questions(version, parsed, register)), batch_size=500)


def _sections(
    version: SchemeVersion, values: Sequence[clauses.Section], parent: Section | None, source: str
) -> Iterator[tuple[clauses.Section, Section]]:
    for value in values:
        stop = min([value.end, *(child.start for child in value.children)])
        start, end = trimmed(source, value.start, stop)
        if end <= start:
            continue
        section = Section(
            version=version,
            parent=parent,
            path=(value.path or "")[:60],
            heading=(value.heading or "")[:LONGEST],
            text=value.text,
            start=start,
            end=end,
        )
        yield value, section
        yield from _sections(version, value.children, section, source)


def _questions(version: SchemeVersion, parsed: clauses.Scheme, register: Register) -> Iterator[Question]:
    for flag in parsed.flags:
        name, likeness = _asked(flag, register)
        yield Question(
            version=version,
            kind=flag.kind.value,
            name=name,
            likeness=likeness,
            text=flag.text[:500],
            reason=flag.reason[:500],
            start=flag.start,
            end=flag.end,
        )


def _asked(flag: clauses.Flag, register: Register) -> tuple[str, str]:
    """The name a question is about and its look-alike: of a suspected pair the one nobody has registered."""
    if flag.kind.value not in Question.NAMING:
        return "", ""
    quoted = [name[:120] for name in QUOTED.findall(flag.reason)[:2]]
    if flag.kind is not clauses.FlagKind.ALIAS or len(quoted) < PAIR:
        return fold(flag.text)[:120], ""
    first, second = quoted
    return (second, first) if register.knows(first) and not register.knows(second) else (first, second)


def as_values(version: SchemeVersion) -> clauses.Scheme:
    """A version with all its corrections as the grammar's own values, so that two can be compared."""
    scheme = version.scheme
    duties: dict[Any, list[clauses.Duty]] = defaultdict(list)
    rows = Duty.objects.filter(task__section__version=version).select_related("unit", "task")
    for row in rows:
        known = row.unit.name if row.unit else None
        value = clauses.Duty(row.name, clauses.Role(row.role), known, None, row.start or 0, row.end or 0)
        duties[row.task.section_id].append(value)
    below: dict[Any, list[Section]] = defaultdict(list)
    for section in Section.objects.filter(version=version).order_by("start"):
        below[section.parent_id].append(section)
    return clauses.Scheme(
        title=scheme.title,
        number=scheme.number or None,
        issuer=scheme.issuer or None,
        date=scheme.dated_on.isoformat() if scheme.dated_on else None,
        addressees=tuple(scheme.addressees),
        source_text=version.document.text,
        sections=_values(None, below, duties),
        duty_lists=0,
        flags=(),
    )


def _values(parent: Any, below: Any, duties: Any) -> tuple[clauses.Section, ...]:
    found = []
    for row in below[parent]:
        children = _values(row.pk, below, duties)
        end = max([row.end, *(child.end for child in children)])
        own = tuple(duties[row.pk])
        found.append(
            clauses.Section(row.path or None, row.heading or None, row.text, row.start, end, own, children)
        )
    return tuple(found)
