"""What a scheme document is made of, as values.

Everything here is frozen and plain, so that a parse can be kept, compared and printed. Offsets are code
points into `Scheme.source_text`; nothing here knows how they were found.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Role(StrEnum):
    """Part a unit plays in a task: it leads or it supports. 牵头, 配合"""

    LEAD = "lead"
    SUPPORT = "support"


class FlagKind(StrEnum):
    """Kind of a doubt that a person has to settle. 存疑"""

    ALIAS = "alias"
    GROUP = "group"
    UNKNOWN_UNIT = "unknown_unit"
    BRACKET_MISMATCH = "bracket_mismatch"
    BROKEN_LINE = "broken_line"
    UNCLOSED_LIST = "unclosed_list"


class UnreadableDocument(Exception):
    """A file from which no text can be had; the message says in Chinese what, where and how to mend it."""

    def __init__(self, path: Path, what: str, mend: str) -> None:
        super().__init__(f"{path.name}：{what}{mend}")


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """The text of a document as read, with line ends made one kind and nothing else changed."""

    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit of the register, or a group of units when `members` is not empty. 登记单位"""

    name: str
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """One unit, as the document writes it, in one list of responsible units. 责任单位

    Shape: `unit` is its name in the register or None; `members` are a group's units, None when it is no
    group or nobody knows its members. `source_text[start:end]` is the name with the line breaks the page put
    into it.
    """

    name: str
    role: Role
    unit: str | None
    members: tuple[str, ...] | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered clause with its own text, the duties listed in that text, and the clauses under it. 条款

    Shape: `path` is the way officials cite it, 三（一）2; None for a paragraph with duties but no number
    above it. `text` is the clause's own part, marker and heading included, rejoined over page breaks,
    paragraphs parted by a line feed; `start` and `end` span the clause with everything under it.
    """

    path: str | None
    heading: str | None
    text: str
    start: int
    end: int
    duties: tuple[Duty, ...]
    children: tuple["Section", ...]

    def walk(self) -> Iterator["Section"]:
        """This clause and all under it, in reading order."""
        pending = [self]
        while pending:
            section = pending.pop()
            yield section
            pending.extend(reversed(section.children))


@dataclass(frozen=True, slots=True)
class Flag:
    """A place in the source where a person has to look, and why. 存疑之处"""

    kind: FlagKind
    start: int
    end: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """A whole document: who sent it to whom, and its clauses with their duties. 方案"""

    title: str | None
    number: str | None
    issuer: str | None
    date: str | None
    addressees: tuple[str, ...]
    source_text: str
    sections: tuple[Section, ...]
    duty_lists: int
    flags: tuple[Flag, ...]

    def walk(self) -> Iterator[Section]:
        """Every clause of the document, in reading order."""
        for section in self.sections:
            yield from section.walk()


def to_json(scheme: Scheme) -> dict[str, object]:
    """The scheme as the object that `shanhai scheme parse --json` prints: every key always there, None if
    unknown.
    """
    return {
        "title": scheme.title,
        "number": scheme.number,
        "issuer": scheme.issuer,
        "date": scheme.date,
        "addressees": list(scheme.addressees),
        "source_text": scheme.source_text,
        "sections": [_section_json(section) for section in scheme.sections],
        "duty_lists": scheme.duty_lists,
        "flags": [
            {
                "kind": flag.kind.value,
                "start": flag.start,
                "end": flag.end,
                "text": flag.text,
                "reason": flag.reason,
            }
            for flag in scheme.flags
        ],
    }


def _section_json(section: Section) -> dict[str, object]:
    return {
        "path": section.path,
        "heading": section.heading,
        "text": section.text,
        "start": section.start,
        "end": section.end,
        "duties": [
            {
                "name": duty.name,
                "role": duty.role.value,
                "unit": duty.unit,
                "members": None if duty.members is None else list(duty.members),
                "start": duty.start,
                "end": duty.end,
            }
            for duty in section.duties
        ],
        "children": [_section_json(child) for child in section.children],
    }
