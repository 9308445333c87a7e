"""The page of GB/T 9704-2012 as values: measures, faces, styles, title lines, column widths.

Word and PDF are set from the same values, which are those of general practice with the standard.

Unit: millimetres on the page, points in type.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from math import ceil, inf

from shanhai.kernel.documents.inline import recognise
from shanhai.kernel.documents.model import (
    Align,
    Block,
    Date,
    Document,
    Heading,
    Inline,
    Kind,
    Line,
    Number,
    Row,
    Signature,
    Table,
    Text,
    line_text,
)

POINTS_PER_MM = 72 / 25.4

#: 红头 and separator.
RED = "C00000"


@dataclass(frozen=True, slots=True)
class Page:
    """Paper and margins; `width` and `height` as the page lies."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float

    @property
    def text_width(self) -> float:
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        return self.height - self.top - self.bottom


OFFICIAL = Page(210, 297, top=37, bottom=35, left=28, right=26)  # 天头 37, 订口 28, 版心 156 × 225
PORTRAIT = Page(210, 297, top=25, bottom=25, left=22, right=22)
LANDSCAPE = Page(297, 210, top=25, bottom=22, left=22, right=22)

#: 版心 of 22 lines with 28 characters of 三号.
CHARACTERS = 28
LINE_PITCH = 28.95  # 225 mm ÷ 22
CHARACTER_SPACING = OFFICIAL.text_width * POINTS_PER_MM / CHARACTERS - 16


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface by the name Word asks for, the names to fall back on, and the open font of the PDF."""

    word: str
    fallbacks: tuple[str, ...]
    pdf: str


XIAOBIAOSONG = Face("方正小标宋_GBK", ("方正小标宋简体", "华文中宋", "Noto Serif CJK SC"), "Noto Serif SC")
FANGSONG = Face("仿宋_GB2312", ("仿宋", "FangSong", "华文仿宋", "Noto Serif CJK SC"), "Noto Serif SC")
KAITI = Face("楷体_GB2312", ("楷体", "KaiTi", "华文楷体", "Noto Serif CJK SC"), "Noto Serif SC")
HEITI = Face("黑体", ("SimHei", "华文黑体", "Noto Sans CJK SC"), "Noto Sans SC")
SONGTI = Face("宋体", ("SimSun", "华文宋体", "Noto Serif CJK SC"), "Noto Serif SC")
FACES = (XIAOBIAOSONG, FANGSONG, KAITI, HEITI, SONGTI)


@dataclass(frozen=True, slots=True)
class Style:
    """One kind of line.

    Unit: `size` and `pitch` (line to line) in points, `indent` of the first line in characters.
    """

    ident: str
    name: str
    face: Face
    size: float
    pitch: float = LINE_PITCH
    align: str = "justify"
    indent: int = 0
    outline: int | None = None
    color: str = "000000"


BODY = Style("GwBody", "公文正文", FANGSONG, 16, indent=2)
FLUSH = Style("GwFlush", "公文顶格", FANGSONG, 16)
MASTHEAD = Style("GwMasthead", "公文发文机关标志", XIAOBIAOSONG, 48, pitch=58, align="center", color=RED)
REFERENCE = Style("GwReference", "公文发文字号", FANGSONG, 16, align="center")
TITLE = Style("GwTitle", "公文标题", XIAOBIAOSONG, 22, pitch=34, align="center", outline=0)
HEADINGS = (
    Style("GwHeading1", "公文一级标题", HEITI, 16, indent=2, outline=1),
    Style("GwHeading2", "公文二级标题", KAITI, 16, indent=2, outline=2),
    Style("GwHeading3", "公文三级标题", FANGSONG, 16, indent=2, outline=3),
    Style("GwHeading4", "公文四级标题", FANGSONG, 16, indent=2, outline=4),
)
STRONG = Style("GwStrong", "公文黑体行", HEITI, 16)
CAPTION = Style("GwCaption", "公文表题", HEITI, 14, pitch=24, align="center")
CELL = Style("GwCell", "公文表格", FANGSONG, 12, pitch=18, align="left")
NOTE = Style("GwNote", "公文表注", FANGSONG, 10.5, pitch=16, align="left")
IMPRINT = Style("GwImprint", "公文版记", FANGSONG, 14, pitch=24, align="left")
FOLIO = Style("GwFolio", "公文页码", SONGTI, 14, pitch=16, align="left")
LABEL = Style("GwLabel", "公文标记", HEITI, 10.5, pitch=14, align="center", color=RED)
STYLES = (
    *(BODY, FLUSH, MASTHEAD, REFERENCE, TITLE, *HEADINGS),
    *(STRONG, CAPTION, CELL, NOTE, IMPRINT, FOLIO, LABEL),
)

#: Table type from roomy to tight; the first in which no figure has to be broken is taken.
CELL_SIZES = (12.0, 10.5, 9.0, 7.5)
ROW_PITCH = 1.4
CELL_PADDING = 7.0  # points, left and right together
#: A column no wider than this keeps each cell on one line. Unit: ems.
_SHORT = 6.0
#: A number, date or code in a text; what is longer is broken after all.
_CODE = re.compile(r"(?<![!-~])[!-~]{2,24}(?![!-~])")

# One more line is better than a broken word or year, not better than an uneven break.
_LINE_COST = 30.0
_WHOLE_SHARE = 0.6
_MAX_MASTHEAD, _MIN_MASTHEAD = 48.0, 26.0
# A title line had better end behind these, which often end a word, and never before a closing mark.
_ENDS, _STARTS = "的、》）年度月省市区县局室会办组况作和与及", "》）、，。的"


def page_of(document: Document) -> Page:
    if document.kind is Kind.BULLETIN:
        return OFFICIAL
    return LANDSCAPE if document.is_landscape else PORTRAIT


def heading_style(heading: Heading) -> Style:
    return HEADINGS[heading.level - 1]


def em_width(text: str) -> float:
    """Width in ems: full-width characters one, the others a little over a half, combining marks none."""
    return sum(_em(character) for character in text)


@lru_cache(maxsize=4096)
def _em(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.55


@dataclass(frozen=True, slots=True)
class Masthead:
    """Size in points and horizontal scale in per cent that keep the red head on one line."""

    size: float
    scale: int


def masthead(text: str, page: Page) -> Masthead:
    room = 0.97 * page.text_width * POINTS_PER_MM  # substitutes of the face may be a little wider
    size = min(_MAX_MASTHEAD, max(_MIN_MASTHEAD, room / max(1.0, em_width(text)) // 0.5 * 0.5))
    return Masthead(size, min(100, int(100 * room / (max(1.0, em_width(text)) * size))))


def title_lines(title: str, page: Page) -> tuple[str, ...]:
    """The title in few lines of like length, broken behind what looks like a word.

    Shape: line breaks in the title are the author's and are kept.
    """
    room = int(page.text_width * POINTS_PER_MM / TITLE.size)
    if "\n" in title:
        return tuple(title.split("\n"))
    fewest = max(1, ceil(em_width(title) / room))
    offers = (_cheapest(title, lines, room) for lines in (fewest, fewest + 1))
    _, cuts = min((cost + _LINE_COST * len(cuts), cuts) for cost, cuts in offers)
    return tuple(title[start:end] for start, end in pairwise((0, *cuts, len(title))))


def _cheapest(text: str, lines: int, room: int) -> tuple[float, tuple[int, ...]]:
    """The best places to cut the text into so many lines, and what they cost."""
    ideal = max(1.0, em_width(text) / lines)
    torn = _inside_dates(text)

    @cache
    def best(start: int, lines: int) -> tuple[float, tuple[int, ...]]:
        if lines == 1:
            return _line_cost(text[start:], ideal, room), ()
        # Half-width characters take half the room, so no line holds more than twice as many.
        last = min(len(text), start + 2 * room + 1)
        offers = ((cut, best(cut, lines - 1)) for cut in range(start + 1, last) if cut not in torn)
        costs = (
            (_line_cost(text[start:cut], ideal, room) + _cut_cost(text, cut) + rest, (cut, *cuts))
            for cut, (rest, cuts) in offers
        )
        return min(costs, default=(inf, ()))

    return best(0, lines)


def _line_cost(line: str, ideal: float, room: int) -> float:
    width = em_width(line)
    return inf if width > room else (width - ideal) ** 2 / ideal


def _cut_cost(text: str, cut: int) -> float:
    before, after = text[cut - 1], text[cut]
    if after in _STARTS or before in "《（〔“" or (before.isalnum() and before.isascii() and after.isascii()):
        return 1000
    if text.startswith("关于", cut):
        return 0
    return 3 if before in _ENDS else 12


def _inside_dates(title: str) -> frozenset[int]:
    """The cuts that would tear a date, a document number or an ordinal."""
    parts = recognise(title)
    ends = accumulate(len(part.text) for part in parts)
    spans = [range(end - len(part.text) + 1, end) for part, end in zip(parts, ends, strict=True)]
    return frozenset(
        cut for part, span in zip(parts, spans, strict=True) for cut in span if not isinstance(part, Text)
    )


@dataclass(frozen=True, slots=True)
class Grid:
    """How a table is set: type size in points, column widths in millimetres that fill the line."""

    size: float
    widths: tuple[float, ...]

    @property
    def rooms(self) -> tuple[float, ...]:
        """What each column holds between its paddings, in ems."""
        return tuple((width * POINTS_PER_MM - CELL_PADDING) / self.size for width in self.widths)


def table_grid(table: Table, page: Page) -> Grid:
    """Type size and widths in which figures stay whole and words share what is left."""
    room = page.text_width * POINTS_PER_MM
    columns = range(len(table.columns))
    natural = [max(map(em_width, _column_texts(table, index))) for index in columns]
    least = [_least(table, index, natural[index]) for index in columns]
    padding = CELL_PADDING * len(table.columns)
    fitting = (size for size in CELL_SIZES if sum(least) * size + padding <= room)
    # Type too small to like is still better than figures printed over each other.
    size = next(fitting, min(CELL_SIZES[-1], (room - padding) / sum(least)))
    widths = _shared(natural, least, (room - padding) / size)
    return Grid(size, tuple((width * size + CELL_PADDING) / POINTS_PER_MM for width in widths))


def is_whole(row: Row, table: Table, grid: Grid, page: Page) -> bool:
    """Whether the row is low enough to be kept on one page; one that fills most of a page has to be torn."""
    triples = zip(grid.rooms, row.cells, table.columns, strict=True)
    lines = max(ceil(em_width(cell_text(cell, column.unit)) / room) for room, cell, column in triples)
    return lines * grid.size * ROW_PITCH <= _WHOLE_SHARE * page.text_height * POINTS_PER_MM


def _shared(natural: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Each column its least, then the rest in the proportion of what it would like to have on top."""
    if sum(least) >= room:
        return [width * room / sum(least) for width in least]
    wishes = [wish - need for wish, need in zip(natural, least, strict=True)]
    spare = room - sum(least)
    if sum(wishes) >= spare:
        return [need + spare * wish / sum(wishes) for need, wish in zip(least, wishes, strict=True)]
    left = spare - sum(wishes)
    return [wish + left * wish / sum(natural) for wish in natural]


