"""Sensitive values leave unmasked when a second person of the side agrees: asked, decided, made, fetched."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import clock, context
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.jobs import files, runner
from shanhai.kernel.jobs.models import Job
from shanhai.kernel.jobs.progress import Progress
from shanhai.kernel.permissions import Verb
from shanhai.kernel.readings.found import watched_sides
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.sealing import installed_keyring
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.listing import Listing

from . import marks
from .formats import Format
from .models import QUERY, PlainExport, PlainExportRule
from .plain import openable
from .writing import Export, filters_said

_SHORTEST, _LONGEST = 2, 200


@dataclass(frozen=True)
class Copy:
    """What is said in and about one copy."""

    ink: str
    said: str


def ask(listing: Listing, form: Format, reason: str) -> PlainExport:
    """Ask for the list with its sensitive values. Errors: those of `Export.of`; too much for paper."""
    if not listing.actor.allows(Verb.EXPORT, listing.ledger.key):
        raise NotAllowed
    made = Export.of(listing, reason)
    number = made.count()
    made.check(form, number)
    home = listing.actor.home
    if home is None:
        raise NotAllowed
    taken = set(PlainExport._base_manager.values_list("mark", flat=True))
    with context.because(made.reason):
        return PlainExport.objects.create(
            side=home.side,
            ledger=listing.ledger.key,
            query=installed_keyring().seal(listing.query(), QUERY),
            form=form,
            filters="；".join(filters_said(listing)),
            fields="、".join(str(column.label) for column in openable(listing)),
            rows=number,
            reason=made.reason,
            requester=runner.account_of(listing.actor),
            asked_at=clock.now(),
            mark=marks.new_mark(taken),
        )


def visible(actor: Actor) -> QuerySet[PlainExport]:
    """One's own, and those of the sides one watches over."""
    own: Any = actor.user_id
    seen = Q(requester_id=own) | Q(side__in=watched_sides(actor))
    return PlainExport.objects.filter(seen).select_related("requester", "handled_by", "job")


def get(pk: UUID, actor: Actor) -> PlainExport:
    """Errors: NotVisible."""
    found = visible(actor).filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def to_decide(actor: Actor) -> QuerySet[PlainExport]:
    """Those that wait for `actor` as the second person."""
    own: Any = actor.user_id
    waiting = PlainExport.objects.filter(state=PlainExport.State.WAITING, side__in=watched_sides(actor))
    return waiting.exclude(requester_id=own).select_related("requester", "handled_by", "job")


def may_decide(found: PlainExport, actor: Actor) -> bool:
    """Whether `actor` is the second person: watches over the side, and did not ask."""
    is_open = found.state == PlainExport.State.WAITING
    return is_open and found.side in watched_sides(actor) and found.requester_id != actor.user_id


def decide(found: PlainExport, *, approve: bool, reason: str, actor: Actor) -> PlainExport:
    """Agree, and the file is made as the asker's job; or refuse.

    Errors: NotAllowed for who asked or does not watch over the side; RuleViolated when it is decided already,
    without a reason for refusing, or when the asker may no longer have it.
    """
    locked = PlainExport.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if locked.state != PlainExport.State.WAITING:
        raise RuleViolated(_("这份申请已经办理。"), code="export_decided")
    if not may_decide(locked, actor):
        raise NotAllowed(_("自己的申请须由本方另一位有权查看全部原文的人批准。"))
    reason = reason.strip()[:_LONGEST]
    if not approve and len(reason) < _SHORTEST:
        raise RuleViolated(_("不批准须写明理由。"), code="reason_missing")
    locked.handled_by, locked.decided_at, locked.decision = runner.account_of(actor), clock.now(), reason
    locked.state = PlainExport.State.APPROVED if approve else PlainExport.State.REFUSED
    said = _("批准导出敏感信息原文") if approve else _("不批准导出敏感信息原文")
    with context.because(reason or said):
        if approve:
            locked.expires_at = clock.now() + timedelta(hours=PlainExportRule.hours())
            locked.job = _start(locked)
        locked.save()
    return locked


def _start(found: PlainExport) -> Job:
    label = _("导出“%(ledger)s”（含敏感信息原文）") % {"ledger": registry.get(found.ledger).label}
    asker = found.requester.actor()
    with context.beyond_reach():  # the job is the asker's, not that of who agrees
        return runner.start(MAKING, label, {"request": str(found.pk)}, actor=asker, total=found.rows)


def _work(job: Job, actor: Actor, progress: Progress) -> dict[str, Any]:
    found = PlainExport.objects.select_related("handled_by").get(pk=job.arguments["request"])
    ledger = registry.get(found.ledger)
    is_theirs = found.requester_id == actor.user_id and found.state == PlainExport.State.APPROVED
    if not is_theirs or not actor.allows(Verb.EXPORT, ledger.key):
        raise NotAllowed
    if found.expires_at is None or found.expires_at <= clock.now():
        raise RuleViolated(_("批准的有效时间已过。请重新申请。"), code="export_expired")
    query = installed_keyring().open(found.query, QUERY)
    made = Export.of(Listing(ledger, QueryDict(query), actor), found.reason, _copy(found, actor))
    form = Format(found.form)
    progress(0, made.count())
    with files.making(job.pk, f".{form}") as out:
        job.done = job.total = made.write(form, out, progress)
    text = _("下载（%(rows)s 行），%(until)s 前有效") % {
        "rows": f"{job.done:,}",
        "until": moment(found.expires_at),
    }
    until = found.expires_at.isoformat()
    return {"text": text, "path": out.suffix, "name": made.file_name(form), "until": until}


def _copy(found: PlainExport, actor: Actor) -> Copy:
    told = {
        "code": found.code,
        "who": actor.name,
        "by": found.handled_by,
        "at": moment(found.decided_at) if found.decided_at else "",
    }
    said = _("%(code)s 仅供 %(who)s 使用，%(by)s 于 %(at)s 批准，不得转发。")
    return Copy(marks.ink(found.mark), said % told)


def _forget(job: Job) -> None:
    files.remove(files.RESULTS, job.pk)


MAKING = runner.register_kind(
    runner.JobKind("plain_export", gettext_lazy("导出台账（含敏感信息原文）"), _work, _forget)
)
