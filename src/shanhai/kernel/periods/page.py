"""What the page of obligations shows; its address is its state."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from shanhai.engines.values import Period, PeriodError, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.display import period_label
from shanhai.kernel.surfaces.links import link_to, with_query

from .drawing import items_table, summary_table
from .models import Obligation
from .rules import managed_sides
from .states import ObligationState, Standing
from .summary import by_ledger, by_unit, ledger_label, states_of, total
from .visible import visible_obligations

Drawn = dict[str, Any]
VIEWS = ("ledgers", "units", "items")
#: In the address: due days of all quarters.
ALWAYS = "all"
PAGE = 100
_MOST_DIGITS = 4


@dataclass(frozen=True)
class Asked:
    """The address, read: what it narrows to. What it cannot mean is left out."""

    view: str
    #: A quarter by its code, or ALWAYS: in which the obligation falls due.
    quarter: str
    period: str
    ledger: str
    unit: str
    state: str
    page: int

    @classmethod
    def read(cls, params: QueryDict) -> "Asked":
        page = params.get("page", "")
        return cls(
            view=_one_of(params.get("view", ""), VIEWS) or VIEWS[0],
            quarter=_quarter(params.get("quarter", "")),
            period=params.get("period", ""),
            ledger=params.get("ledger", ""),
            unit=_uuid(params.get("unit", "")),
            state=_one_of(params.get("state", ""), [one.value for one in Standing]),
            page=int(page) if page.isdecimal() and len(page) <= _MOST_DIGITS else 1,
        )

    def query(self, **changes: Any) -> dict[str, Any]:
        """The address with changes; what is the default is left out."""
        names = ("quarter", "period", "ledger", "unit", "state", "view")
        now = {name: getattr(self, name) for name in names} | changes
        if now["quarter"] == this_quarter().code:
            now["quarter"] = ""
        if now["view"] == VIEWS[0]:
            now["view"] = ""
        return now

    def url(self, **changes: Any) -> str:
        return with_query(link_to("obligations"), self.query(**changes))


def this_quarter() -> Period:
    return Period.of(clock.today(), PeriodKind.QUARTER)


def _quarter(text: str) -> str:
    if text == ALWAYS:
        return ALWAYS
    try:
        found = Period.parse(text)
    except PeriodError:
        return this_quarter().code
    return found.code if found.kind is PeriodKind.QUARTER else this_quarter().code


def _one_of(text: str, known: Sequence[str]) -> str:
    return text if text in known else ""


def _uuid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return ""


class ObligationPage:
    """One reader's look at the obligations."""

    def __init__(self, params: QueryDict, actor: Actor) -> None:
        self.asked = Asked.read(params)
        self.actor = actor

    @cached_property
    def _all(self) -> list[Obligation]:
        """Everything the reader sees, before filters, as filters offer it."""
        return list(visible_obligations(self.actor).order_by("due_on", "ledger", "unit__path"))

    @cached_property
    def _chosen(self) -> tuple[list[Obligation], dict[UUID, ObligationState]]:
        asked = self.asked
        found: Iterable[Obligation] = self._in_quarter
        if asked.period:
            found = [one for one in found if one.period == asked.period]
        if asked.ledger:
            found = [one for one in found if one.ledger == asked.ledger]
        if asked.unit:
            found = [one for one in found if str(one.unit_id) == asked.unit]
        listed, states = states_of(found)
        if asked.state:
            listed = [one for one in listed if states[one.pk].standing == asked.state]
        return listed, states

    @cached_property
    def _in_quarter(self) -> list[Obligation]:
        if self.asked.quarter == ALWAYS:
            return self._all
        quarter = Period.parse(self.asked.quarter)
        return [one for one in self._all if quarter.contains(one.due_on)]

    def context(self) -> Drawn:
        """What kernel/obligations.html asks for."""
        listed, states = self._chosen
        return {
            "title": _("应报事项"),
            "sub": _("应报由规则产生，是否报齐由台账记录计算，不用另外填报。"),
            "counted": self._counted(),
            "crumbs": [],
            "actions": self._actions(),
            "tabs": self._tabs(),
            "filters": self._filters(),
            "list_url": link_to("obligations"),
            "params": [{"name": "view", "value": self.asked.view}] if self.asked.view != VIEWS[0] else [],
            "address": self.asked.url(),
            **self._shown(listed, states),
            "empty": self._empty(),
        }

    def _counted(self) -> str:
        line = total(*self._chosen)
        when = (
            _("全部截止日期")
            if self.asked.quarter == ALWAYS
            else _("%(quarter)s截止") % {"quarter": period_label(self.asked.quarter)}
        )
        return _("%(when)s · 应报 %(owed)s 项，已报 %(reported)s，已核 %(settled)s，逾期 %(late)s") % {
            "when": when,
            "owed": line.owed,
            "reported": line.reported,
            "settled": line.settled,
            "late": line.late,
        }

    def _actions(self) -> list[Drawn]:
        locks = {"label": _("期次与锁定"), "url": link_to("locks"), "kind": ""}
        if not managed_sides(self.actor):
            return [locks]
        rules = {"label": _("应报规则"), "url": link_to("obligation_rules"), "kind": "primary", "main": True}
        return [locks, rules]

    def _tabs(self) -> list[Drawn]:
        labels = zip(VIEWS, (_("按台账"), _("按单位"), _("逐项")), strict=True)
        tabs = [
            {"label": label, "url": self.asked.url(view=view), "here": self.asked.view == view}
            for view, label in labels
        ]
        url = self.asked.url(view="items", state=Standing.LATE.value, quarter=ALWAYS, period="")
        return [*tabs, {"label": _("全部逾期"), "url": url, "here": False}]

    def _shown(self, listed: list[Obligation], states: Mapping[UUID, ObligationState]) -> Drawn:
        if self.asked.view == "items":
            return self._items(listed, states)
        name = "ledger" if self.asked.view == "ledgers" else "unit"
        lines = by_ledger(listed, states) if name == "ledger" else by_unit(listed, states)
        return {"table": summary_table(lines, name, self.asked.query()), "pager": None}

    def _items(self, listed: list[Obligation], states: Mapping[UUID, ObligationState]) -> Drawn:
        """The late first, then by due day; a page of them."""
        listed = sorted(listed, key=lambda one: (-states[one.pk].is_late, one.due_on))
        start = (self.asked.page - 1) * PAGE
        shown = listed[start : start + PAGE]
        pager = {
            "total": _("共 %(number)s 项") % {"number": f"{len(listed):,}"},
            "shown": _("本页 %(number)s 项") % {"number": len(shown)},
            "first": "",
            "previous": self.asked.url(page=self.asked.page - 1) if start else "",
            "next": self.asked.url(page=self.asked.page + 1) if start + PAGE < len(listed) else "",
        }
        return {"table": items_table(shown, states), "pager": pager}

    def _filters(self) -> list[Drawn]:
        asked = self.asked
        ledgers = {one.ledger: ledger_label(one.ledger) for one in self._all}
        units = {str(one.unit_id): str(one.unit) for one in sorted(self._all, key=lambda o: o.unit.path)}
        periods = {one.period: period_label(one.period) for one in reversed(self._in_quarter)}
        states = {one.value: str(one.label) for one in Standing}
        return [
            _choice(_("截止"), "quarter", asked.quarter, self._quarters(), every=False),
            _choice(_("所属期"), "period", asked.period, periods),
            _choice(_("台账"), "ledger", asked.ledger, ledgers),
            _choice(_("单位"), "unit", asked.unit, units),
            _choice(_("情况"), "state", asked.state, states),
        ]

    def _quarters(self) -> dict[str, str]:
        days: list[datetime.date] = [one.due_on for one in self._all] or [clock.today()]
        found = Period.between(min(days), max(*days, clock.today()), PeriodKind.QUARTER)
        return {ALWAYS: _("全部")} | {one.code: period_label(one) for one in reversed(found)}

    def _empty(self) -> Drawn:
        asked = self.asked
        if not self._all:
            text = _("统筹部门设好应报规则后，这里列出谁该报什么、何时截止。")
            return {
                "title": _("还没有应报事项"),
                "text": text,
                "icon": "list-details",
                "actions": self._actions(),
            }
        every = asked.url(quarter=ALWAYS, period="", ledger="", unit="", state="")
        action = {"label": _("看全部应报事项"), "url": every, "kind": ""}
        text = _("换一个季度，或清除筛选后再看。")
        return {"title": _("没有符合的应报事项"), "text": text, "icon": "search", "actions": [action]}


def _choice(label: str, name: str, chosen: str, known: Mapping[str, str], *, every: bool = True) -> Drawn:
    """A filter chip with one choice. `every`: «all» is offered and is the default."""
    options = [{"value": "", "label": _("全部"), "selected": not chosen}] if every else []
    options += [{"value": key, "label": text, "selected": key == chosen} for key, text in known.items()]
    return {"label": label, "name": name, "summary": known.get(chosen, ""), "options": options}
