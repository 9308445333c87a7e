"""What a hostile provider, a hostile page or a thief sends is refused, and nobody is signed in by it."""

import base64
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client

from registers.accounts.single_sign_on.conftest import BEGIN, answered, come_in, is_in, known, leaving, tie
from registers.accounts.single_sign_on.hostile import Hostile, key
from registers.reading import words
from shanhai.registers.accounts.models import SignInEvent

CALLBACK = f"{BEGIN}callback/"
type Lie = Callable[[Hostile], None]


def tried(one: Hostile, browser: Client, begin: str = BEGIN, **more: str) -> Any:
    """From the sign-in page to the hostile provider and back with a code."""
    told = one.asked(leaving(browser.post(begin)))
    return browser.get(CALLBACK, {"code": "c", "state": told["state"], **more})


def _unsigned(one: Hostile) -> None:
    def part(told: Any) -> str:
        return base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")

    one.sign = lambda: f"{part({'alg': 'none', 'kid': 'own'})}.{part(one.claims)}."  # type: ignore[method-assign]


def _signed_with_the_public_key_as_a_secret(one: Hostile) -> None:
    """The old trick: a public key is no secret, so anybody can make a signature by it."""
    public = key("own").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    secret = base64.urlsafe_b64encode(public)  # a library refuses to sign with a PEM, not with its letters
    one.sign = lambda: jwt.encode(one.claims, secret, algorithm="HS256", headers={"kid": "own"})  # type: ignore[method-assign]


def _signed_with_the_shared_secret(one: Hostile) -> None:
    secret = known(one.issuer).client_secret
    one.sign = lambda: jwt.encode(one.claims, secret, algorithm="HS256", headers={"kid": "own"})  # type: ignore[method-assign]


def _signed_by_somebody_else(one: Hostile) -> None:
    one.sign = lambda: jwt.encode(one.claims, key("other"), algorithm="RS256", headers={"kid": "own"})  # type: ignore[method-assign]


def _of_a_key_that_is_not_published(one: Hostile) -> None:
    one.sign = lambda: jwt.encode(one.claims, key("other"), algorithm="RS256", headers={"kid": "other"})  # type: ignore[method-assign]


def _saying(**claims: Any) -> Lie:
    return lambda one: one.claims.update(claims)


def _without(name: str) -> Lie:
    def lie(one: Hostile) -> None:
        del one.claims[name]

    return lie


LIES: dict[str, Lie] = {
    "not signed at all": _unsigned,
    "signed with the public key as a secret": _signed_with_the_public_key_as_a_secret,
    "signed with the secret that we share": _signed_with_the_shared_secret,
    "signed by somebody else": _signed_by_somebody_else,
    "of a key that is not published": _of_a_key_that_is_not_published,
    "of another issuer": _saying(iss="https://another.example.gov.cn"),
    "for another client": _saying(aud="another"),
    "for several, made for another": _saying(aud=["shanhai", "another"], azp="another"),
    "for several, made for nobody": _saying(aud=["shanhai", "another"]),
    "over since two minutes": _saying(exp=int(time.time()) - 120),
    "from the future": _saying(iat=int(time.time()) + 3600),
    "without an end": _without("exp"),
    "of nobody": _without("sub"),
    "of no text": _saying(sub=["carol"]),
    "of a subject too long": _saying(sub="c" * 300),
    "with the nonce of another sign-in": _saying(nonce="stolen"),
    "no token": lambda one: setattr(one, "sign", lambda: None),
    "rubbish": lambda one: setattr(one, "sign", lambda: "rubbish"),
}


def test_a_truthful_answer_comes_in(hostile: Hostile, cast: Any) -> None:
    """So that what follows is refused for its lie alone."""
    tie(cast.users["carol"], hostile.issuer, "carol")
    browser = Client()
    assert tried(hostile, browser)["Location"] == "/"
    assert is_in(browser)
    sent = hostile.codes[0]
    assert len(sent["code_verifier"]) >= 43
    assert sent["client_secret"] == known("").client_secret


@pytest.mark.parametrize("lie", LIES)
def test_a_token_is_refused_that_is(hostile: Hostile, cast: Any, lie: str) -> None:
    tie(cast.users["carol"], hostile.issuer, "carol")
    LIES[lie](hostile)
    browser = Client()
    answer = tried(hostile, browser)
    assert answer.status_code == 403
    assert "凭证没有通过核对" in words(answer)
    assert not is_in(browser)
    event = SignInEvent.objects.filter(kind="sso_refused")[0]
    assert event.note.startswith("省统一身份认证：")


def test_an_answer_without_a_nonce_is_refused(hostile: Hostile, cast: Any) -> None:
    tie(cast.users["carol"], hostile.issuer, "carol")
    browser = Client()
    told = hostile.asked(leaving(browser.post(BEGIN)))
    del hostile.claims["nonce"]
    assert browser.get(CALLBACK, {"code": "c", "state": told["state"]}).status_code == 403


def test_two_answers_of_two_people_are_refused(hostile: Hostile, cast: Any) -> None:
    tie(cast.users["carol"], hostile.issuer, "carol")
    hostile.document["userinfo_endpoint"] = f"{hostile.issuer}/me"
    del hostile.claims["preferred_username"]
    hostile.userinfo = {"sub": "alice", "preferred_username": "alice@gov"}
    assert tried(hostile, Client()).status_code == 403
    hostile.userinfo["sub"] = "carol"
    hostile.claims.pop("nonce")
    assert tried(hostile, Client()).status_code == 302


