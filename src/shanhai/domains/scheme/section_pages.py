"""Correcting one clause of a draft: its words, where it is cut, who answers for it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.surfaces.links import link_to
from shanhai.kernel.surfaces.respond import respond
from shanhai.registers.parties.models import Unit

from . import actions
from .access import get_section, require_manager
from .asking import Drawn, action, actor_of, attempt, crumbs, version_url, whole
from .models import Duty, Section, Task
from .plan_form import plan_context
from .rules import sentence_starts

SHOWN = 40  # characters of a sentence by which a cut is chosen


@require_GET
def section(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _editable(request, pk)
    return respond(request, "scheme/section.html", "", _context(found))


def _editable(request: HttpRequest, pk: UUID) -> Section:
    found = get_section(actor_of(request), pk)
    require_manager(actor_of(request), found.version.scheme)
    if not found.version.is_draft:
        raise NotVisible
    return found


def _context(found: Section) -> Drawn:
    version = found.version
    source = version.document.text
    task = Task.of_versions.filter(section=found).select_related("scheme", "section__version").first()
    hidden = [{"name": "edition", "value": version.edition}]
    merge = action(
        _("与前一条合并"),
        link_to("scheme:section_merge", pk=found.pk),
        method="post",
        hidden=hidden,
        confirm=_("把这一条并入前一条？"),
    )
    is_first = not version.sections.filter(start__lt=found.start).exists()
    return {
        "title": str(found),
        "sub": _("修改只影响修订中的这一版；原文始终不变"),
        "crumbs": crumbs((version.scheme.title, version_url(version))),
        "actions": [] if is_first else [merge],
        "section": found,
        "edition": version.edition,
        "source": source[found.start : found.end],
        "cuts": [
            {"at": at, "text": source[at : at + SHOWN].replace("\n", "")}
            for at in sentence_starts(source, found.start, found.end)
        ],
        "duties": list(Duty.objects.filter(task=task).select_related("unit", "group")) if task else [],
        "roles": Duty.Role.choices,
        "units": list(Unit.objects.filter(side=version.scheme.side).order_by("path")),
        "plan": plan_context(task) if task else None,
        "urls": {
            name: link_to(f"scheme:section_{name}", pk=found.pk)
            for name in ("change", "split", "add_duty", "duty")
        },
    }


def _act(
    request: HttpRequest, pk: UUID, act: Callable[[Section, dict[str, Any]], tuple[str, Any]]
) -> HttpResponse:
    """Run a correction; afterwards the clause it leaves is shown."""
    found = _editable(request, pk)
    given = {"actor": actor_of(request), "edition": whole(request.POST.get("edition"))}
    shown = {"pk": found.pk}

    def tried() -> str:
        said, left = act(found, given)
        shown["pk"] = left
        return said

    answer = attempt(request, tried, link_to("scheme:section", pk=found.pk))
    answer["Location"] = link_to("scheme:section", pk=shown["pk"])
    return answer


@require_POST
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    def act(found: Section, given: dict[str, Any]) -> tuple[str, Any]:
        row = actions.change_section(
            found.version_id,
            found.pk,
            path=request.POST.get("path", ""),
            heading=request.POST.get("heading", ""),
            start=whole(request.POST.get("start"), found.start),
            end=whole(request.POST.get("end"), found.end),
            **given,
        )
        return _("已保存条款。"), row.pk

    return _act(request, pk, act)


@require_POST
def split(request: HttpRequest, pk: UUID) -> HttpResponse:
    def act(found: Section, given: dict[str, Any]) -> tuple[str, Any]:
        rest = actions.split_section(found.version_id, found.pk, at=whole(request.POST.get("at")), **given)
        return _("已断开。后一半如下，请核对标题和责任单位。"), rest.pk

    return _act(request, pk, act)


@require_POST
def merge(request: HttpRequest, pk: UUID) -> HttpResponse:
    def act(found: Section, given: dict[str, Any]) -> tuple[str, Any]:
        return _("已合并。"), actions.merge_section(found.version_id, found.pk, **given).pk

    return _act(request, pk, act)


@require_POST
def add_duty(request: HttpRequest, pk: UUID) -> HttpResponse:
    def act(found: Section, given: dict[str, Any]) -> tuple[str, Any]:
        written = request.POST.get("unit", "").strip()
        unit = Unit.resolve_references([written]).get(written)
        if unit is None:
            raise RuleViolated(_("没有找到单位“%(name)s”。请从列表中选。") % {"name": written})
        role, name = _role(request), request.POST.get("name", "")
        actions.add_duty(found.version_id, found.pk, unit=unit, role=role, name=name, **given)
        return _("已增加责任单位。"), found.pk

    return _act(request, pk, act)


@require_POST
def duty(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change the role of a duty, or remove it."""

    def act(found: Section, given: dict[str, Any]) -> tuple[str, Any]:
        rows = {str(row.pk): row for row in Duty.objects.filter(task__section=found)}
        row = rows.get(request.POST.get("duty", ""))
        if row is None:
            raise NotVisible
        if request.POST.get("remove"):
            actions.remove_duty(found.version_id, row.pk, **given)
            return _("已移除责任单位。"), found.pk
        actions.change_role(found.version_id, row.pk, role=_role(request), **given)
        return _("已改。"), found.pk

    return _act(request, pk, act)


def _role(request: HttpRequest) -> str:
    role = request.POST.get("role", "")
    if role not in Duty.Role.values:
        raise RuleViolated(_("请选择牵头或配合。"))
    return role
