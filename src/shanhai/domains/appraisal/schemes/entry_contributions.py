"""Beside an entry: what it would be worth now, told to the unit before it submits."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.kernel.surfaces.views import actor_of

from ..models import AppraisalEntry
from ..reconciling.saying import unreconciled
from . import wording
from .entries import early_check


@register_panel("appraisal.entry", order=11)
def early(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside an entry of one's own side."""
    if not isinstance(row, AppraisalEntry) or row.side not in actor_of(request).sides:
        return None
    try:
        found = early_check(row)
    except NotAllowed:
        return None
    if found is None:
        return None
    unit = wording.unit_of(found.item)
    facts = [
        (_("考核项"), f"{found.item['number']} {found.item['name']}"),
        (_("计分办法"), wording.kind_label(found.item)),
        (_("考核项原文"), found.item["clause"]),
    ]
    if found.figure is not None:
        facts.append((_("数据"), f"{wording.number(found.figure)} {unit}".rstrip()))
    said = wording.explained(found.line, found.item) if found.line else _("按名次计分，评分时才能算出。")
    code = found.item["indicator"]
    facts += [(_("两地对账"), one.sentence) for one in unreconciled([(code, row.period)] if code else [])]
    context = {"facts": facts, "lacks_paper": found.lacks_paper, "said": said}
    return RailPanel("appraisal/entry_panel.html", context, is_first=True)