def test_a_document_that_speaks_for_another_issuer_is_refused(hostile: Hostile, cast: Any) -> None:
    hostile.document["issuer"] = "https://another.example.gov.cn"
    answer = Client().post(BEGIN)
    assert (answer.status_code, "没有通过核对" in words(answer)) == (403, True)


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
def test_an_address_that_others_read_along_is_refused(hostile: Hostile, cast: Any, name: str) -> None:
    hostile.document[name] = "http://sso.example.gov.cn/here"
    assert Client().post(BEGIN).status_code == 403


def test_a_provider_that_does_not_answer_or_leads_elsewhere_is_told(
    hostile: Hostile, cast: Any, settings: Any
) -> None:
    settings.SHANHAI_PROVIDERS = (known("http://127.0.0.1:9"),)
    assert "连不上统一身份认证" in words(Client().post(BEGIN))
    settings.SHANHAI_PROVIDERS = (known(f"{hostile.issuer}/nowhere"),)
    assert Client().post(BEGIN).status_code == 403


def test_answers_of_two_providers_are_not_mixed_up(hostile: Hostile, cast: Any, settings: Any) -> None:
    """Begun at one, answered by the other: the code never goes to who did not make it."""
    with Hostile.served() as other:
        settings.SHANHAI_PROVIDERS = (known(hostile.issuer), known(other.issuer, key="county"))
        tie(cast.users["carol"], other.issuer, "carol")
        browser = Client()
        told = hostile.asked(leaving(browser.post(BEGIN)))
        crossed = browser.get("/accounts/oidc/county/login/callback/", {"code": "c", "state": told["state"]})
        assert "不是从这里开始" in words(crossed)
        again = browser.get(CALLBACK, {"code": "c", "state": told["state"], "iss": other.issuer})
        assert again.status_code == 403
        assert (hostile.codes, other.codes) == ([], [])


def test_who_must_name_the_issuer_and_does_not_is_refused(hostile: Hostile, cast: Any) -> None:
    tie(cast.users["carol"], hostile.issuer, "carol")
    hostile.document["authorization_response_iss_parameter_supported"] = True
    assert tried(hostile, Client()).status_code == 403
    hostile.claims.pop("nonce")
    assert tried(hostile, Client(), iss=hostile.issuer).status_code == 302


def test_an_answer_belongs_to_the_browser_that_asked(province: Any, cast: Any) -> None:
    """Somebody else's answer, sent as a link: who opens it is not signed in as they are."""
    tie(cast.users["carol"], province().issuer, "u-carol")
    theirs, victim = Client(), Client()
    back = answered(leaving(theirs.post(BEGIN)), "u-carol")
    assert "不是从这里开始" in words(victim.get(back))
    assert not is_in(victim)
    assert victim.get(CALLBACK).status_code == 403


def test_an_answer_is_good_once(province: Any, cast: Any) -> None:
    tie(cast.users["carol"], province().issuer, "u-carol")
    browser, thief = Client(), Client()
    back = answered(leaving(browser.post(BEGIN)), "u-carol")
    browser.get(back)
    assert is_in(browser)
    browser.post("/accounts/logout/")
    assert browser.get(back).status_code == 403
    assert not is_in(browser)
    # With a state of their own the thief gets past us, and the provider knows code and verifier.
    told = leaving(thief.post(BEGIN))
    state = told.partition("state=")[2].partition("&")[0]
    code = back.partition("code=")[2].partition("&")[0]
    issuer = quote(province().issuer, safe="")
    assert thief.get(f"{CALLBACK}?code={code}&state={state}&iss={issuer}").status_code == 403
    assert not is_in(thief)


def test_a_code_is_worth_nothing_without_its_verifier(province: Any, cast: Any) -> None:
    """Stolen on the way before its owner came back: PKCE ties it to the browser that asked."""
    tie(cast.users["carol"], province().issuer, "u-carol")
    owner, thief = Client(), Client()
    back = answered(leaving(owner.post(BEGIN)), "u-carol")
    state = leaving(thief.post(BEGIN)).partition("state=")[2].partition("&")[0]
    code = back.partition("code=")[2].partition("&")[0]
    issuer = quote(province().issuer, safe="")
    assert thief.get(f"{CALLBACK}?code={code}&state={state}&iss={issuer}").status_code == 403
    assert not is_in(thief)


@pytest.mark.parametrize(
    "next", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_a_foreign_address_is_not_gone_to(province: Any, cast: Any, next: str) -> None:
    tie(cast.users["carol"], province().issuer, "u-carol")
    assert come_in(Client(), "u-carol", next=next)["Location"] == "/"


def test_a_link_cannot_choose_what_is_asked_of_the_provider(province: Any, cast: Any) -> None:
    answer = Client().post(f"{BEGIN}?process=connect&scope=admin&auth_params=nonce%3Dmine%26prompt%3Dnone")
    address = leaving(answer)
    for text in ("admin", "mine", "prompt"):
        assert text not in address
    assert "code_challenge_method=S256" in address
    assert Client().get(f"{BEGIN}?process=redirect&next=https://evil.example/").status_code == 405


def test_a_form_of_another_site_does_not_begin_it(province: Any, cast: Any) -> None:
    assert Client(enforce_csrf_checks=True).post(BEGIN).status_code == 403