def _column_texts(table: Table, index: int) -> list[str]:
    column = table.columns[index]
    head = line_text(column.title)
    return [
        head,
        unit_mark(column.unit),
        *(cell_text(row.cells[index], column.unit) for row in table.rows),
        "　",
    ]


def _least(table: Table, index: int, natural: float) -> float:
    """What a column needs so that no figure, date, code or short head is broken."""
    column = table.columns[index]
    parts = [part for row in table.rows for part in row.cells[index]]
    whole = [em_width(word) + 0.2 for part in parts for word in _unbroken(part, column.unit)]
    words = natural if natural <= _SHORT else min(natural, 2.0 if column.align is not Align.LEFT else 4.0)
    head = max(min(em_width(text), 4.0) + 0.2 for text in (line_text(column.title), unit_mark(column.unit)))
    return max(1.0, words, head, *whole)


def _unbroken(part: Inline, unit: str) -> Iterable[str]:
    """What of a cell stands on one line: a figure or date, the codes in a text."""
    if isinstance(part, Number | Date):
        return (cell_text((part,), unit),)
    return _CODE.findall(part.text)


def cell_text(cell: Line, unit: str) -> str:
    """The cell as printed in a column of this unit."""
    return "".join(
        part.text + cell_suffix(part, unit) if isinstance(part, Number) else part.text for part in cell
    )


