"""What the chapter contributes to the shell: its page of checks, and the form by which a project moves on."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel.later import may_record
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.menu import MenuPage, register_page
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.web.later import later_panel

from . import operations, reconciling_operations, statement_operations, step_contributions  # noqa: F401  (importing registers)
from .assets import contributions as asset_contributions  # noqa: F401  (importing registers)
from .models import Project, Stage, TransferReceived
from .step_reports import path_of
from .steps import CLOSED


def _reads(actor: Actor) -> bool:
    return actor.allows(Verb.VIEW, Project.ledger_key())


register_page(MenuPage("funds", gettext_lazy("资金核查"), "funds:checks", order=90, is_allowed=_reads))


def _reads_transfers(actor: Actor) -> bool:
    return actor.allows(Verb.VIEW, TransferReceived.ledger_key())


register_page(
    MenuPage(
        "funds",
        gettext_lazy("资金对账"),
        "funds:reconciliation",
        order=84,
        is_allowed=_reads_transfers,
    )
)
register_page(
    MenuPage("funds", gettext_lazy("流水核对"), "funds:statement", order=86, is_allowed=_reads_transfers)
)
register_page(
    MenuPage("funds", gettext_lazy("资金链核查"), "funds:chain_checks", order=88, is_allowed=_reads_transfers)
)


@register_panel("funds.progress", order=15)
def progress(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """For reported projects of one's own: stage and physical progress now."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, Project) or not may_record(ledger, row, actor):
        return None
    if row.stage in CLOSED:
        return None
    open_ways = {way.step.target for way in path_of(row, actor).ways if not way.missing} - CLOSED
    possible = {row.stage} | open_ways
    stage = {
        "name": "stage",
        "id": "progress-stage",
        "label": _("项目阶段"),
        "kind": "select",
        "options": [
            {"value": code, "label": label, "selected": code == row.stage}
            for code, label in Stage.choices
            if code in possible
        ],
    }
    share = {
        "name": "progress",
        "id": "progress-share",
        "label": _("形象进度"),
        "unit": "%",
        "kind": "number",
        "value": f"{row.progress.normalize():f}",
        "required": True,
    }
    return later_panel(
        row,
        "funds:advance_project",
        title=_("进度登记"),
        note=_("记录保持已报或已核，修改记入历史；还不能办理的阶段不列出，原因见“项目流程”。"),
        button=_("登记"),
        fields=[stage, share],
    )
