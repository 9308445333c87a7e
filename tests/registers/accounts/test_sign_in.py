"""Signing in, and the password that must be changed first."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from shanhai.config.seed.accounts import PASSWORD as PASSWORD_OF_DEMONSTRATION
from shanhai.kernel import context
from shanhai.kernel.installation import mark_demonstration
from shanhai.registers.accounts.models import User

PASSWORD = "password of a test"
NEW = "A password of my own"


def sign_in(client: Any, username: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/accounts/login/", {"login": username, "password": password, **more})


def must_change(user: Any) -> None:
    with context.unscoped("reset"):
        User.objects.filter(pk=user.pk).update(must_change_password=True)


def test_signing_in_leads_back_to_where_one_was(cast: Any, client: Any) -> None:
    gone = client.get("/places/?q=yx")
    assert gone["Location"] == "/accounts/login/?next=/places/%3Fq%3Dyx"
    shown = client.get(gone["Location"])
    assert 'name="next" value="/places/?q=yx"' in shown.content.decode()
    assert "账号" in shown.content.decode()
    response = sign_in(client, "carol", next="/places/?q=yx")
    assert (response.status_code, response["Location"]) == (302, "/places/?q=yx")


def test_a_foreign_address_is_not_gone_to(cast: Any, client: Any) -> None:
    assert sign_in(client, "carol", next="https://example.org/")["Location"] == "/"


def test_a_wrong_password_is_told_without_saying_which_is_wrong(cast: Any, client: Any) -> None:
    wrong, nobody = sign_in(client, "carol", "not this one"), sign_in(client, "nobody", "not this one")
    assert "账号或口令不对" in wrong.content.decode()
    assert "账号或口令不对" in nobody.content.decode()


def test_failed_sign_ins_are_slowed_down(cast: Any, client: Any) -> None:
    from django.core.cache import cache

    cache.clear()
    said = [sign_in(client, "carol", "not this one").content.decode() for _attempt in range(6)]
    cache.clear()
    assert "登录失败的次数太多" in said[-1]


def test_a_deactivated_account_cannot_sign_in_and_its_session_ends(cast: Any, client: Any) -> None:
    sign_in(client, "carol")
    assert client.get("/places/").status_code == 200
    with context.unscoped("deactivate"):
        User.objects.filter(username="carol").update(is_active=False)
    assert client.get("/places/").status_code == 302
    assert (
        "已停用" in sign_in(client, "carol").content.decode()
        or "/inactive/" in sign_in(client, "carol")["Location"]
    )


def test_whoever_has_a_first_password_can_only_change_it(cast: Any, client: Any) -> None:
    must_change(cast.users["carol"])
    sign_in(client, "carol")
    for address in ("/", "/places/", "/parties/units/", "/search/?q=a"):
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/password/change/?next=")
    assert client.post("/parties/units/new/", {}).status_code == 302
    assert "HX-Redirect" in client.get("/places/", headers={"HX-Request": "true"}).headers
    assert client.get("/accounts/password/change/").status_code == 200
    assert client.post("/accounts/logout/").status_code == 302


def test_after_the_change_the_way_is_open_and_leads_on(cast: Any, client: Any) -> None:
    must_change(cast.users["carol"])
    sign_in(client, "carol")
    change = client.get("/places/")["Location"]
    typed = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW, "next": "/places/"}
    response = client.post(change, typed)
    assert (response.status_code, response["Location"]) == (302, "/places/")
    assert client.get("/places/").status_code == 200
    client.post("/accounts/logout/")
    assert sign_in(client, "carol", NEW).status_code == 302


def test_the_old_password_does_not_count_as_a_new_one(cast: Any, client: Any) -> None:
    must_change(cast.users["carol"])
    sign_in(client, "carol")
    typed = {"oldpassword": PASSWORD, "password1": PASSWORD, "password2": PASSWORD}
    response = client.post("/accounts/password/change/", typed)
    assert "不能与原来的口令相同" in response.content.decode()
    assert User.objects.get(username="carol").must_change_password


@pytest.mark.parametrize("page", ["signup", "email", "password/reset", "password/set", "login/code/confirm"])
def test_pages_of_allauth_that_nobody_needs_are_shut(cast: Any, client: Any, page: str) -> None:
    assert client.get(f"/accounts/{page}/").status_code in {302, 404}
    sign_in(client, "carol")
    assert client.get(f"/accounts/{page}/").status_code == 404


@pytest.fixture
def demonstration_database(commits: None, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The owner marks the database as a demonstration, before the test's own transaction begins."""
    with django_db_blocker.unblock():
        mark_demonstration()
        yield
        with connections["owner"].cursor() as cursor:
            cursor.execute("DELETE FROM kernel_installation")


def leader_of_the_demonstration() -> None:
    with context.unscoped("an account of the demonstration"):
        User.objects.create_user(username="dm-leader", password=PASSWORD_OF_DEMONSTRATION, name="区领导")


def test_the_sign_in_page_of_a_demonstration_says_whom_to_be(
    demonstration_database: None, cast: Any, client: Any
) -> None:
    leader_of_the_demonstration()
    shown = client.get("/accounts/login/").content.decode()
    assert "dm-leader" in shown
    assert PASSWORD_OF_DEMONSTRATION in shown


def test_a_real_installation_says_nothing_of_the_kind(cast: Any, client: Any) -> None:
    leader_of_the_demonstration()
    assert PASSWORD_OF_DEMONSTRATION not in client.get("/accounts/login/").content.decode()
