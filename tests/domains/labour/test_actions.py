"""A reported spell is closed without being opened again."""

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from shanhai.domains.labour.actions import end_spell
from shanhai.domains.labour.models import EmploymentSpell
from shanhai.kernel import context
from shanhai.kernel.actions import validate_row
from shanhai.kernel.errors import Conflict, NotAllowed, RuleViolated
from shanhai.kernel.models import HistoryEntry
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import State
from shanhai.registers.parties.identity import demo_identity
from shanhai.registers.parties.models import Person


@pytest.fixture
def spell(cast: Any) -> EmploymentSpell:
    with context.unscoped("test"):
        whose = {"side": "west", "owner_unit": cast.mt_labour, "place": cast.yongxing}
        number = demo_identity(area=328, born_on=date(1990, 1, 1), serial=1)
        person = Person.objects.create(name="李演示", identity_number=number, **whose)
        return EmploymentSpell.objects.create(
            person=person,
            employer_name="演示厂",
            post="质检",
            destination="county",
            started_on=date(2021, 3, 2),
            period="2021Q1",
            state=State.VERIFIED,
            **whose,
        )


def test_leaving_keeps_the_row_verified_and_history_says_why(spell: Any, as_actor: Any) -> None:
    with as_actor("bob") as bob:
        found = end_spell(spell.pk, ended_on=date(2021, 9, 1), actor=bob, row_version=1)
        assert (found.state, found.ended_on, found.row_version) == (State.VERIFIED, date(2021, 9, 1), 2)
        entry = HistoryEntry.objects.filter(row_id=spell.pk).first()
        assert (entry.reason, entry.before["ended_on"]) == ("离岗登记", None)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [(date(2021, 3, 1), "离岗日期不能早于到岗日期。"), (date(2021, 9, 25), "离岗日期不能晚于今天。")],
)
def test_a_day_that_cannot_be_is_refused(spell: Any, as_actor: Any, day: date, sentence: str) -> None:
    with as_actor("bob") as bob, pytest.raises(RuleViolated, match=sentence):
        end_spell(spell.pk, ended_on=day, actor=bob, row_version=1)


def test_somebody_elses_change_in_between_is_a_conflict(spell: Any, as_actor: Any) -> None:
    with as_actor("bob") as bob, pytest.raises(Conflict):
        end_spell(spell.pk, ended_on=date(2021, 9, 1), actor=bob, row_version=9)


def test_the_other_side_reads_the_row_and_may_not_close_it(spell: Any, as_actor: Any) -> None:
    with as_actor("carol") as carol, pytest.raises(NotAllowed):
        end_spell(spell.pk, ended_on=date(2021, 9, 1), actor=carol, row_version=1)


def test_a_draft_is_edited_as_usual(spell: Any, as_actor: Any) -> None:
    with context.unscoped("test"):
        EmploymentSpell.objects.filter(pk=spell.pk).update(state=State.DRAFT)
    with as_actor("bob") as bob, pytest.raises(RuleViolated, match="请直接修改"):
        end_spell(spell.pk, ended_on=date(2021, 9, 1), actor=bob, row_version=1)


def test_the_page_of_checks_lists_a_person_filed_twice(spell: Any, cast: Any, sign_in: Any) -> None:
    with context.unscoped("test"):
        EmploymentSpell.objects.create(
            person=spell.person,
            employer_name="演示二厂",
            post="质检",
            destination="county",
            started_on=date(2021, 3, 5),
            period="2021Q1",
            side="west",
            owner_unit=cast.mt_yongxing,
        )
    page = sign_in("wang").get("/labour/checks/").content.decode()
    assert "都填了此人" in page
    file = sign_in("wang").get("/labour/checks/?code=filed_twice&format=xlsx").getvalue()
    told = [cell.value for cell in load_workbook(io.BytesIO(file)).worksheets[0][2]]
    assert (told[0], told[1], told[3]) == ("李演示", "两个单位重复填报", str(cast.mt_yongxing))
    assert "都填了此人" in told[2]
    assert sign_in("root").get("/labour/checks/").status_code == 404


def test_what_a_constraint_refuses_is_told_at_its_field_with_everything_else(
    spell: Any, as_actor: Any
) -> None:
    with as_actor("bob"):
        spell.employer_name, spell.started_on = "", date(2021, 10, 11)
        with pytest.raises(RuleViolated) as refused:
            validate_row(registry.get("labour.employmentspell"), spell, None)
    assert refused.value.problems.keys() == {"employer", "started_on"}
