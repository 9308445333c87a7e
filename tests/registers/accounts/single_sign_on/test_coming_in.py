"""Coming in by a real provider: only who has a tied account here, and all that holds of other ways in."""

import time
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils import timezone

from registers.accounts.single_sign_on.conftest import BEGIN, answered, come_in, is_in, kinds, leaving, tie
from registers.accounts.test_factors import ASKED, code_of, demand, entered, set_up
from registers.accounts.test_lockout import guess
from registers.reading import page, words
from shanhai.kernel import context
from shanhai.registers.accounts.models import Membership, SignInEvent, SignInRule, User
from shanhai.registers.accounts.single_sign_on.providers import Proof


def noted(user: Any) -> str:
    """What the record says of the last sign-in."""
    return SignInEvent.objects.filter(user=user, kind="signed_in")[0].note


def test_the_sign_in_page_offers_it_and_leads_there_by_a_page_of_ours(province: Any, cast: Any) -> None:
    """Not by answering the form with a redirect: forms go to this site alone, wherever the provider leads."""
    browser = Client()
    shown = browser.get("/accounts/login/?next=/places/")
    form = page(shown).select_one(f"form[action='{BEGIN}']")
    assert "省统一身份认证" in form.get_text()  # type: ignore[union-attr]
    assert form.select_one("input[name=next]")["value"] == "/places/"  # type: ignore[union-attr, index]
    answer = browser.post(BEGIN)
    assert leaving(answer).startswith(province().issuer)
    assert "form-action 'self'" in answer["Content-Security-Policy"]
    assert "form-action 'self';" in f"{shown['Content-Security-Policy']};"


def test_in_english_the_button_is_english_and_without_a_provider_there_is_none(
    province: Any, cast: Any, settings: Any
) -> None:
    browser = Client(headers={"Accept-Language": "en"})
    assert "Single sign-on" in words(browser.get("/accounts/login/"))
    settings.SHANHAI_PROVIDERS = ()
    assert not page(browser.get("/accounts/login/")).select("form[action^='/accounts/oidc/']")
    assert browser.post(BEGIN).status_code == 404


def test_who_is_tied_comes_in_where_they_wanted_and_the_record_says_by_what(
    province: Any, cast: Any, client_of: Any
) -> None:
    tie(cast.users["carol"], province().issuer, "u-carol")
    browser = Client()
    assert come_in(browser, "u-carol", next="/places/?q=yx")["Location"] == "/places/?q=yx"
    assert is_in(browser)
    assert noted(cast.users["carol"]) == "省统一身份认证"
    assert "省统一身份认证" in words(client_of("ines").get("/accounts/sign-ins/?q=carol"))


def test_nobody_is_made_an_account_whatever_the_provider_calls_them(province: Any, cast: Any) -> None:
    """`carol` is an account here and a name there: a name alone never ties them."""
    before = User.objects.count(), Membership.objects.count()
    browser = Client()
    answer = come_in(browser, "carol")
    assert answer.status_code == 403
    assert "还没有关联这里的账号。请先用山海的账号和口令登录" in words(answer)
    assert not is_in(browser)
    assert (User.objects.count(), Membership.objects.count()) == before
    assert not SocialAccount.objects.exists()
    event = SignInEvent.objects.get(kind="sso_refused")
    assert (event.user, "还没有关联" in event.note) == (None, True)


def test_a_tie_is_to_the_issuer_and_not_to_the_name_the_operator_gave_it(province: Any, cast: Any) -> None:
    tie(cast.users["carol"], "https://another.example.gov.cn", "u-carol")
    assert come_in(Client(), "u-carol").status_code == 403


def test_what_a_shut_account_and_a_locked_one_are_refused_elsewhere_they_are_here(
    province: Any, cast: Any, client: Any
) -> None:
    tie(cast.users["carol"], province().issuer, "u-carol")
    tie(cast.users["alice"], province().issuer, "u-alice")
    guess(client, 5)
    assert "账号已锁定" in words(come_in(Client(), "u-carol"))
    with context.unscoped("shut"):
        User.objects.filter(username="alice").update(is_active=False)
    assert "已停用" in words(come_in(Client(), "u-alice"))
    assert "sso_refused" in kinds(user=cast.users["alice"])


def test_a_session_ends_by_the_same_limits_and_is_among_ones_own(
    province: Any, cast: Any, settings: Any
) -> None:
    settings.SHANHAI_IDLE_SECONDS = 1800
    tie(cast.users["carol"], province().issuer, "u-carol")
    here, there = Client(), Client()
    for browser in (here, there):
        come_in(browser, "u-carol")
    assert "退出其他全部设备" in words(here.get("/accounts/devices/"))
    here.post("/accounts/devices/", {"end": "others"})
    assert (is_in(here), is_in(there)) == (True, False)
    session = here.session
    session["seen_at"] = int(time.time()) - 1900
    session.save()
    assert not is_in(here)
    come_in(here, "u-carol")
    session = here.session
    session["signed_in_at"] = int(time.time()) - settings.SESSION_COOKIE_AGE - 5
    session.save()
    assert not is_in(here)


