"""Demonstration of directed enrolment, incubation and leaders, all of the western county."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from shanhai.kernel.scope import Side
from shanhai.kernel.workflow import State
from shanhai.registers.parties.identity import demo_credit_code
from shanhai.registers.parties.models import Body, Person
from shanhai.registers.seeding import Filed, Seeding

from .models import (
    AidPayment,
    Applicant,
    EnrolmentPlan,
    IncubationBase,
    IncubationTenant,
    LeaderYear,
    Stage,
    TenantSupport,
    Term,
    Trainee,
)
from .seed_workshops import own

MAJORS = (("护理", 8), ("数控技术", 6), ("茶叶加工", 5))
ENTERPRISES = ("辣椒酱作坊", "茶叶电商", "民宿", "竹器加工", "生态养殖", "农机服务")
OPENING = date(2020, 11, 9)


def seed(ctx: Seeding, leaders: Sequence[Trainee]) -> None:
    """`leaders`: the western roster of the course for leaders."""
    _enrolment(ctx)
    _incubation(ctx)
    ctx.file(_years(ctx, leaders))


def _enrolment(ctx: Seeding) -> None:
    unit, rng = ctx.units["mt_education"], ctx.random("training", "enrolment")
    school = Body(
        **own(unit, ctx.units["mt_labour"].place),
        name="演示珠海职业技术学校",
        credit_code=demo_credit_code(8920),
        kind=Body.Kind.SCHOOL,
    )
    ctx.file([Filed(school, OPENING)])
    people = rng.sample(ctx.people[Side.WEST], min(30, len(ctx.people[Side.WEST]) // 4))
    for number, (major, quota) in enumerate(MAJORS):
        plan = EnrolmentPlan(
            **own(unit, school.place),
            code=f"YSZS2021-{number + 1}",
            school=school,
            major=major,
            period="2021",
            quota=quota,
            aid_a_year=Decimal(3000),
            aid_source="演示数据（示例数值，非政策原文）",
        )
        ctx.file([Filed(plan, date(2021, 4, 12))])
        rows = list(_applicants(plan, people[number :: len(MAJORS)]))
        ctx.file(Filed(row, row.enrolled_on, _filed(row)) for row in rows)
        admitted = [row for row in rows if row.study_stage == Stage.ADMITTED]
        ctx.file(
            Filed(
                AidPayment(
                    **own(unit, school.place),
                    applicant=row,
                    period="2021",
                    school_term=Term.AUTUMN,
                    aid_paid=Decimal(1500),
                    aid_paid_on=date(2021, 9, 10),
                ),
                date(2021, 9, 12),
            )
            for row in admitted[:-1]
        )


def _filed(row: Applicant) -> State:
    return State.VERIFIED if row.study_stage != Stage.APPLIED else State.SUBMITTED


def _applicants(plan: EnrolmentPlan, people: Sequence[Person]) -> Iterator[Applicant]:
    """As many are admitted as there are places but one; then one is refused, the others wait."""
    for number, person in enumerate(people):
        row = Applicant(
            **own(plan.owner_unit, plan.place),
            enrolment_plan=plan,
            person=person,
            enrolled_on=date(2021, 6, 7) + timedelta(days=number),
        )
        if number < plan.quota - 1:
            row.study_stage, row.accepted_on = Stage.ADMITTED, date(2021, 8, 20)
        elif number == plan.quota - 1:
            row.study_stage = Stage.REJECTED
        yield row


def _incubation(ctx: Seeding) -> None:
    unit, rng = ctx.units["mt_labour"], ctx.random("training", "incubation")
    keeper = next(
        body for body in ctx.bodies[Side.WEST].values() if body.place and body.place.side == Side.WEST
    )
    base = IncubationBase(
        **own(unit),
        code="YSFH01",
        name="演示返乡创业孵化园",
        base_keeper=keeper,
        opened_on=date(2018, 3, 1),
        room=20,
    )
    ctx.file([Filed(base, OPENING)])
    people = rng.sample(ctx.people[Side.WEST], 12)
    tenants = []
    for number, person in enumerate(people):
        moved_in_on = date(2018, 6, 1) + timedelta(days=number * 95)
        row = IncubationTenant(
            **own(unit),
            code=f"YSRZ{number + 1:03}",
            name=f"演示{ENTERPRISES[number % len(ENTERPRISES)]}",
            base=base,
            founder=person,
            is_homecoming=number % 3 != 0,
            moved_in_on=moved_in_on,
            staff=rng.randrange(2, 9),
        )
        if number % 4 == 1:
            row.closed_on = min(moved_in_on + timedelta(days=rng.randrange(200, 900)), date(2021, 8, 31))
        tenants.append(row)
    ctx.file(Filed(row, max(row.moved_in_on, OPENING)) for row in tenants)
    ctx.file(
        Filed(
            TenantSupport(
                **own(unit),
                tenant=row,
                support_kind=TenantSupport.SupportKind.GRANT,
                support_paid=Decimal(5000),
                paid_on=row.moved_in_on + timedelta(days=30),
            ),
            max(row.moved_in_on + timedelta(days=33), OPENING),
        )
        for row in tenants[::2]
    )


def _years(ctx: Seeding, leaders: Sequence[Trainee]) -> Iterator[Filed]:
    rng = ctx.random("training", "leaders")
    for number, leader in enumerate(leaders[: ctx.count(16, 4)]):
        led = rng.randrange(3, 20)
        row = LeaderYear(
            **own(leader.owner_unit, leader.place),
            leader=leader,
            period="2021",
            business=f"演示{ENTERPRISES[number % len(ENTERPRISES)]}",
            is_running=number % 5 != 4,  # noqa: PLR2004 -- one in five has stopped
            people_led=led,
            ex_poor_led=led // 2,
            revenue=Decimal(rng.randrange(40_000, 400_000, 1000)),
        )
        yield Filed(row, date(2021, 9, 14))
