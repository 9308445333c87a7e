"""务工就业月报: every number is the count of the rows it opens to, lines add up, and indicators agree."""

import io
import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document as Docx
from openpyxl import load_workbook

from shanhai.domains.labour.models import (
    Destination,
    DestinationGroup,
    EmploymentSpell,
    MonthlyFact,
    PersonCategory,
    ReturnHome,
    Threshold,
    WorkerRegistration,
)
from shanhai.domains.labour.monthly.items import COLUMNS, ITEMS
from shanhai.domains.labour.monthly.papers import paper_of, said
from shanhai.domains.labour.monthly.report import Monthly, asked_report, monthly
from shanhai.domains.labour.rules import age_on
from shanhai.engines.values import Period
from shanhai.kernel import context
from shanhai.kernel.documents.bound import check_bound
from shanhai.kernel.documents.numbers import format_number
from shanhai.kernel.documents.reread import numbers_in_docx
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.indicators.figures import breakdown, value
from shanhai.kernel.indicators.rows import row_page
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.scope import Side
from shanhai.kernel.workflow import State
from shanhai.registers.papers import document
from shanhai.registers.parties.identity import demo_identity
from shanhai.registers.parties.models import Person
from shanhai.registers.places.models import Place

MONTH = Period.parse("2021-08")
WINDOWS = {
    "this": (date(2021, 8, 1), date(2021, 8, 31)),
    "last": (date(2021, 7, 1), date(2021, 7, 31)),
    "year_ago": (date(2020, 8, 1), date(2020, 8, 31)),
    "year": (date(2021, 1, 1), date(2021, 8, 31)),
}
BEFORE = {
    "this": (date(2021, 7, 1), date(2021, 7, 31)),
    "last": (date(2021, 6, 1), date(2021, 6, 30)),
    "year_ago": (date(2020, 7, 1), date(2020, 7, 31)),
    "year": (date(2020, 12, 1), date(2020, 12, 31)),
}
STABLE = 3


class World:
    """People of Meitan with all that happens to them: several jobs, gaps, two units, drafts, categories."""

    def __init__(self, cast: Any, size: int) -> None:
        self.rng = random.Random(20210831)
        self.cast, self.places = cast, [cast.yongxing, cast.meitan, None]
        with context.unscoped("a month"):
            Threshold.objects.filter(code="stable_months").delete()
            Threshold.objects.create(
                code="stable_months", value=STABLE, valid_from=date(2020, 1, 1), source="演示"
            )
            for code in Destination.values:
                east = {"paired_city", "paired_province"}
                group = "east" if code in east else "other" if code == "elsewhere" else "nearby"
                if not DestinationGroup.objects.filter(destination=code).exists():
                    DestinationGroup.objects.create(
                        destination=code, group=group, valid_from=date(2020, 1, 1), source="演示"
                    )
            for number in range(1, size + 1):
                self._person(number)

    def _person(self, number: int) -> None:
        rng = self.rng
        born = date(1955, 1, 1) + timedelta(days=rng.randrange(18_000))
        own = {"side": "west", "owner_unit": self.cast.mt_labour, "place": rng.choice(self.places)}
        person = Person.objects.create(
            name=f"演示月{number}",
            identity_number=demo_identity(area=328, born_on=born, serial=number),
            sex=rng.choice(("male", "female", "")),
            born_on=rng.choice((born, born, born, None)),
            **own,
        )
        day = date(2020, 5, 1) + timedelta(days=rng.randrange(300))
        for turn in range(rng.randrange(4)):
            ended = day + timedelta(days=rng.randrange(200)) if rng.random() < 0.6 else None
            unit = self.cast.mt_labour if rng.random() < 0.8 else self.cast.mt_yongxing
            spell = EmploymentSpell.objects.create(
                person=person,
                employer_name=f"演示厂{turn}",
                post="装配工",
                destination=rng.choice(Destination.values),
                started_on=day,
                ended_on=ended,
                state=rng.choice(
                    (State.VERIFIED, State.VERIFIED, State.VERIFIED, State.SUBMITTED, State.DRAFT)
                ),
                **{**own, "owner_unit": unit},
            )
            self._facts(spell, own)
            day = (ended or day) + timedelta(days=rng.randrange(60) + 1)
        for category in rng.sample(PersonCategory.Category.values, rng.randrange(3)):
            since = date(2020, 1, 1) + timedelta(days=rng.randrange(700))
            until = since + timedelta(days=rng.randrange(300)) if rng.random() < 0.4 else None
            PersonCategory.objects.create(
                person=person, category=category, valid_from=since, valid_to=until, basis="演示名单",
                state=rng.choice((State.VERIFIED, State.SUBMITTED, State.DRAFT)), **own,
            )  # fmt: skip
        if rng.random() < 0.3:
            registration = WorkerRegistration.objects.create(
                person=person, registered_on=date(2020, 5, 1), state=State.VERIFIED, **own
            )
            for month in rng.sample((6, 7, 8), rng.randrange(3)):
                ReturnHome.objects.create(
                    registration=registration, returned_on=date(2021, month, 9), reason="family",
                    state=rng.choice((State.VERIFIED, State.VERIFIED, State.SUBMITTED)), **own,
                )  # fmt: skip

    def _facts(self, spell: EmploymentSpell, own: Any) -> None:
        month, last = Period.parse(f"{spell.started_on:%Y-%m}"), spell.ended_on or date(2021, 8, 31)
        while month.start <= min(last, date(2021, 8, 31)):
            in_post = self.rng.random() < 0.7
            wage = Decimal(self.rng.randrange(1500, 6500)) if in_post and self.rng.random() < 0.9 else None
            MonthlyFact.objects.create(
                spell=spell, period=month.code, is_in_post=in_post, wage=wage,
                state=self.rng.choice((State.VERIFIED, State.VERIFIED, State.SUBMITTED)), **own,
            )  # fmt: skip
            month = month.next()


