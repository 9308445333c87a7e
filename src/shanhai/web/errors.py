"""What a refused request shows: a page that says what happened and what to do, or problem+json for the API.

Error pages ask nothing of the database: the transaction of a refused request is already given up.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from shanhai.kernel.errors import Conflict, DiskFull, RuleViolated, ShanhaiError, is_of_full_disk

#: Statuses with a page of their own; any other refusal is shown as a request that was not understood.
_PAGES = frozenset({400, 403, 404, 409, 429, 500, 503})


class RefusalMiddleware:
    """Turns a `ShanhaiError` into its answer. Stands outside the kernel transaction, rolled back first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and _is_api(request):
            return _not_that_method(response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if is_of_full_disk(exception):
            return refusal(request, DiskFull())
        return refusal(request, exception) if isinstance(exception, ShanhaiError) else None


def refusal(request: HttpRequest, error: ShanhaiError) -> HttpResponse:
    """The answer to an expected refusal."""
    if _is_api(request):
        return problem(error.status, error.refusal, str(error), **_details(error))
    return error_page(request, error.status, str(error))


def _details(error: ShanhaiError) -> dict[str, Any]:
    match error:
        case RuleViolated():
            return {"problems": error.problems}
        case Conflict():
            return {"fields": [vars(one) for one in error.fields]}
        case _:
            return {}


def problem(status: int, code: str, detail: str, **more: Any) -> JsonResponse:
    """`application/problem+json` with a stable code (RFC 9457)."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "code": code}
    return JsonResponse(
        {**body, "detail": detail, **more}, status=status, content_type="application/problem+json"
    )


def error_page(request: HttpRequest, status: int, message: str = "") -> HttpResponse:
    """The page of a status, with a sentence for this case."""
    template = f"{status if status in _PAGES else 400}.html"
    is_demonstration = settings.SHANHAI_DEMONSTRATION_TODAY is not None
    html = render_to_string(
        template, {"message": message, "request": request, "shell": {"demo": is_demonstration}}
    )
    return HttpResponse(html, status=status)


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def _not_that_method(response: HttpResponse) -> HttpResponse:
    allowed = response.headers.get("Allow", "")
    told = problem(405, "method_not_allowed", _("这个地址只接受：%(methods)s。") % {"methods": allowed})
    told.headers["Allow"] = allowed
    return told


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return _answer(request, 413, "too_large")
    return _answer(request, 400, "bad_request")


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 403, "not_allowed")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 404, "not_found")


def server_error(request: HttpRequest) -> HttpResponse:
    return _answer(request, 500, "fault")


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Whoever asks too often, by the limits of allauth (which looks for `handler429` beside the others)."""
    answer = error_page(request, 429)
    answer.headers["Retry-After"] = "60"
    return answer


def _answer(request: HttpRequest, status: int, code: str) -> HttpResponse:
    if _is_api(request):
        return problem(status, code, HTTPStatus(status).phrase)
    return error_page(request, status)
