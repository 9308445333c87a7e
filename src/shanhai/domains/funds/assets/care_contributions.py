"""What care for assets contributes to the shell: the round, forms beside assets and contracts, rents due."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import clock
from shanhai.kernel.later import may_record
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import with_query
from shanhai.kernel.surfaces.menu import MenuPage, register_page
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.web.later import later_panel

from ..models import AssetLease
from . import care_lookup, care_operations, care_pages, rents  # noqa: F401  (importing registers)

Drawn = dict[str, Any]

register_page(
    MenuPage("funds", gettext_lazy("资产巡查"), "funds:rounds", order=67, is_allowed=care_pages.inspects)
)


@register_panel("funds.rents", order=11)
def rents_due(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a contract: what has fallen due, what of it came, what comes next."""
    if not isinstance(row, AssetLease):
        return None
    _row, lease = care_lookup.leases(AssetLease.objects.filter(pk=row.pk))[0]
    today, found = clock.today(), rents.dues(lease)
    past = [one for one in found if one.due_on <= today]
    following = next((one for one in found if one.due_on > today), None)
    late = rents.overdue(lease, today, 0)
    facts: list[Drawn] = [
        {"label": _("已到期"), "text": _("%(number)s 期 %(amount)s 元") % _sum(past, "amount")},
        {"label": _("已收"), "text": _("%(number)s 期 %(amount)s 元") % _sum(past, "received")},
    ]
    if late:
        facts.append({"label": _("逾期"), "text": _("%(number)s 期 %(amount)s 元") % _sum(late, "open")})
    if following:
        facts.append({"label": _("下一期"), "text": following.due_on.isoformat()})
    url = with_query(reverse("funds:asset_rents"), {"day": today.isoformat()})
    ways = [{"label": _("租金台账"), "url": url}]
    return RailPanel("kernel/facts.html", {"title": _("租金"), "facts": facts, "ways": ways, "note": ""})


def _sum(found: list[rents.Due], name: str) -> Drawn:
    counted = [one for one in found if getattr(one, name)]
    return {"number": len(counted), "amount": f"{sum(getattr(one, name) for one in counted):,}"}


@register_panel("funds.lease_end", order=15)
def lease_end(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """For reported contracts of one's own that still run: they end early."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, AssetLease) or not may_record(ledger, row, actor):
        return None
    if row.ended_early_on or row.leased_until < clock.today():
        return None
    fields = [
        {"name": "ended_on", "id": "lease-end", "label": _("提前终止日期"), "kind": "date", "value": "",
         "min": row.starts_on.isoformat(), "max": row.leased_until.isoformat(), "required": True},
        {"name": "reason", "id": "lease-why", "label": _("原因"), "kind": "text", "value": "",
         "required": True, "maxlength": 300},
    ]  # fmt: skip
    note = _("终止以后不再有应交租金；已到期未收的照收。")
    return later_panel(
        row, "funds:end_lease", title=_("提前终止"), note=note, button=_("登记"), fields=fields
    )
