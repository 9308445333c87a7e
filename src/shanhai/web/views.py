"""The workbench and the search over everything."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shanhai.kernel import clock
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.respond import respond

from .cards import columns_for
from .search import LONGEST, search_everything


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The reader's own page: what waits, what is late, what happened."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    shown = {
        "title": _("工作台"),
        "sub": _("%(name)s，今天是 %(today)s") % {"name": actor.name, "today": clock.today().isoformat()},
        "crumbs": [],
        "actions": [],
        "columns": columns_for(request),
    }
    return respond(request, "web/home.html", "", shown)


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """One box, grouped answers, within the reader's scope."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    text = request.GET.get("q", "").strip()[:LONGEST]
    groups = search_everything(actor, text) if text else []
    number = sum(len(group.hits) for group in groups)
    shown = {
        "title": _("搜索“%(text)s”") % {"text": text} if text else _("搜索"),
        "sub": _("找到 %(number)s 处，按类分组，只含您可以查看的内容。") % {"number": number} if text else "",
        "crumbs": [],
        "actions": [],
        "groups": groups,
        "empty": {
            "title": _("没有找到") if text else _("要找什么？"),
            "text": _("换一个词，或只写姓名、名称、编号的一部分；身份证号要写完整。"),
            "icon": "search",
            "actions": [],
        },
    }
    return respond(request, "web/search.html", "", shown)
