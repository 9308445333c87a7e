"""A sensitive value in memory: to everyone and everything it is its mask."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import NoReturn, Self

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..errors import NotAllowed
from .keyring import Keyring, SealingError
from .masks import Kind, mask


class RevealRefused(NotAllowed):
    """Plain text was asked for without saying why."""

    code = "reveal_refused"
    default_message = _("查看敏感信息必须说明理由。")


@dataclass(frozen=True, slots=True)
class Reading:
    """One sensitive value about to be read: what the recorder is told."""

    #: "app.model.field"
    column: str
    #: blind index of the value, by which readings of one person are found again
    blind_index: str
    reason: str


type Recorder = Callable[[Reading], None]

_allowed: ContextVar[tuple[str, Recorder] | None] = ContextVar("revealing", default=None)


@contextmanager
def revealing(reason: str, record: Recorder) -> Iterator[None]:
    """Let sealed values be revealed inside, each reading told to `record` before the plain text exists.

    Shape: when `record` fails, nothing is revealed. The innermost of nested contexts counts.
    Errors: RevealRefused without a reason.
    """
    if not reason.strip():
        raise RevealRefused
    token = _allowed.set((reason.strip(), record))
    try:
        yield
    finally:
        _allowed.reset(token)


def reveal_column(tokens: Sequence[str | None], column: str, keyring: Keyring) -> list[str | None]:
    """Plain texts of stored values of one column; None for one that is absent.

    Shape: the recorder is told of the column as a whole, with an empty blind index.
    Errors: RevealRefused outside `revealing`; UnknownKey, Tampered for the first value that does not open.
    """
    allowed = _allowed.get()
    if allowed is None:
        raise RevealRefused
    reason, record = allowed
    record(Reading(column, "", reason))
    return keyring.open_many(tokens, column)


class Sealed(str):
    """A sensitive value whose text is its mask.

    Shape: a `str` holding only the mask, so that printing, formatting, JSON, templates and spreadsheets show
    no more; beside it the sealed text, which `reveal` opens. One just typed is sealed when it is first
    stored, for of the thousands in a file most may be known already: until then it keeps its plain text. Two
    are equal when their plain texts are (by blind index); none equals a bare string.
    """

    __slots__ = ("_column", "_index", "_keyring", "_kind", "_plain", "_token")

    _token: str
    _plain: str
    _index: str
    _kind: Kind
    _column: str
    _keyring: Keyring

    @classmethod
    def of(cls, text: str, kind: Kind, column: str, keyring: Keyring) -> Self:
        """Seal plain text.

        Errors: SealingError for an empty text: what is absent is None.
        """
        if not text:
            raise SealingError(_("空值不能加密。"))
        sealed = cls._built(mask(kind, text), "", kind, column, keyring)
        sealed._plain = text
        return sealed

    @classmethod
    def load(cls, token: str, kind: Kind, column: str, keyring: Keyring) -> Self:
        """Take a sealed text back from the column it was stored in.

        Shape: one that does not open is marked 无法解密, so that a damaged row does not close the whole list;
        `reveal` and `blind_index` then raise what is wrong.
        """
        try:
            shown = mask(kind, keyring.open(token, column))
        except SealingError:
            shown = gettext("无法解密")
        return cls._built(shown, token, kind, column, keyring)

    @classmethod
    def _built(cls, shown: str, token: str, kind: Kind, column: str, keyring: Keyring) -> Self:
        sealed = str.__new__(cls, shown)
        sealed._token, sealed._kind, sealed._column, sealed._keyring = token, kind, column, keyring
        sealed._index = sealed._plain = ""
        return sealed

    @property
    def token(self) -> str:
        """The sealed text, as the database stores it."""
        if not self._token:
            self._index = self.blind_index
            self._token, self._plain = self._keyring.seal(self._plain, self._column), ""
        return self._token

    @staticmethod
    def seal_all(values: Iterable["Sealed | None"]) -> None:
        """Seal those of one column that are not yet, at once; `token` then has nothing left to do."""
        pending = [value for value in values if value is not None and not value._token]
        if not pending:
            return
        ring, column = pending[0]._keyring, pending[0]._column
        tokens = ring.seal_many([value._plain for value in pending], column)
        for value, token in zip(pending, tokens, strict=True):
            value._index = value.blind_index
            value._token, value._plain = str(token), ""

    @classmethod
    def load_many(
        cls, tokens: Sequence[str | None], kind: Kind, column: str, keyring: Keyring
    ) -> list[Self | None]:
        """`load` for a column, opened at once; absent and empty ones stay None."""
        try:
            texts = keyring.open_many([token or None for token in tokens], column)
        except SealingError:  # which of them, each says for itself
            return [cls.load(token, kind, column, keyring) if token else None for token in tokens]
        return [
            cls._built(mask(kind, text), token, kind, column, keyring) if token and text is not None else None
            for token, text in zip(tokens, texts, strict=True)
        ]

    @property
    def blind_index(self) -> str:
        """What the database stores and searches; computed when first asked for.

        Errors: UnknownKey, Tampered.
        """
        if not self._index:
            self._index = self._keyring.blind_index(self._opened())
        return self._index

    @property
    def kind(self) -> Kind:
        return self._kind

    @property
    def column(self) -> str:
        return self._column

    def reveal(self) -> str:
        """The plain text.

        Errors: RevealRefused outside `revealing`.
        """
        allowed = _allowed.get()
        if allowed is None:
            raise RevealRefused
        reason, record = allowed
        record(Reading(self._column, self.blind_index, reason))
        return self._opened()

    def moved_to(self, column: str) -> Self:
        """The same value sealed for another column, without anyone reading it."""
        return type(self).of(self._opened(), self._kind, column, self._keyring)

    def _opened(self) -> str:
        return self._plain or self._keyring.open(self._token, self._column)

    def __repr__(self) -> str:
        return f"<Sealed {self._kind}: {self!s}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and self.blind_index == other.blind_index

    def __ne__(self, other: object) -> bool:  # str has its own, which would compare masks
        return not self == other

    def __hash__(self) -> int:
        return hash(self.blind_index)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a sealed value is never pickled")
