"""Milestones make up the work; work against money; photos that do not fit their site."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.domains.funds import progress_rules
from shanhai.domains.funds.actions import advance_project
from shanhai.domains.funds.models import BenefitLink, Milestone, Project, Stage
from shanhai.domains.funds.progress_actions import finish_milestone
from shanhai.domains.funds.progress_reports import paces, shots_of
from shanhai.domains.funds.progress_rules import Part, Photo
from shanhai.kernel import clock, context
from shanhai.kernel.actions import create_row
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.evidence.models import EvidenceFile, EvidenceLink
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import State

DAY = date(2021, 9, 1)
days = st.dates(date(2021, 1, 1), date(2021, 12, 31))
parts = st.lists(st.builds(Part, st.integers(1, 100).map(Decimal), days, st.none() | days), max_size=8)


@given(parts, days, days)
def test_work_never_goes_back_and_stays_within_the_whole(some: list[Part], one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert 0 <= progress_rules.reached(some, first) <= progress_rules.reached(some, last) <= 100


@given(days, days)
def test_months_follow_each_other_without_a_gap(one: date, other: date) -> None:
    first, last = sorted((one, other))
    ends = list(progress_rules.month_ends(first, last))
    assert ends[-1] == last
    assert [(end.year, end.month) for end in ends] == [(2021, m) for m in range(first.month, last.month + 1)]


SITE = (Decimal("27.750000"), Decimal("107.480000"))


@pytest.mark.parametrize(
    ("photo", "codes"),
    [
        (Photo(DAY, *SITE), []),
        (Photo(None, *SITE), ["no_time"]),
        (Photo(DAY), ["no_place"]),
        (Photo(date(2021, 5, 1), *SITE), ["too_early"]),
        (Photo(DAY, Decimal("27.80"), SITE[1]), ["too_far"]),
        (Photo(DAY, *SITE, is_used_twice=True), ["used_twice"]),
    ],
)
def test_a_photo_is_held_against_start_and_site(photo: Photo, codes: list[str]) -> None:
    found = progress_rules.photo_problems(photo, date(2021, 6, 1), SITE, 2000)
    assert [code for code, _number in found] == codes


def test_a_tenth_of_a_degree_to_the_north_is_eleven_kilometres() -> None:
    assert progress_rules.metres(SITE, (SITE[0] + Decimal("0.1"), SITE[1])) == pytest.approx(11_120, abs=20)


@pytest.fixture
def milestones(project: Project, cast: Any) -> list[Milestone]:
    common = {"side": "west", "owner_unit": cast.mt_labour, "project": project, "state": State.VERIFIED}
    told = (("基础", 40), ("主体", 60))
    with context.unscoped("test"):
        return [
            Milestone.objects.create(**common, name=name, weight=Decimal(weight), due_on=DAY)
            for name, weight in told
        ]


def test_a_milestone_done_brings_the_project_as_far_and_no_more_is_entered(
    project: Project, milestones: list[Milestone], as_actor: Any
) -> None:
    with as_actor("bob") as bob:
        with pytest.raises(RuleViolated, match="按项目节点已完成 0%"):
            advance_project(project.pk, stage=Stage.STARTED, progress=Decimal(40), actor=bob, row_version=1)
        finish_milestone(milestones[0].pk, done_on=DAY, actor=bob, row_version=1)
        assert Project.objects.get(pk=project.pk).progress == 40
        with pytest.raises(RuleViolated, match="已经登记完成"):
            finish_milestone(milestones[0].pk, done_on=DAY, actor=bob, row_version=2)
        (pace,) = paces([project])
        assert (pace.work, pace.planned, pace.late, pace.gap) == (40, 100, 1, -40)


def test_weights_of_a_project_never_sum_to_more_than_the_whole(
    project: Project, milestones: list[Milestone], as_actor: Any
) -> None:
    values = {"project": project, "name": "多出来的", "due_on": DAY, "weight": "1"}
    with as_actor("bob") as bob, pytest.raises(RuleViolated) as refused:
        create_row(registry.get("funds.milestone"), values, actor=bob)
    assert "还剩 0%" in str(refused.value.problems["weight"][0])


def test_the_other_government_finishes_nothing(milestones: list[Milestone], as_actor: Any) -> None:
    with as_actor("eve") as eve, pytest.raises(NotVisible):
        finish_milestone(milestones[0].pk, done_on=DAY, actor=eve, row_version=1)


def test_more_people_than_were_linked_are_not_paid(project: Project, as_actor: Any, cast: Any) -> None:
    with context.unscoped("test"):
        link = BenefitLink.objects.create(
            side="west", owner_unit=cast.mt_labour, project=project, state=State.VERIFIED, kind="jobs",
            households=3, people=9, promised=Decimal(900), agreed_on=DAY, due_on=DAY,
        )  # fmt: skip
    values = {"voucher_number": "D1", "link": link, "amount": "10", "paid_on": DAY, "people": 10}
    with as_actor("bob") as bob, pytest.raises(RuleViolated) as refused:
        create_row(registry.get("funds.benefitpaid"), values, actor=bob)
    assert "people" in refused.value.problems


def test_pages_show_chart_milestones_and_photos_with_what_does_not_fit(
    project: Project, milestones: list[Milestone], sign_in: Any
) -> None:
    with context.unscoped("test"):
        Project.objects.filter(pk=project.pk).update(latitude=SITE[0], longitude=SITE[1])
        file = EvidenceFile.objects.create(
            side="west", digest="0" * 64, size=1, content_type="image/jpeg", stored_at=clock.now(),
            shot_at=datetime(2021, 9, 2, tzinfo=clock.CHINA), latitude=Decimal(28), longitude=SITE[1],
        )  # fmt: skip
        EvidenceLink.objects.create(
            ledger="funds.project", row_id=project.pk, file=file, evidence_class="photo", name="现场.jpg",
            attached_at=clock.now(), attached_by="x",
        )  # fmt: skip
        (shot,) = shots_of(Project.objects.get(pk=project.pk))
    assert len(shot.problems) == 1
    browser = sign_in("bob")
    page = browser.get(f"/funds/project/{project.pk}/progress/").content.decode()
    assert "拍摄位置距项目 27," in page
    assert "登记“基础”完成" in page
    board = browser.get("/funds/progress/")
    assert "演示项目" in board.content.decode()
    assert browser.get("/funds/progress/?format=docx").status_code == 200
    told = browser.get("/api/v1/funds/project/paces/").json()
    assert (told[0]["work"], told[0]["late"]) == ("0", 2)
