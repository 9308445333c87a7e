"""The one place that asks whether htmx is asking."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def respond(
    request: HttpRequest,
    template: str,
    partial: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
    address: str = "",
) -> HttpResponse:
    """The whole page, or only `partial` of it for an htmx request.

    The template reads `is_partial` to send along what else on the page has changed.
    `address` is what the browser should show as the page's address: the state without empty parameters.
    """
    is_partial = bool(partial) and _is_htmx(request)
    name = f"{template}#{partial}" if is_partial else template
    response = render(request, name, {**context, "is_partial": is_partial}, status=status)
    patch_vary_headers(response, ("HX-Request",))
    if is_partial and address:
        response["HX-Push-Url"] = address
    return response


def see_other(url: str) -> HttpResponse:
    """After something was done: the page to look at, which may be loaded again."""
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


def _is_htmx(request: HttpRequest) -> bool:
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx and not htmx.history_restore_request)
