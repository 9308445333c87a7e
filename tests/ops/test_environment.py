from collections.abc import Callable
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import pytest

from ops.conftest import Box
from shanhai.config.env import database
from shanhai.ops import own_server
from shanhai.ops.environment import Addresses, chosen_mode, for_django
from shanhai.ops.errors import Refusal
from shanhai.ops.installation import Installation, Mode


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation.open({"SHANHAI_DATA": str(tmp_path / "a")})


def test_each_mode_has_its_own_database_and_two_roles(installation: Installation) -> None:
    demo, live = (Addresses.embedded(installation, 5, mode) for mode in (Mode.DEMO, Mode.LIVE))
    assert urlsplit(demo.application).path != urlsplit(live.application).path
    assert urlsplit(live.application).username != urlsplit(live.owner).username
    assert urlsplit(live.application).password != urlsplit(live.owner).password


def test_one_address_without_the_other_is_refused(installation: Installation) -> None:
    for alone in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        with pytest.raises(Refusal, match="同时设置"):
            Addresses.of_user(installation, {alone: "postgresql://x@y/z"})
    assert Addresses.of_user(installation, {}) is None


def test_what_the_user_sets_wins_over_what_was_generated(installation: Installation) -> None:
    found = for_django(installation, Addresses("a", "b"), Mode.LIVE, {"SHANHAI_SECRET_KEY": "mine"})
    assert found["SHANHAI_SECRET_KEY"] == "mine"
    assert found["SHANHAI_FIELD_KEYS_FILE"] == str(installation.field_keys)
    found = for_django(installation, Addresses("a", "b"), Mode.LIVE, {"SHANHAI_FIELD_KEYS": "mine"})
    assert (found["SHANHAI_FIELD_KEYS"], found["SHANHAI_FIELD_KEYS_FILE"]) == ("mine", "")


def test_real_work_never_runs_on_the_demonstration_clock(installation: Installation) -> None:
    wish = {"SHANHAI_DEMONSTRATION_TODAY": "2021-09-24", "SHANHAI_DEMO": "1"}
    live = for_django(installation, Addresses("a", "b"), Mode.LIVE, wish)
    assert (live["SHANHAI_DEMONSTRATION_TODAY"], live["SHANHAI_DEMO"]) == ("", "0")
    demo = for_django(installation, Addresses("a", "b"), Mode.DEMO, {})
    assert (demo["SHANHAI_DEMONSTRATION_TODAY"], demo["SHANHAI_DEMO"]) == ("2021-09-24", "1")


def test_what_a_shell_still_holds_of_another_mode_is_no_wish(installation: Installation) -> None:
    shell = for_django(installation, Addresses.embedded(installation, 5, Mode.LIVE), Mode.LIVE, {})
    assert Addresses.of_user(installation, shell) is None
    demo = for_django(installation, Addresses("a", "b"), Mode.DEMO, shell)
    assert demo["SHANHAI_DEMONSTRATION_TODAY"] == "2021-09-24"
    assert demo["SHANHAI_FILES"] == str(installation.files(Mode.DEMO))


def test_a_command_follows_the_server_that_runs(installation: Installation) -> None:
    assert chosen_mode(installation, {}) is Mode.LIVE
    with installation.lock("server") as lock:
        lock.acquire()
        lock.publish(mode=Mode.DEMO)
        assert chosen_mode(installation, {}) is Mode.DEMO
        assert chosen_mode(installation, {"SHANHAI_DEMO": "0"}) is Mode.LIVE


@pytest.fixture
def addresses(running_box: Box) -> Addresses:
    found = running_box.addresses()
    return Addresses(found["DATABASE_URL"], found["DATABASE_OWNER_URL"])


def test_a_server_with_two_proper_roles_is_accepted(addresses: Addresses) -> None:
    own_server.examine(addresses)


def test_a_server_that_is_too_old_is_refused(addresses: Addresses, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_server, "OLDEST", 99)
    with pytest.raises(Refusal, match="PostgreSQL 99"):
        own_server.examine(addresses)


