"""A column of sensitive texts on their way into the database, sealed when they are written."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NoReturn, overload

from .keyring import Keyring
from .masks import Kind
from .sealed import Sealed


class SealedTexts(Sequence[Any]):
    """Reads like a list of `Sealed`, each of which is made when somebody looks at it: of most nobody does.

    Shape: `texts` has the plain text for each place, None where the value is another one: that of `others`.
    """

    def __init__(
        self,
        texts: Sequence[str | None],
        others: Mapping[int, Any],
        kind: Kind,
        column: str,
        keyring: Keyring,
    ) -> None:
        self._texts, self.others = texts, others
        self._kind, self._column, self._keyring = kind, column, keyring

    def __len__(self) -> int:
        return len(self._texts)

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> list[Any]: ...
    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        text = self._texts[index]
        if text is None:
            return self.others[int(index) % len(self)]
        return Sealed.of(text, self._kind, self._column, self._keyring)

    @cached_property
    def indexes(self) -> list[str | None]:
        """Blind indexes of the texts; None for the others."""
        return self._keyring.blind_index_many(self._texts)

    def compared(self, of_other: Callable[[Any], Any]) -> list[Any]:
        """Blind indexes, and what `of_other` makes of the others."""
        return [
            of_other(self.others[place]) if index is None else index
            for place, index in enumerate(self.indexes)
        ]

    def tokens(self, places: Sequence[int]) -> list[Any]:
        """Sealed texts for rows that have the values of `places`, each row sealed for itself.

        Shape: of the others a sealed one gives its token, anything else itself.
        """
        others = {place: getattr(value, "token", value) for place, value in self._others_of(places)}
        tokens = self._keyring.seal_many([self._texts[place] for place in places], self._column)
        if not others:
            return tokens
        return [others.get(place, token) for place, token in zip(places, tokens, strict=True)]

    def _others_of(self, places: Sequence[int]) -> list[tuple[int, Any]]:
        return [(place, self.others[place]) for place in set(places) & self.others.keys()]

    def picked(self, places: Sequence[int]) -> "SealedTexts":
        """Some of the values, in the order of `places`."""
        texts = [self._texts[place] for place in places]
        others = {
            number: self.others[place] for number, place in enumerate(places) if self._texts[place] is None
        }
        picked = self._like(texts, others)
        if "indexes" in self.__dict__:
            picked.__dict__["indexes"] = [self.indexes[place] for place in places]
        return picked

    def extended(self, values: Iterable[Any]) -> "SealedTexts":
        """The same with other values behind."""
        others = {**self.others, **dict(enumerate(values, len(self)))}
        more: list[None] = [None] * (len(others) - len(self.others))
        extended = self._like([*self._texts, *more], others)
        if "indexes" in self.__dict__:
            extended.__dict__["indexes"] = [*self.indexes, *more]
        return extended

    def _like(self, texts: Sequence[str | None], others: Mapping[int, Any]) -> "SealedTexts":
        return SealedTexts(texts, others, self._kind, self._column, self._keyring)

    def __repr__(self) -> str:
        return f"<SealedTexts {self._kind}: {len(self)}>"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("sealed values are never pickled")
