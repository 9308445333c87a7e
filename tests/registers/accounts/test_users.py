"""Users as their administrators see and change them."""

from datetime import date
from typing import Any

import pytest

from registers.reading import fill, filled, page, words
from shanhai.kernel import context
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.history.models import HistoryEntry
from shanhai.registers.accounts import actions
from shanhai.registers.accounts.models import Membership, User

USERS = "/accounts/users/"
#: Pages of one kind of administrators alone.
OF_KIND = {
    "root": ("{there}edit/",),
    "sean": (f"{USERS}new/", "{there}roles/new/", f"{USERS}import/", "/accounts/sign-ins/rules/new/"),
    "ines": ("{there}?history=all", "/accounts/sign-ins/", "/accounts/roles/?history=all"),
}


def user_page(cast: Any, username: str) -> str:
    return f"{USERS}{cast.users[username].pk}/"


def listed(client: Any, query: str = "") -> list[str]:
    shown = page(client.get(f"{USERS}{query}"))
    return [cell.get_text(strip=True) for cell in shown.select("main table.ledger tbody th")]


@pytest.fixture
def other_administrator(cast: Any) -> Any:
    """The administrator of the western side."""
    with context.unscoped("other administrator"):
        user = User.objects.create_user(
            username="ada", password="password of a test", name="ada", must_change_password=False
        )
        Membership.objects.create(
            user=user, unit=cast.mt_coordinator, role="administrator", valid_from=date(2020, 1, 1)
        )
    cast.users["ada"] = user
    return user


def test_an_administrator_sees_the_users_of_the_own_side_only(sign_in: Any) -> None:
    assert listed(sign_in("root")) == [
        "alice",
        "anna",
        "carol",
        "dave",
        "ines",
        "lily",
        "root",
        "sean",
        "victor",
    ]


def test_users_are_found_by_name_unit_role_and_state(cast: Any, sign_in: Any) -> None:
    client = sign_in("root")
    assert listed(client, "?q=ali") == ["alice"]
    assert listed(client, "?q=财政") == ["anna"]
    assert listed(client, "?role=leader") == ["lily"]
    assert listed(client, "?state=first") == []
    assert "没有符合的用户" in words(client.get(f"{USERS}?q=nobody"))


def test_the_list_goes_on_in_pages(cast: Any, sign_in: Any) -> None:
    with context.unscoped("many"):
        users = [User(username=f"user{number:03}", name="某") for number in range(60)]
        User.objects.bulk_create(users)
        Membership.objects.bulk_create(
            Membership(user=user, unit=cast.dm_labour, role="reporter", valid_from=date(2020, 1, 1))
            for user in users
        )
    client = sign_in("root")
    first = client.get(USERS)
    following = page(first).select_one("a[rel=next]")["href"]  # type: ignore[index]
    names = listed(client) + [
        cell.get_text(strip=True) for cell in page(client.get(following)).select("main tbody th")
    ]
    assert names == sorted(names)
    assert len(names) == 69


