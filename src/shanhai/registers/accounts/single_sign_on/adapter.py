"""Who a proved identity is here. Nobody is made an account or given a role, nothing is matched by name."""

import functools
from typing import Any

import requests
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.account.signals import user_logged_in
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from django.core.exceptions import ValidationError
from django.dispatch import receiver
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare

from ..attempts import Attempt
from ..models import User
from . import links
from .providers import Provider
from .refusals import NotProven, refuse

#: In the session: that the provider has shown a second factor for this sign-in.
PROVEN = "second_factor_proven"
_PROVES = "proves_second_factor"
#: Seconds that a provider has to answer; a worker waits with it.
_PATIENCE = 5


class SignOnAccounts(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """allauth's questions, answered from the operator's file and the accounts there are."""

    def list_apps(self, request: Any, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        """Never from the database: whoever can write there must not choose who gets in."""
        return [
            _app(one)
            for one in links.offered()
            if provider in {None, "openid_connect", one.key, one.issuer}
            and client_id in {None, one.client_id}
        ]

    def get_requests_session(self) -> requests.Session:
        """An address that leads on elsewhere is refused: secrets and codes go where the document says."""
        session = requests.Session()
        session.max_redirects = 0
        session.request = functools.partial(session.request, timeout=_PATIENCE)  # type: ignore[method-assign]
        return session

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: Any) -> Any:
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The identity is proved; whether it comes in, or is tied to the account of who is in."""
        ours: Provider = sociallogin.provider.ours
        sociallogin.token = None  # never kept, also not in the session of who still owes a code
        claims, state = sociallogin.claims, sociallogin.state
        if not constant_time_compare(str(claims.get("nonce", "")), str(state.get("nonce"))):
            raise ImmediateHttpResponse(refuse(request, ours, "untrusted", why="the nonce is another"))
        if ours.required and not ours.required.is_shown(claims):
            raise ImmediateHttpResponse(refuse(request, ours, "required"))
        if state.get("process") == AuthProcess.CONNECT:
            self._tie(request, sociallogin, ours)
        self._let_in(request, sociallogin, ours)
        state[_PROVES] = ours.second_factor.is_shown(claims)

    def _tie(self, request: HttpRequest, sociallogin: SocialLogin, ours: Provider) -> None:
        """Always leads elsewhere: allauth's own way would write the whole account anew."""
        user = request.user
        code = "again"
        if isinstance(user, User) and did_recently_reauthenticate(request):
            code = links.tie(user, request, sociallogin.account)
        if code:
            told = user if isinstance(user, User) else None
            raise ImmediateHttpResponse(refuse(request, ours, code, user=told))
        raise ImmediateHttpResponse(redirect("accounts:own_sessions"))

    def _let_in(self, request: HttpRequest, sociallogin: SocialLogin, ours: Provider) -> None:
        user = sociallogin.user if sociallogin.is_existing else None
        if user is None:
            raise ImmediateHttpResponse(refuse(request, ours, "unknown"))
        if not user.is_active:
            raise ImmediateHttpResponse(refuse(request, ours, "inactive", user=user))
        try:
            Attempt.begin(request, user.username)
        except ValidationError as error:
            told = error.messages[0]
            raise ImmediateHttpResponse(refuse(request, ours, "locked", user=user, told=told)) from error

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, **more: Any
    ) -> None:
        """Every way in which the exchange can fail ends at a page of ours."""
        code, why = "provider", ""
        if isinstance(exception, NotProven):
            code, why = exception.code, exception.why
        elif isinstance(exception, requests.RequestException):
            code, why = "unreachable", type(exception).__name__
        elif error == AuthError.CANCELLED:
            code = "cancelled"
        elif "state_id" in (more.get("extra_context") or {}):
            code = "state"
        raise ImmediateHttpResponse(refuse(request, provider.ours, code, why=why))


def _app(one: Provider) -> SocialApp:
    told = {"server_url": one.issuer.rstrip("/"), "oauth_pkce_enabled": True}
    if one.token_auth_method:
        told["token_auth_method"] = one.token_auth_method
    app = SocialApp(
        provider="openid_connect",
        provider_id=one.key,
        name=one.label,
        client_id=one.client_id,
        secret=one.client_secret,
        settings=told,
    )
    app.ours = one
    return app


class SecondFactorStage(AuthenticateStage):  # type: ignore[misc]
    """Our own second factor is asked for, unless the provider has shown one that the operator accepts."""

    def _should_handle(self, request: HttpRequest) -> bool:
        return not _is_proven(self.login.signal_kwargs) and bool(super()._should_handle(request))


def _is_proven(told: Any) -> bool:
    login = (told or {}).get("sociallogin")
    return bool(login and login.state.get(_PROVES))


@receiver(user_logged_in)
def _through(sender: Any, request: HttpRequest, **told: Any) -> None:
    """Said in the session, for the duty of who must have a second factor and has none here."""
    request.session[PROVEN] = _is_proven(told)
