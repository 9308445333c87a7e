"""How often one address may try what needs no sign-in: the pages that strangers reach and that do work.

Stands outside the kernel transaction: what is counted is committed at once, for all workers, and nobody
waits for the password of somebody else behind the same address.
"""

from collections.abc import Callable

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse

#: Addresses that strangers send forms to, and the one where a token could be guessed by opening it.
_SENT = ("/accounts/login/", "/accounts/2fa/authenticate/", "/language/", "/accounts/oidc/")
_OPENED = ("/setup/", "/accounts/oidc/")


class StrangersMiddleware:
    """Answers 429 with `Retry-After` beyond the limit of a minute."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_counted(request) and (refused := _refusal(request)):
            return refused
        return self.get_response(request)


def _is_counted(request: HttpRequest) -> bool:
    is_sent = request.method == "POST" and request.path.startswith(_SENT)
    return is_sent or request.path.startswith(_OPENED)


def _refusal(request: HttpRequest) -> HttpResponse | None:
    return ratelimit.respond_429(request) if is_too_often(request, "stranger") else None


def is_too_often(request: HttpRequest, action: str) -> bool:
    """Counts one more try of `action` from the address; whether that is beyond the limit of a minute."""
    rates = {action: f"{settings.SHANHAI_TRIES_PER_MINUTE}/m/ip"}
    return not ratelimit.consume(request, app="shanhai", action=action, config=rates, limit_get=True)
