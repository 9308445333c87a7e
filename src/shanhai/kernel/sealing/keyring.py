"""The keys of an installation and the two things done with them: sealing text, and indexing it blindly."""

import base64
import os
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple, NoReturn, Protocol, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256, SM3, HashAlgorithm
from cryptography.hazmat.primitives.hmac import HMAC
from django.conf import settings
from django.utils.translation import gettext_lazy as _

_VERSION = "v1"
_NONCE, _TAG = 12, 16
#: Bytes that sealing adds to what it seals.
OVERHEAD = _NONCE + _TAG
_INDEX_BYTES = 16
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


_CIPHERS = {"SM4-GCM": _Algorithm(_Sm4Gcm, 16), "AES-256-GCM": _Algorithm(AESGCM, 32)}
_INDEXES: dict[str, type[HashAlgorithm]] = {"HMAC-SM3": SM3, "HMAC-SHA256": SHA256}
_INDEX_KEY_BYTES = 32


class Keyring:
    """The keys of one installation: any may open, the current one seals.

    Shape: a sealed text is `v1.<key id>.<base64url of nonce, ciphertext, tag>`; the column it belongs to
    ("app.model.field") is authenticated with it, so a value copied into another column does not open.
    Nonces are random: at 96 bits one key is good for some four thousand million values.
    """

    __slots__ = ("_ciphers", "_current", "_index")

    def __init__(self, ciphers: Mapping[str, _Aead], current: str, index: HMAC) -> None:
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
        # surrogatepass: an encoding error would carry the plain text in its traceback
        sealed = self._ciphers[key_id].encrypt(
            nonce, text.encode("utf-8", "surrogatepass"), _bound(key_id, aad)
        )
        return f"{_VERSION}.{key_id}.{_armour(nonce + sealed)}"

    def open(self, token: str, aad: str) -> str:
        """The plain text of a sealed one.

        Errors: UnknownKey, Tampered.
        """
        key_id, body = _taken_apart(token)
        cipher = self._cipher(key_id)
        try:
            return cipher.decrypt(body[:_NONCE], body[_NONCE:], _bound(key_id, aad)).decode(
                "utf-8", "surrogatepass"
            )
        except InvalidTag:
            raise _tampered() from None

    @property
    def current(self) -> str:
        """The id of the key that seals."""
        return self._current

    def seal_bytes(self, data: bytes, aad: str) -> bytes:
        """Nonce, ciphertext and tag under the current key; `aad` must be the same when it is opened."""
        nonce = os.urandom(_NONCE)
        return nonce + self._ciphers[self._current].encrypt(nonce, data, _bound(self._current, aad))

    def open_bytes(self, body: bytes, aad: str, key_id: str) -> bytes:
        """What `seal_bytes` sealed when `key_id` was current.

        Errors: UnknownKey, Tampered.
        """
        try:
            return self._cipher(key_id).decrypt(body[:_NONCE], body[_NONCE:], _bound(key_id, aad))
        except (InvalidTag, ValueError):
            raise _tampered() from None

    def _cipher(self, key_id: str) -> _Aead:
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise UnknownKey(_("密文所用的密钥 «%(id)s» 不在本机密钥表中。") % {"id": key_id})
        return cipher

    def seal_many(self, texts: Iterable[str | None], aad: str) -> list[str | None]:
        """Seal a column; what is absent stays absent."""
        return [None if text is None else self.seal(text, aad) for text in texts]

    def open_many(self, tokens: Iterable[str | None], aad: str) -> list[str | None]:
        return [None if token is None else self.open(token, aad) for token in tokens]

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
        "keys": {key_id: {"algorithm": cipher, "key": _fresh(_CIPHERS[cipher].key_bytes)}},
        "index": {"algorithm": index, "key": _fresh(_INDEX_KEY_BYTES)},
    }


def _fresh(size: int) -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(size)).decode("ascii")


@cache
def installed_keyring() -> Keyring:
    """The ring of this installation, from `settings.SHANHAI_FIELD_KEYS`."""
    return Keyring.from_settings(settings.SHANHAI_FIELD_KEYS)


def _key(name: str, entry: Mapping[str, Any]) -> _Aead:
    if not _KEY_ID.fullmatch(name):
        raise KeyringError(_("密钥编号 «%(id)s» 只能由字母、数字、-、_ 组成。") % {"id": name})
    cipher = _choice(name, entry, _CIPHERS)
    return cipher.make(_bytes(name, entry, cipher.key_bytes))


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
