"""One search box over everything the reader may see: ledgers by themselves, others by a provider."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from shanhai.kernel.scope import Actor

#: Characters of a text that is looked for.
LONGEST = 80


@dataclass(frozen=True)
class Hit:
    """One thing found."""

    label: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class HitGroup:
    """What one provider found; `url` leads to all of it, "" when there is no such page."""

    label: str
    hits: Sequence[Hit]
    url: str = ""
    has_more: bool = False


#: Called with actor, text and the number of hits wanted; at most one query, within the actor's scope.
type SearchProvider = Callable[[Actor, str, int], Sequence[HitGroup]]

_providers: list[tuple[int, SearchProvider]] = []


def register_provider(order: int = 100) -> Callable[[SearchProvider], SearchProvider]:
    """Decorator: `@register_provider(50)`."""

    def registered(provider: SearchProvider) -> SearchProvider:
        _providers.append((order, provider))
        return provider

    return registered


def search_everything(actor: Actor, text: str, limit: int = 6) -> list[HitGroup]:
    """Groups with at least one hit, providers in order."""
    ordered = [provider for _order, provider in sorted(_providers, key=lambda pair: pair[0])]
    found: list[Any] = [group for provider in ordered for group in provider(actor, text, limit)]
    return [group for group in found if group.hits]
