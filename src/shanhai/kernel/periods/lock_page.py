"""The page of locks: which periods are open or locked, and for whom they were opened again."""

import datetime
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import clock
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.locking.models import PeriodReopening
from shanhai.kernel.locking.reopening import LONGEST, REASON_LENGTH
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.surfaces.display import moment, period_label
from shanhai.kernel.surfaces.links import link_to, with_query
from shanhai.kernel.surfaces.people import people

from .filed import owed_ledgers
from .locks import LockLine, Standing, end_of, is_in_force, lock_lines, visible_reopenings
from .rules import managed_sides, units_of
from .summary import ledger_label

Drawn = dict[str, Any]


def locks_context(actor: Actor, given: QueryDict, refusal: str = "") -> Drawn:
    """What kernel/locks.html asks for; `given` fills the form, `refusal` says why it was not done."""
    lines = list(lock_lines(actor))
    reopened = visible_reopenings(actor)
    manager = bool(managed_sides(actor))
    rules = {"label": _("应报规则"), "url": link_to("obligation_rules"), "kind": ""}
    return {
        "title": _("期次与锁定"),
        "sub": _("规则定每期何时开放、截止、锁定。锁定后已报的只能更正；确需补报的，由统筹部门重开。"),
        "crumbs": [{"label": _("应报事项"), "url": link_to("obligations")}],
        "actions": [rules] if manager else [],
        "notices": [{"kind": "late", "text": refusal}] if refusal else [],
        "table": _table(lines),
        "reopened": _reopened_table(reopened, actor),
        "form": _form(actor, given) if manager else None,
        "empty": {
            "title": _("没有会锁定的期次"),
            "text": _("应报规则里写了“截止后多少天锁定”，这里就列出各期。"),
            "icon": "list-details",
            "actions": [rules] if manager else [],
        },
    }


def _table(lines: Sequence[LockLine]) -> Drawn:
    labels = (_("台账"), _("所属期"), _("所属方"), _("单位"), _("开放"), _("截止"), _("最后可改"), _("情况"))
    rows = []
    for line in lines:
        rule, period, days = line.rule, line.period, line.days
        texts = (
            ledger_label(rule.ledger),
            period_label(period),
            str(Side(rule.side).label),
            _("%(number)s 个") % {"number": line.units},
            days.opens_on.isoformat() if days.opens_on else _("随时"),
            days.due_on.isoformat(),
            days.last_open.isoformat() if days.last_open else _("不锁定"),
            "",
        )
        cells: list[Drawn] = [
            {"text": text, "label": label} for text, label in zip(texts, labels, strict=True)
        ]
        cells[-1] |= {"kind": "state", "state": _standing(line)}
        url = link_to("obligation_rule", pk=rule.pk)
        rows.append({"id": f"{rule.pk}-{period.code}", "label": texts[0], "url": url, "cells": cells})
    return {"columns": [{"label": label} for label in labels], "rows": rows}


#: How each standing is shown.
_STANDINGS = {
    Standing.AHEAD: (gettext_lazy("未开放"), ""),
    Standing.LOCKED: (gettext_lazy("已锁定"), "void"),
    Standing.DUE: (gettext_lazy("已截止，可改"), "wait"),
    Standing.OPEN: (gettext_lazy("填报中"), "ok"),
}


def _standing(line: LockLine) -> Drawn:
    label, kind = _STANDINGS[line.standing]
    return {"label": label, "kind": kind}


def _reopened_table(rows: Sequence[PeriodReopening], actor: Actor) -> list[Drawn]:
    who = people(one.opened_by for one in rows)
    sides = managed_sides(actor)
    return [
        {
            "label": _("%(unit)s · %(ledger)s · %(period)s")
            % {
                "unit": one.unit,
                "ledger": ledger_label(one.ledger),
                "period": period_label(one.period),
            },
            "text": _("%(who)s 于 %(at)s 重开至 %(until)s：%(why)s")
            % {
                "who": who[one.opened_by].name,
                "at": moment(one.opened_at),
                "until": moment(one.until),
                "why": one.reason,
            },
            "state": _reopened_state(one),
            "end_url": link_to("reopening_end", pk=one.pk) if is_in_force(one) and one.side in sides else "",
        }
        for one in rows
    ]


def _reopened_state(one: PeriodReopening) -> Drawn:
    if is_in_force(one):
        return {"label": _("重开中"), "kind": "wait"}
    if one.ended_at is not None:
        return {"label": _("已提前结束"), "kind": "void"}
    return {"label": _("已到期锁定"), "kind": "void"}


def _form(actor: Actor, given: QueryDict) -> Drawn:
    sides = managed_sides(actor)
    ledgers = [
        (one.key, one.label)
        for one in owed_ledgers()
        if any(grant.side in sides for grant in actor.grants_for(Verb.MANAGE, one.key))
    ]
    units = [(str(unit.pk), str(unit)) for side in sides for unit in units_of(side, clock.today())]
    return {
        "url": link_to("reopening_new"),
        "heading": _("重开一期"),
        "label": _("重开"),
        "text": _("只对这一个单位、这一期、这一本台账；到期自动重新锁定，重开的人和原因都留下记录。"),
        "fields": [
            _select("ledger", _("台账"), ledgers, given),
            _select("unit", _("单位"), units, given),
            _text("period", _("所属期"), given, "text", _("例如 2021年8月、2021Q3。")),
            _text("until", _("重开至（含当天）"), given, "date", ""),
            _text("reason", _("原因"), given, "text", "") | {"maxlength": REASON_LENGTH},
        ],
    }


def _select(name: str, label: str, options: Sequence[tuple[str, str]], given: QueryDict) -> Drawn:
    drawn = [{"value": value, "label": text, "selected": value == given.get(name)} for value, text in options]
    return {
        "name": name,
        "id": f"id_{name}",
        "kind": "select",
        "label": label,
        "required": True,
        "errors": [],
        "options": [{"value": "", "label": _("请选择"), "selected": not given.get(name)}, *drawn],
        "search": True,
        "value": given.get(name, ""),
    }


def _text(name: str, label: str, given: QueryDict, kind: str, told: str) -> Drawn:
    return {
        "name": name,
        "id": f"id_{name}",
        "kind": kind,
        "label": label,
        "required": True,
        "errors": [],
        "help": told,
        "value": given.get(name, ""),
    }


def asked_moment(text: str) -> datetime.datetime:
    """The end of the day asked for. Errors: RuleViolated."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        sentence = _("请填写重开到哪一天，例如 %(day)s。")
        raise RuleViolated(sentence % {"day": clock.today() + LONGEST / 4}, code="day_unreadable") from None
    return end_of(day)


def locks_url(ledger: str, unit: UUID, period: str) -> str:
    """The page with its form filled."""
    return with_query(link_to("locks"), {"ledger": ledger, "unit": str(unit), "period": period})
