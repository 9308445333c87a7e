"""A month of history as a file that proves itself: its blocks, and every entry as it was sealed.

Shape: gzip of lines of JSON. First `{"format", "month"}`; then blocks from the first to the last that has
entries of the month, each followed by those entries, whose lines are the sealed text; one in which something
was erased since has the hash it was sealed under before it. Last `{"end"}` with their number. Blocks hold the
month's part of the hash, so other months are not needed.
"""

import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel import context

from .blocks import blocks, cursor, entries_of
from .digests import Running, block_hash, digest
from .readings import RECORDS, unlike_archive
from .verifying import epoch_ends

FORMAT = "shanhai-history-1"
#: Records of reads compared with the database at once.
_READS = 500


class Unproved(Exception):
    """A file of history that is not what was sealed; says where."""


def name_of(month: str) -> str:
    return f"shanhai-history-{month}.jsonl.gz"


def write_month(month: str, path: Path) -> int:
    """Write the entries of a month; gives their number. What is not sealed is not in it.

    Errors: OSError; nothing is left at `path` then.
    """
    fresh = path.with_suffix(".part")
    try:
        with (
            context.unscoped("历史归档"),
            fresh.open("wb") as raw,
            gzip.open(raw, "wt", encoding="utf-8", newline="\n") as out,
        ):
            number = 0
            for line in _lines(month):
                number += line.startswith("[")
                out.write(line + "\n")
            out.write(json.dumps({"end": number}) + "\n")
        with fresh.open("rb") as written:
            os.fsync(written.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    return number


def _lines(month: str) -> Iterator[str]:
    with cursor() as reading:
        reading.execute(
            "SELECT min(number), max(number) FROM kernel_sealblock WHERE parts @> %s::jsonb",
            [json.dumps([[month]])],
        )
        first, last = reading.fetchone()
    yield json.dumps({"format": FORMAT, "month": month})
    if first is None:
        return
    ends = epoch_ends()
    for block in blocks(first, last):
        yield json.dumps(block.facts() | {"hash": block.hash.hex()}, ensure_ascii=False)
        if month in block.by_month():
            for entry in entries_of(block, ends[block.after_id], month):
                if entry.was:
                    yield json.dumps({"erased": entry.was.hex()})
                yield entry.text


@dataclass
class Proof:
    """What a file proves."""

    month: str = ""
    entries: int = 0
    #: Of these, entries in which something was erased: that they were whole is on the word of the record.
    erased: int = 0
    #: Number of block → hash.
    hashes: dict[int, str] = field(default_factory=dict)


def prove(path: Path, *, against_readings: bool = False) -> Proof:
    """Verify the file by itself; with a database, also that records of reads are still what it says.

    Errors: Unproved, OSError.
    """
    proving = _Proving(path, _Reads() if against_readings else None)
    for line in _read(path):
        if line.startswith("["):
            proving.take_entry(line)
        else:
            proving.take(json.loads(line))
    return proving.end()


class _Proving:
    """A file read line by line."""

    def __init__(self, path: Path, reads: "_Reads | None") -> None:
        self.path, self.reads, self.proof = path, reads, Proof()
        self.block: _Open | None = None
        self.ended = -1
        #: Hash under which the entry to come was sealed, where something in it was erased.
        self.was = b""

    def take_entry(self, line: str) -> None:
        if self.block is None or self.ended >= 0:
            raise Unproved(_("%(file)s 有一条历史不在区块里。") % {"file": self.path.name})
        self.block.add(self.was or digest(self.block.facts["algorithm"], line.encode()))
        self.was = b""
        self.proof.entries += 1
        if self.reads:
            self.reads.add(line)

    def take(self, facts: dict[str, Any]) -> None:
        if "format" in facts:
            self.proof.month = facts["month"]
        elif "erased" in facts:
            self.was = bytes.fromhex(facts["erased"])
            self.proof.erased += 1
        elif "end" in facts:
            self.ended = facts["end"]
        else:
            _close(self.block, self.proof, self.path)
            self.block = _follow(self.block, facts, self.path)

    def end(self) -> Proof:
        _close(self.block, self.proof, self.path)
        if self.ended != self.proof.entries:
            raise Unproved(_("%(file)s 不完整：没有结尾，或条数不符。") % {"file": self.path.name})
        if self.reads:
            self.reads.compare()
        return self.proof


def _read(path: Path) -> Iterator[str]:
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
            head = next(file, "")
            if not head.startswith("{") or json.loads(head).get("format") != FORMAT:
                raise Unproved(_("%(file)s 不是历史归档文件。") % {"file": path.name})
            yield head
            for line in file:
                yield line.rstrip("\n")
    except (gzip.BadGzipFile, EOFError, UnicodeDecodeError, ValueError) as error:
        raise Unproved(_("%(file)s 读不出来：文件损坏。") % {"file": path.name}) from error


class _Open:
    """The block whose entries are being read."""

    def __init__(self, facts: dict[str, Any]) -> None:
        self.facts = facts
        self.number = 0
        self._running = Running(facts["algorithm"])

    def add(self, sealed: bytes) -> None:
        self.number += 1
        self._running.update(sealed)

    def is_true(self, month: str) -> bool:
        sealed = {one[0]: one[1:] for one in self.facts["parts"]}.get(month)
        if sealed is None:
            return self.number == 0
        found: list[Any] = [self.number, self._running.end().hex()]
        return found == list(sealed)


def _follow(before: _Open | None, facts: dict[str, Any], path: Path) -> _Open:
    told = {"file": path.name, "number": facts.get("number")}
    if block_hash(facts).hex() != facts["hash"]:
        raise Unproved(_("%(file)s：第 %(number)s 块的哈希与内容不符。") % told)
    if before and (
        facts["previous"] != before.facts["hash"] or facts["number"] != before.facts["number"] + 1
    ):
        raise Unproved(_("%(file)s：第 %(number)s 块没有接在前一块之后。") % told)
    return _Open(facts)


def _close(block: _Open | None, proof: Proof, path: Path) -> None:
    if block is None:
        return
    if not block.is_true(proof.month):
        told = {"file": path.name, "number": block.facts["number"]}
        raise Unproved(_("%(file)s：第 %(number)s 块的条目与封存时不同。") % told)
    proof.hashes[block.facts["number"]] = block.facts["hash"]


class _Reads:
    """Records of reads that the file tells of, compared with their tables by the hundred."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[str]] = {table: [] for table in RECORDS}

    def add(self, line: str) -> None:
        table, _row_id, operation, row = json.loads(line)[3:7]
        if table in self._waiting and operation == "insert":
            self._waiting[table].append(json.dumps(row))
            if len(self._waiting[table]) >= _READS:
                self.compare()

    def compare(self) -> None:
        for table, rows in self._waiting.items():
            if rows and (problem := unlike_archive(table, rows)):
                raise Unproved(problem)
            rows.clear()


def unlike_blocks(proof: Proof, path: Path) -> str:
    """Whether the blocks of a proved file are those of the database; "" for yes."""
    numbers = sorted(proof.hashes)
    if not numbers:
        return ""
    here = {block.number: block.hash.hex() for block in blocks(numbers[0], numbers[-1])}
    for number in numbers:
        if here.get(number) != proof.hashes[number]:
            return _("%(file)s 的第 %(number)s 块与数据库里的不同：不是这条链的归档，或链重造过。") % {
                "file": path.name,
                "number": number,
            }
    return ""
