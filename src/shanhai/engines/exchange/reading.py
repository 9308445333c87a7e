"""Reading a package: whose it is, whether it is whole, and whether every figure comes out of its rows."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from shanhai.engines.signing import BadKey, PublicKey, verify
from shanhai.engines.values import plain_number

from .model import FORMAT, MANIFEST, SEAL, Figure, Header, Package, Row, share

_MOST = 1 << 28
#: What a spoilt archive makes `zipfile` raise.
_SPOILT = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)
_MISREAD = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


class Fault(StrEnum):
    """Why a package is refused."""

    NO_PACKAGE = "no_package"
    #: Of another format, which this program does not read.
    FORMAT = "format"
    UNKNOWN_KEY = "unknown_key"
    SIGNATURE = "signature"
    VALIDITY = "validity"
    #: A file of the package is not as it was signed, missing or extra.
    CONTENT = "content"
    #: A figure does not come out of the rows in the package.
    FIGURE = "figure"


@dataclass(frozen=True)
class Finding:
    """`where`: the file or the figure; `said` and `found`: what stands there, and what comes out."""

    fault: Fault
    where: str = ""
    said: str = ""
    found: str = ""


class _Refused(Exception):
    def __init__(self, *told: Any) -> None:
        self.finding = Finding(*told)


def read_package(path: Path, keys: Mapping[str, PublicKey]) -> Package | Finding:
    """Prove everything. `keys`: those registered beforehand, by fingerprint; never the file's own."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _read(archive, keys)
    except _Refused as refused:
        return refused.finding
    except (*_SPOILT, *_MISREAD):
        return Finding(Fault.NO_PACKAGE, path.name)


def _read(archive: zipfile.ZipFile, keys: Mapping[str, PublicKey]) -> Package:
    manifest = _entry(archive, MANIFEST)
    told, seal = json.loads(manifest), json.loads(_entry(archive, SEAL))
    if told["format"] != FORMAT:
        raise _Refused(Fault.FORMAT, "", str(told["format"])[:40], FORMAT)
    _prove_seal(manifest, told, seal, keys)
    header, figures = _header(told), [_figure(one) for one in told["figures"]]
    names = sorted(one.filename for one in archive.infolist())
    known = sorted([MANIFEST, SEAL, *(one["path"] for one in told["contents"])])
    for name in (*(set(names) ^ set(known)), *(one for one in set(names) if names.count(one) > 1)):
        raise _Refused(Fault.CONTENT, name)
    sums = {one["path"]: _summed(archive, one) for one in told["contents"]}
    _prove_figures(figures, sums)
    rows = sum(number for _total, number in sums.values())
    return Package(header, figures, hashlib.sha256(manifest).hexdigest(), told["key"], rows)


def _entry(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > _MOST:
        raise _Refused(Fault.NO_PACKAGE, name)
    return archive.read(name)


def _prove_seal(manifest: bytes, told: Any, seal: Any, keys: Mapping[str, PublicKey]) -> None:
    key = keys.get(told["key"])
    if key is None:
        raise _Refused(Fault.UNKNOWN_KEY, str(told.get("name", ""))[:80], str(told["key"])[:64])
    try:
        is_signed = verify(key.public, manifest, str(seal["signature"]))
    except BadKey:
        is_signed = False
    if not is_signed:
        raise _Refused(Fault.SIGNATURE, MANIFEST)
    if not key.is_good_at(datetime.fromisoformat(told["made_at"])):
        raise _Refused(Fault.VALIDITY, "", told["made_at"])


def _header(told: Any) -> Header:
    return Header(
        sender=str(told["sender"]),
        name=str(told["name"]),
        period=str(told["period"]),
        known_on=date.fromisoformat(told["known_on"]),
        made_at=datetime.fromisoformat(told["made_at"]),
        program=str(told["program"]),
    )


def _figure(told: Any) -> Figure:
    value = None if told["value"] is None else plain_number(told["value"])
    parts = None if told["parts"] is None else (str(told["parts"][0]), str(told["parts"][1]))
    return Figure(**{**told, "value": value, "parts": parts, "counted": int(told["counted"])})


def _summed(archive: zipfile.ZipFile, told: Any) -> tuple[Decimal, int]:
    """Sum of the weights and number of the rows of one file, while it is hashed."""
    digest, total, number, seen = hashlib.sha256(), Decimal(0), 0, set[str]()
    try:
        with archive.open(told["path"]) as source:
            for line in source:
                digest.update(line)
                row = json.loads(line)
                total, number = total + plain_number(row["weight"]), number + 1
                seen.add(row["id"])
    except (*_SPOILT, *_MISREAD):
        raise _Refused(Fault.CONTENT, told["path"]) from None
    if digest.hexdigest() != told["sha256"] or number != told["rows"] or len(seen) != number:
        raise _Refused(Fault.CONTENT, told["path"])
    return total, number


def _prove_figures(figures: Sequence[Figure], sums: Mapping[str, tuple[Decimal, int]]) -> None:
    values: dict[str, Decimal | None] = {}
    for one in figures:
        if one.parts is None:
            total, number = sums.get(one.rows_path, (Decimal(0), 0))
            values[one.code] = total
            if (total, number) != (one.value, one.counted):
                _refuse(one, f"{one.value}（{one.counted}）", f"{total}（{number}）")
    for one in figures:
        if one.parts is not None:
            found = share(*(values.get(part) for part in one.parts))
            if found != one.value:
                _refuse(one, str(one.value), str(found))


def _refuse(figure: Figure, said: str, found: str) -> None:
    raise _Refused(Fault.FIGURE, f"{figure.code} {figure.name}", said, found)


def rows_of(path: Path, figure: Figure, first: int = 0, most: int = 50) -> Iterator[Row]:
    """Rows of a figure, from the `first`, of a package that was proved when it was taken."""
    with zipfile.ZipFile(path) as archive, archive.open(figure.rows_path) as source:
        for place, line in enumerate(source):
            if place >= first + most:
                return
            if place >= first:
                told = json.loads(line)
                yield Row(told["id"], plain_number(told["weight"]), told["columns"], told["papers"])
