"""Whoever guesses is stopped, by account and by address, whichever worker is asked."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import ProgrammingError, connections, transaction
from django.test import Client
from django.utils import timezone

from committing import committing
from registers.accounts.test_sign_in import sign_in
from registers.reading import words
from shanhai.kernel import context
from shanhai.registers.accounts.models import SignInEvent, SignInRule, User

Kind = SignInEvent.Kind


def guess(client: Any, times: int, username: str = "carol", **more: str) -> list[str]:
    return [words(sign_in(client, username, "not this one", **more)) for _time in range(times)]


def kinds(username: str = "carol") -> list[str]:
    events = SignInEvent.objects.filter(account=username, address__isnull=False).order_by("id")
    return list(events.values_list("kind", flat=True))


@pytest.fixture
def minutes_pass(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """The machine's clock goes on; what stands in the record cannot be put back."""
    real, gone = timezone.now, timedelta()

    def pass_by(minutes: int) -> None:
        nonlocal gone
        gone += timedelta(minutes=minutes)
        monkeypatch.setattr(timezone, "now", lambda: real() + gone)

    return pass_by


def test_five_wrong_passwords_lock_the_account_even_for_the_right_one(cast: Any, client: Any) -> None:
    guess(client, 5)
    answer = words(sign_in(client, "carol"))
    assert "账号已锁定。请在 15 分钟后再试" in answer
    assert kinds() == [*[Kind.FAILED] * 5, Kind.LOCKED, Kind.REFUSED]


def test_the_lock_opens_by_itself(cast: Any, client: Any, minutes_pass: Any) -> None:
    guess(client, 5)
    minutes_pass(14)
    assert "已锁定" in words(sign_in(client, "carol"))
    minutes_pass(2)
    assert sign_in(client, "carol").status_code == 302


def test_failures_that_lie_far_apart_do_not_lock(cast: Any, client: Any, minutes_pass: Any) -> None:
    for _time in range(3):
        guess(client, 2)
        minutes_pass(16)
    assert sign_in(client, "carol").status_code == 302


def test_a_sign_in_begins_the_count_anew(cast: Any, client: Any) -> None:
    guess(client, 4)
    assert sign_in(client, "carol").status_code == 302
    client.post("/accounts/logout/")
    guess(client, 4)
    assert sign_in(client, "carol").status_code == 302


def test_an_account_that_nobody_has_is_locked_alike(cast: Any, client: Any) -> None:
    said = guess(client, 6, "nobody")
    assert "账号已锁定" in said[-1]
    assert said[:5] == guess(client, 5, "carol")


def test_what_was_typed_in_place_of_an_account_is_not_kept(cast: Any, client: Any) -> None:
    guess(client, 1, "My-secret-2021")
    kept = str(list(SignInEvent.objects.values()))
    assert "My-secret" not in kept
    assert "not this one" not in kept


def test_an_address_that_tries_many_accounts_is_stopped_and_others_are_not(cast: Any, client: Any) -> None:
    with context.unscoped("fewer"):
        SignInRule.objects.update(address_failures=10)
    for number in range(10):
        guess(client, 1, f"nobody{number}")
    assert "这个地址登录失败的次数太多" in words(sign_in(client, "carol"))
    elsewhere = Client(REMOTE_ADDR="10.0.0.9")
    assert sign_in(elsewhere, "carol").status_code == 302


def test_an_address_is_read_past_the_operators_own_proxies_only(
    cast: Any, client: Any, settings: Any
) -> None:
    forged = {"HTTP_X_FORWARDED_FOR": "1.2.3.4, 10.9.9.9"}
    client.post("/accounts/login/", {"login": "carol", "password": "wrong"}, **forged)
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client.post("/accounts/login/", {"login": "carol", "password": "wrong"}, **forged)
    found = SignInEvent.objects.filter(kind="failed").order_by("id").values_list("address", flat=True)
    assert list(found) == ["127.0.0.1", "10.9.9.9"]


def test_an_administrator_opens_it_with_a_reason(cast: Any, client: Any, client_of: Any) -> None:
    guess(client, 5)
    root, page = client_of("sean"), f"/accounts/users/{cast.users['carol'].pk}/"
    assert "解除锁定" in words(root.get(page))
    assert root.post(f"{page}act/", {"act": "unlock", "reason": ""}).status_code == 422
    root.post(f"{page}act/", {"act": "unlock", "reason": "本人打电话核实"})
    assert "解除锁定" not in words(root.get(page)).split("最近的登录与失败")[0]
    assert sign_in(client, "carol").status_code == 302
    assert "本人打电话核实" in words(client_of("ines").get("/accounts/sign-ins/?kind=unlocked"))


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """An account that several connections find."""
    with committing(django_db_blocker, "accounts_signinevent"):
        with context.unscoped("an account to guess at"):
            User.objects.create_user(username="carol", password="password of a test", name="carol")
        yield


def test_guesses_at_the_same_moment_are_counted_one_by_one(committed: None) -> None:
    """Eight at once, as by eight workers: five are judged, the others find the account locked."""
    start = Barrier(8)

    def guesses() -> None:
        start.wait()
        guess(Client(), 1)
        connections.close_all()

    threads = [Thread(target=guesses) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(kinds()) == sorted([*[Kind.FAILED] * 5, Kind.LOCKED, *[Kind.REFUSED] * 3])


def test_what_stands_in_the_record_cannot_be_changed(cast: Any, client: Any) -> None:
    """Lockout counts from it and the auditor reads it; history is no help to whom it was taken from."""
    guess(client, 1)
    with context.unscoped("tamper"):
        mine = SignInEvent.objects.filter(account="carol")
        for tamper in (mine.delete, lambda: mine.update(kind=Kind.SIGNED_IN)):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                tamper()
    assert kinds() == [Kind.FAILED]


def test_the_record_is_for_administrators_and_tells_who_when_from_where(
    cast: Any, client: Any, client_of: Any
) -> None:
    guess(client, 1)
    sign_in(client, "carol")
    client.post("/accounts/logout/")
    shown = words(client_of("ines").get("/accounts/sign-ins/?q=carol"))
    for text in ("口令不对", "登录", "退出", "127.0.0.1（本机）"):
        assert text in shown
    assert client_of("carol").get("/accounts/sign-ins/").status_code == 403


def test_the_record_of_the_other_side_is_not_shown(cast: Any, client: Any, client_of: Any) -> None:
    guess(client, 1, "bob")
    guess(client, 1, "alice")
    shown = words(client_of("ines").get("/accounts/sign-ins/?kind=failed"))
    assert "alice" in shown
    assert "bob" not in shown


def test_locked_since_is_real_time_in_a_demonstration_too(cast: Any, client: Any) -> None:
    guess(client, 5)
    event = SignInEvent.objects.filter(kind=Kind.LOCKED).get()
    assert timezone.now() - event.at < timedelta(minutes=5)
    assert User.objects.get(username="carol").is_active
