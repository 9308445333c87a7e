"""Importing, correcting, answering, saving: what each does, refuses and leaves behind."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shanhai.domains.scheme import actions
from shanhai.domains.scheme.models import (
    Duty,
    ProgressReport,
    Question,
    Scheme,
    SchemeVersion,
    Section,
    Task,
)
from shanhai.domains.scheme.rules import sentence_starts
from shanhai.engines.clauses import SourceDocument, read_document
from shanhai.engines.clauses.units import fold
from shanhai.kernel import context
from shanhai.kernel.errors import Conflict, NotAllowed, RuleViolated
from shanhai.kernel.models import HistoryEntry, Obligation, ObligationRule
from shanhai.registers.parties.models import UnitAlias, UnitGroup

from .conftest import SAMPLE


def fresh(version: Any) -> SchemeVersion:
    return SchemeVersion.objects.select_related("scheme", "document").get(pk=version.pk)


def whole(version: Any) -> None:
    """What is true of every version, whatever was done to it."""
    source = fresh(version).document.text
    sections = list(Section.objects.filter(version=version).order_by("start"))
    for before, after in pairwise(sections):
        assert before.end <= after.start
    for section in sections:
        assert fold(section.text) == fold(source[section.start : section.end])
        assert section.parent is None or section.parent.start < section.start
    for duty in Duty.objects.filter(task__section__version=version, start__isnull=False):
        section = duty.task.section
        assert section.start <= duty.start and duty.end <= section.end
        assert fold(source[duty.start : duty.end]) == fold(duty.name)
    assert not Task.of_versions.filter(section__version=version, duties__isnull=True).exists()


def covered(version: Any) -> str:
    source = fresh(version).document.text
    sections = Section.objects.filter(version=version).order_by("start")
    return fold("".join(source[one.start : one.end] for one in sections))


def test_import_makes_clauses_tasks_duties_and_questions(draft: Any, as_actor: Any) -> None:
    with as_actor("carol"):
        tasks = Task.of_versions.filter(section__version=draft)
        assert [task.duties.count() for task in tasks] == [6, 8, 8, 12, 9, 8, 10]
        assert draft.scheme.number == "斗协演〔2021〕3号"
        assert len(draft.scheme.addressees) == 27
        assert all(task.duties.filter(role="lead").count() == 1 for task in tasks)
        assert "区政数局" in set(draft.questions.values_list("name", flat=True))
        whole(draft)


def test_import_is_for_the_coordinator_of_the_side(units: Any, as_actor: Any) -> None:
    with as_actor("alice") as actor, pytest.raises(NotAllowed):
        actions.import_scheme(read_document(SAMPLE), actor=actor, side="east")
    with as_actor("wang") as actor, pytest.raises(NotAllowed):
        actions.import_scheme(read_document(SAMPLE), actor=actor, side="east")


def test_a_text_without_clauses_is_refused(units: Any, as_actor: Any) -> None:
    with as_actor("carol") as actor, pytest.raises(RuleViolated, match="没有从文件中认出条款"):
        actions.import_scheme(SourceDocument("今天天气很好。"), actor=actor, side="east")


def test_a_split_gives_the_rest_to_a_new_clause_with_its_duties(draft: Any, as_actor: Any) -> None:
    with as_actor("carol") as actor:
        section = Task.of_versions.get(section__version=draft, path="三（一）").section
        before = covered(draft)
        at = sentence_starts(draft.document.text, section.start, section.end)[1]
        rest = actions.split_section(draft.pk, section.pk, actor=actor, edition=1, at=at)
        whole(draft)
        assert covered(draft) == before
        assert rest.task.duties.count() == 6
        assert not Task.of_versions.filter(section=section).exists()


def test_a_merge_takes_words_duties_and_clauses_below(draft: Any, as_actor: Any) -> None:
    with as_actor("carol") as actor:
        section = Task.of_versions.get(section__version=draft, path="三（二）").section
        merged = actions.merge_section(draft.pk, section.pk, actor=actor, edition=1)
        whole(draft)
        assert merged.path == "三（一）"
        assert merged.task.duties.count() == 14


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 200), st.integers(0, 50)), min_size=1, max_size=5))
def test_any_splits_and_merges_keep_text_and_duties(
    draft: Any, as_actor: Any, steps: list[tuple[bool, int, int]]
) -> None:
    with as_actor("carol") as actor:
        text, duties = covered(draft), Duty.objects.filter(task__section__version=draft).count()
        for is_split, which, where in steps:
            edition = fresh(draft).edition
            sections = list(Section.objects.filter(version=draft).order_by("start"))
            row = sections[which % len(sections)]
            cuts = sentence_starts(draft.document.text, row.start, row.end)
            if is_split and cuts:
                at = cuts[where % len(cuts)]
                actions.split_section(draft.pk, row.pk, actor=actor, edition=edition, at=at)
            elif not is_split and row is not sections[0]:
                actions.merge_section(draft.pk, row.pk, actor=actor, edition=edition)
            whole(draft)
        assert covered(draft) == text
        assert Duty.objects.filter(task__section__version=draft).count() == duties


def test_a_cut_inside_the_name_of_a_unit_is_refused(draft: Any, as_actor: Any) -> None:
    with as_actor("carol") as actor:
        duty = Duty.objects.filter(task__section__version=draft)[2]
        with pytest.raises(RuleViolated, match="单位名称中间"):
            actions.split_section(draft.pk, duty.task.section_id, actor=actor, edition=1, at=duty.start + 1)


def test_a_clause_that_begins_earlier_takes_the_end_of_the_one_before(draft: Any, as_actor: Any) -> None:
    with as_actor("carol") as actor:
        second = Section.objects.get(version=draft, path="三（二）")
        first = Section.objects.get(version=draft, path="三（一）")
        at = Duty.objects.filter(task__section=first).order_by("start")[1].start - 1
        actions.change_section(
            draft.pk,
            second.pk,
            actor=actor,
            edition=1,
            path="三（二）",
            heading="做强产业",
            start=at,
            end=second.end,
        )
        whole(draft)
        assert Task.of_versions.get(section=second).duties.count() == 13
        assert Task.of_versions.get(section=second).title == "做强产业"


def test_a_correction_on_an_older_reading_is_refused(draft: Any, as_actor: Any) -> None:
    with as_actor("carol") as actor:
        sections = Section.objects.filter(version=draft).order_by("start")
        actions.merge_section(draft.pk, sections[1].pk, actor=actor, edition=1)
        with pytest.raises(Conflict):
            actions.merge_section(draft.pk, sections[3].pk, actor=actor, edition=1)


def test_lead_and_support_are_assigned_by_hand(draft: Any, units: Any, as_actor: Any) -> None:
    with as_actor("carol") as actor:
        section = Section.objects.get(version=draft, path="四（一）")
        duty = actions.add_duty(
            draft.pk, section.pk, actor=actor, edition=1, unit=units["dm_coordinator"], role="lead"
        )
        assert (duty.start, duty.end) != (None, None)
        whole(draft)
        with pytest.raises(RuleViolated, match="已是这项任务"):
            actions.add_duty(
                draft.pk, section.pk, actor=actor, edition=2, unit=units["dm_coordinator"], role="lead"
            )
        changed = actions.change_role(draft.pk, duty.pk, actor=actor, edition=2, role="support")
        assert changed.role == "support"
        actions.remove_duty(draft.pk, duty.pk, actor=actor, edition=3)
        assert not Task.of_versions.filter(section=section).exists()


def test_a_name_answered_once_is_answered_everywhere(draft: Any, units: Any, as_actor: Any) -> None:
    with as_actor("carol") as actor:
        written = Duty.objects.filter(task__section__version=draft, name="斗门生态产业园")
        assert written.count() == 3 and not written.filter(unit__isnull=False).exists()
        changed = actions.answer_unit(draft, "斗门生态产业园", units["dm_ecopark"], actor=actor)
        assert changed == 3
        assert set(written.values_list("unit__code", flat=True)) == {"dm_ecopark"}
        alias = UnitAlias.objects.get(name="斗门生态产业园")
        assert alias.unit.code == "dm_ecopark"
        assert alias.source == "斗协演〔2021〕3号 三（二）、三（五）、三（六）"
        assert alias.valid_from == date(2021, 8, 27)
        assert not Question.objects.filter(version=draft, name="斗门生态产业园", answer="").exists()
        answered = Question.objects.filter(version=draft, name="斗门生态产业园").first()
        assert answered is not None and answered.answered_by == actor.key


def test_a_confirmed_alias_is_read_by_itself_in_the_next_text(
    in_force: Any, units: Any, as_actor: Any
) -> None:
    with as_actor("carol") as actor:
        actions.answer_unit(in_force, "富山工业园", units["dm_fushan"], actor=actor)
        newer = actions.import_newer(in_force.scheme, read_document(SAMPLE), actor=actor)
        duties = Duty.objects.filter(task__section__version=newer, name="富山工业园")
        assert {duty.unit for duty in duties} == {units["dm_fushan"]}
        assert not newer.questions.filter(name="富山工业园").exists()


def test_a_name_of_another_unit_is_not_taken(draft: Any, units: Any, as_actor: Any) -> None:
    with as_actor("carol") as actor, pytest.raises(RuleViolated, match="已登记为另一个单位"):
        actions.answer_unit(draft, "区教育局", units["dm_finance"], actor=actor)
    with as_actor("carol") as actor, pytest.raises(RuleViolated, match="本方的单位"):
        actions.answer_unit(draft, "富山工业园", units["mt_labour"], actor=actor)


def test_a_group_opens_into_its_members(draft: Any, units: Any, as_actor: Any) -> None:
    with as_actor("carol") as actor:
        members = [units["dm_labour"], units["dm_finance"]]
        actions.answer_group(draft, "各镇（街道）", members, actor=actor)
        duty = Duty.objects.get(task__section__version=draft, name="各镇（街道）")
        assert duty.group == UnitGroup.objects.get(name="各镇（街道）")
        assert duty.group.members.count() == 2


def test_saving_puts_in_force_and_makes_units_owe_progress(in_force: Any, units: Any, as_actor: Any) -> None:
    with as_actor("carol") as actor:
        assert fresh(in_force).state == "in_force"
        rule = ObligationRule.objects.get(units__unit=units["dm_education"])
        assert rule.minimum_rows == 4 and rule.source == "斗协演〔2021〕3号"
        owed = Obligation.objects.filter(unit=units["dm_education"], ledger="scheme.progressreport")
        assert sorted(owed.values_list("period", flat=True)) == ["2021Q1", "2021Q2", "2021Q3"]
        actions.set_terms(
            fresh(in_force).scheme,
            actor=actor,
            sharing="private",
            reports_since=date(2021, 1, 1),
            due_days=10,
            reason="再存一次",
        )
        assert ObligationRule.objects.filter(units__unit=units["dm_education"]).count() == 1


def test_a_unit_found_later_owes_as_well(in_force: Any, units: Any, as_actor: Any) -> None:
    with as_actor("carol") as actor:
        assert not Obligation.objects.filter(unit=units["dm_fushan"]).exists()
        actions.answer_unit(in_force, "富山工业园", units["dm_fushan"], actor=actor)
        owed = Obligation.objects.get(unit=units["dm_fushan"], period="2021Q3")
        assert owed.minimum_rows == 2


def test_reports_go_on_under_the_task_that_continues_theirs(in_force: Any, units: Any, as_actor: Any) -> None:
    with as_actor("carol") as actor:
        task = Task.objects.get(path="三（一）")
        actions.set_plan(
            task,
            actor=actor,
            frequency="quarter",
            due_on=date(2021, 12, 31),
            ledger_keys=["labour.employmentspell"],
            indicator_codes=["LAB-1"],
        )
        report = ProgressReport.objects.create(
            task=task, owner_unit=units["dm_labour"], side="east", period="2021Q2", narrative="已交换岗位。"
        )
        newer = actions.import_newer(in_force.scheme, read_document(SAMPLE), actor=actor)
        actions.save_version(newer.pk, actor=actor, edition=1)
        report.refresh_from_db()
        assert report.task != task and report.task.path == "三（一）"
        assert report.task.due_on == date(2021, 12, 31) and report.task.indicators == ["LAB-1"]
        assert fresh(in_force).state == "replaced"


def test_a_version_in_force_is_corrected_through_a_draft(in_force: Any, as_actor: Any) -> None:
    with as_actor("carol") as actor:
        section = Section.objects.filter(version=in_force).order_by("start")[2]
        with pytest.raises(RuleViolated, match="开始修订"):
            actions.merge_section(in_force.pk, section.pk, actor=actor, edition=fresh(in_force).edition)
        draft = actions.start_correction(in_force.scheme, actor=actor)
        whole(draft)
        assert draft.ordinal == 2 and covered(draft) == covered(in_force)
        with pytest.raises(RuleViolated, match="修订中的版本"):
            actions.start_correction(in_force.scheme, actor=actor)
        actions.discard_draft(draft.pk, actor=actor, edition=draft.edition)
        assert not SchemeVersion.objects.filter(pk=draft.pk).exists()


def test_a_scheme_that_never_was_in_force_goes_with_its_draft(draft: Any, as_actor: Any) -> None:
    with as_actor("carol") as actor:
        actions.discard_draft(draft.pk, actor=actor, edition=1)
        assert not Scheme.objects.exists()
    assert HistoryEntry.objects.filter(table_name="scheme_scheme", row_id=draft.scheme.pk).exists()


def test_checked_lines_are_no_longer_asked(draft: Any, as_actor: Any) -> None:
    with as_actor("carol") as actor:
        joined = draft.questions.filter(kind="broken_line")
        number = joined.count()
        assert actions.answer_checked(draft, joined.values_list("pk", flat=True), actor=actor) == number
        assert not draft.questions.filter(kind="broken_line", answer="").exists()


def test_only_the_manager_of_the_side_answers(draft: Any, units: Any, as_actor: Any) -> None:
    for username in ("alice", "dave", "wang"):
        with as_actor(username) as actor, pytest.raises(NotAllowed):
            actions.answer_unit(draft, "富山工业园", units["dm_fushan"], actor=actor)


def test_answers_are_kept_in_history_with_their_reason(draft: Any, units: Any, as_actor: Any) -> None:
    with as_actor("carol") as actor:
        actions.answer_unit(draft, "富山工业园", units["dm_fushan"], actor=actor)
    with context.unscoped("reading the history"):
        entry = HistoryEntry.objects.filter(table_name="scheme_duty").order_by("-id")[0]
        assert entry.reason == "确认“富山工业园”即富山工业园管委会"


def test_a_unit_freed_by_a_newer_text_owes_no_longer_but_what_was_due_stays(
    in_force: Any, units: Any, as_actor: Any
) -> None:
    with as_actor("carol") as actor:
        text = SAMPLE.read_text(encoding="utf-8").replace("区教育局、", "")
        newer = actions.import_newer(in_force.scheme, SourceDocument(text, "新.txt"), actor=actor)
        actions.save_version(newer.pk, actor=actor, edition=1)
        owed = Obligation.objects.filter(unit=units["dm_education"], ledger="scheme.progressreport")
        assert sorted(owed.values_list("period", flat=True)) == ["2021Q1", "2021Q2"]
        others = Obligation.objects.filter(unit=units["dm_labour"], ledger="scheme.progressreport")
        assert sorted(others.values_list("period", flat=True)) == ["2021Q1", "2021Q2", "2021Q3"]


def test_a_task_reported_once_or_yearly_is_no_quarterly_obligation(
    in_force: Any, units: Any, as_actor: Any
) -> None:
    with as_actor("carol") as actor:
        tasks = list(Task.objects.select_related("scheme", "section__version"))
        for task in tasks[:2]:
            actions.set_plan(
                task,
                actor=actor,
                frequency="year",
                due_on=None,
                ledger_keys=[],
                indicator_codes=[],
            )
        rule = ObligationRule.objects.get(units__unit=units["dm_education"], valid_to__isnull=True)
        assert rule.minimum_rows == 3
        with pytest.raises(RuleViolated, match="完成期限"):
            actions.set_plan(
                tasks[0], actor=actor, frequency="once", due_on=None, ledger_keys=[], indicator_codes=[]
            )
        with pytest.raises(RuleViolated, match="没有这个台账"):
            actions.set_plan(
                tasks[0],
                actor=actor,
                frequency="quarter",
                due_on=None,
                ledger_keys=["labour.nothing"],
                indicator_codes=[],
            )
