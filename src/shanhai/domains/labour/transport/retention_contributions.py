"""What checks contribute to the shell: the page of who stayed, forms, the line of a batch."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.menu import MenuPage, register_page
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.web.later import later_panel

from ..models import RetentionCheck, TransportBatch
from . import retention_acts as acts
from . import retention_operations, retention_pages  # noqa: F401  (importing registers)
from . import retention_reports as reports
from .retention_forms import fields_of

Drawn = dict[str, Any]

register_page(
    MenuPage("labour", gettext_lazy("稳岗率"), "labour:retention", order=55, is_allowed=retention_pages.reads)
)


@register_panel("labour.check", order=11)
def check(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside an open check of one's own: the answer."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, RetentionCheck) or not acts.may_answer(row, actor):
        return None
    return later_panel(
        row,
        "labour:answer_check",
        title=_("记稳岗回访"),
        note=_("仍在岗的，本月按月在岗自动补上；离开的，务工记录和登记随之改；都只写一次。"),
        button=_("记下"),
        fields=fields_of(row),
    )


@register_panel("labour.batch_retention", order=12)
def batch_retention(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a batch: who stayed after so many months."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, TransportBatch) or not retention_pages.reads(actor):
        return None
    lines = reports.batch_lines(row)
    if not lines:
        return None
    facts = [
        {
            "label": _("满 %(months)s 个月仍在岗") % {"months": line.months},
            "text": f"{line.kept.stayed} / {line.kept.asked_for}　{retention_pages.rate_text(line)}",
            "url": reports.rows_of("batch", line),
        }
        for line in lines
    ]
    note = _("没有回访到的不算在岗。")
    return RailPanel("kernel/facts.html", {"title": _("稳岗率"), "facts": facts, "ways": [], "note": note})
