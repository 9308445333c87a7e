"""SHA-256 and SM3 of a content, in pieces."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes


@dataclass(frozen=True)
class Hashed:
    """Unit: `size` in bytes; both hashes as 64 lower hexadecimal digits."""

    size: int
    sha256: str
    sm3: str


class Hashing:
    """Both hashes of what is fed to it."""

    def __init__(self) -> None:
        self._size, self._sha256, self._sm3 = 0, hashlib.sha256(), hashes.Hash(hashes.SM3())

    def feed(self, piece: bytes) -> None:
        self._size += len(piece)
        self._sha256.update(piece)
        self._sm3.update(piece)

    def end(self) -> Hashed:
        """Nothing may be fed afterwards."""
        return Hashed(self._size, self._sha256.hexdigest(), self._sm3.finalize().hex())


def hashed(pieces: Iterable[bytes]) -> Hashed:
    """Of a whole content."""
    running = Hashing()
    for piece in pieces:
        running.feed(piece)
    return running.end()
