"""Hashes of the chain, in Python as in `kernel/sql/chain.sql`: for files without a database, and for SM3."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives import hashes
from django.db.models import TextChoices

#: Bytes of an entry's hash that are kept to tell which entry is not what it was.
MARK = 4


class Algorithm(TextChoices):
    """What blocks are sealed with; each says which, so an installation may change it."""

    SHA256 = "sha256", "SHA-256"
    SM3 = "sm3", "SM3"


class Running:
    """A hash over what comes in parts."""

    def __init__(self, algorithm: str) -> None:
        """Errors: KeyError for an algorithm nobody knows."""
        self._hash: Any = _STARTS[algorithm]()

    def update(self, data: bytes) -> None:
        self._hash.update(data)

    def end(self) -> bytes:
        """32 bytes; nothing may be added afterwards."""
        ended: bytes = self._hash.finalize() if hasattr(self._hash, "finalize") else self._hash.digest()
        return ended


_STARTS: dict[str, Callable[[], Any]] = {
    Algorithm.SHA256: hashlib.sha256,
    Algorithm.SM3: lambda: hashes.Hash(hashes.SM3()),
}


def digest(algorithm: str, data: bytes) -> bytes:
    """32 bytes. Errors: KeyError for an algorithm nobody knows."""
    running = Running(algorithm)
    running.update(data)
    return running.end()


def micros(moment: datetime) -> int:
    """Microseconds since 1970, exactly."""
    delta = moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def block_text(facts: dict[str, Any]) -> str:
    """What the hash of a block covers, as `kernel_block_text` writes it."""
    return json.dumps(
        [
            facts["number"], facts["algorithm"], facts["server"], facts["after_id"], facts["from_xid"],
            facts["to_xid"], facts["entries"], facts["last_id"], facts["parts"], facts["marks_hash"],
            facts["sealed_at"], facts["previous"],
        ],
        ensure_ascii=False,
    )  # fmt: skip


def block_hash(facts: dict[str, Any]) -> bytes:
    """Shape of `facts`: as `facts_of` gives it, and as an archive holds it."""
    return digest(facts["algorithm"], block_text(facts).encode())
