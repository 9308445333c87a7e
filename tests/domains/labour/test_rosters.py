"""Lists of others against the register: verdicts line by line, nothing written before somebody decides."""

import io
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from uuid_utils.compat import uuid7

from shanhai.domains.labour import rosters
from shanhai.domains.labour.models import EmploymentSpell, Roster, RosterEntry, WorkerRegistration
from shanhai.domains.labour.roster_files import of_roster
from shanhai.domains.labour.roster_rules import (
    DIFFERENT,
    ONLY_LIST,
    PROBABLE,
    SAME,
    UNCLEAR,
    UNREGISTERED,
    Known,
    Line,
    verdict,
)
from shanhai.kernel import context
from shanhai.kernel.errors import Conflict, NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.imports.apply import apply_file
from shanhai.kernel.imports.columns import read_upload
from shanhai.kernel.imports.plan import FilePlan, plan_import
from shanhai.kernel.models import HistoryEntry
from shanhai.kernel.registry import registry
from shanhai.registers.parties.identity import demo_credit_code, demo_identity
from shanhai.registers.parties.models import Body, Person

BORN, DAY = date(1990, 1, 1), date(2021, 3, 2)
KNOWN = Known("p", "李演示", "n1", BORN, "t1", "演示厂（一）", DAY)
ENTRIES = registry.get("labour.rosterentry")


@pytest.mark.parametrize(
    ("line", "number", "alike", "outcome", "told"),
    [
        (Line("李演示", "n1", True, BORN, "t1", "演示厂(一)", DAY), KNOWN, (KNOWN,), SAME, ()),
        (Line("李演示", "n1", True), KNOWN, (KNOWN,), SAME, ()),
        (Line("李演是", "n1", True), KNOWN, (), DIFFERENT, ("姓名：名单“李演是”，台账“李演示”",)),
        (Line("李演示", "n1", True, phone="t2"), KNOWN, (KNOWN,), DIFFERENT, ("电话不同",)),
        (Line("李演示"), None, (KNOWN,), UNCLEAR, ("名单没有身份证号",)),
        (Line("李演示", "bad", False, BORN), None, (KNOWN,), PROBABLE, ("名单的身份证号有误",)),
        (Line("李演示", "n2", True, BORN), None, (KNOWN,), PROBABLE, ("身份证号不同，请核对",)),
        (Line("李演示", "", False, None, "t1"), None, (KNOWN,), PROBABLE, ("名单没有身份证号",)),
        (Line("李演示", "n2", True, date(1991, 1, 1), "t1"), None, (KNOWN,), ONLY_LIST, ()),
        (Line("赵演示", "n3", True), None, (), ONLY_LIST, ()),
    ],
)  # fmt: skip
def test_what_a_line_means(line: Line, number: Any, alike: Any, outcome: str, told: Any) -> None:
    found = verdict(line, number, alike)
    assert (found.outcome, found.differences) == (outcome, told)


def test_two_alike_are_nobody_and_who_is_known_only_lacks_a_registration() -> None:
    twin = Known("q", "李演示", "n9", BORN)
    assert verdict(Line("李演示", "", False, BORN), None, (KNOWN, twin)).outcome == UNCLEAR
    unregistered = Known("p", "李演示", "n1", is_registered=False)
    assert verdict(Line("李演示", "n1", True), unregistered, ()).outcome == UNREGISTERED


texts = st.sampled_from(("", "a", "b"))
days = st.sampled_from((None, BORN, DAY))
lines = st.builds(Line, texts, texts, st.booleans(), days, texts, texts, days)
knowns = st.builds(Known, st.just("p"), texts, texts, days, texts, texts, days, st.booleans())


@given(lines, st.one_of(st.none(), knowns), st.lists(knowns, max_size=3))
def test_a_verdict_names_somebody_exactly_when_it_means_somebody(line: Any, one: Any, alike: Any) -> None:
    found = verdict(line, one, alike)
    assert (found.key is None) is (found.outcome in {ONLY_LIST, UNCLEAR})
    assert found.outcome != SAME or not found.differences


def number(serial: int) -> str:
    return demo_identity(area=328, born_on=BORN, serial=serial)


@pytest.fixture
def whose(cast: Any) -> dict[str, Any]:
    return {"side": "west", "owner_unit": cast.mt_labour, "place": cast.yongxing, "state": "verified"}


@pytest.fixture
def employer(whose: Any) -> Body:
    with context.unscoped("test"):
        return Body.objects.create(name="演示厂", credit_code=demo_credit_code(1), **whose)


