"""Job orders, wishes and weights refuse what cannot be meant, by page, file and API alike."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from samples.rows import make_row, values_for
from shanhai.domains.labour.models import JobOrder, JobWish, MatchWeight, SexLimit, Skill, Threshold
from shanhai.kernel import actions
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.registry import registry


def refused(model: Any, actor: Any, **values: Any) -> dict[str, list[str]]:
    """What is said of a row with these values."""
    ledger = registry.get(model.ledger_key())
    with pytest.raises(RuleViolated) as problem:
        actions.create_row(ledger, values_for(ledger, actor) | values, actor=actor)
    return problem.value.problems


def made(model: Any, actor: Any, **values: Any) -> Any:
    ledger = registry.get(model.ledger_key())
    return actions.create_row(ledger, values_for(ledger, actor) | values, actor=actor)


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"headcount": 0}, "headcount", "至少 1 人"),
        ({"age_from": 15}, "age_from", "不能低于 16 周岁"),
        ({"age_to": 15}, "age_to", "不能低于年龄下限（16 周岁）"),
        ({"age_from": 40, "age_to": 39}, "age_to", "不能低于年龄下限（40 周岁）"),
        ({"open_until": date(2021, 8, 31)}, "open_until", "不能早于招聘开始"),
        ({"required_sex": "male"}, "required_sex", "没有规定允许"),
        ({"required_sex": "female", "work": "mine"}, "required_sex", "没有规定允许"),
        ({"required_skills": "开飞机"}, "required_skills", "技能目录里没有“开飞机”"),
    ],
)
def test_an_order_that_cannot_be_is_refused(
    as_actor: Any, values: dict[str, Any], field: str, said: str
) -> None:
    with as_actor("alice") as alice:
        assert said in " ".join(refused(JobOrder, alice, **values)[field])


def test_law_is_a_dated_row_and_lets_a_mine_ask_for_men(as_actor: Any) -> None:
    with as_actor("alice") as alice:
        assert made(JobOrder, alice, required_sex="male", work="mine").required_sex == "male"
        assert SexLimit.objects.in_force(date(2021, 9, 1)).filter(work="mine", allowed_sex="male").exists()
        Threshold.objects.filter(code="least_age").update(value=Decimal(18))
        assert "age_from" in refused(JobOrder, alice, age_from=17)


def test_skills_are_those_of_the_list(as_actor: Any) -> None:
    with as_actor("alice") as alice:
        name = make_row(registry.get(Skill.ledger_key()), alice).name
        assert made(JobOrder, alice, required_skills=name).required_skills == name
        assert made(JobWish, alice, own_skills=f"{name}、{name}").own_skills


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"valid_from": date(2021, 10, 1), "valid_to": date(2021, 12, 1)}, "valid_from"),
        ({"valid_to": date(2021, 8, 1)}, "valid_to"),
        ({"first_destination": "county", "second_destination": "county"}, "second_destination"),
        ({"wished_wage": Decimal(0)}, "wished_wage"),
        ({"own_skills": "开飞机"}, "own_skills"),
    ],
)
def test_a_wish_that_cannot_be_is_refused(as_actor: Any, values: dict[str, Any], field: str) -> None:
    with as_actor("alice") as alice:
        assert field in refused(JobWish, alice, **values)


def test_a_wish_of_somebody_not_registered_is_kept_with_a_warning(as_actor: Any) -> None:
    ledger = registry.get(JobWish.ledger_key())
    with as_actor("alice") as alice:
        row = make_row(ledger, alice)
        assert "实名制登记" in str(ledger.warn(row)["person"][0])


def test_a_weight_is_between_nothing_and_a_thousand_points(as_actor: Any) -> None:
    with as_actor("carol") as carol:
        assert "weight" in refused(MatchWeight, carol, weight=Decimal(1001))
        assert "valid_to" in refused(MatchWeight, carol, valid_to=date(2021, 8, 1))
