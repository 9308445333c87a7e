"""What `kernel/detail.html` shows of a row; see the comment at the head of that template."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from shanhai.kernel.amendments.proposing import may_propose
from shanhai.kernel.custom.judging import lacking
from shanhai.kernel.gates import held_back
from shanhai.kernel.handover import may_hand_over
from shanhai.kernel.history import known
from shanhai.kernel.joint import reaches, signers
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.locking import Locks
from shanhai.kernel.permissions import Verb
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor, covers
from shanhai.kernel.sheets.columns import Kind
from shanhai.kernel.workflow import State, Transition

from .display import period_label, state_badge, text_of
from .fields import ResolvedColumn, ResolvedLedger, resolve
from .history import Narrator, entries_of
from .links import link, own_list
from .panels import field_groups, own_panels, related_panels
from .rail import panels_of

Drawn = dict[str, Any]

_LATEST_ENTRIES = 6
_TELLING = frozenset({Kind.TEXT, Kind.CODE, Kind.CHOICE, Kind.INTEGER, Kind.DATE})
_OWN_NAMES = frozenset({"name", "title"})


def row_label(ledger: Ledger[Any], row: LedgerModel, actor: Actor) -> str:
    """What a row is called: the column that names it, masked where the list would mask it."""
    resolved = resolve(ledger)
    parts = [text_of(resolved.naming, row, actor), _which(resolved, row, actor)]
    return " ".join(filter(None, parts)) or f"{ledger.label} {str(row.pk)[-6:]}"


def _which(resolved: ResolvedLedger, row: LedgerModel, actor: Actor) -> str:
    """Which part it is, of a row that is called by the whole: a project's milestone by its own name."""
    whole = resolved.naming
    if whole.related is None or whole.is_personal or not issubclass(whole.related, LedgerModel):
        return ""
    telling = [column for column in resolved.columns if column is not whole and _tells(column)]
    own = (column for column in telling if column.name in _OWN_NAMES)
    column = next(own, next(iter(telling), None))
    return text_of(column, row, actor) if column else ""


def _tells(column: ResolvedColumn) -> bool:
    """Whether it tells one part of a whole from the next: no amount, nobody's name, nothing computed."""
    if column.expression is not None or "__" in column.name or column.name == "state":
        return False
    return column.kind in _TELLING and not (column.is_personal or column.is_sensitive or column.unit)


