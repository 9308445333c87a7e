"""大屏: the leaders' numbers and the map in large type for a wall; draws itself anew, names no person."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shanhai.kernel import clock
from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.surfaces.links import with_query
from shanhai.kernel.surfaces.views import actor_of

from . import layers, leader, map_pages
from .leader import Leader
from .leader_pages import drawn_figure, drawn_goals
from .map_papers import said

#: Seconds after which a browser asks for the page again, by itself and without script.
AGAIN = 300
#: Targets on a wall; the leaders' page has all of them.
FEW = 8
LIGHT, DARK = "light", "dark"


@require_GET
def screen(request: HttpRequest) -> HttpResponse:
    """`?layer=`, `?side=`, `?period=` as the map; `?theme=dark`. Nothing on it leads away but back."""
    actor = actor_of(request)
    if not (leader.may_open(actor) and map_pages.may_open(actor)):
        raise NotAllowed
    asked = layers.MapAsked.read(actor, request.GET)
    found = layers.found(asked)
    theme = DARK if request.GET.get("theme") == DARK else LIGHT
    told = Leader(actor, asked.side)
    figures = [drawn_figure(one) for one in (*told.money, *told.pressing)]
    context: dict[str, Any] = {
        "title": _("东西部协作一张图"),
        "sub": f"{found.shown.name} · {said(found)}",
        "now": f"{clock.now().astimezone(clock.CHINA):%Y-%m-%d %H:%M}",
        "again": AGAIN,
        "here": address(asked, theme),
        "theme": theme,
        "figures": [{**one, "url": ""} for one in figures],
        "counties": [map_pages.drawn_county(found, *one) for one in found.counties],
        "goals": _without_links(drawn_goals(told.goals[:FEW])),
        "back": {"label": _("退出大屏"), "url": asked.url()},
        "other": {
            "label": _("浅色") if theme == DARK else _("深色"),
            "url": address(asked, LIGHT if theme == DARK else DARK),
        },
    }
    return render(request, "appraisal/screen.html", context)


def address(asked: layers.MapAsked, theme: str = LIGHT) -> str:
    """The screen of a layer."""
    return with_query(reverse("appraisal:screen"), {**asked.query(), "theme": theme})


def _without_links(table: dict[str, Any]) -> dict[str, Any]:
    """On a wall nobody clicks."""
    rows = [
        {**row, "url": "", "cells": [{**cell, "url": ""} for cell in row["cells"]]} for row in table["rows"]
    ]
    return {**table, "rows": rows}
