"""What the chapter contributes to the shell and the API: menu, workbench, search, operations."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel.matters import register_matter
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import link_to
from shanhai.kernel.surfaces.menu import MenuPage, register_page
from shanhai.web.cards import Card, register_card
from shanhai.web.search import Hit, HitGroup, register_provider

from . import policy_contributions, scheme_operations, section_operations  # noqa: F401  (importing registers)
from .access import LEDGER, managed_sides, visible_schemes
from .asking import actor_of
from .mine import latest_first, standings, table_of
from .models import Question, SchemeVersion, Task

#: Tasks shown on the workbench; the rest is one click away.
SHOWN = 7


def _reads(actor: Actor) -> bool:
    return any(grant.role.reads_shared for grant in actor.grants_for(Verb.VIEW, LEDGER))


register_matter(LEDGER, gettext_lazy("方案与任务"))
register_page(MenuPage("scheme", gettext_lazy("方案"), "scheme:schemes", order=10, is_allowed=_reads))
register_page(MenuPage("scheme", gettext_lazy("任务"), "scheme:mine", order=20, is_allowed=_reads))


@register_card(25)
def my_tasks(request: HttpRequest) -> Card | None:
    """The reader's tasks, late ones first."""
    actor = actor_of(request)
    found = standings(actor) if _reads(actor) else []
    if not found:
        return None
    return Card(
        title=_("我的任务"),
        template="scheme/task_card.html",
        context={"table": table_of(latest_first(found, SHOWN))},
        note=_("全部 %(number)s 项") % {"number": len(found)},
        url=link_to("scheme:mine"),
        is_wide=True,
    )


@register_card(26)
def open_questions(request: HttpRequest) -> Card | None:
    """Names and places of a scheme that wait for its manager."""
    actor = actor_of(request)
    sides = managed_sides(actor)
    if not sides:
        return None
    versions = SchemeVersion.objects.filter(scheme__side__in=sides).exclude(
        state=SchemeVersion.State.REPLACED
    )
    open_ones = Question.objects.filter(version__in=versions, answer=Question.Answer.OPEN).exclude(name="")
    lines: dict[tuple[UUID, str], dict[str, None]] = {}
    for name, version, title in open_ones.order_by("start").values_list(
        "name", "version", "version__scheme__title"
    ):
        lines.setdefault((version, title), {})[name] = None
    if not lines:
        return None
    drawn = [
        {
            "title": title,
            "url": f"{link_to('scheme:version', pk=version)}#questions",
            "names": "、".join(names),
            "number": len(names),
        }
        for (version, title), names in lines.items()
    ]
    return Card(title=_("方案中待确认的单位"), template="scheme/question_card.html", context={"lines": drawn})


@register_provider(order=20)
def search_tasks(actor: Actor, text: str, limit: int) -> Sequence[HitGroup]:
    """Tasks in force by title, number or words of their clause, and schemes by title or number."""
    if not _reads(actor):
        return []
    tasks, schemes = Q(), Q()
    for word in text.split():
        tasks &= Q(title__icontains=word) | Q(path__icontains=word) | Q(section__text__icontains=word)
        schemes &= Q(title__icontains=word) | Q(number__icontains=word)
    found = list(Task.objects.filter(tasks).select_related("scheme")[: limit + 1])
    hits = [Hit(str(task), link_to("scheme:task", pk=task.pk), task.scheme.source) for task in found[:limit]]
    papers = [
        Hit(scheme.title, link_to("scheme:scheme", pk=scheme.pk), scheme.number)
        for scheme in visible_schemes(actor).filter(schemes)[:limit]
        if scheme.versions.exclude(state=SchemeVersion.State.DRAFT).exists()
    ]
    return [
        HitGroup(_("任务"), hits, link_to("scheme:mine"), has_more=len(found) > limit),
        HitGroup(_("方案"), papers, link_to("scheme:schemes")),
    ]
