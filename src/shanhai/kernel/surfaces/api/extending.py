"""Operations of chapters and registers: below an address of their own, or beside the rows of one ledger."""

from collections.abc import Callable
from typing import Any

from ninja import Router, Schema

from shanhai.kernel.ledger import Ledger

#: Makes the router when the API is built: all ledgers are registered then.
type Routes = Callable[[], Router]
#: Adds operations to the router of a ledger; `row` is the schema of its rows.
type Operations = Callable[[Router, Ledger[Any], type[Schema]], None]

_routes: list[tuple[str, Routes]] = []
_operations: dict[str, list[Operations]] = {}


def register_routes(prefix: str) -> Callable[[Routes], Routes]:
    """Decorator. `prefix` is below `/api/v1/`, with slashes; several may stand below one."""

    def register(routes: Routes) -> Routes:
        _routes.append((prefix, routes))
        return routes

    return register


def register_operations(ledger: str) -> Callable[[Operations], Operations]:
    """Decorator. `ledger` is the key of the ledger whose rows the operations are about."""

    def register(add: Operations) -> Operations:
        _operations.setdefault(ledger, []).append(add)
        return add

    return register


def further_routes() -> list[tuple[str, Routes]]:
    return list(_routes)


def operations_of(ledger: str) -> list[Operations]:
    return list(_operations.get(ledger, ()))
