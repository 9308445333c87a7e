"""Names of bodies: which are perhaps one, which surely two."""

import pytest

from shanhai.engines.clauses.units import alias_reason, is_group, is_unit, suspected_aliases

ALIKE = [
    ("斗门生态产业园", "斗门生态农业园"),
    ("区政数局", "区政务服务数据管理局"),
    ("富山工业园", "富山工业园管委会"),
    ("井岸镇", "井岸镇人民政府"),
    ("县委办", "县委办公室"),
    ("市发展改革委", "市发展和改革委员会"),
    ("区科工信局", "区科技和工业信息化局"),
    ("区人社局", "区人力资源和社会保障局"),
    ("发展改革委", "国家发展改革委"),
    ("市文旅局", "市文化广电旅游局"),
]
DIFFERENT = [
    ("区民政局", "区财政局"),
    ("民政部", "财政部"),
    ("湄潭县财政局", "湄潭县民政局"),
    ("省财政厅", "市财政局"),
    ("省教育厅", "市教育厅"),
    ("区委组织部", "区委宣传部"),
    ("县委", "县发展改革委"),
    ("市第一中学", "市第二中学"),
    ("区总工会", "区红十字会"),
    ("区文联", "区残联"),
    ("县水利局", "县林业局"),
    ("区教育局", "市教育局"),
    ("团区委", "区政法委"),
]


@pytest.mark.parametrize(("first", "second"), ALIKE)
def test_names_that_may_be_one_unit_are_suspected_either_way_round(first: str, second: str) -> None:
    assert alias_reason(first, second)
    assert alias_reason(second, first) == alias_reason(first, second)


@pytest.mark.parametrize(("first", "second"), DIFFERENT)
def test_names_of_different_units_are_not_suspected(first: str, second: str) -> None:
    assert alias_reason(first, second) == ""


def test_names_side_by_side_in_one_list_are_different_units() -> None:
    lists = [["农业农村局", "县农业农村局"], ["富山工业园"], ["富山工业园管委会"]]
    assert [(one.first, one.second) for one in suspected_aliases(lists)] == [
        ("富山工业园", "富山工业园管委会")
    ]


@pytest.mark.parametrize(
    "name",
    [
        "各镇（街道）",
        "各县（市、区）人民政府",
        "市直有关部门",
        "相关乡镇办",
        "各有关单位",
        "县级各部门",
        "镇（街道）",
        "各区",
    ],
)
def test_groups_are_told_from_single_units(name: str) -> None:
    assert is_group(name)


@pytest.mark.parametrize(
    "name", ["县委组织部", "团县委", "区政数局", "市医疗保障局斗门分局", "富山工业园", "白藤街道"]
)
def test_single_units_are_no_groups(name: str) -> None:
    assert is_unit(name)
    assert not is_group(name)


@pytest.mark.parametrize(
    "name", ["全部", "内部", "干部", "2021年底前完成", "社会", "按照要求推进的单位", "好"]
)
def test_ordinary_words_are_no_units(name: str) -> None:
    assert not is_unit(name)
