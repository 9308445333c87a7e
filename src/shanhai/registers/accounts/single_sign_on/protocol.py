"""Speaking with a provider: allauth's flow, with what it leaves out proved here.

allauth trusts an ID token that came over TLS without looking at its signature, sends no nonce, takes the
issuer from the provider's own document and the person from either of two answers. Here the signature is
always proved by a key of the issuer that the operator wrote down, and the person is that token's subject.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse

from shanhai.kernel.sealing import installed_keyring

from .links import PURPOSE
from .providers import Provider, is_protected
from .refusals import NotProven

#: Signatures by a private key only: a secret that both sides know proves nothing of who signed.
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
#: Seconds that two clocks may differ.
LEEWAY = 60
_LONGEST_SUBJECT = 191
_NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class SignOnAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """One exchange with one provider."""

    @property
    def ours(self) -> Provider:
        found: Provider = self.get_provider().ours
        return found

    @cached_property
    def openid_config(self) -> dict[str, Any]:
        """The provider's document. Errors: NotProven when it speaks for another issuer."""
        with _readable():
            found = dict(_fetched(self.get_provider().server_url))
            if found["issuer"] != self.ours.issuer:
                raise NotProven("the document is of another issuer")
            if not all(is_protected(found[name]) for name in _NEEDED):
                raise NotProven("an address of the provider is not HTTPS")
        return found

    def get_access_token_data(self, request: HttpRequest, app: Any, client: Any, **more: Any) -> Any:
        """The code for tokens, once it is sure that the answer is of whom we asked (RFC 9207)."""
        told = request.GET.get("iss")
        must_tell = self.openid_config.get("authorization_response_iss_parameter_supported") is True
        if told != self.ours.issuer and (must_tell or told is not None):
            raise NotProven("the answer is of another issuer")
        with _readable():
            return super().get_access_token_data(request, app, client, **more)

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **more: Any) -> SocialLogin:
        with _readable():
            claims = self._proved(more["response"].get("id_token"))
            name = claims.get(self.ours.name_claim) or self._name(token.token, claims["sub"])
        told = {"sub": claims["sub"], "name": name}
        login = self.get_provider().sociallogin_from_response(request, {"id_token": told})
        login.claims = claims
        return login

    def _proved(self, id_token: Any) -> dict[str, Any]:
        """The claims. Errors: NotProven for a token that is not signed by the issuer, for us, in time."""
        if not isinstance(id_token, str):
            raise NotProven("there is no ID token")
        try:
            claims: dict[str, Any] = jwt.decode(
                id_token,
                _key_of(id_token, _fetched(self.openid_config["jwks_uri"])),
                algorithms=_ALGORITHMS,
                audience=self.ours.client_id,
                issuer=self.ours.issuer,
                leeway=LEEWAY,
                options={"require": ["exp", "iat", "iss", "aud", "sub"]},
            )
        except jwt.PyJWTError as error:
            raise NotProven(type(error).__name__) from error
        is_shared = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if claims.get("azp", None if is_shared else self.ours.client_id) != self.ours.client_id:
            raise NotProven("the token was made for another client")
        if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= _LONGEST_SUBJECT:
            raise NotProven("the subject is no text, or too long")
        return claims

    def _name(self, access_token: str, subject: str) -> str:
        """What the person is called there, where the token does not say it; "" where nothing does."""
        if "userinfo_endpoint" not in self.openid_config:
            return ""
        told = self._fetch_user_info(access_token)
        if told.get("sub") != subject:
            raise NotProven("the two answers are of two people")
        return str(told.get(self.ours.name_claim) or "")


class SignOnProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """A provider as allauth knows it. Of a person only the subject and a sealed name are kept."""

    oauth2_adapter_class = SignOnAdapter

    @property
    def ours(self) -> Provider:
        found: Provider = self.app.ours
        return found

    @property
    def sub_id(self) -> str:
        """By which accounts are kept and states belong: the issuer, never a name that can be given anew."""
        return self.ours.issuer

    def serialize(self) -> dict[str, Any]:
        return {"id": self.sub_id, "app.client_id": self.ours.client_id}

    def redirect(self, request: HttpRequest, process: str, next_url: str | None = None) -> HttpResponse:
        """On the way to the provider: nothing of it can be chosen by who wrote the link."""
        nonce = secrets.token_urlsafe(24)
        told = {"nonce": nonce}
        if self.ours.required.acr:
            told["acr_values"] = " ".join(sorted(self.ours.required.acr))
        asked = {"auth_params": told, "scope": ["openid", "profile"], "nonce": nonce}
        answer: HttpResponse = super().redirect(request, process, next_url, **asked)
        return answer

    def extract_extra_data(self, data: Any) -> dict[str, str]:
        name = str(data["id_token"]["name"])[:80]
        return {"name": installed_keyring().seal(name, PURPOSE)} if name else {}

    def extract_common_fields(self, data: Any) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: Any) -> list[Any]:
        return []


def _fetched(address: str) -> Any:
    with get_adapter().get_requests_session() as session:
        answer = session.get(address)
        answer.raise_for_status()
        return answer.json()


def _key_of(id_token: str, document: Any) -> Any:
    """The provider's key that the token names; the only one where it names none."""
    keys = jwt.PyJWKSet.from_dict(document).keys
    name = jwt.get_unverified_header(id_token).get("kid")
    found = [one.key for one in keys if name is None or one.key_id == name]
    if len(found) != 1:
        raise NotProven("no key of the provider is that of the token")
    return found[0]


@contextmanager
def _readable() -> Iterator[None]:
    """What a provider sends may be anything: an answer of another shape is no fault of ours."""
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise NotProven(f"the answer cannot be read: {type(error).__name__}") from error
