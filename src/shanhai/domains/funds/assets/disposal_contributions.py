"""What disposals contribute to the shell: beside one what is missing, and the form for who may decide."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import covers
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.kernel.surfaces.views import actor_of
from shanhai.kernel.workflow import State
from shanhai.web.later import later_panel

from ..models import AssetDisposal
from . import disposal_operations  # noqa: F401  (importing registers)
from .disposal_lookup import missing


@register_panel("funds.disposal", order=6)
def disposal(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a verified disposal that waits for its decision."""
    if not isinstance(row, AssetDisposal) or row.state != State.VERIFIED or row.decided_on:
        return None
    actor = actor_of(request)
    if not covers(actor, Verb.VERIFY, ledger.key, row):
        return None
    if lacking := missing(row, actor):
        ways = [{"label": _("处置台账"), "url": reverse("funds:asset_disposals")}]
        facts = [{"label": _("还缺"), "text": one} for one in lacking]
        shown = {"title": _("处置决定"), "facts": facts, "ways": ways, "note": ""}
        return RailPanel("kernel/facts.html", shown, is_first=True)
    return replace(_form(row), is_first=True)


def _form(row: AssetDisposal) -> RailPanel:
    answers = [("accept", _("同意处置")), ("refuse", _("退回"))]
    fields: list[dict[str, Any]] = [
        {"name": "decision", "id": "disposal-decision", "label": _("决定"), "kind": "select",
         "options": [{"value": value, "label": label} for value, label in answers]},
        {"name": "reason", "id": "disposal-reason", "label": _("意见"), "kind": "textarea", "value": "",
         "maxlength": 300, "required": True},
    ]  # fmt: skip
    note = _("同意后资产转为处置、不再计入总账和明细，没有到期的经营合同同日终止。")
    return later_panel(
        row, "funds:decide_disposal", title=_("处置决定"), note=note, button=_("办理"), fields=fields
    )
