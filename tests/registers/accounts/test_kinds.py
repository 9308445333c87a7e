"""Three administrators who share no right, see no business row, and do not become each other alone."""

from itertools import combinations
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from registers.reading import fill, page, words
from samples.rows import make_task, plant_row
from shanhai.kernel import clock, context
from shanhai.kernel.health import thorough
from shanhai.kernel.permissions import Reach, Verb
from shanhai.kernel.registry import registry
from shanhai.registers.accounts.models import Membership, User
from shanhai.registers.accounts.roles import ADMINISTRATORS, ROLES
from shanhai.registers.authority import ACCOUNTS, RECORD, RIGHTS, SIGN_IN, UNITS
from shanhai.registers.parties.models import Unit

KINDS = sorted(ADMINISTRATORS)
USERS = "/accounts/users/"


def granted(role: str) -> set[tuple[str, Verb]]:
    known = {ledger.key for ledger in registry} | {UNITS, ACCOUNTS, RIGHTS, SIGN_IN, RECORD}
    areas = known | set(ROLES[role].by_ledger)
    return {(area, verb) for area in areas for verb in ROLES[role].verbs_on(area)}


def test_no_right_is_held_by_two_of_the_three() -> None:
    assert len(KINDS) == 3
    for one, other in combinations(KINDS, 2):
        assert granted(one)
        assert not granted(one) & granted(other), (one, other)


@pytest.mark.parametrize("role", KINDS)
def test_none_of_the_three_sees_a_business_ledger(role: str) -> None:
    for ledger in registry:
        assert not ROLES[role].verbs_on(ledger.key), ledger.key
    assert ROLES[role].reach is Reach.NONE
    assert not ROLES[role].reads_shared


@pytest.mark.parametrize("who", ["root", "sean", "ines"])
def test_no_business_page_opens_for_them_and_no_row_is_seen_behind_the_wall(
    cast: Any, client_of: Any, who: str, behind_the_wall: None
) -> None:
    browser = client_of(who)
    for url in ("/toys/workshop/", "/labour/employmentspell/", "/obligations/"):
        assert browser.get(url).status_code in {403, 404}, url
    assert browser.get("/").status_code == 200
    with context.acting(cast.actor("alice")) as current:
        make_task(current.actor)
        plant_row(registry.get("toys.workshop"), current.actor, state="submitted")
    assert page(browser.get("/scheme/tasks/")).select("main table.ledger tbody tr") == []
    with context.acting(cast.actor(who)), connection.cursor() as cursor:
        for table in ("toys_workshop", "scheme_scheme", "kernel_obligation", "kernel_evidencelink"):
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
            assert cursor.fetchone() == (0,), table


def new_user(browser: Any, cast: Any, role: str, username: str = "zhang.san") -> Any:
    return fill(
        browser, f"{USERS}new/", username=username, name="张三", unit=str(cast.dm_coordinator.pk), role=role,
        reason="到任",
    )  # fmt: skip


def act(browser: Any, username: str, name: str) -> Any:
    pk = User.objects.get(username=username).pk
    return browser.post(f"{USERS}{pk}/act/", {"act": name, "reason": "x"})


def test_a_new_administrator_is_made_by_one_kind_and_put_to_use_by_another(cast: Any, client_of: Any) -> None:
    assert client_of("root").get(f"{USERS}new/").status_code == 403
    assert new_user(client_of("sean"), cast, "audit").status_code == 200
    assert not User.objects.get(username="zhang.san").is_active
    assert act(client_of("sean"), "zhang.san", "reactivate").status_code == 422
    assert act(client_of("ines"), "zhang.san", "reactivate").status_code == 422
    assert act(client_of("root"), "zhang.san", "reactivate").status_code == 302
    assert User.objects.get(username="zhang.san").is_active


@pytest.mark.parametrize(
    ("who", "role"),
    [("alice", "administrator"), ("sean", "administrator"), ("root", "reporter"), ("ines", "security")],
)
def test_nobody_in_use_becomes_an_administrator_nor_an_administrator_anything_else(
    cast: Any, client_of: Any, who: str, role: str
) -> None:
    url = f"{USERS}{cast.users[who].pk}/roles/new/"
    refused = fill(client_of("sean"), url, unit=str(cast.dm_labour.pk), role=role, reason="x")
    assert refused.status_code == 422
    assert not Membership.objects.filter(user=cast.users[who], role=role).exists() or who == "alice"


def test_an_administrator_role_that_has_ended_is_not_given_again(cast: Any, client_of: Any) -> None:
    with context.unscoped("ended"):
        user = User.objects.create(username="old", name="旧", must_change_password=False)
        held = Membership.objects.create(
            user=user, unit=cast.dm_coordinator, role="audit", valid_from="2020-01-01", valid_to="2020-12-31"
        )
    url = f"{USERS}{user.pk}/roles/{held.pk}/"
    assert fill(client_of("sean"), url, valid_to="2022-12-31", reason="x").status_code == 422


