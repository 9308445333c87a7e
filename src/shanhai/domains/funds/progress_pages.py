"""形象进度与财务进度: all projects, and one with milestones, links to households, photos of its site."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel import clock
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.later import may_record
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import link, with_query
from shanhai.kernel.surfaces.views import actor_of
from shanhai.kernel.workflow import State
from shanhai.registers.paper_pages import answer_file, draw_table, files_of
from shanhai.registers.papers import Paper
from shanhai.registers.tables import table_of
from shanhai.web.boards import amount, field, form, long, number, page, section
from shanhai.web.later import answer

from . import progress_actions
from .models import BenefitLink, Milestone, Project
from .progress_ledgers import PAID
from .progress_reports import chart_of, paces, paper_of, shots_of
from .step_pages import may_read, project_of
from .step_reports import reported_projects


def pace_paper(actor: Actor) -> Paper:
    """Errors: NotVisible."""
    if not may_read(actor):
        raise NotVisible
    return paper_of(paces(reported_projects()), actor)


@require_GET
def progress_board(request: HttpRequest) -> HttpResponse:
    """All projects; `?format=xlsx`, `docx`: to take along."""
    actor = actor_of(request)
    paper = pace_paper(actor)
    if taken := answer_file(request, paper, actor, Project.ledger_key()):
        return taken
    table = paper.tables[0]
    context = page(
        paper.title,
        sub=_("%(number)s 个项目") % {"number": f"{len(table.rows):,}"},
        note=paper.note,
        actions=files_of(request, {}, actor.allows(Verb.EXPORT, Project.ledger_key())),
        sections=[section(paper.title, draw_table(table), empty=_("没有项目。"))],
    )
    return render(request, "web/board.html", context)


@require_GET
def project_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One project: chart, milestones with their form, links to households, photos and what does not fit."""
    actor, project = actor_of(request), project_of(request, pk)
    (pace,) = paces([project])
    chart = chart_of(project)
    context = page(
        project.name,
        sub=_("财务进度 %(paid)s%%，形象进度 %(work)s%%")
        % {"paid": pace.paid_share, "work": f"{pace.work.normalize():f}"},
        crumbs=[{"label": project.code, "url": link(registry.get(Project.ledger_key()), "detail", pk=pk)}],
        charts=[chart] if chart else [],
        sections=[_milestones(project, actor), _links(project), _photos(project)],
    )
    return render(request, "web/board.html", context)


def _milestones(project: Project, actor: Actor) -> dict[str, Any]:
    ledger = registry.get(Milestone.ledger_key())
    found: Any = ledger.rows_with_units().filter(project=project)
    rows = list(found.exclude(state=State.VOIDED).order_by("due_on", "id"))
    today = clock.today()
    drawn = [
        (
            link(ledger, "detail", pk=one.pk),
            [
                one.name,
                {"text": f"{one.weight.normalize():f}%", "kind": "number"},
                one.due_on,
                one.done_on or (_("已逾期") if one.due_on < today else _("未完成")),
            ],
        )
        for one in rows
    ]
    forms = [
        form(
            reverse("funds:finish_milestone", args=[one.pk]),
            _("登记“%(name)s”完成") % {"name": one.name},
            fields=[
                field("done_on", _("实际完成日期"), "date", today.isoformat(), id=f"done-{one.pk}"),
            ],
            hidden={"row_version": one.row_version},
        )
        for one in rows
        if one.done_on is None and may_record(ledger, one, actor)
    ]
    every = with_query(link(ledger, "list"), {"project": str(project.pk)})
    headings = (_("节点名称"), _("节点权重"), _("计划完成日期"), _("实际完成日期"))
    empty = _("还没有节点。权重合计 100% 时，形象进度按已完成的节点计算。")
    return section(_("项目节点"), table_of(headings, drawn), url=every, empty=empty, forms=forms[:1])


def _links(project: Project) -> dict[str, Any]:
    ledger = registry.get(BenefitLink.ledger_key())
    rows = BenefitLink.objects.live().filter(project=project).annotate(paid=PAID).order_by("agreed_on", "id")
    drawn = [
        (
            link(ledger, "detail", pk=one.pk),
            [
                one.get_kind_display(),
                number(one.households),
                number(one.people),
                number(one.ex_poor_people),
                amount(one.promised),
                amount(one.paid),
                one.due_on,
            ],
        )
        for one in rows
    ]
    headings = (
        _("联结方式"), _("联结户数"), _("联结人数"), _("其中脱贫人口"),
        _("约定收益"), _("已兑现"), _("约定兑现日期"),
    )  # fmt: skip
    every = with_query(link(ledger, "list"), {"project": str(project.pk)})
    return section(_("联农带农"), table_of(headings, drawn), url=every, empty=_("还没有登记联农带农。"))


def _photos(project: Project) -> dict[str, Any]:
    shots = shots_of(project)
    drawn = [
        (
            reverse("evidence_look", args=[one.link.pk]),
            [
                one.link.name,
                one.link.file.shot_at.astimezone(clock.CHINA).date() if one.link.file.shot_at else "",
                _position(one.link.file),
                long("；".join(one.problems)),
            ],
        )
        for one in shots
    ]
    headings = (_("现场照片"), _("拍摄日期"), _("拍摄位置"), _("提醒"))
    wrong = sum(1 for one in shots if one.problems)
    note = _("%(all)s 张，其中 %(wrong)s 张有提醒") % {"all": len(shots), "wrong": wrong} if shots else ""
    return section(_("现场照片"), table_of(headings, drawn), note=note, empty=_("还没有现场照片。"))


def _position(file: Any) -> str:
    return "" if file.latitude is None else f"{file.latitude:.4f}, {file.longitude:.4f}"


@require_POST
def finish_milestone(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form of a milestone: the day it was done."""
    actor = actor_of(request)
    milestone = Milestone.objects.filter(pk=pk).first()
    if milestone is None:
        raise NotVisible

    def record(version: int) -> None:
        try:
            day = date.fromisoformat(request.POST.get("done_on", ""))
        except ValueError:
            raise RuleViolated(_("日期请写成 2021-09-24。"), code="bad_position") from None
        progress_actions.finish_milestone(pk, done_on=day, actor=actor, row_version=version)

    return answer(request, reverse("funds:project_progress", args=[milestone.project_id]), record)
