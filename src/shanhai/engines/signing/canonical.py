"""One text for one content, so that the same row gives the same bytes on every machine and in every year."""

import datetime
import json
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives import hashes


class NotCanonical(TypeError):
    """A value that has no one writing, such as a float."""


def canonical(content: Any) -> str:
    """Shape: JSON, keys sorted by code point, no blanks, Chinese as it is.

    Numbers with a fraction are texts as written (`1.50` is another than `1.5`: their columns differ), days
    ISO, moments in UTC to the microsecond with `Z`, texts NFC. Errors: NotCanonical.
    """
    return json.dumps(plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def plain(value: Any) -> Any:
    """The value as JSON knows it, in its one writing."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, Mapping):
        return {_key(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return int(value) if isinstance(value, int) else _written(value)


def _written(value: Any) -> str:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime.datetime):
        if value.tzinfo is None:
            raise NotCanonical("a moment without its time zone")
        return value.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise NotCanonical(type(value).__name__)


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise NotCanonical("a key that is no text")
    return unicodedata.normalize("NFC", key)


def digest_of(text: str) -> str:
    """SM3 of the text in UTF-8, 64 lower hexadecimal digits."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(text.encode())
    return digest.finalize().hex()
