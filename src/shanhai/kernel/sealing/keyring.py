"""The keys of an installation and the two things done with them: sealing text, and indexing it blindly."""

import base64
import os
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, Protocol, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256, SM3, HashAlgorithm
from cryptography.hazmat.primitives.hmac import HMAC
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .many import ManyGcm

_VERSION = "v1"
_NONCE, _TAG = 12, 16
#: Bytes that sealing adds to what it seals.
OVERHEAD = _NONCE + _TAG
_INDEX_BYTES = 16
#: From so many values on a column is sealed and opened at once. Unit: values.
_MANY = 32
_KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")


class SealingError(Exception):
    """A sealed value cannot be made or read; the text never holds plain text or key."""


class KeyringError(SealingError):
    """The configured keys are unusable."""


class UnknownKey(SealingError):
    """The value was sealed with a key that this installation does not hold."""


class Tampered(SealingError):
    """The value was changed, cut short, or moved here from another column."""


class _Aead(Protocol):
    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes: ...
    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes: ...


class _Sm4Gcm:
    """SM4-GCM in the shape of `AESGCM`, which `cryptography` offers for SM4 only as cipher and mode."""

    def __init__(self, key: bytes) -> None:
        self._cipher = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        encryptor = Cipher(self._cipher, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data)
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        decryptor = Cipher(self._cipher, modes.GCM(nonce, data[-_TAG:])).decryptor()
        decryptor.authenticate_additional_data(associated_data)
        return decryptor.update(data[:-_TAG]) + decryptor.finalize()


class _Algorithm(NamedTuple):
    make: Callable[[bytes], _Aead]
    key_bytes: int
    block: Callable[[bytes], Any]


#: What a new key may be for, by its name in the settings.
_CIPHERS = {
    "SM4-GCM": _Algorithm(_Sm4Gcm, 16, algorithms.SM4),
    "AES-256-GCM": _Algorithm(AESGCM, 32, algorithms.AES),
}

#: Names of the ciphers a key may be made for.
CIPHERS = tuple(_CIPHERS)


class _Key:
    """One key, for single values and for columns of them."""

    def __init__(self, algorithm: _Algorithm, material: bytes) -> None:
        self.one = algorithm.make(material)
        self._block = algorithm.block(material)

    @cached_property
    def many(self) -> "ManyGcm":
        from .many import ManyGcm  # noqa: PLC0415 -- brings numpy along, which few processes need

        # One call is one block after the other, each by itself: the counters of GCM, all different.
        cipher = Cipher(self._block, modes.ECB())  # noqa: S305 -- never of what is to be kept secret
        return ManyGcm(lambda blocks: cipher.encryptor().update(blocks))


_INDEXES: dict[str, type[HashAlgorithm]] = {"HMAC-SM3": SM3, "HMAC-SHA256": SHA256}
_INDEX_KEY_BYTES = 32


