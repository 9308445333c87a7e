"""From roster to work: check-in by telephone, certificates that strangers can prove, cohorts by quarter."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pypdfium2
import pytest
from django.db import IntegrityError, transaction

from shanhai.domains.labour.models import EmploymentSpell
from shanhai.domains.training import strangers
from shanhai.domains.training.course_actions import issue_certificates, mark_present, revoke_certificate
from shanhai.domains.training.course_reports import funnel_of
from shanhai.domains.training.models import (
    Attendance,
    Certificate,
    ClassDay,
    ExamResult,
    Trainee,
    TrainingClass,
)
from shanhai.kernel import context
from shanhai.kernel.actions import validate_row
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import State
from shanhai.registers.parties.identity import demo_credit_code, demo_identity
from shanhai.registers.parties.models import Body, Person

TODAY = date(2021, 9, 24)
NUMBERS = [demo_identity(area=328, born_on=date(1990, 1, 1), serial=serial) for serial in (11, 12, 13)]
NAMES = ["王演示", "李演示", "赵演示"]


@pytest.fixture
def course(cast: Any) -> SimpleNamespace:
    """A class of three that ended in May, and its last day again today for check-in."""
    own = {"side": "west", "owner_unit": cast.mt_labour, "place": cast.yongxing, "state": State.VERIFIED}
    with context.unscoped("example"):
        school = Body.objects.create(name="演示学校", credit_code=demo_credit_code(72), kind="school", **own)
        row = TrainingClass.objects.create(
            code="YC1",
            name="粤菜师傅一班",
            course="cuisine",
            trainer=school,
            opens_on=date(2021, 5, 10),
            closes_on=date(2021, 5, 21),
            places_offered=30,
            certificate_months=36,
            **own,
        )
        people = [
            Person.objects.create(name=name, identity_number=number, **own)
            for name, number in zip(NAMES, NUMBERS, strict=True)
        ]
        roster = [
            Trainee.objects.create(training_class=row, person=one, enrolled_on=date(2021, 5, 6), **own)
            for one in people
        ]
        day = ClassDay.objects.create(training_class=row, held_on=TODAY, topic="实操", **own)
    return SimpleNamespace(own=own, row=row, people=people, roster=roster, day=day)


def examine(made: Any, *scores: int) -> None:
    with context.unscoped("example"):
        for one, score in zip(made.roster, scores, strict=False):
            ExamResult.objects.create(
                trainee=one, examined_on=date(2021, 5, 21), score=Decimal(score), **made.own
            )


def test_a_trainee_checks_in_once_by_name_and_number(course: Any) -> None:
    token = strangers.token_of(course.day)
    first = strangers.check_in(token, " 王演示 ", NUMBERS[0].lower())
    assert first == strangers.CheckedIn("王**", was_there=False)
    assert strangers.check_in(token, "王演示", NUMBERS[0]) == strangers.CheckedIn("王**", was_there=True)
    with context.unscoped("look"):
        here = Attendance.objects.get()
        assert (here.trainee, here.held_on, here.means) == (course.roster[0], TODAY, "scan")
        assert here.state == State.SUBMITTED
        assert here.submitted_by == "system:扫码签到"


def test_the_database_keeps_the_places_of_a_class_whoever_writes(course: Any) -> None:
    with context.unscoped("example"):
        TrainingClass.objects.update(places_offered=4)
        four, five = (
            Person.objects.create(name=f"孙演示{n}", identity_number=number, **course.own)
            for n, number in enumerate(
                demo_identity(area=328, born_on=date(1991, 1, 1), serial=serial) for serial in (21, 22)
            )
        )
        rows = [
            Trainee(training_class=course.row, person=one, enrolled_on=date(2021, 5, 6), **course.own)
            for one in (four, five)
        ]
        with pytest.raises(IntegrityError, match="more than there is"), transaction.atomic():
            Trainee.objects.bulk_create(rows)
        Trainee.objects.bulk_create(rows[:1])


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("李演示", NUMBERS[0]),
        ("王演示", NUMBERS[1]),
        ("王演示", "11010519491231002X"),
        ("王演示", "王"),
        ("", ""),
    ],
)
def test_who_is_not_on_the_roster_by_both_is_not_told_why(course: Any, name: str, number: str) -> None:
    assert strangers.check_in(strangers.token_of(course.day), name, number) is None


def test_a_link_is_good_on_its_day_alone_and_nobody_makes_one(course: Any) -> None:
    with context.unscoped("example"):
        ClassDay.objects.update(held_on=date(2021, 9, 23))
    token = strangers.token_of(course.day)
    sheet = strangers.sheet_of(token)
    assert sheet is not None
    assert not sheet.is_today
    assert strangers.check_in(token, "王演示", NUMBERS[0]) is None
    assert strangers.sheet_of(token[:-2] + "zz") is None
    assert strangers.sheet_of("nothing") is None


def test_the_telephone_page_needs_no_account_and_says_little(course: Any, client: Any) -> None:
    address = f"/training/checkin/{strangers.token_of(course.day)}/"
    page = client.get(address).content.decode()
    assert "粤菜师傅一班" in page
    assert "王演示" not in page
    assert "手机没有信号" in page
    refused = client.post(address, {"name": "王演示", "number": NUMBERS[2]})
    assert refused.status_code == 422
    done = client.post(address, {"name": "王演示", "number": NUMBERS[0]}).content.decode()
    assert "王** 签到成功" in done
    assert NUMBERS[0] not in done
    nothing = client.get("/training/checkin/nothing/")
    assert nothing.status_code == 404
    assert "这个码不完整，或这天的课已经取消" in nothing.content.decode()


@pytest.mark.parametrize(
    ("day", "told"),
    [(date(2021, 9, 23), "这个码是 2021-09-23 的，已经过期"), (date(2021, 9, 25), "还没到那天")],
)
def test_a_code_of_another_day_says_which_day_and_what_to_do(
    course: Any, client: Any, day: date, told: str
) -> None:
    with context.unscoped("example"):
        ClassDay.objects.update(held_on=day)
    address = f"/training/checkin/{strangers.token_of(course.day)}/"
    page = client.get(address).content.decode()
    assert told in page
    assert "<form" not in page.partition("<h1>")[2]
    assert "签到成功" not in client.post(address, {"name": "王演示", "number": NUMBERS[0]}).content.decode()


def test_the_sheet_shows_a_code_and_marks_who_signed_on_paper(course: Any, sign_in: Any) -> None:
    running_today(course)
    browser = sign_in("bob")
    address = f"/training/classday/{course.day.pk}/sheet/"
    assert "<svg" in browser.get(address).content.decode()
    sent = {"trainee": [str(one.pk) for one in course.roster[:2]]}
    answered = browser.post(
        f"/training/classday/{course.day.pk}/present/", sent, follow=True
    ).content.decode()
    assert "已补签 2 人" in answered
    assert "已到 2 人，花名册 3 人" in answered
    api = f"/api/v1/training/classday/{course.day.pk}/present/"
    told = browser.post(
        api, {"trainees": [str(one.pk) for one in course.roster]}, content_type="application/json"
    )
    assert len(told.json()["ids"]) == 1


def test_only_who_keeps_the_day_marks_presence(course: Any, as_actor: Any) -> None:
    for who, refused in (("vera", NotAllowed), ("alice", (NotAllowed, NotVisible))):
        with as_actor(who) as actor, pytest.raises(refused):  # type: ignore[call-overload]
            mark_present(course.day.pk, [course.roster[0].pk], actor=actor)


def running_today(course: Any) -> None:
    with context.unscoped("example"):
        TrainingClass.objects.update(closes_on=TODAY)


def test_attendance_is_of_the_roster_and_of_the_days_of_the_class(course: Any, as_actor: Any) -> None:
    row = Attendance(trainee=course.roster[0], held_on=TODAY, **course.own)
    with as_actor("bob"), pytest.raises(RuleViolated) as refused:
        validate_row(registry.get("training.attendance"), row, None)
    assert "不在开班和结业日期之内" in str(refused.value.problems["held_on"][0])
    with context.unscoped("example"):
        other = TrainingClass.objects.get(pk=course.row.pk)
        other.pk, other.code, other._state.adding = None, "YC2", True
        other.save()
        stranger = course.roster[2]
        stranger.training_class = other
        stranger.save()
    running_today(course)
    with as_actor("bob") as bob, pytest.raises(NotVisible):
        mark_present(course.day.pk, [stranger.pk], actor=bob)


def test_certificates_go_to_who_passed_and_numbers_run_on(course: Any, as_actor: Any) -> None:
    examine(course, 86, 59)
    with as_actor("bob") as bob:
        (given,) = issue_certificates(course.row.pk, day=date(2021, 5, 28), actor=bob)
        assert (given.number, given.state) == ("YC1-0001", "submitted")
        assert given.valid_to == date(2024, 5, 27)
        with pytest.raises(RuleViolated, match="没有考核合格而还没有证书的学员"):
            issue_certificates(course.row.pk, day=date(2021, 5, 28), actor=bob)
    with context.unscoped("example"):
        ExamResult.objects.create(
            trainee=course.roster[1], examined_on=date(2021, 6, 21), score=Decimal(70), **course.own
        )
    with as_actor("bob") as bob:
        (again,) = issue_certificates(course.row.pk, day=date(2021, 6, 28), actor=bob)
        assert again.number == "YC1-0002"
        assert again.check_code != given.check_code


@pytest.mark.parametrize("day", [date(2021, 5, 9), date(2021, 9, 25)])
def test_a_certificate_is_not_dated_before_the_class_nor_ahead(course: Any, as_actor: Any, day: date) -> None:
    examine(course, 86)
    with as_actor("bob") as bob, pytest.raises(RuleViolated, match="发证日期"):
        issue_certificates(course.row.pk, day=day, actor=bob)


def certificate(made: Any, **values: Any) -> Certificate:
    with context.unscoped("example"):
        return Certificate.objects.create(
            **{
                "trainee": made.roster[0],
                "number": "YC1-0001",
                "issued_on": date(2021, 5, 28),
                "check_code": "AB23CD45",
                **made.own,
                **values,
            }
        )


def test_anybody_proves_a_verified_certificate_by_number_and_code(course: Any, client: Any) -> None:
    certificate(course)
    page = client.get("/training/proof/?number=YC1-0001&code=ab23cd45").content.decode()
    for told in ("证书有效", "粤菜师傅", "粤菜师傅一班", "王**"):
        assert told in page
    assert "王演示" not in page
    for asked in ("number=YC1-0001&code=AB23CD46", "number=YC1-0002&code=AB23CD45"):
        assert client.get(f"/training/proof/?{asked}").status_code == 404
    assert client.get("/training/proof/").status_code == 200


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"valid_to": date(2021, 9, 1)}, "证书已过有效期"),
        ({"revoked_on": date(2021, 9, 1)}, "证书已撤销"),
        ({"state": State.SUBMITTED}, "没有这张证书"),
    ],
)
def test_what_does_not_hold_is_told(course: Any, client: Any, values: Any, told: str) -> None:
    certificate(course, **values)
    page = client.get("/training/proof/?number=YC1-0001&code=AB23CD45").content.decode()
    assert told in page
    assert "证书有效" not in page


def test_who_verifies_revokes_and_says_why(course: Any, as_actor: Any) -> None:
    row = certificate(course)
    day = date(2021, 9, 1)
    with as_actor("bob") as bob, pytest.raises(NotAllowed):
        revoke_certificate(row.pk, day=day, reason="替考", actor=bob, row_version=1)
    with as_actor("vera") as vera:
        with pytest.raises(RuleViolated, match="请写明撤销原因"):
            revoke_certificate(row.pk, day=day, reason=" ", actor=vera, row_version=1)
        with pytest.raises(RuleViolated, match="撤销日期不能早于发证日期"):
            revoke_certificate(row.pk, day=date(2021, 5, 1), reason="替考", actor=vera, row_version=1)
        revoked = revoke_certificate(row.pk, day=day, reason="替考", actor=vera, row_version=1)
        assert (revoked.revoked_on, revoked.state) == (day, "verified")
        with pytest.raises(RuleViolated, match="只有已核、没有撤销"):
            revoke_certificate(row.pk, day=day, reason="替考", actor=vera, row_version=2)


def test_work_is_found_in_the_employment_ledger(course: Any, as_actor: Any, sign_in: Any) -> None:
    examine(course, 86, 59)
    certificate(course)
    with context.unscoped("example"):
        for person, started_on in zip(course.people, (date(2021, 6, 1), date(2021, 9, 1)), strict=False):
            EmploymentSpell.objects.create(
                person=person,
                employer_name="演示厂",
                post="学徒",
                destination="county",
                started_on=started_on,
                period="2021Q3",
                **course.own,
            )
    with as_actor("bob"):
        found = funnel_of(course.row)
    assert (found.enrolled, found.attended, found.examined, found.passed) == (3, 0, 2, 1)
    assert (found.certified, found.soon, found.later) == (1, 1, None)
    browser = sign_in("bob")
    page = browser.get(f"/training/trainingclass/{course.row.pk}/").content.decode()
    assert "3 个月内就业" in page
    assert "期限未满" in page
    told = browser.get("/api/v1/training/books/cohorts/?period=2021").json()["lines"]
    assert [(line["quarter"], line["enrolled"], line["soon_share"], line["later"]) for line in told] == [
        ("2021年第二季度", "3", "33.3", "")
    ]
    assert browser.get("/training/cohorts/?format=xlsx").getvalue().startswith(b"PK")


def test_files_refer_to_trainees_and_days_by_class_and_number(course: Any, as_actor: Any) -> None:
    trainee, day = f"YC1 {NUMBERS[0]}", "YC1 2021-09-24"
    with as_actor("bob"):
        assert Trainee.resolve_references([trainee, "YC9 1"]) == {trainee: course.roster[0]}
        assert ClassDay.resolve_references([day, "YC1 2021-09-25", "YC1 昨天"]) == {day: course.day}
        assert course.day.reference_text() == day


def pages_of(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_bounded() for page in document]


def test_a_certificate_on_paper_bears_number_and_code_and_nothing_else_of_a_person(
    course: Any, sign_in: Any
) -> None:
    row = certificate(course, valid_to=date(2024, 5, 27))
    browser = sign_in("bob")
    assert "打印证书（PDF）" in browser.get(f"/training/certificate/{row.pk}/").content.decode()
    answer = browser.get(f"/training/certificate/{row.pk}/print/")
    assert answer["Content-Type"] == "application/pdf"
    (page,) = pages_of(answer.content)
    page = "".join(page.split())
    for told in ("王演示", "YC1-0001", "AB23CD45", "粤菜师傅一班", "2021年5月28日", "2024年5月27日"):
        assert told in page
    assert NUMBERS[0] not in page
    api = browser.get(f"/api/v1/training/certificate/{row.pk}/print/")
    assert "".join(pages_of(api.content)[0].split()) == page


def test_the_certificates_of_a_class_are_printed_at_once_with_the_list_to_sign(
    course: Any, sign_in: Any
) -> None:
    certificate(course)
    certificate(course, trainee=course.roster[1], number="YC1-0002")
    certificate(course, trainee=course.roster[2], number="YC1-0003", revoked_on=date(2021, 9, 1))
    browser = sign_in("bob")
    assert (
        "打印 2 张证书和发证名册" in browser.get(f"/training/trainingclass/{course.row.pk}/").content.decode()
    )
    answer = browser.get(f"/training/trainingclass/{course.row.pk}/certificates/")
    first, second, register = pages_of(answer.content)
    assert "YC1-0001" in first
    assert "YC1-0002" in second
    assert "领证人签字" in register
    assert "YC1-0003" not in register


@pytest.mark.parametrize(
    ("values", "told"),
    [({"state": State.SUBMITTED}, "还没有核实"), ({"revoked_on": date(2021, 9, 1)}, "已于 2021-09-01 撤销")],
)
def test_what_strangers_would_not_be_told_holds_is_not_printed(
    course: Any, sign_in: Any, values: Any, told: str
) -> None:
    row = certificate(course, **values)
    browser = sign_in("bob")
    assert told in browser.get(f"/training/certificate/{row.pk}/print/", follow=True).content.decode()
    refused = browser.get(f"/api/v1/training/trainingclass/{course.row.pk}/certificates/")
    assert (refused.status_code, refused.json()["code"]) == (422, "not_printable")
    other = sign_in("alice").get(f"/training/certificate/{row.pk}/print/")
    assert other.status_code in {403, 404}
