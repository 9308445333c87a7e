"""Lists open at once however many rows a ledger has: the declared order is that of an index."""

from typing import Any

import pytest
from django.db import connection

from shanhai.kernel import context
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry
from shanhai.kernel.surfaces.keyset import in_order
from shanhai.kernel.surfaces.sorting import declared_order

#: Toys use every option of a declaration once, also that of an order which leads through another table.
THROUGH_OTHERS = {"toys.output"}
LEDGERS = [ledger for ledger in registry if ledger.key not in THROUGH_OTHERS]


@pytest.mark.parametrize("is_reversed", [False, True])
@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.key)
def test_the_declared_order_is_served_by_an_index(ledger: Ledger[Any], is_reversed: bool, db: Any) -> None:
    """Nothing is sorted, forwards or backwards, whatever else the planner would prefer."""
    with context.unscoped("plan"), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        rows = in_order(ledger.model._base_manager.all(), declared_order(ledger), is_reversed=is_reversed)
        plan = rows[:50].explain()
    assert "Sort" not in plan, plan
    assert "Index Scan" in plan or "Index Only Scan" in plan, plan
