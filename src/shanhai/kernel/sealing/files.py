"""Whole files under the installation's keys: sealed piece by piece, so that memory stays small.

Shape of a sealed file: `SHF1`, one byte with the length of the key id, the key id, then pieces of `PIECE`
plain bytes, each sealed by itself. Purpose, number of the piece and whether it is the last are
authenticated with it, so a file that was cut short, reordered, or put in another's place does not open.
"""

from collections.abc import Iterator
from typing import BinaryIO, cast

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