def test_a_new_user_gets_a_password_that_is_shown_once(cast: Any, client_of: Any, client: Any) -> None:
    administrator = client_of("sean")
    shown = fill(
        administrator, f"{USERS}new/", username="zhang.san", name="张三", unit=str(cast.dm_labour.pk),
        role="reporter", reason="新到任",
    )  # fmt: skip
    password = page(shown).select("dd code")[1].get_text()
    assert "no-store" in shown["Cache-Control"]
    user = User.objects.get(username="zhang.san")
    assert user.must_change_password
    assert [(one.unit, one.role) for one in user.memberships.all()] == [(cast.dm_labour, "reporter")]
    assert password not in words(administrator.get(f"{USERS}{user.pk}/"))
    assert "新到任" in words(client_of("ines").get(f"{USERS}{user.pk}/"))
    account = {"login": "zhang.san", "password": password}
    assert "未激活" in words(client.post("/accounts/login/", account, follow=True))
    opened = {"act": "reactivate", "reason": "核对"}
    assert "待“系统管理”启用" in words(administrator.get(f"{USERS}{user.pk}/"))
    assert administrator.post(f"{USERS}{user.pk}/act/", opened).status_code == 422
    assert client_of("root").post(f"{USERS}{user.pk}/act/", opened).status_code == 302
    entered = client.post("/accounts/login/", {"login": "zhang.san", "password": password})
    assert entered.status_code == 302
    assert client.get("/")["Location"].startswith("/accounts/password/change/")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"username": "alice"}, "已有人用"),
        ({"username": "Bad Name"}, "小写字母开头"),
        ({"valid_to": "2019-01-01"}, "不能早于生效日期"),
        ({"reason": ""}, "理由"),
    ],
)
def test_what_is_wrong_comes_back_with_what_was_typed(
    cast: Any, sign_in: Any, wrong: dict[str, str], sentence: str
) -> None:
    typed = {
        "username": "li.si",
        "name": "李四",
        "unit": str(cast.dm_labour.pk),
        "role": "reporter",
        "reason": "新",
    }
    shown = fill(sign_in("sean"), f"{USERS}new/", **typed | wrong)
    assert shown.status_code == 422
    assert sentence in words(shown)
    assert 'value="李四"' in shown.content.decode()


def test_a_role_on_the_other_side_cannot_be_given(cast: Any, sign_in: Any) -> None:
    client = sign_in("sean")
    shown = fill(
        client,
        f"{USERS}new/",
        username="li.si",
        name="李四",
        unit=str(cast.mt_labour.pk),
        role="coordinator",
        reason="x",
    )
    assert shown.status_code == 422
    assert not User.objects.filter(username="li.si").exists()
    options = [
        option.get_text() for option in page(client.get(f"{USERS}new/")).select("select[name=unit] option")
    ]
    assert not any("受援方" in option for option in options)


def test_users_of_the_other_side_do_not_exist_for_an_administrator(cast: Any, sign_in: Any) -> None:
    client = sign_in("root")
    there = user_page(cast, "bob")
    assert client.get(there).status_code == 404
    assert client.get(f"{there}edit/").status_code == 404
    assert client.post(f"{there}act/", {"act": "reset", "reason": "x"}).status_code == 404
    assert sign_in("sean").get(f"{there}roles/new/").status_code == 404


def test_a_second_role_adds_to_the_first_and_ends_on_its_day(cast: Any, sign_in: Any) -> None:
    client = sign_in("sean")
    added = fill(
        client, f"{user_page(cast, 'alice')}roles/new/", unit=str(cast.dm_finance.pk), role="verifier",
        valid_from="2021-01-01", valid_to="2021-09-23", reason="临时",
    )  # fmt: skip
    assert added.status_code == 302
    roles = {grant.role.code for grant in cast.users["alice"].actor().grants}
    assert roles == {"reporter"}
    second = Membership.objects.get(user=cast.users["alice"], role="verifier")
    changed = fill(
        client, f"{user_page(cast, 'alice')}roles/{second.pk}/", valid_to="2021-09-24", reason="延长一天"
    )
    assert changed.status_code == 302
    assert {grant.role.code for grant in cast.users["alice"].actor().grants} == {"reporter", "verifier"}
    shown = words(sign_in("ines").get(user_page(cast, "alice")))
    assert "延长一天" in shown
    assert "2021-09-23 → 2021-09-24" in shown


def test_the_same_role_twice_is_refused(cast: Any, sign_in: Any) -> None:
    shown = fill(
        sign_in("sean"),
        f"{user_page(cast, 'alice')}roles/new/",
        unit=str(cast.dm_labour.pk),
        role="reporter",
        reason="x",
    )
    assert "已有这个岗位" in words(shown)


