"""Acts on more rows than one request judges: a job looks at them, another does what was shown.

Both go through the rows in lots, so that memory does not grow with their number. All or nothing: the one
transaction of the job undoes everything when the job is cancelled, is killed (then it begins anew) or finds
other rows than were shown.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel.errors import Conflict, NotVisible, RuleViolated
from shanhai.kernel.jobs import runner
from shanhai.kernel.jobs.models import Job
from shanhai.kernel.jobs.progress import Progress
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor

from .bulk import MOST_ROWS
from .bulk_act import Act
from .bulk_plan import Digest
from .fields import resolve
from .links import link
from .listing import Listing

#: Rows judged and written at a time.
LOT = 1_000


class SelectionChanged(Conflict):
    """Something else would be done than what was shown."""

    code = "selection_changed"
    default_message = gettext_lazy("选中的记录刚有变化，一条也没有办理。请重新核对。")


def is_too_many(listing: Listing) -> bool:
    """Whether the rows of the list are more than one request judges."""
    keys = listing.ledger.model._default_manager.filter(pk__in=listing.rows().order_by().values("pk"))
    return len(keys.order_by().values_list("pk")[: MOST_ROWS + 1]) > MOST_ROWS


def start_plan(listing: Listing, act: Act) -> Job:
    """Have a job look at every row of the list.

    Errors: RuleViolated for filters that cannot be read, and for sensitive values, which no job keeps.
    """
    if listing.problems:
        raise RuleViolated(" ".join(listing.problems), code="bad_filter")
    columns = resolve(listing.ledger)
    if any(column.is_sensitive for name in act.values if (column := columns.column(name))):
        raise RuleViolated(_("敏感信息不能在后台批量修改。请用筛选缩小范围。"), code="too_many")
    said = {"act": act.label, "ledger": listing.ledger.label}
    arguments = {"ledger": listing.ledger.key, "act": act.packed()}
    label, asked = _("核对：%(act)s %(ledger)s") % said, {"query": listing.query()}
    return runner.start(PLANNING, label, arguments, actor=act.actor, asked=asked)


def plan_of(ledger: Ledger[Any], pk: Any, actor: Actor) -> Job:
    """The actor's own plan of this ledger. Errors: NotVisible."""
    key: Any = actor.user_id
    own = Job.objects.filter(pk=pk, kind=PLANNING.code, requester_id=key)
    found = own.filter(arguments__ledger=ledger.key).first()
    if found is None:
        raise NotVisible
    return found


def start(plan: Job, digest: str, reason: str, *, actor: Actor) -> Job:
    """Have a job do what `plan` showed.

    Errors: SelectionChanged for another digest; RuleViolated when nothing can be done or the reason lacks.
    """
    ledger = registry.get(plan.arguments["ledger"])
    act = Act.unpacked(ledger, plan.arguments["act"], actor)
    if plan.state != Job.State.DONE or digest != plan.result["digest"]:
        raise SelectionChanged
    if not plan.result["rows"]:
        raise RuleViolated(_("没有可以办理的记录。"), code="nothing_to_do")
    if act.needs_reason and not reason:
        raise RuleViolated(_("%(step)s必须写明原因。") % {"step": act.label}, code="reason_missing")
    told = plan.arguments["act"] | {"reason": reason}
    arguments = plan.arguments | {"act": told, "digest": digest}
    label = _("%(act)s：%(ledger)s") % {"act": act.label, "ledger": ledger.label}
    return runner.start(DOING, label, arguments, actor=actor, asked=plan.opened, total=plan.total)


def _plan(job: Job, actor: Actor, progress: Progress) -> dict[str, Any]:
    ledger = registry.get(job.arguments["ledger"])
    told = _through(job, actor, progress, is_done=False)
    return told | {"text": _("看核对结果"), "url": link(ledger, "bulk_job", pk=job.pk)}


def _do(job: Job, actor: Actor, progress: Progress) -> dict[str, Any]:
    told = _through(job, actor, progress, is_done=True)
    if told["digest"] != job.arguments["digest"]:
        raise SelectionChanged
    said = _("已处理 %(rows)s 条，跳过 %(left)s 条") % {
        "rows": f"{told['rows']:,}",
        "left": f"{told['left_out']:,}",
    }
    url = link(registry.get(job.arguments["ledger"]), "list")
    return told | {"text": said, "url": url, "is_of_list": True}


PLANNING = runner.register_kind(runner.JobKind("bulk_plan", gettext_lazy("批量核对"), _plan))
DOING = runner.register_kind(runner.JobKind("bulk", gettext_lazy("批量办理"), _do))


def _through(job: Job, actor: Actor, progress: Progress, *, is_done: bool) -> dict[str, Any]:
    """Judge every row, and do the act to those that take it. Errors: RuleViolated when a row was missed."""
    ledger = registry.get(job.arguments["ledger"])
    act = Act.unpacked(ledger, job.arguments["act"], actor)
    listing = Listing(ledger, QueryDict(job.opened["query"]), actor)
    digest, reasons, rows = Digest(act.verb, act.told), Counter[str](), 0
    job.total = listing.rows().order_by().count()
    job.done = 0
    for lot in _lots(listing, is_locked=is_done):
        plan = act.plan(lot)
        digest.add(plan.rows)
        if is_done and plan.number and act.apply(plan.rows) != plan.number:
            raise SelectionChanged
        reasons += plan.skipped
        rows += plan.number
        job.done += len(lot)
        progress(job.done, max(job.done, job.total))
    left = [[text, number] for text, number in reasons.most_common()]
    return {"rows": rows, "left_out": reasons.total(), "reasons": left, "digest": digest.text}


def _lots(listing: Listing, *, is_locked: bool) -> Iterator[list[LedgerModel]]:
    """The rows of the list by their keys: what was done to earlier ones does not change which come later."""
    matching = listing.rows().order_by().values("pk")
    ledger = listing.ledger
    shown = ledger.rows_with_units().filter(pk__in=matching).order_by("pk")
    rows = ledger.locked(listing.rows()) if is_locked else shown
    further = rows
    while lot := list(further[:LOT]):
        yield lot
        further = rows.filter(pk__gt=lot[-1].pk)
