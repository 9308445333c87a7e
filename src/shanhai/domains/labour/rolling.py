"""The run that comes by itself every night: for whom it is switched on, what changed, what came of it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import clock, context
from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.jobs import runner
from shanhai.kernel.jobs.models import Job
from shanhai.kernel.jobs.progress import Progress
from shanhai.kernel.scope import Actor

from . import matching_run as running
from . import matching_wording as wording
from .models import RollingMatch

_TASK = "每夜匹配"


def setting_of(side: str) -> RollingMatch | None:
    found: RollingMatch | None = RollingMatch.objects.filter(side=side).first()
    return found


def switch(actor: Actor, *, is_on: bool) -> RollingMatch:
    """Switch the nightly run of the actor's side on or off; it runs with the rights of who switched it on.

    Errors: NotAllowed.
    """
    side, account = running.side_of(actor), runner.account_of(actor)
    row = RollingMatch.objects.filter(side=side).select_for_update().first() or RollingMatch(side=side)
    row.is_on, row.account, row.switched_by, row.switched_at = is_on, account, actor.key, clock.now()
    with context.because(_("开启每夜自动匹配") if is_on else _("停用每夜自动匹配")):
        row.save()
    return row


def start_all() -> int:
    """Queue the run of every side that has it on; how many. Called at night, outside a context."""
    with context.unscoped(_TASK):
        rows = list(RollingMatch.objects.filter(is_on=True).select_related("account"))
    started = 0
    for row in rows:
        actor: Actor = row.account.actor()
        if not row.account.is_active or not running.may_run(actor):
            with context.unscoped(_TASK):
                _note(row.side, _("开启的人已停用或不再有权，没有运行；请由有权的人重新开启。"))
            continue
        with context.acting(actor, reason=_TASK):
            runner.start(NIGHTLY, _("每夜自动匹配"), {"side": row.side}, actor=actor)
        started += 1
    return started


def _work(job: Job, actor: Actor, progress: Progress) -> dict[str, Any]:
    if running.side_of(actor) != job.arguments["side"]:
        raise NotAllowed
    side = job.arguments["side"]
    row = setting_of(side)
    if row is None or not row.is_on:
        return {"text": _("每夜自动匹配已停用，没有运行。"), "url": reverse("labour:matching")}
    try:
        run = running.rematch(side, actor, progress.say)
    except RuleViolated as refused:
        told = str(refused)
        _note(side, told)
        return {"text": told, "url": reverse("labour:matching")}
    if run is None:
        told = _("岗位、人员、决定、权重都没有变化，没有运行。")
        _note(side, told)
        return {"text": told, "url": reverse("labour:matching")}
    told = wording.cause(run)
    _note(side, told)
    return {"text": told, "url": reverse("labour:match_run", args=[run.pk])}


def _note(side: str, said: str) -> None:
    row = RollingMatch.objects.get(side=side)
    row.last_looked_at, row.said = clock.now(), said[:200]
    with context.because(_TASK):
        row.save(update_fields=["last_looked_at", "said"])


NIGHTLY = runner.register_kind(runner.JobKind("labour_rolling", gettext_lazy("每夜自动匹配"), _work))
