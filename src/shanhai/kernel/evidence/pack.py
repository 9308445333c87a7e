"""Evidence packs: the papers of many rows as one zip, with a manifest by which each can be proved."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.detail_page import row_label
from shanhai.kernel.surfaces.people import people

from .attach import class_choices, is_personal, may_open, record_reading, shown_name
from .models import EvidenceFile, EvidenceLink
from .store import Damaged, read

MANIFEST = "manifest.csv"
_BATCH = 2000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class _Entry:
    """One line of the manifest; `path` is empty when the file is not in the pack."""

    path: str
    file: EvidenceFile
    cells: tuple[str, ...]


def pack(rows: Iterable[LedgerModel], *, actor: Actor) -> Iterator[bytes]:
    """The zip of all papers of `rows`, which `actor` may see, piece by piece.

    Shape: the database is asked before the first piece; each content is in memory once. Papers `actor` may
    not open are named in the manifest with their hash and left out; openings of personal papers are
    recorded. A damaged file is left out and its line says so, so that one bad disk block does not cost the
    other papers.
    """
    by_ledger: dict[str, list[LedgerModel]] = {}
    for row in rows:
        by_ledger.setdefault(row.ledger_key(), []).append(row)
    entries: list[_Entry] = []
    for key, group in by_ledger.items():
        entries += _entries(registry.get(key), group, actor, start=len(entries))
    return _zipped(entries, _Words())


def links_of(key: str, ids: Sequence[UUID]) -> Iterator[EvidenceLink]:
    """Standing links of many rows, however many these are."""
    for start in range(0, len(ids), _BATCH):
        yield from EvidenceLink.objects.for_rows(key, ids[start : start + _BATCH]).select_related("file")


def _entries(ledger: Ledger[Any], rows: Sequence[LedgerModel], actor: Actor, *, start: int) -> list[_Entry]:
    by_id = {row.pk: row for row in rows}
    links = list(links_of(ledger.key, list(by_id)))
    opened = [link for link in links if may_open(ledger, by_id[link.row_id], actor)]
    if is_personal(ledger):
        record_reading(opened, actor)
    shown, who = set(opened), people(link.attached_by for link in links)
    labels = dict(class_choices(ledger))
    entries = []
    for number, link in enumerate(links, start + 1):
        cells = (
            ledger.label,
            row_label(ledger, by_id[link.row_id], actor),
            str(link.row_id),
            labels.get(link.evidence_class, link.evidence_class),
            shown_name(link, ledger, is_open=link in shown),
            str(link.file.size),
            link.file.digest,
            who[link.attached_by].name,
            f"{timezone.localtime(link.attached_at):%Y-%m-%d %H:%M}",
        )
        path = f"{ledger.label}/{number:05}-{link.name}" if link in shown else ""
        entries.append(_Entry(path, link.file, cells))
    return entries


class _Words:
    """What the manifest says, in the language of who asked: pieces are made when the request is over."""

    def __init__(self) -> None:
        self.withheld, self.damaged = _("含个人信息，未提供"), _("文件已损坏，未提供")
        about = (_("包内路径"), _("台账"), _("记录"), _("记录编号"), _("佐证类别"), _("文件名"), _("字节"))
        self.heads = (*about, "SHA-256", _("上传人"), _("上传时间"), _("说明"))


class _Spout(io.RawIOBase):
    """What zipfile writes into; emptied after every entry."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        piece = bytes(data)
        self._pieces.append(piece)
        return len(piece)

    def drained(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def _zipped(entries: Sequence[_Entry], words: _Words) -> Iterator[bytes]:
    spout = _Spout()
    notes = []
    with zipfile.ZipFile(spout, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in entries:
            notes.append(_put(archive, entry, words))
            yield spout.drained()
        archive.writestr(MANIFEST, _manifest(entries, notes, words))
    yield spout.drained()


def _put(archive: zipfile.ZipFile, entry: _Entry, words: _Words) -> str:
    """Add one file; "" or why it is not there."""
    if not entry.path:
        return words.withheld
    try:
        archive.writestr(entry.path, read(entry.file))
    except Damaged:
        return words.damaged
    return ""


def _manifest(entries: Sequence[_Entry], notes: Sequence[str], words: _Words) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(words.heads)
    for entry, note in zip(entries, notes, strict=True):
        writer.writerow([_plain(cell) for cell in ("" if note else entry.path, *entry.cells, note)])
    # Excel reads UTF-8 only with the mark.
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: str) -> str:
    """A cell that a spreadsheet program does not take for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
