"""Cards of what is owed: this quarter, due this week, overdue; and the page of obligations in the menu."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from shanhai.kernel import clock
from shanhai.kernel.locking.days import days_of_obligations
from shanhai.kernel.models import Obligation
from shanhai.kernel.periods.drawing import items_url, summary_table
from shanhai.kernel.periods.page import ALWAYS, this_quarter
from shanhai.kernel.periods.rules import UnitGroupChoice, register_groups
from shanhai.kernel.periods.states import ObligationState, Standing
from shanhai.kernel.periods.summary import by_ledger, ledger_label, states_of
from shanhai.kernel.periods.visible import may_see, visible_obligations
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.surfaces.display import moment, period_label
from shanhai.kernel.surfaces.links import link_to
from shanhai.kernel.surfaces.menu import TOP, MenuPage, register_page
from shanhai.registers.parties.models import UnitGroup
from shanhai.web.cards import Card, register_card

_LISTED = 8
_WEEK = timedelta(days=7)
#: Periods that fell due longer ago are locked by now, whatever the rules say.
_LOCKED_BY = timedelta(days=400)

register_page(
    MenuPage(
        group=TOP,
        label=gettext_lazy("应报事项"),
        url_name="obligations",
        order=5,
        is_allowed=lambda actor: bool(actor.user_id) and may_see(actor),
    )
)


@register_groups
def unit_groups(side: Side, day: datetime.date) -> list[UnitGroupChoice]:
    """Groups of the register with the members they have on the day."""
    found = []
    for group in UnitGroup.objects.filter(side=side).prefetch_related("members"):
        members = [m.unit_id for m in group.members.all() if _in_force(m, day)]
        if members:
            label = _("%(group)s（%(number)s 个）") % {"group": group.name, "number": len(members)}
            found.append(UnitGroupChoice(str(group.pk), label, tuple(members)))
    return found


def _in_force(member: Any, day: datetime.date) -> bool:
    return bool(member.valid_from <= day and (member.valid_to is None or day <= member.valid_to))


type Owed = tuple[list[Obligation], dict[Any, ObligationState]]


def _owed(actor: Actor, **due: Any) -> Owed:
    rows = visible_obligations(actor).filter(**due).order_by("due_on", "ledger", "unit__path")
    return states_of(rows)


@register_card(30)
def this_quarter_owed(request: HttpRequest) -> Card | None:
    """«本季应报»: what falls due this quarter, by ledger."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not may_see(actor):
        return None
    quarter = this_quarter()
    owed, states = _owed(actor, due_on__range=(quarter.start, quarter.end))
    if not owed:
        return None
    return Card(
        gettext_lazy("本季应报"),
        "web/cards/owed.html",
        {"table": summary_table(by_ledger(owed, states), "ledger", {})},
        note=_("按台账，点开看缺报单位"),
        url=link_to("obligations"),
        is_wide=True,
    )


@register_card(12)
def overdue(request: HttpRequest) -> Card | None:
    """«逾期»: past due and not filed, the longest first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not may_see(actor):
        return None
    owed, states = _owed(actor, due_on__lt=clock.today())
    late = [one for one in owed if states[one.pk].is_late]
    if not late:
        return None
    url = items_url({"state": Standing.LATE.value, "quarter": ALWAYS})
    return _list_card(gettext_lazy("逾期未报"), late, states, url)


@register_card(14)
def due_this_week(request: HttpRequest) -> Card | None:
    """«本周到期»: open, and due within seven days."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not may_see(actor):
        return None
    today = clock.today()
    owed, states = _owed(actor, due_on__range=(today, today + _WEEK))
    still = [one for one in owed if not states[one.pk].is_met]
    if not still:
        return None
    url = items_url({"state": Standing.OPEN.value, "quarter": ALWAYS})
    return _list_card(gettext_lazy("七日内到期"), still, states, url)


@register_card(13)
def locking_soon(request: HttpRequest) -> Card | None:
    """«即将锁定»: not filed yet, and locked within seven days; re-openings that end are the same."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not may_see(actor):
        return None
    owed, states = _owed(actor, due_on__range=(clock.today() - _LOCKED_BY, clock.today()))
    still = [one for one in owed if not states[one.pk].is_met]
    lines = [{**_line(one), "state": {"label": text, "kind": "late"}} for one, text in _closing(still)]
    if not lines:
        return None
    note = _("共 %(number)s 项") % {"number": f"{len(lines):,}"}
    context = {"lines": lines[:_LISTED]}
    return Card(gettext_lazy("即将锁定"), "web/cards/duties.html", context, note=note, url=link_to("locks"))


def _closing(owed: Sequence[Obligation]) -> Iterator[tuple[Obligation, str]]:
    """What is about to be locked, with the day after which it is."""
    found = days_of_obligations(owed)
    for one in owed:
        days, reopened = found.get(one.pk, (None, None))
        if days is None or days.last_open is None:
            continue
        if days.is_locked and reopened:
            yield one, _("重开至 %(day)s") % {"day": f"{moment(reopened.until)[5:10]}"}
        elif not days.is_locked and days.last_open <= clock.today() + _WEEK:
            yield one, _("%(day)s 后锁定") % {"day": f"{days.last_open:%m-%d}"}


def _line(one: Obligation) -> dict[str, Any]:
    said = {"ledger": ledger_label(one.ledger), "period": period_label(one.period)}
    return {
        "label": _("%(ledger)s · %(period)s") % said,
        "unit": str(one.unit),
        "url": link_to("obligation", pk=one.pk),
    }


def _list_card(title: Any, owed: Sequence[Obligation], states: dict[Any, ObligationState], url: str) -> Card:
    found = days_of_obligations(owed[:_LISTED])
    lines = [
        {
            **_line(one),
            "state": {"label": _when(one, states[one.pk], found), "kind": states[one.pk].standing.kind},
        }
        for one in owed[:_LISTED]
    ]
    note = _("共 %(number)s 项") % {"number": f"{len(owed):,}"}
    return Card(title, "web/cards/duties.html", {"lines": lines}, note=note, url=url)


def _when(one: Obligation, state: ObligationState, found: Mapping[Any, Any]) -> str:
    days_of_one, reopened = found.get(one.pk, (None, None))
    if days_of_one is not None and days_of_one.is_locked and reopened is None:
        return _("已锁定")
    if state.is_late:
        days = state.late_days
        return ngettext("逾期 %(days)s 天", "逾期 %(days)s 天", days) % {"days": days}
    days = (one.due_on - clock.today()).days
    return ngettext("还有 %(days)s 天", "还有 %(days)s 天", days) % {"days": days} if days else _("今天到期")