def test_resetting_a_password_ends_the_sessions_of_the_old_one(cast: Any, sign_in: Any, client: Any) -> None:
    from django.test import Client

    alice = Client()
    alice.post("/accounts/login/", {"login": "alice", "password": "password of a test"})
    assert alice.get("/places/").status_code == 200
    shown = sign_in("root").post(f"{user_page(cast, 'alice')}act/", {"act": "reset", "reason": "忘了口令"})
    password = page(shown).select("dd code")[1].get_text()
    assert alice.get("/places/")["Location"].startswith("/accounts/login/")
    assert alice.post("/accounts/login/", {"login": "alice", "password": password}).status_code == 302
    entry = HistoryEntry.objects.filter(row_id=cast.users["alice"].pk, reason="忘了口令").get()
    assert entry.actor == str(cast.users["root"].pk)
    told = words(sign_in("ines").get(user_page(cast, "alice")))
    assert "（已更换）" in told
    assert "pbkdf2" not in told
    assert "md5" not in told


def test_deactivating_needs_a_reason_and_can_be_taken_back(cast: Any, sign_in: Any) -> None:
    client, act = sign_in("root"), f"{user_page(cast, 'alice')}act/"
    assert client.post(act, {"act": "deactivate"}).status_code == 422
    assert client.post(act, {"act": "deactivate", "reason": "调离"}).status_code == 302
    assert not User.objects.get(username="alice").is_active
    assert "已停用" in words(client.get(user_page(cast, "alice")))
    assert client.post(act, {"act": "reactivate", "reason": "调回"}).status_code == 302
    assert User.objects.get(username="alice").is_active


def test_no_side_is_left_without_an_administrator(cast: Any, sign_in: Any) -> None:
    client = sign_in("sean")
    own = Membership.objects.get(user=cast.users["root"])
    refused = fill(client, f"{user_page(cast, 'root')}roles/{own.pk}/", valid_to="2021-09-01", reason="x")
    assert refused.status_code == 422
    assert "至少要留一位" in words(refused)
    assert Membership.objects.get(pk=own.pk).valid_to is None
    act = sign_in("root").post(f"{user_page(cast, 'root')}act/", {"act": "deactivate", "reason": "x"})
    assert "不能停用自己" in words(act)


def test_an_account_with_roles_on_both_sides_is_nobodys_alone(
    cast: Any, sign_in: Any, other_administrator: Any
) -> None:
    with context.unscoped("both"):
        Membership.objects.create(
            user=cast.users["alice"], unit=cast.mt_labour, role="reporter", valid_from=date(2020, 1, 1)
        )
    client = sign_in("ada")
    shown = client.get(user_page(cast, "alice"))
    assert "由另一方的管理员管理" in words(shown)
    refused = client.post(f"{user_page(cast, 'alice')}act/", {"act": "reset", "reason": "x"})
    assert refused.status_code == 422
    assert "另一方也有岗位" in words(refused)
    theirs = Membership.objects.get(user=cast.users["alice"], unit=cast.mt_labour)
    security = sign_in("sean")
    assert security.get(f"{user_page(cast, 'alice')}roles/{theirs.pk}/").status_code == 404


def test_two_administrators_editing_at_once_see_both_values(cast: Any, sign_in: Any) -> None:
    client = sign_in("root")
    address = f"{user_page(cast, 'alice')}edit/"
    opened = filled(client.get(address))
    assert fill(client, address, name="爱丽丝").status_code == 422
    fill(client, address, name="爱丽丝", reason="更名")
    clash = client.post(address, opened | {"name": "阿丽", "reason": "更名"})
    assert clash.status_code == 409
    assert "爱丽丝" in words(clash)
    assert User.objects.get(username="alice").name == "爱丽丝"
    mine = client.post(address, filled(clash) | {"take-name": "mine"})
    assert mine.status_code == 302
    assert User.objects.get(username="alice").name == "阿丽"
    theirs = client.post(address, opened | {"name": "第三个", "reason": "更名"})
    kept = client.post(address, filled(theirs) | {"take-name": "theirs"})
    assert kept.status_code == 302
    assert User.objects.get(username="alice").name == "阿丽"


