"""Addresses for whoever watches: `/healthz` (does it answer), `/readyz` (can it work), `/metrics` (figures).

Before all other middleware: a probe has no session, names the machine as it likes, and comes without HTTPS.
They tell names of conditions, of routes and kinds, and numbers; nothing else.
"""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare

from shanhai.kernel.health import basic
from shanhai.kernel.observing import exposition

#: A proxy says by these that it asks for somebody else, whose address is not the machine's own.
_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REAL_IP", "HTTP_FORWARDED")
#: Without these nothing works; without a worker pages do.
_NEEDED = frozenset({"database", "disk"})


class ProbeMiddleware:
    """Answers probes by itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == "/healthz":
            return HttpResponse("ok\n", content_type="text/plain")
        if request.path_info == "/readyz":
            return _ready()
        if request.path_info == "/metrics":
            return _metrics(request)
        return self.get_response(request)


def _ready() -> HttpResponse:
    conditions = {one.key: one.is_good for one in basic()}
    is_ready = all(conditions.get(key, False) for key in _NEEDED)
    answer = JsonResponse({"ready": is_ready, "conditions": conditions}, status=200 if is_ready else 503)
    answer["Cache-Control"] = "no-store"
    return answer


def _metrics(request: HttpRequest) -> HttpResponse:
    """For whoever has the token, else for the machine itself; anybody else learns nothing of it."""
    if not _may_watch(request):
        return HttpResponse("not found\n", status=404, content_type="text/plain")
    body, kind = exposition.latest()
    return HttpResponse(body, content_type=kind, headers={"Cache-Control": "no-store"})


def _may_watch(request: HttpRequest) -> bool:
    if token := settings.SHANHAI_METRICS_TOKEN:
        return constant_time_compare(request.META.get("HTTP_AUTHORIZATION", ""), f"Bearer {token}")
    if any(name in request.META for name in _FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
