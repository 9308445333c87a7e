"""The demonstration of care 演示: one asset let with a rent overdue, one that pays; who looked at which."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from shanhai.kernel.scope import Side
from shanhai.registers.parties.models import Body
from shanhai.registers.seeding import Filed, Seeding

from ..models import (
    Asset,
    AssetDistribution,
    AssetIncome,
    AssetInspection,
    AssetLease,
    AssetStanding,
    DistributionPayment,
    DistributionShare,
)
from .disposal_seed import own

LET_SINCE, LET_UNTIL, INSPECTED_ON = date(2021, 6, 1), date(2024, 5, 31), date(2021, 9, 14)
RENT, GIVEN = Decimal(30_000), Decimal(20_000)
DECIDED_ON, PAID_ON = date(2021, 9, 16), date(2021, 9, 20)


def seed(ctx: Seeding, assets: Sequence[Asset]) -> None:
    """Of the assets that are let the first owes a rent; every other was looked at."""
    leases, incomes = _leases(ctx, assets)
    ctx.file(leases)
    ctx.file(incomes)
    _distribute(ctx, [one.row for one in incomes])
    ctx.file(_inspections(ctx, assets))


def let(asset: Asset) -> None:
    """Before it is filed: an asset that is let."""
    asset.standing, asset.standing_since = AssetStanding.LEASED, asset.titled_on


def _leases(ctx: Seeding, assets: Sequence[Asset]) -> tuple[list[Filed], list[Filed]]:
    lessees: list[Body] = list(ctx.bodies[Side.WEST].values())
    leases, incomes = [], []
    leased = [one for one in assets if one.standing == AssetStanding.LEASED]
    for number, asset in enumerate(leased):
        lease = AssetLease(
            **own(asset),
            contract_number=f"JY-2021-{number + 1:03}",
            asset=asset,
            lessee=lessees[number % len(lessees)],
            starts_on=LET_SINCE,
            leased_until=LET_UNTIL,
            rent=RENT,
            rent_interval=AssetLease.Interval.QUARTER,
            first_due_on=LET_SINCE + timedelta(days=14),
        )
        lines = ("经营合同", lease.contract_number, asset.name, f"每期租金 {RENT} 元")
        ctx.attach(lease, "contract", f"经营合同-{lease.contract_number}", lines, LET_SINCE)
        leases.append(Filed(lease, LET_SINCE + timedelta(days=100)))
        for step in range(1 if number == 0 else 2):
            incomes.append(_income(ctx, lease, asset, f"SK-2021-{number + 1:03}-{step}", step))
    return leases, incomes


def _income(ctx: Seeding, lease: AssetLease, asset: Asset, voucher: str, step: int) -> Filed:
    day = lease.first_due_on + timedelta(days=92 * step)
    row = AssetIncome(
        **own(asset),
        asset=asset,
        lease=lease,
        income_voucher=voucher,
        income_kind=AssetIncome.Kind.RENT,
        amount=RENT,
        earned_on=day,
    )
    ctx.attach(row, "slip", f"收款凭证-{voucher}", ("收款凭证", voucher, f"金额 {RENT} 元"), day)
    return Filed(row, max(day, LET_SINCE + timedelta(days=101)))


def _distribute(ctx: Seeding, incomes: Sequence[Any]) -> None:
    """Of the first income: monitored households first; one kind is not paid out yet."""
    kinds = DistributionShare.Recipient
    for income in incomes[:1]:
        row = AssetDistribution(
            **own(income),
            asset_income=income,
            decision_number="FP-2021-001",
            decision_day=DECIDED_ON,
            village_meeting=f"{income.place}村民代表会议",
            amount=GIVEN,
        )
        lines = ("会议记录", row.decision_number, f"分配 {GIVEN} 元，监测户优先")
        ctx.attach(row, "minutes", f"会议记录-{row.decision_number}", lines, DECIDED_ON)
        ctx.file([Filed(row, DECIDED_ON)])
        shares = [
            DistributionShare(
                **own(income), distribution=row, share_kind=kind, share_households=number, amount=part
            )
            for kind, number, part in ((kinds.MONITORED, 9, GIVEN / 2), (kinds.COLLECTIVE, 0, GIVEN / 2))
        ]
        ctx.file(Filed(one, DECIDED_ON) for one in shares)
        paid = DistributionPayment(
            **own(income),
            distribution_share=shares[0],
            payout_voucher="DF-2021-001",
            amount=GIVEN / 2,
            paid_out_on=PAID_ON,
        )
        ctx.attach(paid, "slip", "兑付凭证-DF-2021-001", ("兑付凭证", f"{GIVEN / 2} 元"), PAID_ON)
        ctx.file([Filed(paid, PAID_ON)])


def _inspections(ctx: Seeding, assets: Sequence[Asset]) -> Iterator[Filed]:
    for number, asset in enumerate(assets):
        if number % 2 or number == 0:
            continue
        row = AssetInspection(
            **own(asset),
            asset=asset,
            inspected_on=INSPECTED_ON,
            condition=AssetInspection.Condition.GOOD if number % 4 else AssetInspection.Condition.REPAIR,
            inspection_note="" if number % 4 else "屋面漏雨，已报维修",
        )
        shown = ("巡查照片", asset.code, asset.name)
        ctx.attach(row, "photo", f"巡查-{asset.code}", shown, INSPECTED_ON)
        yield Filed(row, INSPECTED_ON)
