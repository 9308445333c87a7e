"""Headings of a table with what stands below them, so that a person can say what each of them means."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from shanhai.kernel.sheets.archives import Limits
from shanhai.kernel.sheets.forms import Claim, SheetForm, claim
from shanhai.kernel.sheets.furniture import OWN_SHEETS
from shanhai.kernel.sheets.headers import (
    HEADER_SEARCH_ROWS,
    Layout,
    find_layout,
    folded_heading,
    heading_texts,
)
from shanhai.kernel.sheets.opening import RawSheet, Row, open_book
from shanhai.kernel.sheets.texts import tidy

_DEFAULT_LIMITS = Limits()
_ROWS_LOOKED_AT = 40
_MOST_SAMPLES, _LONGEST_SAMPLE = 3, 24
_FEWEST_HEADINGS = 2
_LONGEST_HEADING = 40
#: A row with such a text holds somebody's number and is no heading.
_NUMBERED = re.compile(r"\d{6}")


@dataclass(frozen=True, slots=True)
class Outline:
    """One sheet from above.

    Shape: `samples` are the first different texts below each heading, by position from 0.
    """

    layout: Layout
    samples: dict[int, tuple[str, ...]]


def outline_tables(
    source: bytes | Path, forms: Sequence[SheetForm], limits: Limits = _DEFAULT_LIMITS
) -> dict[int, list[Outline]]:
    """The sheets a reading would look at, by the number of their form; see `reading.read_tables`.

    Shape: those with all required columns, else the likeliest one of the first form, and of another form a
    sheet of that name.
    Errors: SheetRefused as `read_tables`, except that no column needs to be there.
    """
    with open_book(source, limits) as book:
        found = [one for sheet in book.sheets for one in _outlined(sheet, forms)]
    is_named = any(claimed is not None and claimed.form and claimed.is_named for claimed, _ in found)
    outlines = {0: _of_first(found, forms[0], is_named=is_named)}
    for number, form in enumerate(forms[1:], 1):
        outlines[number] = [
            outline
            for claimed, outline in found
            if claimed is not None
            and claimed.form == number
            and (claimed.is_whole or form.is_named(outline.layout.sheet))
            and (claimed.is_named or outlines[0])
        ]
    return {number: its for number, its in outlines.items() if its}


type Found = Sequence[tuple[Claim | None, Outline]]


def _of_first(found: Found, form: SheetForm, *, is_named: bool) -> list[Outline]:
    ours = [(claimed, outline) for claimed, outline in found if claimed is None or claimed.form == 0]
    if whole := [outline for claimed, outline in ours if claimed is not None and claimed.is_whole]:
        return whole
    likely = [
        outline
        for claimed, outline in ours
        if not is_named or (claimed is not None and form.is_half(outline.layout))
    ]
    return sorted(likely, key=lambda one: -len(one.layout.places))[:1]


def _outlined(sheet: RawSheet, forms: Sequence[SheetForm]) -> Iterator[tuple[Claim | None, Outline]]:
    """A sheet as what it is, and as the first form where it is another by its heading only."""
    if sheet.name in OWN_SHEETS:
        return
    top = sheet.grid.top(HEADER_SEARCH_ROWS + _ROWS_LOOKED_AT)
    claimed = claim(sheet.name, top[: HEADER_SEARCH_ROWS + 1], forms)
    if claimed is not None:
        yield claimed, _outline(claimed.layout, top)
    if claimed is None or (claimed.form and not claimed.is_named):
        layout = find_layout(sheet.name, top[: HEADER_SEARCH_ROWS + 1], forms[0].columns)
        if likely := layout or _likely(sheet.name, top):
            yield None, _outline(likely, top)


def _outline(layout: Layout, top: Sequence[Row]) -> Outline:
    return Outline(layout, dict(_samples(layout, top[layout.header_row :])))


def _likely(sheet: str, top: Sequence[Row]) -> Layout | None:
    """The first row with the most headings, where not one of ours is among them."""
    rows = [heading_texts(row) for row in top[:HEADER_SEARCH_ROWS]]
    fullest = max((len(texts) for texts in rows if _may_be_heading(texts)), default=0)
    for number, texts in enumerate(rows, 1):
        if len(texts) == fullest and _may_be_heading(texts):
            return Layout(sheet, number, {}, texts, tuple(texts))
    return None


def _may_be_heading(texts: dict[int, str]) -> bool:
    short = all(len(text) <= _LONGEST_HEADING and not _NUMBERED.search(text) for text in texts.values())
    return short and len(set(texts.values())) == len(texts) >= _FEWEST_HEADINGS


def _samples(layout: Layout, rows: Sequence[Row]) -> Iterator[tuple[int, tuple[str, ...]]]:
    for place in layout.headings:
        texts = (tidy(str(row[place])) for row in rows if place < len(row) and row[place] is not None)
        distinct = dict.fromkeys(text[:_LONGEST_SAMPLE] for text in texts if text)
        yield place, tuple(islice(distinct, _MOST_SAMPLES))


def fingerprint(layouts: Iterable[Layout]) -> str:
    """The same for two tables with the same headings, in whatever order they stand."""
    headings = {folded_heading(text) for layout in layouts for text in layout.headings.values()}
    return hashlib.sha256("\n".join(sorted(headings)).encode()).hexdigest()
