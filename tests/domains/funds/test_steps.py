"""Steps of projects: who decides, who agrees, what must be there, what is shown again."""

from contextlib import suppress
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from shanhai.domains.funds import step_rules, steps
from shanhai.domains.funds.models import (
    Project,
    ProjectCondition,
    ProjectConsent,
    ProjectMove,
    ProjectNotice,
    Stage,
    StageMove,
)
from shanhai.domains.funds.step_rules import Standing, Step
from shanhai.kernel import context
from shanhai.kernel.actions import create_row, step_row
from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import State

TODAY = date(2021, 9, 24)
#: A project that has all that any step could ask for, looked at by somebody of every kind of unit.
WHOLE = Standing(
    kinds=frozenset({"coordinator", "department", "town"}),
    consents=frozenset(ProjectConsent.Matter.values),
    conditions=frozenset(step_rules.CONDITIONS),
    notices={"pool": TODAY, "plan": TODAY, "change": TODAY, "result": TODAY, "funds": TODAY},
)
kinds = st.sampled_from(["", "coordinator", "department", "town"])
a_step = st.builds(
    Step,
    st.sampled_from(Stage.values),
    st.sampled_from(Stage.values),
    kinds,
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "pool", "plan", "change", "result"]),
)


def codes(step: Step, standing: Standing) -> set[str]:
    return {one.code for one in step_rules.lacks(step, standing)}


@given(a_step)
def test_who_has_everything_takes_every_step_and_who_has_nothing_is_told_all_of_it(step: Step) -> None:
    assert not codes(step, WHOLE)
    expected = {
        "wrong_unit": bool(step.decider),
        "no_consent": step.needs_consent,
        "not_ready": step.needs_conditions,
        "no_notice": bool(step.needs_notice),
    }
    assert codes(step, Standing()) == {code for code, asked in expected.items() if asked}


@given(a_step, st.integers(-5, 5))
def test_after_a_change_work_goes_on_only_when_a_later_notice_is_over(step: Step, days: int) -> None:
    told = {**WHOLE.notices, "change": TODAY + timedelta(days)}
    changed = Standing(WHOLE.kinds, WHOLE.consents, WHOLE.conditions, told, changed_on=TODAY)
    stops = step.target in {"suspended", "terminated"}
    assert ("not_told_again" in codes(step, changed)) is (days < 0 and not stops)


@pytest.mark.parametrize(
    ("source", "target", "matter"),
    [
        ("pooled", "approved", "approve"),
        ("building", "suspended", "suspend"),
        ("suspended", "building", "resume"),
        ("suspended", "terminated", "terminate"),
        ("approved", "terminated", "terminate"),
    ],
)
def test_the_other_side_is_asked_for_what_the_step_means(source: str, target: str, matter: str) -> None:
    assert Step(source, target).matter == matter


@pytest.mark.parametrize(("last", "enough"), [(date(2021, 9, 10), True), (date(2021, 9, 9), False)])
def test_ten_days_are_counted_with_the_first_and_the_last(last: date, enough: bool) -> None:
    assert step_rules.ends_enough(date(2021, 9, 1), last, 10) is enough


class _Undone(Exception):
    """Takes a step back, so that the next begins from the same."""


def give_everything(project: Project, cast: Any) -> None:
    """Conditions, notices over and consents of every matter, past the rules."""
    common = {"side": "west", "owner_unit": cast.mt_coordinator, "project": project, "state": State.VERIFIED}
    for kind in ProjectCondition.Kind:
        ProjectCondition.objects.create(**common, kind=kind, done_on=TODAY, document="演示")
    for kind in ("pool", "plan", "change", "result"):
        ProjectNotice.objects.create(
            **common, number=kind, notice_kind=kind, notice_from=date(2021, 9, 1), notice_to=date(2021, 9, 12)
        )
    for matter in ProjectConsent.Matter:
        ProjectConsent.objects.create(
            **common,
            number=matter,
            matter=matter,
            asked_on=TODAY,
            cause="演示",
            partner_unit=cast.dm_coordinator,
        )


def test_of_all_pairs_of_stages_a_project_goes_exactly_the_moves_in_force(
    project: Any, as_actor: Any, cast: Any
) -> None:
    with context.unscoped("test"):
        allowed = {(m.stage, m.next_stage): m.decided_kind for m in StageMove.objects.all()}
        give_everything(project, cast)
    taken = set()
    for source, target in product(Stage.values, Stage.values):
        with context.unscoped("test"):
            Project.objects.filter(pk=project.pk).update(stage=source)
            version = Project.objects.get(pk=project.pk).row_version
        # Deciding of a department is bob's, of the coordinator wang's; the keeper's step either takes.
        who = "bob" if allowed.get((source, target)) == "department" else "wang"
        with suppress(RuleViolated, _Undone), as_actor(who) as actor, transaction.atomic():
            steps.move_project(project.pk, stage=Stage(target), actor=actor, row_version=version)
            taken.add((source, target))
            raise _Undone
    assert taken == set(allowed)


def test_a_step_keeps_who_decided_when_and_on_which_document(project: Any, as_actor: Any) -> None:
    with as_actor("bob") as bob:
        moved = steps.move_project(
            project.pk, stage=Stage.BUILDING, moved_on=date(2021, 9, 20), document="开工令3号",
            actor=bob, row_version=1,
        )  # fmt: skip
        kept = ProjectMove.objects.get(project=project)
    assert (moved.stage, moved.state) == (Stage.BUILDING, State.VERIFIED)
    assert (kept.from_stage, kept.to_stage, str(kept.moved_on)) == ("started", "building", "2021-09-20")
    assert (kept.decided_unit.code, kept.moved_by, kept.document) == ("mt_labour", bob.key, "开工令3号")