def detail_context(request: HttpRequest, ledger: Ledger[Any], row: LedgerModel, refusal: str = "") -> Drawn:
    """The whole context of a row's page; `refusal` says why a step just asked for was not taken."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    entries = list(entries_of(row, actor)[:_LATEST_ENTRIES])
    locks = Locks(ledger)
    steps = [] if known.known_on() else next_steps(ledger, row, actor, locks)
    leading, rail = panels_of(request, ledger, row)
    return {
        "title": row_label(ledger, row, actor),
        "sub": _sub(ledger, row),
        "crumbs": [{"label": ledger.label, "url": own_list(ledger, actor)}],
        "actions": _actions(ledger, row, actor, locks),
        "state": state_badge(row.state, is_ours=row.side in actor.sides),
        "notices": _notices(ledger, row, actor, locks, refusal),
        "groups": field_groups(ledger, row, actor),
        "related": related_panels(ledger, row, actor),
        "panels": own_panels(request, ledger, row, actor),
        "steps": steps,
        "waiting": "" if steps else _whose_turn(ledger, row),
        "leading": leading,
        "rail": rail,
        "history": Narrator(ledger, entries, is_ours=row.side in actor.sides).drawn(),
        "history_url": link(ledger, "history", pk=row.pk),
    }


def _sub(ledger: Ledger[Any], row: LedgerModel) -> str:
    parts = [ledger.label, row.get_side_display(), str(row.owner_unit)]
    if row.period:
        parts.append(period_label(row.period))
    return " · ".join(parts)


def _actions(ledger: Ledger[Any], row: LedgerModel, actor: Actor, locks: Locks) -> list[Drawn]:
    if known.known_on():
        return []
    return [*_handing(ledger, row, actor), *_changing(ledger, row, actor, locks)]


def _handing(ledger: Ledger[Any], row: LedgerModel, actor: Actor) -> list[Drawn]:
    """The bulk page hands over a single row as it does many."""
    if row.state == State.VOIDED or not may_hand_over(ledger, row, actor):
        return []
    hidden = [{"name": "verb", "value": "handover"}, {"name": "ids", "value": str(row.pk)}]
    url = link(ledger, "bulk")
    return [{"label": _("移交"), "url": url, "kind": "", "method": "post", "hidden": hidden}]


def _changing(ledger: Ledger[Any], row: LedgerModel, actor: Actor, locks: Locks) -> list[Drawn]:
    if may_propose(ledger, row, actor, locks):
        url = link(ledger, "amend", pk=row.pk)
        return [{"label": _("提出更正"), "url": url, "kind": "", "icon": "edit"}]
    if locks.why_closed(row) or not covers(actor, Verb.EDIT, ledger.key, row):
        return []
    url = link(ledger, "edit", pk=row.pk)
    return [{"label": _("修改"), "url": url, "kind": "primary", "main": True, "icon": "edit"}]


def _notices(ledger: Ledger[Any], row: LedgerModel, actor: Actor, locks: Locks, refusal: str) -> list[Drawn]:
    notices = [{"kind": "late", "text": refusal}] if refusal else []
    is_ours = row.side in actor.sides
    if is_ours and row.state != State.VOIDED and (told := locks.notice(row)):
        notices.append({"kind": "", "text": told})
    if row.state == State.RETURNED and is_ours:
        notices.append({"kind": "late", "text": _("退回原因：%(why)s") % {"why": row.return_reason}})
    if row.state != State.VOIDED and is_ours:
        for sentences in ledger.warn(row).values():
            notices += [{"kind": "wait", "text": str(sentence)} for sentence in sentences]
        told = _("本单位必填的“%(title)s”还没有填。")
        notices += [{"kind": "wait", "text": told % {"title": one.title}} for one in lacking(ledger.key, row)]
    return notices


def next_steps(ledger: Ledger[Any], row: LedgerModel, actor: Actor, locks: Locks) -> list[Drawn]:
    """Steps of row life that `actor` may take with this row now."""
    url = link(ledger, "step", pk=row.pk)
    steps = []
    is_locked = locks.period_closed(row) is not None
    for transition in ledger.life.possible(row.state):
        if (is_locked and not transition.passes_lock) or ledger.step_refusal(row, transition):
            continue
        is_own = transition.four_eyes and actor.key in signers(row)
        if is_own or not ledger.offers_step(row, transition):
            continue
        if not reaches(actor, transition.verb, ledger, row, transition.party):
            continue
        if held_back(ledger, [row], transition):
            continue
        steps.append(
            {
                "label": str(transition.label),
                "url": url,
                "hidden": [
                    {"name": "step", "value": transition.name},
                    {"name": "row_version", "value": row.row_version},
                ],
                "kind": _kind(transition),
                "text": str(transition.hint),
                "reason": transition.needs_reason,
            }
        )
    return sorted(steps, key=lambda one: one["kind"] != "primary")


def _kind(transition: Transition) -> str:
    if transition.is_main:
        return "primary"
    return "danger" if transition.needs_reason else ""


def _whose_turn(ledger: Ledger[Any], row: LedgerModel) -> str:
    if known.known_on():
        return _("这是过去的样子，回到现在才能办理。")
    if row.state == State.AWAITING:
        return _("填报方已核，等%(unit)s确认。") % {"unit": getattr(row, ledger.counterpart)}
    return {
        State.DRAFT: _("还是草稿，等填报单位提交。"),
        State.RETURNED: _("已退回，等填报单位修改后再报。"),
        State.SUBMITTED: _("已报，等核实人核实。"),
    }.get(State(row.state), "")
