"""一张图: both counties as tiles with a layer of values, each tile open; the same as table, Excel, Word."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.history import known
from shanhai.kernel.indicators.asked import asked_period
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.surfaces.display import period_label
from shanhai.kernel.surfaces.links import with_query
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.paper_pages import draw_table, files_of
from shanhai.registers.papers import FORMS, file_of
from shanhai.registers.places.layout import tiles as known_cells
from shanhai.registers.places.models import Place
from shanhai.web.boards import choice

from ..indicator_list import offered_periods
from . import alarms, boundaries, layers, leader
from .layers import ALARMS, CHIEF, MapAsked, MapFound
from .map_papers import map_paper
from .tiles import Tile, drawn, outlined

Drawn = dict[str, Any]


def may_open(actor: Actor) -> bool:
    """Whether the map has any layer for the reader."""
    return actor.home is not None and bool(alarms.readable(actor) or layers.offered(actor, asked_period({})))


def may_export(actor: Actor, asked: MapAsked) -> bool:
    """Files are for who may take along what the layer is made of."""
    if asked.layer == ALARMS:
        return any(actor.allows(Verb.EXPORT, checks.ledger) for _chapter, checks in alarms.readable(actor))
    return layers.may_be_told(actor, registry.get(asked.layer), Verb.EXPORT)


@require_GET
@known.shows_past
def the_map(request: HttpRequest) -> HttpResponse:
    """`?layer=`, `?side=`, `?period=`; `?format=xlsx`, `docx`: to take along."""
    actor = actor_of(request)
    asked = MapAsked.read(actor, request.GET)
    found = layers.found(asked)
    paper = map_paper(found, actor)
    allowed = may_export(actor, asked)
    if request.GET.get("format") in FORMS:
        if not allowed:
            raise NotAllowed
        return file_of(paper, request.GET["format"])
    context = {
        "title": _("一张图"),
        "sub": paper.note,
        "crumbs": [],
        "actions": [*_boundaries(actor), *_screen(actor, asked), *files_of(request, asked.query(), allowed)],
        "layers": _layers(actor, asked),
        "sides": _sides(asked),
        "periods": _periods(asked),
        "hidden": {"side": str(asked.side), "period": asked.period.code},
        "choices": _choices(actor, asked),
        "counties": [drawn_county(found, *one) for one in found.counties],
        "table": draw_table(paper.tables[0]),
        "layer": {"name": found.shown.name, "unit": found.shown.unit, "url": found.shown.urls[""]},
    }
    return render(request, "appraisal/map.html", context)


def _screen(actor: Actor, asked: MapAsked) -> list[Drawn]:
    """The way to the wall display, for who may see it."""
    url = with_query(reverse("appraisal:screen"), asked.query())
    return [{"label": _("大屏"), "url": url, "kind": ""}] if leader.may_open(actor) else []


def _boundaries(actor: Actor) -> list[Drawn]:
    """The way to importing boundaries, for who keeps the register of places."""
    url = reverse("appraisal:boundaries")
    return [{"label": _("边界"), "url": url, "kind": ""}] if boundaries.may_import(actor) else []


def _layers(actor: Actor, asked: MapAsked) -> list[Drawn]:
    codes = [one.code for one in layers.offered(actor, asked.period)]
    chips = [(code, str(label)) for code, label in CHIEF.items() if code in codes]
    if alarms.readable(actor):
        chips.append((ALARMS, _("预警")))
    own = {"side": str(min(actor.sides))}
    return [
        {
            "label": label,
            "url": asked.url(layer=code, **(own if code == ALARMS and asked.side not in actor.sides else {})),
            "here": code == asked.layer,
        }
        for code, label in chips
    ]


def _choices(actor: Actor, asked: MapAsked) -> Drawn:
    """Every indicator by place."""
    options = [(one.code, f"{one}（{one.unit}）") for one in layers.offered(actor, asked.period)]
    if asked.layer == ALARMS:
        options.insert(0, (ALARMS, _("预警")))
    return choice("layer", _("指标"), options, asked.layer, search=True)


def _sides(asked: MapAsked) -> list[Drawn]:
    offered = [one for one in (Side.WEST, Side.EAST) if asked.layer != ALARMS or one in asked.actor.sides]
    return [
        {
            "label": _("%(side)s填报") % {"side": one.label},
            "url": asked.url(side=str(one)),
            "here": one == asked.side,
        }
        for one in offered
    ]


def _periods(asked: MapAsked) -> list[Drawn]:
    if asked.layer == ALARMS:
        return []
    return [
        {"label": period_label(one), "url": asked.url(period=one.code), "here": one == asked.period}
        for one in offered_periods(asked.period)
    ]


def drawn_county(found: MapFound, county: Place, towns: list[Place]) -> Drawn:
    """A county with its drawing, for the template of the map."""
    told = found.shown
    tiles = [
        Tile(
            code=town.code,
            name=town.name,
            value=told.values.get(key := str(town.pk)),
            text=told.texts.get(key, "—"),
            url=told.urls.get(key, "") if key in told.values else "",
            mark=f"#{found.pairs[town.code][0]}" if town.code in found.pairs else "",
        )
        for town in towns
    ]
    color = "var(--late)" if found.asked.layer == ALARMS else "var(--sea)"
    return {
        "name": county.name,
        "note": _("%(number)s 个镇（街道）") % {"number": len(towns)},
        "color": color,
        "drawing": outlined(tiles, found.most, found.rings)
        if all(one.code in found.rings for one in tiles)
        else drawn(tiles, found.most, known_cells()),
    }
