"""供需匹配: the runs, one run with what it proposes and why, and the forms by which people decide."""

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import SheetColumn
from shanhai.kernel.sheets.writing import write_xlsx
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.links import with_query
from shanhai.kernel.surfaces.typed import whole_number
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.tables import table_of
from shanhai.web.later import answer

from . import matching_acts as acts
from . import matching_reports as reports
from . import matching_run as running
from . import matching_wording as wording
from . import own
from .matching_tables import PARTS, Part, pairs_table
from .models import MatchRun, MatchWeight, Placement
from .rolling_pages import panel_of

Drawn = dict[str, Any]
#: Rows on one page, and runs on the list.
PAGE, RUNS = 50, 60
_REASON = {"name": "reason", "id": "refusal", "kind": "text", "maxlength": 200, "value": "", "errors": []}


@require_GET
def matching(request: HttpRequest) -> HttpResponse:
    """Runs of the reader's side, newest first; for whoever may, the button that begins one."""
    actor = actor_of(request)
    found = list(reports.runs(actor)[:RUNS])
    actions = []
    if running.may_run(actor):
        url = reverse("labour:start_matching")
        actions = [{"label": _("开始匹配"), "url": url, "kind": "primary", "main": True, "method": "post"}]
    shown = {
        "title": _("供需匹配"),
        "sub": _("按权重给每一对打分，求总分最高的配法，并证明离最优还差多少；接受、拒绝、人工拟配由人决定"),
        "crumbs": [],
        "actions": actions,
        "table": _runs_table(found),
        "rolling": panel_of(actor),
        "empty": {
            "title": _("还没有运行过匹配"),
            "text": _("岗位需求、求职意向、匹配权重报上来以后，由本方统筹点“开始匹配”。"),
            "actions": [],
        },
    }
    return render(request, "labour/matching.html", shown)


def _runs_table(found: Sequence[MatchRun]) -> Drawn:
    labels = (
        _("运行时间"),
        _("起因"),
        _("参加人数"),
        _("空缺名额"),
        _("拟配人数"),
        _("已定人数"),
        _("达到上界"),
        _("人工决定的代价"),
    )
    return table_of(
        labels,
        [
            (
                reverse("labour:match_run", args=[one.pk]),
                (
                    moment(one.run_at),
                    wording.cause(one),
                    _number(one.workers),
                    _number(one.seats),
                    _number(one.matched),
                    _number(one.fixed),
                    {"text": f"{one.of_bound:f}%", "kind": "number"},
                    {"text": wording.number(one.regret), "kind": "number"},
                ),
            )
            for one in found
        ],
    )


def _number(value: int) -> Drawn:
    return {"text": f"{value:,}", "kind": "number"}


@require_POST
def start_matching(request: HttpRequest) -> HttpResponse:
    """Begin a run and show how far it is."""
    actor = actor_of(request)
    reports.require_reader(actor)
    return redirect("job", running.start(actor).pk)