class Keyring:
    """The keys of one installation: any may open, the current one seals.

    Shape: a sealed text is `v1.<key id>.<base64url of nonce, ciphertext, tag>`; the column it belongs to
    ("app.model.field") is authenticated with it, so a value copied into another column does not open.
    Nonces are random: at 96 bits one key is good for some four thousand million values.
    """

    __slots__ = ("_ciphers", "_current", "_index")

    def __init__(self, ciphers: Mapping[str, _Key], current: str, index: HMAC) -> None:
        self._ciphers = dict(ciphers)
        self._current = current
        self._index = index

    @classmethod
    def from_settings(cls, configured: Mapping[str, Any]) -> Self:
        """Build the ring from a mapping as `new_settings` makes it.

        Shape: {"current": id, "keys": {id: {"algorithm", "key"}}, "index": {"algorithm", "key"}}, base64.
        Errors: KeyringError names the entry at fault, never its value.
        """
        keys, index = configured.get("keys") or {}, configured.get("index") or {}
        current = str(configured.get("current") or "")
        if current not in keys:
            raise KeyringError(_("现用密钥 «%(id)s» 不在密钥表中。") % {"id": current})
        material = {name: _key(name, entry) for name, entry in keys.items()}
        algorithm = _choice("index", index, _INDEXES)
        index_key = _bytes("index", index, _INDEX_KEY_BYTES)
        if any(entry.get("key") == index.get("key") for entry in keys.values()):
            raise KeyringError(_("索引密钥必须与加密密钥不同。"))
        return cls(material, current, HMAC(index_key, algorithm()))

    def __repr__(self) -> str:
        return f"<Keyring {', '.join(self._ciphers)}; current {self._current}>"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a keyring is never pickled")

    def seal(self, text: str, aad: str) -> str:
        key_id = self._current
        nonce = os.urandom(_NONCE)
        sealed = self._ciphers[key_id].one.encrypt(nonce, _encoded(text), _bound(key_id, aad))
        return f"{_VERSION}.{key_id}.{_armour(nonce + sealed)}"

    def open(self, token: str, aad: str) -> str:
        """The plain text of a sealed one.

        Errors: UnknownKey, Tampered.
        """
        key_id, body = _taken_apart(token)
        return _decoded(self.open_bytes(body, aad, key_id))

    @property
    def current(self) -> str:
        """The id of the key that seals."""
        return self._current

    @property
    def key_ids(self) -> tuple[str, ...]:
        """Of all keys that open."""
        return tuple(self._ciphers)

    def seal_bytes(self, data: bytes, aad: str) -> bytes:
        """Nonce, ciphertext and tag under the current key; `aad` must be the same when it is opened."""
        nonce = os.urandom(_NONCE)
        return nonce + self._ciphers[self._current].one.encrypt(nonce, data, _bound(self._current, aad))

    def open_bytes(self, body: bytes, aad: str, key_id: str) -> bytes:
        """What `seal_bytes` sealed when `key_id` was current.

        Errors: UnknownKey, Tampered.
        """
        try:
            return self._key(key_id).one.decrypt(body[:_NONCE], body[_NONCE:], _bound(key_id, aad))
        except (InvalidTag, ValueError):
            raise _tampered() from None

    def _key(self, key_id: str) -> _Key:
        key = self._ciphers.get(key_id)
        if key is None:
            raise UnknownKey(_("密文所用的密钥 «%(id)s» 不在本机密钥表中。") % {"id": key_id})
        return key

    def seal_many(self, texts: Iterable[str | None], aad: str) -> list[str | None]:
        """Seal a column, each value for itself with a nonce of its own; what is absent stays absent."""
        given = list(texts)
        if len(given) < _MANY:
            return [None if text is None else self.seal(text, aad) for text in given]
        from .columns import seal_column  # noqa: PLC0415 -- brings numpy along

        key_id = self._current
        sealed = seal_column(
            [_encoded(text) for text in given if text is not None],
            self._ciphers[key_id].many,
            _bound(key_id, aad),
        )
        tokens = (f"{_VERSION}.{key_id}.{armoured}" for armoured in sealed)
        return [None if text is None else next(tokens) for text in given]

    def open_many(self, tokens: Iterable[str | None], aad: str) -> list[str | None]:
        """Open a column.

        Errors: those of `open` for the first value that does not open.
        """
        given = list(tokens)
        if len(given) < _MANY:
            return [None if token is None else self.open(token, aad) for token in given]
        from .columns import open_column  # noqa: PLC0415 -- as above

        present = [token for token in given if token is not None]
        opened = open_column(present, self._of_head(aad))
        # What is not as it should be is found, and told, one by one.
        texts = map(_decoded, opened) if opened is not None else (self.open(token, aad) for token in present)
        return [None if token is None else next(texts) for token in given]

    def _of_head(self, aad: str) -> Callable[[str], tuple["ManyGcm", bytes] | None]:
        """By what stands before the last dot of a token: what opens it, if we do."""

        def of(head: str) -> tuple["ManyGcm", bytes] | None:
            version, _dot, key_id = head.partition(".")
            is_ours = version == _VERSION and key_id in self._ciphers
            return (self._ciphers[key_id].many, _bound(key_id, aad)) if is_ours else None

        return of

    def blind_index(self, text: str) -> str:
        """32 hexadecimal characters, equal for equal text and telling nothing else to who has no key.

        Shape: the text counts as it stands; normalise it first. The same in every column, so that a person is
        found across ledgers.
        """
        mac = self._index.copy()
        mac.update(text.encode("utf-8", "surrogatepass"))
        return mac.finalize()[:_INDEX_BYTES].hex()

    def blind_index_many(self, texts: Iterable[str | None]) -> list[str | None]:
        return [None if text is None else self.blind_index(text) for text in texts]

    def is_current(self, token: str) -> bool:
        """Whether the value is sealed with the current key; if not, sealing it anew retires the old one."""
        return _taken_apart(token)[0] == self._current


