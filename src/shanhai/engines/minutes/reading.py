"""Lines of minutes, one after the other: labels, headings, items; linear in the length of the text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from shanhai.engines.minutes.days import find_day
from shanhai.engines.minutes.model import Item, Minutes

#: Longer is no line of minutes.
LONGEST = 1000
MOST_ITEMS = 200
_NUMBER = re.compile(r"[\u4e00-\u9fff]{0,12}〔\d{4}〕\s*\d{1,4}\s*号")
_HEADING = re.compile(r"^[一二三四五六七八九十]{1,3}[、.．]\s*(?P<title>.{0,60})")
_ITEM = re.compile(
    r"^(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}\s*[.．、](?!\d)|[①-⑳])\s*(?P<rest>.*)"
)
_LABELS = {
    "held_on": ("会议时间", "召开时间", "时间"),
    "venue": ("会议地点", "召开地点", "地点"),
    "chairs": ("主持人", "会议主持", "主持"),
    "attendees": ("出席人员", "参会人员", "参加人员", "出席", "参加"),
    "next_on": ("下次会议时间", "下次会议"),
}
_LABEL = re.compile(
    "^(?:"
    + "|".join(f"(?P<{name}>{'|'.join(words)})" for name, words in _LABELS.items())
    + r")\s*[:：]\s*(?P<said>.+)"
)
_AGENDA = re.compile("议题|议程|听取")
_RESOLVED = re.compile("议定|决定事项|会议明确|会议决定|会议要求|工作要求|下一步|任务分工")
_PARTS = re.compile(
    r"(?P<role>牵头单位|责任单位|主办单位|牵头|配合单位|协办单位|支持单位|配合|完成时限|完成期限|办结时限|时限|期限)\s*[:：]\s*"
    r"(?P<said>[^；;。（）()]*)"
)
_LEADS, _ONES = ("牵头单位", "主办单位", "牵头"), ("责任单位",)
_SUPPORTS = ("配合单位", "协办单位", "支持单位", "配合")
_BRACKET = re.compile(r"[（(][^（）()]*(?:单位|牵头|配合|时限|期限)[^（）()]*[）)]")
_SAID = re.compile(
    r"由(?P<lead>[^，,。；;由]{2,40}?)(?:负责)?牵头(?:负责)?(?:[，,]\s*(?:由)?(?P<supports>[^，,。；;]{2,120}?)(?:参与|协助)?配合)?"
)
_BETWEEN = re.compile(r"[、，,/]|和(?=[县区市省])|及(?=[县区市省])")
_OPEN_END = re.compile("持续推进|长期坚持|常态化|适时|尽快")
_ENDS = ("。", "）", ")")
_NO_NAMES = frozenset({"", "/", "／", "—", "无", "-"})


@dataclass
class _Found:
    said: dict[str, str] = field(default_factory=dict)
    title: str = ""
    number: str = ""
    agenda: list[str] = field(default_factory=list)
    items: list[tuple[int, str]] = field(default_factory=list)
    #: Which part the lines belong to: "", agenda, resolved.
    part: str = ""


def read_minutes(text: str) -> Minutes:
    """The parts of a text. Shape: nothing is refused; what is missing stands among the doubts."""
    found = _Found()
    for number, line in _lines(text):
        _take(found, number, line)
    held_on = find_day(found.said.get("held_on", ""), None)
    items = tuple(_item(number, line, held_on) for number, line in found.items[:MOST_ITEMS])
    minutes = Minutes(
        title=found.title,
        number=found.number,
        held_on=held_on,
        venue=found.said.get("venue", ""),
        chairs=found.said.get("chairs", ""),
        attendees=found.said.get("attendees", ""),
        next_on=find_day(found.said.get("next_on", ""), held_on),
        agenda=tuple(found.agenda),
        items=items,
    )
    return replace(minutes, doubts=tuple(_missing(minutes, len(found.items))))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, raw in enumerate(text.splitlines(), 1):
        line = re.sub(r"[ \t\u3000\u00a0]+", " ", raw).strip()
        if line:
            yield number, line[:LONGEST]


def _take(found: _Found, number: int, line: str) -> None:
    if (label := _LABEL.match(line)) and not found.part:
        name = next(key for key in _LABELS if label[key])
        found.said.setdefault(name, label["said"].strip(" 。"))
        return
    if (heading := _HEADING.match(line)) and _starts_part(found, heading["title"]):
        return
    if (item := _ITEM.match(line)) and item["rest"]:
        _add(found, number, item["rest"])
    elif heading and found.part == "resolved":
        _add(found, number, heading["title"])
    else:
        _continue(found, line)


def _continue(found: _Found, line: str) -> None:
    """A line without a mark: more of the item before it, or of the head."""
    if found.part == "resolved" and found.items:
        before, said = found.items[-1]
        if _PARTS.search(line) or not said.endswith(_ENDS):  # else it is signed
            found.items[-1] = (before, f"{said}{line}"[:LONGEST])
    elif found.part == "agenda" and not found.agenda:
        found.agenda.append(line)
    elif not found.part:
        _head(found, line)


def _starts_part(found: _Found, title: str) -> bool:
    """Whether a heading begins the agenda or the resolutions."""
    for part, words in (("resolved", _RESOLVED), ("agenda", _AGENDA)):
        if words.search(title) and len(title) <= 20:  # noqa: PLR2004  (a heading, not a sentence)
            found.part = part
            return True
    return False


def _add(found: _Found, number: int, said: str) -> None:
    if found.part == "resolved":
        found.items.append((number, said))
    elif found.part == "agenda":
        found.agenda.append(said.strip(" 。；"))


def _head(found: _Found, line: str) -> None:
    if not found.number and (number := _NUMBER.search(line)):
        found.number = re.sub(r"\s", "", number[0])
    elif len(line) > len(found.title) and ("纪要" in line or "联席会议" in line):
        found.title = line[:80]


def _item(number: int, said: str, held_on: date | None) -> Item:
    lead, due_text = "", ""
    supports: list[str] = []
    for part in _PARTS.finditer(said):
        names = _names(part["said"])
        if part["role"] in _LEADS:
            lead, supports = (lead or _first(names)), [*supports, *names[1:]]
        elif part["role"] in _ONES:
            lead, supports = (lead or _first(names)), [*supports, *(names[1:] if not lead else names)]
        elif part["role"] in _SUPPORTS:
            supports += names
        else:
            due_text = part["said"]
    if not lead and (spoken := _SAID.search(said)):
        names = _names(spoken["lead"])
        lead, supports = _first(names), [*names[1:], *_names(spoken["supports"] or ""), *supports]
    content = _PARTS.sub("", _BRACKET.sub("", said)).strip(" ；;")
    due_on = find_day(due_text, held_on) or find_day(content, held_on)
    others = tuple(dict.fromkeys(one for one in supports if one != lead))
    return Item(number, content, lead, others, due_on, tuple(_doubts(lead, due_on, said)))


def _names(text: str) -> list[str]:
    found = (re.sub(r"(?:等(?:部门|单位)?)$", "", one.strip(" 。；;")) for one in _BETWEEN.split(text))
    return [one for one in found if one not in _NO_NAMES]


def _first(names: Sequence[str]) -> str:
    return names[0] if names else ""


def _doubts(lead: str, due_on: date | None, said: str) -> Iterator[str]:
    if not lead:
        yield "没有读出牵头单位，请选择。"
    if due_on is None:
        word = _OPEN_END.search(said)
        yield f"写的是“{word[0]}”，没有日期，请填写完成期限。" if word else "没有读出完成期限，请填写。"


def _missing(minutes: Minutes, number: int) -> Iterator[str]:
    if minutes.held_on is None:
        yield "没有读出召开日期（“时间：2021年4月20日”），请填写。"
    if not minutes.number:
        yield "没有读出会议编号（“斗湄联〔2021〕1号”），请填写。"
    if not minutes.items:
        yield "没有读出议定事项：请在“议定事项”标题下按（一）（二）或 1. 2. 分条写。"
    if number > MOST_ITEMS:
        yield f"议定事项超过 {MOST_ITEMS} 条，只读前 {MOST_ITEMS} 条。"
