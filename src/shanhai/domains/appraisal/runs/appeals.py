"""Appeals: filed by the unit within its days, decided by another, points given for the next scoring."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.engines.scoring import Kind
from shanhai.kernel import clock, context
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.evidence.kinds import kind_of, safe_name
from shanhai.kernel.evidence.store import read, store
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, covers, reaches_unit
from shanhai.registers.parties.models import Unit

from ..models import AppraisalAppeal, AppraisalRun, AppraisalScheme, RunStage
from ..models.runs import RUNS
from ..schemes import rules as scheme_rules
from .actions import unit_of
from .rights import oversees, seen_run
from .rules import is_running

State = AppraisalAppeal.State


def may_appeal(unit: Unit, actor: Actor) -> bool:
    """Whether the actor speaks for the unit."""
    grants = actor.grants_for(Verb.SUBMIT, RUNS)
    return any(reaches_unit(one, unit.side, unit.pk, unit.path) for one in grants)


def may_decide(run: AppraisalRun, actor: Actor) -> bool:
    return oversees(run, actor) and covers(actor, Verb.MANAGE, AppraisalScheme.ledger_key(), run.scheme)


def sees_appeals(run: AppraisalRun, unit: Unit, actor: Actor) -> bool:
    """Its own people, and who oversees the side; nobody else of either side."""
    return may_appeal(unit, actor) or oversees(run, actor)


def is_open(run: AppraisalRun) -> bool:
    """Whether appeals are taken today."""
    return run.stage == RunStage.PUBLISHED and is_running(run.appeal_until, clock.today())


def appealing_unit(pk: UUID, unit: UUID, actor: Actor) -> tuple[AppraisalRun, Unit]:
    """Errors: NotVisible, NotAllowed."""
    run = seen_run(pk, actor)
    own = unit_of(run, unit)
    if not may_appeal(own, actor):
        raise NotAllowed
    return run, own


def file_appeal(
    pk: UUID, unit: UUID, *, number: int, reason: str, name: str, content: bytes, actor: Actor
) -> AppraisalAppeal:
    """Errors: RuleViolated outside the days, for an unknown item, without reason or evidence, or while one
    of the item waits; NotVisible; NotAllowed.
    """
    run, own = appealing_unit(pk, unit, actor)
    problems = _problems(run, own, number, reason, content)
    if problems:
        raise RuleViolated(problems=problems, code="appeal_refused")
    file = store(run.side, content)
    appeal = AppraisalAppeal(
        run=run,
        unit=own,
        item_number=number,
        reason=reason.strip()[:200],
        requester_id=actor.user_id,  # type: ignore[misc]
        asked_at=clock.now(),
        file=file,
        file_name=safe_name(name, kind_of(file.content_type)),
    )
    with context.because(appeal.reason):
        appeal.save(force_insert=True)
    return appeal


def _problems(
    run: AppraisalRun, unit: Unit, number: int, reason: str, content: bytes
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    if not is_open(run):
        until = run.appeal_until.isoformat() if run.appeal_until else "—"
        found[""] = [_("现在不受理申诉：公示后到申诉截止日（%(day)s）为止受理。") % {"day": until}]
    if number not in {one["number"] for one in run.release.text["items"]}:
        found["number"] = [_("没有这个序号的考核项。")]
    if not reason.strip():
        found["reason"] = [_("请写明理由。")]
    if not content:
        found["file"] = [_("申诉须附佐证，请上传文件。")]
    waits = AppraisalAppeal.objects.filter(run=run, unit=unit, item_number=number, state=State.WAITING)
    if waits.exists():
        found["number"] = [_("这一项已有一件申诉在等裁定。")]
    return found


def decided_appeal(pk: UUID, appeal: UUID, actor: Actor) -> AppraisalAppeal:
    """The appeal, locked, for whoever decides. Errors: NotVisible, NotAllowed."""
    run = seen_run(pk, actor)
    if run.side not in actor.sides:
        raise NotVisible
    if not may_decide(run, actor):
        raise NotAllowed
    rows = AppraisalAppeal.objects.select_for_update(of=("self",)).select_related("run__release", "unit")
    found: AppraisalAppeal | None = rows.filter(run=run, pk=appeal).first()
    if found is None:
        raise NotVisible
    return found


def decide_appeal(
    pk: UUID, appeal: UUID, *, upheld: bool, points: str, decision: str, actor: Actor
) -> AppraisalAppeal:
    """Uphold with points, or refuse; the next scoring takes the points.

    Errors: RuleViolated for the person who filed it, one that is decided, points out of range, no reason.
    """
    found = decided_appeal(pk, appeal, actor)
    if found.state != State.WAITING:
        raise RuleViolated(_("这件申诉已经裁定。"), code="appeal_decided")
    if found.requester_id == actor.user_id:
        raise RuleViolated(_("申诉人不能自己裁定，请由另一人办理。"), code="same_person")
    if not decision.strip():
        raise RuleViolated(_("请写明理由。"), code="reason_missing")
    item = next(one for one in found.run.release.text["items"] if one["number"] == found.item_number)
    found.points = _points(item, points) if upheld else None
    found.state = State.UPHELD if upheld else State.REFUSED
    found.handled_by_id = actor.user_id  # type: ignore[assignment]
    found.decided_at, found.decision = clock.now(), decision.strip()[:200]
    with context.because(found.decision):
        found.save()
    return found


def _points(item: Mapping[str, Any], written: str) -> Decimal:
    """Between what the item takes at worst and gives at best."""
    given = scheme_rules.number_of(written)
    least, most = bounds_of(item)
    if given is None or not least <= given <= most or given != round(given, 2):
        told = {"least": f"{least:f}", "most": f"{most:f}"}
        sentence = _("裁定分数请填 %(least)s 到 %(most)s 之间、至多两位小数的数。")
        raise RuleViolated(sentence % told, code="bad_points")
    return given


def bounds_of(item: Mapping[str, Any]) -> tuple[Decimal, Decimal]:
    """Points of an item at worst and at best."""
    scored = scheme_rules.item_of(item)
    match scored.kind:
        case Kind.DEDUCTION:
            return -scored.most, Decimal(0)
        case Kind.VETO:
            return Decimal(0), Decimal(0)
        case Kind.BONUS:
            return Decimal(0), scored.most
        case _:
            return Decimal(0), scored.weight


def seen_appeal(pk: UUID, appeal: UUID, actor: Actor) -> AppraisalAppeal:
    """Errors: NotVisible."""
    run = seen_run(pk, actor)
    rows = AppraisalAppeal.objects.select_related("unit", "file")
    found: AppraisalAppeal | None = rows.filter(run=run, pk=appeal).first()
    if found is None or not sees_appeals(run, found.unit, actor):
        raise NotVisible
    return found


def paper_of(found: AppraisalAppeal) -> tuple[bytes, str, str]:
    """Content, name and kind of the paper of an appeal."""
    return read(found.file), found.file_name, found.file.content_type
