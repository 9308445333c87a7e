"""Second factors: what allauth keeps of them is sealed here, named here, and remembered in the record.

Who must have one is part of the dated rule (`SignInRule.second_factor`); who owes one can do nothing else.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from allauth.core import context as allauth_context
from allauth.mfa import signals
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, EditWebAuthnForm
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import ValidationError
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shanhai.kernel import clock
from shanhai.kernel.keys.places import Column, bound_to, declare
from shanhai.kernel.sealing import SealingError, installed_keyring

from .attempts import Attempt
from .models import SignInEvent, SignInRule, User
from .owing import FACTORS
from .record import remember

_PURPOSE = "accounts.second_factor"
#: Of a secret between being shown and being confirmed; gone with the session, so no place of its own.
_WAITING = "accounts.second_factor.waiting"
#: Secrets of telephones and seeds of codes, in what allauth keeps of each.
declare(Column(Authenticator, "data", bound_to(_PURPOSE)))
_Type = Authenticator.Type
NAMES: Mapping[str, Any] = {
    _Type.TOTP: lazy("手机验证器"),
    _Type.WEBAUTHN: lazy("通行密钥"),
    _Type.RECOVERY_CODES: lazy("备用码"),
}


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets are sealed with the installation's field keys; the words are ours."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": lazy("验证没有通过。请核对验证码是不是最新的一组，手机时间是否准确。"),
        "cannot_delete_authenticator": lazy("您的岗位要求二次验证，先加上另一种，才能去掉这一种。"),
        "cannot_generate_recovery_codes": lazy("先设好手机验证器或通行密钥，才有备用码。"),
    }

    def encrypt(self, text: str) -> str:
        return installed_keyring().seal(text, _PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        return installed_keyring().open(encrypted_text, _PURPOSE)

    def build_totp_svg(self, url: str) -> str:
        """For standing in a page, so without the head of an XML file."""
        svg = str(super().build_totp_svg(url))
        return svg[svg.index("<svg") :]

    def get_totp_issuer(self) -> str:
        return _("山海")

    def _get_site_name(self) -> str:
        return _("山海")

    def generate_authenticator_name(self, user: Any, type: str) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("密钥 %(number)s") % {"number": number + 1}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        user = authenticator.user
        others = Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exclude(pk=authenticator.pk)
        return others.exists() or not demands_factor(user)


def demands_factor(user: User) -> bool:
    """Whether the rule in force demands a second factor of a role that the user holds."""
    held = user.memberships.in_force(clock.today()).values_list("role", flat=True)
    return not set(held).isdisjoint(SignInRule.now().second_factor)


class _Guarded:
    """A form that proves who one is: failures count like wrong passwords, and lock like them."""

    user: User

    def judged(self, judge: Callable[[], Any]) -> Any:
        request = allauth_context.request
        attempt = Attempt.begin(request, self.user.username)
        try:
            answer = judge()
        except ValidationError:
            attempt.failed(note=_("二次验证"))
            raise
        return answer


class CodeForm(_Guarded, AuthenticateForm):  # type: ignore[misc]
    """A code of the telephone, or one for emergencies, after the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = lazy("验证码或备用码")

    def clean_code(self) -> str:
        return str(self.judged(super().clean_code))


class CodeAgainForm(_Guarded, ReauthenticateForm):  # type: ignore[misc]
    """The same, of somebody who is in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = lazy("验证码或备用码")

    def clean_code(self) -> str:
        return str(self.judged(super().clean_code))


class KeyForm(_Guarded, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey after the password."""

    def clean_credential(self) -> Authenticator:
        return self.judged(super().clean_credential)


class NewTelephoneForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a telephone that has just read the secret, which waits sealed in the session."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        with _opened(allauth_context.request.session):
            super().__init__(*args, **kwargs)
        self.fields["code"].label = lazy("手机上显示的 6 位验证码")


@contextmanager
def _opened(session: SessionBase) -> Iterator[None]:
    """Inside, allauth finds its secret as it left it; outside, the session holds it sealed.

    One that does not open any more, because its key is gone, is made anew.
    """
    if kept := session.pop(SECRET_SESSION_KEY, None):
        with suppress(SealingError):
            session[SECRET_SESSION_KEY] = installed_keyring().open(kept, _WAITING)
    try:
        yield
    finally:
        if plain := session.get(SECRET_SESSION_KEY):
            session[SECRET_SESSION_KEY] = installed_keyring().seal(plain, _WAITING)


class NewKeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey and what its owner calls it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = lazy("给它起个名字")
        self.fields["name"].max_length = 40


class KeyNameForm(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = lazy("名字")


def in_words(user: User) -> str:
    """The factors of a user, `手机验证器、通行密钥 2 个`; "" for none."""
    types = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    said = []
    for one in FACTORS:
        number = types.count(one)
        if number > 1:
            said.append(_("%(name)s %(number)s 个") % {"name": NAMES[one], "number": number})
        elif number:
            said.append(str(NAMES[one]))
    return "、".join(said)


def forget_all(user: User) -> None:
    """Takes every factor and code away."""
    Authenticator.objects.filter(user=user).delete()


@receiver(signals.authenticator_added)
def _added(sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any) -> None:
    if authenticator.type in FACTORS:
        note = str(NAMES[authenticator.type])
        remember(SignInEvent.Kind.FACTOR_ADDED, request, user=user, note=note)


@receiver(signals.authenticator_removed)
def _gone(sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any) -> None:
    if authenticator.type in FACTORS:
        note = str(NAMES[authenticator.type])
        remember(SignInEvent.Kind.FACTOR_REMOVED, request, user=user, note=note)


@receiver(signals.authenticator_reset)
def _reset(sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any) -> None:
    remember(SignInEvent.Kind.FACTOR_ADDED, request, user=user, note=str(NAMES[_Type.RECOVERY_CODES]))
