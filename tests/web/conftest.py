"""The gallery, served for a browser without database or session, with the content policy of the product."""

import threading
import types
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import override_settings
from django.urls import include, path
from playwright.sync_api import Browser, Page

from browsing import chromium
from shanhai.web.styleguide.pages import PAGES
from web.sample_shell import TEMPLATES

MIDDLEWARE = [
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]


def answer_with_rows(request: HttpRequest) -> HttpResponse:
    """The list as the product answers: whole to a browser, its table to htmx; `q=fail` breaks."""
    if request.GET.get("q") == "fail":
        return HttpResponse("no", status=500)
    _label, template, sample = PAGES["list"]
    context = sample()
    context["list_url"] = request.path
    context["search"]["value"] = request.GET.get("q", "")
    context["table"]["rows"] = context["table"]["rows"][: 3 if request.GET.get("q") else 12]
    return render(request, template + ("#table" if "HX-Request" in request.headers else ""), context)


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *_arguments: Any) -> None:
        """A test that fails shows what the page said, not what was served."""


class GalleryServer(ThreadingHTTPServer, WSGIServer):
    daemon_threads = True


@pytest.fixture(scope="module")
def gallery() -> Iterator[str]:
    """Address of the running gallery."""
    urls = types.ModuleType("gallery_urls")
    urls.urlpatterns = [  # type: ignore[attr-defined]
        path("styleguide/list/", answer_with_rows),
        path("styleguide/", include("shanhai.web.styleguide.urls")),
    ]
    with override_settings(ROOT_URLCONF=urls, TEMPLATES=TEMPLATES, MIDDLEWARE=MIDDLEWARE, DEBUG=False):
        server = GalleryServer(("127.0.0.1", 0), QuietHandler)
        server.set_app(StaticFilesHandler(get_wsgi_application()))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/styleguide/"
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()
