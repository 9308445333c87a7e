"""Whether a pack is what was packed: from the file alone, in constant memory but for the manifest."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from .hashes import Hashed, hashed
from .names import is_safe

MANIFEST = "manifest.json"
FORMAT = "shanhai-pack/1"
_PIECE = 1 << 20
#: Unit: bytes. A manifest that says more is none of ours.
_MOST_OF_MANIFEST = 1 << 30
#: What a spoilt archive makes `zipfile` raise.
_SPOILT = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class Fault(StrEnum):
    """What is wrong with the first file that is not as it was packed."""

    NO_PACK = "no_pack"
    UNSAFE = "unsafe"
    TWICE = "twice"
    MISSING = "missing"
    ALTERED = "altered"
    EXTRA = "extra"
    OTHER_MANIFEST = "other_manifest"


@dataclass(frozen=True)
class Verdict:
    """`fault` None: every file is as it was packed. `name`: the first that is not.

    Unit: `digest` is the SHA-256 of the manifest, "" where none was read.
    """

    fault: Fault | None
    name: str = ""
    files: int = 0
    digest: str = ""
    title: str = ""


def verify(path: Path, digest: str = "") -> Verdict:
    """Prove a pack. `digest`: what the record of the pack says of its manifest; "" not to compare."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _verified(archive, digest.strip().lower())
    except _SPOILT:
        return Verdict(Fault.NO_PACK, path.name)


def _verified(archive: zipfile.ZipFile, digest: str) -> Verdict:
    names = [one.filename for one in archive.infolist()]
    if (bad := next(_bad_names(names), None)) is not None:
        return Verdict(*bad)
    read = _manifest(archive)
    if read is None:
        return Verdict(Fault.ALTERED, MANIFEST)
    told, found = read
    bad = (Fault.OTHER_MANIFEST, MANIFEST) if digest not in ("", found) else None
    bad = bad or next(_bad_files(archive, names, told["files"]), None)
    fault, name = bad or (None, "")
    return Verdict(fault, name, len(told["files"]), found, str(told.get("title", "")))


def _bad_names(names: Sequence[str]) -> Iterator[tuple[Fault, str]]:
    seen: set[str] = set()
    for name in names:
        if not is_safe(name):
            yield Fault.UNSAFE, name
        if name in seen:
            yield Fault.TWICE, name
        seen.add(name)
    if MANIFEST not in seen:
        yield Fault.MISSING, MANIFEST


def _bad_files(
    archive: zipfile.ZipFile, names: Sequence[str], files: Sequence[dict[str, Any]]
) -> Iterator[tuple[Fault, str]]:
    there = set(names)
    for one in files:
        if one["path"] not in there:
            yield Fault.MISSING, one["path"]
        elif _hashes(archive, one) != (one["size"], one["sha256"], one["sm3"]):
            yield Fault.ALTERED, one["path"]
    known = {MANIFEST, *(one["path"] for one in files)}
    yield from ((Fault.EXTRA, name) for name in names if name not in known)


def _manifest(archive: zipfile.ZipFile) -> tuple[dict[str, Any], str] | None:
    """What it says and its hash; None for what is no manifest of ours."""
    try:
        if archive.getinfo(MANIFEST).file_size > _MOST_OF_MANIFEST:
            return None
        data = archive.read(MANIFEST)
        told = json.loads(data)
        if told["format"] != FORMAT or not all(_is_told(one) for one in told["files"]):
            return None
    except (*_SPOILT, KeyError, TypeError):
        return None
    return told, hashlib.sha256(data).hexdigest()


def _is_told(one: Any) -> bool:
    return isinstance(one["size"], int) and all(
        isinstance(one[name], str) for name in ("path", "sha256", "sm3")
    )


def _hashes(archive: zipfile.ZipFile, one: dict[str, Any]) -> tuple[int, str, str] | None:
    """None for a file that cannot be read; one that grew beyond its size is not read further."""
    try:
        with archive.open(one["path"]) as source:
            found: Hashed = hashed(_pieces(source, one["size"]))
    except _SPOILT:
        return None
    return found.size, found.sha256, found.sm3


def _pieces(source: Any, size: int) -> Iterator[bytes]:
    left = size + 1
    while left > 0 and (piece := source.read(min(_PIECE, left))):
        left -= len(piece)
        yield piece
