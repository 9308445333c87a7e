"""Sessions end by themselves, by their owner from another device, and with what they rest on."""

import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from registers.accounts.test_sign_in import sign_in
from registers.reading import fill, page, words
from shanhai.registers.accounts.forgetting import forget_expired
from shanhai.registers.accounts.models import SignInEvent

MINE = "/accounts/devices/"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile MicroMessenger/8.0"


def entered(username: str = "carol", agent: str = WINDOWS, **more: str) -> Client:
    browser = Client(HTTP_USER_AGENT=agent, **more)
    assert sign_in(browser, username).status_code == 302
    return browser


@pytest.fixture(autouse=True)
def nobody_is_in(cast: Any) -> None:
    """The sessions that wait for the people of the tests are not of these."""
    UserSession.objects.all().delete()


def is_in(browser: Any) -> bool:
    return bool(browser.get("/places/").status_code == 200)


def set_back(browser: Any, **seconds: int) -> None:
    session = browser.session
    for name, number in seconds.items():
        session[name] = int(time.time()) - number
    session.save()


def test_one_sees_ones_own_devices_and_which_is_this(cast: Any) -> None:
    here, phone = entered(), entered(agent=PHONE, REMOTE_ADDR="10.0.0.9")
    entered("alice")
    shown = page(here.get(MINE)).select("main ol.rows li")
    assert len(shown) == 2
    texts = {" ".join(one.get_text(" ").split()).split(" 登录")[0][:60] for one in shown}
    assert any("Chrome · Windows · 127.0.0.1（本机） 就是这里" in text for text in texts)
    assert any("微信 · Android · 10.0.0.9（内网） 退出这台设备" in text for text in texts)
    assert is_in(phone)


def test_another_device_is_signed_out_from_here(cast: Any) -> None:
    here, phone = entered(), entered(agent=PHONE)
    button = page(here.get(MINE)).select_one("button[name=end]:not([value=others])")
    here.post(MINE, {"end": button["value"]})  # type: ignore[index]
    assert (is_in(here), is_in(phone)) == (True, False)
    assert "结束其他登录" in words(here.get(MINE))


def test_all_others_are_signed_out_at_once_and_nobody_elses(cast: Any) -> None:
    here, one, two, alice = entered(), entered(), entered(agent=PHONE), entered("alice")
    here.post(MINE, {"end": "others"})
    assert [is_in(browser) for browser in (here, one, two, alice)] == [True, False, False, True]
    assert "退出其他全部设备" not in words(here.get(MINE))


def test_a_session_of_somebody_else_cannot_be_ended(cast: Any) -> None:
    carol, alice, other = entered(), entered("alice"), entered("alice", agent=PHONE)
    number = page(alice.get(MINE)).select_one("button[name=end]:not([value=others])")["value"]  # type: ignore[index]
    carol.post(MINE, {"end": number})
    assert is_in(other)
    carol.post(MINE, {"end": "nonsense"})


def test_whoever_did_nothing_for_half_an_hour_signs_in_again(cast: Any, settings: Any) -> None:
    settings.SHANHAI_IDLE_SECONDS = 1800
    browser = entered()
    set_back(browser, seen_at=1700)
    assert is_in(browser)
    set_back(browser, seen_at=1900)
    gone = browser.get("/places/")
    assert gone["Location"] == "/accounts/login/?next=/places/"
    assert "已自动退出" in words(browser.get(gone["Location"]))
    assert SignInEvent.objects.filter(user=cast.users["carol"]).first().kind == "timed_out"  # type: ignore[union-attr]


def test_the_longest_time_is_not_made_longer_by_use(cast: Any, settings: Any) -> None:
    browser = entered()
    set_back(browser, signed_in_at=settings.SESSION_COOKIE_AGE + 5, seen_at=0)
    assert not is_in(browser)


def test_that_a_session_is_in_use_is_written_once_a_minute(cast: Any, settings: Any, queries: Any) -> None:
    settings.SHANHAI_SEEN_SECONDS = 60
    browser = entered()
    browser.get("/places/")

    def writes() -> int:
        with queries() as captured:
            assert is_in(browser)
        return sum("UPDATE" in one["sql"] for one in captured)

    assert writes() == 0
    set_back(browser, seen_at=61)
    assert writes() == 2
    assert writes() == 0


def test_a_changed_password_ends_the_other_sessions(cast: Any) -> None:
    here, other = entered(), entered(agent=PHONE)
    new = "Tea-mountain-1"
    here.post(
        "/accounts/password/change/",
        {"oldpassword": "password of a test", "password1": new, "password2": new},
    )
    assert (is_in(here), is_in(other)) == (True, False)
    assert len(page(here.get(MINE)).select("main ol.rows li")) == 1


def test_a_changed_role_ends_the_sessions_of_whoever_holds_it(cast: Any, client_of: Any) -> None:
    carol, root = entered(), client_of("sean")
    membership = cast.users["carol"].memberships.get()
    address = f"/accounts/users/{cast.users['carol'].pk}/roles/{membership.pk}/"
    assert fill(root, address, role="leader", reason="转岗").status_code == 302
    assert not is_in(carol)
    assert is_in(root)


def test_what_has_expired_is_forgotten_at_night_and_what_has_not_stays(cast: Any) -> None:
    carol = entered()
    past = timezone.now() - timedelta(hours=1)
    old = Session.objects.create(session_key="old", session_data="", expire_date=past)
    facts = {"user": cast.users["carol"], "ip": "127.0.0.1", "user_agent": ""}
    UserSession.objects.create(session_key=old.session_key, **facts)
    cache.set("kept", 1, 3600)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO shanhai_cache VALUES ('gone', '', %s)", [past])
        forget_expired()
        cursor.execute("SELECT count(*) FROM shanhai_cache WHERE cache_key = 'gone'")
        assert cursor.fetchone() == (0,)
    assert cache.get("kept") == 1
    assert not Session.objects.filter(session_key="old").exists()
    assert not UserSession.objects.filter(session_key="old").exists()
    assert is_in(carol)
