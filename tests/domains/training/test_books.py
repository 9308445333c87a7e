"""Every number of every report opens to the rows it was counted from; files and charts say the same."""

import io
import re
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from shanhai.domains.labour.models import EmploymentSpell
from shanhai.domains.training.book_pages import behind
from shanhai.domains.training.books import Asked, Book
from shanhai.domains.training.cohort_book import COHORT_BOOK
from shanhai.domains.training.enrolment_book import ENROLMENT_BOOK
from shanhai.domains.training.models import (
    AidPayment,
    Applicant,
    Attendance,
    EnrolmentPlan,
    ExamResult,
    IncubationBase,
    IncubationTenant,
    LeaderYear,
    TenantSupport,
    Trainee,
    TrainingClass,
    Workshop,
    WorkshopMonth,
    WorkshopStandard,
)
from shanhai.domains.training.survival_book import LEADER_BOOK, SURVIVAL_BOOK
from shanhai.domains.training.workshop_book import WORKSHOP_BOOK
from shanhai.engines.values import Period
from shanhai.kernel import context
from shanhai.kernel.errors import NotVisible
from shanhai.kernel.scope import Side
from shanhai.kernel.sheets.columns import Kind
from shanhai.kernel.workflow import State
from shanhai.registers.parties.identity import demo_credit_code, demo_identity
from shanhai.registers.parties.models import Body, Person

BOOKS = {
    "workshops": (WORKSHOP_BOOK, "2021-08"),
    "cohorts": (COHORT_BOOK, "2021"),
    "enrolment": (ENROLMENT_BOOK, "2021"),
    "survival": (SURVIVAL_BOOK, "2021"),
    "leaders": (LEADER_BOOK, "2019"),
}


@pytest.fixture
def county(cast: Any) -> SimpleNamespace:
    """Two lines in every report, with people at every step."""
    own = {"side": "west", "owner_unit": cast.mt_labour, "place": cast.yongxing, "state": State.VERIFIED}
    with context.unscoped("example"):
        body = Body.objects.create(name="演示公司", credit_code=demo_credit_code(75), kind="school", **own)
        people = [
            Person.objects.create(
                name=f"钱演示{serial}",
                identity_number=demo_identity(area=328, born_on=date(1990, 1, 1), serial=serial),
                **own,
            )
            for serial in range(41, 47)
        ]
        _workshops(own, body)
        _courses(own, body, people)
        _enrolment(own, body, people)
        _incubation(own, body, people)
    return SimpleNamespace(own=own, body=body, people=people)


def _workshops(own: Any, body: Body) -> None:
    WorkshopStandard.objects.create(
        code="BZ1", least_ex_poor=5, least_premium=15, alarm_months=2, review_months=12,
        valid_from=date(2021, 1, 1), source="演示办法", **own,
    )  # fmt: skip
    for code, told in (("CJ1", {"2021-07": 3, "2021-08": 4}), ("CJ2", {"2021-08": 7}), ("CJ3", {})):
        row = Workshop.objects.create(
            code=code, name=f"演示车间{code}", workshop_kind="home", run_by=body, applied_on=date(2021, 3, 1),
            recognition="recognised", recognised_on=date(2021, 4, 1), **own,
        )  # fmt: skip
        for period, helped in told.items():
            WorkshopMonth.objects.create(
                workshop=row, period=period, jobs=helped + 6, ex_poor_jobs=helped,
                wage_bill=Decimal(1000 * helped), premium=15, **own,
            )  # fmt: skip


