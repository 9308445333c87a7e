"""Sensitive values at rest and in memory: encrypted, found by blind index, masked unless a reason is given.

The ciphers are those of the `cryptography` package; nothing here invents one. This package must not know what
a person or a ledger is, nor where a reading is recorded: whoever opens `revealing` says that.
"""

from .files import OpenedFile, key_of, open_chunks, resealed_chunks, seal_chunks
from .installed import installed_keyring
from .keyring import (
    Keyring,
    KeyringError,
    SealingError,
    Tampered,
    UnknownKey,
    new_settings,
)
from .masks import Kind, mask, mask_name, without_numbers, without_numbers_of_people
from .sealed import Reading, RevealRefused, Sealed, reveal_column, revealing
from .texts import SealedTexts

__all__ = [
    "Keyring",
    "KeyringError",
    "Kind",
    "OpenedFile",
    "Reading",
    "RevealRefused",
    "Sealed",
    "SealedTexts",
    "SealingError",
    "Tampered",
    "UnknownKey",
    "installed_keyring",
    "key_of",
    "mask",
    "mask_name",
    "new_settings",
    "open_chunks",
    "resealed_chunks",
    "reveal_column",
    "revealing",
    "seal_chunks",
    "without_numbers",
    "without_numbers_of_people",
]
