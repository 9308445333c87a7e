"""The head of an official document: title, number, issuer, date and addressees."""

import re
from dataclasses import dataclass
from itertools import islice

from shanhai.engines.clauses import units, words
from shanhai.engines.clauses.imprint import BRACKETED, DATE, MAX_DATE_LINE, NUMBER, date_in, is_date_line
from shanhai.engines.clauses.metadata import AGENCY, DATED, NUMBERED, is_metadata, value_of_label
from shanhai.engines.clauses.phrases import PhraseReader, label_kind
from shanhai.engines.clauses.titles import scheme_title, titles_of

PARAGRAPH = re.compile(r"[^\n]+")
SPACE = re.compile(r"\s+")
NUMBER_LABEL = re.compile(r"^(?:发文字号|发文文号|文件编号|文件字号|文号|字号|编号)\s?[：:]?\s*")
MAX_HEAD = 200  # paragraphs in which title, number and addressees are sought
MAX_HEAD_PARAGRAPH = 6000  # the longest list of addressees, with room to spare
MAX_COLONS = 20
MAX_SIGNATURE_LINE = 40
MAX_SIGNERS = 6
ENOUGH = 0.6


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the rejoined text and where it begins."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Front:
    """What the head of a document says; `signed_at` is where the date line begins, if there is one."""

    title: str | None
    number: str | None
    issuer: str | None
    date: str | None
    addressees: tuple[str, ...]
    signature: tuple[int, int] | None


def read_front(text: str, first_heading: int) -> Front:
    """Title, number, issuer, date and addressees of a document whose clauses begin at `first_heading`."""
    paragraphs = [Paragraph(found.group(), found.start()) for found in PARAGRAPH.finditer(text)]
    head = [_clipped(one, first_heading) for one in paragraphs[:MAX_HEAD] if one.start < first_heading]
    lines = [one.text for one in head]
    titles = list(titles_of(lines))
    signed = _signature(paragraphs)
    issuer = _signers(paragraphs, signed) if signed is not None else None
    date = None if signed is None else date_in(paragraphs[signed].text)
    return Front(
        title=scheme_title(titles, lines),
        number=_number(lines),
        issuer=issuer or _letterhead(head) or _issuer_in_title(lines, titles) or _agency(lines),
        date=date or _date_in_head(head) or date_in(value_of_label(lines, DATED) or ""),
        addressees=_addressees(head),
        signature=None if signed is None else _signature_span(paragraphs, signed),
    )


def _clipped(paragraph: Paragraph, end: int) -> Paragraph:
    return Paragraph(paragraph.text[: min(end - paragraph.start, MAX_HEAD_PARAGRAPH)], paragraph.start)


def _signature(paragraphs: list[Paragraph]) -> int | None:
    """Index of the paragraph with the date of signature."""
    for index, paragraph in enumerate(paragraphs):
        if is_date_line(paragraph.text) or _signed_line(paragraph.text):
            return index
    return None


def _signed_line(text: str) -> bool:
    """斗门区人民政府办公室 2021年8月25日, on one line."""
    found = DATE.search(text) if len(text) <= MAX_SIGNATURE_LINE + MAX_DATE_LINE else None
    if found is None or found.end() < len(text.rstrip()) or found.start() == 0:
        return False
    return is_signer(text[: found.start()].strip())


def is_signer(text: str) -> bool:
    """Whether a text is nothing but the bodies that sign a document."""
    bare = BRACKETED.sub("", text).strip()
    if not bare or len(bare) > MAX_SIGNATURE_LINE or re.search("[，。；：、:《》]", bare):
        return False
    return all(units.is_body(part) or units.is_unit(part) for part in bare.split())


def _signers(paragraphs: list[Paragraph], signed: int) -> str | None:
    line = paragraphs[signed].text
    found = DATE.search(line)
    same_line = BRACKETED.sub("", line[: found.start()]).strip("（( \u3000") if found is not None else ""
    if same_line:
        return "、".join(same_line.split())
    names: list[str] = []
    for paragraph in reversed(paragraphs[max(signed - MAX_SIGNERS, 0) : signed]):
        if BRACKETED.fullmatch(paragraph.text.strip()):
            continue
        if not is_signer(paragraph.text):
            break
        names[:0] = BRACKETED.sub("", paragraph.text).split()
    return "、".join(dict.fromkeys(names)) or None


def _signature_span(paragraphs: list[Paragraph], signed: int) -> tuple[int, int]:
    first = signed
    while first > 0 and (
        is_signer(paragraphs[first - 1].text) or BRACKETED.fullmatch(paragraphs[first - 1].text.strip())
    ):
        first -= 1
    return paragraphs[first].start, paragraphs[signed].start + len(paragraphs[signed].text)


def _number(lines: list[str]) -> str | None:
    """The document's own number; numbers of other documents stand in brackets or inside sentences."""
    for line in lines:
        found = NUMBER.match(NUMBER_LABEL.sub("", line.strip()))
        if found is not None:
            return SPACE.sub("", found.group()).rpartition("文件")[2]
    labelled = NUMBER.match(value_of_label(lines, NUMBERED) or "")
    return None if labelled is None else labelled.group()


def _agency(lines: list[str]) -> str | None:
    named = value_of_label(lines, AGENCY)
    return named if named is not None and units.is_body(named) else None


def _letterhead(head: list[Paragraph]) -> str | None:
    for paragraph in head:
        line = SPACE.sub("", paragraph.text)
        if line.endswith("文件") and units.is_unit(line.removesuffix("文件")):
            return line.removesuffix("文件")
    return None


def _issuer_in_title(lines: list[str], titles: list[str]) -> str | None:
    """Who issues by the words of the title; blanks part several, as long as the line still has them."""
    for line in [*lines, *titles]:
        name = re.split("关于|印发|转发|批转", line.strip(), maxsplit=1)[0]
        bodies = name.split()
        if name != line.strip() and bodies and all(units.is_body(body) for body in bodies):
            return "、".join(bodies)
    return None


def _date_in_head(head: list[Paragraph]) -> str | None:
    """A date after a body's name, for texts in which the signature has no line of its own."""
    for paragraph in head:
        for found in DATE.finditer(paragraph.text):
            before = re.sub(
                r"[（(]代章[)）]", "", paragraph.text[max(found.start() - 14, 0) : found.start()]
            ).strip()
            if before.endswith(words.STRONG) and "日" in found.group():
                return date_in(found.group())
    return None


def _addressees(head: list[Paragraph]) -> tuple[str, ...]:
    for paragraph in head:
        if is_metadata(paragraph.text):
            continue
        for colon in islice(re.finditer("[：:]", paragraph.text), MAX_COLONS):
            segment = re.split("[。\n]|的通知|的意见|的函", paragraph.text[: colon.start()])[-1]
            names = names_of(segment.removeprefix("主送"))
            if names:
                return names
    return ()


def names_of(segment: str) -> tuple[str, ...]:
    """The addressees in what stands before a colon; none if it is a sentence or a label."""
    if label_kind(segment.strip()) is not None:
        return ()
    reader = PhraseReader(segment, lambda name: False)
    mentions = reader.mentions(0, len(segment))
    named = [one for one in mentions if units.is_unit(one.name)]
    if not named or len(named) < len(mentions) * ENOUGH or any(one.verb for one in mentions):
        return ()
    return tuple(one.name for one in mentions)
