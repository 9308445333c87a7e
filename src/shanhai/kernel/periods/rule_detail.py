"""What the page of one rule shows, with its history, and how the rule is ended there."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from shanhai.engines.values import PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.surfaces.links import link_to
from shanhai.kernel.surfaces.narration import HISTORY_URL, history_of, history_page, register_words

from .models import ObligationRule, ObligationRuleUnit
from .rule_pages import crumbs_of_rules
from .rule_words import due_text, lock_text, open_text, validity
from .rules import is_managing, obligations_made
from .summary import ledger_label

Drawn = dict[str, Any]

register_words(ObligationRule, ledger=ledger_label)


def rule_context(rule: ObligationRule, actor: Actor, refusal: str = "") -> Drawn:
    """What kernel/obligation.html asks for."""
    bonds = _bonds(rule)
    names = [str(bond.unit) for bond in bonds]
    ended = rule.valid_to is not None and rule.valid_to < clock.today()
    facts = (
        (_("台账"), ledger_label(rule.ledger)),
        (_("频次"), PeriodKind(rule.frequency).label),
        (_("截止"), due_text(rule.due_days)),
        (_("开放填报"), open_text(rule.open_days)),
        (_("锁定"), lock_text(rule.lock_days)),
        (_("至少行数"), str(rule.minimum_rows)),
        (_("有效期"), validity(rule.valid_from, rule.valid_to)),
        (_("已产生应报"), _("%(number)s 项") % {"number": obligations_made([rule]).get(rule.pk, 0)}),
        (_("依据"), rule.source),
        (_("单位（%(number)s 个）") % {"number": len(names)}, "、".join(names)),
    )
    return {
        "title": _("%(ledger)s的应报规则") % {"ledger": ledger_label(rule.ledger)},
        "sub": str(Side(rule.side).label),
        "crumbs": crumbs_of_rules(),
        "actions": [],
        "state": {"label": _("已停用"), "kind": "void"} if ended else {"label": _("有效"), "kind": "ok"},
        "notices": [{"kind": "late", "text": refusal}] if refusal else [],
        "heading": _("规则"),
        "facts": [{"label": label, "text": text, "long": label == facts[-1][0]} for label, text in facts],
        "act": _end_act(rule) if is_managing(actor, rule) and not ended else None,
        "history": history_of([rule], bonds),
        "history_url": HISTORY_URL,
    }


def rule_history(request: HttpRequest, rule: ObligationRule) -> HttpResponse:
    """Of the rule and of the units it binds."""
    title = _("%(ledger)s的应报规则") % {"ledger": ledger_label(rule.ledger)}
    return history_page(request, title, crumbs_of_rules(), [rule], _bonds(rule))


def _bonds(rule: ObligationRule) -> list[ObligationRuleUnit]:
    return list(rule.units.select_related("unit").order_by("unit__path"))


def _end_act(rule: ObligationRule) -> Drawn:
    common = {"required": True, "errors": []}
    return {
        "heading": _("停用"),
        "text": _("最后一天之后结束的各期不再应报；已过截止日的仍按原规则算。"),
        "url": link_to("obligation_rule_end", pk=rule.pk),
        "label": _("停用这条规则"),
        "kind": "danger",
        "fields": [
            {
                **common,
                "name": "last_day",
                "id": "last_day",
                "kind": "date",
                "label": _("最后一天"),
                "value": clock.today().isoformat(),
            },
            {
                **common,
                "name": "reason",
                "id": "reason",
                "kind": "text",
                "label": _("原因"),
                "value": "",
                "maxlength": 200,
            },
        ],
    }