@pytest.fixture
def world(cast: Any) -> World:
    return World(cast, 60)


@pytest.fixture
def report(world: World, as_actor: Any) -> Iterator[Monthly]:
    with as_actor("wang") as actor:
        yield monthly(asked_report(actor, {"side": "west", "month": "2021-08"}), actor)


def last_of_each(spells: Sequence[EmploymentSpell]) -> dict[UUID, EmploymentSpell]:
    found: dict[UUID, EmploymentSpell] = {}
    for one in sorted(spells, key=lambda spell: (spell.started_on, spell.pk.bytes)):
        found[one.person_id] = one
    return found


class Slow:
    """The same, told row by row."""

    def __init__(self) -> None:
        self.spells = [
            one
            for one in EmploymentSpell.objects.select_related("person").order_by("id")
            if one.state == State.VERIFIED and one.side == "west"
        ]
        self.groups = dict(DestinationGroup.objects.values_list("destination", "group"))

    def during(self, first: date, last: date) -> list[EmploymentSpell]:
        return [
            one
            for one in self.spells
            if one.started_on <= last and (one.ended_on is None or one.ended_on >= first)
        ]

    def keys(self, item: str, column: str) -> set[UUID]:
        first, last = WINDOWS[column]
        chosen = last_of_each(self.during(first, last))
        before = last_of_each(self.during(*BEFORE[column]))
        fits = self.condition(item, last)
        if fits is not None:
            return {one.pk for one in chosen.values() if fits(one)}
        if item == "new":
            return {one.pk for who, one in chosen.items() if who not in before}
        if item == "gone":
            return {one.pk for who, one in before.items() if who not in chosen}
        if item == "stable":
            enough = [one for one in self.during(first, last) if self.months(one, last) >= STABLE]
            return {one.pk for one in last_of_each(enough).values()}
        return self.of_others(item, first, last)

    def condition(self, item: str, day: date) -> Callable[[EmploymentSpell], bool] | None:
        kind, _, code = item.partition("_")
        poor = {"out_of_poverty", "unstable", "marginal", "sudden"}
        return {
            "total": lambda spell: True,
            "to": lambda spell: self.groups.get(spell.destination, "none") == code,
            "is": lambda spell: code in self.held(spell, day),
            "ex": lambda spell: bool(poor & self.held(spell, day)),
            "age": lambda spell: self.band(spell, day) == code,
            "male": lambda spell: spell.person.sex == "male",
            "female": lambda spell: spell.person.sex == "female",
            "sex": lambda spell: not spell.person.sex,
        }.get(kind)

    def held(self, spell: EmploymentSpell, day: date) -> set[str]:
        rows = PersonCategory.objects.reported().filter(person=spell.person, valid_from__lte=day)
        return {one.category for one in rows if one.valid_to is None or one.valid_to >= day}

    def band(self, spell: EmploymentSpell, day: date) -> str:
        if spell.person.born_on is None:
            return "unknown"
        age = age_on(spell.person.born_on, day)
        return str(max(one for one in (0, 30, 40, 50, 60) if one <= age))

    def months(self, spell: EmploymentSpell, day: date) -> int:
        facts = MonthlyFact.objects.filter(spell=spell, is_in_post=True, state=State.VERIFIED)
        return facts.filter(period__lte=f"{day:%Y-%m}").count()

    def of_others(self, item: str, first: date, last: date) -> set[UUID]:
        if item == "returned":
            rows: Any = ReturnHome.objects.filter(state=State.VERIFIED, returned_on__range=(first, last))
            found = {
                one.registration.person_id: one.pk
                for one in rows.select_related("registration").order_by("returned_on", "id")
            }
            return set(found.values())
        rows = MonthlyFact.objects.filter(
            state=State.VERIFIED, is_in_post=True, period=f"{first:%Y-%m}", side="west"
        )
        facts = {one.spell.person_id: one for one in rows.select_related("spell").order_by("id")}
        kind, _, band = item.partition("_")
        if kind == "in":
            return {one.pk for one in facts.values()}
        return {one.pk for one in facts.values() if self.paid(one.wage) == band}

    def paid(self, wage: Decimal | None) -> str:
        if wage is None:
            return "unknown"
        return str(max(one for one in (0, 2000, 3000, 4000, 5000) if one <= wage))


