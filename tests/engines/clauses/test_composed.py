"""Documents composed from every heading style, list style and damage give back exactly what was composed."""

import unicodedata
from dataclasses import dataclass, field

from hypothesis import assume, given, note, settings
from hypothesis import strategies as st

from shanhai.engines.clauses import FlagKind, Section, parse

NUMERALS = "一二三四五六七八九十"
HEADINGS = [
    "总体要求",
    "主要任务",
    "改造老茶园",
    "培育经营主体",
    "加强劳务协作",
    "推进“一村一品”建设",
    "完善三级物流体系",
    "优化服务（含远程）环节",
    "坚持规划先行，分步推进项目建设",
    "管好用好资金、资产、资源",
]
SENTENCES = [
    "到2025年，改造低产茶园1.5万亩，建成标准化加工厂12个，带动农户增收。",
    "支持返乡人员创办小微企业，按规定给予一次性补贴（每户不超过5000元），并落实贷款贴息。",
    "依据《关于做好协作工作的意见》（某发〔2021〕7号），两地每年至少会商一次，研究一、二、三产业融合的办法。",
    "各镇（街道）要建立台账，逐村逐户摸清底数，做到底数清、情况明、责任实、措施准、效果好。",
    "坚持市场运作；坚持因地制宜；坚持群众自愿，不搞一刀切，不增加基层负担。",
    "联合举办产品推介会（展销会、洽谈会），打通从田头到餐桌的最后一公里，让好山好水出好价钱。",
]
UNITS = [
    "县农业农村局",
    "县财政局",
    "区发展和改革局",
    "县住房和城乡建设局",
    "驻村工作组",
    "县委网信办",
    "团县委",
    "县红十字会",
    "市医疗保障局某县分局",
    "县工商联",
    "各镇（街道）",
    "各县（市、区）人民政府",
    "县供销社",
    "某某产业园管委会",
    "人民银行某县支行",
]


@dataclass(repr=False)
class Clause:
    marker: str
    heading: str
    run_in: bool
    body: str
    lists: int
    listing: str
    duties: list[tuple[str, str]]
    children: list["Clause"] = field(default_factory=list)


@dataclass(repr=False)
class Composed:
    text: str
    clauses: list[Clause]
    mismatched: int
    cut: bool


def number(style: str, value: int, wide: bool) -> str:
    opening, closing = "（）" if wide else "()"
    return {
        "章": f"第{NUMERALS[value - 1]}章　",
        "一、": f"{NUMERALS[value - 1]}、",
        "（一）": f"{opening}{NUMERALS[value - 1]}{closing}",
        "1.": f"{value}．" if wide else f"{value}.",
        "1、": f"{value}、",
        "（1）": f"{opening}{value}{closing}",
        "①": chr(ord("①") + value - 1),
        "条": f"第{NUMERALS[value - 1]}条　",
        "部分": f"第{NUMERALS[value - 1]}部分　",
    }[style]


LIST_STYLES = [
    ("（{all}）", "first"),
    ("({all})", "first"),
    ("（{all}负责）", "first"),
    ("（{all}等按职责分工负责）", "first"),
    ("（{first}牵头，{rest}按职责分工负责）", "first"),
    ("（{first}牵头，{rest}配合）", "first"),
    ("（{first}会同{rest}负责）", "first"),
    ("（牵头单位：{first}，配合单位：{rest}）", "first"),
    ("(责任领导:某某;牵头单位:{first};责任单位:{rest})", "first"),
    ("（{first}（牵头）、{rest}）", "first"),
    ("（责任单位：{all}；完成时限：2021年12月）", "first"),
    ("（{all}；2021年12月底前）", "first"),
    ("（主责单位：{first}　配合部门：{rest}）", "first"),
    ("［责任单位：{all}］", "first"),
    ("【牵头单位：{first}；协办单位：{rest}；完成时限：2021年12月底前】", "first"),
    ("\n责任单位：{all}", "line"),
    ("\n牵头单位：{first}\n责任单位：{rest}", "line"),
    ("\n责任领导：某某\n责任单位：{all}\n完成时限：2021年底", "line"),
    ("\n（责任部门：{all}）", "own"),
]
SWAPPED = {"）": ")", ")": "）", "］": "]", "】": "]"}
STYLE_SETS = [
    ["一、", "（一）"],
    ["一、", "（一）", "1."],
    ["一、", "（一）", "1.", "（1）"],
    ["一、", "（一）", "1、", "（1）", "①"],
    ["章", "一、", "（一）"],
    ["一、", "1."],
    ["一、", "1.", "（1）"],
    ["章", "条", "（一）"],
    ["部分", "一、", "（一）"],
    ["条", "（一）"],
]


@dataclass
class Listed:
    """A list as it is written, and what it says."""

    written: str
    kind: str
    duties: list[tuple[str, str]]


