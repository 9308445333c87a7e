"""The paragraphs of a head that came without any: number, title, addressees and signature run together.

A document copied out of a page or a database field is often one single line. Its clauses are found by their
numbers; its head has none, only forms that follow each other in a fixed order. This module says where they
part. It looks at the text before the first clause only.
"""

import re
from collections.abc import Callable, Iterator

from shanhai.engines.clauses import words
from shanhai.engines.clauses.front import is_signer, names_of
from shanhai.engines.clauses.headings import CHAPTER, FIRST, markers
from shanhai.engines.clauses.imprint import BRACKETED, DATE, YEAR_AND_NUMBER
from shanhai.engines.clauses.titles import title_end

MAX_HEAD = 8000  # characters in which a head is sought
MAX_FOOT = 2000  # characters in which signature, annexes and copies at the end are sought
FOOT_NOTE = re.compile("[。日）)\u4e00-\u9fff](附件[：:]|抄送[：:]|[（(]此件)")
MIN_RUN = 60  # a shorter line holds one thing only
MIN_CODE, MAX_CODE = 2, 12
MAX_SIGNER = 60
NUMBERED = re.compile(YEAR_AND_NUMBER)
CODE = re.compile(rf"[\u4e00-\u9fffA-Za-z]{{{MIN_CODE},{MAX_CODE}}}\s?$")
STOPS = re.compile("[，,。；;：:]")
LEADING = re.compile(r"^(?:[（(【\[][^（()）]*[)）】\]]|[\s）)】\]])*")
COLON = re.compile("[：:]")
FIRST_NAME = re.compile("[、，,]")
# A date that goes on so is one in a sentence.
NO_SIGNATURE = (*"前起以之至到，,。、；在召审第", "印发")
QUOTE_OR_BRACKET = re.compile("[《》（()）]")
TAILS = tuple(sorted(("文件", *words.TITLE_TAILS), key=len, reverse=True))
TAIL = re.compile("|".join(TAILS))


def head_breaks(text: str) -> list[int]:
    """Offsets at which a paragraph of the head parts into two, in order; none where lines part it already."""
    stop = _first_clause(text)
    foot = max(stop, len(text) - MAX_FOOT)
    return sorted({*_within(text, 0, stop, _cuts), *_within(text, foot, len(text), _foot_cuts)})


def _within(text: str, begin: int, end: int, cuts_of: Callable[[str], set[int]]) -> Iterator[int]:
    """The places inside the lines of a span, each at which one of them parts."""
    for line in re.compile(r"[^\n]+").finditer(text, begin, end):
        if len(line.group()) >= MIN_RUN:
            yield from (line.start() + cut for cut in cuts_of(line.group()) if 0 < cut < len(line.group()))


def _foot_cuts(line: str) -> set[int]:
    """Before the signature at the end of a document and before what stands under it."""
    signature = set(_signature_cuts(line))
    notes = {note.start(1) for note in FOOT_NOTE.finditer(line)} if signature else set()
    return signature | notes


def _first_clause(text: str) -> int:
    head = text[:MAX_HEAD]
    for marker in markers(head):
        if (marker.style in (CHAPTER, FIRST) and marker.value == 1) or marker.style == "条":
            return marker.start
    return len(head)


def _cuts(line: str) -> set[int]:
    cuts = {0}
    cuts |= _number_cuts(line)
    cuts |= _addressee_cuts(line, max(cuts))
    cuts |= set(_signature_cuts(line))
    parts = sorted(cuts)
    if len(parts) == 1:
        end = title_end(line)
        return {end} if end else set()
    for begin, end in zip(parts, [*parts[1:], len(line)], strict=True):
        cut = title_end(line[begin:end])
        if cut:
            cuts.add(begin + cut)
    return cuts


def _number_cuts(line: str) -> set[int]:
    """Before and after the document's own number: it stands before the first sentence, in no bracket."""
    found = NUMBERED.search(line)
    if found is None or STOPS.search(line, 0, found.start()) or _inside(line, found.start()):
        return set()
    before = line[max(found.start() - MAX_CODE, 0) : found.start()]
    ends = [tail.end() for tail in TAIL.finditer(before) if len(before.rstrip()) - tail.end() >= MIN_CODE]
    code = CODE.search(before[ends[-1] if ends else 0 :])
    if code is None or not (ends or found.start() <= MAX_CODE or before[: -len(code.group())]):
        return set()
    return {found.start() - len(code.group()), found.end()}


def _inside(line: str, at: int) -> bool:
    depth = 0
    for mark in QUOTE_OR_BRACKET.finditer(line, 0, at):
        depth += 1 if mark.group() in "《（(" else -1
    return depth > 0


def _addressee_cuts(line: str, begin: int) -> set[int]:
    """Before the first addressee and after the colon behind the last one."""
    sentence = line.find("。", begin)
    colon = COLON.search(line, begin, sentence if sentence >= 0 else len(line))
    if colon is None:
        return set()
    first = FIRST_NAME.search(line, begin, colon.start())
    head = line[begin : first.start() if first is not None else colon.start()]
    for start in [*(tail.end() for tail in reversed(list(TAIL.finditer(head)))), 0]:
        if names_of(line[begin + start : colon.start()]) and _no_tail_inside(head[start:]):
            return {begin + start, colon.end()}
    return set()


def _no_tail_inside(name: str) -> bool:
    """Whether a first addressee is one, not the end of a title with a name behind it."""
    return TAIL.search(name) is None and "关于" not in name


def _signature_cuts(line: str) -> Iterator[int]:
    """Before the signers and after the date, and around a date in brackets behind a title."""
    for found in DATE.finditer(line):
        if line.startswith(NO_SIGNATURE, found.end()):
            continue
        before = line[max(found.start() - MAX_SIGNER, 0) : found.start()]
        signers = re.split("[。；：:！”》，,](?![^（(]*[)）])", before)[-1]
        bare = LEADING.sub("", signers)  # a list in brackets may end the sentence before
        if bare and is_signer(bare):
            yield found.start() - len(bare)
            note = BRACKETED.match(line[found.end() :].lstrip()[:MAX_SIGNER])
            yield found.end()
            if note is not None:
                yield line.index(note.group(), found.end()) + len(note.group())
        elif before.endswith(("（", "(")) and before[:-1].endswith(words.TITLE_TAILS):
            yield found.start() - 1
            yield found.end() + 1
