"""What the rules of a ledger look at is within what it declares: lines that agree in that are judged once."""

import itertools
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import models

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry

declaring = [ledger for ledger in registry if ledger.rule_fields]
VALUES: list[tuple[type[models.Field[Any, Any]], list[Any]]] = [
    (models.DateField, [date(1900, 1, 1), date(2021, 6, 30), date(2199, 1, 1)]),
    (models.BooleanField, [True, False]),
    (models.DecimalField, [Decimal(-1), Decimal(0), Decimal(10**9)]),
    (models.IntegerField, [0, 10**9]),
    (models.CharField, ["", "2021", "2021Q2", "2021-06", "2199-01"]),
    (models.TextField, ["", "说明"]),
]


class Watched:
    """A row that remembers what was asked of it."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values, self.asked = values, set[str]()

    def __getattr__(self, name: str) -> Any:
        self.asked.add(name)
        return self.values.get(name)


def values_of(ledger: Ledger[Any], name: str) -> list[Any]:
    field: Any = ledger.model._meta.get_field(name)
    known = next(values for kind, values in VALUES if isinstance(field, kind))
    return [*known, None] if field.null else known


@pytest.mark.parametrize("ledger", declaring, ids=lambda ledger: ledger.key)
def test_rules_look_at_no_more_than_they_declare(ledger: Ledger[Any]) -> None:
    asked: set[str] = set()
    for combination in itertools.product(*(values_of(ledger, name) for name in ledger.rule_fields)):
        row: Any = Watched(dict(zip(ledger.rule_fields, combination, strict=True)))
        ledger.validate(row, None)
        ledger.warn(row)
        asked |= row.asked
    assert asked == set(ledger.rule_fields)
