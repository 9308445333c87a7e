"""What coordinators do on their pages, over the API: rules of duties, re-openings, amendments, look-ups."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kernel.indicators.conftest import Toys
from kernel.periods.building import Duties
from samples.rows import plant_row
from shanhai.kernel import clock, context
from shanhai.kernel.models import Obligation, ObligationRule
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Side

RULES = "/api/v1/obligations/rules/"
REOPENINGS = "/api/v1/obligations/reopenings/"
ROWS = "/api/v1/toys/workshop/"


def send(client: Any, url: str, body: Any) -> Any:
    return client.post(url, json.dumps(body), content_type="application/json")


@pytest.fixture
def asked(cast: Any) -> dict[str, Any]:
    return {
        "ledger": "toys.output",
        "due_days": 10,
        "valid_from": "2021-07-01",
        "source": "方案三",
        "units": [str(cast.dm_labour.pk)],
    }


def test_a_rule_is_tried_made_and_ended(asked: dict[str, Any], cast: Any, client_of: Any) -> None:
    carol = client_of("carol")
    tried = send(carol, f"{RULES}preview/", asked).json()
    assert (tried["new"], tried["past"], sorted(tried["by_period"])) == (
        3,
        2,
        ["2021-07", "2021-08", "2021-09"],
    )
    assert not ObligationRule.objects.exists()
    made = send(carol, RULES, asked).json()
    assert (made["frequency"], made["side"], made["obligations"]) == ("month", "east", 3)
    assert made["units"] == [{"id": str(cast.dm_labour.pk), "text": str(cast.dm_labour)}]
    alice = client_of("alice")
    assert alice.get(RULES).json() == [made] == [alice.get(f"{RULES}{made['id']}/").json()]
    assert client_of("bob").get(RULES).json() == []
    end = {"last_day": "2021-08-31", "reason": "并入季报"}
    assert send(alice, f"{RULES}{made['id']}/end/", end).status_code == 403
    early = send(carol, f"{RULES}{made['id']}/end/", {**end, "last_day": "2020-01-01"}).json()
    assert (early["code"], list(early["problems"])) == ("rule_end_before_start", ["last_day"])
    assert send(carol, f"{RULES}{made['id']}/end/", end).json()["valid_to"] == "2021-08-31"
    assert send(carol, f"{RULES}{made['id']}/end/", end).json()["code"] == "rule_ended"


def test_what_is_wrong_with_a_rule_is_told_by_field(asked: dict[str, Any], cast: Any, client_of: Any) -> None:
    carol = client_of("carol")
    wrong = {**asked, "units": [str(cast.mt_labour.pk)], "due_days": 999, "source": " "}
    told = send(carol, RULES, wrong).json()
    assert (told["code"], sorted(told["problems"])) == ("rule_violated", ["due_days", "source", "units"])
    assert send(carol, RULES, {**asked, "units": []}).json()["problems"] == {
        "units": ["请至少选一个单位或单位组。"]
    }
    assert send(client_of("alice"), RULES, asked).status_code == 403
    assert not ObligationRule.objects.exists()


def test_a_locked_period_is_opened_again_for_one_unit(cast: Any, client_of: Any) -> None:
    rule = Duties(cast).rule(cast.dm_labour, lock_days=3, open_days=0)
    carol, alice = client_of("carol"), client_of("alice")
    lines = {one["period"]: one["standing"] for one in alice.get("/api/v1/obligations/locks/").json()}
    assert (lines["2021-08"], lines["2021-09"]) == ("locked", "open")
    given = {
        "ledger": rule.ledger,
        "unit": str(cast.dm_labour.pk),
        "period": "2021-08",
        "until": "2021-09-30",
        "reason": "停电两天",
    }
    assert send(alice, REOPENINGS, given).status_code == 403
    for change, code, field in (
        ({"reason": " "}, "reason_missing", "reason"),
        ({"period": "八月"}, "period_unreadable", "period"),
        ({"period": "2021-09"}, "not_locked", "period"),
        ({"until": (clock.today() + timedelta(days=90)).isoformat()}, "until_out_of_range", "until"),
    ):
        told = send(carol, REOPENINGS, {**given, **change}).json()
        assert (told["code"], list(told["problems"])) == (code, [field])
    opened = send(carol, REOPENINGS, given).json()
    assert (opened["period"], opened["is_in_force"], opened["unit"]["text"]) == (
        "2021-08",
        True,
        str(cast.dm_labour),
    )
    assert send(carol, REOPENINGS, given).json()["code"] == "reopened_already"
    assert send(client_of("bob"), f"{REOPENINGS}{opened['id']}/end/", {}).status_code == 404
    assert send(carol, f"{REOPENINGS}{opened['id']}/end/", {}).json()["is_in_force"] is False
    assert [one["id"] for one in alice.get(REOPENINGS).json()] == [opened["id"]]
    assert client_of("anna").get(REOPENINGS).json() == []


def test_amendments_of_all_ledgers_are_listed_to_who_decides(cast: Any, client_of: Any) -> None:
    toys = Toys(cast)
    shop = toys.workshop("W1", side=Side.EAST)
    output = toys.output(shop, "2021-07", 5)
    for row, body in ((shop, {"name": "改名"}), (output, {"pieces": 6})):
        url = f"/api/v1/{row.ledger_key().replace('.', '/')}/{row.pk}/amendments/"
        answer = send(client_of("alice"), url, {**body, "row_version": 1, "reason": "抄错了"})
        assert answer.status_code == 201, answer.content.decode()
    carol = client_of("carol")
    listed = carol.get("/api/v1/amendments/?waiting=true").json()["items"]
    assert [one["ledger"] for one in listed] == ["toys.output", "toys.workshop"]
    assert listed[1]["changes"] == [{"label": "名称", "before": "车间W1", "after": "改名"}]
    assert carol.get(f"/api/v1/amendments/{listed[0]['id']}/").json() == listed[0]
    alice, bob = client_of("alice"), client_of("bob")
    assert alice.get("/api/v1/amendments/?waiting=true").json()["items"] == []
    assert len(alice.get("/api/v1/amendments/").json()["items"]) == 2
    assert bob.get("/api/v1/amendments/").json()["items"] == []
    assert bob.get(f"/api/v1/amendments/{listed[0]['id']}/").status_code == 404


def test_the_next_page_keeps_the_filters(cast: Any, client_of: Any) -> None:
    rule = Duties(cast).rule(cast.dm_labour)
    with context.unscoped("sample"):
        Obligation.objects.bulk_create(
            Obligation(
                rule=rule,
                ledger="toys.output",
                side=Side.EAST,
                unit=cast.dm_labour,
                period=f"{1900 + n}-01",
                due_on=date(1900 + n, 2, 10),
            )
            for n in range(60)
        )
    alice, url = client_of("alice"), f"/api/v1/obligations/?unit={cast.dm_labour.pk}&ledger=toys.output"
    first = alice.get(url).json()
    assert f"unit={cast.dm_labour.pk}" in first["next"] and "ledger=toys.output" in first["next"]
    assert len(first["items"]) + len(alice.get(first["next"]).json()["items"]) >= 60


def test_a_stored_file_serves_a_further_row(cast: Any, client_of: Any) -> None:
    ledger, alice = registry.get("toys.workshop"), client_of("alice")
    first, second = (plant_row(ledger, cast.actor("alice"), state="draft").row for _n in range(2))
    sent = {"file": SimpleUploadedFile("合同.pdf", b"%PDF-1.4\n%%EOF"), "category": ""}
    paper = alice.post(f"{ROWS}{first.pk}/evidence/", sent).json()
    url = f"{ROWS}{second.pk}/evidence/stored/"
    (offered,) = alice.get(url, {"q": "合同"}).json()
    assert (offered["id"], offered["row"], offered["digest"]) == (paper["id"], str(first.pk), paper["digest"])
    assert alice.get(url, {"q": "发票"}).json() == []
    assert send(alice, url, {"papers": []}).json()["code"] == "nothing_selected"
    (attached,) = send(alice, url, {"papers": [paper["id"]]}).json()
    assert attached["digest"] == paper["digest"]
    assert alice.get(url).json() == []
    assert client_of("bob").get(url).status_code == 404


def test_units_are_found_by_name_and_initials_as_forms_find_them(cast: Any, client_of: Any) -> None:
    alice = client_of("alice")
    found = alice.get("/api/v1/lookup/parties.unit/", {"q": cast.dm_labour.name}).json()
    assert [one["id"] for one in found] == [str(cast.dm_labour.pk)]
    assert alice.get("/api/v1/lookup/parties.unit/", {"q": cast.mt_labour.name}).json() == []
    assert alice.get("/api/v1/lookup/accounts.user/").status_code == 404