@pytest.mark.parametrize(
    ("username", "status"),
    [
        ("root", 200),
        ("sean", 200),
        ("ines", 200),
        ("carol", 403),
        ("alice", 403),
        ("dave", 403),
        ("eve", 403),
        ("lily", 403),
    ],
)
def test_only_administrators_reach_users(cast: Any, sign_in: Any, username: str, status: int) -> None:
    client = sign_in(username)
    there = user_page(cast, "anna")
    for address in (USERS, there):
        assert client.get(address).status_code == status, address
    for kind, addresses in OF_KIND.items():
        for address in addresses:
            found = client.get(address.format(there=there)).status_code
            assert found == (200 if username == kind else 403), address


def test_roles_are_told_in_words(sign_in: Any) -> None:
    shown = words(sign_in("alice").get("/accounts/roles/"))
    assert "系统管理 单位和地区、账号的启用、停用和初始口令、后台任务和佐证检查 看不到任何业务记录" in shown
    assert "统筹" in shown
    assert sign_in("eve").get("/accounts/roles/").status_code == 403


def test_who_got_which_role_is_told_to_administrators_of_the_side(
    cast: Any, sign_in: Any, other_administrator: Any
) -> None:
    client = sign_in("sean")
    with context.unscoped("test"):
        post = Membership.objects.get(user=cast.users["alice"])
    fill(client, f"{user_page(cast, 'alice')}roles/{post.pk}/", valid_to="2021-12-31", reason="借调期满")
    client = sign_in("ines")
    assert page(client.get("/accounts/roles/")).find("a", string="权限的历史")
    shown = words(client.get("/accounts/roles/?history=all"))
    assert f"修改任职 {post}" in shown
    assert "失效日期 空 → 2021-12-31" in shown
    assert "理由：借调期满" in shown
    assert f"新增任职 {post}" in shown
    assert "ada" not in shown
    assert sign_in("ada").get("/accounts/roles/?history=all").status_code == 403
    for reader in ("victor", "lily"):
        assert "权限的历史" not in words(sign_in(reader).get("/accounts/roles/"))
        assert sign_in(reader).get("/accounts/roles/?history=all").status_code == 403


def test_a_long_history_goes_on_page_by_page(cast: Any, sign_in: Any) -> None:
    client = sign_in("ines")
    with context.unscoped("test"):
        for number in range(60):
            User.objects.filter(pk=cast.users["alice"].pk).update(name=f"名{number}")
    first = client.get(f"{user_page(cast, 'alice')}?history=all")
    assert "名58 → 名59" in words(first)
    assert "名1 → 名2" not in words(first)
    link = page(first).find("a", string="下一页")["href"]  # type: ignore[index]
    rest = words(client.get(f"{user_page(cast, 'alice')}{link}"))
    assert "名1 → 名2" in rest
    assert "名58 → 名59" not in rest


def test_the_whole_history_of_a_user_is_one_click_away(cast: Any, sign_in: Any) -> None:
    client = sign_in("root")
    for name in ("甲", "乙", "丙"):
        fill(client, f"{user_page(cast, 'alice')}edit/", name=name, reason=f"改成{name}")
    client = sign_in("ines")
    link = page(client.get(user_page(cast, "alice"))).find("a", string="全部历史")["href"]  # type: ignore[index]
    shown = words(client.get(f"{user_page(cast, 'alice')}{link}"))
    assert "甲 → 乙" in shown
    assert "改成丙" in shown


def test_no_role_changes_without_a_reason_whoever_calls(cast: Any, as_actor: Any) -> None:
    """Below the forms too: what programs write goes by the same act."""
    membership = Membership.objects.filter(user=cast.users["alice"]).first()
    assert membership is not None
    with as_actor("root") as root:
        for act in (
            lambda: actions.save_membership(membership, actor=root, reason=" "),
            lambda: actions.deactivate(cast.users["alice"], actor=root, reason=""),
            lambda: actions.reset_password(cast.users["alice"], actor=root, reason=""),
        ):
            with pytest.raises(RuleViolated, match="必须写明原因"):
                act()
    cast.users["alice"].refresh_from_db()
    assert cast.users["alice"].is_active
