"""Shapes of the answers about indicators."""

from datetime import date
from uuid import UUID

from ninja import Schema
from pydantic import Field


class Narrow(Schema):
    """What a figure is called and what it comes to."""

    code: str
    name: str
    unit: str
    chapter: str = Field(description="归在哪个章节")
    clause: str = Field(description="依据")
    valid_from: str = Field(description="口径自哪一天起有效")
    period: str
    value: str | None = Field(description="准确值，十进制；分母为零时为空")
    display: str = Field(description="页面上的写法，四舍五入")
    counted: int = Field(description="计入的行数；比率为分子的")
    excluded: dict[str, int] = Field(description="不计的原因 → 行数")


class FigureAnswers(Schema):
    """All indicators the reader may be told, of one side and period."""

    side: str
    period: str
    items: list[Narrow]


class MemberAnswer(Schema):
    """One member of a split."""

    member: str
    text: str
    value: str | None
    counted: int


class Part(Schema):
    """Numerator or denominator of a ratio."""

    code: str
    value: str | None


class AmendedPart(Schema):
    """What amendments of locked rows made of a figure."""

    difference: str | None
    rows: int


class FigureAnswer(Narrow):
    """A figure with its definition in words and its splits."""

    definition: list[dict[str, str]]
    splits: dict[str, list[MemberAnswer]]
    amended: AmendedPart | None = Field(description="其中更正：锁定后改过的行带来的差额")
    parts: list[Part] = Field(description="比率的分子和分母")


class CountedAnswer(Schema):
    """One row behind the figure."""

    ledger: str
    id: str
    text: str
    reason: str = Field(description="不计的原因；计入的为空")
    reason_text: str
    amount: str = Field(description="计入数，指标的单位")


class CountedAnswers(Schema):
    """A page of the rows behind a figure, the counted ones first."""

    code: str = Field(description="这些行是哪个指标的：比率打开分子")
    candidates: int
    openable: int = Field(description="读者可以打开的行数；其余只计数")
    items: list[CountedAnswer]
    next: str | None
    previous: str | None


class PaperBehind(Schema):
    """One file as evidence of a counted row."""

    ledger: str
    row: str
    id: str
    name: str
    category: str
    digest: str = Field(description="SHA-256")


class PapersBehind(Schema):
    """A page of the papers of the counted rows."""

    rows: int = Field(description="计入且可以打开的行数")
    rows_with_paper: int
    items: list[PaperBehind]
    next: str | None


class TurnAnswer(Schema):
    """Rows that came to count otherwise in one way."""

    turn: str = Field(description="new、counted、changed、dropped")
    text: str
    rows: int
    openable: int
    difference: str


class TurnedAnswer(Schema):
    """One such row, with what it added then and adds now."""

    ledger: str
    id: str
    text: str
    turn: str
    was: str
    now: str


class SinceAnswer(Schema):
    """The figure as known on a day and now, and the rows between."""

    day: str
    was: str | None
    now: str | None
    difference: str | None
    turns: list[TurnAnswer]
    rows: list[TurnedAnswer] = Field(description="可以打开的行，最多 50 行")


class Down(Schema):
    """Which rows behind a figure."""

    reason: str = Field("", description="counted 为计入的；或一个不计的原因；空为全部")
    after: str = Field("", description="取自 next")
    before: str = Field("", description="取自 previous")


class After(Schema):
    """Where a page of papers begins."""

    after: UUID | None = Field(None, description="取自 next")


class Day(Schema):
    """The day to compare with."""

    day: date = Field(description="与这一天所知的相比")
