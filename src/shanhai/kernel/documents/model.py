"""What an official document says, apart from how it looks.

A figure enters only as a `Number`, which carries the key of what it is bound to; digits that are not figures
(years, ordinals, codes) say so by their own type. So `bound` can decide whether a digit is unbound.
Text is cleaned once, here, so that all writers print the same characters.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Self

from shanhai.kernel.documents.numbers import (
    ABSENT,
    NumberUnreadable,
    exact,
    format_number,
    parse_number,
    round_half_up,
    shown_decimals,
)

#: Longer than any title the standard knows; a title is set by weighing all its breaks.
MAX_TITLE = 200

#: Word refuses a content control whose tag is longer than 64 characters; four of them are our prefix.
MAX_BIND = 60

# Not allowed in XML, or invisible characters that turn the reading direction: they show a figure reversed.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_BLANKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_DATE = re.compile(
    r"[\d０-９〇零一二三四五六七八九十年月日号度第季前后上下半初中末底旬全同期至到起止截"
    r"Qq:：时分/.\-—–~～、 ]+"
)
_DATE_MARK = re.compile(r"[年月日季时Qq]|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")
_NUMERAL = "[0-9０-９〇零一二三四五六七八九十百]{1,5}"
_ORDINAL = re.compile(
    rf"\d{{1,4}}|{_NUMERAL}(?:[、.．)）]|[.．]\d{{1,3}})\s?|[（(]{_NUMERAL}[)）]|[①-⑳㈠-㈩]"
    rf"|(?:第|其|表|图|附件|附表|附)\s?{_NUMERAL}(?:季度|[期号批次届条款项位名章节轮个年是])?(?:[、.．：])?"
)
_BARE_QUANTITY = re.compile(
    r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?\D{0,3}|[+-]?\d+\.\d+\D{0,3}|\d+(?:%|％|‰|人|户|元|万元|亿元)"
)


class DocumentInvalid(ValueError):
    """The document cannot be written as declared; the text says which part and why."""


def clean(text: str, *, keep_lines: bool = False) -> str:
    """The text every writer can print alike: no control or direction characters, blanks as single spaces."""
    printable = _UNPRINTABLE.sub("", text)
    if keep_lines:
        return "\n".join(clean(line).strip() for line in re.split(r"\r\n|[\n\r]", printable) if line.strip())
    return _BLANKS.sub(" ", printable)


@dataclass(frozen=True, slots=True)
class Text:
    """Words. A digit in here is an unbound digit."""

    text: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", clean(self.text))


@dataclass(frozen=True, slots=True)
class Date:
    """A point or span of time in words: 2021年第三季度, 1—9月, 2021-09-24.

    Errors: DocumentInvalid when the text could be anything but time.
    """

    text: str

    def __post_init__(self) -> None:
        if not (_DATE.fullmatch(self.text) and _DATE_MARK.search(self.text)):
            raise DocumentInvalid(f"「{self.text}」不是日期或时间段。")

    @classmethod
    def of(cls, day: datetime.date) -> Self:
        return cls(chinese_date(day))


@dataclass(frozen=True, slots=True)
class Ordinal:
    """A place in an order: 1., （二）, 第三期, 表2, or the bare number of a row.

    Errors: DocumentInvalid when the text could be a quantity.
    """

    text: str

    def __post_init__(self) -> None:
        if not _ORDINAL.fullmatch(self.text):
            raise DocumentInvalid(f"「{self.text}」不是序号。")


@dataclass(frozen=True, slots=True)
class Code:
    """A name with digits in it: 斗委农组〔2021〕3号, LAB-1, a credit code.

    Errors: DocumentInvalid when the text reads as a quantity.
    """

    text: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", clean(self.text))
        if not self.text or _BARE_QUANTITY.fullmatch(self.text):
            raise DocumentInvalid(f"「{self.text}」是数量，应作为数据引用，不能作为编号。")


@dataclass(frozen=True, slots=True)
class RatioOf:
    """What a figure is the ratio of: binds of part and whole. Unit: `times` is 100 for per cent."""

    part: str
    whole: str
    times: Decimal = Decimal(100)


@dataclass(frozen=True, slots=True)
class Number:
    """A figure of the body, bound to what it was computed from.

    Shape: `display` is `value` rounded to the decimals it shows. `bind` is opaque here (a UUID or an ident).
    `name` is the word by which a template asks for it; two figures with one name cannot be asked for by it.
    Unit: `value` is in `unit`, as printed.
    Errors: DocumentInvalid when the display is not the value, or the bind cannot be carried by every writer.
    """

    value: Decimal | int | None
    display: str
    unit: str
    bind: str
    name: str = ""
    #: Where part and whole of a ratio are printed too, it must follow from them (`follows`).
    ratio_of: RatioOf | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "unit", clean(self.unit))
        if (
            not 1 <= len(self.bind) <= MAX_BIND
            or not self.bind.isprintable()
            or self.bind != self.bind.strip()
        ):
            raise DocumentInvalid(f"数据的引用键「{self.bind}」须为 1 至 {MAX_BIND} 个可见字符。")
        if not self._is_shown():
            raise DocumentInvalid(f"印出的「{self.display}」与数据的值 {self.value} 不符。")

    def _is_shown(self) -> bool:
        try:
            shown = parse_number(self.display)
        except NumberUnreadable:
            return False
        if self.value is None or shown is None:
            return self.value is None and self.display == ABSENT
        return round_half_up(exact(self.value), shown_decimals(self.display)) == shown

    @classmethod
    def of(
        cls,
        value: Decimal | int | None,
        *,
        bind: str,
        unit: str = "",
        decimals: int | None = None,
        signed: bool = False,
        name: str = "",
        ratio_of: RatioOf | None = None,
    ) -> Self:
        """The figure in its usual format: thousands separated, halves rounded up."""
        shown = format_number(value, decimals=decimals, signed=signed)
        return cls(value, shown, unit, bind, name, ratio_of)

    @property
    def text(self) -> str:
        return self.display

    @property
    def suffix(self) -> str:
        """The unit as printed behind the figure; an absent figure has none."""
        return "" if self.value is None else self.unit


type Inline = Text | Number | Date | Ordinal | Code
type Line = tuple[Inline, ...]


class Align(StrEnum):
    """Where the words of a column stand."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading; levels 1–4 are 一、（一）1.（1）. `inline.number_headings` writes the ordinals."""

    level: int
    line: Line
    #: Template slot the block belongs to, as for every block.
    slot: str = ""

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3, 4):
            raise DocumentInvalid("标题层级须为 1 至 4。")
        if any(isinstance(part, Number) for part in self.line):
            raise DocumentInvalid("标题中不能有数据。")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, first line indented by two characters unless `is_flush`."""

    line: Line
    is_flush: bool = False
    slot: str = ""


@dataclass(frozen=True, slots=True)
class List:
    """Items one below the other, numbered 1. 2. 3. or marked with a dot."""

    items: tuple[Line, ...]
    is_ordered: bool = True
    slot: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; a unit said here is not repeated in its cells."""

    title: Line
    align: Align = Align.LEFT
    unit: str = ""

    def __post_init__(self) -> None:
        # The head is printed again on every page, so a figure in it would be read several times.
        if any(isinstance(part, Number) for part in self.title):
            raise DocumentInvalid("表头中不能有数据。")


