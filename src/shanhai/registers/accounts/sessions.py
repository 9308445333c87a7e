"""Sessions: how long one may stay, what is seen of them, and ending them."""

import time
from collections.abc import Iterator
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import password_changed
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from shanhai.kernel import context

from .models import SignInEvent, User
from .passwords import has_expired
from .record import address_of, remember, user_agent_of
from .single_sign_on.links import label_of

_Kind = SignInEvent.Kind
#: In the session: seconds since the epoch of the sign-in, and of the last request that was written down.
_SINCE, _SEEN = "signed_in_at", "seen_at"
#: In the session: the issuer through which the user came, "" for a password.
_THROUGH = "signed_in_through"
_UNKNOWN_ADDRESS = "0.0.0.0"  # noqa: S104  (a column that takes no null)


@receiver(user_logged_in)
def begin(sender: Any, request: HttpRequest, user: User, **more: Any) -> None:
    """Every way in ends here: the session is listed, the sign-in remembered, an old password refused.

    Whoever came through a provider used no password, so its age is no matter.
    """
    now = int(time.time())
    request.session[_SINCE] = request.session[_SEEN] = now
    if not request.session.session_key:
        request.session.save()
    facts = {"user": user, **_client(request)}
    UserSession.objects.update_or_create(session_key=request.session.session_key, defaults=facts)
    issuer = _issuer(request, user)
    request.session[_THROUGH] = issuer
    remember(_Kind.SIGNED_IN, request, user=user, note=label_of(issuer) if issuer else "")
    if not issuer and not user.must_change_password and has_expired(user):
        user.must_change_password = True
        with context.unscoped("口令到了更换期限"):
            user.save(update_fields=["must_change_password"])


@receiver(user_logged_out)
def finish(sender: Any, request: HttpRequest, user: User | None, **more: Any) -> None:
    if user is not None:
        UserSession.objects.filter(session_key=request.session.session_key).delete()
        remember(_Kind.SIGNED_OUT, request, user=user)


@receiver(password_changed)
def change_password(sender: Any, request: HttpRequest, user: User, **more: Any) -> None:
    """Whoever sits at another device with the old password is out."""
    end_all(user, but=request.session.session_key or "")
    remember(_Kind.PASSWORD, request, user=user)


def came_through(request: HttpRequest) -> str:
    """The issuer of the provider through which the session began; "" for a password or for nobody."""
    return str(request.session.get(_THROUGH, ""))


def _issuer(request: HttpRequest, user: User) -> str:
    """From what allauth noted on the way in; a code after the password or the provider says nothing of it."""
    steps = [one for one in get_authentication_records(request, user) if one["method"] != "mfa"]
    return str(steps[-1].get("provider", "")) if steps else ""


def is_over(session: Any) -> bool:
    """Whether it stood idle too long, or began too long ago."""
    now = time.time()
    idle, whole = now - session.get(_SEEN, now), now - session.get(_SINCE, now)
    return bool(idle > settings.SHANHAI_IDLE_SECONDS or whole > settings.SESSION_COOKIE_AGE)


def time_out(request: HttpRequest) -> None:
    """Signs the user out, and says so in the record."""
    key, user = request.session.session_key, request.user
    if isinstance(user, User):
        remember(_Kind.TIMED_OUT, request, user=user)
    UserSession.objects.filter(session_key=key).delete()
    request.session.flush()
    request.user = AnonymousUser()


def see(request: HttpRequest) -> None:
    """Writes down that the session is in use, once a minute at most."""
    now, session = int(time.time()), request.session
    if now - session.get(_SEEN, 0) < settings.SHANHAI_SEEN_SECONDS:
        return
    session[_SEEN] = now
    session.setdefault(_SINCE, now)
    facts = _client(request) | {"last_seen_at": timezone.now()}
    UserSession.objects.filter(session_key=session.session_key).update(**facts)


def own(user: User) -> Iterator[UserSession]:
    """Sessions that are still good, the latest seen first; others are forgotten on the way."""
    yield from sorted(
        UserSession.objects.purge_and_list(user), key=lambda session: session.last_seen_at, reverse=True
    )


def end_all(user: User, *, but: str = "") -> int:
    """Ends the sessions of a user, on whatever device, but the one of that key; gives how many."""
    ended = UserSession.objects.filter(user=user).exclude(session_key=but)
    keys = list(ended.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    ended.delete()
    return len(keys)


def _client(request: HttpRequest) -> dict[str, str]:
    return {"ip": address_of(request) or _UNKNOWN_ADDRESS, "user_agent": user_agent_of(request)}
