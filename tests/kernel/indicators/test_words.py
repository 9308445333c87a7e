"""The definition in words says what the expression does, with the labels people know."""

import pytest

from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.indicators.words import definition


def words(code: str) -> dict[str, str]:
    return dict(definition(registry.get(code)))


def test_conditions_are_said_with_labels_and_choices() -> None:
    said = definition(registry.get("TOY-1"))
    assert ("条件", "并非（“车间·类型”为种养式）。") in said
    assert ("不计", "车间未认定：“车间·已认定”为否。") in said
    assert ("不计", "不足五件：“件数”小于5。") in said
    assert ("时间", "“所属期”在当年 1 月 1 日至报告期末的。") in said
    assert ("分组", "车间类型、规模") in said


def test_measures_are_said_in_their_own_way() -> None:
    assert words("TOY-2")["算法"] == "同一“车间”只计一次，按所属期取最后一条，计在该条所属的分组和地区。"
    assert words("TOY-3")["算法"] == "“产值”之和，乘以 0.0001 折成万元。"
    assert words("TOY-4")["算法"] == "每条记录计一。"
    assert words("TOY-5")["算法"].startswith("TOY-2 出产车间 ÷ TOY-4 车间数")


def test_a_dated_requirement_names_the_rule_it_compares_with() -> None:
    said = definition(registry.get("LAB-1A"))
    assert ("不计", "在岗月数不足：不满足“累计在岗月数”不小于“稳定就业至少月数”。") in said


@pytest.mark.parametrize("code", [one.code for one in registry])
def test_every_indicator_can_be_said(code: str) -> None:
    for heading, sentence in definition(registry.get(code)):
        assert heading
        assert sentence
        assert "__" not in sentence
