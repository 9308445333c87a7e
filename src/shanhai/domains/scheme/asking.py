"""Small things every page of the chapter does: the actor, an action with its sentence, and the way back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import link_to

Drawn = dict[str, Any]


def actor_of(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined,no-any-return]


def attempt(request: HttpRequest, act: Callable[[], str], back: str) -> HttpResponse:
    """Do `act` whole or not at all, say what it answers or why it refused, and go to `back`."""
    try:
        with transaction.atomic():
            said = act()
    except RuleViolated as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect(back)


def whole(text: str | None, default: int = -1) -> int:
    """A whole number from a form, or `default`."""
    return int(text) if text and text.isascii() and text.isdigit() else default


def crumbs(*steps: tuple[Any, str]) -> list[Drawn]:
    return [{"label": str(label), "url": url} for label, url in steps]


def action(label: Any, url: str, **more: Any) -> Drawn:
    return {"label": str(label), "url": url, "kind": "", **more}


def version_url(version: Any) -> str:
    return link_to("scheme:version", pk=version.pk)
