"""Sessions that have ended and counts of tries that no longer count: nobody may ask for them again."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone


def forget_expired() -> None:
    """The tables of sessions and of the cache grow by every sign-in; this is what keeps them small."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    cache: dict[str, Any] = settings.CACHES["default"]
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {cache['LOCATION']} WHERE expires < %s", [now])  # noqa: S608
