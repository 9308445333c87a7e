"""Which checks are due in the reader's care, and who stayed: by batch, by employer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from shanhai.kernel import clock
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import link, with_query

from .. import retention_rules as rules
from ..models import RetentionCheck, TransportBatch

#: Shown at once in the list of the day.
SHOWN = 60
#: What checks are put together by: path in the query, and the filter of the list.
BY = {"batch": "placement__batch", "employer": "placement__order__employer"}
_NAMES = {"batch": "placement__batch__name", "employer": "placement__order__employer__name"}


def due_checks(actor: Actor, area: Q | None = None) -> tuple[Sequence[RetentionCheck], int]:
    """The first `SHOWN` whose day has come, the longest waiting first, and how many there are in all."""
    rows = RetentionCheck.objects.visible_to(actor, Verb.EDIT).live()
    due = rows.filter(area or Q(), outcome=RetentionCheck.Outcome.DUE, due_on__lte=clock.today())
    people = due.select_related("placement__person", "placement__order__employer", "owner_unit")
    found = list(people.order_by("due_on", "pk")[:SHOWN])
    return found, len(found) if len(found) < SHOWN else due.count()


@dataclass(frozen=True)
class Line:
    """How the workers of one batch or employer fared some months on. `key`: "" for those without a batch."""

    key: str
    name: str
    months: int
    kept: rules.Kept


def retention_lines(by: str) -> list[Line]:
    """Of what the reader sees; groups by name, then months."""
    rows = RetentionCheck.objects.reported().filter(due_on__lte=clock.today()).order_by("pk")
    told = rows.values_list(BY[by], _NAMES[by], "after_months", "pk", "due_on", "outcome")
    return _lines((key, name, months, rules.Check(*rest)) for key, name, months, *rest in told)


def batch_lines(batch: TransportBatch) -> list[Line]:
    """The same of one batch."""
    rows = RetentionCheck.objects.reported().filter(due_on__lte=clock.today(), placement__batch=batch)
    told = rows.order_by("pk").values_list("after_months", "pk", "due_on", "outcome")
    return _lines((batch.pk, batch.name, months, rules.Check(*rest)) for months, *rest in told)


def _lines(told: Iterable[tuple[Any, Any, int, rules.Check]]) -> list[Line]:
    groups: dict[tuple[str, str, int], list[rules.Check]] = {}
    for key, name, months, check in told:
        groups.setdefault((name or "", str(key or ""), months), []).append(check)
    today = clock.today()
    return [
        Line(key, name, months, rules.kept(checks, today))
        for (name, key, months), checks in sorted(groups.items(), key=lambda one: one[0])
    ]


def rows_of(by: str, line: Line, outcome: str = "") -> str:
    """The list of exactly these checks."""
    key = {BY[by]: line.key} if line.key else {f"{BY[by]}_is": "empty"}
    wanted = key | {
        "after_months_min": line.months,
        "after_months_max": line.months,
        "due_on_to": clock.today().isoformat(),
        "state": ["submitted", "verified"],
        "outcome": outcome,
    }
    return with_query(link(registry.get(RetentionCheck.ledger_key()), "list"), wanted)
