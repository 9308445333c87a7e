"""What a person has to look at: doubts with their place in the source and the reason in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shanhai.engines.clauses import units
from shanhai.engines.clauses.headings import Marker
from shanhai.engines.clauses.layout import Flow
from shanhai.engines.clauses.lists import UnitList
from shanhai.engines.clauses.model import Flag, FlagKind
from shanhai.engines.clauses.words import CLOSERS, EXACT_CLOSER

CONTEXT = 8
SPECIFIC_SHARE = 0.5  # a list of addressees that names mostly groups says nothing about single units
MAX_HINTS = 3


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the flags are drawn from."""

    source: str
    flow: Flow
    register: units.Register
    addressees: tuple[str, ...]
    lists: list[UnitList]
    markers: tuple[Marker, ...]


def raise_flags(findings: Findings) -> tuple[Flag, ...]:
    """Every doubt about a document, in the order of its text."""
    drawer = _Drawer(findings)
    flags = [*drawer.broken_lines(), *drawer.brackets(), *drawer.unclosed(), *drawer.names()]
    return tuple(sorted(flags, key=lambda flag: (flag.start, flag.end, flag.kind)))


class _Drawer:
    def __init__(self, findings: Findings) -> None:
        self._f = findings
        self._addressees = {units.fold(name) for name in findings.addressees}
        self._authoritative = _names_units(findings.addressees)
        self._first: dict[str, tuple[int, int]] = {}
        for one in findings.lists:
            for mention in one.mentions:
                self._first.setdefault(units.fold(mention.name), (mention.start, mention.end))

    def _flag(self, kind: FlagKind, span: tuple[int, int], reason: str) -> Flag:
        start, end = self._f.flow.source_span(*span)
        return Flag(kind, start, end, self._f.source[start:end], reason)

    def broken_lines(self) -> Iterator[Flag]:
        length = len(self._f.flow.text)
        for at in self._f.flow.breaks:
            span = (max(at - CONTEXT, 0), min(at + CONTEXT, length))
            yield self._flag(FlagKind.BROKEN_LINE, span, "一句话在换页或换行处断开，已接上，请核对是否接对。")

    def brackets(self) -> Iterator[Flag]:
        for one in self._f.lists:
            if one.mismatched:
                reason = "名单的左右括号不配对（全角半角混用、种类不同，或多一个少一个），请核对名单的起止。"
                yield self._flag(FlagKind.BRACKET_MISMATCH, (one.start, one.end), reason)
        for marker in self._f.markers:
            written = self._f.flow.text[marker.start : marker.end].rstrip("、")
            opener, closer = written[:1], written[-1:]
            if opener in EXACT_CLOSER and closer in CLOSERS and EXACT_CLOSER[opener] != closer:
                yield self._flag(
                    FlagKind.BRACKET_MISMATCH, (marker.start, marker.end), "序号的左右括号不配对。"
                )

    def unclosed(self) -> Iterator[Flag]:
        for one in self._f.lists:
            if not one.closed or one.cut:
                reason = "责任单位名单没有写完或缺右括号，后面可能还有单位，请对照原件补全。"
                yield self._flag(FlagKind.UNCLOSED_LIST, (one.start, one.end), reason)

    def names(self) -> Iterator[Flag]:
        suspected: set[str] = set()
        for suspicion in self._suspicions():
            suspected |= {suspicion.first, suspicion.second}
            name, other = suspicion.first, suspicion.second
            if name not in self._first:
                name, other = other, name
            reason = f"“{name}”与“{other}”疑为同一单位：{suspicion.reason}。请确认，确认前不合并。"
            yield self._flag(FlagKind.ALIAS, self._first[name], reason)
        for name, span in self._first.items():
            if units.is_group(name):
                known = self._f.register.find(name)
                if known is None or not known.members:
                    yield self._flag(
                        FlagKind.GROUP, span, f"“{name}”是一组单位，不知道包括哪些，请展开或指定。"
                    )
            elif name not in suspected and self._unknown(name):
                yield self._flag(FlagKind.UNKNOWN_UNIT, span, self._why_unknown(name))

    def _suspicions(self) -> Iterable[units.Suspicion]:
        listed = [self._f.addressees, *([mention.name for mention in one.mentions] for one in self._f.lists)]
        for suspicion in units.suspected_aliases(listed):
            known = [self._f.register.find(name) for name in (suspicion.first, suspicion.second)]
            in_duties = suspicion.first in self._first or suspicion.second in self._first
            if in_duties and (known[0] is None or known[1] is None):
                yield suspicion

    def _unknown(self, name: str) -> bool:
        if self._f.register.find(name) is not None:
            return False
        if not self._f.register and not self._authoritative:
            return False
        return name not in self._addressees

    def _why_unknown(self, name: str) -> str:
        where = "主送单位和单位登记" if self._f.register else "主送单位"
        near = [known for known in self._f.register.names() if units.alias_reason(name, known)][:MAX_HINTS]
        hint = f"是否为“{'”“'.join(near)}”？" if near else "请核对名称，或先在单位登记中增加。"
        return f"“{name}”不在{where}之中。{hint}"


def _names_units(addressees: tuple[str, ...]) -> bool:
    specific = [name for name in addressees if not units.is_group(name)]
    return bool(specific) and len(specific) >= len(addressees) * SPECIFIC_SHARE
