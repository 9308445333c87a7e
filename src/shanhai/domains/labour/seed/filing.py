"""What is filed, and when; the defects a real year has among it."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from shanhai.engines.values import Period
from shanhai.kernel.scope import Side
from shanhai.kernel.workflow import State
from shanhai.registers.seeding import Filed, Seeding

from ..models import MonthlyFact, WorkerRegistration
from .careers import POSTS, Career

#: When the registers of people are whole and the ledgers open.
OPENING = date(2020, 10, 22)
FILING_EVERY = 7
DUE_DAY = 10
SPRING_FESTIVAL = Period.parse("2021-02")
REASONS = (
    "工资流水与填报金额不符，请核对后重报。",
    "用工单位名称与合同不一致，请按合同填写。",
    "本月已离岗，请补填离岗日期。",
    "缺少劳动合同复印件，请补充。",
)
FACT_REASONS = ("工资流水与填报金额不符，请核对后重报。", "工资填在了另一个月，请核对。")


def registrations(ctx: Seeding, careers: Sequence[Career]) -> Iterator[Filed]:
    """One registration per person; the status is what the last visit of the year found."""
    rng = ctx.random("labour", "registrations")
    last = {career.person.pk: career for career in careers}
    for person in (*ctx.people[Side.WEST], *ctx.people[Side.EAST]):
        career = last.get(person.pk)
        registered_on = OPENING - timedelta(days=rng.randrange(8))
        row = WorkerRegistration(
            side=person.side,
            owner_unit=person.owner_unit,
            place=person.place,
            person=person,
            status=_status(rng, career),
            wish=rng.choices(WorkerRegistration.Wish.values, (30, 22, 20, 22, 6))[0],
            education=rng.choices(WorkerRegistration.Education.values, (22, 48, 20, 8, 2))[0],
            skills=rng.choices(
                ("", "初级电工证", "叉车证", "家政培训合格", "粤菜师傅初级"), (70, 8, 8, 8, 6)
            )[0],
            wished_post=rng.choice(POSTS),
            wished_wage=Decimal(rng.randrange(3000, 6500, 500)),
            registered_on=registered_on,
            last_contact_on=registered_on,
        )
        yield Filed(row, OPENING + timedelta(days=rng.randrange(1, 5)))


def _status(rng: random.Random, career: Career | None) -> str:
    kinds = WorkerRegistration.Status
    if career is None:
        return rng.choices((kinds.WAITING, kinds.TRAINING, kinds.UNAVAILABLE), (60, 15, 25))[0]
    if career.ended_on is None:
        return kinds.EMPLOYED
    return rng.choices((kinds.UNEMPLOYED, kinds.RETURNED_HOME, kinds.CHANGING), (50, 35, 15))[0]


def spells(ctx: Seeding, careers: Sequence[Career]) -> Iterator[Filed]:
    rng = ctx.random("labour", "spells")
    for career in careers:
        entered_on = filed_on(career)
        state, reason = State.VERIFIED, ""
        chance = rng.random()
        if entered_on >= date(2021, 9, 1):
            state = State.VERIFIED if chance < 0.3 else State.SUBMITTED if chance < 0.85 else State.DRAFT  # noqa: PLR2004
        elif entered_on >= date(2021, 7, 1) and chance < 0.08:  # noqa: PLR2004
            state, reason = State.RETURNED, rng.choice(REASONS)
        yield Filed(career.spell, entered_on, state, reason=reason)


def filed_on(career: Career) -> date:
    """Units file once a week; what was running when the year began, when the ledgers open."""
    known = max(career.spell.started_on, OPENING) + timedelta(days=2)
    return known + timedelta(days=-known.toordinal() % FILING_EVERY)


def facts(ctx: Seeding, careers: Sequence[Career], month: Period) -> Iterator[Filed]:
    rng = ctx.random("labour", "facts", month.code)
    first, last = month.start, month.end
    days: dict[str, tuple[date, State]] = {}
    for career in careers:
        if career.spell.started_on > last or (career.ended_on and career.ended_on < first):
            continue
        unit = career.unit.code
        if unit not in days:
            days[unit] = _filing_day(ctx, rng, unit, month)
        entered_on, state = days[unit]
        if entered_on > ctx.today or entered_on < filed_on(career):
            continue
        reason = ""
        if state is State.VERIFIED and month.code >= "2021-07" and rng.random() < 0.006:  # noqa: PLR2004
            state, reason = State.RETURNED, rng.choice(FACT_REASONS)
        yield Filed(_fact(rng, career, month), entered_on, state, reason=reason)


def _filing_day(ctx: Seeding, rng: random.Random, unit: str, month: Period) -> tuple[date, State]:
    """When a unit files a month, and how far the coordinator got with it. After today: not yet filed."""
    never = ctx.today + timedelta(days=1)
    if (MonthlyFact.ledger_key(), unit, month.code) in ctx.unfiled:
        return never, State.DRAFT
    if month.end > ctx.today:
        choice = rng.random()
        if choice < 0.4:  # noqa: PLR2004 -- has not begun
            return never, State.DRAFT
        return ctx.today - timedelta(days=2), State.DRAFT if choice < 0.55 else State.SUBMITTED  # noqa: PLR2004
    is_late = rng.random() < 0.05  # noqa: PLR2004 -- share of months filed after the due day
    day = month.end + timedelta(days=rng.randrange(12, 19) if is_late else rng.randrange(3, DUE_DAY))
    is_pending = month.code == "2021-08" and rng.random() < 0.2  # noqa: PLR2004
    return day, State.SUBMITTED if is_pending else State.VERIFIED


def _fact(rng: random.Random, career: Career, month: Period) -> MonthlyFact:
    spell = career.spell
    is_in_post = not (month == SPRING_FESTIVAL and rng.random() < 0.12)  # noqa: PLR2004 -- home for the festival
    wage: Decimal | None = Decimal(career.wage + 50 * rng.randrange(-3, 4))
    chance = rng.random()
    if chance < 0.006:  # noqa: PLR2004 -- nobody knew the wage
        wage = None
    elif chance < 0.0061 and wage:  # noqa: PLR2004 -- a nought too many
        wage *= 10
    return MonthlyFact(
        side=spell.side,
        owner_unit=spell.owner_unit,
        place=spell.place,
        spell=spell,
        period=month.code,
        is_in_post=is_in_post,
        wage=wage if is_in_post else None,
    )


def close(ctx: Seeding, careers: Sequence[Career], month: Period) -> None:
    """At the end of each month the units write down who left in it."""
    first, last = month.start, month.end
    leaving: dict[str, list[Any]] = {}
    for career in careers:
        if career.ended_on and first <= career.ended_on <= last and filed_on(career) <= last:
            career.spell.ended_on = career.ended_on
            leaving.setdefault(career.unit.code, []).append(career.spell)
    for code in sorted(leaving):
        ctx.change(leaving[code], ["ended_on"], min(last + timedelta(days=2), ctx.today), "离岗登记")


def contracts(ctx: Seeding, careers: Sequence[Career]) -> None:
    """Contracts, payrolls and insurance slips until the demonstration has its papers."""
    rng = ctx.random("labour", "papers")
    bound = [career for career in careers if career.spell.has_contract]
    wanted = max(0, ctx.papers_wanted - len(ctx.papers))
    for career in rng.sample(bound, min(wanted, len(bound))):
        code, label = rng.choices(
            (("contract", "劳动合同"), ("payroll", "工资流水"), ("insurance", "社保证明")), (60, 25, 15)
        )[0]
        spell = career.spell
        lines = (
            label,
            f"人员：{career.person.name}",
            f"用工单位：{spell.employer_label}",
            f"到岗：{spell.started_on}",
        )
        ctx.attach(spell, code, f"{label}-{career.person.name}", lines, filed_on(career))
