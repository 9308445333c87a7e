"""The second factor: set up, asked for, demanded by role, used once, counted, reset by an administrator."""

import re
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    SECRET_SESSION_KEY,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.db import connection
from django.test import Client

from registers.accounts.test_sign_in import sign_in
from registers.reading import fill, page, words
from shanhai.kernel import context
from shanhai.registers.accounts.models import SignInEvent, SignInRule

INDEX, TELEPHONE, ASKED = "/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/2fa/authenticate/"
CODES = "/accounts/2fa/recovery-codes/"


def code_of(secret: str, ahead: int = 0) -> str:
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2] + ahead))


def entered(username: str = "carol") -> Client:
    browser = Client()
    sign_in(browser, username)
    return browser


def proven(browser: Client) -> Client:
    """Factors are changed only by who has just shown again who it is."""
    answer = browser.post("/accounts/reauthenticate/", {"password": "password of a test"})
    assert answer.status_code == 302, words(answer)
    return browser


def set_up(browser: Client) -> tuple[str, list[str]]:
    """The secret that the telephone has read, and the codes that are shown once."""
    secret = page(proven(browser).get(TELEPHONE)).select_one("main code").get_text()  # type: ignore[union-attr]
    answer = browser.post(TELEPHONE, {"code": code_of(secret)})
    assert (answer.status_code, answer["Location"]) == (302, CODES), words(answer)
    shown = page(browser.get(CODES))
    return secret, [one.get_text() for one in shown.select("ul.codes code")]


def demand(*roles: str) -> None:
    with context.unscoped("demanded"):
        SignInRule.objects.update(second_factor=list(roles))


def test_after_the_password_a_code_of_the_telephone_is_asked_for(cast: Any) -> None:
    secret, _codes = set_up(entered())
    browser = Client()
    asked = sign_in(browser, "carol")
    assert asked["Location"] == ASKED
    assert browser.get("/places/").status_code == 302
    assert "验证没有通过" in words(browser.post(ASKED, {"code": "000000"}))
    assert browser.post(ASKED, {"code": code_of(secret, 1)}).status_code == 302
    assert browser.get("/places/").status_code == 200


def test_a_code_is_good_once(cast: Any) -> None:
    secret, _codes = set_up(entered())
    code = code_of(secret, 1)
    first, second = Client(), Client()
    for browser in (first, second):
        sign_in(browser, "carol")
        browser.post(ASKED, {"code": code})
    assert [one.get("/places/").status_code for one in (first, second)] == [200, 302]


def test_the_picture_for_the_telephone_stands_in_the_page_itself(cast: Any) -> None:
    shown = proven(entered()).get(TELEPHONE)
    assert page(shown).select_one("figure.qr svg path")
    assert "default-src 'self'" in shown["Content-Security-Policy"]
    assert not re.search(r"<script(?![^>]*src)|style=", shown.content.decode())


def test_secrets_are_sealed_in_the_database(cast: Any) -> None:
    secret, codes = set_up(entered())
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator")
        kept = str(cursor.fetchall())
    assert secret not in kept
    assert not any(code in kept for code in codes)
    assert kept.count("k1") >= 2


def test_a_secret_that_waits_to_be_confirmed_is_sealed_in_the_session(cast: Any) -> None:
    browser = proven(entered())
    secret = page(browser.get(TELEPHONE)).select_one("main code").get_text()  # type: ignore[union-attr]
    waiting = str(dict(browser.session))
    assert secret not in waiting
    assert "k1" in browser.session[SECRET_SESSION_KEY]
    assert browser.post(TELEPHONE, {"code": "000000"}).status_code == 200
    assert secret not in str(dict(browser.session))
    assert browser.post(TELEPHONE, {"code": code_of(secret)}).status_code == 302
    assert SECRET_SESSION_KEY not in browser.session