@require_GET
def match_run(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """One run: the proof, and one part of what it found; `?format=xlsx`: the part as a file."""
    actor = actor_of(request)
    run = reports.run_of(pk, actor)
    code = request.GET.get("part", "")
    part = PARTS.get(code, PARTS["pairs"])
    told = reports.told(run)
    rows = part.rows(told)
    if request.GET.get("format") == "xlsx":
        if not actor.allows(Verb.EXPORT, Placement.ledger_key()):
            raise NotAllowed
        return _workbook(part, rows, run)
    return render(request, "labour/match_run.html", _run_context(request, actor, told, part, rows))


def _run_context(
    request: HttpRequest, actor: Actor, told: reports.Told, part: Part, rows: Sequence[Any]
) -> Drawn:
    run, url = told.run, reverse("labour:match_run", args=[told.run.pk])
    last = max(0, (len(rows) - 1) // PAGE)
    at = min(max(whole_number(request.GET.get("page", "")) - 1, 0), last)
    here = rows[at * PAGE : (at + 1) * PAGE]
    is_last = not MatchRun.objects.filter(side=run.side, pk__gt=run.pk).exists()
    may = part.code == "pairs" and is_last and actor.allows(Verb.EDIT, Placement.ledger_key())
    export = {
        "label": _("导出 Excel"),
        "url": with_query(url, {"part": part.code, "format": "xlsx"}),
        "kind": "",
    }
    shown = part.code == "pairs"
    return {
        "title": _("匹配运行"),
        "sub": moment(run.run_at),
        "crumbs": [{"label": _("供需匹配"), "url": reverse("labour:matching")}],
        "actions": [export | {"icon": "download"}]
        if actor.allows(Verb.EXPORT, Placement.ledger_key())
        else [],
        "figures": _figures(run),
        "proof": wording.proof(run),
        "notes": [wording.cause(run), wording.regret(run), *_left_out(run)],
        "weights": _weights(run),
        "tabs": [
            {
                "label": f"{one.label} {one.count(run):,}",
                "url": with_query(url, {"part": one.code}),
                "here": one.code == part.code,
            }
            for one in PARTS.values()
        ],
        "table": pairs_table(here, actor, may_pick=may) if shown else part.table(here),
        "decide": reverse("labour:decide_placements") if may and here else "",
        "run": run,
        "reason": _REASON | {"label": _("拒绝原因")},
        "previous": with_query(url, {"part": part.code, "page": at}) if at else "",
        "following": with_query(url, {"part": part.code, "page": at + 2}) if at < last else "",
        "empty": {"title": _("这里没有记录"), "text": "", "actions": []},
    }


def _figures(run: MatchRun) -> list[Drawn]:
    made = reports.overrides(run.side)
    seats = _("空缺 %(seats)s 个名额") % {"seats": f"{run.seats:,}"}
    share = "–" if made.share is None else f"{made.share:f}"
    told = {"refused": made.refused, "hand": made.by_hand, "accepted": made.accepted}
    return [
        {"name": _("参加人数"), "value": f"{run.workers:,}", "unit": _("人"), "note": seats},
        {
            "name": _("拟配人数"),
            "value": f"{run.matched:,}",
            "unit": _("人"),
            "note": _("另有已定 %(fixed)s 人") % {"fixed": f"{run.fixed:,}"},
        },
        {
            "name": _("达到上界"),
            "value": f"{run.of_bound:f}",
            "unit": "%",
            "note": _("上界 %(bound)s 分") % {"bound": wording.number(run.bound)},
        },
        {
            "name": _("人工改变率"),
            "value": share,
            "unit": "" if made.share is None else "%",
            "note": _("接受 %(accepted)s，拒绝 %(refused)s，人工拟配 %(hand)s") % told,
        },
    ]


def _left_out(run: MatchRun) -> list[str]:
    """Who has a wish and did not take part, and why."""
    if not run.left_out:
        return []
    reasons = "；".join(f"{wording.LEFT_OUT[code]} {number:,} 人" for code, number in run.left_out.items())
    return [_("有意向而没有参加：%(reasons)s。") % {"reasons": reasons}]


def _weights(run: MatchRun) -> str:
    labels = dict(MatchWeight.Term.choices)
    return "；".join(f"{labels.get(term, term)} {value}" for term, value in run.weights.items())


def _workbook(part: Part, rows: Sequence[Any], run: MatchRun) -> FileResponse:
    columns = [SheetColumn(str(at), label, kind) for at, (label, kind) in enumerate(part.columns())]
    lines = ({str(at): value for at, value in enumerate(part.values(row))} for row in rows)
    title = f"{_('供需匹配')}-{part.label}"
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "matching.xlsx"
        write_xlsx(columns, lines, f"{title} {moment(run.run_at)}", out)
        opened = out.open("rb")  # stays readable after the folder is gone
    return FileResponse(opened, as_attachment=True, filename=f"{title}.xlsx")


@require_POST
def decide_placements(request: HttpRequest) -> HttpResponse:
    """Accept or refuse those ticked."""
    actor = actor_of(request)
    reports.require_reader(actor)
    if not actor.allows(Verb.EDIT, Placement.ledger_key()):
        raise NotAllowed
    run = request.POST.get("run", "")
    try:
        pks = [UUID(one) for one in request.POST.getlist("ids")]
        standing = Placement.Standing(request.POST.get("standing", ""))
        made = acts.decide_many(pks, standing=standing, actor=actor, reason=request.POST.get("reason", ""))
    except RuleViolated as refused:
        messages.error(request, str(refused))
    except ValueError:
        messages.error(request, _("请选择拟配和接受或拒绝。"))
    else:
        _tell(request, made)
    try:
        return redirect("labour:match_run", UUID(run))
    except ValueError:
        return redirect("labour:matching")


def _tell(request: HttpRequest, made: acts.Decided) -> None:
    if made.done:
        messages.success(request, _("已办理 %(number)s 条拟配。") % {"number": made.done})
    for name, sentence in made.refused[:10]:
        messages.error(request, f"{name}：{sentence}" if name else sentence)
    if len(made.refused) > 10:  # noqa: PLR2004
        messages.error(request, _("另有 %(number)s 条没有办理。") % {"number": len(made.refused) - 10})


@require_POST
def advance_placement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside a placement: its next standing."""

    def record(version: int) -> None:
        standing, day = _step(request)
        acts.advance(
            pk,
            standing=standing,
            actor=actor_of(request),
            row_version=version,
            day=day,
            reason=request.POST.get("reason", ""),
        )

    return answer(request, reverse("labour:placement_detail", args=[pk]), record)


@require_POST
def answer_placement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A worker's own word on a post that was offered, by the own account."""
    actor = actor_of(request)
    own.own_placement(pk, actor)

    def record(version: int) -> None:
        standing, reason = request.POST.get("standing", ""), request.POST.get("reason", "")
        own.answer_placement(pk, standing=standing, actor=actor, row_version=version, reason=reason)

    return answer(request, reverse("parties:mine"), record)


def _step(request: HttpRequest) -> tuple[Placement.Standing, date | None]:
    text = request.POST.get("day", "").strip()
    try:
        return Placement.Standing(request.POST.get("standing", "")), date.fromisoformat(
            text
        ) if text else None
    except ValueError:
        raise RuleViolated(_("请选择办理事项，日期请写成 2021-09-24。"), code="bad_date") from None