def test_every_number_is_the_count_of_its_rows_and_as_told_row_by_row(report: Monthly) -> None:
    slow = Slow()
    assert len(report.items) == len(ITEMS)
    for item in report.items:
        for column, _name in COLUMNS:
            number = report.number(item.code, column)
            if item.is_monthly and column == "year":
                assert number is None
                continue
            keys = report.keys(item.code, column)
            assert (number, len(set(keys))) == (len(keys), len(keys))
            assert set(keys) == slow.keys(item.code, column), (item.code, column)
    assert report.number("total") and report.number("stable") and report.number("ex_poor")


def test_lines_add_up_and_each_opens_its_own_rows(report: Monthly) -> None:
    assert {one.name for one in report.lines} >= {"永兴镇", "户籍未填"}
    for item in report.items:
        for column, _name in COLUMNS:
            if report.number(item.code, column) is None:
                continue
            keys = [report.keys(item.code, column, line.key) for line in report.lines]
            numbers = [report.number(item.code, column, line.key) for line in report.lines]
            assert numbers == [len(one) for one in keys]
            assert list(chain(*keys)) == report.keys(item.code, column)


def test_parts_add_up_to_what_they_are_parts_of(report: Monthly) -> None:
    for column, _name in COLUMNS:
        for heading in {(one.heading, one.parts_of) for one in ITEMS if one.parts_of}:
            parts = [one.code for one in ITEMS if (one.heading, one.parts_of) == heading]
            if report.number(parts[0], column) is not None:
                whole = report.number(heading[1], column)
                assert sum(report.number(one, column) or 0 for one in parts) == whole
        told = {one: report.number(one, column) or 0 for one in ("total", "new", "gone")}
        before = len(last_of_each(Slow().during(*BEFORE[column])))
        assert told["total"] == before + told["new"] - told["gone"]


def test_indicators_say_the_same(report: Monthly, world: World) -> None:
    scope = IndicatorScope(Side.WEST)
    months = {"this": MONTH, "last": MONTH.previous(), "year_ago": MONTH.year_earlier()}
    for column, month in months.items():
        found = breakdown("LAB-5B", scope, month, ["destination", "category"])
        poor = {one.code: one.value for one in found.splits["category"]}.get("ex_poor", 0)
        assert poor == report.number("ex_poor", column)
        chosen = IndicatorScope(Side.WEST, only=(("category", "ex_poor"),))
        page = row_page("LAB-5B", chosen, month, reason="", size=200)
        assert {one.row.pk for one in page.rows} == set(report.keys("ex_poor", column))
        assert value("LAB-5B", chosen, month).value == poor
        assert found.figure.value == report.number("total", column)
        split = {one.code: one.value for one in found.splits["destination"]}
        for group in ("east", "nearby", "other"):
            assert split.get(group, 0) == report.number(f"to_{group}", column)
        assert value("LAB-5A", scope, month).value == report.number("in_post", column)
    assert value("LAB-1", scope, MONTH).value == report.number("total", "year")
    assert value("LAB-1A", scope, MONTH).value == report.number("stable", "year")
    below = IndicatorScope(Side.WEST, place=world.cast.yongxing.pk)
    assert value("LAB-5B", below, MONTH).value == report.number("total", "this", str(world.cast.yongxing.pk))


