"""The steps of a chain as lines of text: read once for many rows, refused by line, written out again."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from shanhai.engines.approval import MOST_STEPS, Mode, Seat, Step
from shanhai.registers.accounts.roles import ADMINISTRATORS, GIVEN
from shanhai.registers.parties.units import Unit

OWN, UPPER = "本单位", "上级单位"
_LINE = re.compile(r"(?P<title>[^:：]{1,20})[:：]\s*(?P<mode>会签|或签)\s*(?P<seats>.+)")
_MODES = {"会签": Mode.ALL, "或签": Mode.ANY}
_BETWEEN = re.compile(r"[、,，;；]")
_PARTS = re.compile(r"\s*[·•・]\s*")
_EXAMPLE = "科室审核：或签 本单位·核实"


class LineRefused(ValueError):
    """A line that says no step; the sentence names the line and how to mend it."""


@dataclass(frozen=True)
class Place:
    """A seat as it is written: a unit in words, and the code of a role."""

    unit: str
    role: str


@dataclass(frozen=True)
class Line:
    title: str
    mode: Mode
    places: tuple[Place, ...]


@cache
def _roles() -> Mapping[str, str]:
    """What a role may be called in a chain → its code."""
    with override("zh-hans"):
        named = {str(label): code for code, label in GIVEN if code not in ADMINISTRATORS}
    return named | {code: code for code in named.values()}


def role_names() -> Iterable[tuple[str, str]]:
    """Code and label of every role that may sign."""
    return [(code, str(label)) for code, label in GIVEN if code not in ADMINISTRATORS]


@cache
def lines_of(text: str) -> tuple[Line, ...]:
    """Errors: LineRefused."""
    written = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not written:
        raise LineRefused(_("至少写一步，例：%(example)s") % {"example": _EXAMPLE})
    if len(written) > MOST_STEPS:
        raise LineRefused(_("最多 %(most)s 步。") % {"most": MOST_STEPS})
    return tuple(_line(number, line) for number, line in written)


def _line(number: int, line: str) -> Line:
    found = _LINE.fullmatch(line)
    if found is None:
        told = {"number": number, "line": line[:30], "example": _EXAMPLE}
        raise LineRefused(_("第 %(number)s 行“%(line)s”读不懂，写成：%(example)s") % told)
    places = tuple(_place(number, part.strip()) for part in _BETWEEN.split(found["seats"]) if part.strip())
    if not places or len(set(places)) < len(places):
        raise LineRefused(_("第 %(number)s 行：席位至少一个，不能重复。") % {"number": number})
    return Line(found["title"].strip(), _MODES[found["mode"]], places)


def _place(number: int, text: str) -> Place:
    unit, *rest = _PARTS.split(text)
    role = _roles().get(rest[0]) if len(rest) == 1 else None
    if not unit or role is None:
        told = {"number": number, "text": text[:30], "roles": "、".join(name for _code, name in role_names())}
        raise LineRefused(_("第 %(number)s 行“%(text)s”不是“单位·角色”；角色可写：%(roles)s。") % told)
    return Place(unit, role)


def units_named(lines: Iterable[Line], side: str) -> dict[str, Unit]:
    """Units of the side by the words of the lines; those that are none are missing. One or two queries."""
    words = {place.unit for line in lines for place in line.places} - {OWN, UPPER}
    found = Unit.resolve_references(words) if words else {}
    return {word: unit for word, unit in found.items() if unit.side == side}


def seat(unit: Any, role: str) -> Seat:
    return f"{unit}|{role}"


def for_row(lines: Sequence[Line], units: Mapping[str, Unit], own: Unit) -> tuple[Step, ...]:
    """The steps for a row of that unit. Errors: LineRefused for a unit that is no longer there."""
    return tuple(
        Step(line.title, line.mode, tuple(dict.fromkeys(_seats(line, units, own)))) for line in lines
    )


def _seats(line: Line, units: Mapping[str, Unit], own: Unit) -> Iterator[Seat]:
    for place in line.places:
        if place.unit == OWN:
            yield seat(own.pk, place.role)
        elif place.unit == UPPER:
            yield seat(own.parent_id or own.pk, place.role)
        elif place.unit in units:
            yield seat(units[place.unit].pk, place.role)
        else:
            told = {"title": line.title, "unit": place.unit}
            raise LineRefused(_("审批步骤“%(title)s”里的“%(unit)s”不是本方的单位，请先改审批链。") % told)


def packed(steps: Iterable[Step]) -> list[Any]:
    return [[step.title, step.mode.value, list(step.seats)] for step in steps]


def unpacked(told: Iterable[Any]) -> tuple[Step, ...]:
    return tuple(Step(title, Mode(mode), tuple(seats)) for title, mode, seats in told)
