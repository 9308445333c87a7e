"""Tables of tasks: a head row that names a column of units, and the rows under it.

A table reaches this module as lines whose cells are parted by tabs (Word), bars, or runs of spaces.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from shanhai.engines.clauses import words
from shanhai.engines.clauses.layout import GAP, is_row
from shanhai.engines.clauses.lists import UnitList
from shanhai.engines.clauses.phrases import Mention, PhraseReader, label_kind

UNIT_KINDS = (words.LEAD, words.SUPPORT, words.PLAIN)
TASK_WORDS = ("任务", "事项", "内容", "措施", "项目", "工作", "指标", "举措")
NUMBER_COLUMNS = ("序号", "编号", "类别", "分类", "名称")
MAX_HEAD_CELL = 16
MAX_GAP_PARAGRAPHS = 2  # rows that span the whole table (一、…) come as lines without cells
PARAGRAPH = re.compile(r"[^\n]+")
RULE = re.compile(r"[\s|:\-—─┼+]+")
MAX_HEADING = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's span in the flow and its text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row that holds a task: its place in the flow, in which table and row it stands, and its units."""

    start: int
    end: int
    table: int
    row: int
    heading: str | None
    units: UnitList | None


@dataclass(slots=True)
class TaskTables:
    """All task tables of a text: the rows, and the spans (head rows included) where nothing else is to be
    sought.
    """

    rows: list[TableRow] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)


def find_tables(text: str, reader: PhraseReader) -> TaskTables:
    """The task tables of the rejoined text, in one pass."""
    found = TaskTables()
    kinds: list[str | None] = []
    titles: list[str] = []  # a head row is printed again on every page, or takes two rows
    table = row = missed = 0
    for paragraph in PARAGRAPH.finditer(text):
        if not is_row(paragraph.group()) and not (kinds and "\t" in paragraph.group()):
            missed += 1
            kinds = [] if missed > MAX_GAP_PARAGRAPHS else kinds
            continue
        missed = 0
        cells = list(_cells(paragraph.start(), paragraph.group()))
        head = _head(cells)
        if head:
            again = [cell.text for cell in cells] == titles or (kinds and row == 0)
            table, row = (table, row) if again else (table + 1, 0)
            kinds, titles = head, [cell.text for cell in cells]
        elif kinds and RULE.fullmatch(paragraph.group()) is None and len(cells) == len(kinds):
            row += 1
            found.rows.append(_row(cells, kinds, reader, (table, row)))
        elif not kinds:
            continue
        found.spans.append(paragraph.span())
    return found


def _cells(start: int, text: str) -> Iterator[Cell]:
    separator = r"\t" if "\t" in text else r"\|" if text.count("|") > 1 else GAP.pattern
    at = len(text) - len(text.lstrip(" |")) if separator == r"\|" else 0
    stop = len(text.rstrip(" |")) if separator == r"\|" else len(text)
    cuts = [found.span() for found in re.finditer(separator, text) if at <= found.start() < stop]
    for left, right in [*cuts, (stop, stop)]:
        body = text[at:left]
        first = start + at + len(body) - len(body.lstrip())
        yield Cell(first, first + len(body.strip()), body.strip())
        at = right


def _head(cells: list[Cell]) -> list[str | None]:
    """What each column holds if the cells are a head row with a column of units, else nothing."""
    if len(cells) < len(UNIT_KINDS) - 1 or any(len(cell.text) > MAX_HEAD_CELL for cell in cells):
        return []
    kinds = [_column(cell.text.replace(" ", "")) for cell in cells]
    columns = [kind for kind in kinds if kind in UNIT_KINDS]
    tasks = "task" in kinds or len(columns) > 1 or cells[0].text.replace(" ", "") in NUMBER_COLUMNS
    return kinds if columns and tasks else []


def _column(text: str) -> str | None:
    kind = label_kind(text)
    if kind in UNIT_KINDS or kind == words.PERSON:
        return kind
    return "task" if any(word in text for word in TASK_WORDS) else None


def _row(cells: list[Cell], kinds: list[str | None], reader: PhraseReader, at: tuple[int, int]) -> TableRow:
    mentions: list[Mention] = []
    for cell, kind in zip(cells, kinds, strict=True):
        if kind in UNIT_KINDS and kind is not None:
            for part in reader.labelled(cell.start, cell.end, kind):
                if part.kind in UNIT_KINDS:
                    mentions += reader.mentions(part.start, part.end, part.kind)
    start, end = cells[0].start, cells[-1].end
    start = min(cell.start for cell in cells if cell.text) if any(cell.text for cell in cells) else start
    units = UnitList(start, end, tuple(mentions)).resolved() if mentions else None
    return TableRow(start, end, *at, _task(cells, kinds), units)


def _task(cells: list[Cell], kinds: list[str | None]) -> str | None:
    tasks = [cell.text for cell, kind in zip(cells, kinds, strict=True) if kind == "task" and cell.text]
    if not tasks:
        return None
    heading = re.split(
        "[。；;]", tasks[-1 if len(tasks) > 1 and len(tasks[-1]) <= MAX_HEADING else 0], maxsplit=1
    )[0]
    return (
        heading if len(heading) <= MAX_HEADING else re.split("[，,：:]", heading, maxsplit=1)[0][:MAX_HEADING]
    )
