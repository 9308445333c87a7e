"""Every address of the product."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.urls import URLPattern, URLResolver, get_resolver

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry

_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
DAY = date(2021, 1, 1)


@dataclass(frozen=True)
class Address:
    """One pattern of the URL configuration. `name` is the same for a page of whatever ledger."""

    name: str
    route: str
    ledger: Ledger[Any] | None = None

    def filled(self, things: "Arguments") -> str:
        return _ARGUMENT.sub(lambda found: things.argument(self, found[1]), self.route)


class Arguments(Protocol):
    """Knows what an address asks for; see `things`."""

    def argument(self, address: Address, name: str) -> str: ...


def addresses() -> list[Address]:
    return list(_walk(get_resolver(), "/", ()))


def _walk(resolver: URLResolver, before: str, spaces: tuple[str, ...]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, here, (*spaces, pattern.namespace) if pattern.namespace else spaces)
        elif isinstance(pattern, URLPattern):
            yield _address(pattern, here, ":".join((*spaces, pattern.name or "")))


def _address(pattern: URLPattern, route: str, name: str) -> Address:
    ledger = pattern.default_args.get("ledger")
    found = re.match(r"/api/v1/(\w+)/(\w+)/", route)
    if ledger is None and found and (key := f"{found[1]}.{found[2]}") in registry:
        return Address(name, route, registry.get(key))
    if ledger is None:
        return Address(name, route)
    return Address(name.replace(f"{ledger.app_label}:{ledger.slug}", "<ledger>"), route, ledger)
