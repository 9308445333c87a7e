"""Operations on many rows of one ledger: what would happen, and doing exactly that."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from shanhai.kernel.errors import Conflict, NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.evidence.many import (
    ATTACH,
    Paper,
    apply_attach,
    may_attach_to_some,
    plan_attach,
    read_papers,
    receive_paper,
    told_of,
)
from shanhai.kernel.handover import hand_over, receivers
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.bulk import (
    EDIT,
    HANDOVER,
    MOST_ROWS,
    Selection,
    apply_edit,
    apply_step,
    bulk_fields,
    may_hand_over_some,
)
from shanhai.kernel.surfaces.bulk_plan import Plan, Planned, plan_edit, plan_handover, plan_step
from shanhai.kernel.surfaces.listing import Listing
from shanhai.kernel.surfaces.views import actor_of
from shanhai.kernel.surfaces.waiting import forget_waiting
from shanhai.kernel.workflow import BY_NAME, Transition

from .doors import FORM, Session, argument, on_ledger
from .naming import named
from .values import read_values

#: Rows told one by one; of more the numbers and reasons tell.
SHOWN_ROWS = 200


class SelectionChanged(Conflict):
    """Something else would be done than what was shown."""

    code = "selection_changed"


class ManyBody(Schema):
    """Which rows, and what to do with them."""

    ids: list[UUID] = Field(default_factory=list, max_length=MOST_ROWS, description="各行的系统编号")
    matching: bool = Field(False, description="真：符合地址里筛选的全部行，不看 ids")
    values: dict[str, Any] = Field(default_factory=dict, description="edit：要改成的值")
    unit: str = Field("", description="handover：接收单位的编号")
    papers: list[str] = Field(default_factory=list, description="attach：many/papers/ 给出的 paper")
    category: str = Field("", description="attach：佐证类别；空为其他")
    reason: str = Field("", max_length=500, description="退回、作废、移交必须写明原因")


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
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def transition(self) -> Transition | None:
        return BY_NAME.get(self.what)

    def plan(self, request: HttpRequest) -> Plan:
        """Errors: RuleViolated for rows, values or a unit that cannot be taken."""
        listing = Listing(self.ledger, request.GET, self.actor)
        if listing.problems:
            raise RuleViolated(" ".join(listing.problems), code="bad_filter")
        rows = Selection(self.body.ids, self.body.matching).rows(listing)
        if self.transition is not None:
            reason = self.body.reason.strip() or "…"
            return plan_step(self.ledger, rows, self.transition, actor=self.actor, reason=reason)
        if self.what == HANDOVER:
            self.values = {"owner_unit": self._unit()}
            return plan_handover(self.ledger, rows, self.values["owner_unit"], actor=self.actor)
        if self.what == ATTACH:
            papers, category = self._papers, self.body.category
            self.values = told_of(papers, category)
            return plan_attach(self.ledger, rows, papers, category, actor=self.actor)
        self.values = self._new_values()
        return plan_edit(self.ledger, rows, self.values, actor=self.actor)

    @cached_property
    def _papers(self) -> list[Paper]:
        return read_papers(self.body.papers, actor=self.actor)

    def _unit(self) -> Any:
        for unit in receivers(self.ledger, self.actor):
            if str(unit.pk) == self.body.unit:
                return unit
        raise RuleViolated(_("没有这个接收单位，或不是本方的单位。"), code="unknown_unit")

    def _new_values(self) -> dict[str, Any]:
        allowed = bulk_fields(self.ledger)
        unknown = [name for name in self.body.values if name not in allowed]
        if unknown or not self.body.values:
            sentence = _("可以批量修改的字段：%(fields)s。") % {"fields": "、".join(allowed)}
            raise RuleViolated(
                sentence, code="unknown_field", problems={name: [sentence] for name in unknown}
            )
        return read_values(self.ledger, self.body.values, self.actor)

    def do(self, plan: Plan) -> int:
        """Errors: RuleViolated when nothing can be done or a reason is missing."""
        reason = self.body.reason.strip()
        if not plan.number:
            raise RuleViolated(_("没有可以办理的记录。"), code="nothing_to_do")
        if self.what == HANDOVER:
            unit = self.values["owner_unit"]
            return hand_over(self.ledger, plan.rows, unit, reason=reason, actor=self.actor)
        if self.what == ATTACH:
            papers, category = self._papers, self.body.category
            return apply_attach(self.ledger, plan.rows, papers, category, reason=reason, actor=self.actor)
        if self.transition is None:
            return apply_edit(self.ledger, plan.rows, self.values, reason=reason)
        if self.transition.needs_reason and not reason:
            told = _("%(step)s必须写明原因。") % {"step": self.transition.label}
            raise RuleViolated(told, code="reason_missing")
        return apply_step(self.ledger, plan.rows, self.transition, actor=self.actor, reason=reason)


def _on_many(ledger: Ledger[Any]) -> Session:
    """What the address asks for is known, and granted on the ledger."""

    def check(request: HttpRequest, actor: Actor) -> Actor:
        what = argument(request, "what")
        step = BY_NAME.get(what)
        if step is None and what not in {EDIT, HANDOVER, ATTACH}:
            raise NotVisible
        of_acts = {HANDOVER: may_hand_over_some, ATTACH: may_attach_to_some}
        is_granted = (
            of_acts[what](ledger, actor)
            if what in of_acts
            else actor.allows(step.verb if step else Verb.EDIT, ledger.key)
        )
        if not is_granted:
            raise NotAllowed
        return actor

    return Session(check)


def add_many(router: Router, ledger: Ledger[Any]) -> None:
    may = _on_many(ledger)
    shown = named(ledger, "many_plan", "多行预览：edit、handover、attach 或一步（submit、verify 等）")

    @router.post("/many/{what}/plan/", response=ManyPlan, auth=may, **shown)
    def plan_many(request: HttpRequest, what: str, body: ManyBody) -> dict[str, Any]:
        asked = _Asked(ledger, actor_of(request), what, body)
        plan = asked.plan(request)
        items = sorted(plan.all, key=lambda one: not one.why_not)[:SHOWN_ROWS]
        return {
            "digest": plan.digest(what, asked.values),
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
        if plan.digest(what, asked.values) != body.digest:
            raise SelectionChanged(_("选中的记录刚有变化，请重新预览。"))
        done = asked.do(plan)
        forget_waiting(asked.actor)
        return {"rows": done, "left_out": plan.left_out}

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


def _told(one: Planned) -> dict[str, Any]:
    return {
        "id": str(one.row.pk),
        "changes": [list(change) for change in one.changes],
        "why_not": one.why_not,
    }