def test_who_resets_the_password_of_an_administrator_does_not_become_it(cast: Any, client_of: Any) -> None:
    assert new_user(client_of("sean"), cast, "security").status_code == 200
    assert act(client_of("root"), "zhang.san", "reactivate").status_code == 302
    shown = act(client_of("root"), "zhang.san", "reset")
    assert shown.status_code == 200
    assert not User.objects.get(username="zhang.san").is_active
    assert act(client_of("root"), "zhang.san", "reactivate").status_code == 422
    assert "待“安全管理”启用" in words(client_of("root").get(f"{USERS}?state=awaiting"))
    assert act(client_of("sean"), "zhang.san", "reactivate").status_code == 302
    assert User.objects.get(username="zhang.san").is_active


def test_a_shut_administrator_is_opened_by_two(cast: Any, client_of: Any) -> None:
    new_user(client_of("sean"), cast, "security")
    act(client_of("root"), "zhang.san", "reactivate")
    assert act(client_of("root"), "zhang.san", "deactivate").status_code == 302
    assert act(client_of("root"), "zhang.san", "reactivate").status_code == 302
    assert not User.objects.get(username="zhang.san").is_active
    assert act(client_of("sean"), "zhang.san", "reactivate").status_code == 302
    assert User.objects.get(username="zhang.san").is_active


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("sean", "reset"),
        ("sean", "deactivate"),
        ("ines", "reset"),
        ("root", "unlock"),
        ("ines", "unlock"),
        ("root", "factors"),
    ],
)
def test_acts_of_another_kind_are_refused(cast: Any, client_of: Any, who: str, name: str) -> None:
    assert act(client_of(who), "alice", name).status_code == 403


def test_all_that_awaits_is_put_to_use_at_once(cast: Any, client_of: Any) -> None:
    for number in range(3):
        new_user(client_of("sean"), cast, "reporter", f"user{number}")
    assert "user" not in words(client_of("sean").get(f"{USERS}awaiting/"))
    assert "张三（填报）" in words(client_of("root").get(f"{USERS}awaiting/"))
    assert client_of("root").post(f"{USERS}awaiting/", {"reason": ""}).status_code == 422
    assert client_of("root").post(f"{USERS}awaiting/", {"reason": "开始使用"}).status_code == 302
    assert User.objects.filter(username__startswith="user", is_active=True).count() == 3


def test_who_audits_learns_that_something_was_read_and_not_what_it_says(cast: Any, client_of: Any) -> None:
    row = plant_row(registry.get("toys.workshop"), cast.actor("alice"), state="submitted").row
    sent = {"field": "keeper_phone", "reason": "核对电话"}
    assert client_of("carol").post(f"/toys/workshop/{row.pk}/unmask/", sent).status_code == 200
    shown = words(client_of("ines").get(reverse("readings")))
    assert "核对电话" in shown
    assert row.code not in shown
    assert client_of("ines").get(reverse("chain")).status_code == 200
    assert client_of("root").get(reverse("readings")).status_code == 403


def test_the_operator_makes_one_on_the_machine_itself(cast: Any, capsys: Any) -> None:
    call_command("administrator", "audit", "wu.shen", "吴审")
    assert capsys.readouterr().out.strip()
    held = Membership.objects.filter(user__username="wu.shen").values_list("role", "unit__side")
    assert set(held) == {("audit", "east"), ("audit", "west")}
    with pytest.raises(CommandError):
        call_command("administrator", "audit", "alice", "爱丽丝")


def test_the_doctor_names_a_kind_that_nobody_holds(cast: Any) -> None:
    """Of each side: here those of one side look after the other as well, until one of them is gone."""

    def told() -> tuple[bool, str]:
        (found,) = (one for one in thorough() if one.key == "administrators")
        return found.is_good, found.told

    with context.unscoped("for both sides"):
        for name, role in (("root", "administrator"), ("sean", "security"), ("ines", "audit")):
            for unit in Unit.objects.filter(parent__isnull=True):
                there = {"user": cast.users[name], "unit": unit, "role": role}
                Membership.objects.get_or_create(**there, defaults={"valid_from": clock.today()})
        assert told() == (True, "系统、安全、审计三种管理员两方都有人在岗。")
        User.objects.filter(username="sean").update(is_active=False)
    is_good, text = told()
    assert not is_good
    assert text.count("的“安全管理”") == 2
    assert "审计管理" not in text
    assert "shanhai manage administrator" in text
