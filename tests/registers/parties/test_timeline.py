"""人员全程: one person's rows of all chapters by date, of one's own side, to those who may read each."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from shanhai.domains.benefits.models import IncomeRecord
from shanhai.domains.insurance.models import Entitlement, MedicalVisit
from shanhai.domains.labour import rules
from shanhai.domains.labour.models import (
    EmploymentSpell,
    Household,
    HouseholdMember,
    MonthlyFact,
    PersonCategory,
    SkillCertificate,
    WorkerRegistration,
)
from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel import context
from shanhai.kernel.errors import NotVisible
from shanhai.registers.parties.identity import demo_credit_code, demo_identity
from shanhai.registers.parties.models import Body, Person
from shanhai.registers.parties.timeline import person_id_of, person_of, timeline

NUMBER = demo_identity(area=328, born_on=date(1990, 1, 1), serial=1)


@pytest.fixture
def whose(cast: Any) -> dict[str, Any]:
    return {"side": "west", "owner_unit": cast.mt_labour, "state": "verified"}


@pytest.fixture
def person(whose: Any) -> Person:
    """With a row of every ledger that tells, three months in two stretches among them."""
    with context.unscoped("test"):
        found = Person.objects.create(name="李演示", identity_number=NUMBER, phone="13800138000", **whose)
        about = {"person": found, **whose}
        WorkerRegistration.objects.create(registered_on=date(2021, 1, 5), wished_post="焊工", **about)
        PersonCategory.objects.create(
            category="relocated", valid_from=date(2018, 10, 1), basis="2018 年名单", **about
        )
        household = Household.objects.create(code="H1", **whose)
        HouseholdMember.objects.create(
            household=household, relation="head", valid_from=date(2016, 1, 1), **about
        )
        SkillCertificate.objects.create(
            kind="level", trade="电工", level="5", issued_on=date(2020, 6, 1), **about
        )
        spell = EmploymentSpell.objects.create(
            employer_name="演示厂", post="质检", destination="county", started_on=date(2021, 3, 2),
            ended_on=date(2021, 7, 9), period="2021Q1", **about,
        )  # fmt: skip
        for period, wage in (("2021-03", 5000), ("2021-04", 5200), ("2021-06", None)):
            MonthlyFact.objects.create(spell=spell, period=period, wage=wage, **whose)
        Entitlement.objects.create(valid_from=date(2021, 1, 1), **about)
        hospital = Body.objects.create(name="演示医院", credit_code=demo_credit_code(7), **whose)
        MedicalVisit.objects.create(
            number="V1", hospital=hospital, hospital_level="3", care="inpatient",
            admitted_on=date(2021, 8, 1), discharged_on=date(2021, 8, 9), billed=Decimal(4200),
            diagnosis="骨折", **about,
        )  # fmt: skip
        IncomeRecord.objects.create(income=Decimal(9000), basis="入户", period="2020", **about)
    return found


def test_rows_of_all_chapters_stand_by_date_and_months_are_condensed(person: Any, as_actor: Any) -> None:
    with as_actor("bob") as bob:
        told = timeline(person_of(person.pk, bob), bob)
        assert [one.key for one in told] == [
            "insurance.medicalvisit",
            "labour.monthlyfact",
            "labour.employmentspell",
            "labour.monthlyfact",
            "labour.workerregistration",
            "insurance.entitlement",
            "labour.skillcertificate",
            "benefits.incomerecord",
            "labour.personcategory",
            "labour.householdmember",
        ]
        months = [one for one in told if one.key == "labour.monthlyfact"]
        assert [one.text for one in months] == [
            "演示厂 在岗 1 个月，工资不详",
            "演示厂 在岗 2 个月，月工资 5,000—5,200 元",
        ]
        assert (months[1].day, months[1].until) == (date(2021, 3, 1), date(2021, 4, 30))
        words = "".join(one.text for one in told)
        assert "骨折" not in words
        assert "1380" not in words


def test_the_page_its_file_and_the_api_tell_the_same(person: Any, sign_in: Any) -> None:
    client = sign_in("bob")
    url = f"/parties/person/{person.pk}/timeline/"
    page = client.get(url).content.decode()
    assert "李演示 全程" in page
    assert "演示厂 在岗 2 个月" in page
    assert NUMBER not in page
    only = client.get(f"{url}?of=labour.personcategory").content.decode()
    assert "易地搬迁人口（2018 年名单）" in only
    assert "演示厂" not in only
    sheet = load_workbook(BytesIO(b"".join(client.get(f"{url}?format=xlsx").streaming_content))).active
    api = client.get(f"/api/v1/parties/person/{person.pk}/timeline/").json()
    assert len(api) == 10
    assert api[-1] | {"unit": ""} == {
        "day": "2016-01-01",
        "until": None,
        "is_lasting": True,
        "ledger": "labour.householdmember",
        "label": "户成员",
        "text": "H1 户，户主",
        "unit": "",
        "state": "verified",
    }
    cells = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    assert any("2016-01-01 至今" in row and "H1 户，户主" in row for row in cells)


def test_the_other_side_finds_nobody_and_rows_lead_to_their_person(
    person: Any, as_actor: Any, sign_in: Any
) -> None:
    with as_actor("alice") as alice, pytest.raises(NotVisible):
        person_of(person.pk, alice)
    assert sign_in("alice").get(f"/parties/person/{person.pk}/timeline/").status_code == 404
    with context.unscoped("test"):
        fact = MonthlyFact.objects.select_related("spell").first()
        assert person_id_of(fact) == person_id_of(fact.spell) == person_id_of(person) == person.pk
        assert person_id_of(Household.objects.get()) is None
    page = sign_in("bob").get(f"/labour/monthlyfact/{fact.pk}/").content.decode()
    assert f"/parties/person/{person.pk}/timeline/" in page


@given(st.sets(st.integers(0, 40)))
def test_stretches_are_unbroken_and_hold_every_month(numbers: set[int]) -> None:
    start = Period.parse("2019-11").start
    all_months = Period.between(start, date(2024, 12, 31), PeriodKind.MONTH)
    months = [SimpleNamespace(period=all_months[number].code) for number in sorted(numbers)]
    found = rules.stretches(months)
    assert [one for stretch in found for one in stretch] == months
    assert len(found) == sum(number - 1 not in numbers for number in numbers)