def new_settings(cipher: str = "SM4-GCM", index: str = "HMAC-SM3", key_id: str = "k1") -> dict[str, Any]:
    """Fresh random keys, in the shape `Keyring.from_settings` reads; to be kept secret and backed up."""
    return {
        "current": key_id,
        "keys": {key_id: new_key(cipher)},
        "index": {"algorithm": index, "key": _fresh(_INDEX_KEY_BYTES)},
    }


def new_key(cipher: str) -> dict[str, str]:
    """One fresh random key, an entry of `keys`."""
    return {"algorithm": cipher, "key": _fresh(_CIPHERS[cipher].key_bytes)}


def _fresh(size: int) -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(size)).decode("ascii")


def _key(name: str, entry: Mapping[str, Any]) -> _Key:
    if not _KEY_ID.fullmatch(name):
        raise KeyringError(_("密钥编号 «%(id)s» 只能由字母、数字、-、_ 组成。") % {"id": name})
    cipher = _choice(name, entry, _CIPHERS)
    return _Key(cipher, _bytes(name, entry, cipher.key_bytes))


def _choice[Choice](name: str, entry: Mapping[str, Any], known: Mapping[str, Choice]) -> Choice:
    algorithm = known.get(str(entry.get("algorithm")))
    if algorithm is None:
        raise KeyringError(
            _("密钥 «%(id)s» 的算法必须是 %(known)s 之一。") % {"id": name, "known": "、".join(known)}
        )
    return algorithm


def _bytes(name: str, entry: Mapping[str, Any], size: int) -> bytes:
    try:
        key = base64.b64decode(str(entry.get("key")), altchars=b"-_", validate=True)
    except ValueError:
        key = b""
    if len(key) != size:
        raise KeyringError(_("密钥 «%(id)s» 必须是 %(size)s 字节的 base64。") % {"id": name, "size": size})
    return key


def _bound(key_id: str, aad: str) -> bytes:
    return f"{_VERSION}.{key_id}.{aad}".encode()


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # an error of encoding would carry the text in its traceback


def _decoded(body: bytes) -> str:
    return body.decode("utf-8", "surrogatepass")


def _armour(body: bytes) -> str:
    return base64.urlsafe_b64encode(body).rstrip(b"=").decode("ascii")


def _taken_apart(token: str) -> tuple[str, bytes]:
    version, _dot, rest = token.partition(".")
    key_id, _dot, armoured = rest.partition(".")
    try:
        body = base64.b64decode(armoured + "=" * (-len(armoured) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raise _tampered() from None
    # base64 leaves spare bits in the last character: only the one canonical writing is ours
    if version != _VERSION or len(body) < _NONCE + _TAG or _armour(body) != armoured:
        raise _tampered()
    return key_id, body


def _tampered() -> Tampered:
    return Tampered(_("密文已损坏，或不属于这一列。"))
