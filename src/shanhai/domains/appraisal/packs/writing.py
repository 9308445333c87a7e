"""Writing a pack: papers as they are found, then the 目录, then the manifest; one content in memory."""

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from shanhai.engines.packs import FORMAT, MANIFEST, Hashing, hashed, safe_name
from shanhai.engines.pdf import PdfUnreadable, page_count
from shanhai.kernel.evidence.kinds import PDF
from shanhai.kernel.evidence.store import Damaged, read
from shanhai.kernel.scope import Actor
from shanhai.registers.papers import issuer_of

from . import catalogue
from .lines import Line, Standing, lines_of
from .parts import Part
from .subjects import Subject

type Told = dict[str, Any]
#: Told of after every row and every part; may stop the work.
type Telling = Callable[[int, str], None]
_PIECE = 1 << 20
#: Packing these again gains nothing.
_PACKED_ALREADY = ("image/", "application/zip", "application/pdf", "application/vnd.openxmlformats")
_FOLDER_BYTES = 75


@dataclass(frozen=True)
class Made:
    """What came of it. `digest`: the SHA-256 of the manifest; `missing` counts lines that say so."""

    rows: int
    files: int
    missing: int
    digest: str


class Spool:
    """Lines that wait on the disk until the manifest is written."""

    def __init__(self, path: Path) -> None:
        self._path, self._out, self.count = path, path.open("w", encoding="utf-8"), 0

    def add(self, told: Told) -> None:
        self._out.write(json.dumps(told, ensure_ascii=False) + "\n")
        self.count += 1

    def __iter__(self) -> Iterator[Told]:
        self._out.flush()
        with self._path.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)

    def close(self) -> None:
        self._out.close()


class Packing:
    """One pack being written to `out`, whose folder is the scratch of its job."""

    def __init__(self, subject: Subject, actor: Actor, out: Path, made_at: datetime, tell: Telling) -> None:
        self.subject, self.actor, self.out, self.tell = subject, actor, out, tell
        self.made_at = timezone.localtime(made_at)
        self.parts, self.lines, self.files = (
            Spool(out.with_name(f"{name}.jsonl")) for name in ("parts", "lines", "files")
        )
        #: Where a content lies, and its pages, by its hash.
        self.packed: dict[bytes, tuple[str, int | None]] = {}
        self.rows = self.missing = 0

    def write(self) -> Made:
        try:
            with zipfile.ZipFile(self.out, "w", zipfile.ZIP_DEFLATED) as self.archive:
                for number, part in enumerate(self.subject.parts(), 1):
                    self._part(number, part)
                papers = len(self.packed)
                self._catalogue()
                digest = self._manifest()
        finally:
            for spool in (self.parts, self.lines, self.files):
                spool.close()
        return Made(self.rows, papers, self.missing, digest)

    def _part(self, number: int, part: Part) -> None:
        self.tell(self.rows, f"{part.code} {part.name} · {part.whose}")
        told: Told = {"number": number, "code": part.code, "title": part.name, "whose": part.whose}
        files = missing = 0
        for line in lines_of(part, self.actor):
            shown = self._line(told, line)
            files += bool(shown["path"])
            missing += shown["standing"] == Standing.MISSING
            self.lines.add(shown)
        self.rows += len(part.ids)
        self.missing += missing
        about = {
            "value": part.value,
            "clause": part.clause,
            "definition": [list(one) for one in part.definition],
        }
        rows = {"rows": len(part.ids), "files": files, "missing": missing}
        self.parts.add(told | about | rows | {"ledger": part.source, "row_ids": [str(pk) for pk in part.ids]})

    def _line(self, part: Told, line: Line) -> Told:
        standing, (path, pages) = line.standing, self._put(part, line)
        if line.file is not None and not path:
            standing = Standing.DAMAGED
        shown = {name: value for name, value in vars(line).items() if name not in ("file", "standing")}
        return {
            "number": self.lines.count + 1,
            "part": part["number"],
            **{name: part[name] for name in ("code", "title", "whose")},
            **shown,
            "path": path,
            "pages": pages,
            "standing": standing.value,
            "said": standing.label,
        }

    def _put(self, part: Told, line: Line) -> tuple[str, int | None]:
        """Where the paper lies, put there the first time; "" where there is none to put."""
        file = line.file
        if file is None:
            return "", None
        key = bytes.fromhex(file.digest)
        if key not in self.packed:
            try:
                content = read(file)
            except Damaged:
                return "", None
            folder = f"{part['code']} {part['title']}", part["whose"]
            name = f"{len(self.packed) + 1:05}-{safe_name(line.name)}"
            path = "/".join((*(safe_name(one, most=_FOLDER_BYTES) for one in folder), name))
            self._add(path, content, is_packed=file.content_type.startswith(_PACKED_ALREADY))
            self.packed[key] = path, _pages(content, file.content_type)
        return self.packed[key]

    def _add(self, path: str, content: bytes, *, is_packed: bool = False) -> None:
        entry = self._entry(path)
        entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
        self.archive.writestr(entry, content)
        self.files.add({"path": path, **asdict(hashed([content]))})

    def _entry(self, path: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(path, self.made_at.timetuple()[:6])
        entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
        return entry

    def _catalogue(self) -> None:
        title, book = _("佐证目录"), self.out.with_name("catalogue.xlsx")
        note = f"{self.subject.label}。{self._note()}"
        catalogue.write_workbook(self.lines, note, book)
        running, name = Hashing(), f"{title}.xlsx"
        with book.open("rb") as source, self.archive.open(self._entry(name), "w") as target:
            while piece := source.read(_PIECE):
                running.feed(piece)
                target.write(piece)
        self.files.add({"path": name, **asdict(running.end())})
        if self.parts.count <= catalogue.MOST_PARTS:
            lines = list(self.lines) if self.lines.count <= catalogue.MOST_PRINTED else None
            said = note if lines is not None else note + _("明细太多，见目录的 Excel。")
            printed = catalogue.word(title, said, issuer_of(self.actor), list(self.parts), lines)
            self._add(f"{title}.docx", printed, is_packed=True)

    def _note(self) -> str:
        return _("%(who)s于 %(at)s 生成；缺的佐证在“情况”一栏写“缺”。") % {
            "who": self.actor.name,
            "at": f"{self.made_at:%Y-%m-%d %H:%M}",
        }

    def _manifest(self) -> str:
        """Piece by piece; the SHA-256 of what was written."""
        running = Hashing()
        with self.archive.open(self._entry(MANIFEST), "w", force_zip64=True) as target:
            for piece in self._told():
                running.feed(data := piece.encode())
                target.write(data)
        return running.end().sha256

    def _told(self) -> Iterator[str]:
        head = {
            "format": FORMAT,
            "title": self.subject.label,
            "period": self.subject.period.code,
            "made_at": self.made_at.isoformat(timespec="seconds"),
            "made_by": self.actor.name,
        }
        yield json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
        for name in ("parts", "lines", "files"):
            yield f',\n "{name}": ['
            for number, one in enumerate(getattr(self, name)):
                yield ("," if number else "") + "\n  " + json.dumps(one, ensure_ascii=False)
            yield "]"
        yield "\n}\n"


def _pages(content: bytes, content_type: str) -> int | None:
    """None where nobody knows."""
    if content_type != PDF.content_type:
        return 1 if content_type.startswith("image/") else None
    try:
        return page_count(content)
    except PdfUnreadable:
        return None
