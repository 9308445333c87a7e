"""项目流程: how a project came here, what is missing for the next step and who decides; steps taken."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel import clock
from shanhai.kernel.actions import get_row
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.later import may_record
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import link, with_query
from shanhai.kernel.surfaces.views import actor_of
from shanhai.kernel.workflow import State
from shanhai.registers.papers import FORMS, file_of
from shanhai.registers.tables import table_of
from shanhai.web.boards import choice, field, form, long, page, section
from shanhai.web.later import answer

from . import steps
from .models import Project, ProjectCondition, ProjectConsent, ProjectNotice, Stage
from .screening_pages import screening_section
from .step_reports import Path, main_way, paper_of, path_of, paths, reported_projects


def may_read(actor: Actor) -> bool:
    return actor.allows(Verb.VIEW, Project.ledger_key())


def listed(actor: Actor, stage: str) -> list[Path]:
    """Paths of the projects the reader sees. Errors: NotVisible."""
    if not may_read(actor):
        raise NotVisible
    return paths(reported_projects(stage), actor)


def file_listed(actor: Actor, stage: str, form_of: str) -> HttpResponse:
    """Errors: NotVisible; NotAllowed where exporting is not granted."""
    found = listed(actor, stage)
    if not actor.allows(Verb.EXPORT, Project.ledger_key()):
        raise NotAllowed
    return file_of(paper_of(found, actor), form_of)


@require_GET
def project_paths(request: HttpRequest) -> HttpResponse:
    """`?stage=`: of one stage; `?format=xlsx`, `docx`: to take along."""
    actor, stage = actor_of(request), request.GET.get("stage", "")
    if (wanted := request.GET.get("format", "")) in FORMS:
        return file_listed(actor, stage, wanted)
    found = listed(actor, stage)
    headings = (_("协作项目"), _("填报单位"), _("项目阶段"), _("下一步"), _("决定方"), _("还缺什么"))
    rows = [(reverse("funds:project_path", args=[one.project.pk]), _line(one)) for one in found]
    options = [("", _("全部")), *((value, str(label)) for value, label in Stage.choices)]
    files = [
        {"label": label, "url": with_query(request.path, {"stage": stage, "format": one})}
        for one, label in (("xlsx", "Excel"), ("docx", "Word"))
    ]
    may_export = actor.allows(Verb.EXPORT, Project.ledger_key())
    context = page(
        _("项目流程"),
        sub=_("%(number)s 个项目") % {"number": f"{len(found):,}"},
        actions=[{"label": _("下载"), "icon": "download", "menu": files}] if may_export else [],
        asked=[choice("stage", _("项目阶段"), options, stage)],
        asked_button=_("查看"),
        sections=[section(_("走到哪一步、还缺什么"), table_of(headings, rows), empty=_("没有项目。"))],
    )
    return render(request, "web/board.html", context)


def _line(path: Path) -> list[Any]:
    way = main_way(path)
    project = path.project
    head = [project.name, str(project.owner_unit), str(Stage(project.stage).label)]
    if way is None:
        return [*head, "", "", ""]
    missing = "；".join(way.missing) or _("可以办理")
    return [*head, way.label, long(way.decider), long(missing)]


def project_of(request: HttpRequest, pk: UUID) -> Project:
    """Errors: NotVisible."""
    found: Project = get_row(registry.get(Project.ledger_key()), pk, actor=actor_of(request))
    return found


@require_GET
def project_path(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One project: steps taken, ways on, conditions, consents and notices; forms for who may decide."""
    actor, project = actor_of(request), project_of(request, pk)
    path, ledger = path_of(project, actor), registry.get(Project.ledger_key())
    may = may_record(ledger, project, actor)
    context = page(
        project.name,
        sub=_("项目流程 · 现在是“%(stage)s”") % {"stage": Stage(project.stage).label},
        crumbs=[{"label": project.code, "url": link(ledger, "detail", pk=pk)}],
        note=_("变更或暂停之后还没有重新公示期满，不能继续实施。") if path.must_tell_again else "",
        sections=[
            _ways(path, may=may),
            *([_changes(project)] if may else []),
            *screening_section(project, actor),
            _taken(path),
            *_beside(project),
        ],
    )
    return render(request, "web/board.html", context)