def test_recovery_codes_are_shown_once_and_each_works_once(cast: Any) -> None:
    here = entered()
    _secret, codes = set_up(here)
    assert len(codes) == 10
    again = words(here.get(CODES))
    assert not any(code in again for code in codes)
    assert "还有 10 个没用过" in again
    for expected in (200, 302):
        browser = Client()
        sign_in(browser, "carol")
        browser.post(ASKED, {"code": codes[0]})
        assert browser.get("/places/").status_code == expected


def test_wrong_codes_lock_like_wrong_passwords(cast: Any) -> None:
    secret, _codes = set_up(entered())
    browser = Client()
    sign_in(browser, "carol")
    for _time in range(5):
        browser.post(ASKED, {"code": "000000"})
    assert "账号已锁定" in words(browser.post(ASKED, {"code": code_of(secret, 1)}))
    failed = SignInEvent.objects.filter(kind=SignInEvent.Kind.FAILED, user=cast.users["carol"])
    assert {one.note for one in failed} == {"二次验证"}


def test_whoever_must_have_one_can_do_nothing_else_from_the_next_request(cast: Any, client_of: Any) -> None:
    carol, alice = entered(), client_of("alice")
    assert carol.get("/places/").status_code == 200
    demand("coordinator")
    for address in ("/", "/places/", "/accounts/devices/"):
        assert carol.get(address)["Location"].startswith(INDEX)
    assert carol.get("/api/v1/openapi.json").status_code == 403
    assert "您的岗位要求二次验证" in words(carol.get(INDEX))
    assert alice.get("/places/").status_code == 200
    set_up(carol)
    assert carol.get("/places/").status_code == 200


def test_one_who_must_have_it_cannot_take_the_last_away(cast: Any) -> None:
    carol = entered()
    set_up(carol)
    demand("coordinator")
    assert "先加上另一种" in words(carol.post("/accounts/2fa/totp/deactivate/"))
    demand()
    assert carol.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert not Authenticator.objects.exists()


def test_an_administrator_demands_it_of_roles_by_a_rule(cast: Any, client_of: Any) -> None:
    root = client_of("sean")
    answer = fill(
        root, "/accounts/sign-ins/rules/new/", valid_from="2021-09-24", source="等保三级整改方案",
        second_factor=["coordinator", "leader"], reason="整改",
    )  # fmt: skip
    assert answer.status_code == 302, words(answer)
    assert SignInRule.now().second_factor == ["coordinator", "leader"]
    assert client_of("lily").get("/places/")["Location"].startswith(INDEX)


def test_an_administrator_resets_factors_with_a_reason(cast: Any, client_of: Any) -> None:
    carol, root = entered(), client_of("sean")
    set_up(carol)
    address = f"/accounts/users/{cast.users['carol'].pk}/"
    assert "手机验证器" in words(root.get(address))
    assert root.post(f"{address}act/", {"act": "factors", "reason": ""}).status_code == 422
    root.post(f"{address}act/", {"act": "factors", "reason": "手机丢失，当面核对"})
    assert not Authenticator.objects.exists()
    assert carol.get("/places/").status_code == 302
    assert sign_in(Client(), "carol")["Location"] == "/"
    assert "手机丢失，当面核对" in words(client_of("ines").get("/accounts/sign-ins/?kind=factor_reset"))


def test_factors_are_changed_only_by_who_proves_it_again(cast: Any, client_of: Any) -> None:
    """A session left open on a desk is not enough."""
    gone = client_of("carol").get(TELEPHONE)
    assert gone["Location"].startswith("/accounts/reauthenticate/?next=")
    answer = client_of("carol").post(gone["Location"], {"password": "password of a test"})
    assert answer["Location"] == TELEPHONE


def test_the_record_tells_of_factors_added(cast: Any, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        set_up(entered())
    kinds = SignInEvent.objects.filter(user=cast.users["carol"]).values_list("kind", "note")
    assert ("factor_added", "手机验证器") in list(kinds)
