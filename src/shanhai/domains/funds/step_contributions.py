"""Beside a project: where it stands, what is missing for the next step, and the way to its path."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.scope import REPORTED_STATES, Actor
from shanhai.kernel.surfaces.menu import MenuPage, register_page
from shanhai.kernel.surfaces.rail import RailPanel, register_panel

from . import (
    monthly_pages,  # noqa: F401  (importing registers)
    notice_documents,  # noqa: F401  (importing registers)
    progress_operations,  # noqa: F401  (importing registers)
    screening_operations,  # noqa: F401  (importing registers)
    step_operations,  # noqa: F401  (importing registers)
)
from .models import Project, Stage
from .step_pages import may_read
from .step_reports import main_way, path_of

register_page(
    MenuPage("funds", gettext_lazy("项目流程"), "funds:project_paths", order=31, is_allowed=may_read)
)
register_page(
    MenuPage("funds", gettext_lazy("形象与财务进度"), "funds:progress_board", order=32, is_allowed=may_read)
)
register_page(
    MenuPage("funds", gettext_lazy("负面清单筛查"), "funds:screening", order=91, is_allowed=may_read)
)


@register_panel("funds.path", order=14)
def path(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """For reported projects: the stage, the next step with who decides it and what is missing."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, Project) or row.state not in REPORTED_STATES:
        return None
    found = path_of(row, actor)
    way = main_way(found)
    lines = [_("现在是“%(stage)s”。") % {"stage": Stage(row.stage).label}]
    if way is not None:
        lines.append(_("下一步：%(next)s，由%(who)s决定。") % {"next": way.label, "who": way.decider})
        lines += [one + "。" for one in way.missing] or [_("可以办理。")]
    if found.must_tell_again and not (way and way.missing):
        lines.append(_("变更或暂停之后还没有重新公示期满，不能继续实施。"))
    url = reverse("funds:project_path", args=[row.pk])
    links = [
        {"url": url, "label": _("步骤与办理")},
        {
            "url": reverse("funds:project_progress", args=[row.pk]),
            "label": _("形象与财务进度、联农带农、现场照片"),
        },
    ]
    context = {"title": _("项目流程"), "lines": lines, "links": links}
    return RailPanel("funds/lines.html", context)
