"""Lockout: too many wrong passwords close an account for a while, or stop an address.

Counted from the record of sign-ins, which is in PostgreSQL: all workers count alike, a restart forgets
nothing, and who was locked out when and opened by whom stands where the auditor reads (ADR 0024).
"""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import SignInEvent, SignInRule, User
from .record import account_key, address_of, remember

_Kind = SignInEvent.Kind
#: After which of these counting begins anew.
_OPENING = (_Kind.SIGNED_IN, _Kind.UNLOCKED, _Kind.LOCKED)


def locked_for(username: str, rule: SignInRule) -> int:
    """Minutes for which the account stays locked, rounded up; 0 when it is open."""
    events = SignInEvent.objects.filter(account_key=account_key(username))
    last = events.filter(kind__in=(_Kind.LOCKED, _Kind.UNLOCKED)).first()
    if last is None or last.kind == _Kind.UNLOCKED:
        return 0
    left = last.at + timedelta(minutes=rule.lock_minutes) - timezone.now()
    return max(0, ceil(left.total_seconds() / 60))


@dataclass(frozen=True)
class Attempt:
    """One try to prove who one is: by password, or by a second factor after it."""

    request: HttpRequest
    username: str
    user: User | None
    rule: SignInRule

    @classmethod
    def begin(cls, request: HttpRequest, username: str) -> "Attempt":
        """Whoever guesses at one account at the same time waits here for the guess before.

        Errors: ValidationError when account or address is closed; the same for an account that nobody has.
        """
        user = User.objects.select_for_update().filter(username=username).first()
        attempt = cls(request, username, user, SignInRule.now())
        minutes = locked_for(username, attempt.rule)
        if minutes or attempt._is_address_stopped():
            remember(_Kind.REFUSED, request, user=user, username=username)
            raise ValidationError(attempt._refusal(minutes), code="too_many_login_attempts")
        return attempt

    def failed(self, note: str = "") -> None:
        """Remembers it; the last one that the rule allows locks the account."""
        remember(_Kind.FAILED, self.request, user=self.user, username=self.username, note=note)
        if self._failures() >= self.rule.failures:
            remember(_Kind.LOCKED, self.request, user=self.user, username=self.username)

    def _refusal(self, minutes: int) -> str:
        if not minutes:
            return _("这个地址登录失败的次数太多。请过 %(minutes)s 分钟再试。") % {
                "minutes": self.rule.window_minutes
            }
        return _(
            "登录失败的次数太多，账号已锁定。请在 %(minutes)s 分钟后再试，或请本单位管理员解除锁定。"
        ) % {"minutes": minutes}

    def _failures(self) -> int:
        events = SignInEvent.objects.filter(account_key=account_key(self.username))
        since = timezone.now() - timedelta(minutes=self.rule.window_minutes)
        opened = events.filter(kind__in=_OPENING).aggregate(Max("at"))["at__max"]
        return events.filter(kind=_Kind.FAILED, at__gt=max(filter(None, (since, opened)))).count()

    def _is_address_stopped(self) -> bool:
        since = timezone.now() - timedelta(minutes=self.rule.window_minutes)
        tries = SignInEvent.objects.filter(
            address=address_of(self.request), at__gt=since, kind__in=(_Kind.FAILED, _Kind.REFUSED)
        )
        return tries.count() >= self.rule.address_failures
