"""Opens the kernel transaction for each request, with the signed-in user's actor in force."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from shanhai.kernel import context
from shanhai.kernel.scope import ANONYMOUS, Actor

from .models import User


class ActorRequest(HttpRequest):
    """A request behind the middleware: `actor` is always there, without grants when nobody signed in."""

    actor: Actor


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
