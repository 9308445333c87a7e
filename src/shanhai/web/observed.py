"""Every request has a number, is counted and timed; its line in the log says nothing of what was asked for.

Outside all others but the probes, so that refusals and files of the shell count as well.
"""

import logging
from collections.abc import Callable
from time import perf_counter

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from uuid_utils.compat import uuid7

from shanhai.kernel.observing import figures, work

logger = logging.getLogger(__name__)

#: A caller may invent methods: each would be a row of its own for ever.
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_FAULT = 500


class ObservedMiddleware:
    """Tells the number back as `X-Request-ID`; history records the same."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        with work.under_way("request", str(uuid7())) as done:
            response = self.get_response(request)
            seconds = perf_counter() - began
            route = _route(request)
            with figures.counting():
                _count(request, route, response.status_code, seconds, done)
            _write(request, route, response.status_code, seconds, done)
        response["X-Request-ID"] = done.number
        return response


def _route(request: HttpRequest) -> str:
    """Its name, never the address: that may hold keys of rows, or a token."""
    if match := request.resolver_match:
        return match.view_name or "unnamed"
    return "static" if request.path_info.startswith(settings.STATIC_URL) else "none"


def _count(request: HttpRequest, route: str, status: int, seconds: float, done: work.Work) -> None:
    method = request.method if request.method in _METHODS else "other"
    figures.REQUESTS.labels(route, method, status).inc()
    figures.REQUEST_SECONDS.labels(route).observe(seconds)
    figures.REQUEST_STATEMENTS.labels(route).observe(done.statements)
    figures.DATABASE_SECONDS.labels(route).observe(done.seconds)


def _write(request: HttpRequest, route: str, status: int, seconds: float, done: work.Work) -> None:
    """Faults and slow answers always; every answer where the operator wants the level INFO."""
    level = logging.ERROR if status >= _FAULT else logging.INFO
    if 0 < settings.SHANHAI_SLOW_REQUEST_MS <= seconds * 1000:
        level = max(level, logging.WARNING)
    if not logger.isEnabledFor(level):
        return
    known = {
        "route": route,
        "method": request.method if request.method in _METHODS else "other",
        "status": status,
        "user": _user(request),
        "seconds": round(seconds, 3),
        "statements": done.statements,
        "database_seconds": round(done.seconds, 3),
    }
    logger.log(level, "request", extra=known)


def _user(request: HttpRequest) -> int | str | None:
    """The number of the account, never its name; None before anybody is known."""
    actor = getattr(request, "actor", None)
    found = actor.user_id if actor else None
    return found if isinstance(found, int) else None if found is None else str(found)