ADDRESS = "/labour/monthly/"


def test_the_page_leads_from_a_number_to_exactly_its_rows(
    world: World, report: Monthly, client_of: Any
) -> None:
    wang = client_of("wang")
    page = wang.get(ADDRESS, {"side": "west", "month": "2021-08"})
    assert page.status_code == 200
    number = report.number("total", "this", str(world.cast.yongxing.pk))
    url = next(
        cell["url"]
        for row in page.context["sections"][1]["table"]["rows"]
        for cell in row["cells"]
        if "item=total&column=this" in cell.get("url", "") and str(world.cast.yongxing.pk) in cell["url"]
    )
    rows = wang.get(url)
    assert (len(rows.context["table"]["rows"]), rows.context["pager"]["total"]) == (number, f"共 {number} 行")
    everybody = wang.get(f"{ADDRESS}rows/", {"month": "2021-08", "item": "total", "column": "year"})
    assert f"共 {report.number('total', 'year')} 行" in everybody.content.decode()


def test_the_interface_tells_the_same_numbers_and_rows(report: Monthly, client_of: Any) -> None:
    wang = client_of("wang")
    told = wang.get("/api/v1/labour/monthly/", {"side": "west", "month": "2021-08"}).json()
    assert [one["name"] for one in told["lines"]] == ["合计", *(one.name for one in report.lines)]
    assert told["lines"][0]["numbers"]["total"]["year"] == report.number("total", "year")
    asked = {"side": "west", "month": "2021-08", "item": "stable", "column": "year"}
    found = wang.get("/api/v1/labour/monthly/rows/", asked).json()
    assert found["number"] == len(found["ids"]) == report.number("stable", "year")


def test_excel_and_word_say_what_the_page_says(world: World, report: Monthly, client_of: Any) -> None:
    wang = client_of("wang")
    asked = {"side": "west", "month": "2021-08"}
    book = load_workbook(io.BytesIO(wang.get(ADDRESS, asked | {"format": "xlsx"}).content))
    lines = [row for row in book.worksheets[0].iter_rows(min_row=2, values_only=True) if row[0] == "全部地区"]
    assert {row[2]: row[3] for row in lines}["在册务工人数"] == report.number("total")
    assert len(book.worksheets) == 2
    word = wang.get(ADDRESS, asked | {"format": "docx"}).content
    shown = [report.number(one.code, code) for one in report.shown() for code, _name in COLUMNS]
    printed = [one.display for one in numbers_in_docx(word)]
    assert printed[: len(shown)] == [format_number(one, decimals=0) for one in shown]
    assert len(Docx(io.BytesIO(word)).tables) == 2
    assert check_bound(document(paper_of(report))) == []


def test_a_month_without_rows_and_a_long_name_are_told(cast: Any, client_of: Any) -> None:
    with context.unscoped("a long name"):
        Threshold.objects.filter(code="stable_months").delete()
        cast.yongxing.name = "永兴" + "很长" * 30 + "镇"
        cast.yongxing.save()
    page = client_of("wang").get(ADDRESS, {"side": "west", "month": "2020-01"})
    assert page.status_code == 200
    text = page.content.decode()
    assert cast.yongxing.name in text
    assert "没有规定稳定就业的月数" in text
    empty = client_of("wang").get(f"{ADDRESS}rows/", {"month": "2020-01", "item": "total"})
    assert "这个数字是零" in empty.content.decode()


@pytest.mark.parametrize("month", ["2021-13", "2021", "2021Q3", "2022-12", "x"])
def test_what_is_no_month_is_refused_with_words(client_of: Any, cast: Any, month: str) -> None:
    page = client_of("wang").get(ADDRESS, {"month": month})
    assert page.status_code == 422
    assert client_of("wang").get("/api/v1/labour/monthly/", {"month": month}).status_code == 422


