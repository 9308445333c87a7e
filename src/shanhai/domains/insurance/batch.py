"""Settlement of many visits: all of a month that are due, behind the page, counted, none of them twice.

All in one transaction: a worker that dies leaves nothing, and the next begins anew; what was settled before
or meanwhile is not due any more.
"""

from typing import Any
from uuid import UUID

from django.db.models import Exists
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.engines.values import Period, PeriodError, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.errors import Conflict, NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.jobs import runner
from shanhai.kernel.jobs.models import Job
from shanhai.kernel.jobs.progress import Progress
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor

from . import lookup
from .actions import settle_visit
from .care_ledgers import STANDING
from .models import MedicalVisit


def month_asked(code: str) -> Period:
    """The month asked for; the last whole one without. Errors: RuleViolated."""
    if not code:
        return Period.of(clock.today(), PeriodKind.MONTH).previous()
    try:
        month = Period.parse(code)
    except PeriodError:
        month = None
    if month is None or month.kind is not PeriodKind.MONTH:
        raise RuleViolated(problems={"month": [_("请选择一个月份，例如 2021-08。")]})
    return month


def due(actor: Actor, month: Period) -> Any:
    """Reported visits that ended in the month and of which no settlement stands, in the order of settling."""
    rows = MedicalVisit.objects.reported().visible_to(actor, Verb.EDIT)
    ended = rows.filter(discharged_on__range=(month.start, month.end)).exclude(Exists(STANDING))
    return ended.order_by("discharged_on", "number")


def start(month: Period, *, actor: Actor) -> Job:
    """Queue the settlement of a month. Errors: NotAllowed; RuleViolated where nothing is due."""
    if not actor.allows(Verb.EDIT, MedicalVisit.ledger_key()):
        raise NotAllowed
    number = due(actor, month).count()
    if not number:
        sentence = _("%(month)s没有待结算的就诊。") % {"month": month.label}
        raise RuleViolated(sentence, code="nothing_to_do")
    label = _("批量结算：%(month)s") % {"month": month.label}
    return runner.start(SETTLING, label, {"month": month.code}, actor=actor, total=number)


def batch_of(pk: UUID, actor: Actor) -> Job:
    """The actor's own batch. Errors: NotVisible."""
    key: Any = actor.user_id
    found = Job.objects.filter(pk=pk, kind=SETTLING.code, requester_id=key).first()
    if found is None:
        raise NotVisible
    return found


def refusals_of(job: Job) -> list[tuple[str, str, str]]:
    """What was not settled: key and number of the visit, and the reason with its number; by the reason."""
    return sorted((tuple(one) for one in job.result.get("refused", ())), key=lambda one: (one[2], one[1]))


def _work(job: Job, actor: Actor, progress: Progress) -> dict[str, Any]:
    month = Period.parse(job.arguments["month"])
    names = ("pk", "number", "row_version", "person__identity_number_index")
    visits = list(due(actor, month).values_list(*names))
    job.total, refused = len(visits), []
    lookup.hold_years((index, month.year) for _pk, _number, _version, index in visits)
    for job.done, (pk, number, version, _index) in enumerate(visits, 1):
        try:
            settle_visit(pk, actor=actor, row_version=version)
        except (Conflict, RuleViolated) as told:
            refused += [[str(pk), number, sentence] for sentence in _sentences(told)]
        progress(job.done, job.total)
    left = len({pk for pk, _number, _sentence in refused})
    said = {"settled": f"{job.total - left:,}", "left": f"{left:,}"}
    return {
        "settled": job.total - left,
        "left": left,
        "refused": refused,
        "text": _("已结算 %(settled)s 次，未结算 %(left)s 次") % said,
        "url": reverse("insurance:batch_result", args=[job.pk]),
    }


def _sentences(told: Conflict | RuleViolated) -> list[str]:
    """Each reason with its number; one row of the answer each."""
    problems = getattr(told, "problems", None) or {}
    return [str(one) for one in problems.get("", ())] or [str(told)]


SETTLING = runner.register_kind(runner.JobKind("insurance_settle", gettext_lazy("批量结算"), _work))
