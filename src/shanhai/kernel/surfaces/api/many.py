"""Operations on many rows of one ledger: what would happen, and doing exactly that."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from shanhai.kernel.custom.values import PREFIX
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.evidence.many import ATTACH, read_papers, receive_paper
from shanhai.kernel.handover import receivers
from shanhai.kernel.jobs.models import Job
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.bulk import EDIT, HANDOVER, MOST_ROWS, Selection, bulk_customs, bulk_fields
from shanhai.kernel.surfaces.bulk_act import Act, require_act
from shanhai.kernel.surfaces.bulk_jobs import SelectionChanged, plan_of, start, start_plan
from shanhai.kernel.surfaces.bulk_plan import Plan, Planned
from shanhai.kernel.surfaces.listing import Listing
from shanhai.kernel.surfaces.views import actor_of

from .bodies import Sent
from .doors import FORM, Door, Found, argument, on_ledger
from .naming import named
from .values import read_values
from .work import JobAnswer, job_json

#: Rows told one by one; of more the numbers and reasons tell.
SHOWN_ROWS = 200
#: Where values of custom fields stand in a body.
_CUSTOM = "custom"


class ManyBody(Sent):
    """Which rows, and what to do with them."""

    ids: list[UUID] = Field(default_factory=list, max_length=MOST_ROWS, description="各行的系统编号")
    matching: bool = Field(False, description="真：符合地址里筛选的全部行，不看 ids")
    values: dict[str, Any] = Field(
        default_factory=dict, description="edit：要改成的值；自定义字段写在 custom 里"
    )
    unit: str = Field("", description="handover：接收单位的编号")
    papers: list[str] = Field(default_factory=list, description="attach：many/papers/ 给出的 paper")
    category: str = Field("", description="attach：佐证类别；空为其他")
    reason: str = Field("", max_length=500, description="批量修改、退回、作废、移交必须写明原因")


class ApplyBody(ManyBody):
    """The same, confirmed."""

    digest: str = Field(description="预览给出的摘要；有变化则不办理，返回 selection_changed")


class PlannedRow(Schema):
    """What would happen to one row."""

    id: str
    changes: list[list[str]] = Field(description="各为：字段、改前、改后")
    why_not: str = Field(description="不办的原因；空为可以办")


class ManyPlan(Schema):
    """What would happen; nothing is written."""

    digest: str
    rows: int = Field(description="可以办理的行数")
    left_out: int = Field(description="不办的行数")
    reasons: dict[str, int] = Field(description="不办的原因 → 行数")
    items: list[PlannedRow] = Field(description=f"逐行，不办的在前，至多 {SHOWN_ROWS} 行")


class PaperSent(Schema):
    """A file that was stored; evidence of nothing yet."""

    paper: str = Field(description="attach 的 papers 里填它；本人一天内有效")
    name: str
    digest: str = Field(description="SHA-256")


class RowsFound(Schema):
    """What would happen to how many rows."""

    digest: str
    rows: int = Field(description="可以办理的行数")
    left_out: int = Field(description="不办的行数")
    reasons: list[tuple[str, int]] = Field(description="不办的原因、行数")


class ManyFound(Schema):
    """A job that looks at every row, and what it found."""

    job: JobAnswer
    plan: RowsFound | None = Field(description="核对结果；没有核对完为空")


class ConfirmFound(Sent):
    """What was found, confirmed."""

    digest: str = Field(description="核对结果的摘要")
    reason: str = Field("", max_length=500, description="批量修改、退回、作废、移交必须写明原因")


class ManyDone(Schema):
    """How many rows were written, and how many were left out."""

    rows: int
    left_out: int


@dataclass
class _Asked:
    """One call, read."""

    ledger: Ledger[Any]
    actor: Actor
    what: str
    body: ManyBody

    def listing(self, request: HttpRequest) -> Listing:
        """Errors: RuleViolated for filters that cannot be read."""
        listing = Listing(self.ledger, request.GET, self.actor)
        if listing.problems:
            raise RuleViolated(" ".join(listing.problems), code="bad_filter")
        return listing

    @cached_property
    def act(self) -> Act:
        """Errors: RuleViolated for values, papers or a unit that cannot be taken."""
        body, is_attaching = self.body, self.what == ATTACH
        return Act(
            self.ledger,
            self.what,
            self.actor,
            body.reason.strip(),
            values=self._new_values() if self.what == EDIT else {},
            unit=self._unit() if self.what == HANDOVER else None,
            papers=read_papers(body.papers, actor=self.actor) if is_attaching else (),
            category=body.category if is_attaching else "",
        )

    def plan(self, request: HttpRequest) -> Plan:
        """Errors: as `act`; RuleViolated for rows that cannot be taken."""
        listing = self.listing(request)
        return self.act.plan(Selection(self.body.ids, self.body.matching).rows(listing))

    def digest(self, plan: Plan) -> str:
        return plan.digest(self.what, self.act.told)

    def _unit(self) -> Any:
        for unit in receivers(self.ledger, self.actor):
            if str(unit.pk) == self.body.unit:
                return unit
        raise RuleViolated(_("没有这个接收单位，或不是本方的单位。"), code="unknown_unit")

    def _new_values(self) -> dict[str, Any]:
        allowed = bulk_fields(self.ledger, self.actor)
        given = {name: value for name, value in self.body.values.items() if name != _CUSTOM}
        own = self.body.values.get(_CUSTOM) or {}
        named = [*given, *(f"{PREFIX}{key}" for key in own)]
        unknown = [name for name in named if name not in allowed]
        if unknown or not named:
            sentence = _("可以批量修改的字段：%(fields)s。") % {"fields": "、".join(allowed)}
            raise RuleViolated(
                sentence, code="unknown_field", problems={name: [sentence] for name in unknown}
            )
        customs = bulk_customs(self.ledger, self.actor)
        return read_values(self.ledger, {**given, _CUSTOM: own}, self.actor, customs=customs)

    def do(self, plan: Plan) -> int:
        """Errors: RuleViolated when nothing can be done or a reason is missing."""
        if not plan.number:
            raise RuleViolated(_("没有可以办理的记录。"), code="nothing_to_do")
        if self.act.needs_reason and not self.act.reason:
            told = _("%(step)s必须写明原因。") % {"step": self.act.label}
            raise RuleViolated(told, code="reason_missing")
        return self.act.apply(plan.rows)


def _on_many(ledger: Ledger[Any]) -> Door:
    """What the address asks for is known, and granted on the ledger."""

    def check(request: HttpRequest, actor: Actor) -> Actor:
        require_act(ledger, argument(request, "what"), actor)
        return actor

    return Door(check)


def _on_plan(ledger: Ledger[Any]) -> Door:
    """The job of the address is the caller's own plan of this ledger; finds it."""
    return Door(lambda request, actor: plan_of(ledger, argument(request, "pk"), actor))


