"""What stands around every request: limits of the session, the transaction, what must be done first."""

from collections.abc import Callable
from functools import partial
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect
from uuid_utils.compat import uuid7

from shanhai.kernel import context, kept
from shanhai.kernel.observing import work
from shanhai.kernel.scope import ANONYMOUS, Actor
from shanhai.kernel.surfaces.api.doors import HANDED_IN
from shanhai.kernel.surfaces.links import with_query
from shanhai.registers.own import is_open, own_pages

from . import sessions
from .models import ApiToken, User
from .single_sign_on.adapter import PROVEN

#: What a user may reach who must do something first, and by what that is.
_OPEN = frozenset({"account_logout", "account_login", "set_language"})
_OPEN_BY_DUTY = {
    "account_change_password": frozenset({"account_change_password"}),
    "mfa_index": frozenset(
        {
            "mfa_index",
            "mfa_activate_totp",
            "mfa_add_webauthn",
            "mfa_view_recovery_codes",
            "account_reauthenticate",
        }
    ),
}


def _duty(user: User, session: SessionBase) -> str:
    """The page of what a user must do before anything else; "" for nothing."""
    if user.must_change_password:
        return "account_change_password"
    return "mfa_index" if user.owes_factor and not session.get(PROVEN) else ""


def _acting(request: HttpRequest) -> Actor:
    user, token = request.user, getattr(request, HANDED_IN, None)
    if not isinstance(user, User):
        return ANONYMOUS
    return user.actor().narrowed(token.narrowing()) if isinstance(token, ApiToken) else user.actor()


def _request_id(request: HttpRequest) -> str:
    """The number of the request in the logs; of a call with a token the end of the token's key beside it."""
    observed, token = work.current(), getattr(request, HANDED_IN, None)
    number = observed.number if observed else ""
    return f"{number or uuid7()} token:{token.pk.hex[-12:]}" if isinstance(token, ApiToken) else number


class SessionLimitMiddleware:
    """Ends a session that stood idle too long or began too long ago; notes that it is in use."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if SESSION_KEY in request.session:
            if sessions.is_over(request.session):
                sessions.time_out(request)
                messages.info(request, _("很久没有操作，或登录已满规定的时间，已自动退出。请重新登录。"))
            else:
                sessions.see(request)
        return self.get_response(request)


class KernelTransactionMiddleware:
    """One transaction per request. A refused or failed request leaves nothing behind."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor = _acting(request)
        request.actor = actor  # type: ignore[attr-defined]
        number = _request_id(request)
        begun = partial(context.acting, actor, request_id=number)
        with kept.staying(begun), begun() as current:
            request.kernel_context = current  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """A view that raised must not leave half its writes, whatever page the error becomes.

        What allauth raises to lead elsewhere, as to prove again who one is, is no failure.
        """
        if not isinstance(exception, (ImmediateHttpResponse, ReauthenticationRequired)):
            transaction.set_rollback(True)


class DutiesFirstMiddleware:
    """A password that somebody else knows or that is too old, a factor that is owed: these come first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, arguments: Any, options: Any
    ) -> HttpResponse | None:
        user, match = request.user, request.resolver_match
        name = match.view_name if match else ""
        if (
            not isinstance(user, User)
            or not (duty := _duty(user, request.session))
            or name in _OPEN | _OPEN_BY_DUTY[duty]
        ):
            return None
        if request.path.startswith("/api/"):
            raise PermissionDenied  # answered as problem+json by the handler of 403
        target = request.get_full_path() if request.method == "GET" else ""
        url = with_query(reverse(duty), {"next": target})
        return HttpResponseClientRedirect(url) if request.headers.get("HX-Request") else redirect(url)


class OwnPagesMiddleware:
    """An account bound to one person or employer finds its own pages and nothing else (ADR 0041)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, arguments: Any, options: Any
    ) -> HttpResponse | None:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        if actor.subject is None:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name == "home":
            return redirect(own_pages(actor.subject.kind)[0].url_name)
        if not is_open(name, actor.subject.kind):
            raise Http404
        return None
