"""The head of an official document: title, number, issuer, date and addressees."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from shanhai.engines.clauses import units, words
from shanhai.engines.clauses.headings import value_of
from shanhai.engines.clauses.phrases import PhraseReader

PARAGRAPH = re.compile(r"[^\n]+")
SPACE = re.compile(r"\s+")
DIGIT_NUMERALS = "〇○零一二三四五六七八九Ｏ"
DATE = re.compile(
    rf"(\d{{4}}|[{DIGIT_NUMERALS}]{{4}})\s?[年.\-/]\s?(\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s?[月.\-/]\s?"
    r"(\d{1,2}|[一二三四五六七八九十]{1,3})\s?[日号]?"
)
NUMBER = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{1,24}\s?[〔\[［（(【]\s?\d{4}\s?[〕\]］）)】]\s?第?\s?\d{1,5}\s?号"
)
NUMBER_LABEL = re.compile(r"^(?:发文字号|发文文号|文件编号|文件字号|文号|字号|编号)\s?[：:]?\s*")
BRACKETED_LINE = re.compile(r"[（(〔【].{0,30}[）)〕】]")
QUOTED = re.compile(r"《([^《》]{4,120})》")
ISSUING = ("印发", "转发", "批转", "下发")
MAX_HEAD = 200  # paragraphs in which title, number and addressees are sought
MAX_HEAD_PARAGRAPH = 6000  # the longest list of addressees, with room to spare
MAX_COLONS = 20
MAX_DATE_LINE = 26
MAX_TITLE = 120
MAX_TITLE_LINES = 4
MAX_SIGNATURE_LINE = 40
MAX_SIGNERS = 6
ENOUGH = 0.6
MONTHS = 12


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
    signed = _signature(paragraphs)
    titles = list(_titles(head))
    addressees = _addressees(head)
    issuer = _signers(paragraphs, signed) if signed is not None else None
    date = None if signed is None else date_in(paragraphs[signed].text)
    return Front(
        title=_scheme_title(titles, head),
        number=_number(head),
        issuer=issuer or _letterhead(head) or _issuer_in_title(titles),
        date=date or _date_in_head(head),
        addressees=addressees,
        signature=None if signed is None else _signature_span(paragraphs, signed),
    )


def _clipped(paragraph: Paragraph, end: int) -> Paragraph:
    return Paragraph(paragraph.text[: min(end - paragraph.start, MAX_HEAD_PARAGRAPH)], paragraph.start)


def date_in(text: str) -> str | None:
    """The first date in a text, in ISO form; None if there is none or the calendar does not have it."""
    found = DATE.search(text)
    if found is None:
        return None
    year = "".join(
        str(max(DIGIT_NUMERALS.find(one) - 2, 0)) if not one.isdigit() else one for one in found[1]
    )
    try:
        return datetime.date(int(year), value_of(found[2]), value_of(found[3])).isoformat()
    except ValueError:
        return None


def is_date_line(text: str) -> bool:
    """Whether a paragraph is nothing but a date, as under a signature."""
    bare = text.strip().strip("（()）")
    return len(bare) <= MAX_DATE_LINE and DATE.fullmatch(bare) is not None


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
    return _is_signer(text[: found.start()].strip())


def _is_signer(text: str) -> bool:
    bare = BRACKETED_LINE.sub("", text).strip()
    if not bare or len(bare) > MAX_SIGNATURE_LINE or re.search("[，。；：、:《》]", bare):
        return False
    return all(units.is_body(part) or units.is_unit(part) for part in bare.split())


def _signers(paragraphs: list[Paragraph], signed: int) -> str | None:
    line = paragraphs[signed].text
    found = DATE.search(line)
    same_line = line[: found.start()].strip("（( \u3000") if found is not None else ""
    if same_line:
        return "、".join(same_line.split())
    names: list[str] = []
    for paragraph in reversed(paragraphs[max(signed - MAX_SIGNERS, 0) : signed]):
        if BRACKETED_LINE.fullmatch(paragraph.text.strip()):
            continue
        if not _is_signer(paragraph.text):
            break
        names[:0] = BRACKETED_LINE.sub("", paragraph.text).split()
    return "、".join(dict.fromkeys(names)) or None


def _signature_span(paragraphs: list[Paragraph], signed: int) -> tuple[int, int]:
    first = signed
    while first > 0 and (
        _is_signer(paragraphs[first - 1].text) or BRACKETED_LINE.fullmatch(paragraphs[first - 1].text.strip())
    ):
        first -= 1
    return paragraphs[first].start, paragraphs[signed].start + len(paragraphs[signed].text)


def _number(head: list[Paragraph]) -> str | None:
    """The document's own number; numbers of other documents stand in brackets or inside sentences."""
    for paragraph in head:
        line = NUMBER_LABEL.sub("", paragraph.text.strip())
        found = NUMBER.match(line)
        if found is not None:
            return SPACE.sub("", found.group()).rpartition("文件")[2]
    return None


