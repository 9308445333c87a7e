"""When a task is done and reported, and what shows it: the small form beside a task."""

import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.indicators.registry import registry as indicators
from shanhai.kernel.registry import registry as ledgers
from shanhai.kernel.surfaces.links import link_to

from .asking import Drawn
from .models import Task


def plan_context(task: Task) -> Drawn:
    """What scheme/plan_form.html shows."""
    chosen = [one for one in ledgers if one.key != "scheme.progressreport"]
    return {
        "url": link_to("scheme:plan", pk=task.pk),
        "frequencies": _options(Task.Frequency.choices, [task.frequency]),
        "due_on": task.due_on.isoformat() if task.due_on else "",
        "ledgers": _options([(one.key, one.label) for one in chosen], task.ledgers),
        "indicators": _options([(one.code, f"{one.code} {one.name}") for one in indicators], task.indicators),
    }


def _options(choices: Any, chosen: Any) -> list[Drawn]:
    return [{"value": value, "label": str(label), "selected": value in chosen} for value, label in choices]


def read_day(written: str) -> datetime.date | None:
    """The date of a field, None for an empty one. Errors: RuleViolated for what is no date."""
    text = written.strip()
    try:
        day = parse_date(text) if text else None
    except ValueError:
        day = None
    if text and day is None:
        raise RuleViolated(_("“%(text)s”不是日期，请写成 2021-12-31。") % {"text": text[:20]})
    return day


def plan_values(request: HttpRequest) -> dict[str, Any]:
    """What the form says. Errors: RuleViolated for a date that is none."""
    due_on = read_day(request.POST.get("due_on", ""))
    return {
        "frequency": request.POST.get("frequency", ""),
        "due_on": due_on,
        "ledger_keys": request.POST.getlist("ledgers"),
        "indicator_codes": request.POST.getlist("indicators"),
    }
