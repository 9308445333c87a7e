"""The demonstration of disposals 演示: one decided on, scrapped with its residual value; one that waits."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from shanhai.registers.seeding import Filed, Seeding

from ..models import (
    Asset,
    AssetDisposal,
    AssetDistribution,
    AssetIncome,
    AssetStanding,
    DistributionShare,
)

DISPOSED_ON, ASKED_ON = date(2021, 9, 2), date(2021, 9, 15)
RESIDUAL = Decimal(18_000)
LETTER = "演示处置决定文件"


def gone(asset: Asset) -> None:
    """Before it is filed: an asset that leaves the books."""
    asset.standing, asset.standing_since = AssetStanding.DISPOSED, DISPOSED_ON


def seed(ctx: Seeding, assets: Sequence[Asset]) -> None:
    scrapped = [one for one in assets if one.standing == AssetStanding.DISPOSED]
    idle = [one for one in assets if one.standing == AssetStanding.IDLE]
    for asset in scrapped[:1]:
        decided = {
            "decided_on": DISPOSED_ON + timedelta(days=3),
            "deciding_note": "同意报废，残值交村集体再投资。",
        }
        row = _disposal(ctx, asset, "CZ-2021-001", DISPOSED_ON, price=RESIDUAL, **decided)
        _proceeds(ctx, row)
    for asset in idle[:1]:
        _disposal(ctx, asset, "CZ-2021-002", ASKED_ON, price=Decimal(0))


def _disposal(
    ctx: Seeding, asset: Asset, number: str, day: date, *, price: Decimal, **decided: Any
) -> AssetDisposal:
    row = AssetDisposal(
        **own(asset),
        asset=asset,
        disposal_number=number,
        disposal_way=AssetDisposal.Way.SCRAP,
        disposed_on=day,
        disposal_cause="设备损坏，经鉴定无法修复" if price else "长期闲置，无人承租",
        appraised_value=price,
        price=price,
        recipient="演示再生资源公司" if price else "",
        **decided,
    )
    lines = (LETTER, number, asset.name)
    ctx.attach(row, "decision", f"处置决定-{number}", lines, day)
    ctx.attach(row, "meeting", f"村民会议记录-{number}", ("村民会议记录", number, "同意处置"), day)
    ctx.file([Filed(row, day + timedelta(days=2))])
    return row


def _proceeds(ctx: Seeding, row: AssetDisposal) -> None:
    """The residual value came in, and goes back to the collective."""
    day = row.disposed_on + timedelta(days=5)
    income = AssetIncome(
        **own(row),
        asset=row.asset,
        disposal=row,
        income_voucher="SK-2021-101",
        income_kind=AssetIncome.Kind.DISPOSAL,
        amount=row.price,
        earned_on=day,
    )
    ctx.attach(income, "slip", f"收款凭证-{income.income_voucher}", ("收款凭证", f"{row.price} 元"), day)
    ctx.file([Filed(income, day)])
    given = AssetDistribution(
        **own(row),
        asset_income=income,
        decision_number="FP-2021-101",
        decision_day=day + timedelta(days=2),
        village_meeting=f"{row.place}村民代表会议",
        amount=row.price,
    )
    ctx.attach(
        given, "minutes", f"会议记录-{given.decision_number}", ("会议记录", "再投资"), given.decision_day
    )
    ctx.file([Filed(given, given.decision_day)])
    kind = DistributionShare.Recipient.REINVESTED
    share = DistributionShare(**own(row), distribution=given, share_kind=kind, amount=row.price)
    ctx.file([Filed(share, given.decision_day)])


def own(row: Any) -> dict[str, Any]:
    """Whose a row is, for the rows that hang on it."""
    return {"side": row.side, "owner_unit": row.owner_unit, "place": row.place}
