"""A table computed for a day: one declaration, told as a page, Excel, Word and an answer of the API.

Every number opens to the rows behind it, and what the page opens is what the number was counted from.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.engines.values import Period, PeriodError, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.drawing import Drawn

type Line = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """Whose rows, and of which period."""

    side: Side
    period: Period
    #: Whether it is the reader's own side; people of the other are masked.
    is_own: bool

    def query(self, **more: str) -> dict[str, str]:
        """The words of an address that ask for the same."""
        return {"side": self.side.value, "period": self.period.code, **more}


@dataclass(frozen=True)
class Behind:
    """A row behind a number. Shape: the number is the sum of `counts`, a share its mean in per cent."""

    ledger: str
    pk: UUID
    name: str
    said: str = ""
    counts: int | Decimal = 1


#: The address of what is behind a number: of the key of a line and the name of a column.
type Way = Callable[[str, str], str]


@dataclass(frozen=True)
class Book:
    """A report of the chapter.

    `lines`: what it says; each with the `id` of the row it is about, or none, and the `key` it is asked by.
    `opening`: columns whose numbers open, by `behind` of the key of a line ("" for all) and a column.
    """

    code: str
    title: Any
    #: Says what is counted; with `%(period)s`.
    note: Any
    #: Who reads this ledger may read the report; its lines lead to its rows.
    ledger: str
    kind: PeriodKind
    columns: Callable[[], Sequence[SheetColumn]]
    lines: Callable[[Asked], list[Line]]
    opening: frozenset[str]
    behind: Callable[[Asked, str, str], list[Behind]]
    #: The line under the others, of more than one.
    total: Callable[[Sequence[Line]], Line] | None = None
    #: Charts above the table, and what numbers are called that stand in a chart alone.
    charts: Callable[[Asked, Sequence[Line], Way], list[Drawn]] | None = None
    charted: Mapping[str, Any] = field(default_factory=dict)

    def require(self, actor: Actor) -> None:
        """Errors: NotVisible."""
        if not actor.allows(Verb.VIEW, self.ledger):
            raise NotVisible

    def asked(self, actor: Actor, query: Mapping[str, str]) -> Asked:
        """Of one's own side and the usual period, unless the address says otherwise.

        Errors: NotVisible, RuleViolated for what is no period.
        """
        self.require(actor)
        side = query.get("side") or (actor.home.side if actor.home else "")
        if side not in Side.values:
            raise NotVisible
        text = query.get("period", "").strip()
        try:
            period = Period.parse(text) if text else _usual(self.kind)
        except PeriodError as wrong:
            raise RuleViolated(str(wrong), code="bad_period") from None
        if period.kind is not self.kind:
            raise RuleViolated(_("请按%(kind)s填写。") % {"kind": self.kind.label}, code="bad_period")
        return Asked(Side(side), period, side in actor.sides)

    def said(self, asked: Asked) -> str:
        told = {"side": asked.side.label, "period": asked.period.label}
        return _("%(side)s，%(period)s。%(note)s") % {**told, "note": self.note}

    def all_lines(self, lines: Sequence[Line]) -> list[Line]:
        """The lines and, of more than one, their total."""
        return [*lines, self.total(lines)] if self.total and len(lines) > 1 else list(lines)

    def called(self, name: str) -> str | None:
        """What a column or number of a chart is called, if its numbers open."""
        if name in self.charted:
            return str(self.charted[name])
        known = {one.name: one.label for one in self.columns() if one.name in self.opening}
        return known.get(name)

    def opens(self, line: Line, column: SheetColumn) -> bool:
        """Whether there is something behind a number: a share of nothing still has those it was taken of."""
        value = line.get(column.name)
        is_share = column.kind is Kind.DECIMAL
        return (
            "key" in line and column.name in self.opening and value is not None and (is_share or bool(value))
        )


def total_of(lines: Sequence[Line], name: str, columns: Sequence[SheetColumn], *summed: str) -> Line:
    """A line of sums; what one line cannot know yet, the total cannot. `name`: the column that says 合计."""
    line: Line = {one.name: None if one.kind is not Kind.TEXT else "" for one in columns}
    for column in summed:
        values = [one[column] for one in lines]
        line[column] = None if any(one is None for one in values) else sum(values)
    return line | {"id": "", "key": "", name: _("合计")}


def _usual(kind: PeriodKind) -> Period:
    """The last month that has ended; of longer periods the one under way."""
    now = Period.of(clock.today(), kind)
    return now.previous() if kind is PeriodKind.MONTH else now
