"""Whole files under the installation's keys: sealed piece by piece, so that memory stays small.

Shape of a sealed file: `SHF1`, one byte with the length of the key id, the key id, then pieces of `PIECE`
plain bytes, each sealed by itself. Purpose, number of the piece and whether it is the last are
authenticated with it, so a file that was cut short, reordered, or put in another's place does not open.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Self, cast

from .keyring import OVERHEAD, Keyring, Tampered

_MAGIC = b"SHF1"
PIECE = 1 << 20


def seal_chunks(source: BinaryIO, purpose: str, keyring: Keyring) -> Iterator[bytes]:
    """The sealed form of what is left of `source`, ready to be written one after the other."""
    key_id = keyring.current.encode("ascii")
    yield _MAGIC + bytes([len(key_id)]) + key_id
    number, piece = 0, source.read(PIECE)
    while True:
        following = source.read(PIECE)
        yield keyring.seal_bytes(piece, _place(purpose, number, is_last=not following))
        if not following:
            return
        number, piece = number + 1, following


def open_chunks(sealed: BinaryIO, purpose: str, keyring: Keyring) -> Iterator[bytes]:
    """The plain pieces, in order; a piece is given out only when it is proved whole.

    Errors: Tampered when the file is damaged, cut, or sealed for another purpose; UnknownKey.
    """
    key_id = key_of(sealed)
    number, piece = 0, sealed.read(PIECE + OVERHEAD)
    while True:
        following = sealed.read(PIECE + OVERHEAD)
        yield keyring.open_bytes(piece, _place(purpose, number, is_last=not following), key_id)
        if not following:
            return
        number, piece = number + 1, following


def resealed_chunks(sealed: BinaryIO, purpose: str, keyring: Keyring) -> Iterator[bytes]:
    """A sealed file under the current key. Errors: as `open_chunks`, before the end of what is given."""
    return seal_chunks(cast(BinaryIO, _Pieces(open_chunks(sealed, purpose, keyring))), purpose, keyring)


class _Pieces:
    """Pieces as a file that is read by pieces."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces

    def read(self, _size: int) -> bytes:
        return next(self._pieces, b"")


def key_of(sealed: BinaryIO) -> str:
    """The id of the key of a sealed file, read from its head.

    Errors: Tampered for what is no sealed file.
    """
    head = sealed.read(len(_MAGIC) + 1)
    if len(head) <= len(_MAGIC) or not head.startswith(_MAGIC):
        raise Tampered("not a sealed file")
    return sealed.read(head[-1]).decode("ascii", "replace")


def _place(purpose: str, number: int, *, is_last: bool) -> str:
    return f"{purpose}#{number}#{'last' if is_last else 'more'}"


class OpenedFile:
    """A sealed file read in plain from any place: pieces are opened as they are asked for.

    Unit: `size` is in bytes of the plain file. Only as many pieces are in memory as one reading asks for.
    Errors: Tampered or UnknownKey, when it is opened or read; FileNotFoundError.
    """

    def __init__(self, path: Path, purpose: str, keyring: Keyring) -> None:
        self._sealed = path.open("rb")
        self._purpose, self._keyring = purpose, keyring
        self._at, self._last = 0, (-1, b"")
        try:
            self._key = key_of(self._sealed)
            self._head = self._sealed.tell()
            sealed = self._sealed.seek(0, os.SEEK_END) - self._head
            self._pieces = max(1, -(-sealed // (PIECE + OVERHEAD)))
            self.size = sealed - self._pieces * OVERHEAD
            self._piece(0)  # what does not open is found before a byte is promised
        except BaseException:
            self._sealed.close()
            raise

    def seek(self, place: int) -> None:
        self._at = place

    def read(self, size: int = -1) -> bytes:
        """So many bytes from here, fewer at the end; all that is left for a negative number."""
        end = self.size if size < 0 else min(self.size, self._at + size)
        parts = []
        while self._at < end:
            number, within = divmod(self._at, PIECE)
            part = self._piece(number)[within : within + end - self._at]
            parts.append(part)
            self._at += len(part)
        return b"".join(parts)

    def _piece(self, number: int) -> bytes:
        if self._last[0] != number:
            self._sealed.seek(self._head + number * (PIECE + OVERHEAD))
            place = _place(self._purpose, number, is_last=number == self._pieces - 1)
            opened = self._keyring.open_bytes(self._sealed.read(PIECE + OVERHEAD), place, self._key)
            self._last = number, opened
        return self._last[1]

    def close(self) -> None:
        self._sealed.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()
