"""Accounts of workers and employers: how they begin, that they stay whose they are, how they end."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bound import bind, make_bound
from samples.rows import plant_row
from shanhai.kernel import clock, context
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.history.models import HistoryEntry
from shanhai.kernel.registry import registry
from shanhai.kernel.subjects import held_on
from shanhai.registers.accounts import actions
from shanhai.registers.accounts.models import Membership, User
from shanhai.registers.parties.duplicates.merging import Merging
from shanhai.registers.parties.erasing import erase_people
from shanhai.registers.parties.identity import demo_credit_code, demo_identity
from shanhai.registers.parties.models import Body, Person

NEW = "/accounts/users/bound/new/"


def person_of(cast: Any, **values: Any) -> Person:
    given = {"side": "east", "owner_unit": cast.dm_labour, "state": "verified", "sharing": "private"}
    number = demo_identity(area=7, born_on=clock.today().replace(year=1990), serial=7)
    with context.unscoped("a person"):
        return Person.objects.create(**given | {"name": "张三", "identity_number": number} | values)


def sent(person: Person, **more: str) -> dict[str, str]:
    number = demo_identity(area=7, born_on=clock.today().replace(year=1990), serial=7)
    form = {"role": "worker", "side": "east", "number": number, "name": person.name}
    return form | {"username": "zhang.san", "reason": "本人到窗口申请"} | more


def test_security_makes_the_account_and_system_puts_it_to_use(cast: Any, client_of: Any) -> None:
    person = person_of(cast)
    made = client_of("sean").post(NEW, sent(person))
    assert made.status_code == 200
    assert "zhang.san" in made.content.decode()
    user = User.objects.get(username="zhang.san")
    assert (user.name, user.is_active, user.awaits) == ("张三", False, "administrator")
    held = user.memberships.get()
    assert (held.role, held.person_id, held.unit_id) == ("worker", person.pk, cast.dm_labour.pk)
    client_of("root").post(f"/accounts/users/{user.pk}/act/", {"act": "reactivate", "reason": "核对过"})
    assert User.objects.get(pk=user.pk).is_active
    again = client_of("sean").post(NEW, sent(person, username="zhang.san2"))
    assert again.status_code == 422
    assert "已有账号" in again.content.decode()


def test_an_employer_is_found_by_its_credit_code_and_name(cast: Any, client_of: Any) -> None:
    code = demo_credit_code(71)
    with context.unscoped("a body"):
        body = Body.objects.create(
            side="east", owner_unit=cast.dm_labour, state="verified", name="演示电器", credit_code=code
        )
    form = {"role": "employer", "side": "east", "number": code, "name": "演示电器"}
    more = {"username": "dianqi", "reason": "单位申请"}
    assert client_of("sean").post(NEW, form | more).status_code == 200
    assert Membership.objects.get(user__username="dianqi").employer_id == body.pk


@pytest.mark.parametrize(
    "wrong", [{"name": "李四"}, {"number": "11010119900101999X"}, {"side": "west"}, {"role": "coordinator"}]
)
def test_a_number_without_its_name_binds_nobody(cast: Any, client_of: Any, wrong: dict[str, str]) -> None:
    person = person_of(cast)
    assert client_of("sean").post(NEW, sent(person, **wrong)).status_code == 422
    assert not User.objects.filter(username="zhang.san").exists()


def test_a_binding_is_never_changed_only_its_days(cast: Any) -> None:
    make_bound(cast, "wendy")
    other = person_of(cast)
    sean, held = cast.actor("sean"), cast.users["wendy"].memberships.get()
    for changes in ({"person": other}, {"unit": cast.dm_finance}, {"role": "reporter", "person": None}):
        changed = Membership.objects.get(pk=held.pk)
        for name, value in changes.items():
            setattr(changed, name, value)
        with context.acting(sean), pytest.raises(RuleViolated):
            actions.save_membership(changed, actor=sean, reason="改")
    held.valid_to = clock.today()
    with context.acting(sean):
        actions.save_membership(held, actor=sean, reason="不再用")
        further = Membership(
            user=cast.users["wendy"], unit=cast.dm_labour, role="reporter", valid_from=clock.today()
        )
        with pytest.raises(RuleViolated):
            actions.save_membership(further, actor=sean, reason="加岗位")


def test_the_database_refuses_a_bound_role_without_a_subject_and_a_subject_without_one(cast: Any) -> None:
    make_bound(cast, "wendy")
    held = Membership.objects.filter(user=cast.users["wendy"])
    for changes in ({"person": None}, {"role": "reporter"}, {"role": "employer"}):
        with context.unscoped("past the rules"), pytest.raises(IntegrityError), transaction.atomic():
            held.update(**changes)


def test_the_ordinary_form_offers_no_bound_role(cast: Any, client_of: Any) -> None:
    page = client_of("sean").get("/accounts/users/new/").content.decode()
    assert 'value="reporter"' in page
    assert 'value="worker"' not in page
    assert 'value="employer"' not in page


def test_a_merge_carries_the_account_to_the_person_that_stays(cast: Any, client_of: Any) -> None:
    loser = make_bound(cast, "wendy")
    winner = plant_row(registry.get("parties.person"), cast.actor("alice")).row
    with context.acting(cast.actor("carol"), reason="同一人"):
        Merging().into(winner, loser)
    assert cast.users["wendy"].memberships.get().person_id == winner.pk
    page = client_of("wendy").get("/parties/mine/")
    assert winner.name in page.content.decode()


def test_of_two_accounts_that_of_the_row_set_aside_sees_nothing(cast: Any, client_of: Any) -> None:
    loser = make_bound(cast, "wendy")
    winner = plant_row(registry.get("parties.person"), cast.actor("alice")).row
    bind(cast, "wanda", "worker", winner)
    with context.acting(cast.actor("carol"), reason="同一人"):
        Merging().into(winner, loser)
    assert client_of("wanda").get("/parties/mine/").status_code == 200
    assert client_of("wendy").get("/parties/mine/").status_code == 404


def test_an_erased_person_has_no_account_and_leaves_no_name_in_it(cast: Any, client_of: Any) -> None:
    person = make_bound(cast, "wendy")
    user = cast.users["wendy"]
    browser = client_of("wendy")
    with context.unscoped("named"):
        User.objects.filter(pk=user.pk).update(name=person.name)
    assert browser.get("/parties/mine/").status_code == 200
    with context.unscoped("依申请删除"):
        erase_people(held_on(person.identity_number_index, "east"), reason="依申请删除", by="system:x")
    user.refresh_from_db()
    assert (user.is_active, user.name) == (False, "（已删除）")
    assert browser.get("/parties/mine/").status_code == 302
    kept = HistoryEntry._base_manager.filter(table_name="accounts_user", row_id=user.pk)
    with context.unscoped("history"):
        told = str(list(kept.values_list("row", "before")))
    assert person.name not in told
    assert "wendy" not in told
    with context.acting(cast.actor("root")) as current, pytest.raises(RuleViolated):
        actions.put_to_use(user, actor=current.actor, reason="恢复")
