"""Blocks as the database holds them, and what is in them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db import connections

from .digests import MARK, Running, block_hash, digest, micros

EVERY = 2**63 - 1
#: Blocks read at once; marks of a block are four bytes an entry.
_BATCH = 200


@dataclass(frozen=True)
class Part:
    """The entries of one month within a block."""

    month: str
    entries: int
    hash: str


@dataclass(frozen=True)
class Block:
    """A sealed block; fields as those of `SealBlock`."""

    number: int
    algorithm: str
    server: str
    after_id: int
    from_xid: int
    to_xid: int
    entries: int
    last_id: int
    parts: list[Any]
    marks: bytes
    sealed_at: datetime
    previous: bytes
    hash: bytes

    def facts(self) -> dict[str, Any]:
        """What its hash covers, in JSON's own types."""
        return {
            "number": self.number,
            "algorithm": self.algorithm,
            "server": self.server,
            "after_id": self.after_id,
            "from_xid": self.from_xid,
            "to_xid": self.to_xid,
            "entries": self.entries,
            "last_id": self.last_id,
            "parts": self.parts,
            "marks_hash": digest(self.algorithm, self.marks).hex(),
            "sealed_at": micros(self.sealed_at),
            "previous": self.previous.hex(),
        }

    @property
    def is_true(self) -> bool:
        """Whether its hash is that of its content."""
        return block_hash(self.facts()) == self.hash

    def by_month(self) -> dict[str, Part]:
        return {one[0]: Part(*one) for one in self.parts}

    def marks_of(self, month: str) -> list[bytes]:
        """First bytes of the hashes of the entries of `month`, in their order."""
        start = 0
        for part in self.by_month().values():
            end = start + part.entries * MARK
            if part.month == month:
                return [self.marks[at : at + MARK] for at in range(start, end, MARK)]
            start = end
        return []


def blocks(first: int = 1, last: int | None = None) -> Iterator[Block]:
    """In their order, a batch at a time."""
    while batch := _read("number >= %s AND number <= %s", [first, EVERY if last is None else last]):
        yield from batch
        first = batch[-1].number + 1


def last_block() -> Block | None:
    found = _read("number = (SELECT max(number) FROM kernel_sealblock)", [])
    return found[0] if found else None


def _read(condition: str, values: list[Any]) -> list[Block]:
    names = [field.name for field in fields(Block)]
    statement = f"SELECT {', '.join(names)} FROM kernel_sealblock WHERE {condition}"  # noqa: S608
    with cursor() as reading:
        reading.execute(f"{statement} ORDER BY number LIMIT {_BATCH}", values)
        return [_block(dict(zip(names, row, strict=True))) for row in reading.fetchall()]


def _block(row: dict[str, Any]) -> Block:
    binary = {name: bytes(row[name]) for name in ("marks", "previous", "hash")}
    return Block(**row | binary | {"parts": json.loads(row["parts"])})


def cursor() -> Any:
    """Of the connection that reads all of history."""
    return connections["default"].cursor()


@dataclass(frozen=True)
class Entry:
    """One sealed entry: its hash, and what a person knows it by."""

    month: str
    id: int
    text: str
    #: Hash it was sealed under, where something in it was erased since.
    was: bytes | None

    def sealed(self, algorithm: str) -> bytes:
        """The hash it counts with."""
        return self.was or digest(algorithm, self.text.encode())


def entries_of(block: Block, upto_id: int, month: str = "") -> Iterator[Entry]:
    """Entries that stand in the block's bounds now, in the order they were sealed in."""
    only = " AND kernel_sealed_month(h.at) = %s" if month else ""
    statement = (
        "SELECT month, id, told, (SELECT e.was FROM kernel_erasedentry e WHERE e.entry_id = entry.id"  # noqa: S608
        " AND e.is_now = sha256(convert_to(told, 'UTF8'))) FROM ("
        "SELECT kernel_sealed_month(h.at) AS month, h.id, h.transaction_id, kernel_sealed_text(h.id, h.at,"
        " h.transaction_id, h.table_name, h.row_id, h.operation, h.row, h.before, h.actor, h.reason,"
        " h.request_id, h.import_id) AS told FROM kernel_history h"
        f" WHERE h.transaction_id >= %s AND h.transaction_id < %s AND h.id > %s AND h.id <= %s{only} OFFSET 0"
        ") entry ORDER BY 1, transaction_id, id"
    )
    bounds: list[Any] = [block.from_xid, block.to_xid, block.after_id, upto_id]
    connection = connections["default"]
    with connection.chunked_cursor() as reading:
        reading.execute(statement, [*bounds, month] if month else bounds)
        for row in reading:
            month, number, text, was = row
            yield Entry(month, number, text, bytes(was) if was else None)


@dataclass(frozen=True)
class Content:
    """What the entries of a block come to."""

    entries: int
    last_id: int | None
    parts: list[Any]
    marks: bytes


def content_of(block: Block, upto_id: int) -> Content:
    """Summed here, for algorithms that the database does not know; it sums the others itself."""
    parts: list[Any] = []
    marks = bytearray()
    number, last, running = 0, None, Running(block.algorithm)
    for entry in entries_of(block, upto_id):
        if not parts or parts[-1][0] != entry.month:
            if parts:
                parts[-1][2] = running.end().hex()
                running = Running(block.algorithm)
            parts.append([entry.month, 0, ""])
        sealed = entry.sealed(block.algorithm)
        running.update(sealed)
        marks += sealed[:MARK]
        parts[-1][1] += 1
        number, last = number + 1, max(last or 0, entry.id)
    if parts:
        parts[-1][2] = running.end().hex()
    return Content(number, last, parts, bytes(marks))