@st.composite
def listings(draw: st.DrawFn, inline: bool = False) -> Listed:
    names = draw(st.lists(st.sampled_from(UNITS), min_size=2, max_size=6, unique=True))
    template, kind = draw(
        st.sampled_from([style for style in LIST_STYLES if not inline or style[1] == "first"])
    )
    separator = draw(st.sampled_from(["、", "，"]))
    written = template.format(all=separator.join(names), first=names[0], rest="、".join(names[1:]))
    return Listed(written, kind, [(name, "lead" if name == names[0] else "support") for name in names])


@st.composite
def clauses(draw: st.DrawFn, styles: list[str]) -> list[Clause]:
    found = []
    for value in range(1, draw(st.integers(1, 3)) + 1):
        wide = draw(st.booleans())
        body = "".join(draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3)))
        lists = [draw(listings())] if draw(st.booleans()) else []
        if lists and draw(st.booleans()):
            lists.insert(0, draw(listings(inline=True)))
            body += lists[0].written + draw(st.sampled_from(SENTENCES))
        deeper = styles[1:] and draw(st.booleans())
        leaf_parent = bool(deeper) and not lists and draw(st.booleans())
        found.append(
            Clause(
                marker=number(styles[0], value, wide),
                heading=draw(st.sampled_from(HEADINGS)),
                run_in=not leaf_parent,
                body="" if leaf_parent else body,
                lists=len(lists),
                listing=lists[-1].written if lists else "",
                duties=[duty for one in lists for duty in one.duties],
                children=draw(clauses(styles[1:])) if deeper else [],
            )
        )
    return found


@st.composite
def documents(draw: st.DrawFn) -> Composed:
    joined = draw(st.booleans())
    wrapped = not joined and draw(st.booleans())
    roots = draw(clauses(draw(st.sampled_from(STYLE_SETS))))
    damage = _Damage(draw, joined, wrapped)
    paragraphs = [paragraph for root in roots for paragraph in damage.paragraphs(root)]
    text = "".join(damage.separated(paragraphs))
    cut = bool(draw(st.booleans()) and text[-1] in "）)］】" and paragraphs[-1][1])
    text = "某县协作工作实施方案\n" + (text[:-1] if cut else text)
    return Composed(on_lines(text) if wrapped else text, roots, damage.mismatched, cut)


def on_lines(text: str, columns: int = 56) -> str:
    """The text as a page prints it: every paragraph indented, every line broken at the margin."""
    lines = []
    for paragraph in text.split("\n"):
        line, taken = "　　", 4
        for character in paragraph.strip():
            wide = 2 if unicodedata.east_asian_width(character) in "WFA" else 1
            if taken + wide > columns and character not in "，。、；：）":
                lines.append(line)
                line, taken = "", 0
            line += character
            taken += wide
        lines.append(line)
    return "\n".join(lines)


class _Damage:
    def __init__(self, draw: st.DrawFn, joined: bool, wrapped: bool) -> None:
        self._draw = draw
        self._joined = joined
        self._wrapped = wrapped
        self.mismatched = 0

    def paragraphs(self, clause: Clause) -> list[tuple[str, bool]]:
        """Paragraphs of a clause and below it, each with whether it ends in a list in brackets."""
        head = clause.marker + clause.heading + ("。" if clause.run_in else "")
        inline, *lines = clause.listing.split("\n") if clause.listing else [""]
        found = [(head + clause.body + self._swap(inline), bool(inline))]
        found += [(self._swap(line) if line[0] in "（(" else line, line[0] in "（(") for line in lines]
        # a label glued to a name that a page broke is beyond telling
        whole = [self._joined and text.startswith("责任") for text, _ in found]
        found = [
            (text if kept else self._broken(text), bracket)
            for (text, bracket), kept in zip(found, whole, strict=True)
        ]
        return found + [one for child in clause.children for one in self.paragraphs(child)]

    def _swap(self, listing: str) -> str:
        if listing and listing[-1] in SWAPPED and self._draw(st.booleans()):
            self.mismatched += 1
            return listing[:-1] + SWAPPED[listing[-1]]
        return listing

    def _broken(self, text: str) -> str:
        """A page ends somewhere in the paragraph, after one printed line at least."""
        if self._wrapped or len(text) < 40 or not self._draw(st.booleans()):
            return text
        at = self._draw(st.integers(28, len(text) - 2))
        return text[:at] + self._draw(st.sampled_from(["\n", "\n\n", "\n\n- 3 -\n\n", "\n\f\n"])) + text[at:]

    def separated(self, paragraphs: list[tuple[str, bool]]) -> list[str]:
        parts = []
        for text, _ in paragraphs:
            parts.append(text)
            parts.append("" if self._joined else self._draw(st.sampled_from(["\n", "\n\n", "\n　　"])))
        return parts[:-1]