@dataclass(frozen=True, slots=True)
class Row:
    """Cells in the order of the columns; a total stands out."""

    cells: tuple[Line, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption above and its notes below; the head is repeated on every page."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: Line = ()
    notes: tuple[Line, ...] = ()
    slot: str = ""

    def __post_init__(self) -> None:
        if not self.columns:
            raise DocumentInvalid("表格至少要有一列。")
        for index, row in enumerate(self.rows, start=1):
            if len(row.cells) != len(self.columns):
                raise DocumentInvalid(
                    f"表格第 {index} 行有 {len(row.cells)} 格，应有 {len(self.columns)} 格。"
                )


@dataclass(frozen=True, slots=True)
class Signature:
    """落款: who signs, one line each, and the date of the document."""

    signers: tuple[str, ...]
    signed_on: datetime.date
    slot: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "signers", tuple(clean(signer) for signer in self.signers))


type Block = Heading | Paragraph | List | Table | Signature


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment named after the body; with blocks it is printed on its own page as well."""

    title: str
    blocks: tuple[Block, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", clean(self.title))
        _check_title(self.title)


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记: copies, printing office and day, at the foot of the last page."""

    copies: tuple[str, ...]
    printer: str
    printed_on: datetime.date

    def __post_init__(self) -> None:
        object.__setattr__(self, "copies", tuple(clean(copy) for copy in self.copies))
        object.__setattr__(self, "printer", clean(self.printer))


class Kind(StrEnum):
    """What the page looks like: an official document with a red head, or a plain table with a title."""

    BULLETIN = "bulletin"
    TABLE = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document, complete. Equal documents are written as equal bytes."""

    kind: Kind
    issuer: str
    title: str  # a line break in it is kept; without one the writers break it evenly
    date: datetime.date
    blocks: tuple[Block, ...]
    number: str = ""  # 发文字号
    recipients: tuple[str, ...] = ()  # 主送
    signer: str = ""  # 签发人, on documents to a superior only
    attachments: tuple[Attachment, ...] = ()
    imprint: Imprint | None = None
    labels: tuple[str, ...] = ()  # on every page, as 演示数据
    classification: str = ""  # 密级
    masthead: str = ""  # 发文机关标志; empty means the issuer with 文件
    is_landscape: bool = False

    def __post_init__(self) -> None:
        for name in ("issuer", "number", "signer", "classification", "masthead"):
            object.__setattr__(self, name, clean(getattr(self, name)))
        for name in ("recipients", "labels"):
            object.__setattr__(self, name, tuple(clean(word) for word in getattr(self, name)))
        object.__setattr__(self, "title", clean(self.title, keep_lines=True))
        _check_title(self.title)

    @property
    def head(self) -> str:
        return self.masthead or f"{self.issuer}文件"


def _check_title(title: str) -> None:
    if not title.strip():
        raise DocumentInvalid("公文和附件须有标题。")
    if len(title) > MAX_TITLE:
        raise DocumentInvalid(f"标题「{title[:20]}…」超过 {MAX_TITLE} 字。")


def chinese_date(day: datetime.date) -> str:
    """成文日期 in Arabic digits, month and day without a leading zero."""
    return f"{day.year}年{day.month}月{day.day}日"


def line_text(line: Iterable[Inline]) -> str:
    """The line as read, units included."""
    return "".join(part.text + (part.suffix if isinstance(part, Number) else "") for part in line)