def _courses(own: Any, body: Body, people: list[Person]) -> None:
    for code, ends, course in (
        ("YC1", date(2021, 2, 5), "cuisine"),
        ("YC2", date(2021, 5, 21), "cuisine"),
        ("DT1", date(2019, 5, 9), "leader"),
    ):
        row = TrainingClass.objects.create(
            code=code, name=f"演示班{code}", course=course, trainer=body, opens_on=ends.replace(day=1),
            closes_on=ends, places_offered=30, **own,
        )  # fmt: skip
        for number, person in enumerate(people[:4]):
            one = Trainee.objects.create(training_class=row, person=person, enrolled_on=row.opens_on, **own)
            if number:
                Attendance.objects.create(trainee=one, held_on=ends, **own)
            if number > 1:
                ExamResult.objects.create(trainee=one, examined_on=ends, score=40 * number - 30, **own)
            if course == "leader" and number:
                LeaderYear.objects.create(
                    leader=one, period=str(2019 + number), business="养殖", people_led=number * 3, **own
                )
    for person, started_on in zip(people, (date(2021, 3, 1), date(2021, 7, 1)), strict=False):
        EmploymentSpell.objects.create(
            person=person, employer_name="演示厂", post="学徒", destination="county", started_on=started_on,
            period="2021Q1", **own,
        )  # fmt: skip


def _enrolment(own: Any, body: Body, people: list[Person]) -> None:
    for number, code in enumerate(("ZS1", "ZS2")):
        plan = EnrolmentPlan.objects.create(
            code=code, school=body, major="护理", period="2021", quota=4, aid_a_year=3000, **own
        )
        stages = ("graduated", "practising", "admitted", "dropped_out", "rejected", "applied")
        for person, stage in zip(people, stages[number:], strict=False):
            dates = {} if stage in {"rejected", "applied"} else {"accepted_on": date(2021, 1, 10)}
            if stage == "graduated":
                dates["graduated_on"] = date(2021, 2, 10)
            row = Applicant.objects.create(
                enrolment_plan=plan, person=person, enrolled_on=date(2021, 1, 3), study_stage=stage,
                **dates, **own,
            )  # fmt: skip
            if dates:
                AidPayment.objects.create(
                    applicant=row, period="2021", aid_paid=1500 + number, aid_paid_on=date(2021, 3, 1), **own
                )


def _incubation(own: Any, body: Body, people: list[Person]) -> None:
    base = IncubationBase.objects.create(
        code="FH1", name="演示孵化园", base_keeper=body, opened_on=date(2018, 1, 1), room=10, **own
    )
    starts = [date(2018, 5, 1), date(2018, 9, 1), date(2020, 9, 24), date(2020, 12, 1)]
    for number, moved_in_on in enumerate(starts):
        tenant = IncubationTenant.objects.create(
            code=f"RZ{number}", name=f"演示作坊{number}", base=base, founder=people[number],
            is_homecoming=number != 1, moved_in_on=moved_in_on,
            closed_on=date(2020, 3, 1) if number == 0 else None, staff=number + 2, **own,
        )  # fmt: skip
        for day in (date(2021, 1, 1), date(2021, 2, 1))[: number % 3]:
            TenantSupport.objects.create(
                tenant=tenant, support_kind="grant", support_paid=Decimal("1000.50"), paid_on=day, **own
            )


def worth(kind: Kind, counts: list[Any]) -> Any:
    """What rows behind a number amount to: a share is their mean, everything else their sum."""
    if kind is Kind.DECIMAL:
        return (Decimal(sum(counts)) * 100 / len(counts)).quantize(Decimal("0.1"))
    return sum(counts)


@pytest.mark.parametrize("code", BOOKS)
def test_every_number_opens_to_rows_that_amount_to_it(county: Any, as_actor: Any, code: str) -> None:
    book, period = BOOKS[code]
    asked = Asked(Side.WEST, Period.parse(period), is_own=True)
    with as_actor("bob"):
        lines = book.lines(asked)
        assert len(lines) > 1
        every = book.all_lines(lines)
        opened = 0
        for line in every:
            for column in book.columns():
                if not book.opens(line, column):
                    continue
                rows, _heading = behind(book, asked, line["key"], column.name)
                counts = [one.counts for one in rows]
                assert rows, (line["key"], column.name)
                if column.name in {"average", "premium"} and line["key"] == "":
                    continue  # a mean of means and a sum of premiums are nothing; each line is looked at
                assert worth(column.kind, counts) == line[column.name], (line["key"], column.name)
                opened += 1
        assert opened > len(every)
        assert {column.name for column in book.columns()} >= book.opening
        assert every[-1]["key"] == ""