def _titles(head: list[Paragraph]) -> Iterator[str]:
    """Lines of the head that are titles, put together where a title takes several lines."""
    for index, paragraph in enumerate(head):
        line = NUMBER.sub("", paragraph.text, count=1) if NUMBER.match(paragraph.text) else paragraph.text
        line = _title_part(line.strip())
        if line.endswith(words.TITLE_TAILS) and len(line) <= MAX_TITLE:
            yield _unquoted(SPACE.sub("", _with_lines_above(head, index, line)))


def _unquoted(title: str) -> str:
    """What a quotation mark opened and the cut left open: 《某方案》已经同意 names 某方案."""
    return title if title.count("《") == title.count("》") else title.rpartition("《")[2]


def _title_part(line: str) -> str:
    """A title without a trailing bracket, and cut out of a text that has no paragraphs."""
    line = re.sub(r"[（(][^（()）]{0,30}[)）]$", "", line)
    if len(line) <= MAX_TITLE and not re.search("[，。；]", line):
        return line
    ends = [line.find(tail) + len(tail) for tail in words.TITLE_TAILS[:12] if 0 < line.find(tail) < MAX_TITLE]
    sentence = re.search("[，。；：]", line)
    end = min((one for one in ends if sentence is None or one <= sentence.start()), default=0)
    after = line[end : end + 1]
    return line[:end] if end and after in tuple("为根各一按现 　》") else ""


def _with_lines_above(head: list[Paragraph], index: int, line: str) -> str:
    above = index - 1
    while above >= 0 and index - above <= MAX_TITLE_LINES and not _complete(line):
        text = head[above].text.strip()
        if _no_title_line(text):
            break
        line = text + line
        above -= 1
    return line


def _complete(title: str) -> bool:
    """Whether a title says who or what about; a bare 实施方案 is the end of a longer one."""
    return "关于" in title and title.count("《") == title.count("》")


def _no_title_line(text: str) -> bool:
    return (
        re.search("[，。；：:]", text) is not None
        or len(text) > MAX_SIGNATURE_LINE
        or text.endswith(("文件", *words.TITLE_TAILS, "）", ")"))
        or NUMBER.search(text) is not None
        or is_date_line(text)
        or text.startswith(("附件", "附表"))
    )


def _scheme_title(titles: list[str], head: list[Paragraph]) -> str | None:
    """The title of the scheme itself: what the notice sends out, where its text follows."""
    if not titles:
        sent = (re.search(r"(?:印发|转发|批转|下发)《([^《》]{4,120})》", one.text) for one in head)
        return next((found[1] for found in sent if found is not None), None)
    notice = titles[0]
    quoted = QUOTED.search(notice)
    if quoted is not None and any(word in notice for word in ISSUING):
        return quoted[1]
    later = [title for title in titles[1:] if title in notice or "通知" in notice]
    return later[0] if later else notice


def _letterhead(head: list[Paragraph]) -> str | None:
    for paragraph in head:
        line = SPACE.sub("", paragraph.text)
        if line.endswith("文件") and units.is_unit(line.removesuffix("文件")):
            return line.removesuffix("文件")
    return None


def _issuer_in_title(titles: list[str]) -> str | None:
    for title in titles:
        name = re.split("关于|印发|转发|批转", title, maxsplit=1)[0]
        if name != title and units.is_body(name):
            return name
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
        for colon in islice(re.finditer("[：:]", paragraph.text), MAX_COLONS):
            segment = re.split("[。\n]|的通知|的意见|的函", paragraph.text[: colon.start()])[-1]
            names = _names(segment.removeprefix("主送"))
            if names:
                return names
    return ()


def _names(segment: str) -> tuple[str, ...]:
    reader = PhraseReader(segment, lambda name: False)
    mentions = reader.mentions(0, len(segment))
    named = [one for one in mentions if units.is_unit(one.name)]
    if not named or len(named) < len(mentions) * ENOUGH or any(one.verb for one in mentions):
        return ()
    return tuple(one.name for one in mentions)
