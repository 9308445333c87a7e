"""The demonstration's one chain: larger payments of the west are looked at by three."""

from datetime import timedelta

from shanhai.kernel import context
from shanhai.kernel.scope import Side
from shanhai.registers.seeding import Seeding

from .models import ApprovalChain

_DAYS_BEFORE, _FROM = timedelta(days=30), 200_000
_FINANCE, _COORDINATOR = "mt_finance", "mt_coordinator"


def seed(ctx: Seeding) -> None:
    """What was verified earlier stays; what waits now goes by the chain."""
    finance, coordinator = ctx.units[_FINANCE].name, ctx.units[_COORDINATOR].name
    steps = (f"统筹部门核：或签 {coordinator}·核实", f"会签：会签 {finance}·填报、{coordinator}·统筹")
    chain = ApprovalChain(
        side=Side.WEST,
        ledger="funds.payment",
        from_amount=_FROM,
        amount_field="拨付金额",
        approval_steps="\n".join(steps),
        valid_from=ctx.today - _DAYS_BEFORE,
        source="演示〔2021〕15号（演示数据）",
    )
    with context.unscoped("演示数据"):
        chain.full_clean()
        chain.save()
