"""What rights are given on: every ledger, and the few matters that are no ledger, by their keys."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from .registry import registry


@dataclass(frozen=True)
class Matter:
    """Something verbs are granted on."""

    key: str
    label: Any

    @property
    def chapter(self) -> Any:
        return apps.get_app_config(self.key.partition(".")[0]).verbose_name


_further: dict[str, Matter] = {}


def register_matter(key: str, label: Any) -> None:
    """Errors: ValueError when the key is taken."""
    if key in _further:
        raise ValueError(f"{key} is registered already")
    _further[key] = Matter(key, label)


def matters() -> Iterator[Matter]:
    """Ledgers first, in the order of the menu."""
    yield from (Matter(ledger.key, ledger.label) for ledger in registry)
    yield from _further.values()
