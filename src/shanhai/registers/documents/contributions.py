"""What documents contribute: the menu entry, and beside every row the way to its papers."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.menu import SYSTEM, MenuPage, register_page
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.kernel.surfaces.views import actor_of

from . import operations  # noqa: F401  (importing registers)
from .kinds import kinds_of


def _reads(actor: Actor) -> bool:
    return actor.home is not None and bool(kinds_of(actor))


register_page(MenuPage(SYSTEM, gettext_lazy("公文"), "documents:kinds", 21, _reads))


@register_panel("documents.papers", order=7)
def papers(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a row: every document it makes, to preview and to take along."""
    found = [one for one in kinds_of(actor_of(request)) if one.ledger == ledger.key and one.fits(row)]
    if not found:
        return None
    ways = [
        {"label": str(one.label), "url": reverse("documents:document", args=[one.key, row.pk])}
        for one in found
    ]
    shown = {"title": _("公文"), "facts": [], "ways": ways, "note": _("预览、Word、PDF，可用本方模板")}
    return RailPanel("kernel/facts.html", shown)
