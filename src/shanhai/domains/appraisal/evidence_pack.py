"""The evidence pack of an indicator: every file of the counted rows, and a manifest to check them by."""

import csv
import io
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any
from uuid import UUID

from django.utils import timezone

from shanhai.kernel.evidence.store import read
from shanhai.kernel.models import EvidenceLink
from shanhai.kernel.sheets.texts import guard

MANIFEST = "manifest.csv"
HEADER = ("台账记录", "佐证类别", "文件名", "包内路径", "SHA-256", "字节", "上传人", "上传时间")
#: A pack beyond this is kept on disk while it is made.
_IN_MEMORY = 16 * 1024 * 1024


def write_pack(links: Iterable[EvidenceLink], names: "PackNames") -> IO[bytes]:
    """A zip file, rewound, with each content once and the manifest last.

    Errors: Damaged when a content is not what was stored: a pack with a hole is no proof.
    """
    # Handed to the response, which closes it.
    out = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        lines = [line for link in links for line in _added(pack, link, names)]
        pack.writestr(MANIFEST, _manifest(lines))
    out.seek(0)
    return out


class PackNames:
    """What the manifest calls rows, classes and people."""

    def __init__(self, rows: dict[UUID, str], classes: dict[str, str], people: dict[str, str]) -> None:
        self.rows, self.classes, self.people = rows, classes, people


def _added(pack: zipfile.ZipFile, link: EvidenceLink, names: PackNames) -> Iterator[Sequence[Any]]:
    path = f"files/{link.file.digest}{_suffix(link.name)}"
    if path not in pack.NameToInfo:
        pack.writestr(path, read(link.file))
    yield (
        names.rows.get(link.row_id, str(link.row_id)),
        names.classes.get(link.evidence_class, link.evidence_class),
        link.name,
        path,
        link.file.digest,
        link.file.size,
        names.people.get(link.attached_by, link.attached_by),
        f"{timezone.localtime(link.attached_at):%Y-%m-%d %H:%M}",
    )


def _suffix(name: str) -> str:
    """The ending of a file name, when it is a plain one."""
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if stem and dot and ending.isascii() and ending.isalnum() else ""


def _manifest(lines: Sequence[Sequence[Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for line in lines:
        writer.writerow([guard(cell) if isinstance(cell, str) else cell for cell in line])
    return text.getvalue().encode("utf-8-sig")
