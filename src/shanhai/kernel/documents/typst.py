"""PDF by Typst with fonts that travel with the installation: the page and words of Word, text to extract.

The template `document.typ` is fixed; the document reaches it as JSON. The open fonts have one weight, so
emphasis is a change of face (黑体 → Noto Sans, all others → Noto Serif). What they lack is printed as a box.
"""

import datetime
import json
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pylopdf_fonts_zh_cn
import typst

from shanhai.kernel.documents.layout import (
    BODY,
    CHARACTER_SPACING,
    CHARACTERS,
    FLUSH,
    RED,
    STYLES,
    Grid,
    Page,
    attachment_lines,
    attachment_mark,
    body_and_close,
    cell_suffix,
    chunks,
    heading_style,
    is_whole,
    masthead,
    page_of,
    signature_indents,
    table_grid,
    title_lines,
    unit_mark,
)
from shanhai.kernel.documents.model import (
    Block,
    Document,
    Heading,
    Inline,
    Kind,
    List,
    Number,
    Paragraph,
    Row,
    Signature,
    Table,
    Text,
    chinese_date,
)

#: Figures in the PDF are links to names of this kind; what follows is the bind.
URN = "urn:shanhai:figure:"

type Json = dict[str, Any]


class PdfFailed(RuntimeError):
    """Typst refused the page: a defect of the template, not of the document."""


def write_pdf(document: Document) -> bytes:
    """The document as PDF; equal documents give equal bytes with the same Typst."""
    data = json.dumps(_document(document), ensure_ascii=False)
    return compile_pdf(_template(), data, document.date)


def compile_pdf(template: bytes, data: str, day: datetime.date) -> bytes:
    """A fixed template of ours with `data` (JSON), which it reads as `sys.inputs.document`.

    Errors: PdfFailed.
    """
    moment = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
    compiler = typst.Compiler(input=template, font_paths=_fonts(), sys_inputs={"document": data})
    try:
        pdf = compiler.compile(format="pdf", timestamp=moment)
    except typst.TypstError as error:
        raise PdfFailed(f"PDF 未能生成：{error.message}") from error
    if not isinstance(pdf, bytes):
        raise PdfFailed("PDF 未能生成：没有输出。")
    return pdf


