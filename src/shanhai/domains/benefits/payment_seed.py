"""Demonstration payments 演示: holidays of the year, accounts, a notice that ran, a list and its return."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from shanhai.kernel.scope import Sharing, Side
from shanhai.kernel.workflow import State
from shanhai.registers.seeding import Filed, Seeding, morning

from .models import (
    Claim,
    ClawBack,
    Holiday,
    PayeeAccount,
    PaymentLine,
    PaymentList,
    Policy,
    PublicNotice,
    Standing,
)
from .notice_actions import close_notice, post_notice
from .payment_actions import load_list, take_return
from .payment_rules import Told

DOCUMENT = "国办发明电〔2020〕27号"
#: Of 2021: name, first day off, days off; then the weekend days worked instead.
OFF = (
    ("元旦", date(2021, 1, 1), 3),
    ("春节", date(2021, 2, 11), 7),
    ("清明节", date(2021, 4, 3), 3),
    ("劳动节", date(2021, 5, 1), 5),
    ("端午节", date(2021, 6, 12), 3),
    ("中秋节", date(2021, 9, 19), 3),
    ("国庆节", date(2021, 10, 1), 7),
)
WORKED = (
    ("春节", date(2021, 2, 7)),
    ("春节", date(2021, 2, 20)),
    ("劳动节", date(2021, 4, 25)),
    ("劳动节", date(2021, 5, 8)),
    ("中秋节", date(2021, 9, 18)),
    ("国庆节", date(2021, 9, 26)),
    ("国庆节", date(2021, 10, 9)),
)
ENTERED_ON, FOUND_ON = date(2021, 1, 12), date(2021, 9, 23)


@dataclass(frozen=True)
class Days:
    """Running number of notice and list, and when each thing happened."""

    running: int
    posted: date
    closed: date
    listed: date
    returned: date


OF_PEOPLE = Days(1, date(2021, 9, 8), date(2021, 9, 15), date(2021, 9, 16), date(2021, 9, 22))
OF_FIRMS = Days(2, date(2021, 9, 9), date(2021, 9, 16), date(2021, 9, 17), date(2021, 9, 23))


def seed_holidays(ctx: Seeding) -> None:
    ctx.file(Filed(row, ENTERED_ON) for row in _holidays(_own(ctx)))


def seed_payments(ctx: Seeding, policy: Policy, period: str, days: Days) -> None:
    """What is approved is shown to the public, listed and paid; the last one not."""
    own = _own(ctx)
    manager = ctx.actors["mt_coordinator", "coordinator"]
    with ctx.acting(manager, morning(days.posted)):
        rows = Claim.objects.filter(policy=policy, standing=Standing.APPROVED).select_related(
            "person", "firm"
        )
        claims = list(rows.order_by("number"))
    if not claims:
        return
    ctx.file(Filed(row, ENTERED_ON) for row in _accounts(own, claims, days.running))
    notice = PublicNotice(
        **own,
        number=f"GS2021-{days.running:05}",
        policy=policy,
        benefit_period=period,
        notice_from=days.posted,
        objections_to="演示：县人力资源和社会保障局办公室",
    )
    ctx.file([Filed(notice, days.posted, State.SUBMITTED)])
    with ctx.acting(manager, morning(days.posted) + timedelta(hours=2)):
        post_notice(notice.pk, actor=manager, row_version=1)
    with ctx.acting(manager, morning(days.closed)):
        close_notice(notice.pk, actor=manager, row_version=2)
    _pay(ctx, policy, manager, days)


def seed_claw_back(ctx: Seeding, policy: Policy, amount: Decimal, cause: str) -> None:
    """One of what was paid is to come back."""
    manager = ctx.actors["mt_coordinator", "coordinator"]
    with ctx.acting(manager, morning(FOUND_ON)):
        rows = Claim.objects.filter(policy=policy, standing=Standing.PAID).select_related("place")
        claim = rows.order_by("number").first()
    if claim is None:
        return
    row = ClawBack(
        **_own(ctx),
        place=claim.place,
        sharing=Sharing.PRIVATE,
        claim=claim,
        amount=amount,
        found_on=FOUND_ON,
        cause=cause,
    )
    ctx.file([Filed(row, FOUND_ON, State.SUBMITTED)])


def _own(ctx: Seeding) -> dict[str, Any]:
    return {"side": Side.WEST, "owner_unit": ctx.units["mt_labour"]}


def _pay(ctx: Seeding, policy: Policy, manager: Any, days: Days) -> None:
    """All but the last arrive; the last goes to a new list some day."""
    number = f"FF2021-{days.running:05}"
    paid = PaymentList(
        **_own(ctx), sharing=Sharing.PRIVATE, number=number, policy=policy, listed_on=days.listed
    )
    ctx.file([Filed(paid, days.listed, verified_on=days.listed)])
    with ctx.acting(manager, morning(days.listed) + timedelta(hours=8)):
        load_list(paid.pk, actor=manager, row_version=PaymentList.objects.get(pk=paid.pk).row_version)
    with ctx.acting(manager, morning(days.returned)):
        lines = list(
            PaymentLine.objects.filter(payment_list=paid).select_related("claim").order_by("claim__number")
        )
        failed = lines[-1] if len(lines) > 1 else None
        told = [
            Told(place, line.claim.number, line.amount, "失败" if line is failed else "成功")
            for place, line in enumerate(lines, 2)
        ]
        total = sum((one.amount for one in told if one.is_paid), Decimal(0))
        version = PaymentList.objects.get(pk=paid.pk).row_version
        take_return(paid.pk, told=told, name="演示回盘.xlsx", total=total, actor=manager, row_version=version)


def _holidays(own: dict[str, Any]) -> list[Holiday]:
    days = [
        (name, first + timedelta(days=more), False) for name, first, number in OFF for more in range(number)
    ]
    days += [(name, day, True) for name, day in WORKED]
    return [
        Holiday(**own, name=n, day=day, is_worked=worked, legal_basis=DOCUMENT) for n, day, worked in days
    ]


def _accounts(own: dict[str, Any], claims: Sequence[Claim], running: int) -> list[PayeeAccount]:
    return [
        PayeeAccount(
            **own,
            place=claim.place,
            sharing=Sharing.PRIVATE,
            person=claim.person,
            firm=claim.firm,
            bank_name="演示农商银行",
            account_number=f"622800000{running - 1:02}{place:08}",
        )
        for place, claim in enumerate(claims, 1)
    ]