def flat(text: str) -> str:
    return "".join(text.replace("- 3 -", "").split())


def same(source: str, section: Section, clause: Clause) -> None:
    assert section.heading == clause.heading
    own = clause.marker + clause.heading + ("。" if clause.run_in else "") + clause.body
    assert flat(section.text).startswith(flat(own))
    assert [(duty.name, duty.role.value) for duty in section.duties] == clause.duties
    for duty in section.duties:
        assert flat(source[duty.start : duty.end]) == duty.name
    assert len(section.children) == len(clause.children)
    for child, composed in zip(section.children, clause.children, strict=True):
        assert section.start < child.start <= child.end <= section.end
        same(source, child, composed)


def shared(found: list[Clause]) -> bool:
    """Whether only the last of three items has a list, on its own line: that list may be all the items'."""
    last = len(found) > 2 and found[-1].listing.startswith("\n") and not any(one.duties for one in found[:-1])
    return last or any(shared(one.children) for one in found)


def count(found: list[Clause]) -> int:
    return sum(clause.lists + count(clause.children) for clause in found)


@settings(max_examples=200, deadline=None)
@given(documents())
def test_what_was_composed_comes_back(composed: Composed) -> None:
    note(composed.text)
    assume(not shared(composed.clauses))
    scheme = parse(composed.text)
    assert scheme.source_text == composed.text
    assert len(scheme.sections) == len(composed.clauses)
    for section, clause in zip(scheme.sections, composed.clauses, strict=True):
        same(composed.text, section, clause)
    assert scheme.duty_lists == count(composed.clauses)
    kinds = [flag.kind for flag in scheme.flags]
    assert (FlagKind.UNCLOSED_LIST in kinds) == composed.cut
    for flag in scheme.flags:
        assert composed.text[flag.start : flag.end] == flag.text


PARTS = [
    *"（）()【】〔〕《》“”：:；;、，,。\n\t |　０1２①二十第章条县镇局府等各和及商年月★〈〉/-—·a%\x0b\u2028",
    *(
        "责任单位：",
        "牵头单位：",
        "（一）",
        "一、",
        "1.",
        "县财政局",
        "各镇（街道）",
        "关于印发",
        "的通知",
        "附件",
    ),
    *(
        "某府发〔2021〕1号",
        "2021年3月5日",
        "序号\t任务\t责任单位\n",
        "索引号：",
        "等部门",
        "按职责分工负责",
        "抄送",
    ),
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=80).map("".join))
def test_every_text_can_be_read_and_everything_found_stands_in_it(text: str) -> None:
    scheme = parse(text)
    for section in scheme.walk():
        assert 0 <= section.start <= section.end <= len(text)
        assert all(0 <= duty.start < duty.end <= len(text) for duty in section.duties)
    assert all(text[flag.start : flag.end] == flag.text for flag in scheme.flags)


CELLS = {"tabs": ("\t", ""), "bars": (" | ", "|"), "spaces": ("    ", "")}


@dataclass(repr=False)
class Row:
    task: str
    lead: str
    support: list[str]


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, list[Row]]:
    """A table of tasks with its columns in any order, section rows and a head printed again."""
    between, edge = CELLS[draw(st.sampled_from(sorted(CELLS)))]
    columns = draw(st.permutations(["task", "lead", "support", "due"]))
    heads = {"task": "重点任务", "lead": "牵头单位", "support": "配合单位", "due": "完成时限"}
    rows, lines = [], [["序号", *(heads[column] for column in columns)]]
    for value in range(1, draw(st.integers(1, 5)) + 1):
        names = draw(st.lists(st.sampled_from(UNITS), min_size=1, max_size=5, unique=True))
        row = Row(draw(st.sampled_from(HEADINGS)), names[0], names[1:])
        cells = {"task": row.task, "lead": row.lead, "support": "、".join(row.support) or "/", "due": "6月底"}
        rows.append(row)
        lines.append([str(value), *(cells[column] for column in columns)])
        if value == 3 and draw(st.booleans()):
            lines.append(lines[0])
    written = [edge + between.join(line) + edge for line in lines]
    if draw(st.booleans()):
        written.insert(1, "一、第一类任务（共5项）")
    return "某县任务分工表\n" + "\n".join(written) + "\n", rows


@settings(max_examples=100, deadline=None)
@given(tables())
def test_a_table_that_was_composed_comes_back(composed: tuple[str, list[Row]]) -> None:
    text, rows = composed
    note(text)
    scheme = parse(text)
    found = [section for section in scheme.walk() if "表1" in (section.path or "")]
    assert [section.heading for section in found] == [row.task for row in rows]
    assert [{duty.name: duty.role.value for duty in section.duties} for section in found] == [
        {row.lead: "lead", **dict.fromkeys(row.support, "support")} for row in rows
    ]
    assert scheme.duty_lists == len(rows)
