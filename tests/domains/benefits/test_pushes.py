"""A policy brought to those it fits: nobody told twice, what came of it computed, each unit its own."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from bound import bind
from shanhai.domains.benefits import push_actions
from shanhai.domains.benefits.models import Claim, Policy, PolicyPush, PushRecipient
from shanhai.domains.benefits.push_reports import Wanted, groups_of, recipients, whom_of
from shanhai.kernel import context
from shanhai.kernel.errors import Conflict, NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.registry import registry
from shanhai.registers.accounts.roles import WORKER
from shanhai.registers.parties.timeline import timeline

AUGUST, TOLD_ON = "2021-08", date(2021, 9, 20)


@pytest.fixture
def push(in_force: Policy, people: Any, whose: Any, cast: Any) -> PolicyPush:
    """To the entitled and those one step away; the second of the entitled is looked after by a town."""
    with context.unscoped("test"):
        type(people[1]).objects.filter(pk=people[1].pk).update(
            owner_unit=cast.mt_yongxing, place=cast.yongxing
        )
        made: PolicyPush = PolicyPush.objects.create(
            number="P1",
            sharing="private",
            policy=in_force,
            benefit_period=AUGUST,
            whom="nearly",
            tell_by=date(2021, 9, 30),
            **whose,
        )
    return made


def pushed(push: PolicyPush, as_actor: Any, who: str = "wang") -> list[PushRecipient]:
    with as_actor(who) as actor:
        row = PolicyPush.objects.select_related("policy").get(pk=push.pk)
        digest = whom_of(row).digest
        return push_actions.push_out(row.pk, digest=digest, actor=actor, row_version=row.row_version)


def told(rows: list[PushRecipient], as_actor: Any, who: str = "wang") -> int:
    with as_actor(who) as actor:
        return push_actions.tell([row.pk for row in rows], way="phone", told_on=TOLD_ON, actor=actor)


def claimed(policy: Policy, person: Any, whose: Any, day: date, number: str) -> None:
    with context.unscoped("test"):
        Claim.objects.create(
            policy=policy, person=person, number=number, benefit_period=AUGUST, applied_on=day, **whose
        )


def test_it_fits_the_entitled_and_who_lacks_one_thing(push: PolicyPush, people: Any, as_actor: Any) -> None:
    rows = pushed(push, as_actor)
    assert {(str(row), row.fit, row.amount) for row in rows} == {
        ("演示1", "entitled", Decimal(1000)),
        ("演示2", "entitled", Decimal(500)),
        ("演示3", "nearly", None),
        ("演示4", "nearly", None),
    }
    lacking = {str(row): row.lacking for row in rows}
    assert "登记“上年人均纯收入”" in lacking["演示3"] and lacking["演示1"] == ""
    assert {str(row.owner_unit) for row in rows if str(row) == "演示2"} == {"永兴镇人民政府"}


def test_nobody_is_told_twice_of_a_release(push: PolicyPush, people: Any, whose: Any, as_actor: Any) -> None:
    rows = pushed(push, as_actor)
    with pytest.raises(RuleViolated, match="没有新的"):
        pushed(push, as_actor)
    with pytest.raises(IntegrityError), transaction.atomic(), context.unscoped("test"):
        PushRecipient.objects.create(push=push, person=people[0], number="X", **whose)
    with context.unscoped("test"):
        second = PolicyPush.objects.create(
            number="P2", policy=push.policy, benefit_period=AUGUST, tell_by=TOLD_ON, **whose
        )
    with pytest.raises(RuleViolated, match="已由 P1 推送"):
        pushed(second, as_actor)
    told(rows[:1], as_actor)
    with pytest.raises(RuleViolated, match="已经通知过"):
        told(rows[:1], as_actor)


def test_who_fits_later_is_put_on_the_same_push(
    push: PolicyPush, people: Any, whose: Any, as_actor: Any
) -> None:
    with context.unscoped("test"):
        PolicyPush.objects.filter(pk=push.pk).update(whom="entitled")
    assert len(pushed(push, as_actor)) == 2
    with context.unscoped("test"):
        people[3].employment_spells.update(destination="paired_city")
    later = pushed(push, as_actor)
    assert [(str(one), one.number) for one in later] == [("演示4", "P1-0003")]


def test_a_list_that_changed_and_a_draft_are_not_pushed(push: PolicyPush, as_actor: Any) -> None:
    with as_actor("wang") as actor, pytest.raises(Conflict):
        push_actions.push_out(push.pk, digest="0", actor=actor, row_version=1)
    with as_actor("ruth") as actor, pytest.raises(NotAllowed):
        push_actions.push_out(push.pk, digest="0", actor=actor, row_version=1)
    with as_actor("carol") as actor, pytest.raises(NotVisible):
        push_actions.push_out(push.pk, digest="0", actor=actor, row_version=1)
    with context.unscoped("test"):
        PolicyPush.objects.filter(pk=push.pk).update(state="draft")
    with pytest.raises(RuleViolated, match="还没有提交"):
        pushed(push, as_actor)


def test_acted_is_a_claim_made_afterwards(push: PolicyPush, people: Any, whose: Any, as_actor: Any) -> None:
    rows = {str(row): row for row in pushed(push, as_actor)}
    told([rows["演示1"], rows["演示2"], rows["演示3"]], as_actor)
    claimed(push.policy, people[0], whose, TOLD_ON, "A1")
    claimed(push.policy, people[1], whose, date(2021, 9, 19), "A2")
    with as_actor("wang") as actor:
        push_actions.know(rows["演示2"].pk, actor=actor, row_version=3)
        found = recipients(Wanted())
        figures = groups_of(found, "policy", Wanted())
        assert [(one.every, one.told, one.read, one.acted) for one in figures] == [(4, 3, 1, 1)]
        by_unit = {one.label: (one.every, one.acted) for one in groups_of(found, "unit", Wanted())}
        assert by_unit == {"县人力资源和社会保障局": (3, 1), "永兴镇人民政府": (1, 0)}
        for group in groups_of(found, "town", Wanted()):
            assert len(recipients(group.wanted)) == group.every
        assert [str(one.row) for one in recipients(Wanted(what="acted"))] == ["演示1"]
        assert {str(one.row) for one in recipients(Wanted(what="idle"))} == {"演示2", "演示3"}
        said = [one.text for one in timeline(people[0], actor) if one.key == "benefits.pushrecipient"]
    assert said == ["通知政策“交通补贴”（电话）"]


def test_a_unit_sees_and_tells_its_own_alone(push: PolicyPush, as_actor: Any, sign_in: Any) -> None:
    rows = {str(row): row for row in pushed(push, as_actor)}
    with as_actor("bob"):
        assert {str(one.row) for one in recipients(Wanted())} == {"演示1", "演示3", "演示4"}
    with pytest.raises(NotVisible):
        told([rows["演示2"]], as_actor, "bob")
    with as_actor("carol"):
        assert recipients(Wanted()) == []
    home = sign_in("bob").get("/").content.decode()
    assert "待通知的政策对象" in home and "共 3 个" in home


def test_pages_workbook_and_api(push: PolicyPush, people: Any, as_actor: Any, sign_in: Any) -> None:
    client = sign_in("wang")
    page = client.get(f"/benefits/policypush/{push.pk}/whom/").content.decode()
    digest = page.split('name="digest" value="')[1][:64]
    assert "演示3" in page and "永兴镇人民政府" in page
    made = client.post(f"/benefits/policypush/{push.pk}/push/", {"digest": digest, "row_version": 1})
    assert made.status_code == 302 and f"push={push.pk}" in made.url
    bob = sign_in("bob")
    page = bob.get("/benefits/pushes/recipients/?what=untold").content.decode()
    keys = [part[:36] for part in page.split('name="ids" value="')[1:]]
    sent = {"ids": keys[:2], "way": "visit", "told_on": "2021-09-20", "back": "https://elsewhere/"}
    answer = bob.post("/benefits/pushes/tell/", sent)
    assert answer.url == "/benefits/pushes/recipients/"
    assert bob.get("/benefits/pushes/recipients.xlsx?what=told").content[:2] == b"PK"
    url = "/api/v1/benefits/pushes/recipients/?what=told"
    assert len(bob.get(url).json()["items"]) == 2
    body = {"ids": keys[2:], "way": "phone", "told_on": "2021-09-21"}
    done = bob.post("/api/v1/benefits/pushes/tell/", body, content_type="application/json")
    assert done.json() == {"count": 1}
    known = UUID(keys[2])
    shown = bob.get(f"/benefits/pushrecipient/{known}/").content.decode()
    assert "本人知晓" in shown
    bob.post(f"/benefits/pushrecipient/{known}/know/", {"row_version": 3})
    figures = sign_in("wang").get("/api/v1/benefits/pushes/?by=unit").json()["items"]
    assert [(one["every"], one["told"], one["read"]) for one in figures] == [(3, 3, 1), (1, 0, 0)]
    page = sign_in("wang").get("/benefits/pushes/?by=town").content.decode()
    assert "永兴镇" in page and "75.0%" in page
    assert sign_in("wang").get("/benefits/pushes/?by=nothing").status_code == 404
    assert sign_in("wang").get("/benefits/pushes/recipients/?unit=nothing").status_code == 404


def test_the_page_of_a_policy_leads_to_its_pushes_and_each_figure_opens_what_it_counts(
    push: PolicyPush, people: Any, whose: Any, as_actor: Any, sign_in: Any
) -> None:
    address = f"/benefits/policy/{push.policy_id}/"
    assert "还没有推送对象" in sign_in("wang").get(address).content.decode()
    rows = {str(row): row for row in pushed(push, as_actor)}
    told([rows["演示1"], rows["演示3"]], as_actor)
    claimed(push.policy, people[0], whose, TOLD_ON, "A1")
    page = sign_in("wang").get(address).content.decode()
    assert f'href="/benefits/policypush/{push.pk}/"' in page
    opened = f"/benefits/pushes/recipients/?push={push.pk}&amp;policy={push.policy_id}"
    for what, label, number in (
        ("", "推送对象", 4),
        ("&amp;what=told", "已通知", 2),
        ("&amp;what=acted", "已申领", 1),
    ):
        assert f'{label} <a href="{opened}{what}">{number}</a>' in page
    assert "已知晓 0" in page
    figures = sign_in("wang").get("/api/v1/benefits/pushes/?by=push").json()["items"]
    assert [(one["label"], one["every"], one["acted"]) for one in figures] == [("P1", 4, 1)]
    assert str(push.pk) not in sign_in("carol").get(address).content.decode()


def test_a_recipient_says_what_is_wrong(push: PolicyPush, people: Any, as_actor: Any) -> None:
    ledger = registry.get("benefits.pushrecipient")
    row = pushed(push, as_actor)[0]
    with as_actor("wang"):
        row = PushRecipient.objects.select_related("push__policy", "owner_unit", "person").get(pk=row.pk)
        before = PushRecipient.objects.get(pk=row.pk)
        row.told_on = date(2031, 1, 1)
        row.person = people[3]
        row.read_on = date(2021, 9, 1)
        assert set(ledger.validate(row, before)) == {"person", "told_on", "told_way", "read_on"}
        assert "先填通知日期" in ledger.step_refusal(before, ledger.life.by_name["submit"])


@pytest.fixture
def bound(push: PolicyPush, people: Any, as_actor: Any, cast: Any) -> list[PushRecipient]:
    """The push went out; the first of the people has an account of their own."""
    rows = pushed(push, as_actor)
    bind(cast, "wendy", WORKER, people[0])
    return rows


def test_the_own_account_reads_what_is_for_it_and_is_counted_apart(
    bound: list[PushRecipient], client_of: Any, as_actor: Any
) -> None:
    own = next(row for row in bound if str(row) == "演示1")
    told([row for row in bound if str(row) == "演示2"], as_actor)
    browser = client_of("wendy")
    shown = browser.get("/parties/mine/").content.decode()
    assert "给我的政策通知" in shown and shown.count("/acknowledge/") == 1
    address = f"/benefits/pushrecipient/{own.pk}/acknowledge/"
    said = browser.post(address, {"row_version": own.row_version}, follow=True).content.decode()
    assert "已登记。" in said and "/acknowledge/" not in said
    again = browser.post(
        f"/api/v1/benefits/pushrecipient/{own.pk}/acknowledge/",
        {"row_version": 9},
        content_type="application/json",
    )
    assert again.status_code == 409
    with as_actor("wang"):
        (group,) = groups_of(recipients(Wanted()), "policy", Wanted())
        assert (group.told, group.read, group.by_self) == (2, 1, 1)
        (row,) = [one.row for one in recipients(Wanted(what="self"))]
        assert (row.told_way, row.state, str(row)) == ("app", "submitted", "演示1")


def test_nobody_says_it_for_another(bound: list[PushRecipient], client_of: Any) -> None:
    for row in bound:
        if str(row) != "演示1":
            address = f"/benefits/pushrecipient/{row.pk}/acknowledge/"
            assert client_of("wendy").post(address, {"row_version": row.row_version}).status_code == 404
    mine = next(row for row in bound if str(row) == "演示1")
    address = f"/benefits/pushrecipient/{mine.pk}/acknowledge/"
    assert client_of("wang").post(address, {"row_version": mine.row_version}).status_code == 404
