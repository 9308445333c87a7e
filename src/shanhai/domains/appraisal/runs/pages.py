"""考核: the list of runs, one run with its units, one unit with its lines, and the rows read again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shanhai.kernel import clock
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, covers
from shanhai.kernel.surfaces.typed import whole_number
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.papers import file_of, issuer_of
from shanhai.registers.tables import table_of

from ..models import AppraisalRun, AppraisalScheme
from ..models.runs import RUNS
from ..schemes import wording
from ..schemes.drawing import number
from . import drawing, reports
from .actions import facts_of, move_run, open_run, unit_of
from .appeal_pages import appeals_part
from .computing import units_of
from .entered import checked
from .rights import may_move, overseen_run, oversees, reads_runs, seen_run
from .rules import MOVES, blocks
from .telling import block_sentence, move_label, move_note, stage_badge

Drawn = dict[str, Any]
#: Reason of a move whose form has none: it is not asked for.
_UNASKED = "-"


@require_http_methods(["GET", "POST"])
def runs(request: HttpRequest) -> HttpResponse:
    """All runs the reader may see; a new one is opened here."""
    actor = actor_of(request)
    if not reads_runs(actor):
        raise NotAllowed
    if request.method == "POST":
        return _opened(request, actor)
    found = AppraisalRun.objects.visible_to(actor).select_related("scheme")
    labels = (_("考核名称"), _("所属方"), _("考核年度"), _("被考核单位"), _("申诉截止日期"), _("考核阶段"))
    rows = [
        (
            reverse("appraisal:run", args=[one.pk]),
            (
                one.name,
                one.get_side_display(),
                str(one.year),
                number(str(len(one.subjects))),
                {"text": one.appeal_until.isoformat() if one.appeal_until else "", "kind": "date"},
                {"kind": "state", "state": stage_badge(one)},
            ),
        )
        for one in found
    ]
    schemes = openable(actor)
    shown = {
        "title": _("年度考核"),
        "sub": _("一个方案版本考核一年：自评、核对、评分、双方可见、公示、申诉、定案"),
        "crumbs": [],
        "actions": [],
        "table": table_of(labels, rows),
        "fields": _opening(schemes) if schemes else [],
        "empty": {"title": _("还没有考核"), "text": _("统筹部门发起后，各单位的自评草稿自动生成。")},
    }
    return render(request, "appraisal/runs.html", shown)


def openable(actor: Actor) -> list[AppraisalScheme]:
    """Schemes with a release of which the reader opens runs."""
    if not actor.allows(Verb.MANAGE, RUNS):
        return []
    rows = AppraisalScheme.objects.filter(releases__isnull=False).select_related("owner_unit").distinct()
    return [one for one in rows if covers(actor, Verb.MANAGE, AppraisalScheme.ledger_key(), one)]


def _opening(schemes: list[AppraisalScheme]) -> list[Drawn]:
    options = [{"value": str(one.pk), "label": one.name, "selected": False} for one in schemes]
    select = {"name": "scheme", "id": "scheme", "kind": "select", "value": "", "errors": []}
    year = {"name": "year", "id": "year", "kind": "text", "value": str(clock.today().year), "errors": []}
    return [
        {**select, "label": _("考核方案"), "options": options, "required": True},
        {**year, "label": _("考核年度"), "required": True, "maxlength": 4},
    ]


def _opened(request: HttpRequest, actor: Actor) -> HttpResponse:
    if not actor.allows(Verb.MANAGE, RUNS):
        raise NotAllowed
    try:
        scheme = UUID(request.POST.get("scheme", ""))
    except ValueError:
        raise NotVisible from None
    try:
        run = open_run(scheme, year=whole_number(request.POST.get("year", "")), actor=actor)
    except RuleViolated as refused:
        messages.error(request, str(refused))
        return redirect("appraisal:runs")
    messages.success(request, _("已发起。各单位的自评草稿已生成，数据由台账带出。"))
    return redirect("appraisal:run", run.pk)


@require_GET
def run(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One run: what is still missing, or who has how many points; what may be done next."""
    actor = actor_of(request)
    found = seen_run(pk, actor)
    is_overseen = oversees(found, actor)
    scorings = reports.scorings_of(found)
    scored = reports.scored_of(scorings)
    lacks = checked(found) if is_overseen and found.stage in {"open", "checked"} else None
    shown = {
        "title": found.name,
        "sub": _("按%(name)s第 %(number)s 版考核")
        % {"name": found.scheme.name, "number": found.release.number},
        "state": stage_badge(found),
        "crumbs": [crumb()],
        "actions": _downloads(found, actor, is_overseen=is_overseen, has_scores=scored is not None),
        "figures": _figures(found, lacks),
        "checks": drawing.checks_table(found, lacks) if lacks is not None else None,
        "scores": drawing.scores_table(found, scored.scores, scored.before) if scored else None,
        "note_on_scores": _("第 %(n)s 次评分") % {"n": scored.scoring.number} if scored else "",
        "moves": _moves(found, actor),
        "done": drawing.moves_table(found),
        "scorings": drawing.scorings_table(scorings) if scorings else None,
        "recompute_url": reverse("appraisal:run_recomputed", args=[pk]) if is_overseen and scored else "",
    }
    if is_overseen:
        shown |= appeals_part(found, actor)
    return render(request, "appraisal/run.html", shown)


def crumb() -> Drawn:
    return {"label": _("年度考核"), "url": reverse("appraisal:runs")}