def _ways(path: Path, *, may: bool) -> dict[str, Any]:
    headings = (_("下一步"), _("决定方"), _("还缺什么"))
    rows = [
        ("", [one.label, long(one.decider), long("；".join(one.missing) or _("可以办理"))])
        for one in path.ways
    ]
    open_ways = [one for one in path.ways if not one.missing]
    forms = []
    if may and open_ways:
        today = clock.today().isoformat()
        fields = [
            choice("stage", _("新阶段"), [(one.step.target, one.label) for one in open_ways]),
            field("moved_on", _("办理日期"), "date", today),
            field("document", _("文件名称及文号"), maxlength=200),
            field("note", _("说明"), maxlength=400),
        ]
        url = reverse("funds:move_project", args=[path.project.pk])
        version = {"row_version": path.project.row_version}
        forms.append(form(url, _("办理"), fields=fields, hidden=version, is_main=True))
    return section(_("能走的下一步"), table_of(headings, rows), empty=_("没有下一步。"), forms=forms)


def _changes(project: Project) -> dict[str, Any]:
    """Agreed changes still to be written in; how to ask for one where there is none."""
    agreed = ProjectConsent.objects.filter(
        project=project, matter=ProjectConsent.Matter.CHANGE, state=State.VERIFIED, move__isnull=True
    ).select_related("new_place")
    forms = [
        form(
            reverse("funds:change_project", args=[project.pk]),
            _("按会商 %(number)s 变更") % {"number": one.number},
            fields=[field("document", _("文件名称及文号"), maxlength=200, id=f"document-{one.pk}")],
            hidden={"row_version": project.row_version, "consent": one.pk},
            note="；".join(steps.changes_of(project, one)[1]),
        )
        for one in agreed
    ]
    empty = "" if forms else _("没有对方已同意、待办理的变更。变更、暂停、恢复、终止先在“项目会商”提出。")
    return section(_("办理变更"), empty=empty, forms=forms)


def _taken(path: Path) -> dict[str, Any]:
    headings = (_("办理日期"), _("步骤"), _("决定单位"), _("文件名称及文号"), _("项目会商"), _("说明"))
    consents = registry.get(ProjectConsent.ledger_key())
    rows = [
        (
            link(consents, "detail", pk=one.consent_id) if one.consent_id else "",
            [
                one.moved_on,
                str(one),
                str(one.decided_unit),
                one.document,
                str(one.consent or ""),
                long(one.note),
            ],
        )
        for one in path.moves
    ]
    return section(
        _("走过的步骤"), table_of(headings, rows), empty=_("还没有办理过步骤；现在的阶段是录入时填的。")
    )


def _beside(project: Project) -> list[dict[str, Any]]:
    told: list[tuple[Any, str, str, str]] = [
        (ProjectCondition, _("开工条件"), "kind", "done_on"),
        (ProjectConsent, _("项目会商"), "matter", "asked_on"),
        (ProjectNotice, _("项目公示"), "notice_kind", "notice_from"),
    ]
    return [_rows_of(project, *one) for one in told]


def _rows_of(project: Project, model: Any, title: str, kind: str, day: str) -> dict[str, Any]:
    ledger = registry.get(model.ledger_key())
    rows = model.objects.live().filter(project=project).order_by(day, "id")
    drawn = [
        (
            link(ledger, "detail", pk=row.pk),
            [getattr(row, f"get_{kind}_display")(), getattr(row, day), str(State(row.state).label)],
        )
        for row in rows
    ]
    every = with_query(link(ledger, "list"), {"project": str(project.pk)})
    headings = (_("类别"), _("日期"), _("状态"))
    return section(title, table_of(headings, drawn), url=every, empty=_("还没有。"))


@require_POST
def move_project(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form of a step."""

    def record(version: int) -> None:
        sent = request.POST
        try:
            stage = Stage(sent.get("stage", ""))
            day = date.fromisoformat(sent.get("moved_on") or clock.today().isoformat())
        except ValueError:
            raise RuleViolated(_("请选择新阶段，日期请写成 2021-09-24。"), code="bad_position") from None
        steps.move_project(
            pk,
            stage=stage,
            moved_on=day,
            document=sent.get("document", ""),
            note=sent.get("note", ""),
            actor=actor_of(request),
            row_version=version,
        )

    return answer(request, reverse("funds:project_path", args=[pk]), record)


@require_POST
def change_project(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form of an agreed change."""

    def record(version: int) -> None:
        try:
            consent = UUID(request.POST.get("consent", ""))
        except ValueError:
            raise RuleViolated(_("请选择对方已同意的会商。"), code="step_closed") from None
        document = request.POST.get("document", "")
        steps.change_project(
            pk, consent=consent, document=document, actor=actor_of(request), row_version=version
        )

    return answer(request, reverse("funds:project_path", args=[pk]), record)