def test_one_role_for_both_is_refused(addresses: Addresses) -> None:
    with pytest.raises(Refusal, match="两个不同的角色"):
        own_server.examine(Addresses(addresses.owner, addresses.owner))


def test_two_databases_are_refused(addresses: Addresses) -> None:
    with pytest.raises(Refusal, match="同一个数据库"):
        own_server.examine(Addresses(addresses.application + "_demo", addresses.owner))


def test_a_superuser_for_the_application_is_refused(addresses: Addresses, running_box: Box) -> None:
    installation = Installation.open({"SHANHAI_DATA": str(running_box.data)})
    from shanhai.ops.installation import RunAs

    sockets = installation.socket_folder(RunAs.current())
    port = urlsplit(addresses.owner).port
    password = installation.secrets.superuser_password
    superuser = f"postgresql://postgres:{password}@/shanhai?host={sockets}&port={port}"
    with pytest.raises(Refusal, match="超级用户"):
        own_server.examine(Addresses(superuser, addresses.owner))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda parts: parts._replace(netloc=f"{parts.username}:wrong@127.0.0.1:{parts.port}"),
            "角色或密码不对",
        ),
        (lambda parts: parts._replace(netloc=f"nobody:x@127.0.0.1:{parts.port}"), "角色或密码不对"),
        (lambda parts: parts._replace(path="/nowhere"), "没有这个数据库"),
        (lambda parts: parts._replace(netloc=f"{parts.username}:x@127.0.0.1:1"), "没有数据库在运行"),
        (lambda parts: parts._replace(netloc="shanhai_owner:a@b@127.0.0.1"), "百分号编码"),
        (lambda parts: parts._replace(netloc="127.0.0.1"), "角色和数据库不能省略"),
        (lambda parts: parts._replace(scheme="mysql"), "postgresql://"),
    ],
    ids=["password", "role", "database", "port", "at sign in password", "no role", "other engine"],
)
def test_what_is_wrong_with_an_address_is_said_in_words_and_without_its_password(
    addresses: Addresses, change: Callable[[SplitResult], SplitResult], said: str
) -> None:
    wrong = change(urlsplit(addresses.owner)).geturl()
    with pytest.raises(Refusal, match=said) as refused:
        own_server.examine(Addresses(addresses.application, wrong))
    assert "DATABASE_OWNER_URL" in str(refused.value)
    assert urlsplit(wrong).password is None or f":{urlsplit(wrong).password}@" not in str(refused.value)


def test_an_owner_that_does_not_own_the_database_is_refused_with_the_statement_that_mends_it(
    addresses: Addresses,
) -> None:
    with pytest.raises(Refusal, match='ALTER DATABASE "shanhai" OWNER TO "shanhai_app"'):
        own_server.examine(Addresses(addresses.owner, addresses.application))


def test_addresses_may_come_from_files(installation: Installation, tmp_path: Path) -> None:
    files = {}
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        (tmp_path / name).write_text(f"postgresql://{name}\n", "utf-8")
        files[f"{name}_FILE"] = str(tmp_path / name)
    found = Addresses.of_user(installation, files)
    assert found == Addresses("postgresql://DATABASE_URL", "postgresql://DATABASE_OWNER_URL")
    assert for_django(installation, found, Mode.LIVE, files)["DATABASE_URL_FILE"] == ""
    with pytest.raises(Refusal, match="读不出来"):
        Addresses.of_user(installation, files | {"DATABASE_URL_FILE": str(tmp_path / "none")})


def test_what_an_address_asks_of_the_connection_reaches_django(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_URL", "postgresql://a:b%40c@db/x?sslmode=require")
    found = database("SOME_URL")
    assert (found["PASSWORD"], found["HOST"]) == ("b@c", "db")
    assert found["OPTIONS"] == {"application_name": "shanhai", "sslmode": "require"}
