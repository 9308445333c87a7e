"""Files that name people: by identity number, found only on one's own side, never repeated in words."""

from datetime import date
from typing import Any

import pytest

from shanhai.kernel import actions, context
from shanhai.kernel.registry import registry
from shanhai.registers.parties.models import Person

REGISTRATION = registry.get("labour.workerregistration")


@pytest.fixture
def person(cast: Any) -> Any:
    """`person("bob", number)`: somebody registered by bob."""

    def made(by: str, number: str, name: str = "李演示") -> Person:
        with context.acting(cast.actor(by)) as current:
            values = {"name": name, "identity_number": number}
            return actions.create_row(registry.get("parties.person"), values, actor=current.actor)

    return made


def line(number: str) -> dict[str, Any]:
    return {"人员": number, "登记日期": date(2021, 3, 1), "学历": "初中"}


def test_a_person_is_named_by_identity_number(desk: Any, person: Any, identity: Any) -> None:
    known = person("bob", identity(1))
    plan = desk.plan([line(identity(1))], by="bob", ledger=REGISTRATION)
    assert [str(problem) for problem in plan.problems] == []
    assert plan.creates[0].row.person == known


def test_what_a_rule_refuses_is_repeated_as_it_was_written(desk: Any, identity: Any) -> None:
    """Not as the code by which a choice is stored; what must not be repeated stays hidden."""
    number = identity(1)
    other = "女" if int(number[16]) % 2 else "男"
    rows = [{"姓名": "李演示", "身份证号": number, "性别": other}]
    [problem] = desk.plan(rows, by="bob", ledger=registry.get("parties.person")).problems
    assert (problem.label, problem.value) == ("性别", other)
    assert number not in str(problem)


def test_people_of_the_other_side_are_not_found_and_numbers_not_repeated(
    desk: Any, person: Any, identity: Any
) -> None:
    person("alice", identity(1))
    told = desk.told([line(identity(1)), line(identity(2))], by="bob", ledger=REGISTRATION)
    assert len(told) == 2
    assert identity(1) not in "".join(told)
    assert len({sentence.split("：", 1)[1] for sentence in told}) == 1


def test_an_export_with_names_comes_back_unchanged(
    desk: Any, person: Any, identity: Any, sign_in: Any
) -> None:
    person("bob", identity(1))
    plan = desk.plan([line(identity(1))], by="bob", ledger=REGISTRATION)
    desk.apply([line(identity(1))], by="bob", plan=plan)
    client = sign_in("bob")
    for form in ("csv", "xlsx"):
        content = b"".join(client.get(f"/labour/workerregistration/export/?format={form}").streaming_content)
        again = desk.plan(content, by="bob", ledger=REGISTRATION)
        assert [str(problem) for problem in again.problems] == []
        assert (again.expected, len(again.unchanged)) == (0, 1)
