"""What stands around every request: limits of the session, the kernel transaction, a password to replace."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from shanhai.kernel import context
from shanhai.kernel.scope import ANONYMOUS, Actor
from shanhai.kernel.surfaces.links import with_query

from . import sessions
from .models import User

#: What a user who must change the password may reach.
_OPEN = frozenset({"account_change_password", "account_logout", "account_login", "set_language"})


class ActorRequest(HttpRequest):
    """A request behind the middleware: `actor` is always there, without grants when nobody signed in."""

    actor: Actor


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
        user = request.user
        actor = user.actor() if isinstance(user, User) else ANONYMOUS
        request.actor = actor  # type: ignore[attr-defined]
        with context.acting(actor) as current:
            request.kernel_context = current  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """A view that raised must not leave half its writes, whatever page the error becomes."""
        transaction.set_rollback(True)


class FirstPasswordMiddleware:
    """Whoever has a password that somebody else knows, or that is too old, changes it first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, arguments: Any, options: Any
    ) -> HttpResponse | None:
        user, match = request.user, request.resolver_match
        if (
            not isinstance(user, User)
            or not user.must_change_password
            or (match and match.view_name in _OPEN)
        ):
            return None
        if request.path.startswith("/api/"):
            raise PermissionDenied  # answered as problem+json by the handler of 403
        target = request.get_full_path() if request.method == "GET" else ""
        url = with_query(reverse("account_change_password"), {"next": target})
        return HttpResponseClientRedirect(url) if request.headers.get("HX-Request") else redirect(url)