def _downloads(found: AppraisalRun, actor: Actor, *, is_overseen: bool, has_scores: bool) -> list[Drawn]:
    if not (actor.allows(Verb.EXPORT, RUNS) and (has_scores or is_overseen)):
        return []
    return [
        {"label": label, "url": reverse(f"appraisal:run_{form}", args=[found.pk]), "icon": "download"}
        for label, form in ((_("导出 Excel"), "xlsx"), (_("导出 Word"), "docx"))
    ]


def _figures(found: AppraisalRun, lacks: Any) -> list[Drawn]:
    shown = [figure(_("被考核单位"), str(len(found.subjects)), _("个"))]
    if lacks is not None:
        shown.append(figure(_("不计分的考核项"), str(sum(len(one.uncounted) for one in lacks)), _("项")))
    if found.notice_until and found.appeal_until:
        shown.append(figure(_("公示截止日期"), found.notice_until.isoformat()))
        shown.append(figure(_("申诉截止日期"), found.appeal_until.isoformat()))
    return shown


def figure(name: str, value: str, unit: str = "", note: str = "") -> Drawn:
    return {"name": name, "value": value, "unit": unit, "note": note}


def _moves(found: AppraisalRun, actor: Actor) -> list[Drawn]:
    """Moves from this stage that the reader may take; those that are closed say why."""
    facts = facts_of(found, actor)
    drawn = []
    for move in MOVES.values():
        if found.stage not in move.sources or move.target is None or not may_move(found, move, actor):
            continue
        closed = [block_sentence(one, facts) for one in blocks(move, facts, _UNASKED)]
        drawn.append(_move(found, move.name, closed, asks_reason=move.asks_reason))
    return drawn


def _move(found: AppraisalRun, name: str, closed: list[str], *, asks_reason: bool) -> Drawn:
    return {
        "name": name,
        "label": move_label(name),
        "note": move_note(name),
        "closed": closed,
        "asks_reason": asks_reason,
        "url": reverse("appraisal:run_move", args=[found.pk]),
    }


@require_POST
def run_move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One move."""
    name = request.POST.get("move", "")
    try:
        move_run(pk, name, request.POST.get("reason", ""), actor=actor_of(request))
    except RuleViolated as refused:
        for said in refused.problems.get("", ()) or [str(refused)]:
            messages.error(request, said)
    else:
        messages.success(request, _("已办理：%(move)s。") % {"move": move_label(name)})
    return redirect("appraisal:run", pk)


@require_GET
def run_unit(request: HttpRequest, pk: UUID, unit: UUID) -> HttpResponse:
    """One unit: each point opens to its indicator, its rows and its evidence."""
    actor = actor_of(request)
    found = seen_run(pk, actor)
    own, is_ours = unit_of(found, unit), found.side in actor.sides
    scored = reports.scored_of(reports.scorings_of(found), unit)
    shown: Drawn = {
        "title": own.name,
        "sub": found.name,
        "state": stage_badge(found),
        "crumbs": [crumb(), {"label": found.name, "url": reverse("appraisal:run", args=[pk])}],
        "actions": [],
        "figures": [],
        "definitions": [],
    }
    if scored is None:
        if not oversees(found, actor):
            raise NotVisible
        shown["table"] = drawing.asked_table(checked(found, own)[0].items)
        return render(request, "appraisal/run_unit.html", shown)
    score, before = scored.scores[0], scored.before.get(unit)
    told = {"n": len(found.subjects)}
    shown["figures"] = [
        figure(_("总分"), wording.points(score.total), _("分"), drawing.shown_grade(found, score.grade)),
        figure(_("名次"), str(score.place_number), "", _("共 %(n)s 个单位") % told),
    ]
    earlier = before.told if before else None
    shown["table"] = drawing.unit_table(found, own, score.told, earlier, is_ours=is_ours)
    shown["definitions"] = sorted(scored.scoring.definitions.items())
    shown |= appeals_part(found, actor, own)
    return render(request, "appraisal/run_unit.html", shown)


@require_GET
def run_recomputed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The rows read again: the same bytes, or which reading is another by now."""
    actor = actor_of(request)
    run = overseen_run(pk, actor)
    found = reports.recomputed(run)
    if found is None:
        raise NotVisible
    moves = [MOVES["rescore"], MOVES["keep"]]
    may = not found.is_same and run.stage in MOVES["keep"].sources and may_move(run, moves[0], actor)
    shown = {
        "title": _("按现有台账重算"),
        "sub": run.name,
        "state": stage_badge(run),
        "crumbs": [crumb(), {"label": run.name, "url": reverse("appraisal:run", args=[pk])}],
        "actions": [],
        "found": found,
        "said": _said(found),
        "table": drawing.differences_table(run, found.differences, units_of(run)),
        "moves": [_move(run, one.name, [], asks_reason=True) for one in moves] if may else [],
    }
    return render(request, "appraisal/run_recomputed.html", shown)


def _said(found: reports.Recomputed) -> str:
    told = {"n": found.last.number, "was": found.last.digest[:16], "now": found.fresh.digest[:16]}
    if found.is_same:
        return _("与第 %(n)s 次评分逐字节一致，文本摘要 %(was)s。") % told
    if found.is_kept:
        return _("与第 %(n)s 次评分不同（%(was)s，现在 %(now)s）；已决定保留原得分。") % told
    return _("与第 %(n)s 次评分不同（%(was)s，现在 %(now)s）；原得分有效，直到有人决定。") % told


@require_GET
def run_file(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """The run as Excel or Word."""
    actor = actor_of(request)
    found = seen_run(pk, actor)
    if not actor.allows(Verb.EXPORT, RUNS):
        raise NotVisible
    paper = reports.paper_of(found, issuer_of(actor), is_overseen=oversees(found, actor))
    if paper is None:
        raise NotVisible
    return file_of(paper, form)
