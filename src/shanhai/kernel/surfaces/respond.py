"""Answers: a page or the part that htmx asks for, what to look at next, a file to take along."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header

#: Kinds of files by how their names end.
_KINDS = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


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


def file_answer(content: bytes, name: str) -> HttpResponse:
    """A file to take along; its kind is told by how its name ends."""
    response = HttpResponse(content, content_type=_KINDS[name.rpartition(".")[2]])
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _is_htmx(request: HttpRequest) -> bool:
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx and not htmx.history_restore_request)
