"""Tokens where they stand: alone in a column, or somewhere in a document."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from shanhai.kernel.sealing import Keyring

#: For PostgreSQL: a token, its key in parentheses. Nonce and tag alone are 38 characters.
SQL = r"\mv1\.([A-Za-z0-9_-]{1,32})\.[A-Za-z0-9_-]{38,}"
_TOKEN = re.compile(r"\bv1\.([A-Za-z0-9_-]{1,32})\.[A-Za-z0-9_-]{38,}")


def keys_in(text: str) -> Counter[str]:
    """How many tokens of which key stand in `text`."""
    return Counter(_TOKEN.findall(text))


def renewed(stored: str, ring: Keyring, purpose: Callable[[str], str]) -> str:
    """`stored`, a token or JSON, with every token under the current key; the same text when all are.

    Shape: `purpose` is asked with the name below which a token stands, "" for one alone. Tokens need no
    escapes in JSON, so all else stays as it is written, numbers included.
    Errors: SealingError for a token that does not open.
    """
    if keys_in(stored).keys() <= {ring.current}:
        return stored
    if _TOKEN.fullmatch(stored):
        return ring.seal(ring.open(stored, purpose("")), purpose(""))
    fresh = {
        token: ring.seal(ring.open(token, purpose(name)), purpose(name))
        for token, name in _standing(json.loads(stored), "")
        if not ring.is_current(token)
    }
    return _TOKEN.sub(lambda found: fresh.get(found[0], found[0]), stored)


def _standing(value: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _standing(one, key)
    elif isinstance(value, list):
        for one in value:
            yield from _standing(one, name)
    elif isinstance(value, str) and _TOKEN.fullmatch(value):
        yield value, name
