"""What the page of one obligation shows, and who may say there that nothing is to be filed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from shanhai.kernel.locking.days import days_of_obligations
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.display import moment, period_label
from shanhai.kernel.surfaces.links import link, link_to
from shanhai.kernel.surfaces.narration import HISTORY_URL, history_of, history_page, register_words
from shanhai.kernel.surfaces.people import people

from .drawing import items_url, remark, rows_url, state_drawn
from .lock_page import locks_url
from .models import Obligation
from .page import ALWAYS
from .rules import managed_sides
from .states import ObligationState, obligation_states
from .summary import ledger_label
from .visible import may_speak

Drawn = dict[str, Any]

register_words(
    Obligation, ledger=ledger_label, period=period_label, nil_by=lambda key: people([key])[key].name
)


def obligation_context(one: Obligation, actor: Actor, refusal: str = "") -> Drawn:
    """What kernel/obligation.html asks for; `refusal` says why something just asked was not done."""
    state = obligation_states([one])[one.pk]
    return {
        "title": _("%(ledger)s · %(period)s") % _names(one),
        "sub": _("%(unit)s · %(due)s 截止") % {"unit": one.unit, "due": one.due_on.isoformat()},
        "crumbs": _crumbs(),
        "actions": _actions(one, actor),
        "state": state_drawn(state),
        "notices": [{"kind": "late", "text": refusal}] if refusal else [],
        "heading": _("这一期"),
        "facts": list(_facts(one, state)),
        "act": _act(one, state, actor),
        "history": history_of([one]),
        "history_url": HISTORY_URL,
    }


def obligation_history(request: HttpRequest, one: Obligation) -> HttpResponse:
    """Who declared a nil return and who took it back; when it came to be, and by which change of its rule."""
    title = _("%(ledger)s · %(period)s") % _names(one)
    return history_page(request, title, _crumbs(), [one])


def _crumbs() -> list[Drawn]:
    return [{"label": _("应报事项"), "url": link_to("obligations")}]


def _names(one: Obligation) -> dict[str, str]:
    return {"ledger": ledger_label(one.ledger), "period": period_label(one.period)}


def _actions(one: Obligation, actor: Actor) -> list[Drawn]:
    if one.ledger not in registry:
        return []
    ledger = registry.get(one.ledger)
    actions: list[Drawn] = [{"label": _("看这一期的记录"), "url": rows_url(one), "kind": ""}]
    if one.side in managed_sides(actor) and _is_shut(one):
        url = locks_url(one.ledger, one.unit_id, one.period)
        actions.append({"label": _("重开这一期"), "url": url, "kind": ""})
    if actor.allows(Verb.CREATE, ledger.key) and may_speak(actor, one):
        for what, verb, label in (
            ("import", Verb.IMPORT, _("导入 Excel")),
            ("create", Verb.CREATE, _("新增记录")),
        ):
            url = link(ledger, what)
            if url and actor.allows(verb, ledger.key):
                actions.append({"label": label, "url": url, "kind": ""})
        actions[-1] |= {"kind": "primary", "main": True}
    return actions


def _facts(one: Obligation, state: ObligationState) -> Any:
    whose = items_url({"unit": one.unit_id, "quarter": ALWAYS})
    yield {"label": _("责任单位"), "text": str(one.unit), "url": whose}
    yield {"label": _("所属期"), "text": period_label(one.period)}
    yield {"label": _("截止日期"), "text": one.due_on.isoformat()}
    yield from _lock_facts(one)
    yield {"label": _("至少应报"), "text": _("%(rows)s 行") % {"rows": one.minimum_rows}}
    told = _("%(rows)s 行，已报 %(reported)s，已核 %(verified)s") % {
        "rows": state.rows,
        "reported": state.reported,
        "verified": state.verified,
    }
    yield {"label": _("现有记录"), "text": told, "url": rows_url(one) if state.rows else ""}
    yield {"label": _("报齐日期"), "text": state.met_on.isoformat() if state.met_on else ""}
    yield {"label": _("情况"), "text": remark(one, state) or str(state.standing.label)}
    yield {"label": _("规则依据"), "text": one.rule.source, "url": link_to("obligation_rule", pk=one.rule_id)}
    if one.nil_at is not None:
        who = people([one.nil_by])[one.nil_by].name
        told = _("%(who)s 于 %(when)s：%(why)s") % {
            "who": who,
            "when": moment(one.nil_at),
            "why": one.nil_reason,
        }
        if not state.is_nil:
            told = _("%(told)s（后来已报记录，自动作废）") % {"told": told}
        yield {"label": _("零报告"), "text": told, "long": True}


def _lock_facts(one: Obligation) -> Any:
    days, reopened = days_of_obligations([one]).get(one.pk, (None, None))
    if days is None:
        return
    if days.opens_on:
        yield {"label": _("开放填报"), "text": _("%(day)s 起") % {"day": days.opens_on.isoformat()}}
    if days.last_open:
        text = _("%(day)s 之后锁定") % {"day": days.last_open.isoformat()}
        if days.is_locked:
            text = _("已锁定（%(day)s 之后）") % {"day": days.last_open.isoformat()}
        if reopened:
            text = _("%(text)s，已重开至 %(until)s") % {"text": text, "until": moment(reopened.until)}
        yield {"label": _("锁定"), "text": text, "url": link_to("locks")}


def _is_shut(one: Obligation) -> bool:
    days, reopened = days_of_obligations([one]).get(one.pk, (None, None))
    return days is not None and days.is_locked and reopened is None


def _act(one: Obligation, state: ObligationState, actor: Actor) -> Drawn | None:
    if not may_speak(actor, one) or state.reported:
        return None
    if state.is_nil:
        return {
            "heading": _("零报告"),
            "text": _("有了内容，直接报记录即可，零报告会自动作废；报错了，可以撤回。"),
            "url": link_to("obligation_nil", pk=one.pk),
            "label": _("撤回零报告"),
            "kind": "",
            "fields": [
                {
                    "name": "withdraw",
                    "id": "withdraw",
                    "kind": "check",
                    "label": _("确定撤回"),
                    "required": True,
                }
            ],
        }
    return {
        "heading": _("零报告"),
        "text": _("这一期确实没有内容时报零报告，算作已报；以后补报了记录，零报告自动作废。"),
        "url": link_to("obligation_nil", pk=one.pk),
        "label": _("报零报告"),
        "kind": "",
        "fields": [
            {
                "name": "reason",
                "id": "reason",
                "kind": "text",
                "label": _("说明"),
                "value": "",
                "required": True,
                "maxlength": 200,
                "help": _("例如：本月没有发生。"),
            }
        ],
    }
