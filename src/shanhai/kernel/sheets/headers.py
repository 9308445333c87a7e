"""Finding the heading in the tables people make: titles above it, two storeys, units, line breaks."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from xlsxwriter.utility import xl_col_to_name

from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.furniture import PROBLEM_HEADER
from shanhai.kernel.sheets.opening import Row
from shanhai.kernel.sheets.problems import SheetRefused
from shanhai.kernel.sheets.texts import half_width, tidy, unguard

#: How far down a heading is looked for; titles and notes above it are rarely longer.
HEADER_SEARCH_ROWS = 30
#: Headings that `marking` writes, or that only number the rows: no columns of a ledger, nothing to report.
_IGNORED = frozenset({PROBLEM_HEADER, "序号", "编号no", "no.", "行号"})
_MARKS = re.compile(r"[*＊※]|[(（]必填[)）]|必填[:：]")
_TRAILING_BRACKET = re.compile(r"^(?P<label>.+?)[(\[【〔](?P<inside>[^()\[\]【】〔〕]*)[)\]】〕]$")
_MONEY_UNITS = frozenset({"元", "角", "分", "千元", "万元", "百万元", "千万元", "亿元"})
_PEOPLE_UNITS = frozenset({"人", "千人", "万人", "人次", "万人次", "户", "万户", "名"})
_MEASURES = frozenset(
    {"亩", "万亩", "公顷", "平方米", "平方公里", "米", "公里", "吨", "万吨", "公斤", "千克", "斤"}
)
_TIMES = frozenset({"天", "日", "月", "个月", "年", "小时"})
_UNITS = _MONEY_UNITS | _PEOPLE_UNITS | _MEASURES | _TIMES | {"%", "‰"}
#: What names a row of another ledger: of persons their identity number, of others their code.
_IDENTITIES = frozenset({"身份证号", "身份证号码", "身份证", "公民身份号码", "证件号", "证件号码"})
_CODES = frozenset({"编号", "编码", "代码", "名称", "全称"})
_UNIT_LINE = re.compile(r"(?:金额|计量)?单位:(?P<unit>.+)")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns of one sheet stand.

    Shape: `places` gives the position from 0 of each column by name; `header_row` counts from 1 and is the
    last row of the heading; `headings` are the texts found, by position; `unknown` are positions nobody
    asked for.
    """

    sheet: str
    header_row: int
    places: dict[str, int]
    headings: dict[int, str] = field(default_factory=dict)
    unknown: tuple[int, ...] = ()

    def letter(self, name: str) -> str:
        """The letter of a column as Excel shows it, empty when the sheet does not have it."""
        return column_letter(self.places[name]) if name in self.places else ""

    def renamed(self, columns: Sequence[SheetColumn]) -> Iterator[tuple[str, str]]:
        """Headings that are not today's label of their column, with that label."""
        for column in columns:
            heading = self.headings.get(self.places.get(column.name, -1), "")
            plain = _TRAILING_BRACKET.sub(r"\g<label>", folded_heading(heading))
            if heading and plain not in map(folded_heading, (column.label, column.header, column.name)):
                yield tidy(heading).lstrip("*"), column.label

    def missing(self, columns: Sequence[SheetColumn]) -> tuple[SheetColumn, ...]:
        return tuple(column for column in columns if column.required and column.name not in self.places)


def column_letter(position: int) -> str:
    return str(xl_col_to_name(position))


def find_layout(sheet: str, top: Sequence[Row], columns: Sequence[SheetColumn]) -> Layout | None:
    """The heading among the first rows of a sheet, or None when no row holds a column of ours.

    Errors: SheetRefused when two headings mean the same column, or a heading counts in another unit.
    """
    words = _columns_by_heading(columns)
    best: tuple[int, int, dict[int, str]] | None = None
    for row, headings in _candidates(top):
        known = sum(_match(words, text) is not None for text in headings.values())
        if known and (best is None or known > best[0]):
            best = (known, row, headings)
    if best is None:
        return None
    _, row, headings = best
    layout = _layout(sheet, row, headings, words)
    _check_unit_line(layout, top[: row - 1], columns)
    return layout


def _candidates(top: Sequence[Row]) -> Iterator[tuple[int, dict[int, str]]]:
    """Single rows first, then pairs of rows: of equally good headings the simplest wins."""
    texts = [heading_texts(row) for row in top[:HEADER_SEARCH_ROWS]]
    for number, headings in enumerate(texts, 1):
        yield number, headings
    for number, (upper, lower) in enumerate(pairwise(texts), 2):
        yield number, upper | lower


def heading_texts(row: Row) -> dict[int, str]:
    """The texts of a row by position from 0."""
    texts = {place: unguard(tidy(cell)) for place, cell in enumerate(row) if isinstance(cell, str)}
    return {place: text for place, text in texts.items() if text}


