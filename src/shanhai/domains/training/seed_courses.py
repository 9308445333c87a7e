"""Demonstration courses: rosters, days, exams and certificates; one class in the eastern county."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from shanhai.kernel.scope import Side
from shanhai.kernel.workflow import State
from shanhai.registers.parties.fields import CheckCodeField
from shanhai.registers.parties.identity import demo_credit_code
from shanhai.registers.parties.models import Body, Person, Unit
from shanhai.registers.seeding import Filed, Seeding

from .models import Attendance, Certificate, ClassDay, Course, ExamResult, Trainee, TrainingClass
from .rules.workshops import months_later
from .seed_workshops import own

#: Code, course, name, first day, days; the last runs on the demonstration's today.
CLASSES = (
    ("YSPX01", Course.CUISINE, "演示：粤菜师傅初级班", date(2020, 11, 16), 5),
    ("YSPX02", Course.TECHNICIAN, "演示：广东技工焊工班", date(2021, 1, 11), 6),
    ("YSPX03", Course.DOMESTIC, "演示：南粤家政月嫂班", date(2021, 3, 15), 5),
    ("YSPX04", Course.CRAFTSMAN, "演示：乡村工匠竹编班", date(2021, 5, 10), 5),
    ("YSPX05", Course.LEADER, "演示：致富带头人培训班", date(2021, 6, 21), 4),
    ("YSPX06", Course.ONLINE_SALES, "演示：电商直播班", date(2021, 9, 20), 5),
)
ROSTER = 24
TOPICS = ("安全与基础", "实操一", "实操二", "综合练习", "考核讲评", "考核")


def seed(ctx: Seeding) -> list[Trainee]:
    """Returns the western roster of the course for leaders."""
    leaders = []
    for side, unit, classes in (
        (Side.WEST, ctx.units["mt_labour"], CLASSES),
        (Side.EAST, ctx.units["dm_labour"], CLASSES[3:4]),
    ):
        leaders += _side(ctx, side, unit, classes)
    return leaders


def _side(
    ctx: Seeding, side: Side, unit: Unit, classes: tuple[tuple[str, str, str, date, int], ...]
) -> list[Trainee]:
    school = Body(
        **own(unit),
        name=f"演示{side.label}技能培训学校",
        credit_code=demo_credit_code(8900),
        kind=Body.Kind.SCHOOL,
    )
    ctx.file([Filed(school, date(2020, 10, 26))])
    rng = ctx.random("training", "courses", side)
    people = rng.sample(ctx.people[side], min(len(ctx.people[side]), len(classes) * ctx.count(ROSTER, 8)))
    leaders: list[Trainee] = []
    for number, (code, course, name, opens_on, length) in enumerate(classes):
        row = TrainingClass(
            **own(unit),
            code=f"{code}{side[0].upper()}",
            name=name,
            course=course,
            trainer=school,
            site="演示培训中心",
            opens_on=opens_on,
            closes_on=opens_on + timedelta(days=length - 1),
            places_offered=30,
            certificate_months=36,
        )
        ctx.file([Filed(row, opens_on - timedelta(days=12))])
        roster = _class(ctx, rng, row, people[number :: len(classes)])
        leaders += roster if course == Course.LEADER else []
    return leaders


def _class(ctx: Seeding, rng: random.Random, row: TrainingClass, people: list[Person]) -> list[Trainee]:
    unit = row.owner_unit
    roster = [
        Trainee(
            **own(unit, row.place),
            training_class=row,
            person=person,
            enrolled_on=row.opens_on - timedelta(days=rng.randrange(1, 9)),
        )
        for person in people
    ]
    ctx.file(Filed(one, one.enrolled_on) for one in roster)
    length = (row.closes_on - row.opens_on).days + 1
    days = [
        ClassDay(
            **own(unit, row.place),
            training_class=row,
            held_on=row.opens_on + timedelta(days=n),
            topic=TOPICS[n],
        )
        for n in range(length)
    ]
    ctx.file(Filed(day, row.opens_on - timedelta(days=1)) for day in days)
    ctx.file(_present(ctx, rng, days, roster))
    if row.closes_on < ctx.today:
        _examine(ctx, rng, row, roster)
    return roster


def _present(
    ctx: Seeding, rng: random.Random, days: list[ClassDay], roster: list[Trainee]
) -> Iterator[Filed]:
    absent = {one.pk for one in roster if rng.random() < 0.06}  # noqa: PLR2004 -- never came
    for day in days:
        for one in roster:
            if day.held_on >= ctx.today or one.pk in absent or rng.random() < 0.05:  # noqa: PLR2004
                continue
            means = Attendance.Means.SCAN if rng.random() < 0.8 else Attendance.Means.SHEET  # noqa: PLR2004
            here = Attendance(**own(day.owner_unit, day.place), trainee=one, held_on=day.held_on, means=means)
            yield Filed(here, day.held_on)


def _examine(ctx: Seeding, rng: random.Random, row: TrainingClass, roster: list[Trainee]) -> None:
    results: list[ExamResult] = []
    certificates: list[Certificate] = []
    given_on = min(row.closes_on + timedelta(days=7), ctx.today)
    for one in roster:
        if rng.random() < 0.1:  # noqa: PLR2004 -- did not sit the exam
            continue
        score = Decimal(rng.randrange(48, 99))
        results.append(
            ExamResult(**own(row.owner_unit, row.place), trainee=one, examined_on=row.closes_on, score=score)
        )
        if score >= row.pass_score:
            certificates.append(
                Certificate(
                    **own(row.owner_unit, row.place),
                    trainee=one,
                    number=f"{row.code}-{len(certificates) + 1:04}",
                    issued_on=given_on,
                    valid_to=months_later(given_on, 36) - timedelta(days=1),
                    check_code="".join(rng.choice(CheckCodeField.ALPHABET) for _place in range(8)),
                )
            )
    ctx.file(Filed(one, row.closes_on + timedelta(days=1)) for one in results)
    last = certificates[-1:]
    ctx.file(Filed(one, given_on, State.SUBMITTED if one in last else State.VERIFIED) for one in certificates)