@pytest.fixture
def people(whose: Any, employer: Any) -> dict[int, Person]:
    """1–4, all at the employer; 4 is not registered."""
    found = {}
    with context.unscoped("test"):
        for serial in (1, 2, 3, 4):
            person = Person.objects.create(
                name=f"演示{serial}", identity_number=number(serial), born_on=BORN,
                phone=f"1380013800{serial}", **whose,
            )  # fmt: skip
            EmploymentSpell.objects.create(
                person=person, employer=employer, post="质检", destination="county", started_on=DAY,
                period="2021Q1", **whose,
            )  # fmt: skip
            if serial != 4:
                WorkerRegistration.objects.create(person=person, registered_on=DAY, **whose)
            found[serial] = person
    return found


@pytest.fixture
def roster(whose: Any, employer: Any) -> Roster:
    with context.unscoped("test"):
        return Roster.objects.create(
            code="ZJ1", source="agency", sender="演示劳务", received_on=date(2021, 9, 1), employer=employer,
            **whose | {"state": "draft"},
        )  # fmt: skip


#: As an agency keeps it: own headings, in GBK, a number missing, one in the old form.
AGENCY = "\r\n".join(
    (
        "务工人员姓名,公民身份号码,手机号码,出生日期,企业名称,入职时间",
        f"演示1,{number(1)},13800138001,,演示厂,2021-03-02",
        f"演示2,{number(2)},13900139000,,演示二厂,2021-03-02",
        "演示3,,,1990-01-01,,",
        f"演示4,{number(4)},,,,",
        f"新来的,{number(7)},13700137000,,演示厂,2021-08-01",
        f"认不出,{number(9)[:6]}{number(9)[8:17]},,,,",
    )
).encode("gbk")


@pytest.fixture
def compared(people: Any, roster: Any, as_actor: Any) -> dict[str, RosterEntry]:
    """By name, after import and comparison as bob."""
    with as_actor("bob") as bob:
        content = of_roster(AGENCY, roster)
        plan = plan_import(ENTRIES, read_upload(ENTRIES, content), bob)
        assert [str(problem) for problem in plan.problems] == []
        confirmed = FilePlan((plan,)).digest
        key = UUID(str(uuid7()))
        apply_file(
            {ENTRIES: read_upload(ENTRIES, content)}, bob, confirmed=confirmed, import_id=key, reason="名单"
        )
        assert rosters.compare(roster.pk, actor=bob) == 6
        return {one.name: one for one in RosterEntry.objects.filter(roster=roster)}


def test_each_line_of_an_agency_s_list_is_told_and_nothing_is_written(compared: Any) -> None:
    assert {name: (one.outcome, one.differences) for name, one in compared.items()} == {
        "演示1": ("same", ""),
        "演示2": ("different", "电话不同；用工单位：名单“演示二厂”，台账“演示厂”"),
        "演示3": ("probable", "名单没有身份证号"),
        "演示4": ("unregistered", ""),
        "新来的": ("only_list", ""),
        "认不出": ("unclear", "名单的身份证号有误"),
    }
    with context.unscoped("test"):
        assert (Person.objects.count(), WorkerRegistration.objects.count()) == (4, 3)


def test_who_is_ours_and_not_theirs_is_told_until_a_line_means_them(
    people: Any, roster: Any, whose: Any, as_actor: Any
) -> None:
    with as_actor("bob") as bob:
        entry = {"roster": roster, "name": "演示1", **whose | {"state": "draft"}}
        RosterEntry.objects.create(written_number=number(1), line_number=2, **entry)
        rosters.compare(roster.pk, actor=bob)
        missing = RosterEntry.objects.live().filter(outcome="only_register")
        assert {one.name for one in missing} == {"演示2", "演示3", "演示4"}
        RosterEntry.objects.create(**entry | {"name": "演示2", "written_number": number(2), "line_number": 3})
        rosters.compare(roster.pk, actor=bob)
        assert {one.name for one in missing.all()} == {"演示3", "演示4"}


