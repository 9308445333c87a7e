"""All places, each with the nearest above it."""

from typing import Any
from uuid import UUID

import numpy as np
from django.apps import apps
from django.conf import settings
from numpy.typing import NDArray

from shanhai.engines import stretches
from shanhai.engines.keys import numbered
from shanhai.engines.stretches import Ints

from .columns import Array


class PlaceTree:
    """The places as they stand; read once for many terms."""

    def __init__(self) -> None:
        places = list(apps.get_model(settings.SHANHAI_PLACE_MODEL)._base_manager.values_list("pk", "path"))
        self._keys = [key for key, _ in places]
        self._bytes = np.frombuffer(b"".join(key.bytes for key in self._keys), "V16")
        numbers = {path: number for number, (_, path) in enumerate(places)}
        self._parent = np.array([_above(path, numbers) for _, path in places], np.int64)
        self._storeys = stretches.storeys(self._parent)
        self._chains: dict[int, Ints] = {}
        self._number_of = {key.bytes: number for number, key in enumerate(self._keys)}

    @property
    def nowhere(self) -> int:
        """The number of rows without a place, behind those of all places."""
        return len(self._keys)

    def numbers(self, keys: Array) -> Ints:
        """The places of rows."""
        if len(keys) < len(self._keys):
            found = (self._number_of.get(key.tobytes(), self.nowhere) for key in keys)
            return np.fromiter(found, np.int64, len(keys))
        mine, theirs = numbered(self._bytes, keys)
        known = np.full(max(mine.max(initial=0), theirs.max(initial=0)) + 1, self.nowhere)
        known[mine] = np.arange(len(mine))
        numbers: Ints = known[theirs]
        return numbers

    def number_at(self, key: bytes) -> int:
        """The place of one row."""
        return self._number_of.get(key, self.nowhere)

    def rolled_up(self, leaves: NDArray[Any]) -> NDArray[Any]:
        """Of every place what lies in it or below it; then what lies nowhere; then all."""
        whole = stretches.rolled_up(leaves[: self.nowhere], self._parent, self._storeys)
        return np.concatenate([whole, leaves[self.nowhere :], leaves.sum(axis=0)[None]])

    def chain(self, place: int) -> Ints:
        """The lines of `rolled_up` to which a row of the place adds."""
        if place not in self._chains:
            found, above = [place], place
            while above < self.nowhere and (above := int(self._parent[above])) >= 0:
                found.append(above)
            self._chains[place] = np.array([*found, self.nowhere + 1])
        return self._chains[place]

    def number_of(self, place: UUID | None) -> int:
        """The line of `rolled_up` of a place; None: of all. Errors: KeyError."""
        return self.nowhere + 1 if place is None else self._number_of[place.bytes]

    def knows(self, place: UUID | None) -> bool:
        return place is None or place.bytes in self._number_of

    def key(self, line: int) -> UUID:
        found: UUID = self._keys[line]
        return found


def _above(path: str, numbers: dict[str, int]) -> int:
    while path:
        path = path.rpartition(".")[0]
        if path in numbers:
            return numbers[path]
    return -1
