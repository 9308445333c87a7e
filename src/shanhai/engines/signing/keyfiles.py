"""Public keys as files: ours with the days they are good for, PEM for other programs, bare digits."""

import base64
import binascii
import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .sm2 import BadKey, checked_public, fingerprint

KEY_FORMAT = "shanhai-key/1"
#: DER of a SubjectPublicKeyInfo up to the point: id-ecPublicKey, sm2p256v1 (GM/T 0006).
_HEAD = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")
_PEM = re.compile(r"-----BEGIN PUBLIC KEY-----(.*?)-----END PUBLIC KEY-----", re.DOTALL)
_LINE = 64


@dataclass(frozen=True)
class PublicKey:
    """A key with whose it is and from when until when it signs; None: not said."""

    public: str
    holder: str = ""
    valid_from: datetime | None = None
    valid_until: datetime | None = None

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.public)

    def is_good_at(self, moment: datetime) -> bool:
        is_begun = self.valid_from is None or self.valid_from <= moment
        return is_begun and (self.valid_until is None or moment <= self.valid_until)

    def told(self) -> dict[str, Any]:
        """As files carry it."""
        return {
            "holder": self.holder,
            "public": self.public,
            "fingerprint": self.fingerprint,
            "valid_from": self.valid_from.isoformat() if self.valid_from else None,
            "valid_until": self.valid_until.isoformat() if self.valid_until else None,
        }

    @classmethod
    def read(cls, told: Any) -> "PublicKey":
        """Errors: BadKey for what is no such thing, also for another fingerprint than it says."""
        try:
            key = cls(
                checked_public(told["public"]),
                str(told.get("holder", "")),
                *(_moment(told.get(name)) for name in ("valid_from", "valid_until")),
            )
            is_its = told.get("fingerprint", key.fingerprint) == key.fingerprint
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise BadKey(str(error)) from None
        if not is_its:
            raise BadKey(key.fingerprint)
        return key


def _moment(told: Any) -> datetime | None:
    """Errors: ValueError, also for a moment without its time zone."""
    if told is None:
        return None
    moment = datetime.fromisoformat(told)
    if moment.tzinfo is None:
        raise ValueError(told)
    return moment


def key_file(key: PublicKey) -> str:
    """To be handed to whoever checks."""
    return json.dumps(
        {"format": KEY_FORMAT, **key.told(), "pem": pem_of(key.public)}, ensure_ascii=False, indent=2
    )


def pem_of(public: str) -> str:
    """As `openssl` reads it. Errors: BadKey."""
    der = base64.b64encode(_HEAD + bytes.fromhex(checked_public(public))).decode()
    lines = [der[start : start + _LINE] for start in range(0, len(der), _LINE)]
    return "\n".join(["-----BEGIN PUBLIC KEY-----", *lines, "-----END PUBLIC KEY-----", ""])


def read_key(text: str) -> PublicKey:
    """A key out of our file, a PEM, or 130 hexadecimal digits. Errors: BadKey."""
    told = text.strip()
    if told.startswith("{"):
        try:
            return PublicKey.read(json.loads(told))
        except json.JSONDecodeError:
            raise BadKey("") from None
    if found := _PEM.search(told):
        return PublicKey(_of_der(found[1]))
    return PublicKey(checked_public(told))


def _of_der(body: str) -> str:
    try:
        der = base64.b64decode("".join(body.split()), validate=True)
    except binascii.Error:
        raise BadKey("") from None
    if not der.startswith(_HEAD):
        raise BadKey("")
    return checked_public(der.removeprefix(_HEAD).hex())
