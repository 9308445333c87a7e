import csv
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.kernel.pinyin import initials, name_initials, name_sort_key, sort_key


@pytest.mark.parametrize(
    ("text", "key", "first_letters"),
    [
        ("乾务镇", "qianwuzhen", "qwz"),
        ("湄潭县", "meitanxian", "mtx"),
        ("重庆市", "chongqingshi", "cqs"),
        ("重点项目", "zhongdianxiangmu", "zdxm"),
        ("抄乐镇", "chaolezhen", "clz"),
        ("长沙", "changsha", "cs"),
        ("长亨社区居委会", "changhengshequjuweihui", "chsqjwh"),
        ("朝阳社区居委会", "chaoyangshequjuweihui", "cysqjwh"),
        ("鸡咀村委会", "jizuicunweihui", "jzcwh"),
        ("孖湾", "mawan", "mw"),
        ("调度会计", "diaodukuaiji", "ddkj"),
        ("第10组（A 区）", "di10zuaqu", "d10zaq"),
        ("女职工吕", "nvzhigonglv", "nzgl"),
        ("", "", ""),
    ],
)
def test_texts_are_spelled_as_they_are_read(text: str, key: str, first_letters: str) -> None:
    assert (sort_key(text), initials(text)) == (key, first_letters)


@pytest.mark.parametrize(
    ("name", "key", "first_letters"),
    [
        ("单小明", "shanxiaoming", "sxm"),
        ("曾一", "zengyi", "zy"),
        ("尉迟一", "yuchiyi", "ycy"),
        ("区一", "ouyi", "oy"),
        ("张三", "zhangsan", "zs"),
    ],
)
def test_family_names_have_their_own_reading(name: str, key: str, first_letters: str) -> None:
    assert (name_sort_key(name), name_initials(name)) == (key, first_letters)


def test_every_place_of_both_counties_is_spelled_in_letters() -> None:
    file = resources.files("shanhai.registers.places") / "data" / "divisions.csv"
    with file.open(encoding="utf-8") as lines:
        names = [row["name"] for row in csv.DictReader(lines)]
    assert len(names) == 297
    for name in names:
        assert sort_key(name).isascii()
        assert len(initials(name)) == len(name)


@given(st.text(max_size=300))
def test_any_text_gives_a_key_that_fits_its_column(text: str) -> None:
    assert len(sort_key(text)) <= 120
    assert len(name_sort_key(text)) <= 120
    assert len(initials(text)) <= 40
    assert len(name_initials(text)) <= 40
    assert sort_key(text) == sort_key(text).lower()
