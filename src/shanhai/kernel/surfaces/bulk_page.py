"""The pages of a bulk action: choose values where needed, see what will happen, confirm."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.workflow import BY_NAME, Transition

from .bulk import EDIT, EDIT_LABEL, Plan, Selection, apply_edit, apply_step, bulk_fields, plan_edit, plan_step
from .display import text_of_value
from .forms import RowForm
from .links import link
from .listing import Listing
from .respond import respond
from .waiting import forget_waiting

Drawn = dict[str, Any]

_TEMPLATE = "kernel/bulk.html"


@dataclass
class BulkRequest:
    """What was sent: which rows, what to do with them, why."""

    request: HttpRequest
    ledger: Ledger[Any]

    @property
    def actor(self) -> Actor:
        return self.request.actor  # type: ignore[attr-defined,no-any-return]

    @cached_property
    def listing(self) -> Listing:
        return Listing(self.ledger, self.request.GET, self.actor)

    @cached_property
    def verb(self) -> str:
        return self.request.POST.get("verb", "")

    @cached_property
    def transition(self) -> Transition | None:
        """None for editing. Errors: NotVisible for a verb nobody knows, NotAllowed for one not granted."""
        transition = BY_NAME.get(self.verb)
        if transition is None and self.verb != EDIT:
            raise NotVisible
        if not self.actor.allows(transition.verb if transition else Verb.EDIT, self.ledger.key):
            raise NotAllowed
        return transition

    @cached_property
    def reason(self) -> str:
        return self.request.POST.get("reason", "").strip()

    @cached_property
    def selection(self) -> Selection:
        return Selection(
            ids=[UUID(text) for text in self.request.POST.getlist("ids") if _is_id(text)],
            is_matching=bool(self.request.POST.get("matching")),
        )

    @cached_property
    def fields(self) -> list[str]:
        """Fields of a bulk edit that are to change."""
        asked = self.request.POST.getlist("change")
        return [name for name in bulk_fields(self.ledger) if name in asked]

    @cached_property
    def form(self) -> RowForm:
        data = self.request.POST if self.fields else None
        return RowForm(self.ledger, self.actor, data=data, only=self.fields or bulk_fields(self.ledger))

    @property
    def label(self) -> str:
        return str(self.transition.label if self.transition else EDIT_LABEL)

    @property
    def address(self) -> str:
        """Back to the list as it was."""
        query = self.listing.query()
        url = link(self.ledger, "list")
        return f"{url}?{query}" if query else url


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@require_POST
def bulk(request: HttpRequest, ledger: Ledger[Any]) -> HttpResponse:
    """Shows what will happen; with `confirmed` equal to the number shown, does it."""
    asked = BulkRequest(request, ledger)
    transition = asked.transition
    try:
        if transition is None and not asked.fields:
            return _choose_values(asked)
        return _plan_or_do(asked, transition)
    except RuleViolated as refused:
        return _show(asked, None, str(refused), status=refused.status)


def _plan_or_do(asked: BulkRequest, transition: Transition | None) -> HttpResponse:
    rows = asked.selection.rows(asked.listing)
    if transition is not None:
        plan = plan_step(asked.ledger, rows, transition, actor=asked.actor, reason=asked.reason or "…")
        return _confirm_or_do(asked, plan, {})
    values = asked.form.values()
    if asked.form.problems:
        return _choose_values(asked, status=422)
    return _confirm_or_do(asked, plan_edit(asked.ledger, rows, values, actor=asked.actor), values)


def _confirm_or_do(asked: BulkRequest, plan: Plan, values: dict[str, Any]) -> HttpResponse:
    confirmed = asked.request.POST.get("confirmed")
    if confirmed is None:
        return _show(asked, plan)
    if confirmed != str(plan.number):
        return _show(asked, plan, _("选中的记录刚有变化，请再看一遍。"), status=409)
    if asked.transition and asked.transition.needs_reason and not asked.reason:
        return _show(asked, plan, _("%(step)s必须写明原因。") % {"step": asked.label}, status=422)
    if asked.transition:
        done = apply_step(asked.ledger, plan.rows, asked.transition, actor=asked.actor, reason=asked.reason)
    else:
        done = apply_edit(asked.ledger, plan.rows, values, reason=asked.reason)
    forget_waiting(asked.actor)
    messages.success(asked.request, _done(asked, plan, done))
    response = HttpResponseRedirect(asked.address)
    response.status_code = 303
    return response


def _done(asked: BulkRequest, plan: Plan, done: int) -> str:
    said = _("%(step)s：已处理 %(done)s 条。") % {"step": asked.label, "done": f"{done:,}"}
    if plan.left_out:
        said += _("跳过 %(number)s 条。") % {"number": f"{plan.left_out:,}"}
    return said


def _head(asked: BulkRequest) -> Drawn:
    return {
        "title": _("%(step)s：%(ledger)s") % {"step": asked.label, "ledger": asked.ledger.label},
        "crumbs": [{"label": asked.ledger.label, "url": asked.address}],
        "actions": [],
        "url": asked.request.get_full_path(),
        "cancel_url": asked.address,
        "hidden": _hidden(asked),
    }


def _hidden(asked: BulkRequest) -> list[Drawn]:
    pairs = [("verb", asked.verb)]
    if asked.selection.is_matching:
        pairs.append(("matching", "1"))
    else:
        pairs += [("ids", str(key)) for key in asked.selection.ids]
    return [{"name": name, "value": value} for name, value in pairs]


def _choose_values(asked: BulkRequest, status: int = 200) -> HttpResponse:
    """The values of a bulk edit."""
    fields = [field for group in asked.form.groups() for field in group["fields"]]
    for field in fields:
        field["required"] = False
    shown = _head(asked) | {
        "sub": _("勾选要改的字段并填上新值；没有勾选的不动。"),
        "fields": fields,
        "chosen": asked.fields,
        "problems": asked.form.problem_list(),
        "plan": None,
        "problem": "",
    }
    return respond(asked.request, _TEMPLATE, "", shown, status=status)


def _show(asked: BulkRequest, plan: Plan | None, problem: str = "", status: int = 200) -> HttpResponse:
    head = _head(asked)
    if plan is not None:
        head["hidden"] += [{"name": "confirmed", "value": str(plan.number)}, *_kept_values(asked)]
    shown = head | {
        "sub": "",
        "fields": [],
        "problems": [],
        "problem": problem,
        "plan": _drawn(plan) if plan else None,
        "changes": _changes(asked),
        "reason": asked.reason,
        "needs_reason": bool(asked.transition and asked.transition.needs_reason),
        "label": asked.label,
        "is_final": bool(asked.transition and asked.transition.needs_reason),
    }
    return respond(asked.request, _TEMPLATE, "", shown, status=status)


def _drawn(plan: Plan) -> Drawn:
    return {
        "number": plan.number,
        "left_out": plan.left_out,
        "reasons": [{"text": text, "number": number} for text, number in plan.skipped.most_common()],
    }


def _kept_values(asked: BulkRequest) -> list[Drawn]:
    kept = [{"name": "change", "value": name} for name in asked.fields]
    return kept + [{"name": name, "value": asked.request.POST.get(name, "")} for name in asked.fields]


def _changes(asked: BulkRequest) -> list[Drawn]:
    if asked.transition or not asked.fields:
        return []
    values = asked.form.values()
    columns = {column.name: column for column in asked.form.columns}
    return [{"label": columns[n].heading, "after": text_of_value(columns[n], v)} for n, v in values.items()]