def _layout(sheet: str, row: int, headings: dict[int, str], words: dict[str, SheetColumn]) -> Layout:
    places: dict[str, int] = {}
    unknown: list[int] = []
    for place, text in sorted(headings.items()):
        column = _match(words, text)
        if column is None:
            unknown.append(place)
            continue
        if column.name in places:
            raise _twice(sheet, column, places[column.name], place)
        _check_unit(sheet, column, text)
        places[column.name] = place
    for place in list(unknown):
        column = _qualified(words, headings[place])
        if column is not None and column.name not in places:
            places[column.name] = place
            unknown.remove(place)
    reported = tuple(place for place in unknown if folded_heading(headings[place]) not in _IGNORED)
    return Layout(sheet, row, places, headings, reported)


def folded_heading(text: str) -> str:
    """A heading as it is compared: without marks, spaces, width and case."""
    return "".join(half_width(_MARKS.sub("", text)).split()).casefold()


def _columns_by_heading(columns: Sequence[SheetColumn]) -> dict[str, SheetColumn]:
    words: dict[str, SheetColumn] = {}
    for heading_of in (lambda c: c.aliases, lambda c: (c.name,), lambda c: (c.label, c.header)):
        for column in columns:
            words |= {folded_heading(heading): column for heading in heading_of(column)}
    return words


def _match(words: dict[str, SheetColumn], heading: str) -> SheetColumn | None:
    folded = folded_heading(heading)
    if folded in words:
        return words[folded]
    bracket = _TRAILING_BRACKET.match(folded)
    return words.get(bracket["label"]) if bracket else None


def _qualified(words: dict[str, SheetColumn], heading: str) -> SheetColumn | None:
    """身份证号（人员）: what of something is written, where the column is called by that something."""
    bracket = _TRAILING_BRACKET.match(folded_heading(heading))
    column = words.get(bracket["inside"]) if bracket else None
    if bracket is None or column is None or column.kind is not Kind.REFERENCE:
        return None
    return column if bracket["label"] in (_IDENTITIES if column.sensitive else _CODES) else None


def _check_unit(sheet: str, column: SheetColumn, heading: str) -> None:
    bracket = _TRAILING_BRACKET.match(folded_heading(heading))
    if (
        not bracket
        or not column.is_number
        or folded_heading(heading) in map(folded_heading, (column.label, *column.aliases))
    ):
        return
    found = bracket["inside"].removeprefix("单位:")
    if found in _UNITS and found != half_width(column.unit or ""):
        wanted = f"应按“{column.unit}”填" if column.unit else "不带单位"
        raise SheetRefused(
            "wrong_unit",
            f"{_of(sheet)}表头「{tidy(heading)}」的单位是“{found}”，这一列{wanted}。"
            "请换算数值并改正表头后重新上传。",
        )


def _check_unit_line(layout: Layout, above: Sequence[Row], columns: Sequence[SheetColumn]) -> None:
    """A line 单位：万元 above the heading counts for every amount whose heading has no unit of its own."""
    lines = (
        _UNIT_LINE.fullmatch(folded_heading(text)) for row in above for text in heading_texts(row).values()
    )
    stated = {line["unit"] for line in lines if line} & _MONEY_UNITS
    for column in columns:
        heading = layout.headings.get(layout.places.get(column.name, -1), "")
        alone = heading and column.kind is Kind.MONEY and not _TRAILING_BRACKET.match(folded_heading(heading))
        if stated and alone and stated != {half_width(column.unit or "")}:
            raise SheetRefused(
                "wrong_unit",
                f"{_of(layout.sheet)}表头上方写着单位“{'、'.join(sorted(stated))}”，"
                f"「{column.label}」应按“{column.unit}”填。请换算数值、改正单位后重新上传。",
            )


def _twice(sheet: str, column: SheetColumn, first: int, second: int) -> SheetRefused:
    return SheetRefused(
        "repeated_column",
        f"{_of(sheet)}有两列都是「{column.label}」（{column_letter(first)}、{column_letter(second)}），"
        "不知道用哪一列。请删去一列后重新上传。",
    )


def _of(sheet: str) -> str:
    return f"工作表“{sheet}”" if sheet else ""


def missing_columns(layout: Layout, columns: Sequence[SheetColumn]) -> SheetRefused:
    """The refusal of a sheet without its required columns: each is named, with what may have been meant."""
    headings = {layout.headings[place]: place for place in layout.unknown}
    parts = []
    for column in layout.missing(columns):
        near = difflib.get_close_matches(column.label, headings, n=1, cutoff=0.5)
        parts.append(f"「{column.label}」" + (f"（是不是 {_named(near[0], headings)}？）" if near else ""))
    return SheetRefused(
        "missing_columns",
        f"{_of(layout.sheet)}缺少必填的列：{'、'.join(parts)}。请对照模板补上表头后重新上传。",
    )


def _named(heading: str, places: dict[str, int]) -> str:
    return f"{column_letter(places[heading])} 列“{heading}”"


def suggestion(layout: Layout, place: int, columns: Sequence[SheetColumn]) -> str:
    """What an unknown heading may have meant, among the columns the sheet does not have; or nothing."""
    absent = {column.label for column in columns if column.name not in layout.places}
    near = difflib.get_close_matches(layout.headings[place], absent, n=1, cutoff=0.5)
    return f"（是不是「{near[0]}」？）" if near else ""
