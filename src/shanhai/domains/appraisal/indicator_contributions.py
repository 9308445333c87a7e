"""Indicators in the menu, on the workbench, and beside the rows they count."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.indicators.reasons import reason_label
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.indicators.rows import statuses
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.surfaces.display import period_label
from shanhai.kernel.surfaces.links import link_to
from shanhai.kernel.surfaces.menu import TOP, MenuPage, register_page
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.web.cards import Card, register_card

from .asking import Asking
from .indicator_list import table_of
from .reports import standings


def _reads_indicators(actor: Actor) -> bool:
    return any(actor.allows(Verb.VIEW, one.source) for one in registry if one.source)


register_page(
    MenuPage(
        TOP,
        gettext_lazy("指标"),
        "appraisal:indicators",
        order=30,
        is_allowed=_reads_indicators,
    )
)


@register_card(30)
def headline_card(request: HttpRequest) -> Card | None:
    """The chief figures of the reader's side, this quarter."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.home is None or not _reads_indicators(actor):
        return None
    scope, period = IndicatorScope(actor.home.side), Period.of(clock.today(), PeriodKind.QUARTER)
    found = standings([one for one in registry if one.is_headline], scope, period)
    if not found:
        return None
    return Card(
        title=_("指标 · %(period)s") % {"period": period_label(period)},
        template="appraisal/indicator_card.html",
        context={"table": table_of(actor, scope, period, found)},
        note=_("全部指标"),
        url=link_to("appraisal:indicators"),
        is_wide=True,
    )


@register_panel("indicators", order=40)
def indicators_of_row(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Which indicators count this row this quarter, and why the others do not."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    period = Period.of(clock.today(), PeriodKind.QUARTER)
    periods = {one.code: period for one in registry.of_source(ledger.key)}
    try:
        found = list(statuses(row, periods))
    except NotAllowed:
        return None
    lines = [
        {
            "label": str(indicator),
            "url": Asking(indicator, IndicatorScope(Side(row.side)), period, actor).url(),
            "counted": not reason,
            "why": str(reason_label(indicator, reason)),
        }
        for indicator, reason in found
    ]
    context = {"lines": lines, "period": period_label(period)}
    return RailPanel("appraisal/indicator_panel.html", context) if lines else None
