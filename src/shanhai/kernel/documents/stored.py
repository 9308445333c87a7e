"""A document as plain data and back: what is frozen when it is issued, and what its hash is taken of."""

import datetime
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from typing import Any

from shanhai.kernel.documents.model import (
    Align,
    Attachment,
    Block,
    Code,
    Column,
    Date,
    Document,
    Heading,
    Imprint,
    Inline,
    Kind,
    Line,
    List,
    Number,
    Ordinal,
    Paragraph,
    RatioOf,
    Row,
    Signature,
    Table,
    Text,
)

type Json = dict[str, Any]

_WORDS: dict[str, type[Text | Date | Ordinal | Code]] = {
    "text": Text,
    "date": Date,
    "ordinal": Ordinal,
    "code": Code,
}
_NAMES = {kind: name for name, kind in _WORDS.items()}


def canonical(document: Document) -> bytes:
    """The one spelling of the document in bytes; equal documents have equal bytes."""
    spelled = json.dumps(dump(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return spelled.encode()


def digest(document: Document) -> str:
    """SHA-256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical(document)).hexdigest()


def dump(document: Document) -> Json:
    """The document as JSON holds it; `load` gives back an equal one."""
    plain = {field.name: getattr(document, field.name) for field in fields(document)}
    return plain | {
        "kind": document.kind.value,
        "date": document.date.isoformat(),
        "recipients": list(document.recipients),
        "labels": list(document.labels),
        "blocks": _dump_blocks(document.blocks),
        "attachments": [
            {"title": one.title, "blocks": _dump_blocks(one.blocks)} for one in document.attachments
        ],
        "imprint": _dump_imprint(document.imprint) if document.imprint else None,
    }


def load(data: Mapping[str, Any]) -> Document:
    """The document of `dump`. Errors: DocumentInvalid for data that is no document any more."""
    attachments = [Attachment(one["title"], _load_blocks(one["blocks"])) for one in data["attachments"]]
    return Document(
        **{
            **data,
            "kind": Kind(data["kind"]),
            "date": datetime.date.fromisoformat(data["date"]),
            "recipients": tuple(data["recipients"]),
            "labels": tuple(data["labels"]),
            "blocks": _load_blocks(data["blocks"]),
            "attachments": tuple(attachments),
            "imprint": _load_imprint(data["imprint"]) if data["imprint"] else None,
        }
    )


def _dump_imprint(imprint: Imprint) -> Json:
    return {
        "copies": list(imprint.copies),
        "printer": imprint.printer,
        "printed_on": imprint.printed_on.isoformat(),
    }


def _load_imprint(data: Json) -> Imprint:
    printed_on = datetime.date.fromisoformat(data["printed_on"])
    return Imprint(tuple(data["copies"]), data["printer"], printed_on)


def _dump_blocks(blocks: Sequence[Block]) -> list[Json]:
    return [_dump_block(block) | {"slot": block.slot} for block in blocks]


def _dump_block(block: Block) -> Json:
    match block:
        case Heading():
            return {"is": "heading", "level": block.level, "line": _dump_line(block.line)}
        case Paragraph():
            return {"is": "paragraph", "line": _dump_line(block.line), "is_flush": block.is_flush}
        case List():
            items = [_dump_line(item) for item in block.items]
            return {"is": "list", "items": items, "is_ordered": block.is_ordered}
        case Signature():
            return {
                "is": "signature",
                "signers": list(block.signers),
                "signed_on": block.signed_on.isoformat(),
            }
        case Table():
            return _dump_table(block)


def _dump_table(table: Table) -> Json:
    return {
        "is": "table",
        "caption": _dump_line(table.caption),
        "notes": [_dump_line(note) for note in table.notes],
        "columns": [
            {"title": _dump_line(one.title), "align": one.align.value, "unit": one.unit}
            for one in table.columns
        ],
        "rows": [
            {"cells": [_dump_line(cell) for cell in row.cells], "is_total": row.is_total}
            for row in table.rows
        ],
    }


def _dump_line(line: Line) -> list[Json]:
    return [_dump_inline(part) for part in line]


def _dump_inline(part: Inline) -> Json:
    if not isinstance(part, Number):
        return {_NAMES[type(part)]: part.text}
    # Said only of ratios, so that what was frozen before keeps its digest.
    parts = {"ratio_of": _dump_ratio(part.ratio_of)} if part.ratio_of else {}
    return parts | {
        "number": None if part.value is None else str(part.value),
        "display": part.display,
        "unit": part.unit,
        "bind": part.bind,
        "name": part.name,
    }


def _dump_ratio(ratio: RatioOf) -> Json:
    return {"part": ratio.part, "whole": ratio.whole, "times": str(ratio.times)}


def _load_ratio(data: Json) -> RatioOf:
    return RatioOf(data["part"], data["whole"], Decimal(data["times"]))


def _load_blocks(data: Sequence[Json]) -> tuple[Block, ...]:
    return tuple(_LOADERS[one["is"]](one) for one in data)


def _load_heading(data: Json) -> Heading:
    return Heading(data["level"], _load_line(data["line"]), data["slot"])


def _load_paragraph(data: Json) -> Paragraph:
    return Paragraph(_load_line(data["line"]), data["is_flush"], data["slot"])


def _load_list(data: Json) -> List:
    return List(tuple(_load_line(item) for item in data["items"]), data["is_ordered"], data["slot"])


def _load_signature(data: Json) -> Signature:
    return Signature(
        tuple(data["signers"]), datetime.date.fromisoformat(data["signed_on"]), slot=data["slot"]
    )


def _load_table(data: Json) -> Table:
    columns = [Column(_load_line(one["title"]), Align(one["align"]), one["unit"]) for one in data["columns"]]
    rows = [Row(tuple(_load_line(cell) for cell in one["cells"]), one["is_total"]) for one in data["rows"]]
    return Table(
        tuple(columns),
        tuple(rows),
        caption=_load_line(data["caption"]),
        notes=tuple(_load_line(note) for note in data["notes"]),
        slot=data["slot"],
    )


_LOADERS: dict[str, Callable[[Json], Block]] = {
    "heading": _load_heading,
    "paragraph": _load_paragraph,
    "list": _load_list,
    "signature": _load_signature,
    "table": _load_table,
}


def _load_line(data: Sequence[Json]) -> Line:
    return tuple(_load_inline(one) for one in data)


def _load_inline(data: Json) -> Inline:
    if "number" in data:
        value = None if data["number"] is None else Decimal(data["number"])
        ratio = _load_ratio(data["ratio_of"]) if "ratio_of" in data else None
        return Number(value, data["display"], data["unit"], data["bind"], data["name"], ratio)
    ((kind, text),) = data.items()
    return _WORDS[kind](text)
