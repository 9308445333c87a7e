"""Employers of the county's workers: concentration, who stays, benefits used."""

from datetime import date
from decimal import Decimal
from typing import Any

from shanhai.domains.benefits.employer_reports import employers_of, per_cent
from shanhai.domains.benefits.models import EmployerVisit
from shanhai.domains.labour.models import EmploymentSpell, MonthlyFact, Threshold
from shanhai.kernel import context
from shanhai.kernel.registry import registry
from shanhai.registers.parties.identity import demo_credit_code
from shanhai.registers.parties.models import Body


def _posts(people: Any, whose: Any) -> None:
    """Two at the large one, of whom one stays; one at the small one, one who has left."""
    with context.unscoped("test"):
        EmploymentSpell.objects.update(ended_on=date(2021, 6, 30))
        large, small = (
            Body.objects.create(name=name, credit_code=demo_credit_code(place), **whose)
            for place, name in ((71, "演示大厂"), (72, "演示小厂"))
        )
        Threshold.objects.filter(code="stable_months").delete()
        Threshold.objects.create(code="stable_months", value=3, valid_from=date(2021, 1, 1), source="演示")
        for person, body, months, ended in (
            (people[0], large, 4, None),
            (people[1], large, 2, None),
            (people[2], small, 5, None),
            (people[3], small, 8, date(2021, 8, 31)),
        ):
            spell = EmploymentSpell.objects.create(
                person=person, employer=body, post="质检", destination="paired_city", is_insured=True,
                started_on=date(2021, 7, 1), ended_on=ended, **whose,
            )  # fmt: skip
            for month in range(1, months + 1):
                MonthlyFact.objects.create(spell=spell, period=f"2021-{month:02}", is_in_post=True, **whose)


def test_who_employs_how_many_and_who_stays(people: Any, whose: Any, as_actor: Any) -> None:
    _posts(people, whose)
    with as_actor("wang") as actor:
        told = [(one.name, one.workers, one.stable, one.insured) for one in employers_of(actor)]
    assert told == [("演示大厂", 2, 1, 2), ("演示小厂", 1, 1, 1)]
    with as_actor("carol") as actor:
        assert employers_of(actor) == []
    assert (per_cent(2, 3), per_cent(0, 0)) == (Decimal("66.7"), Decimal("0.0"))


def test_visits_of_this_year_are_told_and_open(people: Any, whose: Any, as_actor: Any, sign_in: Any) -> None:
    _posts(people, whose)
    with context.unscoped("test"):
        firm = Body.objects.get(name="演示大厂")
        for day in (date(2020, 9, 1), date(2021, 3, 1), date(2021, 9, 1)):
            EmployerVisit.objects.create(firm=firm, visited_on=day, visitor="演示甲", **whose)
    with as_actor("wang") as actor:
        told = [(one.visits, one.visited_on) for one in employers_of(actor)]
    assert told == [(2, date(2021, 9, 1)), (0, None)]
    page = sign_in("wang").get("/benefits/employers/").content.decode()
    assert f"/benefits/employervisit/?firm={firm.pk}" in page and "本年走访过 1 家" in page


def test_a_visit_is_not_of_tomorrow_nor_of_the_other_side(
    people: Any, whose: Any, as_actor: Any, cast: Any
) -> None:
    _posts(people, whose)
    ledger = registry.get("benefits.employervisit")
    with as_actor("wang"):
        firm = Body.objects.get(name="演示大厂")
        row = EmployerVisit(
            firm=firm, visited_on=date(2031, 1, 1), visitor="演示甲", owner_unit=cast.dm_labour
        )
        assert set(ledger.validate(row, None)) == {"firm", "visited_on"}


def test_page_workbook_and_api_tell_the_same(people: Any, whose: Any, sign_in: Any) -> None:
    _posts(people, whose)
    client = sign_in("wang")
    page = client.get("/benefits/employers/").content.decode()
    assert "演示大厂" in page and "66.7" in page
    assert client.get("/benefits/employers.xlsx").content[:2] == b"PK"
    told = client.get("/api/v1/benefits/employers/").json()
    assert (told["workers"], told["items"][0]["name"]) == (3, "演示大厂")
    assert sign_in("root").get("/benefits/employers/").status_code in {403, 404}
