"""The demonstration's chain of money on both sides, with two differences somebody made on purpose.

One transfer left the east and has not arrived; of another the east wrote fifty yuan of fees too much.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from shanhai.kernel.scope import Side
from shanhai.registers.seeding import Filed, Seeding

from .models import (
    AidAgreement,
    Allotment,
    AllotmentLine,
    BudgetItem,
    CarryOver,
    Contract,
    Project,
    ProjectFunding,
    SettlementAudit,
    Stage,
    TransferReceived,
    TransferSent,
    Use,
)

#: Agreement → source, use, amount, when it was to be sent. Unit: yuan.
BUDGETS = {
    "斗湄协〔2020〕1号": (
        ("province", Use.INDUSTRY, "12000000", date(2020, 11, 30)),
        ("city", Use.VILLAGE, "10000000", date(2020, 11, 30)),
        ("district", Use.INDUSTRY, "14000000", date(2020, 12, 20)),
    ),
    "斗湄协〔2021〕1号": (
        ("province", Use.INDUSTRY, "13000000", date(2021, 5, 31)),
        ("city", Use.VILLAGE, "13000000", date(2021, 6, 30)),
        ("district", Use.INDUSTRY, "14000000", date(2021, 11, 30)),
    ),
    # Half of it is to be sent only when the year is over.
    "斗湄协〔2021〕2号": (("district", Use.EMPLOYMENT, "5000000", date(2022, 1, 31)),),
}
#: The voucher of which the east wrote too much, and by how much.
WITH_FEES, FEES = "YZ-2021-005", Decimal(50)
#: Shares of a receipt by use, and who gets it. Unit: per cent.
SHARES = (
    (Use.INDUSTRY, 56, "mt_farming"),
    (Use.VILLAGE, 33, "mt_housing"),
    (Use.EMPLOYMENT, 10, "mt_labour"),
    (Use.MANAGEMENT, 1, "mt_coordinator"),
)
BY_KIND = {
    Project.Kind.INDUSTRY: Use.INDUSTRY,
    Project.Kind.PARK: Use.INDUSTRY,
    Project.Kind.CONSUMPTION: Use.INDUSTRY,
    Project.Kind.LABOUR: Use.EMPLOYMENT,
    Project.Kind.TALENT: Use.EMPLOYMENT,
}
SETTLED = (Stage.COMPLETED, Stage.ACCEPTED, Stage.AUDITED)


@dataclass
class Room:
    """A line with what of it is left. Unit: yuan."""

    line: AllotmentLine
    left: Decimal


def seed(
    ctx: Seeding,
    transfers: Sequence[TransferReceived],
    projects: Sequence[Project],
    signed: Mapping[str, Contract],
) -> None:
    _helping_side(ctx, [one for one in transfers if one.side == Side.EAST])
    lines = _allotments(ctx, [one for one in transfers if one.side == Side.WEST])
    rooms = [Room(line, line.amount) for line in lines]
    ctx.file(list(_fundings(projects, rooms)))
    ctx.file(list(_carried(ctx, rooms)))
    ctx.file(list(_settlements(ctx, signed)))


def _own(ctx: Seeding, code: str) -> dict[str, Any]:
    unit = ctx.units[code]
    return {"side": unit.side, "owner_unit": unit, "place": unit.place}


def _helping_side(ctx: Seeding, transfers: Sequence[TransferReceived]) -> None:
    """Budget items of each agreement, and what was sent of them."""
    agreements = {one.agreement.number: one.agreement for one in transfers if one.agreement}
    items: dict[tuple[str, str], BudgetItem] = {}
    for number, agreement in agreements.items():
        for place, budget in enumerate(BUDGETS[number], 1):
            item = _item(ctx, agreement, place, budget)
            items[number, item.source_level] = item
    ctx.file([Filed(one, one.passed_on + timedelta(days=2)) for one in items.values()])
    sent = []
    for one in transfers:
        assert one.agreement is not None  # noqa: S101 -- of the agreements above
        item = items[one.agreement.number, one.source_level]
        left_on = one.received_on - timedelta(days=2)
        row = TransferSent(
            **_own(ctx, "dm_finance"),
            period=one.period,
            budget_item=item,
            voucher_number=one.voucher_number,
            amount=one.amount + (FEES if one.voucher_number == WITH_FEES else 0),
            sent_on=left_on,
        )
        lines = ("拨付凭证", row.voucher_number, f"金额 {row.amount} 元", f"日期 {left_on}")
        ctx.attach(row, "slip", f"拨出凭证-{row.voucher_number}", lines, left_on)
        sent.append(Filed(row, left_on + timedelta(days=2)))
    ctx.file(sent)


def _item(
    ctx: Seeding, agreement: AidAgreement, place: int, budget: tuple[str, Use, str, date]
) -> BudgetItem:
    level, use, amount, planned_on = budget
    passed_on = agreement.signed_on + timedelta(days=9)
    year, order = agreement.period, agreement.number[-2]
    item = BudgetItem(
        **_own(ctx, "dm_finance"),
        period=year,
        agreement=agreement,
        code=f"DM-YS-{year}-{order}{place:02}",
        source_level=level,
        use=use,
        amount=Decimal(amount),
        passed_on=passed_on,
        planned_on=planned_on,
    )
    ctx.attach(item, "document", f"预算文件-{item.code}", ("预算安排", item.code, f"{amount} 元"), passed_on)
    return item


def _allotments(ctx: Seeding, transfers: Sequence[TransferReceived]) -> list[AllotmentLine]:
    """A document for each receipt but the last, which waits; its lines by use."""
    documents, lines = [], []
    for number, one in enumerate(transfers[:-1], 1):
        issued_on = one.received_on + timedelta(days=12)
        document = Allotment(
            **_own(ctx, "mt_finance"),
            period=one.period,
            number=f"湄财农〔{one.period}〕{number + 10}号",
            title="关于下达东西部协作资金的通知",
            issued_on=issued_on,
        )
        text = ("指标文", document.number, document.title)
        ctx.attach(document, "document", f"指标文-{document.number}", text, issued_on)
        documents.append(Filed(document, issued_on + timedelta(days=1)))
        lines += [
            AllotmentLine(
                **_own(ctx, "mt_finance"),
                period=one.period,
                allotment=document,
                received=one,
                code=f"{document.number}-{place}",
                to_unit=ctx.units[unit],
                use=use,
                amount=one.amount * share / 100,
            )
            for place, (use, share, unit) in enumerate(SHARES, 1)
        ]
    ctx.file(documents)
    ctx.file([Filed(line, line.allotment.issued_on + timedelta(days=1)) for line in lines])
    return lines


def _fundings(projects: Sequence[Project], rooms: Sequence[Room]) -> Iterator[Filed]:
    """Projects take from lines of their year and use, one after the other, while there is something left."""
    for project in projects:
        use, missing = BY_KIND.get(Project.Kind(project.kind), Use.VILLAGE), project.budget
        for room in rooms:
            part = min(missing, room.left)
            if part <= 0 or room.line.use != use or room.line.period != project.period:
                continue
            room.left -= part
            missing -= part
            row = ProjectFunding(
                side=project.side,
                owner_unit=project.owner_unit,
                place=project.place,
                project=project,
                line=room.line,
                amount=part,
            )
            yield Filed(row, room.line.allotment.issued_on + timedelta(days=3))


def _carried(ctx: Seeding, rooms: Sequence[Room]) -> Iterator[Filed]:
    """What the year before left over went on, but for a part that was called back."""
    left = [one for one in rooms if one.line.period == "2020" and one.left > 0]
    for number, one in enumerate(left[:3]):
        returned = (one.left / 4).quantize(Decimal("0.01")) if number == 0 else Decimal(0)
        row = CarryOver(
            **_own(ctx, "mt_finance"),
            period="2020",
            line=one.line,
            number="湄财农〔2021〕1号",
            carried=one.left - returned,
            returned=returned,
            decided_on=date(2021, 1, 8),
        )
        text = ("结转", row.number, one.line.code)
        ctx.attach(row, "document", f"结转文件-{one.line.code}", text, row.decided_on)
        yield Filed(row, date(2021, 1, 11))


def _settlements(ctx: Seeding, signed: Mapping[str, Contract]) -> Iterator[Filed]:
    done = [one for one in signed.values() if one.project.stage in SETTLED]
    for number, contract in enumerate(done[:4], 1):
        audited_on = ctx.today - timedelta(days=20 + number)
        row = SettlementAudit(
            side=contract.side,
            owner_unit=contract.owner_unit,
            place=contract.place,
            contract=contract,
            number=f"SJ-2021-{number:03}",
            amount=contract.amount * 99 / 100,
            audited_on=audited_on,
            auditor="遵义演示造价咨询有限公司",
        )
        text = ("结算审计报告", row.number, f"审定 {row.amount:,} 元")
        ctx.attach(row, "report", f"结算审计-{row.number}", text, audited_on)
        yield Filed(row, audited_on + timedelta(days=3))
