"""The text of PDF pages, ruled tables row by row.

A PDF has no tables, only words and lines: read as it comes, the words of a row are torn apart wherever a cell
takes two lines. Where ruled lines make a grid whose head names responsible units, the words are read cell by
cell; all other pages are read as they come.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
import pypdfium2.raw

from shanhai.engines.clauses import units, words
from shanhai.engines.clauses.phrases import label_kind

THIN = 3.0  # points; a ruled line is drawn as a path or box no thicker than this
LONG = 8.0
NEAR = 4.0
MIN_LINES = 2  # across the page; one row has two
MAX_LINES = 2000  # a drawing, not a table
UNIT_KINDS = (words.LEAD, words.SUPPORT, words.PLAIN)


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line: where it stands across its direction, and from where to where it runs."""

    at: float
    start: float
    end: float

    def covers(self, at: float, place: float) -> bool:
        """Whether it is the line at `at` and runs past `place`."""
        return abs(self.at - at) <= NEAR and self.start - NEAR <= place <= self.end + NEAR


def pages_text(document: pypdfium2.PdfDocument) -> list[str]:
    """The text of every page; rows of a table of tasks as lines whose cells are parted by tabs."""
    texts: list[str] = []
    columns = 0
    for number in range(len(document)):
        page = document[number]
        text_page = page.get_textpage()
        try:
            text, columns = _page_text(page, text_page, columns)
        finally:
            text_page.close()
            page.close()
        texts.append(text)
    return texts


def _page_text(page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage, columns: int) -> tuple[str, int]:
    """The text of one page, and how many columns its last table has; `columns` is that of the page before.

    A table that goes on over the page seldom prints its head again.
    """
    across, down = _rules(page)
    parts: list[str] = []
    right, top = page.get_size()
    ceiling = top
    for ys in _tables(across, down) if MIN_LINES <= len(across) <= MAX_LINES else ():
        rows = _rows(text_page, ys, across, down)
        width = max(map(len, rows))
        if width > 1 and (width == columns or _names_units(rows)):
            parts.append(_clean(text_page.get_text_bounded(0, ys[0], right, ceiling)))
            parts += ["\t".join(row) for row in rows]
            columns, ceiling = width, ys[-1]
    if ceiling == top:
        return _clean(text_page.get_text_range()), 0
    parts.append(_clean(text_page.get_text_bounded(0, 0, right, ceiling)))
    return "\n".join(part.strip("\r\n") for part in parts), columns


def _clean(text: str) -> str:
    return text.replace("\ufffe", "").replace("\x02", "")


def _rules(page: pypdfium2.PdfPage) -> tuple[list[Rule], list[Rule]]:
    """The lines across and the lines down the page; a box counts as its four sides."""
    across: list[Rule] = []
    down: list[Rule] = []
    for drawn in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = drawn.get_bounds()
        wide, high = right - left, top - bottom
        if high <= THIN < LONG <= wide:
            across.append(Rule((bottom + top) / 2, left, right))
        elif wide <= THIN < LONG <= high:
            down.append(Rule((left + right) / 2, bottom, top))
        elif wide >= LONG and high >= LONG:
            across += [Rule(bottom, left, right), Rule(top, left, right)]
            down += [Rule(left, bottom, top), Rule(right, bottom, top)]
    return across, down


def _places(rules: Sequence[Rule]) -> list[float]:
    """Where lines stand, those that nearly coincide taken for one."""
    found: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not found or at - found[-1] > NEAR:
            found.append(at)
    return found


def _tables(across: list[Rule], down: list[Rule]) -> Iterator[list[float]]:
    """The heights of the lines of each table, from top to bottom: between them lines run down."""
    current: list[float] = []
    for at in reversed(_places(across)):
        if current and not any(
            rule.start - NEAR <= (current[-1] + at) / 2 <= rule.end + NEAR for rule in down
        ):
            if len(current) >= MIN_LINES:
                yield current
            current = []
        current.append(at)
    if len(current) >= MIN_LINES:
        yield current


def _rows(
    text_page: pypdfium2.PdfTextPage, ys: list[float], across: list[Rule], down: list[Rule]
) -> list[list[str]]:
    """The cells of every row; a cell that spans rows is in each of them, one that spans columns once."""
    inside = [rule for rule in down if rule.end > ys[-1] and rule.start < ys[0]]
    xs = _places(inside)
    columns = list(pairwise(xs))
    above: list[tuple[float, ...]] = []
    boxes: list[list[tuple[float, ...]]] = []
    for top, bottom in pairwise(ys):
        row: list[tuple[float, ...]] = []
        for index, (left, right) in enumerate(columns):
            middle, centre = (top + bottom) / 2, (left + right) / 2
            if row and not any(rule.covers(left, middle) for rule in inside):
                row.append((row[-1][0], bottom, right, row[-1][3]))
                row = [row[-1] if box[0] == row[-1][0] else box for box in row]
            elif above and not any(rule.covers(top, centre) for rule in across):
                row.append((left, bottom, right, above[index][3]))
            else:
                row.append((left, bottom, right, top))
        above = row
        boxes.append(row)
    return [[_cell(text_page, box) for box in dict.fromkeys(row)] for row in _spread(boxes)]


def _spread(boxes: list[list[tuple[float, ...]]]) -> list[list[tuple[float, ...]]]:
    """Every cell with its full height in all the rows it spans."""
    for lower, upper in pairwise(reversed(boxes)):
        for index, box in enumerate(lower):
            if upper[index][3] == box[3] and upper[index][0] == box[0]:
                upper[index] = box
    return boxes


def _cell(text_page: pypdfium2.PdfTextPage, box: tuple[float, ...]) -> str:
    """The words of a cell on one line; lines are joined without a blank, names of bodies with one."""
    lines = [line.strip() for line in _clean(text_page.get_text_bounded(*box)).splitlines()]
    text = ""
    for line in filter(None, lines):
        last, first = text.rpartition("、")[2], line.partition("、")[0]
        own = first[:1] in (*words.LEVEL_CHARACTERS, "各")
        text += (" " if own and units.is_body(last) and units.is_unit(first) else "") + line
    return text.replace("\t", " ")


def _names_units(rows: list[list[str]]) -> bool:
    """Whether one of the first two rows is a head with a column of responsible units."""
    return any(label_kind(cell.replace(" ", "")) in UNIT_KINDS for row in rows[:2] for cell in row)
