"""What pages, files and the API say of courses: who came, passed, was certified and found work in time."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from shanhai.domains.labour.models import EmploymentSpell
from shanhai.kernel import clock

from .models import Attendance, Certificate, ExamResult, Trainee, TrainingClass
from .rules import courses as rules


def cohorts(classes: Iterable[TrainingClass]) -> dict[UUID, rules.Cohort]:
    """Every class with its reported roster; what was reported of each in a fixed number of queries.

    Shape: work is found by the person's identity number, whoever filed it and the reader may see.
    """
    known = {one.pk: one for one in classes}
    rows = list(
        Trainee.objects.reported()
        .filter(training_class__in=known)
        .order_by("enrolled_on", "id")
        .values_list("id", "training_class_id", "person__identity_number_index")
    )
    ids = [pk for pk, _training_class, _index in rows]
    days = Counter(Attendance.objects.reported().filter(trainee__in=ids).values_list("trainee_id", flat=True))
    scores: dict[UUID, list[Any]] = defaultdict(list)
    results = ExamResult.objects.reported().filter(trainee__in=ids).order_by("examined_on")
    for pk, score in results.values_list("trainee_id", "score"):
        scores[pk].append(score)
    certified = set(
        Certificate.objects.reported()
        .filter(trainee__in=ids, revoked_on__isnull=True)
        .values_list("trainee_id", flat=True)
    )
    spells = spells_of({index for _pk, _training_class, index in rows})
    trained: dict[UUID, list[rules.Trained]] = defaultdict(list)
    for pk, training_class, index in rows:
        one = rules.Trained(pk, days[pk], tuple(scores[pk]), pk in certified, tuple(spells[index]))
        trained[training_class].append(one)
    return {pk: rules.Cohort(one.closes_on, tuple(trained[pk])) for pk, one in known.items()}


def spells_of(indexes: set[str]) -> dict[str, list[rules.Spell]]:
    """Reported employment by the identity number's index; empty for who has none."""
    found: dict[str, list[rules.Spell]] = defaultdict(list)
    rows = EmploymentSpell.objects.reported().filter(person__identity_number_index__in=indexes).order_by()
    for index, started_on, ended_on in rows.values_list(
        "person__identity_number_index", "started_on", "ended_on"
    ):
        found[index].append(rules.Spell(started_on, ended_on))
    return found


def funnel_of(row: TrainingClass) -> rules.Funnel:
    """The steps of one class today."""
    return rules.funnel(cohorts([row])[row.pk], row.pass_score, clock.today())
