"""单位记分牌: units compared, sortable; what of one unit is returned and lacks papers, ledger by ledger."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shanhai.kernel import clock
from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import with_query
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.paper_pages import draw_table, files_of
from shanhai.registers.papers import FORMS, file_of
from shanhai.registers.parties.models import Unit
from shanhai.registers.tables import table_of
from shanhai.web.boards import page, section

from .board import Board, Line, may_open, scoreboard_paper
from .scores import MISSING, RETURNED, Counted

Drawn = dict[str, Any]
#: The year of these many digits.
_DIGITS = 4


def asked_year(text: str) -> int:
    """This year without. Errors: NotVisible for what is no year."""
    if not text:
        return clock.today().year
    if not (text.isascii() and text.isdigit() and len(text) == _DIGITS):
        raise NotVisible
    return int(text)


def may_export(actor: Actor) -> bool:
    return any(actor.allows(Verb.EXPORT, one.key) for one in registry)


def require(actor: Actor) -> None:
    """Errors: NotVisible."""
    if not may_open(actor):
        raise NotVisible


@require_GET
def scoreboard(request: HttpRequest) -> HttpResponse:
    """`?year=`, `?sort=`; `?format=xlsx`, `docx`."""
    actor = actor_of(request)
    require(actor)
    year, sort = asked_year(request.GET.get("year", "")), request.GET.get("sort", "rate")
    board = Board(actor, year)
    paper = scoreboard_paper(board, sort)
    if request.GET.get("format") in FORMS:
        if not may_export(actor):
            raise NotAllowed
        return file_of(paper, request.GET["format"])
    table = draw_table(paper.tables[0])
    for heading, column in zip(table["columns"], paper.tables[0].columns, strict=True):
        heading["sort_url"] = _address(year, column.name)
        heading["sorted"] = "ascending" if column.name == sort else ""
    query = {"year": str(year), "sort": sort}
    years = [clock.today().year - back for back in range(3)]
    context = {
        "title": paper.title,
        "sub": _("%(number)s 个单位") % {"number": len(board.lines)},
        "crumbs": [],
        "actions": files_of(request, query, may_export(actor) and bool(board.lines)),
        "notices": [{"kind": "", "text": paper.note}],
        "tabs": [
            {"label": str(one), "url": _address(one, sort), "here": one == year}
            for one in sorted({*years, year}, reverse=True)
        ],
        "sections": [{"title": "", "note": "", "table": table, "empty": _("没有可以比较的单位。")}],
    }
    return render(request, "appraisal/scoreboard.html", context)


def _address(year: int, sort: str) -> str:
    return with_query(reverse("appraisal:scoreboard"), {"year": year, "sort": sort})


def line_of(board: Board, pk: UUID) -> tuple[Unit, Line | None]:
    """A unit of the reader's own side with its line. Errors: NotVisible."""
    line = next((one for one in board.lines if one.unit.pk == pk), None)
    unit = line.unit if line else Unit.objects.filter(pk=pk, side__in=board.actor.sides).first()
    if unit is None:
        raise NotVisible
    return unit, line


@require_GET
def score_unit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One unit: what is returned and what lacks papers, each ledger's number open to its rows."""
    actor = actor_of(request)
    require(actor)
    board = Board(actor, clock.today().year)
    unit, line = line_of(board, pk)
    paper = scoreboard_paper(board, "unit")
    shown = [one for one in paper.tables[0].rows if line is not None and one.cells[0] == str(unit)]
    context = page(
        str(unit),
        sub=paper.note,
        crumbs=[{"label": paper.title, "url": reverse("appraisal:scoreboard")}],
        sections=[
            section(paper.title, draw_table(paper.tables[0], shown), empty=_("没有可以比较的数。")),
            _section(_("被退回"), board.returned, RETURNED, unit),
            _section(_("缺佐证"), board.missing, MISSING, unit),
        ],
    )
    return render(request, "web/board.html", context)


def _section(title: str, found: Sequence[Counted], what: str, unit: Unit) -> Drawn:
    own = [one for one in found if one.unit == unit.pk]
    rows = [
        (one.url(what, unit.code), (one.ledger.label, {"text": f"{one.number:,}", "kind": "number"}))
        for one in own
    ]
    table = table_of((_("台账"), _("条数")), rows)
    return {**section(title, table, empty=_("没有。")), "id": what}
