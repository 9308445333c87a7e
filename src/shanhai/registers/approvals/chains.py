"""Which chain a row is under."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.rows import LedgerModel
from shanhai.registers.parties.units import Unit

from .models import ApprovalChain
from .walkable import money_fields


def chains_over(ledger: Ledger[Any], rows: Iterable[LedgerModel]) -> dict[Any, ApprovalChain]:
    """Key of a row → the chain it was submitted under; two queries at most, one where there is no chain."""
    chains = list(ApprovalChain.objects.filter(ledger=ledger.key))
    if not chains:
        return {}
    units = Unit.resolve_references({chain.covered_unit for chain in chains if chain.covered_unit})
    found = {row.pk: _nearest(ledger, row, chains, units) for row in rows if row.submitted_at}
    return {key: chain for key, chain in found.items() if chain}


def _nearest(
    ledger: Ledger[Any], row: LedgerModel, chains: Sequence[ApprovalChain], units: Mapping[str, Unit]
) -> ApprovalChain | None:
    day = timezone.localdate(row.submitted_at)
    fitting = [
        (_depth(chain, units), chain.from_amount, chain)
        for chain in chains
        if chain.side == row.side
        and chain.holds_on(day)
        and _is_of(chain, row, units)
        and _amount(ledger, chain, row) >= chain.from_amount
    ]
    return max(fitting, key=lambda one: one[:2])[2] if fitting else None


def _depth(chain: ApprovalChain, units: Mapping[str, Unit]) -> int:
    return len(str(units[chain.covered_unit].path).split(".")) if chain.covered_unit else 0


def _is_of(chain: ApprovalChain, row: LedgerModel, units: Mapping[str, Unit]) -> bool:
    if not chain.covered_unit:
        return True
    unit = units.get(chain.covered_unit)
    return unit is not None and f"{row.owner_unit.path}.".startswith(f"{unit.path}.")


def _amount(ledger: Ledger[Any], chain: ApprovalChain, row: LedgerModel) -> Decimal:
    name = money_fields(ledger).get(chain.amount_field)
    value = getattr(row, name, None) if name else None
    return Decimal(0) if value is None else Decimal(value)
