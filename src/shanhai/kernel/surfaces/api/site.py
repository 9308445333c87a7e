"""The API as a whole: who may call, what its document says, and its addresses."""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from shanhai.kernel.registry import registry
from shanhai.kernel.surfaces.views import actor_of

from .amended import amendments_router
from .answers import Replay, keep
from .document import completed
from .doors import Door, require_token
from .extending import further_routes
from .figures import figures_router
from .looking_up import lookup_router
from .owed import obligations_router
from .problems import HANDLERS, NotSignedIn
from .reading import Readable
from .routes import ledger_router
from .work import jobs_router

type View = Callable[..., HttpResponse]


def _for_members(view: View) -> View:
    """Which ledgers there are, and what they hold, is told to people with an account."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require_token(request)
        if actor_of(request).user_id is None:
            raise NotSignedIn
        return view(request, *args, **kwargs)

    return shown


class Api(NinjaAPI):
    """Keeps answers to calls with a key; tells in its document what holds for every operation."""

    def create_response(self, request: HttpRequest, data: Any, **more: Any) -> HttpResponse:
        response = super().create_response(request, data, **more)
        keep(request, response)
        return response

    def get_openapi_schema(self, **more: Any) -> OpenAPISchema:
        """The document; drawn up once for a language, which takes seconds. Nobody may change it."""
        return self._drawn_up(get_language(), more.get("path_prefix"))

    @cache  # noqa: B019  (there is one API for as long as the process lives)
    def _drawn_up(self, language: str, path_prefix: str | None) -> OpenAPISchema:
        return completed(super().get_openapi_schema(path_prefix=path_prefix))


@cache
def api() -> NinjaAPI:
    """Built when first asked for: all ledgers must have been registered."""
    site = Api(
        title=str(_("山海数据接口")),
        version="1",
        urls_namespace="api",
        docs_url=None,  # its page loads scripts from outside
        docs_decorator=_for_members,
        auth=Door(),
        parser=Readable(),
    )
    for ledger in registry:
        site.add_router(f"/{ledger.app_label}/{ledger.slug}/", ledger_router(ledger))
    site.add_router("/amendments/", amendments_router())
    site.add_router("/indicators/", figures_router())
    site.add_router("/jobs/", jobs_router())
    site.add_router("/lookup/", lookup_router())
    site.add_router("/obligations/", obligations_router())
    for prefix, routes in further_routes():
        site.add_router(prefix, routes())
    for kind, handler in HANDLERS.items():
        site.add_exception_handler(kind, handler)
    site.add_exception_handler(Replay, _answered_before)
    return site


def _answered_before(request: HttpRequest, known: Any) -> HttpResponse:
    answer: HttpResponse = known.response
    return answer


def api_urls() -> tuple[list[Any], str, str]:
    """Patterns below `/api/v1/`. Callers who are not signed in get a 401, never the sign-in page."""
    patterns, app_name, namespace = api().urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = login_not_required(pattern.callback)
    return patterns, app_name, namespace
