"""Who owes progress: the schemes in force of a side as rules of the kernel's obligations."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from shanhai.kernel import clock
from shanhai.kernel.models import ObligationRule, ObligationRuleUnit
from shanhai.kernel.periods.obligations import ensure_obligations

from .models import Duty, SchemeVersion, Task
from .reports import LEDGER, bound_units

#: What one rule says: due days, least number of reports, sources.
type Terms = tuple[int, int, str]


def bind_reports(side: str) -> None:
    """Bring the rules in line with the duties of every scheme in force of the side.

    Shape: a unit owes, each quarter, one report for each of its quarterly tasks; tasks reported less often
    are followed on their own pages. A rule that no longer fits ends yesterday, so that what was due stays as
    it was; a unit bound for the first time owes from the day the scheme says, all others from today.
    """
    wanted = _wanted(side)
    today = clock.today()
    open_rules = ObligationRule.objects.filter(valid_to__isnull=True, ledger=LEDGER, side=side)
    for rule in open_rules.prefetch_related("units"):
        units = {bond.unit_id for bond in rule.units.all()}
        if all(unit in wanted and wanted[unit][0] == _terms(rule) for unit in units):
            wanted = {unit: terms for unit, terms in wanted.items() if unit not in units}
        else:
            rule.valid_to = today - datetime.timedelta(days=1)
            rule.save()
    _make_rules(side, wanted, today)
    ensure_obligations(today, side)


def _terms(rule: ObligationRule) -> Terms:
    return rule.due_days, rule.minimum_rows, rule.source


def _make_rules(side: str, wanted: dict[UUID, tuple[Terms, datetime.date]], today: datetime.date) -> None:
    known = ObligationRuleUnit.objects.filter(rule__ledger=LEDGER, rule__side=side)
    bound_before = set(known.values_list("unit", flat=True))
    groups: dict[tuple[Terms, datetime.date], list[UUID]] = defaultdict(list)
    for unit, (terms, since) in sorted(wanted.items()):
        groups[terms, today if unit in bound_before else since].append(unit)
    for (terms, since), units in sorted(groups.items()):
        due_days, least, source = terms
        rule = ObligationRule.objects.create(
            ledger=LEDGER,
            side=side,
            frequency=ObligationRule.Frequency.QUARTER,
            due_days=due_days,
            minimum_rows=least,
            valid_from=since,
            source=source,
        )
        ObligationRuleUnit.objects.bulk_create(ObligationRuleUnit(rule=rule, unit_id=unit) for unit in units)


def _wanted(side: str) -> dict[UUID, tuple[Terms, datetime.date]]:
    """What each unit owes each quarter, and since when."""
    rows = Task.of_versions.filter(
        scheme__side=side,
        section__version__state=SchemeVersion.State.IN_FORCE,
        frequency=Task.Frequency.QUARTER,
    )
    tasks = {task.pk: task for task in rows.select_related("scheme")}
    laid: dict[UUID, list[Task]] = defaultdict(list)
    for task, units in bound_units(Duty.objects.filter(task__in=tasks)).items():
        for unit in units:
            laid[unit].append(tasks[task])
    return {unit: _laid_on(found) for unit, found in laid.items()}


def _laid_on(tasks: Sequence[Task]) -> tuple[Terms, datetime.date]:
    schemes = {task.scheme for task in tasks}
    source = "；".join(sorted(scheme.source for scheme in schemes))[:200]
    terms = max(scheme.due_days for scheme in schemes), len(tasks), source
    return terms, min(scheme.reports_since for scheme in schemes)
