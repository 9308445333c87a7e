"""The API as a whole: who may call, how errors leave, and its addresses."""

from collections.abc import Callable
from functools import cache, wraps
from http import HTTPStatus
from typing import Any, ClassVar, NoReturn

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import APIKeyCookie

from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated, ShanhaiError
from shanhai.kernel.registry import registry
from shanhai.kernel.surfaces.views import actor_of

from .routes import ledger_router


class NotSignedIn(ShanhaiError):
    """Nobody is signed in."""

    status: ClassVar[int] = 401
    code: ClassVar[str] = "not_signed_in"
    default_message = _("请先登录。")


class BadRequest(ShanhaiError):
    """The body is no JSON."""

    code: ClassVar[str] = "bad_request"
    default_message = _("请求无法理解。")


class Session(APIKeyCookie):
    """The session of the pages; writing asks for the CSRF token as they do."""

    param_name = "sessionid"

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        actor = actor_of(request)
        return actor if actor.user_id is not None else None


type View = Callable[..., HttpResponse]


def _for_members(view: View) -> View:
    """Which ledgers there are, and what they hold, is told to people with an account."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if actor_of(request).user_id is None:
            raise NotSignedIn
        return view(request, *args, **kwargs)

    return shown


@cache
def api() -> NinjaAPI:
    """Built when first asked for: all ledgers must have been registered."""
    site = NinjaAPI(
        title=str(_("山海数据接口")),
        version="1",
        urls_namespace="api",
        docs_url=None,  # its page loads scripts from outside
        docs_decorator=_for_members,
        auth=Session(csrf=True),
    )
    for ledger in registry:
        site.add_router(f"/{ledger.app_label}/{ledger.slug}/", ledger_router(ledger))
    for kind, handler in _HANDLERS.items():
        site.add_exception_handler(kind, handler)
    return site


def _hand_over(request: HttpRequest, error: Exception) -> NoReturn:
    """Out to the middleware, which undoes the transaction and writes every refusal in one way."""
    raise error


def _not_signed_in(request: HttpRequest, error: Exception) -> NoReturn:
    raise NotSignedIn from error


def _not_found(request: HttpRequest, error: Exception) -> NoReturn:
    raise NotVisible from error


def _refused(request: HttpRequest, error: Any) -> NoReturn:
    if error.status_code == HTTPStatus.FORBIDDEN:
        raise NotAllowed(_("请求没有带上有效的 CSRF 令牌。"), code="csrf_failed") from error
    raise BadRequest from error


def _refused_body(request: HttpRequest, error: Exception) -> NoReturn:
    """A form where JSON is asked for: it has been read as a form already."""
    raise BadRequest from error


def _invalid(request: HttpRequest, error: Any) -> NoReturn:
    problems: dict[str, list[str]] = {}
    for one in error.errors:
        problems.setdefault(str(one["loc"][-1]), []).append(one["msg"])
    raise RuleViolated(_("请求的内容不符合接口的格式。"), code="bad_body", problems=problems) from error


_HANDLERS: dict[type[Exception], Callable[[HttpRequest, Any], NoReturn]] = {
    ShanhaiError: _hand_over,
    AuthenticationError: _not_signed_in,
    ValidationError: _invalid,
    HttpError: _refused,
    RawPostDataException: _refused_body,
    Http404: _not_found,
}


def api_urls() -> tuple[list[Any], str, str]:
    """Patterns below `/api/v1/`. Callers who are not signed in get a 401, never the sign-in page."""
    patterns, app_name, namespace = api().urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = login_not_required(pattern.callback)
    return patterns, app_name, namespace
