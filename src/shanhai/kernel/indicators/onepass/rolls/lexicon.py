"""Members of splits as numbers: a row holds a few bytes of each, the text stands once."""

from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from shanhai.engines.keys import numbered, words_of
from shanhai.kernel.indicators.onepass.columns import Array

type Codes = NDArray[np.int32]

_ODD = np.uint64(0x9E3779B97F4A7C15)
_NO_KEY = bytes(16)


class Lexicon:
    """Texts by number, in the order in which they were first met."""

    def __init__(self, texts: tuple[str, ...] = ()) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}
        for text in texts:
            self.number(text)

    def __len__(self) -> int:
        return len(self.texts)

    def number(self, text: str) -> int:
        found = self._numbers.setdefault(text, len(self.texts))
        if found == len(self.texts):
            self.texts.append(text)
        return found

    def known(self, text: str) -> int:
        """-1 for a text that no row holds."""
        return self._numbers.get(text, -1)

    def of_keys(self, column: Array) -> Codes:
        """Numbers of keys of 16 bytes; the empty key is the empty text."""
        if not len(column):
            return np.empty(0, np.int32)
        first, inverse = _distinct(column)
        texts = [_text(key.tobytes()) for key in column[first]]
        return np.array([self.number(text) for text in texts], np.int32)[inverse]


def _text(key: bytes) -> str:
    return "" if key == _NO_KEY else str(UUID(bytes=key))


def _distinct(column: Array) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows that hold each key first, and for every row which of them.

    Guarantee: the keys themselves are compared; a digest only makes them quick to tell apart.
    """
    words = words_of(column)
    digest = words[:, 0] * _ODD + words[:, 1]
    _, first, inverse = np.unique(digest, return_index=True, return_inverse=True)
    if not (words[first][inverse] == words).all():
        (numbers,) = numbered(column)
        _, first, inverse = np.unique(numbers, return_index=True, return_inverse=True)
    return first, inverse
