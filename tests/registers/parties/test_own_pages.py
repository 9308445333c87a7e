"""What a worker and an employer are shown of themselves, and what they may do about it."""

import json
from datetime import date
from typing import Any

import pytest

from bound import make_bound, plant_of
from samples.rows import plant_row
from shanhai.domains.benefits.models import Claim
from shanhai.domains.labour.models import EmploymentSpell, Placement
from shanhai.kernel import context
from shanhai.kernel.history.models import HistoryEntry
from shanhai.kernel.leads import BODY, PERSON, leads_of
from shanhai.kernel.registry import registry
from shanhai.registers.parties.models import PersonRequest, PersonRequestRule

pytestmark = pytest.mark.usefixtures("behind_the_wall")

MINE, FIRM = "/parties/mine/", "/parties/firm/"


def planted(cast: Any, model: Any, kind: str, subject: Any, **options: str) -> Any:
    ledger = registry.for_model(model)
    return plant_of(ledger, leads_of(model)[kind], subject, cast.actor("alice"), **options)


def changed(row: Any, **values: Any) -> Any:
    with context.unscoped("a test"):
        type(row)._base_manager.filter(pk=row.pk).update(**values)
        return type(row)._base_manager.get(pk=row.pk)


def page(browser: Any, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_worker_sees_the_own_record_and_nobody_elses(cast: Any, client_of: Any) -> None:
    person = make_bound(cast, "wendy")
    own = planted(cast, EmploymentSpell, PERSON, person)
    other = plant_row(registry.get("labour.employmentspell"), cast.actor("alice"))
    claim = changed(
        planted(cast, Claim, PERSON, person, state="submitted").row,
        standing="refused",
        decision_note="不在认定期内",
    )
    browser = client_of("wendy")
    shown = page(browser, MINE)
    assert person.name in shown
    assert str(person.identity_number) in shown  # which is its mask
    assert own.row.post in shown
    assert "不予" in shown
    assert "不在认定期内" in shown
    assert claim.benefit_period in shown
    assert not [word for word in (other.texts | other.names) - own.texts if word in shown]
    assert not [word for word in own.sealed | other.sealed if word in shown]
    told = browser.get("/api/v1/mine/").json()
    assert {part["key"] for part in told["parts"]} >= {"spells", "claims", "placements", "requests"}
    timeline = page(browser, "/parties/mine/timeline/")
    assert own.row.post in timeline
    assert other.row.post not in timeline
    for url in (
        f"/parties/person/{other.row.person_id}/",
        f"/parties/person/{person.pk}/",
        f"/api/v1/parties/person/{person.pk}/",
    ):
        assert browser.get(url).status_code == 404


def test_the_menu_leads_to_own_pages_only(cast: Any, client_of: Any) -> None:
    make_bound(cast, "wendy")
    shown = page(client_of("wendy"), MINE)
    assert 'href="/parties/mine/timeline/"' in shown
    for foreign in ("/labour/", "/search/", "/accounts/roles/", "/accounts/tokens/", FIRM):
        assert f'"{foreign}' not in shown, foreign
    assert client_of("wendy").get("/").url == MINE


def test_an_employer_sees_its_people_by_name_and_post_alone(cast: Any, client_of: Any) -> None:
    firm = make_bound(cast, "emma")
    spell = planted(cast, EmploymentSpell, BODY, firm).row
    with context.unscoped("a test"):
        person = EmploymentSpell._base_manager.select_related("person").get(pk=spell.pk).person
        number = plant_row(registry.get("labour.workerregistration"), cast.actor("alice")).row
        changed(number, person=person)
        elsewhere = plant_row(registry.get("labour.employmentspell"), cast.actor("alice")).row
        changed(elsewhere, person=person, started_on=date(2021, 3, 1))
        benefit = plant_row(registry.get("benefits.claim"), cast.actor("alice")).row
        changed(benefit, person=person, firm=None)
    shown = page(client_of("emma"), FIRM)
    assert person.name in shown
    assert spell.post in shown
    assert elsewhere.post not in shown
    assert str(person.identity_number) not in shown
    assert str(person.phone) not in shown
    parts = {one["key"]: one for one in client_of("emma").get("/api/v1/firm/").json()["parts"]}
    assert len(parts["people"]["lines"]) == 1
    assert parts["claims"]["lines"] == []
    assert client_of("emma").get(MINE).status_code == 404


def test_people_of_the_other_side_are_masked_before_an_employer(cast: Any, client_of: Any) -> None:
    firm = make_bound(cast, "emma")
    ledger = registry.for_model(Placement)
    made = plant_of(ledger, leads_of(Placement)[BODY], firm, cast.actor("bob"), state="submitted")
    shown = page(client_of("emma"), FIRM)
    with context.unscoped("a test"):
        name = Placement._base_manager.select_related("person").get(pk=made.row.pk).person.name
    assert name not in shown
    assert f"{name[0]}*" in shown


def test_a_correction_becomes_a_request_in_the_workers_name(cast: Any, client_of: Any) -> None:
    person = make_bound(cast, "wendy")
    browser = client_of("wendy")
    asked = {"kind": "correct", "reason": "出生日期应是 1990-01-02"}
    assert browser.post("/parties/mine/ask/", asked).url == MINE
    with context.unscoped("a test"):
        made = PersonRequest.objects.get(person=person.pk)
        entry = HistoryEntry.objects.filter(row_id=made.pk).earliest("id")
    assert (made.state, made.owner_unit_id) == ("submitted", person.owner_unit_id)
    assert made.identity_number.blind_index == person.identity_number.blind_index
    assert made.submitted_by == entry.actor == str(cast.users["wendy"].pk)
    assert "出生日期应是" in page(browser, MINE)
    url = f"/parties/personrequest/{made.pk}/"
    assert client_of("alice").get(url).status_code == 200
    assert browser.get(url).status_code == 404
    for wrong, code in (("erase", "not_by_account"), ("correct", "duplicate")):
        sent = json.dumps({"kind": wrong, "demand": "再来"})
        answer = browser.post("/api/v1/mine/requests/", sent, content_type="application/json")
        assert answer.status_code == 422, wrong
        assert answer.json()["code"] in {code, "rule_violated"}


def test_without_a_rule_of_when_to_answer_nothing_is_taken(cast: Any, client_of: Any) -> None:
    make_bound(cast, "wendy")
    with context.unscoped("a test"):
        PersonRequestRule.objects.all().delete()
    client_of("wendy").post("/parties/mine/ask/", {"kind": "copy", "reason": "查阅"})
    with context.unscoped("a test"):
        assert not PersonRequest.objects.exists()


def offered(cast: Any, person: Any, *, headcount: int = 1) -> Placement:
    made: Placement = planted(cast, Placement, PERSON, person, state="draft").row
    with context.unscoped("a test"):
        type(made.order)._base_manager.filter(pk=made.order_id).update(headcount=headcount)
    return made


def answer(browser: Any, row: Placement, standing: str, **more: Any) -> Any:
    sent = {"standing": standing, "row_version": row.row_version, **more}
    url = f"/api/v1/labour/placement/{row.pk}/answer/"
    return browser.post(url, json.dumps(sent), content_type="application/json")


def test_a_worker_accepts_the_post_on_offer_once(cast: Any, client_of: Any) -> None:
    row = offered(cast, make_bound(cast, "wendy"))
    browser = client_of("wendy")
    assert "接受" in page(browser, MINE)
    done = answer(browser, row, "accepted")
    assert done.status_code == 200, done.content
    now = changed(row)
    assert (now.match_state, now.state) == ("accepted", "submitted")
    again = answer(browser, now, "refused", reason="改主意")
    assert (again.status_code, again.json()["code"]) == (422, "not_offered")


def test_a_full_order_is_full_though_the_worker_sees_no_others_placements(cast: Any, client_of: Any) -> None:
    row = offered(cast, make_bound(cast, "wendy"))
    taken = plant_row(registry.for_model(Placement), cast.actor("alice")).row
    changed(taken, order=row.order_id, match_state="accepted")
    full = answer(client_of("wendy"), row, "accepted")
    assert (full.status_code, full.json()["code"]) == (422, "order_full")


def test_a_post_is_declined_with_a_reason_by_whom_it_was_offered_to(cast: Any, client_of: Any) -> None:
    row = offered(cast, make_bound(cast, "wendy"))
    browser = client_of("wendy")
    assert answer(browser, row, "refused").json()["code"] == "reason_missing"
    other = plant_row(registry.for_model(Placement), cast.actor("alice"), state="draft").row
    assert answer(browser, other, "accepted").status_code == 404
    assert answer(client_of("alice"), row, "accepted").status_code == 404
    sent = {"standing": "refused", "row_version": row.row_version, "reason": "太远"}
    assert browser.post(f"/labour/placement/{row.pk}/answer/", sent).url == MINE
    assert changed(row).refusal == "太远"


def test_own_pages_take_a_fixed_number_of_queries(cast: Any, client_of: Any, queries: Any) -> None:
    person = make_bound(cast, "wendy")
    browser = client_of("wendy")
    _spell_of(cast, person, 1)
    page(browser, MINE)
    with queries() as few:
        page(browser, MINE)
    for month in (2, 3, 4):
        _spell_of(cast, person, month)
    with queries() as more:
        page(browser, MINE)
    assert len(more) <= len(few)


def _spell_of(cast: Any, person: Any, month: int) -> None:
    row = plant_row(registry.for_model(EmploymentSpell), cast.actor("alice")).row
    changed(row, person=person, started_on=date(2021, month, 1))
