"""Plain numbers of people in anything that is kept: as they stand, spaced, in addresses, packed, encoded."""

import base64
import binascii
import io
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote_plus

from django.db import connection

from shanhai.kernel import context

#: Digits with what people write between them.
_RUNS = re.compile(r"\d(?:[ \u3000+.-]{0,2}\d){6,}[ -]?[Xx]?")
_BETWEEN = re.compile(r"[^0-9X]")
#: Long enough to hold a telephone number.
_ENCODED = re.compile(r"[A-Za-z0-9+/_-]{15,}")
_SHORTEST = 7


class Numbers:
    """Numbers to be looked for."""

    def __init__(self, numbers: Collection[str]) -> None:
        self._by_length: dict[int, set[str]] = {}
        for one in numbers:
            told = _BETWEEN.sub("", one.upper())
            assert len(told) >= _SHORTEST, one
            self._by_length.setdefault(len(told), set()).add(told)

    def within(self, text: str) -> set[str]:
        """Those that stand in the text in any form."""
        found = self._standing(text)
        if "%" in text or "+" in text:
            found |= self._standing(unquote_plus(text))
        for token in _ENCODED.findall(text):
            found |= self._standing(_decoded(token))
        return found

    def within_file(self, data: bytes) -> set[str]:
        """As it lies on the disk, and in what is packed in it."""
        found = self.within(data.decode("latin-1"))
        with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(data)) as book:
            for name in book.namelist():
                found |= self._standing(book.read(name).decode("latin-1"))
        return found

    def _standing(self, text: str) -> set[str]:
        found = set()
        for run in _RUNS.findall(text):
            told = _BETWEEN.sub("", run.upper())
            for length, numbers in self._by_length.items():
                parts = (told[at : at + length] for at in range(len(told) - length + 1))
                found |= numbers.intersection(parts)
        return found


def _decoded(token: str) -> str:
    """What base64 says, however it begins; "" for what is none."""
    said = []
    for start in range(4):
        part = token[start:].replace("-", "+").replace("_", "/")
        with suppress(binascii.Error, ValueError):
            data = base64.b64decode(part[: len(part) // 4 * 4])
            with suppress(zlib.error):
                data = zlib.decompressobj().decompress(data)
            said.append(data.decode("latin-1"))
    return "\n".join(said)


def kept_rows() -> Iterator[tuple[str, str]]:
    """Every row of every table as text, with the name of its table."""
    with context.unscoped("a dump"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608
            for (row,) in cursor:
                yield table, row


def kept_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()