def test_decisions_write_drafts_phones_and_reasons_once(compared: Any, people: Any, as_actor: Any) -> None:
    with as_actor("bob") as bob:

        def decide(name: str, decision: str, reason: str = "") -> RosterEntry:
            one = RosterEntry.objects.get(pk=compared[name].pk)
            return rosters.decide(one.pk, decision, reason=reason, actor=bob, row_version=one.row_version)

        new = decide("新来的", "register")
        assert (new.person.state, new.person.identity_number_index) == ("draft", new.index)
        assert WorkerRegistration.objects.get(person=new.person).state == "draft"
        decide("演示4", "register")
        assert WorkerRegistration.objects.get(person=people[4]).state == "draft"
        decide("演示2", "phone")
        changed = Person.objects.get(pk=people[2].pk)
        assert (changed.state, changed.phone_index) == ("verified", compared["演示2"].phone_index)
        assert HistoryEntry.objects.filter(row_id=changed.pk).first().reason == "名单比对 ZJ1"
        decide("演示3", "confirm")
        with pytest.raises(RuleViolated, match="写明理由"):
            decide("认不出", "keep")
        decide("认不出", "keep", "已问，不是我县的人")
        for name in ("新来的", "演示1"):
            with pytest.raises(RuleViolated, match="不能这样处理"):
                decide(name, "register")
        before = RosterEntry.objects.get(pk=compared["新来的"].pk).outcome
        rosters.compare(compared["新来的"].roster_id, actor=bob)
        assert RosterEntry.objects.get(pk=compared["新来的"].pk).outcome == before


def test_whoever_may_not_edit_the_list_does_not_decide(compared: Any, roster: Any, as_actor: Any) -> None:
    entry = compared["新来的"]
    with as_actor("ruth") as ruth, pytest.raises(NotAllowed):
        rosters.decide(entry.pk, "keep", reason="x", actor=ruth, row_version=entry.row_version)
    with as_actor("alice") as alice, pytest.raises(NotVisible):
        rosters.compare(roster.pk, actor=alice)
    with as_actor("bob") as bob, pytest.raises(Conflict):
        rosters.decide(entry.pk, "keep", reason="x", actor=bob, row_version=99)


def test_pages_lead_from_the_list_to_a_decision_and_excel(compared: Any, roster: Any, sign_in: Any) -> None:
    client = sign_in("bob")
    page = client.get(f"/labour/roster/{roster.pk}/").content.decode()
    assert "与台账比对" in page
    assert f"/labour/rosterentry/?roster={roster.pk}&amp;outcome=only_list" in page
    shown = client.get(f"/labour/rosterentry/?roster={roster.pk}&outcome=only_list").content.decode()
    assert "新来的" in shown
    assert "演示1" not in shown
    assert number(7) not in shown
    entry = compared["认不出"]
    url = f"/labour/rosterentry/{entry.pk}/"
    assert "处理这一行" in client.get(url).content.decode()
    sent = {"decision": "keep", "reason": "不是我县的人", "row_version": entry.row_version}
    client.post(f"{url}decide/", sent)
    assert "不是我县的人" in client.get(url).content.decode()
    out = client.get(f"/labour/rosterentry/export/?roster={roster.pk}&format=xlsx").streaming_content
    rows = load_workbook(io.BytesIO(b"".join(out))).worksheets[0].iter_rows(values_only=True)
    told = "\n".join(str(row) for row in rows)
    assert "保留不同" in told
    assert "只在名单" in told
    answer = client.post(f"/api/v1/labour/roster/{roster.pk}/compare/", content_type="application/json")
    assert answer.json()["compared"] == 5


def test_a_file_of_a_list_is_an_import_like_any_other(roster: Any, sign_in: Any, employer: Any) -> None:
    """Its own headings are asked for once; what is no table is told beside the list."""
    client = sign_in("bob")
    url = f"/labour/roster/{roster.pk}/"
    lines = f"劳动者,身份证号\n演示1,{number(1)}\n".encode("gbk")
    answer = client.post(f"{url}upload/", {"file": SimpleUploadedFile("名单.csv", lines)})
    assert answer.url.startswith("/labour/rosterentry/import/")
    assert "劳动者" in client.get(answer.url).content.decode()
    wrong = client.post(f"{url}upload/", {"file": SimpleUploadedFile("a.csv", b"")}, follow=True)
    assert wrong.redirect_chain[-1][0] == url
    good = client.post(f"{url}upload/", {"file": SimpleUploadedFile("名单.csv", AGENCY)})
    plan = client.get(good.url).content.decode()
    assert "6" in plan
    sent = {"file": SimpleUploadedFile("名单.csv", AGENCY)}
    api = client.post(f"/api/v1/labour/roster/{roster.pk}/upload/", sent)
    assert api.status_code == 201
    read = client.get(f"/api/v1/labour/rosterentry/imports/{api.json()['import_id']}/").json()
    assert read["state"] == "planned"
