"""Packs in the menu, and beside self-reports and schemes."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.menu import MenuPage, register_page
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.kernel.surfaces.views import actor_of

from ..models import AppraisalEntry, AppraisalScheme
from ..targets import LEDGER as TARGETS
from . import operations  # noqa: F401  (importing registers)
from .actions import subject
from .pages import pack_url


def _reads(actor: Actor) -> bool:
    return actor.home is not None and actor.allows(Verb.VIEW, TARGETS)


register_page(MenuPage("appraisal", gettext_lazy("佐证包"), "appraisal:packs", order=60, is_allowed=_reads))


@register_panel("appraisal.pack", order=60)
def packing(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a self-report, and a scheme that the reader oversees."""
    if not isinstance(row, AppraisalEntry | AppraisalScheme):
        return None
    about = "entry" if isinstance(row, AppraisalEntry) else "scheme"
    try:
        found = subject({"about": about, "pk": str(row.pk)}, actor_of(request))
    except (NotAllowed, NotVisible):
        return None
    said = _("%(what)s 的全部佐证，带目录和哈希") % {"what": found.label}
    line = {"label": _("生成佐证包"), "url": pack_url(about, pk=str(row.pk)), "text": said}
    return RailPanel("appraisal/scheme_panel.html", {"title": _("佐证包"), "lines": [line]})