def test_points_of_a_curve_open_to_all_of_the_quarter(county: Any, as_actor: Any) -> None:
    asked = Asked(Side.WEST, Period.parse("2021"), is_own=True)
    with as_actor("bob"):
        rows, heading = behind(COHORT_BOOK, asked, "2021Q1", "month_3")
        assert heading == "培训成效：结业后就业率"
        assert (len(rows), sum(one.counts for one in rows)) == (4, 1)
        assert "务工 2021-03-01 — 今" in rows[0].said
        for nothing in ("month_99", "course", "key"):
            with pytest.raises(NotVisible):
                behind(COHORT_BOOK, asked, "", nothing)


@pytest.mark.parametrize("code", BOOKS)
def test_page_excel_and_word_say_the_same_numbers(county: Any, sign_in: Any, code: str) -> None:
    _book, period = BOOKS[code]
    address = {"survival": "survival", "leaders": "leaders"}.get(code, code)
    browser = sign_in("bob")
    told = browser.get(f"/api/v1/training/books/{code}/?period={period}").json()
    page = browser.get(f"/training/{address}/?period={period}").content.decode()
    sheet = browser.get(f"/training/{address}/?period={period}&format=xlsx")
    word = browser.get(f"/training/{address}/?period={period}&format=docx")
    rows = list(load_workbook(io.BytesIO(sheet.content)).worksheets[0].values)
    text = re.sub(r"<[^>]+>", "|", ZipFile(io.BytesIO(word.content)).read("word/document.xml").decode())
    names = [one["name"] for one in told["columns"] if one["unit"]]
    assert len(told["lines"]) + 2 == len(rows)  # the heading, and what is said of the file
    assert "合计" in page
    for line in told["lines"]:
        for name in names:
            assert line[name] in page
            assert f"|{line[name]}|" in text


def test_the_rows_behind_a_number_are_a_page_and_one_row_is_the_row_itself(county: Any, sign_in: Any) -> None:
    browser = sign_in("bob")
    page = browser.get("/training/cohorts/?period=2021&line=&column=passed").content.decode()
    assert "培训成效：考核合格" in page
    assert "共 2 行，计入合计 2" in page
    assert "钱演示" in page
    moved = browser.get("/training/workshops/?period=2021-08&column=alarms")
    with context.unscoped("look"):
        workshop = Workshop.objects.get(code="CJ1")
    assert moved.url == f"/training/workshop/{workshop.pk}/"
    assert browser.get("/training/workshops/?column=name").status_code == 404
    api = browser.get("/api/v1/training/books/enrolment/?period=2021&column=graduated").json()
    assert [(one["ledger"], one["counts"]) for one in api["rows"]] == [("training.applicant", "1")]


def test_the_other_county_reads_numbers_but_no_names(county: Any, sign_in: Any) -> None:
    browser = sign_in("alice")
    for address in ("cohorts/?column=enrolled", "enrolment/?column=asked"):
        page = browser.get(f"/training/{address}&side=west&period=2021").content.decode()
        assert "钱***" in page
        assert "钱演示" not in page


def test_steps_and_curves_are_drawn_and_their_table_says_the_same(county: Any, sign_in: Any) -> None:
    page = sign_in("bob").get("/training/cohorts/?period=2021").content.decode()
    assert page.count('<svg width="100%"') == 2
    assert "从报名到就业" in page
    assert "2 人 · 25.0%" in page
    assert "2021年第一季度 3 个月 25.0" in page
    assert page.count("column=month_3") == 4  # two quarters, drawn and in the table


def test_an_unknown_book_period_is_told_without_a_chart(county: Any, sign_in: Any) -> None:
    answer = sign_in("bob").get("/training/cohorts/?period=2021-08&column=passed")
    assert answer.status_code == 422
    assert isinstance(COHORT_BOOK, Book)
