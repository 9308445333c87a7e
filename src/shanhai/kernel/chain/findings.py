"""What verification found wrong: a sentence that can be kept and told again in another language."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils import translation


class Finding(str):
    """The sentence in the language of the moment; `kept` is what it is told from again.

    Shape: `told` may hold further findings, which are translated with it.
    """

    _words: str
    _told: dict[str, Any]

    def __new__(cls, words: str, told: Mapping[str, Any] | None = None) -> "Finding":
        self = super().__new__(cls, translation.gettext(words) % (told or {}))
        self._words, self._told = words, dict(told or {})
        return self

    def kept(self) -> list[Any]:
        return [self._words, {name: _kept(value) for name, value in self._told.items()}]


def keep(found: list[str]) -> str:
    """As text for the database."""
    return json.dumps([_kept(one) for one in found], ensure_ascii=False) if found else ""


def tell(kept: str) -> str:
    """Sentences in the language of the moment; what was kept as a sentence stays as it was written."""
    try:
        return "\n".join(_told(one) for one in json.loads(kept))
    except (ValueError, TypeError):
        return kept


def _kept(value: Any) -> Any:
    if isinstance(value, Finding):
        return value.kept()
    return value if isinstance(value, int) else str(value)


def _told(kept: Any) -> Any:
    if not isinstance(kept, list):
        return kept
    words, told = kept
    return Finding(words, {name: _told(value) for name, value in told.items()})
