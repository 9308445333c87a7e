"""Which ledgers there are. Domains register theirs in `ledgers.py`; every surface iterates this."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.utils.module_loading import autodiscover_modules

from .errors import NotVisible
from .ledger import Ledger
from .rows import LedgerModel


class LedgerRegistry:
    """Ledgers by key (`labour.employmentspell`), in order of registration."""

    def __init__(self) -> None:
        self._ledgers: dict[str, Ledger[Any]] = {}

    def register[L: type[Ledger[Any]]](self, declaration: L) -> L:
        """Class decorator. Errors: ValueError when two declarations claim one model; both are named."""
        key = declaration.model._meta.label_lower
        earlier = self._ledgers.get(key)
        if earlier is not None:
            raise ValueError(
                f"{declaration.__qualname__} and {type(earlier).__qualname__} both declare {key}"
            )
        self._ledgers[key] = declaration()
        return declaration

    def get(self, key: str) -> Ledger[Any]:
        """Errors: NotVisible for an unknown key, so that guessing names tells nothing."""
        try:
            return self._ledgers[key]
        except KeyError:
            raise NotVisible from None

    def for_model(self, model: type[LedgerModel]) -> Ledger[Any]:
        return self._ledgers[model._meta.label_lower]

    def __contains__(self, key: str) -> bool:
        return key in self._ledgers

    def __iter__(self) -> Iterator[Ledger[Any]]:
        return iter(self._ledgers.values())

    def __len__(self) -> int:
        return len(self._ledgers)

    def by_app(self) -> dict[str, list[Ledger[Any]]]:
        """Ledgers of each chapter, chapters in the order they are installed, ledgers by `menu_order`."""
        chapters: dict[str, list[Ledger[Any]]] = {}
        for config in apps.get_app_configs():
            own = [ledger for ledger in self if ledger.app_label == config.label]
            if own:
                chapters[config.label] = sorted(own, key=lambda ledger: ledger.menu_order)
        return chapters


registry = LedgerRegistry()
register = registry.register


def discover() -> None:
    """Import what every application contributes to the kernel's registries."""
    autodiscover_modules("ledgers", "indicators", "contributions")
