"""From a document to its scheme: every other module of the engine has its turn here, in order."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from shanhai.engines.clauses import units
from shanhai.engines.clauses.annexes import closings
from shanhai.engines.clauses.flags import Findings, raise_flags
from shanhai.engines.clauses.front import read_front
from shanhai.engines.clauses.headings import RANKS, THIRD, Marker, accepted, heading_of
from shanhai.engines.clauses.layout import Flow, flow_of
from shanhai.engines.clauses.lists import UnitList, find_lists
from shanhai.engines.clauses.model import Duty, KnownUnit, Role, Scheme, Section, SourceDocument
from shanhai.engines.clauses.phrases import Mention, PhraseReader
from shanhai.engines.clauses.tables import TableRow, TaskTables, find_tables

ROW_RANK = max(RANKS.values()) + 1
MIN_ROW = 3  # items that may share the list after the last of them


@dataclass(slots=True)
class Node:
    """A clause while the tree grows; offsets are of the flow."""

    start: int
    own_end: int
    rank: int
    path: str | None
    marker: Marker | None = None
    row: TableRow | None = None
    lists: list[UnitList] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)
    parent: "Node | None" = None


def parse(source: SourceDocument | str, units: Sequence[KnownUnit] = ()) -> Scheme:
    """The scheme in a document: its head, its clauses, who owes what, and what a person has to look at.

    Shape: `units` is the register; without one `Duty.unit` is None. Linear in the length of the text.
    """
    text = source.text if isinstance(source, SourceDocument) else source
    return _Assembly(text, units).scheme()


class _Assembly:
    def __init__(self, text: str, known: Sequence[KnownUnit]) -> None:
        self._source = text
        self._flow: Flow = flow_of(text)
        self._register = units.Register(known)
        body = self._flow.text
        annexes = closings(body)
        self._tables: TaskTables = find_tables(body, PhraseReader(body, self._is_registered))
        masked = sorted([*self._tables.spans, *annexes.masked])
        self._markers = accepted(body, masked)
        self._front = read_front(body, self._markers[0].start if self._markers else len(body))
        self._closings = annexes.starts
        self._names = {units.fold(name) for name in self._front.addressees}

    def scheme(self) -> Scheme:
        lists = self._lists()
        nodes = self._nodes()
        roots = self._tree(nodes, lists)
        front = self._front
        findings = Findings(
            self._source, self._flow, self._register, front.addressees, lists, tuple(self._markers)
        )
        return Scheme(
            title=front.title,
            number=front.number,
            issuer=front.issuer,
            date=front.date,
            addressees=front.addressees,
            source_text=self._source,
            sections=tuple(self._section(node) for node in roots),
            duty_lists=len(lists),
            flags=raise_flags(findings),
        )

    def _is_registered(self, name: str) -> bool:
        return self._register.find(name) is not None

    def _is_known(self, name: str) -> bool:
        return units.fold(name) in self._names or self._is_registered(name)

    def _lists(self) -> list[UnitList]:
        spans = self._tables.spans
        starts = [start for start, _ in spans]
        free = []
        for one in find_lists(self._flow.text, [marker.start for marker in self._markers], self._is_known):
            at = bisect_right(starts, one.start) - 1
            if at < 0 or one.start >= spans[at][1]:
                free.append(one)
        rows = [row.units for row in self._tables.rows if row.units is not None]
        return sorted([*free, *rows], key=lambda one: one.start)

    def _nodes(self) -> list[Node]:
        """All clauses and rows in reading order, each with the end of its own part; a closing ends what is
        open.
        """
        cuts: list[tuple[int, Marker | TableRow | None]] = [
            (marker.start, marker) for marker in self._markers
        ]
        cuts += [(row.start, row) for row in self._tables.rows]
        cuts += [(start, None) for start in self._closing_starts()]
        cuts.sort(key=lambda cut: cut[0])
        nodes = []
        for index, (start, what) in enumerate(cuts):
            end = cuts[index + 1][0] if index + 1 < len(cuts) else len(self._flow.text)
            end = start + len(self._flow.text[start:end].rstrip())
            if isinstance(what, Marker):
                nodes.append(Node(start, end, what.rank, None, marker=what))
            elif isinstance(what, TableRow):
                nodes.append(Node(start, what.end, ROW_RANK, None, row=what))
            else:
                nodes.append(Node(start, end, -1, None))
        return nodes

    def _closing_starts(self) -> list[int]:
        signature = self._front.signature
        return [*self._closings, *([signature[0]] if signature is not None else [])]

    def _tree(self, nodes: list[Node], lists: list[UnitList]) -> list[Node]:
        roots: list[Node] = []
        stack: list[Node] = []
        for node in nodes:
            while stack and stack[-1].rank >= node.rank:
                stack.pop()
            if node.rank < 0:
                continue
            node.parent = stack[-1] if stack else None
            node.path = _path(node)
            (stack[-1].children if stack else roots).append(node)
            stack.append(node)
        roots += self._place(nodes, lists)
        return sorted(roots, key=lambda node: node.start)

    def _place(self, nodes: list[Node], lists: list[UnitList]) -> list[Node]:
        """Give every list to the clause it stands in; a list above all clauses makes its paragraph one."""
        starts = [node.start for node in nodes]
        stray: dict[int, Node] = {}
        for one in lists:
            at = bisect_right(starts, one.start) - 1
            if at >= 0 and nodes[at].rank >= 0:
                nodes[at].lists.append(one)
                continue
            begin = self._flow.text.rfind("\n", 0, one.start) + 1
            stop = self._flow.text.find("\n", one.end)
            node = stray.setdefault(
                begin, Node(begin, stop if stop >= 0 else len(self._flow.text), 0, None, marker=None)
            )
            node.lists.append(one)
        self._lift(nodes)
        return list(stray.values())

    def _lift(self, nodes: list[Node]) -> None:
        """Give a list that closes a row of small items to the clause above them.

        Only where it stands on a line of its own after three items or more, and no item of that style
        anywhere in the document has a list of its own: then the items share one list.
        """
        closing = [node for node in nodes if self._closes_row(node)]
        own = {node.marker.style for node in nodes if node.marker and node.lists and node not in closing}
        for node in closing:
            if node.marker is not None and node.parent is not None and node.marker.style not in own:
                node.parent.lists += node.lists
                node.lists = []

    def _closes_row(self, node: Node) -> bool:
        parent = node.parent
        if node.marker is None or node.rank < RANKS[THIRD] or parent is None or len(node.lists) != 1:
            return False
        siblings = parent.children
        if len(siblings) < MIN_ROW or siblings[-1] is not node or parent.lists:
            return False
        one = node.lists[0]
        alone = self._flow.text[one.start - 1] == "\n" and one.end >= node.own_end - 1
        return alone and not any(sibling.lists for sibling in siblings[:-1]) and not node.children

    def _section(self, node: Node) -> Section:
        children = tuple(
            self._section(child) for child in sorted(node.children, key=lambda child: child.start)
        )
        start, end = self._flow.source_span(node.start, node.own_end)
        return Section(
            path=node.path,
            heading=self._heading(node),
            text=self._flow.text[node.start : node.own_end],
            start=start,
            end=max([end, *(child.end for child in children)]),
            duties=tuple(self._duty(mention) for one in node.lists for mention in one.mentions),
            children=children,
        )

    def _heading(self, node: Node) -> str | None:
        if node.row is not None:
            return node.row.heading
        if node.marker is None:
            return None
        stop = min([node.own_end, *(one.start for one in node.lists if one.start >= node.marker.end)])
        return heading_of(self._flow.text[node.marker.end : stop])

    def _duty(self, mention: Mention) -> Duty:
        known = self._register.find(mention.name)
        start, end = self._flow.source_span(mention.start, mention.end)
        return Duty(
            name=mention.name,
            role=Role(mention.role),
            unit=None if known is None else known.name,
            members=known.members if known is not None and known.members else None,
            start=start,
            end=end,
        )


def _path(node: Node) -> str | None:
    parent = (node.parent.path or "") if node.parent is not None else ""
    if node.row is not None:
        return f"{parent}表{node.row.table}第{node.row.row}行"
    return None if node.marker is None else parent + node.marker.written
