"""The way into an empty installation: one link, used once, by one person."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.utils import timezone

from registers.reading import page, words
from shanhai.kernel import context
from shanhai.kernel.errors import NotVisible
from shanhai.kernel.scope import Side
from shanhai.registers.accounts.models import Membership, SetupLink, User
from shanhai.registers.accounts.setting_up import make_first_administrators
from shanhai.registers.parties.models import Unit

FORM = {
    "name": "管理员甲",
    "username": "guanli.jia",
    "password": "Shan hai lian jie",
    "again": "Shan hai lian jie",
    "security_name": "管理员乙",
    "security_username": "guanli.yi",
    "audit_name": "管理员丙",
    "audit_username": "guanli.bing",
    "east": "珠海市斗门区",
    "west": "遵义市湄潭县",
}
GIVEN = {name: value for name, value in FORM.items() if name != "again"}


def link(capsys: Any) -> str:
    call_command("setup_link")
    return str(capsys.readouterr().out.strip())


def test_the_link_makes_three_administrators_of_both_sides_and_signs_the_first_in(
    db: Any, client: Any, capsys: Any
) -> None:
    address = link(capsys)
    assert address.startswith("/setup/")
    assert "首次设置" in client.get(address).content.decode()
    response = client.post(address, FORM)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    secrets = [one.get_text().split() for one in page(response).select("dd code")]
    assert [account for account, _password in secrets] == ["guanli.yi", "guanli.bing"]
    for account, password in secrets:
        assert Client().post("/accounts/login/", {"login": account, "password": password}).status_code == 302
    started = client.get("/accounts/start/")
    assert started.status_code == 200
    assert "下一步：地区" in words(started)
    assert "还没有方案" in words(started)
    user = User.objects.get(username="guanli.jia")
    kinds = {one.username: {grant.role.code for grant in one.actor().grants} for one in User.objects.all()}
    assert kinds == {"guanli.jia": {"administrator"}, "guanli.yi": {"security"}, "guanli.bing": {"audit"}}
    assert {grant.side for grant in user.actor().grants} == set(Side)
    assert not user.must_change_password
    assert set(Unit.objects.values_list("code", "name")) == {
        ("east", "珠海市斗门区"),
        ("west", "遵义市湄潭县"),
    }


def test_a_link_works_once(db: Any, client: Any, capsys: Any) -> None:
    address = link(capsys)
    client.post(address, FORM)
    client.logout()
    assert client.get(address).status_code == 404
    assert client.post(address, FORM | {"username": "another"}).status_code == 404
    assert User.objects.count() == 3


def test_a_link_ends_after_a_day_and_when_a_newer_one_is_made(db: Any, client: Any, capsys: Any) -> None:
    first, second = link(capsys), link(capsys)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    with context.unscoped("a day later"):
        SetupLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(second).status_code == 404


def test_an_installation_with_users_prints_no_link(cast: Any, capsys: Any) -> None:
    assert link(capsys) == ""
    assert not SetupLink.objects.exists()


def test_the_token_itself_is_nowhere_in_the_database(db: Any, capsys: Any) -> None:
    token = link(capsys).split("/")[2]
    assert token not in str(SetupLink.objects.values())


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"again": "something else"}, "两次写的口令不一样"),
        ({"password": "1234567890123", "again": "1234567890123"}, "口令太简单"),
        ({"username": "张三"}, "小写字母开头"),
        ({"audit_username": "guanli.jia"}, "三个不同的账号"),
        ({"east": ""}, "帮扶方"),
    ],
)
def test_what_cannot_be_taken_comes_back_with_a_sentence(
    db: Any, client: Any, capsys: Any, wrong: dict[str, str], sentence: str
) -> None:
    address = link(capsys)
    response = client.post(address, FORM | wrong)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert client.get(address).status_code == 200


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What the test writes is committed, for two connections to meet; then it is taken away by hand."""
    with django_db_blocker.unblock():
        yield
        with context.unscoped("clean up"):
            Membership.objects.all().delete()
            for model in (User, Unit, SetupLink):
                model._default_manager.all().delete()
        connections.close_all()


def test_of_two_who_use_the_link_at_once_one_wins(committed: None, capsys: Any) -> None:
    token = link(capsys).split("/")[2]
    outcomes: list[str] = []

    def use(username: str) -> None:
        try:
            make_first_administrators(token, **GIVEN | {"username": username})
            outcomes.append("made")
        except NotVisible:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=use, args=(f"admin{number}",)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["made", "refused"]
    assert User.objects.count() == 3


def test_each_step_shows_how_far_it_is_and_leads_on_to_who_may_do_it(cast: Any, sign_in: Any) -> None:
    shown = sign_in("root").get("/accounts/start/")
    assert "帮扶方 3 个" in words(shown)
    links = {link["href"] for link in page(shown).select("main ol.rows a")}
    assert links == {"/places/import/", "/parties/units/import/"}
    links = {link["href"] for link in page(sign_in("carol").get("/accounts/start/")).select("main ol.rows a")}
    assert links == {"/places/import/", "/parties/units/import/", "/scheme/schemes/import/"}
    assert sign_in("alice").get("/accounts/start/").status_code == 403
