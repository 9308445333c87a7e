"""Limits on rows of training: places of a class, the age from which one may work, wages in 万元."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from shanhai.domains.labour.lines import born_on, lines_of
from shanhai.domains.labour.models import Threshold
from shanhai.domains.labour.rules import age_on
from shanhai.registers.parties.models import Person

from .models import Trainee, TrainingClass, WorkshopMonth


def age_problems(row: Any, person: Person, day: date) -> list[Any]:
    """Sentences about a person who is too young on `day` for what leads to work; the line is a dated row."""
    line, born = lines_of(row).get(Threshold.Code.LEAST_AGE), born_on(person)
    if line is None or born is None or age_on(born, day) >= line.value:
        return []
    told = {"day": day, "age": int(line.value), "source": line.source}
    return [_("到 %(day)s 未满 %(age)s 周岁（%(source)s）。请核对身份证号和日期。") % told]


def keep_seats(rows: Sequence[Trainee]) -> None:
    """Tells every new row of a file which place of its class it takes; nobody loses one they have."""
    found = Trainee.objects.live().filter(training_class__in={row.training_class_id for row in rows})
    seated = dict(found.order_by().values_list("id", "training_class_id"))
    taken = Counter(seated.values())
    for row in rows:
        if seated.get(row.pk) == row.training_class_id:
            row.seat = 0  # type: ignore[attr-defined]
            continue
        taken[row.training_class_id] += 1
        row.seat = taken[row.training_class_id]  # type: ignore[attr-defined]


def seat_problems(row: Trainee) -> list[Any]:
    """Sentences about one more than a class has places."""
    if not hasattr(row, "seat"):
        keep_seats([row])
    places, seat = row.training_class.places_offered, row.seat  # type: ignore[attr-defined]
    if seat <= places:
        return []
    told = {"places": places, "seat": seat}
    return [_("这个班计划 %(places)s 人，这是第 %(seat)s 人。请核对，或先改计划人数。") % told]


def place_problems(row: TrainingClass, previous: TrainingClass | None) -> list[Any]:
    """Sentences about fewer places than people on the roster."""
    if previous is None or row.places_offered >= previous.places_offered:
        return []
    here = Trainee.objects.live().filter(training_class=row.pk).count()
    return [_("花名册上已有 %(here)s 人。") % {"here": here}] if here > row.places_offered else []


def wage_problems(row: WorkshopMonth) -> list[Any]:
    """A wage bill so small that it is one in 万元."""
    line = lines_of(row).get(Threshold.Code.LOW_WAGE)
    if line is None or not row.jobs or not row.wage_bill or row.wage_bill >= row.jobs * line.value:
        return []
    told = {
        "average": f"{row.wage_bill / row.jobs:.2f}",
        "line": f"{line.value:,.0f}",
        "bill": f"{row.wage_bill.normalize():f}",
        "yuan": f"{row.wage_bill * 10_000:,.0f}",
    }
    sentence = _(
        "人均 %(average)s 元不到 %(line)s 元，像是按万元填的。单位是元：如为 %(bill)s 万元，请填 %(yuan)s。"
    )
    return [sentence % told]
