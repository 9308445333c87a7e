"""People who sign in at a provider: a real one, and a hostile one that says whatever a test wants."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client

import provider as real
from registers.accounts.single_sign_on.hostile import Hostile
from registers.reading import page, words
from shanhai.kernel import context
from shanhai.ops.ports import reserved
from shanhai.registers.accounts.models import SignInEvent
from shanhai.registers.accounts.single_sign_on.providers import Provider

HOME = "http://testserver"
BEGIN, LINK = "/accounts/oidc/province/login/", "/accounts/oidc/province/link/"


def known(issuer: str, key: str = "province", **more: Any) -> Provider:
    told = {"client_id": real.CLIENT, "client_secret": real.SECRET, "label": "省统一身份认证"}
    return Provider(**{"key": key, "issuer": issuer, "label_en": "Single sign-on", **told, **more})


@pytest.fixture(scope="session")
def issuer() -> Iterator[str]:
    with reserved(real.FIRST_PORT) as port, real.served(port, [HOME]) as address:
        yield address


@pytest.fixture
def province(issuer: str, settings: Any) -> Callable[..., Provider]:
    """`province(signs_out=True)`: the real provider, as an operator would write it down."""

    def offered(**more: Any) -> Provider:
        one = known(issuer, **more)
        settings.SHANHAI_PROVIDERS = (one,)
        return one

    offered()
    return offered


@pytest.fixture
def hostile(settings: Any) -> Iterator[Hostile]:
    with Hostile.served() as one:
        settings.SHANHAI_PROVIDERS = (known(one.issuer),)
        yield one


def tie(user: Any, issuer: str, subject: str) -> SocialAccount:
    """As if the owner had tied it."""
    with context.unscoped("tied"):
        return SocialAccount.objects.create(user=user, provider=issuer, uid=subject)


def leaving(answer: Any) -> str:
    """Where the page on the way leads."""
    assert answer.status_code == 200, words(answer)
    refresh = page(answer).select_one("meta[http-equiv=refresh]")
    assert refresh is not None, words(answer)
    return str(refresh["content"]).removeprefix("0;url=")


def answered(address: str, who: str, **typed: str) -> str:
    """What the real provider sends the person back to, after they have named themselves there."""
    person = requests.Session()
    asked = person.get(address, timeout=20)
    sent = person.post(asked.url, {"who": who, "amr": "pwd", **typed}, allow_redirects=False, timeout=20)
    while not sent.headers.get("Location", "").startswith(f"{HOME}/"):
        assert sent.is_redirect, sent.text
        sent = person.get(sent.headers["Location"], allow_redirects=False, timeout=20)
    back = urlsplit(sent.headers["Location"])
    return f"{back.path}?{back.query}"


def come_in(browser: Client, who: str, *, begin: str = BEGIN, next: str = "", **typed: str) -> Any:
    """The whole way through the real provider; the answer to coming back."""
    return browser.get(answered(leaving(browser.post(begin, {"next": next})), who, **typed))


def is_in(browser: Client) -> bool:
    return bool(browser.get("/places/").status_code == 200)


def kinds(**of: Any) -> list[str]:
    return list(SignInEvent.objects.filter(**of).order_by("id").values_list("kind", flat=True))
