"""Proof that every figure of a document is bound.

The walk over its lines in reading order, and the search for digits outside the parts that account for them.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from shanhai.kernel.documents.inline import recognise
from shanhai.kernel.documents.model import (
    Block,
    Document,
    Heading,
    Line,
    List,
    Number,
    Paragraph,
    Signature,
    Table,
    Text,
    line_text,
)

_DIGIT = "〇零一二三四五六七八九两壹贰叁肆伍陆柒捌玖"
_STEP = "十百千万亿拾佰仟"
_MEASURE = (
    "人|户|名|家|个(?!方面|层面)|项|元|亩|吨|公里|公斤|平方米|批|起|件|例|台|辆|所|座|次|场|期|倍"
    "|成(?!都|为|立|果|效)"
)
_NUMERAL = _DIGIT + _STEP
# A numeral states a quantity when it has several digits, a digit with a step (三百, 十二), is a share, or
# stands before a measure. It states none as one character of a word (统一, 三农, 一户一策), after 第, before
# what only goes with an ordinal or a date (二十大, 十九届, 十二月), and in set phrases (十四五, 千家万户).
_PHRASES = rf"一一|一二三产|十[二三四五六七]五(?![{_NUMERAL}])|千家万户"
_ORDINALS = "大|届|中全会|号|级|年|月|日|世纪"
CHINESE_QUANTITY = re.compile(
    rf"百分之[{_NUMERAL}点]+"
    rf"|(?<![第{_NUMERAL}])(?!{_PHRASES})(?:"
    rf"(?=[{_DIGIT}]+[{_STEP}]|十[{_DIGIT}]|[{_DIGIT}]{{2}})(?>[{_NUMERAL}]+)(?!{_ORDINALS})"
    rf"|[二三四五六七八九十百千](?:{_MEASURE}))"
)


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the body and where it stands, in words a clerk finds it by."""

    where: str
    line: Line
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class UnboundDigit:
    """A figure somebody typed: where it stands, the digits, and the words around them."""

    where: str
    digits: str
    context: str

    def __str__(self) -> str:
        return f"{self.where}：「{self.context}」中的「{self.digits}」没有引用数据。"


def check_bound(document: Document) -> list[UnboundDigit]:
    """Every digit of the body that no figure, date, ordinal or code accounts for.

    Shape: empty when the document may be issued. Digits of any script count, also ①, ½ and Roman numerals;
    Chinese numerals count where they state a quantity, except in headings. Title and attachment titles are
    read for dates and ordinals first.
    """
    titled = [Place("标题", recognise(document.title), is_heading=True)]
    titled += [
        Place(f"附件「{item.title}」", recognise(item.title), is_heading=True)
        for item in document.attachments
    ]
    return [found for place in (*titled, *lines(document)) for found in _unbound(place)]


def numbers(document: Document) -> list[Number]:
    """The figures in the order they are read, attachments last."""
    return [part for place in lines(document) for part in place.line if isinstance(part, Number)]


def lines(document: Document) -> Iterator[Place]:
    """Every line of the body in reading order."""
    for index, block in enumerate(document.blocks, start=1):
        yield from _block_lines(f"正文第 {index} 部分", block)
    for attachment in document.attachments:
        for index, block in enumerate(attachment.blocks, start=1):
            yield from _block_lines(f"附件「{attachment.title}」第 {index} 部分", block)


def _block_lines(where: str, block: Block) -> Iterator[Place]:
    match block:
        case Heading():
            yield Place(f"{where}（标题）", block.line, is_heading=True)
        case Paragraph():
            yield Place(f"{where}（段落）", block.line)
        case List():
            for index, item in enumerate(block.items, start=1):
                yield Place(f"{where}（列表第 {index} 条）", item)
        case Table():
            yield from _table_lines(where, block)
        case Signature():
            pass


def _table_lines(where: str, table: Table) -> Iterator[Place]:
    name = f"「{line_text(table.caption)}」" if table.caption else ""
    yield Place(f"{where}（表{name}题）", table.caption)
    for column in table.columns:
        yield Place(f"{where}（表{name}表头）", (*column.title, Text(column.unit)))
    for index, row in enumerate(table.rows, start=1):
        for position, cell in enumerate(row.cells, start=1):
            yield Place(f"{where}（表{name}第 {index} 行第 {position} 列）", cell)
    for note in table.notes:
        yield Place(f"{where}（表{name}注）", note)


def _unbound(place: Place) -> Iterator[UnboundDigit]:
    for part in place.line:
        if isinstance(part, Text):
            yield from _digits_in(place, part.text)
        elif isinstance(part, Number):
            yield from _digits_in(place, part.unit)


def _digits_in(place: Place, text: str) -> Iterator[UnboundDigit]:
    spans = set(_numeric_runs(text))
    if not place.is_heading:
        spans |= {found.span() for found in CHINESE_QUANTITY.finditer(text)}
    for start, end in sorted(spans):
        yield UnboundDigit(place.where, text[start:end], text[max(0, start - 8) : end + 8])


def _numeric_runs(text: str) -> Iterator[tuple[int, int]]:
    """Where runs of digits stand, whatever the script; 〇 is left to the Chinese numerals."""
    digits = "".join("d" if _is_digit(character) else " " for character in text)
    return (found.span() for found in re.finditer("d+", digits))


def _is_digit(character: str) -> bool:
    return character != "〇" and unicodedata.category(character) in ("Nd", "Nl", "No")
