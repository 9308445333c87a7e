"""Acts of the chapters beside row life, and their checks, over the API: the same rules as on the pages."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from shanhai.domains.funds.models import Project
from shanhai.domains.labour.models import EmploymentSpell, MonthlyFact
from shanhai.kernel import context
from shanhai.kernel.models import HistoryEntry
from shanhai.kernel.workflow import State
from shanhai.registers.parties.identity import demo_identity
from shanhai.registers.parties.models import Person


@pytest.fixture
def spell(cast: Any) -> EmploymentSpell:
    with context.unscoped("test"):
        whose = {"side": "west", "owner_unit": cast.mt_labour, "place": cast.yongxing}
        number = demo_identity(area=328, born_on=date(1990, 1, 1), serial=1)
        person = Person.objects.create(name="李演示", identity_number=number, **whose)
        spell = EmploymentSpell.objects.create(
            person=person,
            employer_name="演示厂",
            post="质检",
            destination="county",
            started_on=date(2021, 3, 2),
            period="2021Q1",
            state=State.VERIFIED,
            **whose,
        )
        MonthlyFact.objects.create(
            spell=spell, period="2021-08", is_in_post=True, state=State.VERIFIED, **whose
        )
        return spell


def send(client: Any, url: str, body: Any, **heads: str) -> Any:
    return client.post(url, json.dumps(body), content_type="application/json", headers=heads)


def test_a_worker_leaves(spell: EmploymentSpell, client_of: Any) -> None:
    bob, url = client_of("bob"), f"/api/v1/labour/employmentspell/{spell.pk}/end/"
    told = send(bob, url, {"row_version": 1, "ended_on": "2021-02-01"}).json()
    assert (told["code"], list(told["problems"])) == ("rule_violated", ["ended_on"])
    body, key = {"row_version": 1, "ended_on": "2021-09-01"}, {"Idempotency-Key": "k1"}
    left = send(bob, url, body, **key)
    assert (left.json()["ended_on"], left.json()["state"]) == ("2021-09-01", "verified")
    assert send(bob, url, body, **key).headers["Idempotency-Replayed"] == "true"
    assert send(bob, url, body).json()["code"] == "conflict"
    assert send(client_of("carol"), url, body).status_code in {403, 404}
    with context.unscoped("test"):
        assert HistoryEntry.objects.filter(row_id=spell.pk).first().reason == "离岗登记"  # type: ignore[union-attr]


def test_a_project_moves_on_by_the_moves_in_force(project: Project, client_of: Any) -> None:
    bob, url = client_of("bob"), f"/api/v1/funds/project/{project.pk}/advance/"
    assert send(bob, url, {"row_version": 1, "stage": "castle", "progress": 5}).json()["code"] == "bad_body"
    body = {"row_version": 1, "stage": "started", "progress": "130"}
    assert list(send(bob, url, body).json()["problems"]) == ["progress"]
    moved = send(bob, url, {**body, "progress": "45"}).json()
    assert (moved["stage"], Decimal(moved["progress"]), moved["row_version"]) == ("started", 45, 2)


def test_findings_are_told_by_row_and_unit(spell: EmploymentSpell, cast: Any, client_of: Any) -> None:
    bob = client_of("bob")
    told = bob.get("/api/v1/labour/checks/").json()
    (one,) = [item for item in told["items"] if item["code"] == "wage_missing"]
    assert (one["label"], one["row"]["ledger"], one["unit"]["id"]) == (
        told["labels"]["wage_missing"],
        "labour.monthlyfact",
        str(cast.mt_labour.pk),
    )
    assert bob.get(f"/api/v1/labour/checks/?unit={cast.dm_labour.pk}").json()["items"] == []
    assert bob.get("/api/v1/labour/checks/?code=overlap").json()["items"] == []
    assert client_of("alice").get("/api/v1/labour/checks/").json()["items"] == []
    assert client_of("eve").get("/api/v1/funds/checks/").status_code == 404
