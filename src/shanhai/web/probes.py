"""Addresses for whoever watches the service: `/healthz` (does it answer) and `/readyz` (can it work).

Before all other middleware: a probe has no session, names the machine as it likes, and comes without HTTPS.
They tell names of conditions and nothing else.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from shanhai.kernel.health import basic

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
        return self.get_response(request)


def _ready() -> HttpResponse:
    conditions = {one.key: one.is_good for one in basic()}
    is_ready = all(conditions.get(key, False) for key in _NEEDED)
    answer = JsonResponse({"ready": is_ready, "conditions": conditions}, status=200 if is_ready else 503)
    answer["Cache-Control"] = "no-store"
    return answer
