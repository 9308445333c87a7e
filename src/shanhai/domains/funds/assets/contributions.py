"""What assets contribute to the shell: their pages, the path of the money and the forms beside an asset."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import clock
from shanhai.kernel.later import may_record
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.menu import MenuPage, register_page
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.web.later import later_panel

from ..models import Asset, AssetStanding
from . import care_contributions, disposal_contributions, operations, path, rules  # noqa: F401  (importing registers)
from .pages import reads

Drawn = dict[str, Any]

for _order, _label, _name in (
    (68, gettext_lazy("资产总账"), "funds:asset_totals"),
    (69, gettext_lazy("资产明细"), "funds:asset_details"),
    (70, gettext_lazy("租金台账"), "funds:asset_rents"),
    (66, gettext_lazy("巡查情况"), "funds:asset_inspections"),
    (74, gettext_lazy("收益分配公示"), "funds:asset_distributions"),
    (76, gettext_lazy("处置台账"), "funds:asset_disposals"),
    (92, gettext_lazy("资产核查"), "funds:asset_checks"),
):
    register_page(MenuPage("funds", _label, _name, order=_order, is_allowed=reads))


@register_panel("funds.asset_path", order=9)
def asset_path(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside an asset: from which money over which project it came."""
    if not isinstance(row, Asset):
        return None
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return RailPanel("kernel/facts.html", path.facts_of(row, actor))


@register_panel("funds.title", order=14)
def title(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """For reported assets of one's own: title and hand-over."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, Asset) or not may_record(ledger, row, actor):
        return None
    if row.standing == AssetStanding.DISPOSED or (row.titled_on and row.transferred_on):
        return None
    fields = [
        {"name": "certificate_number", "id": "title-number", "label": _("权证编号"), "kind": "text",
         "value": row.certificate_number, "required": True, "maxlength": 60},
        _day("titled_on", "title-day", _("确权登记日期"), row.titled_on, required=True),
        _day("transferred_on", "title-transferred", _("资产移交日期"), row.transferred_on),
    ]  # fmt: skip
    note = _("待确权的资产登记后转为在用；没有移交的，移交后再来补。")
    return later_panel(
        row, "funds:title_asset", title=_("确权移交"), note=note, button=_("登记"), fields=fields
    )


@register_panel("funds.standing", order=15)
def standing(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """For reported assets of one's own: how it stands now."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, Asset) or not may_record(ledger, row, actor):
        return None
    possible = rules.moves_from(row.standing) & rules.BY_HAND
    if row.titled_on is None:
        possible &= rules.WITHOUT_TITLE
    options = [{"value": code, "label": label} for code, label in AssetStanding.choices if code in possible]
    if not options:
        return None
    fields = [
        {"name": "standing", "id": "standing-now", "label": _("资产状态"), "kind": "select",
         "options": options},
        _day("since", "standing-since", _("起始日期"), clock.today(), required=True),
        {"name": "reason", "id": "standing-why", "label": _("原因"), "kind": "text", "value": "",
         "required": True, "maxlength": 300},
    ]  # fmt: skip
    note = _("记录保持已报或已核，修改和原因记入历史。")
    return later_panel(
        row, "funds:move_asset", title=_("资产状态登记"), note=note, button=_("登记"), fields=fields
    )


def _day(name: str, key: str, label: str, value: Any, *, required: bool = False) -> Drawn:
    today = clock.today().isoformat()
    found = {"name": name, "id": key, "label": label, "kind": "date", "max": today, "required": required}
    return found | {"value": value.isoformat() if value else ""}
