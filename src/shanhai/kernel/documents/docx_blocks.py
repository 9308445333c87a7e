"""The blocks of a document as Word elements: paragraphs, lists, tables with repeated heads, signatures."""

from collections.abc import Iterator

from shanhai.kernel.documents.docx_xml import (
    Element,
    Idents,
    blank,
    el,
    face_properties,
    inline,
    mm_twips,
    paragraph,
    rule,
    run,
    twips,
    val,
)
from shanhai.kernel.documents.layout import (
    BODY,
    CAPTION,
    CELL,
    CELL_PADDING,
    FLUSH,
    HEITI,
    NOTE,
    ROW_PITCH,
    Face,
    Grid,
    Page,
    heading_style,
    signature_indents,
    table_grid,
    unit_mark,
)
from shanhai.kernel.documents.model import (
    Align,
    Block,
    Column,
    Heading,
    Line,
    List,
    Paragraph,
    Row,
    Signature,
    Table,
    chinese_date,
)


class Blocks:
    """Builds the elements of blocks for one page; content controls are numbered through."""

    def __init__(self, page: Page, idents: Idents | None = None) -> None:
        self.page = page
        self.idents = idents or Idents()

    def elements(self, block: Block) -> Iterator[Element]:
        match block:
            case Heading():
                keep = el("w:keepNext")
                yield paragraph(heading_style(block), inline(block.line, self.idents), keep)
            case Paragraph():
                yield paragraph(FLUSH if block.is_flush else BODY, inline(block.line, self.idents))
            case List():
                for index, item in enumerate(block.items, start=1):
                    yield self._item(f"{index}. " if block.is_ordered else "· ", item)
            case Table():
                yield from self.table(block)
            case Signature():
                yield from self._signature(block)

    def table(self, table: Table) -> Iterator[Element]:
        grid = table_grid(table, self.page)
        if table.caption:
            yield paragraph(CAPTION, inline(table.caption, self.idents), el("w:keepNext"))
        yield self._grid(table, grid)
        for note in table.notes:
            yield paragraph(NOTE, inline(note, self.idents))
        # Word joins two tables that touch, and the text below would stick to the last line.
        yield paragraph(NOTE, ())

    def _item(self, mark: str, item: Line) -> Element:
        return paragraph(BODY, [run(mark), *inline(item, self.idents)])

    def _signature(self, signature: Signature) -> Iterator[Element]:
        day = chinese_date(signature.signed_on)
        indents, last = signature_indents(signature.signers, day)
        yield from (blank(FLUSH), blank(FLUSH))
        for words, right in (*zip(signature.signers, indents, strict=True), (day, last)):
            place = el("w:ind", {"w:rightChars": round(right * 100), "w:right": twips(right * FLUSH.size)})
            yield paragraph(FLUSH, [run(words)], el("w:keepLines"), place, val("w:jc", "right"))

    def _grid(self, table: Table, grid: Grid) -> Element:
        widths = [mm_twips(width) for width in grid.widths]
        columns = [el("w:gridCol", {"w:w": width}) for width in widths]
        head = self._head(table, grid, widths)
        rows = [self._row(table, row, grid, widths) for row in table.rows]
        return el("w:tbl", None, _table_properties(sum(widths)), el("w:tblGrid", None, *columns), head, *rows)

    def _head(self, table: Table, grid: Grid, widths: list[int]) -> Element:
        properties = face_properties(HEITI, grid.size)
        cells = []
        for column, width in zip(table.columns, widths, strict=True):
            runs = [*inline(column.title, self.idents, properties=properties), *_unit(column, grid)]
            cells.append(_cell(runs, width, Align.CENTER, grid))
        return el("w:tr", None, el("w:trPr", None, el("w:cantSplit"), el("w:tblHeader")), *cells)

    def _row(self, table: Table, row: Row, grid: Grid, widths: list[int]) -> Element:
        face: Face = HEITI if row.is_total else CELL.face
        cells = []
        for column, width, line in zip(table.columns, widths, row.cells, strict=True):
            runs = inline(line, self.idents, column.unit, face_properties(face, grid.size))
            cells.append(_cell(list(runs), width, column.align, grid))
        return el("w:tr", None, el("w:trPr", None, el("w:cantSplit")), *cells)


def _unit(column: Column, grid: Grid) -> Iterator[Element]:
    if column.unit:
        yield run(unit_mark(column.unit), *face_properties(HEITI, grid.size))


def _cell(runs: list[Element], width: int, align: Align, grid: Grid) -> Element:
    # Centred on the cell; Word wants the properties in this order.
    properties = el("w:tcPr", None, el("w:tcW", {"w:w": width, "w:type": "dxa"}), val("w:vAlign", "center"))
    pitch = el(
        "w:spacing",
        {"w:before": 40, "w:after": 40, "w:line": twips(grid.size * ROW_PITCH), "w:lineRule": "exact"},
    )
    return el("w:tc", None, properties, paragraph(CELL, runs, pitch, val("w:jc", align.value)))


def _table_properties(width: int) -> Element:
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    margins = [
        el(f"w:{side}", {"w:w": twips(CELL_PADDING / 2), "w:type": "dxa"}) for side in ("left", "right")
    ]
    return el(
        "w:tblPr",
        None,
        el("w:tblW", {"w:w": width, "w:type": "dxa"}),
        val("w:jc", "center"),
        el("w:tblBorders", None, *(rule(edge, 0.5) for edge in edges)),
        el("w:tblLayout", {"w:type": "fixed"}),
        el("w:tblCellMar", None, *margins),
    )