@cache
def _template() -> bytes:
    return resources.files(__package__).joinpath("document.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """Only the fonts of the package: a machine's own fonts would change the bytes."""
    folder = Path(pylopdf_fonts_zh_cn.__file__).parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def _document(document: Document) -> Json:
    page = page_of(document)
    head = masthead(document.head, page)
    body, close = body_and_close(document)
    subtitle = "　".join(filter(None, (document.issuer, document.number, chinese_date(document.date))))
    return {
        "official": document.kind is Kind.BULLETIN,
        "page": {side: getattr(page, side) for side in ("width", "height", "top", "bottom", "left", "right")},
        "styles": {style.ident: _style(style) for style in STYLES},
        "tracking": CHARACTER_SPACING,
        "red": RED,
        "title": document.title.replace("\n", ""),
        "title_lines": title_lines(document.title, page),
        "issuer": document.issuer,
        "subtitle": subtitle,
        "head": document.head,
        "masthead": {"size": head.size, "scale": head.scale},
        "number": document.number,
        "signer": document.signer,
        "classification": document.classification,
        "recipients": "，".join(document.recipients) + "：" if document.recipients else "",
        "labels": "　".join(f"【{label}】" for label in document.labels),
        "blocks": _blocks(body, page),
        "attachment_lines": attachment_lines(document),
        "close": _blocks(close, page),
        "attachments": _attachments(document, page),
        "imprint": _imprint(document),
    }


def _style(style: Any) -> Json:
    fields = ("size", "pitch", "align", "indent", "color")
    return {"face": style.face.pdf, **{name: getattr(style, name) for name in fields}}


def _attachments(document: Document, page: Page) -> list[Json]:
    return [
        {
            "mark": attachment_mark(document, index),
            "title": title_lines(attachment.title, page),
            "blocks": _blocks(attachment.blocks, page),
        }
        for index, attachment in enumerate(document.attachments, start=1)
        if attachment.blocks
    ]


def _imprint(document: Document) -> Json | None:
    imprint = document.imprint
    if imprint is None:
        return None
    copies = f"抄送：{'，'.join(imprint.copies)}。" if imprint.copies else ""
    return {"copies": copies, "printer": imprint.printer, "day": f"{chinese_date(imprint.printed_on)}印发"}


def _blocks(blocks: Iterable[Block], page: Page) -> list[Json]:
    return [spec for block in blocks for spec in _block(block, page)]


def _block(block: Block, page: Page) -> list[Json]:
    match block:
        case Heading():
            return [{"kind": "heading", "style": heading_style(block).ident, "line": _line(block.line)}]
        case Paragraph():
            style = FLUSH if block.is_flush else BODY
            return [{"kind": "line", "style": style.ident, "line": _line(block.line)}]
        case List():
            marks = (f"{index}. " if block.is_ordered else "· " for index in range(1, len(block.items) + 1))
            items = zip(marks, block.items, strict=True)
            return [
                {"kind": "line", "style": BODY.ident, "line": _line((_words(mark), *item))}
                for mark, item in items
            ]
        case Table():
            return [_table(block, page)]
        case Signature():
            day = chinese_date(block.signed_on)
            indents, last = signature_indents(block.signers, day)
            return [{"kind": "signature", "lines": [*zip(block.signers, indents, strict=True), (day, last)]}]


def _table(table: Table, page: Page) -> Json:
    grid = table_grid(table, page)
    heads = [(*column.title, _words(unit_mark(column.unit))) for column in table.columns]
    return {
        "kind": "table",
        "size": grid.size,
        "widths": grid.widths,
        "sides": [column.align.value for column in table.columns],
        "caption": _line(table.caption),
        "head": [_line(head, room=room) for head, room in zip(heads, grid.rooms, strict=True)],
        "rows": [
            {
                "total": row.is_total,
                "torn": not is_whole(row, table, grid, page),
                "cells": _cells(row, table, grid),
            }
            for row in table.rows
        ],
        "notes": [_line(note) for note in table.notes],
    }


def _cells(row: Row, table: Table, grid: Grid) -> list[list[Json]]:
    triples = zip(row.cells, table.columns, grid.rooms, strict=True)
    return [_line(cell, column.unit, room) for cell, column, room in triples]


def _words(text: str) -> Inline:
    return Text(text)


def _line(parts: Iterable[Inline], unit: str | None = None, room: float = CHARACTERS) -> list[Json]:
    """The pieces of a line that has this many ems of room.

    Shape: words too long for the room get places to break; beside words written from right to left, marks
    keep figures where they belong.
    """
    pieces = [piece for part in parts for piece in _pieces(part, unit) if piece["text"]]
    pieces = [item for piece in pieces for item in _broken(piece, room)]
    if not any(
        unicodedata.bidirectional(letter) in ("R", "AL") for piece in pieces for letter in piece["text"]
    ):
        return pieces
    mark = {"kind": "text", "text": "\N{LEFT-TO-RIGHT MARK}"}
    return [mark, *(item for piece in pieces for item in (piece, mark))]


def _pieces(part: Inline, unit: str | None) -> list[Json]:
    if not isinstance(part, Number):
        return [{"kind": "text", "text": part.text}]
    suffix = part.suffix if unit is None else cell_suffix(part, unit)
    target = URN + quote(part.bind, safe="")
    return [{"kind": "number", "text": part.display, "target": target}, {"kind": "text", "text": suffix}]


def _broken(piece: Json, room: float) -> list[Json]:
    if piece["kind"] == "number":
        return [piece]
    return [{"kind": "text", "text": "\N{ZERO WIDTH SPACE}".join(chunks(piece["text"], room))}]
