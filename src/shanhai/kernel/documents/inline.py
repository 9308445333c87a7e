"""Lines from words: sentences with named figures, recognition of dates and codes, numbering of headings."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from shanhai.kernel.documents.model import (
    Block,
    Code,
    Date,
    DocumentInvalid,
    Heading,
    Inline,
    Line,
    Ordinal,
    Paragraph,
    Row,
    Text,
)

_SLOT = re.compile(r"\{([^{}\s]+)\}")
_SPAN = r"(?:\s?[—–~～\-至]\s?"
_KNOWN = re.compile(
    # The order matters: a document number holds a year, a date holds a bare month.
    r"(?P<code>[〔\[](?:19|20)\d{2}[〕\]]\s?\d+号|(?<![A-Za-z])[A-Z]{2,}(?:/[A-Z])?[ \-]?\d+(?:[.\-]\d+)*)"
    rf"|(?P<date>(?:19|20)\d{{2}}{_SPAN}(?:19|20)\d{{2}})?年(?:度|底|初|末)?(?:第?[一二三四1-4]季度|前三季度|[上下]半年)?"
    rf"(?:\d{{1,2}}{_SPAN}\d{{1,2}})?月(?:份|底|末|初|\d{{1,2}}日)?)?"
    rf"|(?:19|20)\d{{2}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|(?:19|20)\d{{2}}Q[1-4]"
    rf"|(?<!\d)\d{{1,2}}{_SPAN}\d{{1,2}})?月(?:底|末|初|\d{{1,2}}日)?)"
    r"|(?P<ordinal>第\d{1,4}(?:季度|[期号批次届条款项位名章节轮])|^\d{1,2}[.．、](?!\d)|^（\d{1,2}）|[①-⑳]|(?:表|图|附件)\d{1,2})"
)
_CHINESE = "零一二三四五六七八九"


def line(*parts: str | Inline) -> Line:
    """A line of the model; a plain string becomes words."""
    return tuple(Text(part) if isinstance(part, str) else part for part in parts if part != "")


def row(*cells: str | Inline | Line, is_total: bool = False) -> Row:
    return Row(tuple(cell if isinstance(cell, tuple) else line(cell) for cell in cells), is_total)


def recognise(text: str) -> Line:
    """Words as a person typed them, with dates, document numbers, codes and ordinals told apart.

    Shape: a digit left in a `Text` is a figure nobody bound; `bound.check_bound` will say so.
    """
    parts: list[Inline] = []
    rest = 0
    for found in _KNOWN.finditer(text):
        parts += line(text[rest : found.start()])
        parts.append(_typed(found))
        rest = found.end()
    return (*parts, *line(text[rest:]))


def _typed(found: re.Match[str]) -> Inline:
    if found["code"]:
        return Code(found[0])
    return Date(found[0]) if found["date"] else Ordinal(found[0])


def compose(pattern: str, parts: Mapping[str, Inline]) -> Line:
    """A sentence with named slots: `帮助就业{LAB-1}，同比{增幅}。`, the words between recognised.

    Errors: DocumentInvalid naming the slot that has no part.
    """
    pieces: list[Inline] = []
    rest = 0
    for found in _SLOT.finditer(pattern):
        if found[1] not in parts:
            raise DocumentInvalid(f"叙述中的「{found[0]}」没有对应的数据。")
        pieces += (*recognise(pattern[rest : found.start()]), parts[found[1]])
        rest = found.end()
    return (*pieces, *recognise(pattern[rest:]))


def paragraphs(
    text: str, parts: Mapping[str, Inline] | None = None, *, slot: str = ""
) -> tuple[Paragraph, ...]:
    """The lines of a narrative as paragraphs; empty lines only separate."""
    lines = (part.strip() for part in text.splitlines())
    return tuple(Paragraph(compose(part, parts or {}), slot=slot) for part in lines if part)


def number_headings(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The same blocks with 一、（一）1.（1） before the headings, counted anew below each higher heading."""
    counts = [0, 0, 0, 0]
    numbered: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            counts[block.level - 1] += 1
            counts[block.level :] = [0] * (4 - block.level)
            ordinal = Ordinal(heading_ordinal(block.level, counts[block.level - 1]))
            numbered.append(replace(block, line=(ordinal, *block.line)))
        else:
            numbered.append(block)
    return tuple(numbered)


def heading_ordinal(level: int, count: int) -> str:
    """The mark of the n-th heading of a level. Source: GB/T 9704-2012 7.3.3."""
    chinese = _chinese_numeral(count)
    return (f"{chinese}、", f"（{chinese}）", f"{count}. ", f"（{count}）")[level - 1]


def _chinese_numeral(count: int) -> str:
    if not 1 <= count <= 99:  # noqa: PLR2004 -- two characters are all a heading ever needs
        raise DocumentInvalid("同级标题不能超过 99 个。")
    tens, ones = divmod(count, 10)
    ten = {0: "", 1: "十"}.get(tens, f"{_CHINESE[tens]}十")
    return ten + (_CHINESE[ones] if ones else "")
