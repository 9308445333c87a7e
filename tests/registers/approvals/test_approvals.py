"""Rows under a chain: verified by its last signature and by nothing else, wherever it is tried."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from shanhai.engines.approval import Ending, Kind, Where
from shanhai.kernel import actions, clock, context
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.models import HistoryEntry
from shanhai.kernel.registry import registry
from shanhai.kernel.surfaces.bulk_act import Act as Bulk
from shanhai.kernel.workflow import RETURN, SUBMIT, VERIFY, WITHDRAW, State
from shanhai.registers.accounts.models import Membership
from shanhai.registers.approvals.acts import Asked, act, case_of
from shanhai.registers.approvals.cases import filed_by, waiting_for
from shanhai.registers.approvals.models import ApprovalAct

from .rows import LATER, LEDGER, chain, state, turn


def test_the_last_signature_verifies_the_row(cast: Any, submit: Any, sign: Any) -> None:
    chain()
    row = submit()
    assert turn(cast) == {"victor"}
    sign("victor", row)
    assert turn(cast) == {"anna", "carol"}
    sign("carol", row, opinion="同意安排")
    assert (turn(cast), state(row)) == ({"anna"}, State.SUBMITTED)
    assert sign("anna", row).ending is Ending.APPROVED
    assert (turn(cast), state(row)) == (set(), State.VERIFIED)
    acts = ApprovalAct.objects.filter(row_id=row.pk).order_by("act_number")
    assert [one.act_number for one in acts] == [1, 2, 3]
    assert acts[1].opinion == "同意安排"
    assert HistoryEntry.objects.filter(row_id=row.pk, actor=str(cast.users["anna"].pk)).exists()


@pytest.mark.parametrize("step", [VERIFY, RETURN])
def test_no_door_leads_round_the_chain(
    cast: Any, submit: Any, as_actor: Any, client_of: Any, step: Any
) -> None:
    chain()
    row = submit()
    with as_actor("victor") as victor:
        with pytest.raises(RuleViolated, match="按审批链办理"):
            actions.step_row(LEDGER, row, step, actor=victor, reason="试试")
        plan = Bulk(LEDGER, step.name, victor, "试试").plan([row])
        assert (plan.number, plan.left_out) == (0, 1)
    api = client_of("victor").post(
        f"/api/v1/toys/workshop/{row.pk}/steps/{step.name}/",
        {"row_version": row.row_version, "reason": "试试"},
        "application/json",
    )
    assert (api.status_code, api.json()["code"]) == (422, "held_back")
    page = client_of("victor").get(f"/toys/workshop/{row.pk}/").content.decode()
    assert "去办理" in page
    assert f'value="{step.name}"' not in page
    assert state(row) == State.SUBMITTED


def test_rows_before_the_chain_of_others_and_below_its_amount_are_verified_as_ever(
    submit: Any, as_actor: Any
) -> None:
    chain(from_amount=1000, amount_field="年度经费")
    chain(valid_from=date(2099, 1, 1), from_amount=0)
    small, large = submit("W1", cost=999), submit("W2", cost=1000)
    with as_actor("victor") as victor:
        actions.step_row(LEDGER, small, VERIFY, actor=victor)
        with pytest.raises(RuleViolated, match="审批链"):
            actions.step_row(LEDGER, large, VERIFY, actor=victor)


def test_the_nearest_chain_holds(cast: Any, submit: Any) -> None:
    chain()
    chain("主任：会签 区乡村振兴局·统筹", covered_unit="区人力资源和社会保障局")
    submit()
    assert turn(cast) == {"carol"}


def test_running_cases_keep_their_steps(cast: Any, submit: Any, sign: Any) -> None:
    made = chain()
    row = submit()
    sign("victor", row)
    with context.unscoped("another chain"):
        made.approval_steps = "主任：会签 区乡村振兴局·统筹"
        made.save()
    assert turn(cast) == {"anna", "carol"}
    submit("W2")
    assert turn(cast, "anna") == {"anna"}
    assert turn(cast, "victor") == set()


def test_back_to_who_filed_is_a_return_with_its_reason_and_what_was_signed_counts_no_more(
    cast: Any, submit: Any, sign: Any, as_actor: Any
) -> None:
    chain()
    row = submit()
    sign("victor", row)
    with pytest.raises(RuleViolated):
        sign("carol", row, Kind.RETURN)
    sign("carol", row, Kind.RETURN, opinion="照片不清楚")
    row.refresh_from_db()
    assert (row.state, row.return_reason) == (State.RETURNED, "照片不清楚")
    with clock.at(LATER), as_actor("alice") as alice:
        actions.step_row(LEDGER, row, SUBMIT, actor=alice)
        assert turn(cast) == {"victor"}


def test_back_to_an_earlier_step_takes_its_signatures(cast: Any, submit: Any, sign: Any) -> None:
    chain()
    row = submit()
    sign("victor", row)
    sign("carol", row)
    sign("anna", row, Kind.RETURN, to=0, opinion="科室再核")
    assert turn(cast) == {"victor"}
    for name in ("victor", "anna"):
        sign(name, row)
    assert turn(cast) == {"carol"}, "her earlier signature went with the step"


def test_what_is_withdrawn_begins_anew(cast: Any, submit: Any, sign: Any, as_actor: Any) -> None:
    chain()
    row = submit()
    sign("victor", row)
    with as_actor("alice") as alice:
        actions.step_row(LEDGER, row, WITHDRAW, actor=alice)
        with pytest.raises(NotVisible):
            case_of(LEDGER, row.pk, alice)
        row.refresh_from_db()
        with clock.at(LATER):
            actions.step_row(LEDGER, row, SUBMIT, actor=alice)
    assert turn(cast) == {"victor"}


def test_another_is_drawn_in_or_takes_over_and_hurry_is_asked_once(cast: Any, submit: Any, sign: Any) -> None:
    chain()
    row = submit()
    whom = {"unit": cast.dm_finance.pk, "role": "reporter"}
    sign("victor", row, Kind.TRANSFER, **whom)
    assert turn(cast) == {"anna"}
    sign("anna", row, Kind.ADD, unit=cast.dm_labour.pk, role="verifier", where=Where.BEFORE)
    assert turn(cast) == {"victor"}
    sign("alice", row, Kind.URGE)
    with pytest.raises(RuleViolated, match="已经催过"):
        sign("alice", row, Kind.URGE)
    with context.acting(cast.actor("victor")) as current:
        (case,) = waiting_for(current.actor)
        assert case.course.is_urged
    with context.acting(cast.actor("alice")) as current:
        assert [case.row.pk for case in filed_by(current.actor)] == [row.pk]


def test_who_filed_signs_nothing_and_nobody_signs_a_step_twice(
    cast: Any, submit: Any, sign: Any, as_actor: Any
) -> None:
    chain("两人：会签 本单位·填报、本单位·核实")
    row = submit()
    with pytest.raises(NotAllowed):
        sign("alice", row)
    with context.unscoped("two duties"):
        given = {"unit": cast.dm_labour, "valid_from": date(2020, 1, 1)}
        Membership.objects.create(user=cast.users["victor"], role="reporter", **given)
    sign("victor", row)
    with pytest.raises(NotAllowed):
        sign("victor", row)
    assert state(row) == State.SUBMITTED


def test_a_change_of_duty_holds_with_the_next_request(cast: Any, submit: Any, sign: Any) -> None:
    chain()
    row = submit()
    with context.unscoped("another duty"):
        cast.users["victor"].memberships.update(role="reporter")
    with pytest.raises(NotAllowed):
        sign("victor", row)


def test_papers_that_lack_stop_the_last_signature_and_nothing_is_written(submit: Any, as_actor: Any) -> None:
    outputs = registry.get("toys.output")
    chain("科室审核：或签 本单位·核实", ledger=outputs.key)
    workshop = submit()
    with as_actor("alice") as alice:
        told = {"workshop": workshop, "period": "2021-08", "amount": 5, "pieces": 3}
        row = actions.create_row(outputs, told, actor=alice)
        actions.step_row(outputs, row, SUBMIT, actor=alice)
    with as_actor("victor") as victor, pytest.raises(RuleViolated, match="缺少佐证"):
        act(outputs, row.pk, Asked(Kind.AGREE), actor=victor)
    assert not ApprovalAct.objects.filter(row_id=row.pk).exists()


def test_the_other_side_finds_no_case(submit: Any, sign: Any, client_of: Any) -> None:
    chain()
    row = submit()
    for name in ("bob", "vera", "wang"):
        with pytest.raises((NotVisible, NotAllowed)):
            sign(name, row)
    page = client_of("wang").get(f"/toys/workshop/{row.pk}/").content.decode()
    assert "去办理" not in page
    assert "科室审核" not in page


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        ("", "至少写一步"),
        ("科室审核", "第 1 行"),
        ("科室：会签 本单位·核实\n主任：都行 本单位·统筹", "第 2 行"),
        ("科室：会签 本单位", "单位·角色"),
        ("科室：会签 本单位·科员", "角色可写"),
        ("科室：会签 没有的局·核实", "不是本方的单位"),
        ("科室：会签 县乡村振兴局·统筹", "不是本方的单位"),
        ("科室：会签 本单位·核实、本单位·核实", "不能重复"),
        ("\n".join(["科室：会签 本单位·核实"] * 21), "最多 20 步"),
    ],
)
def test_a_chain_that_cannot_be_walked_is_refused_by_line(cast: Any, steps: str, why: str) -> None:
    with pytest.raises(ValidationError) as refused:
        chain(steps)
    assert why in "".join(refused.value.message_dict["approval_steps"]) or not steps


def test_whoever_could_not_see_the_rows_is_given_no_seat(cast: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        chain("财政：会签 区财政局·填报", side="west", ledger="toys.patrol")
    assert "不是本方的单位" in str(refused.value)
    with pytest.raises(ValidationError) as refused:
        chain("镇里：会签 永兴镇人民政府·填报", side="west", ledger="toys.patrol")
    assert "看不到" in str(refused.value)
    with pytest.raises(ValidationError) as refused:
        chain(from_amount=5, amount_field="没有的金额")
    assert "年度经费" in str(refused.value.message_dict["amount_field"])


def test_a_page_and_a_call_do_the_same(cast: Any, submit: Any, client_of: Any) -> None:
    chain()
    one, two = submit("W1"), submit("W2")
    victor, carol, anna = (client_of(name) for name in ("victor", "carol", "anna"))
    listed = victor.get("/approvals/").content.decode()
    assert "W1" in listed
    sent = {"ids": [f"{LEDGER.key}|{row.pk}" for row in (one, two)], "opinion": "同意"}
    assert victor.post("/approvals/agree/", sent).status_code == 303
    assert victor.post("/approvals/agree/", sent).status_code == 422, "not twice"
    url = f"/approvals/{LEDGER.key}/{one.pk}/"
    assert "第 1 步" in carol.get(url).content.decode()
    assert carol.post(f"{url}act/", {"what": "return", "opinion": ""}).status_code == 422
    assert carol.post(f"{url}act/", {"what": "dance"}).status_code == 422
    assert carol.post(f"{url}act/", {"what": "agree"}).status_code == 303
    answer = anna.get("/api/v1/approvals/").json()
    assert {case["row"] for case in answer["waiting"]} == {str(one.pk), str(two.pk)}
    done = anna.post(f"/api/v1{url}act/", {"what": "agree"}, "application/json")
    assert (done.status_code, done.json()["ending"]) == (200, "approved")
    assert state(one) == State.VERIFIED
    assert carol.get(url).status_code == 404, "over"


def test_queries_do_not_grow_with_the_rows(cast: Any, submit: Any, queries: Any) -> None:
    chain()

    def asked() -> int:
        with context.acting(cast.actor("victor")) as current, queries() as captured:
            waiting_for(current.actor)
        return len(captured)

    submit("W1")
    first = asked()
    for number in range(2, 6):
        submit(f"W{number}")
    assert asked() == first