def test_a_step_that_was_kept_is_changed_by_nobody(project: Any, as_actor: Any) -> None:
    with as_actor("bob") as bob:
        steps.move_project(project.pk, stage=Stage.BUILDING, actor=bob, row_version=1)
    with as_actor("wang"), pytest.raises(DatabaseError), transaction.atomic():
        ProjectMove.objects.update(document="改过的")


def ask(project: Any, matter: str, actor: Any, cast: Any, **more: Any) -> ProjectConsent:
    values = {
        "number": f"HS-{matter}", "project": project, "matter": matter, "asked_on": TODAY,
        "cause": "演示", "partner_unit": cast.dm_coordinator, **more,
    }  # fmt: skip
    ledger = registry.get("funds.projectconsent")
    row = create_row(ledger, values, actor=actor)
    return step_row(ledger, row, ledger.life.by_name["submit"], actor=actor)  # type: ignore[no-any-return]


def take(step: str, row: Any, actor: Any, reason: str = "") -> Any:
    ledger = registry.get("funds.projectconsent")
    return step_row(ledger, row, ledger.life.by_name[step], actor=actor, reason=reason)


def test_a_pause_waits_for_the_east_and_serves_once(project: Any, as_actor: Any, cast: Any) -> None:
    with as_actor("wang") as wang, pytest.raises(RuleViolated, match="没有对方同意的会商（暂停）"):
        steps.move_project(project.pk, stage=Stage.SUSPENDED, actor=wang, row_version=1)
    with as_actor("bob") as bob:
        asked = ask(project, "suspend", bob, cast)
    with as_actor("wang") as wang:
        take("verify", asked, wang)
        with pytest.raises(RuleViolated, match="没有对方同意"):
            steps.move_project(project.pk, stage=Stage.SUSPENDED, actor=wang, row_version=1)
    with as_actor("carol") as carol:
        take("confirm", ProjectConsent.objects.get(pk=asked.pk), carol)
    with as_actor("wang") as wang:
        paused = steps.move_project(project.pk, stage=Stage.SUSPENDED, actor=wang, row_version=1)
        assert ProjectMove.objects.get(project=project).consent_id == asked.pk
        with pytest.raises(RuleViolated, match="不能登记进度"):
            steps.require_going(paused)
        assert not steps.standings([paused], frozenset())[paused.pk].consents


def test_what_the_east_sends_back_is_no_consent(project: Any, as_actor: Any, cast: Any) -> None:
    with as_actor("bob") as bob:
        asked = ask(project, "terminate", bob, cast)
    with as_actor("wang") as wang:
        take("verify", asked, wang)
    with as_actor("carol") as carol:
        take("decline", ProjectConsent.objects.get(pk=asked.pk), carol, reason="理由不足")
    with as_actor("wang"):
        row = ProjectConsent.objects.get(pk=asked.pk)
        assert (row.state, row.return_reason) == (State.RETURNED, "理由不足")
        assert not steps.standings([project], frozenset())[project.pk].consents


def test_who_asked_does_not_answer_for_the_other_side(project: Any, as_actor: Any, cast: Any) -> None:
    with as_actor("bob") as bob:
        asked = ask(project, "suspend", bob, cast)
    with as_actor("wang") as wang:
        take("verify", asked, wang)
        with pytest.raises(NotAllowed):
            take("confirm", ProjectConsent.objects.get(pk=asked.pk), wang)


def test_a_change_is_written_in_when_agreed_and_then_shown_again(
    project: Any, as_actor: Any, cast: Any
) -> None:
    with as_actor("bob") as bob:
        asked = ask(project, "change", bob, cast, new_budget="1200000", new_place=cast.fuxing)
    with as_actor("wang") as wang:
        take("verify", asked, wang)
    with as_actor("carol") as carol:
        take("confirm", ProjectConsent.objects.get(pk=asked.pk), carol)
    with as_actor("bob") as bob:
        changed = steps.change_project(project.pk, consent=asked.pk, actor=bob, row_version=1)
        assert (changed.budget, changed.place) == (1_200_000, cast.fuxing)
        assert "1,000,000.00 元变更为 1,200,000.00 元" in ProjectMove.objects.get(project=project).note
        with pytest.raises(RuleViolated, match="没有重新公示"):
            steps.move_project(project.pk, stage=Stage.BUILDING, actor=bob, row_version=2)
        with pytest.raises(RuleViolated, match="已经办理"):
            steps.change_project(project.pk, consent=asked.pk, actor=bob, row_version=2)


def test_pages_tell_what_is_missing_and_who_decides(project: Any, sign_in: Any) -> None:
    page = sign_in("bob").get(f"/funds/project/{project.pk}/path/").content.decode()
    assert "没有对方同意的会商（暂停）" in page
    assert 'value="building"' in page
    assert 'value="suspended"' not in page
    overview = sign_in("carol").get("/funds/paths/").content.decode()
    assert "演示项目" in overview
    book = sign_in("carol").get("/funds/paths/?format=xlsx")
    assert book.status_code == 200


def test_the_program_takes_the_same_step_and_is_told_the_same(project: Any, sign_in: Any) -> None:
    browser = sign_in("bob")
    here = f"/api/v1/funds/project/{project.pk}"
    sent = {"row_version": 1, "stage": "suspended"}
    refused = browser.post(f"{here}/move/", sent, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (422, "step_closed")
    taken = browser.post(f"{here}/move/", sent | {"stage": "building"}, content_type="application/json")
    assert taken.json()["stage"] == "building"
    path = browser.get(f"{here}/path/").json()
    assert [one["to_stage"] for one in path["moves"]] == ["building"]
