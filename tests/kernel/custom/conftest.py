"""Fields that units of the cast add to toy ledgers."""

from collections.abc import Callable
from typing import Any

import pytest

from shanhai.kernel import actions, context
from shanhai.kernel.custom import managing
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.models import CustomField
from shanhai.kernel.registry import registry
from toys.models import Workshop


@pytest.fixture
def ledger() -> Ledger[Any]:
    return registry.get("toys.workshop")


@pytest.fixture
def add(cast: Any, ledger: Ledger[Any]) -> Callable[..., CustomField]:
    """`add("车间面积", "decimal", decimals=2)`: a field of Doumen's labour bureau, or of `unit`."""

    def added(title: str, kind: str = "text", *, unit: str = "dm_labour", **said: Any) -> CustomField:
        by = "carol" if unit.startswith("dm") else "wang"
        into = said.pop("ledger", ledger)
        with context.acting(cast.actor(by)) as current:
            field = CustomField(unit=getattr(cast, unit))
            values = {"title": title, "kind": kind, **said}
            return managing.save_field(into, field, values, actor=current.actor)

    return added


@pytest.fixture
def make(cast: Any, ledger: Ledger[Any]) -> Callable[..., Workshop]:
    """`make("W1", {field: 5}, by="bob")`: a workshop with values of custom fields."""

    def made(code: str, own: dict[CustomField, Any] | None = None, by: str = "alice", **values: Any) -> Any:
        customs = {f"custom_{field.key}": value for field, value in (own or {}).items()}
        with context.acting(cast.actor(by)) as current:
            given = {"code": code, "name": f"{code}车间", **values, **customs}
            return actions.create_row(ledger, given, actor=current.actor)

    return made


@pytest.fixture
def stored(cast: Any) -> Callable[[Any], dict[str, Any]]:
    """What a row holds of custom fields now."""

    def read(row: Any) -> dict[str, Any]:
        with context.unscoped("look"):
            extra: dict[str, Any] = type(row)._base_manager.get(pk=row.pk).extra
        return extra

    return read