def add_many(router: Router, ledger: Ledger[Any]) -> None:
    may = _on_many(ledger)
    shown = named(ledger, "many_plan", "多行预览：edit、handover、attach 或一步（submit、verify 等）")

    @router.post("/many/{what}/plan/", response=ManyPlan, auth=may, **shown)
    def plan_many(request: HttpRequest, what: str, body: ManyBody) -> dict[str, Any]:
        asked = _Asked(ledger, actor_of(request), what, body)
        plan = asked.plan(request)
        items = sorted(plan.all, key=lambda one: not one.why_not)[:SHOWN_ROWS]
        return {
            "digest": asked.digest(plan),
            "rows": plan.number,
            "left_out": plan.left_out,
            "reasons": dict(plan.skipped.most_common()),
            "items": [_told(one) for one in items],
        }

    @router.post(
        "/many/{what}/apply/", response=ManyDone, auth=may, **named(ledger, "many_apply", "多行办理")
    )
    def apply_many(request: HttpRequest, what: str, body: ApplyBody) -> dict[str, Any]:
        asked = _Asked(ledger, actor_of(request), what, body)
        plan = asked.plan(request)
        if asked.digest(plan) != body.digest:
            raise SelectionChanged
        done = asked.do(plan)
        return {"rows": done, "left_out": plan.left_out}

    _add_jobs(router, ledger)
    told = named(ledger, "many_papers", "收下要附到多行的佐证") | {
        "description": "只存一次；预览、确认后才成为佐证。"
    }
    may_send = on_ledger(ledger, Verb.EDIT, takes=FORM)

    @router.post("/many/papers/", response={201: PaperSent}, auth=may_send, **told)
    def send_paper(request: HttpRequest, file: File[UploadedFile]) -> Status[dict[str, Any]]:
        actor = actor_of(request)
        paper = receive_paper(ledger, file, actor=actor)
        sent = {"paper": paper.token(actor), "name": paper.name, "digest": paper.file.digest}
        return Status(201, sent)


def _add_jobs(router: Router, ledger: Ledger[Any]) -> None:
    """More rows than one call judges: a job looks at them, another does what it found."""
    larger = {"description": "超过一次能办的行数时用。"}
    begun = named(ledger, "many_job", "后台核对符合筛选的全部行") | larger
    read = named(ledger, "many_job_plan", "后台核对的结果")
    whole = {"description": "要么全部办完，要么一条也不办。"}
    done = named(ledger, "many_job_apply", "后台办理核对过的行") | whole
    own = _on_plan(ledger)

    @router.post("/many/{what}/jobs/", response={202: JobAnswer}, auth=_on_many(ledger), **begun)
    def start_many(request: HttpRequest, what: str, body: ManyBody) -> Status[dict[str, Any]]:
        asked = _Asked(ledger, actor_of(request), what, body)
        return Status(202, job_json(start_plan(asked.listing(request), asked.act)))

    @router.get("/many/jobs/{uuid:pk}/", response=ManyFound, auth=own, **read)
    def read_many(request: Found, pk: UUID) -> dict[str, Any]:
        job = request.auth
        return {"job": job_json(job), "plan": job.result if job.state == Job.State.DONE else None}

    @router.post("/many/jobs/{uuid:pk}/apply/", response={202: JobAnswer}, auth=own, **done)
    def do_many(request: Found, pk: UUID, body: ConfirmFound) -> Status[dict[str, Any]]:
        doing = start(request.auth, body.digest, body.reason.strip(), actor=actor_of(request))
        return Status(202, job_json(doing))


def _told(one: Planned) -> dict[str, Any]:
    return {
        "id": str(one.row.pk),
        "changes": [list(change) for change in one.changes],
        "why_not": one.why_not,
    }
