"""A unit with the right names a person whom another unit registered, by the whole number (ADR 0050)."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from shanhai.domains.insurance.models import Entitlement
from shanhai.kernel import clock, context
from shanhai.kernel.imports.columns import read_upload
from shanhai.kernel.imports.plan import plan_import
from shanhai.kernel.models import FieldReading
from shanhai.kernel.registry import registry
from shanhai.registers.parties.identity import demo_identity
from shanhai.registers.parties.models import NumberAsking, NumberAskingRule, Person

LOOKUP, ROWS = "/lookup/by-number/", "/insurance/entitlement/"


def number(serial: int) -> str:
    return demo_identity(area=1, born_on=date(1990, 1, 1), serial=serial)


@pytest.fixture
def kept(cast: Any, as_actor: Any) -> Person:
    """Registered by the finance bureau; the labour bureau stands for the one that insures."""
    with as_actor("anna"):
        person = Person(
            side="east",
            owner_unit=cast.dm_finance,
            name="张三",
            identity_number=number(1),
            phone="15400000001",
            sharing="private",
        )
        person.save()
    return person


@pytest.fixture
def right(cast: Any) -> NumberAskingRule:
    with context.unscoped("test"):
        rule: NumberAskingRule = NumberAskingRule.objects.create(
            unit="dm_labour", purpose="insurance", a_day=3, valid_from=date(2020, 1, 1), source="测试"
        )
    return rule


def asked(browser: Any, text: str, ledger: str = "insurance.entitlement") -> Any:
    return browser.post(LOOKUP, {"ledger": ledger, "field": "person", "number": text}).json()


def filed(browser: Any, person: str, **more: str) -> Any:
    told = {"person": person, "insurance": "390", "category": "ordinary", "valid_from": "2021-01-01", **more}
    return browser.post(f"/api/v1{ROWS}", {"insurance": "390", **told}, content_type="application/json")


def test_the_person_is_shown_taken_and_written_down(kept: Person, right: Any, client_of: Any) -> None:
    browser = client_of("alice")
    (one,) = asked(browser, number(1))["results"]
    assert one["text"] == "张三" and one["value"] != str(kept.pk)
    assert filed(browser, one["value"]).status_code == 201
    asked(browser, number(1))  # again the same day counts once
    with context.unscoped("test"):
        assert Entitlement.objects.get().person_id == kept.pk
        asking, reading = NumberAsking.objects.get(), FieldReading.objects.get()
    assert (asking.is_found, asking.side, asking.value_index) == (True, "east", reading.value_index)
    assert (reading.row_id, reading.field) == (kept.pk, "identity_number")
    assert "医疗保险经办" in reading.reason and "参保待遇" in reading.reason
    assert browser.get(f"/parties/person/{kept.pk}/").status_code == 404
    shown = browser.get(f"/api/v1{ROWS}").content.decode()
    assert number(1) not in shown and "15400000001" not in shown


@pytest.mark.parametrize("text", ["张三", number(1)[:17], number(1)[-4:], "", "1", "4404"])
def test_no_part_of_a_number_and_no_name_finds_anybody(
    text: str, kept: Person, right: Any, client_of: Any
) -> None:
    browser = client_of("alice")
    told = asked(browser, text)
    assert told["results"] == [] and told["refusal"] and "张三" not in told["refusal"]
    assert browser.get("/lookup/parties.person/", {"q": text}).json()["results"] == []
    with context.unscoped("test"):
        assert not NumberAsking.objects.exists()


def test_nobody_is_said_in_words_in_form_file_and_api(right: Any, client_of: Any) -> None:
    browser = client_of("alice")
    sentence = "本方没有登记过这个身份证号的人员"
    assert sentence in asked(browser, number(2))["refusal"]
    refused = filed(browser, number(2))
    assert refused.status_code == 422 and sentence in refused.json()["problems"]["person"][0]
    (key,) = re.findall(r'name="key" value="([^"]+)"', browser.get(f"{ROWS}new/").content.decode())
    page = browser.post(f"{ROWS}new/", {"key": key, "person": number(2), "valid_from": "2021-01-01"})
    assert sentence in page.content.decode()


def test_a_file_names_people_of_others_each_at_its_cell(kept: Person, right: Any, cast: Any) -> None:
    lines = f"人员,险种,享受待遇起\n{number(1)},390,2021-01-01\n{number(2)},390,2021-01-01\n".encode()
    ledger = registry.get("insurance.entitlement")
    with context.acting(cast.actor("alice")) as current:
        plan = plan_import(ledger, read_upload(ledger, lines), current.actor)
    (problem,) = plan.problems
    assert problem.row == 3 and "本方没有登记过" in problem.message
    with context.unscoped("test"):
        found = NumberAsking.objects.values_list("is_found", flat=True)
        assert sorted(found) == [False, True] and FieldReading.objects.count() == 1
    with context.acting(cast.actor("bob")) as current:
        plan = plan_import(ledger, read_upload(ledger, lines), current.actor)
    assert [one.row for one in plan.problems] == [2, 3]


def test_a_refused_request_has_asked_all_the_same(kept: Person, right: Any, client_of: Any) -> None:
    """Else a body with one wrong field would be a free search."""
    browser = client_of("alice")
    assert filed(browser, number(1), valid_from="不是日期").status_code == 422
    with context.unscoped("test"):
        assert NumberAsking.objects.count() == FieldReading.objects.count() == 1


def test_a_day_has_an_end(kept: Person, right: Any, client_of: Any) -> None:
    browser = client_of("alice")
    for serial in (5, 6, 7):
        asked(browser, number(serial))
    assert "已到上限（3 人）" in asked(browser, number(1))["refusal"]
    assert asked(browser, number(1))["results"] == []
    with clock.at(clock.now() + timedelta(days=1)):
        assert asked(browser, number(1))["results"]


def test_without_a_right_of_the_day_nobody_is_named(
    kept: Person, right: Any, client_of: Any, cast: Any
) -> None:
    assert asked(client_of("bob"), number(1))["results"] == []  # the other side
    assert client_of("dave").post(LOOKUP, {"ledger": "insurance.entitlement"}).status_code == 404
    assert client_of("alice").post(LOOKUP, {"ledger": "parties.body", "field": "name"}).status_code == 404
    with context.unscoped("test"):
        NumberAskingRule.objects.update(valid_to=clock.today() - timedelta(days=1))
    browser = client_of("alice")
    assert asked(browser, number(1))["results"] == []
    assert filed(browser, number(1)).status_code == 422
    with context.unscoped("test"):
        assert not NumberAsking.objects.exists()


def test_whoever_may_not_be_named_is_nobody(kept: Person, right: Any, client_of: Any) -> None:
    with context.unscoped("test"):
        Person.objects.filter(pk=kept.pk).update(is_restricted=True)
    assert asked(client_of("alice"), number(1))["results"] == []


def test_misses_are_listed_for_those_who_watch_and_nobody_else(
    kept: Person, right: Any, client_of: Any
) -> None:
    for serial in (1, 2, 3):
        asked(client_of("alice"), number(serial))
    watcher = client_of("carol")
    shown = watcher.get("/parties/askings/?result=missed").content.decode()
    assert "共 2 次" in shown and "没有查到" in shown and "医疗保险经办" in shown
    assert number(2) not in shown and number(2)[:6] not in shown
    told = watcher.get("/api/v1/parties/askings/").json()
    assert sorted(one["is_found"] for one in told) == [False, False, True]
    book = watcher.get("/parties/askings/?format=xlsx")
    assert book["Content-Type"].endswith("sheet")
    assert watcher.get("/parties/askings/?result=x").status_code == 404
    assert client_of("alice").get("/parties/askings/").status_code == 403
