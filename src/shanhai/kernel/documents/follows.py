"""Whether what is printed follows: ratios from their parts, and a filled template from what was bound.

A document says of a ratio which two figures it is made of (`Number.ratio_of`). A template is read again
after it was filled: what somebody typed into it as a ratio or a quantity, and a figure followed by another
unit than its own, are found with their place.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from docx.oxml.ns import qn

from shanhai.kernel.documents.bound import CHINESE_QUANTITY, lines
from shanhai.kernel.documents.docx_xml import TAG
from shanhai.kernel.documents.inline import recognise
from shanhai.kernel.documents.model import Document, Number, Text
from shanhai.kernel.documents.numbers import (
    SCALES,
    format_number,
    round_half_up,
    shown_decimals,
)

#: Stands for a bound figure while the words around it are read.
_FIGURE = "\ue002"
_LARGE = sorted((one for one in SCALES if one not in "%‰"), key=len, reverse=True)
_SMALL = ("元", "人次", "人", "户", "名", "家", "个", "项", "亩", "吨", "件", "次", "倍", "成")
_UNITS = "|".join(("%", "％", "‰", *_LARGE, *_SMALL))
_TYPED = re.compile(
    rf"[\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?\s?(?:{_UNITS})|\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?"
)
_AFTER = re.compile(rf"{_FIGURE}(?P<unit>{_UNITS})")
_WIDE = str.maketrans("％", "%")
_AROUND = 8


@dataclass(frozen=True, slots=True)
class Unfounded:
    """Something printed that does not follow: where it stands, what is printed, and why it cannot be."""

    where: str
    printed: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}：「{self.printed}」{self.reason}"


def check_follows(document: Document) -> list[Unfounded]:
    """Ratios of the document that their parts do not give; parts that are not printed bind nobody.

    Shape: by the values behind the print, rounded as the ratio shows them (四舍五入).
    """
    placed = [(place.where, part) for place in lines(document) for part in place.line]
    found = [(where, part) for where, part in placed if isinstance(part, Number)]
    # Of the places where a figure is printed the one with its unit tells more.
    known = {number.bind: number for _where, number in sorted(found, key=lambda one: bool(one[1].unit))}
    wrong = []
    for where, number in found:
        if number.ratio_of is None:
            continue
        part, whole = known.get(number.ratio_of.part), known.get(number.ratio_of.whole)
        if part and whole and not _follows(number, part, whole):
            wrong.append(Unfounded(where, number.text + number.suffix, _reason(number, part, whole)))
    return wrong


def _follows(ratio: Number, part: Number, whole: Number) -> bool:
    expected = _expected(ratio, part, whole)
    if expected is None or ratio.value is None:
        return (expected is None) == (ratio.value is None)
    shown = shown_decimals(ratio.display)
    return round_half_up(expected, shown) == round_half_up(Decimal(ratio.value), shown)


def _expected(ratio: Number, part: Number, whole: Number) -> Decimal | None:
    """The ratio in its own unit, kept to ten decimals as values are; None without a denominator."""
    if part.value is None or not whole.value or ratio.ratio_of is None:
        return None
    return round_half_up(Decimal(part.value) / Decimal(whole.value) * ratio.ratio_of.times, 10)


def _reason(ratio: Number, part: Number, whole: Number) -> str:
    expected = _expected(ratio, part, whole)
    right = format_number(expected, decimals=shown_decimals(ratio.display))
    parts = " ÷ ".join(f"{one.name or one.bind} {one.text}{one.suffix}" for one in (part, whole))
    unit = ratio.unit if expected is not None else ""
    return f"与分子分母不符，{parts} 应为 {right}{unit}。请一并更新这三处数据。"


def check_filled(word: Any, document: Document) -> list[Unfounded]:
    """What a filled Word file prints beside the figures that were bound: typed quantities, foreign units.

    Shape: the words of the document itself (head, narratives) are known and pass; `word` is python-docx's.
    """
    units = {part.bind: part.unit for place in lines(document) for part in place.line
             if isinstance(part, Number)}  # fmt: skip
    own = _own_words(document)
    return [
        found
        for where, paragraph in _paragraphs(word.element.body)
        if (read := _read(paragraph))[0].strip() and _bare(read[0]) not in own
        for found in _in_paragraph(where, *read, units)
    ]


def _own_words(document: Document) -> frozenset[str]:
    """Lines the document itself says, figures as marks: what is proved elsewhere."""
    said = {
        "".join(_FIGURE if isinstance(part, Number) else part.text for part in place.line)
        for place in lines(document)
    }
    imprint = document.imprint
    heads = {document.title, document.number, *document.recipients, *(imprint.copies if imprint else ())}
    return frozenset(_bare(one) for one in (*said, *heads))


def _bare(text: str) -> str:
    return "".join(text.split())


def _paragraphs(body: Any) -> Iterator[tuple[str, Any]]:
    """Every paragraph with words a clerk finds it by."""
    number = tables = 0
    for child in body.iterchildren():
        if child.tag == qn("w:tbl"):
            tables += 1
            for row, line in enumerate(child.iter(qn("w:tr")), 1):
                for cell, held in enumerate(line.iter(qn("w:tc")), 1):
                    for paragraph in held.iter(qn("w:p")):
                        yield f"模板第 {tables} 个表第 {row} 行第 {cell} 格", paragraph
            continue
        for paragraph in [child] if child.tag == qn("w:p") else child.iter(qn("w:p")):
            number += 1
            yield f"模板第 {number} 段", paragraph


def _read(paragraph: Any) -> tuple[str, list[str]]:
    """The words with each bound figure as one mark, and the binds in order."""
    words, binds = [], []
    for element in paragraph.iter(qn("w:sdt"), qn("w:t")):
        if element.tag == qn("w:sdt"):
            tag = element.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
            name = "" if tag is None else str(tag.get(qn("w:val")))
            if name.startswith(TAG):
                binds.append(name.removeprefix(TAG))
                words.append(_FIGURE)
        elif not _is_figure(element):
            words.append(element.text or "")
    return "".join(words), binds


def _is_figure(text: Any) -> bool:
    for held in text.iterancestors(qn("w:sdt")):
        tag = held.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        if tag is not None and str(tag.get(qn("w:val"))).startswith(TAG):
            return True
    return False


def _in_paragraph(where: str, text: str, binds: list[str], units: dict[str, str]) -> Iterator[Unfounded]:
    marks = [at for at, sign in enumerate(text) if sign == _FIGURE]
    by_mark = dict(zip(marks, binds, strict=True))
    for found in _AFTER.finditer(text):
        own, said = units.get(by_mark[found.start()], ""), found["unit"].translate(_WIDE)
        if own and said != own and not own.startswith(said):
            reason = f"后面写的单位是「{said}」，这个数据的单位是「{own}」。"
            yield Unfounded(where, _context(text, found), reason)
    for part in recognise(text):
        if isinstance(part, Text):
            for found in (*_TYPED.finditer(part.text), *CHINESE_QUANTITY.finditer(part.text)):
                reason = f"中的「{found[0]}」是直接写的{_what(found[0])}，不是由数据得出的，请改为引用数据。"
                yield Unfounded(where, _context(part.text, found), reason)


def _what(typed: str) -> str:
    is_ratio = typed[-1] in "%％‰倍成" or typed.startswith("百分之")
    return "比例" if is_ratio else "数量"


def _context(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - _AROUND) : found.end() + _AROUND].replace(_FIGURE, "…").strip()
