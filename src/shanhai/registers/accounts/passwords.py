"""What a password must be by the rule in force, and those that an administrator hands out for one sign-in."""

import secrets
from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password, get_hasher, make_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import KeptPassword, SignInRule, User

#: No letters and figures that are taken for one another.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _LETTERS_PER_GROUP = 3, 4
_ITERATIONS = 20_000


def one_time_password() -> str:
    """Twelve random letters in groups, 59 bits: `k7mp-2xwq-hd9c`."""
    return "-".join(
        "".join(secrets.choice(_LETTERS) for _letter in range(_LETTERS_PER_GROUP))
        for _group in range(_GROUPS)
    )


def encoded(password: str) -> str:
    """The hash of a one-time password. It is random, so few rounds do: 500 users are made in seconds.

    The first sign-in hashes it anew with all rounds, and a change of password is due right after.
    """
    hasher = get_hasher()
    if isinstance(hasher, PBKDF2PasswordHasher):
        return str(hasher.encode(password, hasher.salt(), iterations=_ITERATIONS))
    return make_password(password)


def in_words(rule: SignInRule) -> str:
    """What a new password must be, for whoever chooses one."""
    said = [
        _("至少 %(length)s 位") % {"length": rule.length},
        _("大写字母、小写字母、数字、其他符号中至少 %(classes)s 类") % {"classes": rule.classes},
        _("不含账号"),
    ]
    if rule.remembered:
        said.append(_("与最近 %(number)s 次用过的不同") % {"number": rule.remembered})
    if rule.days:
        said.append(_("每 %(days)s 天更换一次") % {"days": rule.days})
    return "，".join(said) + "。"


def number_of_classes(password: str) -> int:
    """How many of four kinds it has: small letters, capitals, figures, anything else."""
    kinds = (str.islower, str.isupper, str.isdigit, lambda sign: not sign.isascii() or not sign.isalnum())
    return sum(any(is_kind(sign) for sign in password) for is_kind in kinds)


class RuleValidator:
    """Judges a new password by the rule in force today (`AUTH_PASSWORD_VALIDATORS`)."""

    def validate(self, password: str, user: User | None = None) -> None:
        rule = SignInRule.now()
        wrong = [*_faults(password, rule)]
        if user is not None:
            wrong += _faults_for(password, user, rule)
        if wrong:
            raise ValidationError(wrong)

    def get_help_text(self) -> str:
        return in_words(SignInRule.now())


def _faults(password: str, rule: SignInRule) -> list[ValidationError]:
    found = []
    if len(password) < rule.length:
        message = _("口令太短：要至少 %(length)s 位。") % {"length": rule.length}
        found.append(ValidationError(message, code="password_too_short"))
    if number_of_classes(password) < rule.classes:
        message = _("口令太简单：大写字母、小写字母、数字、其他符号中要至少有 %(classes)s 类。")
        found.append(ValidationError(message % {"classes": rule.classes}, code="password_classes"))
    return found


def _faults_for(password: str, user: User, rule: SignInRule) -> list[ValidationError]:
    if user.username and user.username.lower() in password.lower():
        return [ValidationError(_("口令里不能含有账号。"), code="password_names_account")]
    if user._state.adding:
        return []
    kept = list(user.kept_passwords.all()[: rule.remembered])
    if any(check_password(password, one.password) for one in kept):
        message = _("这个口令不久前用过：不能与最近 %(number)s 次的相同。") % {"number": rule.remembered}
        return [ValidationError(message, code="password_used_before")]
    return []


def keep(user: User) -> None:
    """Remembers the password that is about to be replaced, and no more of them than the rule asks for."""
    KeptPassword.objects.create(user=user, password=user.password)
    kept = user.kept_passwords.values_list("pk", flat=True)
    KeptPassword.objects.filter(pk__in=list(kept[SignInRule.now().remembered :])).delete()


def has_expired(user: User) -> bool:
    """Whether the rule asks for a new password by now."""
    days, since = SignInRule.now().days, user.password_changed_at
    return bool(days and since and timezone.now() - since > timedelta(days=days))


def set_by_owner(user: Any, password: str) -> None:
    """Puts the owner's own choice in place of the password before; `user` is not saved."""
    keep(user)
    user.must_change_password, user.password_changed_at = False, timezone.now()
    user.set_password(password)
