"""The pages of the indicators: parse, call, respond. What they show is composed in the modules beside."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shanhai.kernel.history import known
from shanhai.kernel.indicators.asked import dimensions
from shanhai.kernel.indicators.figures import Figure, value
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.indicators.rows import own
from shanhai.kernel.indicators.words import definition
from shanhai.kernel.surfaces.links import link_to, with_query
from shanhai.kernel.surfaces.respond import respond

from .asking import Asking, period_chips, side_chips
from .indicator_amended import amended_context, amended_notice
from .indicator_evidence import Evidence
from .indicator_exports import breakdown_workbook, list_workbook, places_workbook, workbook_response
from .indicator_list import list_context
from .indicator_overview import Overview
from .indicator_rows import Composition
from .indicator_sides import Sides
from .indicator_since import since_context
from .naming import named_scope

Drawn = dict[str, Any]


@require_GET
@known.shows_past
def indicators(request: HttpRequest) -> HttpResponse:
    return respond(request, "appraisal/indicators.html", "", list_context(request))


@require_GET
@known.shows_past
def indicators_export(request: HttpRequest) -> HttpResponse:
    book = places_workbook if request.GET.get("by") == "place" else list_workbook
    return workbook_response(*book(request))


@require_GET
@known.shows_past
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    asking = Asking.by(request, code)
    overview = Overview(asking)
    shown = frame(asking, overview.now.figure, "indicator") | overview.context()
    shown["since"] = since_context(asking)
    return respond(request, "appraisal/indicator.html", "", shown)


@require_GET
@known.shows_past
def indicator_rows(request: HttpRequest, code: str) -> HttpResponse:
    asking = Asking.by(request, code)
    given = {name: request.GET.get(name, "") for name in ("reason", "after", "before")}
    composition = Composition(asking, **given)
    shown = frame(asking, composition.figure, "indicator_rows") | composition.context()
    return respond(request, "appraisal/indicator_rows.html", "rows", shown, address=request.get_full_path())


@require_GET
@known.shows_past
def indicator_evidence(request: HttpRequest, code: str) -> HttpResponse:
    asking = Asking.by(request, code)
    shown = frame(asking, _figure(asking), "indicator_evidence")
    shown |= Evidence(asking, after=request.GET.get("after", "")).context()
    return respond(
        request, "appraisal/indicator_evidence.html", "files", shown, address=request.get_full_path()
    )


@require_GET
@known.shows_past
def indicator_sides(request: HttpRequest, code: str) -> HttpResponse:
    asking = Asking.by(request, code)
    shown = frame(asking, _figure(asking), "indicator_sides")
    asked = {name: request.GET.get(name, "") for name in ("match", "after")}
    shown |= Sides(asking, **asked, is_whole=request.GET.get("part") == "all").context()
    return respond(request, "appraisal/indicator_sides.html", "pairs", shown, address=request.get_full_path())


@require_GET
def indicator_amended(request: HttpRequest, code: str) -> HttpResponse:
    """The rows that count differently since they were amended."""
    asking = Asking.by(request, code)
    shown = frame(asking, _figure(asking), "indicator_amended")
    shown |= amended_context(asking, request.GET.get("since", ""))
    return respond(request, "appraisal/indicator_amended.html", "", shown)


@require_GET
@known.shows_past
def indicator_definition(request: HttpRequest, code: str) -> HttpResponse:
    asking = Asking.by(request, code)
    shown = frame(asking, _figure(asking), "indicator_definition")
    shown |= {"definition": definition(asking.indicator), "versions": _versions(asking)}
    return respond(request, "appraisal/indicator_definition.html", "", shown)


@require_GET
@known.shows_past
def indicator_export(request: HttpRequest, code: str) -> HttpResponse:
    return workbook_response(*breakdown_workbook(Asking.by(request, code)))


def _figure(asking: Asking) -> Figure:
    return value(own(asking.indicator, asking.period), asking.scope, asking.period)


def frame(asking: Asking, figure: Figure, page: str) -> Drawn:
    """Head, tabs and chips that every page of one indicator shares. `figure`: whose rows the tab counts."""
    indicators_url = with_query(link_to("appraisal:indicators"), asking.query())
    return {
        "title": str(asking.indicator),
        "sub": _subtitle(asking),
        "crumbs": [{"label": _("指标"), "url": indicators_url}],
        "actions": _actions(asking),
        "tabs": _tabs(asking, figure, page),
        "sides": side_chips(asking, page),
        "periods": period_chips(asking, page),
        "narrowings": list(_narrowings(asking, page)),
        "amended": amended_notice(asking),
    }


def _subtitle(asking: Asking) -> str:
    indicator = asking.indicator
    parts = [
        str(indicator.unit),
        indicator.span.label,
        indicator.direction.label,
        _("依据：%(clause)s") % {"clause": indicator.clause},
        _("口径自 %(day)s 起有效") % {"day": indicator.valid_from.isoformat()},
    ]
    return " · ".join(parts)


def _actions(asking: Asking) -> list[Drawn]:
    return [
        {"label": _("导出分解表"), "url": asking.url("indicator_export"), "kind": "", "icon": "download"},
        {"label": _("佐证包"), "url": _pack(asking), "kind": "primary", "main": True},
    ]


def _pack(asking: Asking) -> str:
    """Papers of the figure as it is shown."""
    asked = {"about": "indicator", "code": asking.indicator.code, **asking.query()}
    return with_query(link_to("appraisal:pack"), asked)


def _tabs(asking: Asking, figure: Figure, page: str) -> list[Drawn]:
    tabs = [
        ("indicator", _("总览")),
        ("indicator_rows", _("构成（%(rows)s 行）") % {"rows": f"{figure.counted:,}"}),
        ("indicator_evidence", _("佐证")),
        ("indicator_sides", _("两地对账")),
        ("indicator_definition", _("口径与版本")),
    ]
    return [{"label": label, "url": asking.url(name), "here": name == page} for name, label in tabs]


def _narrowings(asking: Asking, page: str) -> Any:
    """What the scope is narrowed to, each with an address without it."""
    for label, text, wider in named_scope(asking, dimensions(asking.indicator, asking.period)):
        yield {"label": label, "text": text, "url": wider.url(page), "here": True, "remove": True}


def _versions(asking: Asking) -> list[Drawn]:
    return [
        {
            "from": one.valid_from.isoformat(),
            "to": one.valid_to.isoformat() if one.valid_to else _("现行"),
            "clause": one.clause,
            "note": str(one.note),
            "lines": definition(one),
            "here": one is asking.indicator,
        }
        for one in reversed(registry.versions(asking.indicator.code))
    ]
