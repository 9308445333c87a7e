"""A village is called by its own name, whatever body the statistics name in its place."""

import pytest

from shanhai.registers.places.models import Place


@pytest.mark.parametrize(
    ("official", "short"),
    [
        ("核桃坝村村民委员会", "核桃坝村"),
        ("广丰村委会", "广丰村"),
        ("东南社区居民委员会", "东南社区"),
        ("白藤社区居委会", "白藤社区"),
        ("城北居民委员会", "城北居民委员会"),
        ("白蕉镇", "白蕉镇"),
    ],
)
def test_the_name_people_use(official: str, short: str) -> None:
    assert str(Place(name=official)) == short
