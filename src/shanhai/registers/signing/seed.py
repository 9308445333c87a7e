"""The demonstration's seals; what both sides confirmed in the last months is signed."""

from shanhai.kernel import clock, context
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Side
from shanhai.kernel.workflow import State
from shanhai.registers.seeding import Seeding

from .keys import new_key
from .signing import sign_rows

_SIGNED, _MOST = "governance.jointmeeting", 4
_HOLDERS = {Side.EAST: "dm_coordinator", Side.WEST: "mt_coordinator"}


def seed(ctx: Seeding) -> None:
    """Keys of chance: what is random here is no secret of anybody, and stands in no count."""
    ledger = registry.get(_SIGNED)
    with clock.at(ctx.today), context.unscoped("演示数据"):
        for side, unit in _HOLDERS.items():
            new_key(side, ctx.units[unit].name)
        rows = ledger.model._default_manager.filter(state=State.VERIFIED).order_by("-period", "pk")
        sign_rows(ledger, list(rows.values_list("pk", flat=True)[:_MOST]))
