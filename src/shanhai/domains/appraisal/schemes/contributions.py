"""What schemes contribute: the way to trying one, and their operations."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.kernel.surfaces.views import actor_of

from ..models import AppraisalRelease, AppraisalScheme
from . import (
    actions,
    entry_contributions,  # noqa: F401  (importing registers)
    operations,  # noqa: F401  (importing registers)
)


@register_panel("appraisal.scheme", order=15)
def trying(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a scheme that the reader oversees: the release in force, and the way to try the draft."""
    if not isinstance(row, AppraisalScheme):
        return None
    try:
        actions.supervised(row.pk, actor_of(request))
    except (NotAllowed, NotVisible):
        return None
    last = AppraisalRelease.objects.filter(scheme=row).order_by("-number").first()
    told = {"number": last.number, "day": last.valid_from.isoformat()} if last else {}
    said = _("现行第 %(number)s 版，%(day)s 起") % told if last else _("还没有发布过")
    line = {"label": _("试评与发布"), "url": reverse("appraisal:scheme_trial", args=[row.pk]), "text": said}
    return RailPanel("appraisal/scheme_panel.html", {"title": _("方案版本"), "lines": [line]})
