"""Which form of table each sheet of a file has: told by its name, else by its heading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shanhai.kernel.sheets.columns import SheetColumn
from shanhai.kernel.sheets.headers import Layout, find_layout
from shanhai.kernel.sheets.opening import Row
from shanhai.kernel.sheets.problems import SheetRefused
from shanhai.kernel.sheets.styles import sheet_name


@dataclass(frozen=True, slots=True)
class SheetForm:
    """A table that a sheet may hold.

    Shape: `titles` are what its sheet is called in our own workbooks, in every language; with the column
    `key` a sheet may lack required ones: its rows are known.
    """

    columns: tuple[SheetColumn, ...]
    titles: tuple[str, ...] = ()
    key: str = ""

    def is_whole(self, layout: Layout) -> bool:
        return self.key in layout.places or not layout.missing(self.columns)

    def is_half(self, layout: Layout) -> bool:
        """Whether a sheet was likely meant to be this, going by its heading."""
        required = sum(column.required for column in self.columns)
        return 2 * (required - len(layout.missing(self.columns))) >= required

    def is_named(self, sheet: str) -> bool:
        return any(sheet == sheet_name(title) for title in self.titles)

    def is_continued(self, sheet: str) -> bool:
        """人员, and 人员2 or 人员·第二批 as well."""
        return any(sheet.startswith(sheet_name(title)) for title in self.titles)


@dataclass(frozen=True, slots=True)
class Claim:
    """A sheet with the form it has; `form` counts from 0. Not every column that is required need be there."""

    form: int
    layout: Layout
    is_whole: bool
    #: Whether the name of the sheet says so, and not only its heading.
    is_named: bool


def claim(sheet: str, top: Sequence[Row], forms: Sequence[SheetForm]) -> Claim | None:
    """The form of a sheet, going by its first rows. The first form is what the file was sent for.

    Errors: SheetRefused as `find_layout`, for the form the sheet would have.
    """
    claims: list[Claim] = []
    refusals: dict[int, SheetRefused] = {}
    others = any(form.is_continued(sheet) for form in forms[1:])
    for number, form in enumerate(forms):
        try:
            layout = find_layout(sheet, top, form.columns)
        except SheetRefused as refused:
            refusals[number] = refused
            continue
        if layout is not None:
            claims.append(Claim(number, layout, form.is_whole(layout), form.is_continued(sheet)))
            if number == 0 and form.is_whole(layout) and not layout.unknown and not others:
                break
    return _chosen(sheet, claims, refusals, forms)


def _chosen(
    sheet: str, claims: Sequence[Claim], refusals: Mapping[int, SheetRefused], forms: Sequence[SheetForm]
) -> Claim | None:
    whole = (one for one in claims if one.is_whole)
    best = max(whole, key=lambda one: (one.is_named, len(one.layout.places), -one.form), default=None)
    if best is not None and best.is_named:
        return best
    for number, refused in refusals.items():
        if number == 0 or forms[number].is_named(sheet):
            raise refused
    if named := next((one for one in claims if forms[one.form].is_named(sheet)), None):
        return named  # what its name says, though its heading lacks something
    ours = next((one for one in claims if one.form == 0), None)
    if best is not None and (ours is None or ours.is_whole or _holds_more(best, ours)):
        return best
    return ours


def _holds_more(one: Claim, other: Claim) -> bool:
    return len(one.layout.places) > len(other.layout.places)