@pytest.mark.parametrize(
    "asked",
    [
        {"item": "nothing"},
        {"item": "total", "column": "then"},
        {"item": "total", "line": "none-such"},
        {"item": "wage_0", "column": "year"},
        {"item": "total", "place": "x"},
        {"item": "total", "month": "2021-13"},
    ],
)
def test_what_is_no_number_opens_nothing(world: World, client_of: Any, asked: dict[str, str]) -> None:
    assert client_of("wang").get(f"{ADDRESS}rows/", {"month": "2021-08", **asked}).status_code == 404


def test_a_place_has_its_villages_and_only_its_people(world: World, as_actor: Any) -> None:
    with context.unscoped("a village"):
        village = Place.objects.create(
            code="520328101999", name="演示村", level="village", parent=world.cast.yongxing, side="west",
            valid_from=date(2020, 1, 1),
        )  # fmt: skip
    with as_actor("wang") as actor:
        whole = monthly(asked_report(actor, {"month": "2021-08"}), actor)
        town = str(world.cast.yongxing.pk)
        below = monthly(asked_report(actor, {"month": "2021-08", "place": town}), actor)
        assert [one.name for one in below.lines] == ["演示村", "永兴镇（未细分）"]
        assert below.number("total") == whole.number("total", "this", town)
        none = monthly(asked_report(actor, {"month": "2021-08", "place": str(village.pk)}), actor)
        assert none.number("total") == 0


def test_the_other_side_is_told_what_is_shared_and_no_categories(world: World, as_actor: Any) -> None:
    with as_actor("carol") as actor:
        found = monthly(asked_report(actor, {"side": "west", "month": "2021-08"}), actor)
    codes = {one.code for one in found.items}
    assert "total" in codes
    assert not codes & {"ex_poor", "is_disabled"}
    with pytest.raises(NotVisible), as_actor("carol"):
        found.keys("ex_poor")


def test_statements_do_not_grow_with_rows(world: World, as_actor: Any) -> None:
    def asked() -> int:
        with as_actor("wang") as actor, CaptureQueriesContext(connection) as counted:
            monthly(asked_report(actor, {"month": "2021-08"}), actor)
        return len([one for one in counted if one["sql"].startswith("SELECT")])

    before = asked()
    for number in range(500, 540):
        with context.unscoped("more"):
            world._person(number)
    assert asked() == before <= 10


def test_who_reads_no_employment_sees_no_report(cast: Any, as_actor: Any) -> None:
    with as_actor("eve") as actor, pytest.raises(NotVisible):
        asked_report(actor, {})
    with as_actor("wang") as actor, pytest.raises(RuleViolated):
        asked_report(actor, {"month": "2030-01"})


def test_a_category_counts_in_the_months_in_which_it_held(world: World, as_actor: Any) -> None:
    with context.unscoped("one who left a category"):
        PersonCategory.objects.all().delete()
        spell = EmploymentSpell.objects.filter(
            side="west", state=State.VERIFIED, started_on__lte=date(2021, 3, 1), ended_on__isnull=True
        ).first()
        assert spell is not None
        PersonCategory.objects.create(
            person=spell.person, category="sudden", valid_from=date(2021, 2, 1), valid_to=date(2021, 6, 30),
            basis="演示名单", state=State.VERIFIED, side="west", owner_unit=spell.owner_unit,
        )  # fmt: skip
    with as_actor("wang"):
        told = {}
        for month in ("2021-03", "2021-06", "2021-07"):
            found = breakdown("LAB-5B", IndicatorScope(Side.WEST), Period.parse(month), ["category"])
            told[month] = {one.code: one.value for one in found.splits["category"]}.get("ex_poor", 0)
    assert told == {"2021-03": 1, "2021-06": 1, "2021-07": 0}


def test_a_town_is_told_of_its_own_rows_alone(world: World, as_actor: Any) -> None:
    with as_actor("wang") as actor:
        whole = monthly(asked_report(actor, {"month": "2021-08"}), actor)
    with as_actor("bob") as actor:
        found = monthly(asked_report(actor, {"month": "2021-08"}), actor)
        units = set(
            EmploymentSpell.objects.filter(pk__in=found.keys("total")).values_list("owner_unit", flat=True)
        )
    assert (found.is_partial, whole.is_partial) == (True, False)
    assert "只含您的单位" in said(found)
    assert units == {world.cast.mt_labour.pk}