def test_an_address_that_begins_too_often_waits(province: Any, cast: Any, settings: Any) -> None:
    settings.SHANHAI_TRIES_PER_MINUTE = 2
    browser = Client(REMOTE_ADDR="10.0.0.7")
    assert [browser.post(BEGIN).status_code for _time in range(3)] == [200, 200, 429]
    assert browser.get(f"{BEGIN}callback/?code=a&state=b").status_code == 429


def test_the_age_of_a_password_is_no_matter_to_who_used_none(province: Any, cast: Any) -> None:
    carol = cast.users["carol"]
    tie(carol, province().issuer, "u-carol")
    with context.unscoped("long ago"):
        old = timezone.now() - timedelta(days=SignInRule.now().days + 1)
        User.objects.filter(pk=carol.pk).update(password_changed_at=old)
    browser = Client()
    come_in(browser, "u-carol")
    assert is_in(browser)
    with context.unscoped("reset"):
        User.objects.filter(pk=carol.pk).update(must_change_password=True)
    assert browser.get("/places/")["Location"].startswith("/accounts/password/change/")


def test_our_own_second_factor_is_asked_after_the_provider_too(province: Any, cast: Any) -> None:
    secret, _codes = set_up(entered())
    tie(cast.users["carol"], province().issuer, "u-carol")
    browser = Client()
    assert come_in(browser, "u-carol", amr="pwd otp")["Location"] == ASKED
    assert not is_in(browser)
    assert "access_token" not in str(dict(browser.session))
    assert browser.session["account_login"]["signal_kwargs"]["sociallogin"].get("token") is None
    browser.post(ASKED, {"code": code_of(secret, 1)})
    assert is_in(browser)
    assert noted(cast.users["carol"]) == "省统一身份认证"


def test_what_the_operator_accepts_of_the_provider_stands_for_the_second_factor(
    province: Any, cast: Any
) -> None:
    province(second_factor=Proof(amr=frozenset({"otp"}), acr=frozenset({"urn:strong"})))
    set_up(entered())
    tie(cast.users["carol"], _issuer(), "u-carol")
    weak, strong = Client(), Client()
    assert come_in(weak, "u-carol")["Location"] == ASKED
    assert come_in(strong, "u-carol", amr="pwd otp")["Location"] == "/"
    assert is_in(strong)


def _issuer() -> str:
    from django.conf import settings

    return str(settings.SHANHAI_PROVIDERS[0].issuer)


def test_who_must_have_a_second_factor_and_has_none_here_may_have_it_there(province: Any, cast: Any) -> None:
    """Of this session only: by the password the same person still owes one."""
    province(second_factor=Proof(amr=frozenset({"otp"})))
    tie(cast.users["carol"], _issuer(), "u-carol")
    demand("coordinator")
    weak, strong = Client(), Client()
    come_in(weak, "u-carol")
    come_in(strong, "u-carol", amr="pwd otp")
    assert weak.get("/places/")["Location"].startswith("/accounts/2fa/")
    assert is_in(strong)
    assert not Authenticator.objects.exists()
    strong.post("/accounts/logout/")
    assert not is_in(entered())


def test_without_the_strength_that_is_demanded_nobody_comes_in(province: Any, cast: Any) -> None:
    province(required=Proof(acr=frozenset({"urn:strong"})))
    tie(cast.users["carol"], _issuer(), "u-carol")
    browser = Client()
    assert "acr_values=urn%3Astrong" in leaving(browser.post(BEGIN))
    assert "验证强度不够" in words(come_in(browser, "u-carol"))
    assert come_in(browser, "u-carol", acr="urn:strong")["Location"] == "/"


def test_cancelling_there_leads_back_with_a_word(province: Any, cast: Any) -> None:
    browser = Client()
    back = answered(leaving(browser.post(BEGIN)), "carol", cancel="1")
    answer = browser.get(back)
    assert "取消了登录" in words(answer)
    assert "回登录页" in words(answer)


def test_signing_out_ends_here_and_then_there_where_the_operator_wants_it(province: Any, cast: Any) -> None:
    one = province(signs_out=True)
    tie(cast.users["carol"], one.issuer, "u-carol")
    browser = Client()
    come_in(browser, "u-carol")
    out = browser.post("/accounts/logout/")
    assert out["Location"] == "/accounts/oidc/province/out/"
    assert not is_in(browser)
    there = leaving(browser.get(out["Location"] + "?post_logout_redirect_uri=https://evil.example/"))
    assert there == (
        f"{one.issuer}/session/end?client_id=shanhai"
        "&post_logout_redirect_uri=http%3A%2F%2Ftestserver%2Faccounts%2Flogin%2F"
    )
    province(signs_out=False)
    assert browser.get(out["Location"])["Location"] == "/accounts/login/"
    assert entered().post("/accounts/logout/")["Location"] == "/accounts/login/"
