"""The demonstration of resolutions: six of two meetings, in every standing, led by units of both sides."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from shanhai.kernel.scope import Sharing
from shanhai.kernel.workflow import State
from shanhai.registers.seeding import Filed, Seeding

from .models import Resolution, ResolutionProgress


class Known(NamedTuple):
    """A resolution; `told`: day, per cent, words, whether complete, state of the report."""

    content: str
    lead: str
    support: tuple[str, ...]
    due_on: date
    told: tuple[tuple[date, int, str, bool, State], ...] = ()


V, S, R = State.VERIFIED, State.SUBMITTED, State.RETURNED
FIRST = (
    Known(
        "两地每月交换一次岗位需求和务工意愿清单",
        "mt_labour",
        ("dm_labour",),
        date(2021, 8, 31),
        (
            (date(2021, 6, 25), 50, "已交换两次，清单格式统一", False, V),
            (date(2021, 8, 27), 100, "四次清单均已交换", True, V),
        ),
    ),
    Known(
        "协议援助资金第一批六月底前拨付到位",
        "dm_finance",
        (),
        date(2021, 6, 30),
        ((date(2021, 6, 29), 100, "第一批资金已拨付", True, V),),
    ),
    Known(
        "茶叶加工厂技改方案报双方审定",
        "mt_farming",
        ("mt_industry",),
        date(2021, 9, 10),
        (
            (date(2021, 7, 30), 40, "方案初稿完成，设备清单未定", False, V),
            (date(2021, 9, 8), 90, "方案已报", True, R),
        ),
    ),
    Known(
        "两地中小学结对帮扶协议签订",
        "dm_education",
        ("mt_education",),
        date(2021, 12, 20),
        ((date(2021, 9, 3), 60, "已签六所", False, S),),
    ),
)
SECOND = (
    Known("编制四季度劳务输送计划", "mt_labour", (), date(2021, 9, 28)),
    Known("消费协作展销会筹备方案", "dm_supply", ("mt_supply",), date(2021, 11, 30)),
)


def seed(ctx: Seeding, meetings: Sequence[Any]) -> None:
    for meeting, known in zip(meetings, (FIRST, SECOND), strict=True):
        state = V if meeting is meetings[0] else State.AWAITING
        rows = [_row(ctx, meeting, number, one) for number, one in enumerate(known, 1)]
        ctx.file([Filed(row, meeting.held_on, state) for row in rows])
        ctx.file([told for row, one in zip(rows, known, strict=True) for told in _told(ctx, row, one)])


def _row(ctx: Seeding, meeting: Any, number: int, one: Known) -> Resolution:
    return Resolution(
        side=meeting.side,
        owner_unit=meeting.owner_unit,
        place=meeting.place,
        sharing=Sharing.JOINT,
        code=f"{meeting.number}-{number:02}",
        meeting=meeting,
        content=one.content,
        lead_unit=ctx.units[one.lead],
        support_units="、".join(ctx.units[code].name for code in one.support),
        due_on=one.due_on,
        partner_unit=meeting.partner_unit,
    )


def _told(ctx: Seeding, row: Resolution, one: Known) -> list[Filed]:
    filed = []
    for day, percent, words, is_complete, state in one.told:
        told = ResolutionProgress(
            side=row.lead_unit.side,
            owner_unit=row.lead_unit,
            place=row.lead_unit.place,
            resolution=row,
            told_on=day,
            percent=Decimal(percent),
            narrative=words,
            is_complete=is_complete,
            closing_note="材料属实，同意销号" if is_complete and state == V else "",
        )
        if is_complete:
            ctx.attach(told, "proof", one.content, ("办结材料", words, day.isoformat()), day)
        reason = "设备清单未附，请补齐后再报" if state == R else ""
        filed.append(Filed(told, day, state, reason=reason))
    return filed