def cell_suffix(number: Number, unit: str) -> str:
    """The unit behind a figure in a cell: nothing where the column says it already."""
    return "" if number.unit == unit else number.suffix


def chunks(text: str, room: float) -> list[str]:
    """The text cut where a word without a place to break is wider than the room, in ems."""
    most = max(1, int(room * 1.6))  # letters of a half em and a little more
    return [piece for piece in re.split(rf"([!-~\u00a1-\u02ff]{{{most}}})", text) if piece]


def unit_mark(unit: str) -> str:
    return f"（{unit}）" if unit else ""


def signature_indents(signers: Sequence[str], day: str) -> tuple[tuple[float, ...], float]:
    """Characters free at the right of each signer and of the date: it four in, they centred over it."""
    widest = max((em_width(signer) for signer in signers), default=0.0)
    right = max(4.0, (widest - em_width(day)) / 2 + 1)
    middle = right + em_width(day) / 2
    return tuple(max(0.0, middle - em_width(signer) / 2) for signer in signers), right


def body_and_close(document: Document) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The blocks before 附件说明 and the signature behind it, where the document ends in one."""
    ends_signed = bool(document.blocks) and isinstance(document.blocks[-1], Signature)
    cut = len(document.blocks) - (1 if ends_signed else 0)
    return document.blocks[:cut], document.blocks[cut:]


def attachment_lines(document: Document) -> tuple[str, ...]:
    """附件说明 behind the body, one line each."""
    titles = [attachment.title for attachment in document.attachments]
    if len(titles) == 1:
        return (f"附件：{titles[0]}",)
    return tuple(
        f"{'附件：' if index == 1 else '　　　'}{index}. {title}"
        for index, title in enumerate(titles, start=1)
    )


def attachment_mark(document: Document, index: int) -> str:
    """What stands at the top left of an attachment's own page."""
    return "附件" if len(document.attachments) == 1 else f"附件{index}"
