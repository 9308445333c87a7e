"""One person once: pairs are found, somebody decides, rows follow, and everything can be taken back."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from shanhai.domains.labour.models import EmploymentSpell, MonthlyFact, WorkerRegistration
from shanhai.kernel import context
from shanhai.kernel.errors import Conflict, NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.models import HistoryEntry
from shanhai.kernel.workflow import State
from shanhai.registers.parties.duplicates import deciding, finding
from shanhai.registers.parties.duplicates.models import DuplicatePair, PersonMerge
from shanhai.registers.parties.identity import demo_identity
from shanhai.registers.parties.models import Person

BORN = date(1990, 5, 8)


def _person(cast: Any, serial: int, name: str = "李演示", **more: Any) -> Person:
    number = demo_identity(area=328, born_on=BORN, serial=serial)
    whose = {"side": "west", "owner_unit": cast.mt_labour, "place": cast.yongxing}
    known = {"sex": "male", "born_on": BORN, "phone": "13800000000"}
    return Person.objects.create(name=name, identity_number=number, **whose, **known | more)


def _spell(person: Person, day: date, **more: Any) -> EmploymentSpell:
    row = {"employer_name": "演示厂", "post": "质检", "destination": "county", "period": "2021Q1"}
    whose = {"side": person.side, "owner_unit": person.owner_unit, "place": person.place}
    return EmploymentSpell.objects.create(
        person=person, started_on=day, state=State.VERIFIED, **row, **whose, **more
    )


def _pair(first: Person, second: Person) -> DuplicatePair:
    one, other = sorted((first, second), key=lambda person: person.pk)
    return DuplicatePair.objects.create(
        side=first.side, first=one, second=other, probability=Decimal("0.97"), levels={"name": "sound"}
    )


@pytest.fixture
def two(cast: Any) -> tuple[Person, Person]:
    with context.unscoped("test"):
        return _person(cast, 1), _person(cast, 3, "李演是", phone="13900000000", category="monitored")


@pytest.fixture
def pair(two: Any) -> DuplicatePair:
    with context.unscoped("test"):
        return _pair(*two)


def test_who_is_written_twice_is_found_and_a_decision_is_not_asked_again(cast: Any, two: Any) -> None:
    with context.unscoped("test"):
        Person.objects.filter(pk=two[1].pk).update(phone_index=two[0].phone_index)
        other = _person(cast, 5, "赵旁人", born_on=date(1971, 2, 3), phone="")
        assert finding.find("west") == 1
        found = DuplicatePair.objects.get()
        assert {found.first_id, found.second_id} == {two[0].pk, two[1].pk}
        assert found.probability > Decimal("0.9")
        assert (found.levels["name"], found.levels["phone"], found.levels["village"]) == (
            "sound",
            "same",
            "town",
        )
        assert other.pk not in {found.first_id, found.second_id}
        found.decision = DuplicatePair.Decision.DIFFERENT
        found.save()
        assert finding.find("west") == 0
        assert DuplicatePair.objects.get().decision == DuplicatePair.Decision.DIFFERENT


def test_rows_of_every_ledger_follow_and_come_back(two: Any, pair: Any, as_actor: Any) -> None:
    stays, goes = two
    with context.unscoped("test"):
        registrations = [
            WorkerRegistration.objects.create(
                person=one,
                registered_on=date(2021, 1, 2),
                side="west",
                owner_unit=one.owner_unit,
                state=State.VERIFIED,
            )
            for one in two
        ]
        own, same, other = (
            _spell(one, day) for one, day in ((stays, BORN), (goes, BORN), (goes, date(2021, 3, 2)))
        )
        fact = MonthlyFact.objects.create(
            spell=same, period="2021-03", side="west", owner_unit=goes.owner_unit, wage=Decimal(3000)
        )
    with as_actor("wang") as wang:
        done = deciding.merge(pair.pk, stays.pk, take=["phone", "category"], reason="同一人", actor=wang)
        assert EmploymentSpell.objects.get(pk=other.pk).person_id == stays.pk
        # What the key forbids is set aside beside its person; what hung on it follows to the row that stays.
        assert EmploymentSpell.objects.get(pk=same.pk).state == State.VOIDED
        assert MonthlyFact.objects.get(pk=fact.pk).spell_id == own.pk
        assert WorkerRegistration.objects.get(pk=registrations[1].pk).state == State.VOIDED
        kept, gone = Person.objects.get(pk=stays.pk), Person.objects.get(pk=goes.pk)
        assert (kept.phone_index, kept.category, gone.state) == (goes.phone_index, "monitored", State.VOIDED)
        assert HistoryEntry.objects.filter(row_id=other.pk).latest("id").reason == "合并重复人员：同一人"
        assert Person.resolve_references([demo_identity(area=328, born_on=BORN, serial=3)]) == {
            demo_identity(area=328, born_on=BORN, serial=3): kept
        }
        later = _spell(kept, date(2021, 6, 1))

        deciding.unmerge(done.pk, reason="是兄弟", actor=wang)
        assert EmploymentSpell.objects.get(pk=other.pk).person_id == goes.pk
        assert EmploymentSpell.objects.get(pk=same.pk).state == State.VERIFIED
        assert MonthlyFact.objects.get(pk=fact.pk).spell_id == same.pk
        assert WorkerRegistration.objects.get(pk=registrations[1].pk).state == State.VERIFIED
        assert EmploymentSpell.objects.get(pk=later.pk).person_id == stays.pk
        kept, gone = Person.objects.get(pk=stays.pk), Person.objects.get(pk=goes.pk)
        assert (kept.phone_index, kept.category, gone.state) == (stays.phone_index, "ordinary", State.DRAFT)
        assert DuplicatePair.objects.get().decision == DuplicatePair.Decision.DIFFERENT


def test_what_somebody_changed_after_the_merge_is_not_taken_back(two: Any, pair: Any, as_actor: Any) -> None:
    stays, _goes = two
    with as_actor("wang") as wang:
        done = deciding.merge(pair.pk, stays.pk, take=["category"], reason="同一人", actor=wang)
        Person.objects.filter(pk=stays.pk).update(category="out_of_poverty")
        deciding.unmerge(done.pk, reason="错了", actor=wang)
        assert Person.objects.get(pk=stays.pk).category == "out_of_poverty"
        with pytest.raises(RuleViolated, match="已经撤销过"):
            deciding.unmerge(done.pk, reason="再来", actor=wang)


def test_a_merge_needs_a_reason_somebody_who_stays_and_rows_as_they_were_seen(
    two: Any, pair: Any, as_actor: Any
) -> None:
    stays, goes = two
    with as_actor("wang") as wang:
        with pytest.raises(RuleViolated):
            deciding.merge(pair.pk, stays.pk, reason=" ", actor=wang)
        with pytest.raises(RuleViolated, match="保留哪一位"):
            deciding.merge(pair.pk, pair.pk, reason="同一人", actor=wang)
        with pytest.raises(Conflict):
            versions = {str(stays.pk): 1, str(goes.pk): 9}
            deciding.merge(pair.pk, stays.pk, versions=versions, reason="同一人", actor=wang)
        deciding.merge(pair.pk, stays.pk, reason="同一人", actor=wang)
        with pytest.raises(RuleViolated, match="已经合并"):
            deciding.merge(pair.pk, stays.pk, reason="同一人", actor=wang)
        with pytest.raises(RuleViolated, match="先撤销合并"):
            deciding.decide(pair.pk, "later", reason="", actor=wang)


def test_only_who_manages_the_side_decides(two: Any, pair: Any, as_actor: Any) -> None:
    with as_actor("bob") as bob, pytest.raises(NotAllowed):
        deciding.merge(pair.pk, two[0].pk, reason="同一人", actor=bob)
    with as_actor("carol") as carol, pytest.raises(NotVisible):
        deciding.decide(pair.pk, "different", reason="不是", actor=carol)


def test_the_page_leads_from_the_queue_to_a_merge_and_back(two: Any, pair: Any, client_of: Any) -> None:
    browser = client_of("wang")
    shown = browser.get("/parties/duplicates/").content.decode()
    assert "姓名同音不同字" in shown
    assert "97%" in shown
    address = f"/parties/duplicates/{pair.pk}/"
    assert "13900000000" not in browser.get(address).content.decode()
    stays, goes = two
    form = {"winner": stays.pk, "take-phone": goes.pk, "take-category": stays.pk}
    form |= {f"version-{one.pk}": one.row_version for one in two}
    refused = browser.post(f"{address}merge/", form | {"reason": ""})
    assert refused.status_code == 422
    assert "请写明理由" in refused.content.decode()
    assert browser.post(f"{address}merge/", form | {"reason": "同一人"}).status_code == 303
    assert "改指 0 条记录，作废 1 条" in browser.get(address).content.decode()
    with context.unscoped("look"):
        done = PersonMerge.objects.get()
        assert done.taken == ["phone"]
    undone = browser.post(f"/parties/duplicates/merges/{done.pk}/undo/", {"reason": "错了"})
    assert undone.status_code == 303
    assert "撤销，理由：错了" in browser.get(address).content.decode()
    exported = browser.get("/parties/duplicates/export/?decision=different")
    sheet = load_workbook(io.BytesIO(exported.getvalue())).worksheets[0]
    assert sheet["B2"].value.startswith(("李演示 ", "李演是 "))
    assert client_of("bob").get("/parties/duplicates/").status_code == 403
    assert client_of("carol").get(address).status_code == 404


def test_programs_decide_as_people_do(two: Any, pair: Any, client_of: Any) -> None:
    browser = client_of("wang")
    told = browser.get("/api/v1/parties/duplicates/").json()
    assert (told["total"], told["items"][0]["why"]) == (1, "姓名同音不同字")
    path = f"/api/v1/parties/duplicates/{pair.pk}/"
    body = {"decision": "different", "reason": "父子"}
    answer = browser.post(f"{path}decide/", body, content_type="application/json")
    assert answer.json()["decision"] == "different"
    merged = browser.post(
        f"{path}merge/", {"winner": str(two[0].pk), "reason": "其实是"}, content_type="application/json"
    ).json()
    assert (merged["voided"], merged["is_undone"]) == (1, False)
    undone = browser.post(
        f"/api/v1/parties/duplicates/merges/{merged['id']}/undo/",
        {"reason": "错"},
        content_type="application/json",
    )
    assert undone.json()["is_undone"]
