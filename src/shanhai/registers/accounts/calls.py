"""Calls that come with a token: whose it is, and how often it may be used.

Stands outside the kernel transaction, as `limits`: what is counted is counted whatever becomes of the call.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from shanhai.kernel import context
from shanhai.kernel.errors import ShanhaiError
from shanhai.kernel.surfaces.api.doors import HANDED_IN
from shanhai.kernel.surfaces.api.problems import BadToken, TooManyCalls

from . import tokens
from .limits import is_too_often
from .models import ApiToken, SignInEvent, TokenUse
from .record import address_of, remember

_SCHEME = "bearer "
_MINUTE = "60"


class TokenMiddleware:
    """Whoever calls the API with a token is its user, whatever cookies come along; pages know no tokens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("Authorization", "")
        if not request.path.startswith("/api/") or not given.lower().startswith(_SCHEME):
            return self.get_response(request)
        request.user = AnonymousUser()
        try:
            token = _used(given[len(_SCHEME) :].strip(), request)
        except ShanhaiError as refused:
            setattr(request, HANDED_IN, refused)  # told by the door of the operation, in the form of the API
        else:
            request.user = token.user
            setattr(request, HANDED_IN, token)
        response = self.get_response(request)
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            response.headers["Retry-After"] = _MINUTE
        if response.status_code == HTTPStatus.UNAUTHORIZED:
            response.headers["WWW-Authenticate"] = "Bearer"
        return response


def _used(text: str, request: HttpRequest) -> ApiToken:
    """The token, counted. Errors: BadToken; TooManyCalls of the token, or of wrong ones from the address."""
    try:
        token = tokens.find(text)
    except BadToken:
        if is_too_often(request, "token"):
            raise TooManyCalls from None
        raise
    now = timezone.now()
    minute = now.replace(second=0, microsecond=0)
    is_first_of_minute = Q(minute__isnull=True) | Q(minute__lt=minute)
    left = TokenUse.objects.filter(
        Q(calls__lt=settings.SHANHAI_TOKEN_CALLS_PER_MINUTE) | is_first_of_minute, token=token
    )
    counted = left.update(
        calls=Case(When(is_first_of_minute, then=1), default=F("calls") + 1),
        minute=minute,
        first_at=Coalesce("first_at", now),
        last_at=now,
        address=address_of(request),
    )
    if not counted:
        raise TooManyCalls
    if token.use.first_at is None:
        with context.unscoped("接口令牌首次使用"):
            remember(SignInEvent.Kind.TOKEN_USED, request, user=token.user, note=token.name)
    return token
