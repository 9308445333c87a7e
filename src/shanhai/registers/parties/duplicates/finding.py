"""The job that looks for pairs: a side's persons into the engine, what it finds beside what was decided."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import pyarrow as pa
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.engines import linkage
from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.jobs import runner
from shanhai.kernel.jobs.models import Job
from shanhai.kernel.jobs.progress import Progress
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.registers.parties.persons import Person

from .models import DuplicatePair

#: Pairs less probable are not shown; those that look like twins just are.
LEAST = 0.25
#: So many persons are enough for the model to learn from them.
_LEARNT_FROM = 20_000
_LOT = 2_000
_Decision = DuplicatePair.Decision


def may_decide(actor: Actor) -> bool:
    """Whoever manages the register of a side: a merge reaches into rows of all its units."""
    return actor.allows(Verb.MANAGE, Person.ledger_key())


def start(actor: Actor) -> Job:
    """Errors: NotAllowed."""
    if not may_decide(actor):
        raise NotAllowed
    return runner.start(FINDING, _("查找疑似重复人员"), {"sides": sorted(actor.sides)}, actor=actor)


def _work(job: Job, actor: Actor, progress: Progress) -> dict[str, Any]:
    if not may_decide(actor):
        raise NotAllowed
    found = sum(find(side, progress) for side in job.arguments["sides"] if side in actor.sides)
    text = _("找到 %(number)s 对疑似重复") % {"number": f"{found:,}"}
    return {"text": text, "url": reverse("parties:duplicates")}


def find(side: str, progress: Progress | None = None) -> int:
    """Look through the side's persons within the scope in force; the number of pairs to look at."""
    keys, records = _records(side)
    if progress:
        progress.check()
    if len(keys) < 2:  # noqa: PLR2004
        return 0
    model = linkage.train(records) if len(keys) >= _LEARNT_FROM else None
    linked = linkage.link(records, model, least=LEAST)
    if progress:
        progress.check()
    found = [_pair(side, keys, told) for told in linked.pairs.to_pylist()]
    # In one order however the engine's threads finish, so that two demonstrations are equal.
    return _keep(side, sorted(found, key=lambda one: (one.first_id, one.second_id)))


def _records(side: str) -> tuple[list[Any], pa.Table]:
    """Keys in order, and what the engine compares; of telephones the blind index."""
    people = Person.objects.live().filter(side=side, is_restricted=False).order_by("pk")
    rows = list(
        people.values_list(
            "pk", "name", "pinyin", "born_on", "phone_index", "place__path", "place__level", "sex"
        )
    )
    keys, names, pinyin, born, phones, paths, levels, sexes = zip(*rows, strict=True) if rows else [()] * 8
    places = [_village_and_town(path, level) for path, level in zip(paths, levels, strict=True)]
    columns = {
        "name": names,
        "pinyin": pinyin,
        "born_on": born,
        "phone": phones,
        "village": [village for village, _town in places],
        "town": [town for _village, town in places],
        "sex": [sex or None for sex in sexes],
    }
    return list(keys), pa.table({name: pa.array(columns[name], kind) for name, kind in _types()})


def _types() -> Iterator[tuple[str, pa.DataType]]:
    return ((one.name, one.type) for one in linkage.SCHEMA)


def _village_and_town(path: str | None, level: str | None) -> tuple[str | None, str | None]:
    labels = (path or "").split(".")
    if level == "village":
        return labels[-1], labels[-2]
    return (None, labels[-1]) if level == "town" else (None, None)


def _pair(side: str, keys: list[Any], told: dict[str, Any]) -> DuplicatePair:
    first, second = sorted((keys[told["first"]], keys[told["second"]]))
    return DuplicatePair(
        side=side,
        first_id=first,
        second_id=second,
        probability=Decimal(told["match_probability"]).quantize(Decimal("0.0001")),
        is_twin_like=told["is_twin_like"],
        levels={name: told[name] for name in linkage.LEVELS},
    )


def _keep(side: str, found: Iterable[DuplicatePair]) -> int:
    """What was decided stays; what nobody decided follows the rows as they are now."""
    known = {(one.first_id, one.second_id): one for one in DuplicatePair.objects.filter(side=side)}
    new, changed, waiting = [], [], 0
    for pair in found:
        before = known.pop((pair.first_id, pair.second_id), None)
        if before is None:
            new.append(pair)
        elif before.decision in {_Decision.OPEN, _Decision.LATER, _Decision.GONE}:
            if _follows(before, pair):
                changed.append(before)
        else:
            continue
        waiting += 1
    gone = [one.pk for one in known.values() if one.decision == _Decision.OPEN]
    DuplicatePair.objects.bulk_create(new, batch_size=_LOT)
    fields = ["probability", "is_twin_like", "levels", "decision"]
    DuplicatePair.objects.bulk_update(changed, fields, batch_size=_LOT)
    DuplicatePair.objects.filter(pk__in=gone).update(decision=_Decision.GONE)
    return waiting


def _follows(before: DuplicatePair, now: DuplicatePair) -> bool:
    """Take over what was found now; whether that is anything new."""
    names = ("probability", "is_twin_like", "levels")
    is_new = before.decision == _Decision.GONE or any(
        getattr(before, name) != getattr(now, name) for name in names
    )
    for name in names:
        setattr(before, name, getattr(now, name))
    if before.decision == _Decision.GONE:
        before.decision = _Decision.OPEN
    return is_new


FINDING = runner.register_kind(runner.JobKind("find_duplicates", gettext_lazy("查找疑似重复人员"), _work))
