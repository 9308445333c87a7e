"""Columns of sealed values: from texts to base64 and back, in groups of one length."""

import base64
import binascii
import os
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from .many import NONCE, TAG, Bytes, ManyGcm

type Opener = Callable[[str], tuple[ManyGcm, bytes] | None]


def seal_column(texts: Sequence[bytes], gcm: ManyGcm, aad: bytes) -> list[str]:
    """Base64url of nonce, ciphertext and tag, each text by itself."""
    sealed = [""] * len(texts)
    for length, places in _grouped(len(text) for text in texts).items():
        nonces = np.frombuffer(os.urandom(NONCE * len(places)), np.uint8).reshape(-1, NONCE)
        plain = _rows([texts[place] for place in places], length)
        for place, armoured in zip(places, _armoured(gcm.seal(nonces, plain, aad)), strict=True):
            sealed[place] = armoured
    return sealed


def open_column(tokens: Sequence[str], opener: Opener) -> list[bytes] | None:
    """What tokens hold; None when any of them is not whole, not ours, or not written as we write.

    Shape: a token is a head, a dot, and base64url; `opener` knows the key of a head.
    """
    parts = [token.rpartition(".") for token in tokens]
    opened = [b""] * len(tokens)
    for (head, size), places in _grouped((head, len(armoured)) for head, _dot, armoured in parts).items():
        found = _opened(opener(head), [parts[place][2] for place in places], size)
        if found is None:
            return None
        for place, text in zip(places, found, strict=True):
            opened[place] = text
    return opened


def _opened(key: tuple[ManyGcm, bytes] | None, armoured: list[str], size: int) -> list[bytes] | None:
    length = size * 6 // 8
    if key is None or length < NONCE + TAG:
        return None
    sealed = _bare(armoured, size, length)
    if sealed is None or _armoured(sealed) != armoured:
        return None
    plain, is_whole = key[0].open(sealed, key[1])
    return _texts(plain) if is_whole.all() else None


def _grouped[Key](keys: Iterable[Key]) -> dict[Key, list[int]]:
    places: dict[Key, list[int]] = {}
    for place, key in enumerate(keys):
        places.setdefault(key, []).append(place)
    return places


def _rows(texts: list[bytes], length: int) -> Bytes:
    return np.frombuffer(b"".join(texts), np.uint8).reshape(len(texts), length)


def _texts(rows: Bytes) -> list[bytes]:
    whole, length = rows.tobytes(), rows.shape[1]
    return [whole[place * length : (place + 1) * length] for place in range(len(rows))]


def _armoured(rows: Bytes) -> list[str]:
    """Base64url without padding: zeros behind a row change none of the signs that stand for it."""
    padded = np.pad(rows, ((0, 0), (0, -rows.shape[1] % 3)))
    whole = base64.urlsafe_b64encode(padded.tobytes()).decode("ascii")
    width, kept = padded.shape[1] // 3 * 4, -(-rows.shape[1] * 8 // 6)
    return [whole[first : first + kept] for first in range(0, len(rows) * width, width)]


def _bare(armoured: list[str], size: int, length: int) -> Bytes | None:
    padding = "A" * (-size % 4)
    try:
        whole = base64.b64decode("".join(text + padding for text in armoured), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    width = -(-size // 4) * 3
    if len(whole) != len(armoured) * width:
        return None
    return np.frombuffer(whole, np.uint8).reshape(len(armoured), width)[:, :length]
