"""Screening: what the negative list forbids, what was paid for before, who lets it pass."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.domains.funds import screening, steps
from shanhai.domains.funds.models import Project, ProjectNotice, ScreeningOverride, Stage
from shanhai.domains.funds.screening_rules import Item, Screened, duplicates, forbidden, likeness, plain
from shanhai.kernel import context
from shanhai.kernel.actions import create_row
from shanhai.kernel.errors import Conflict, NotAllowed, RuleViolated
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import State

ITEMS = (
    Item("term", "办公楼", "楼堂馆所"),
    Item("category", "劳务", "测试类别"),
    Item("account", "301", "奖金津贴福利"),
)
texts = st.text("新建茶叶加工厂冷库道路一二三", max_size=12)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": "村委会办公楼改造"}, ["项目名称含“办公楼”，属负面清单“楼堂馆所”。"]),
        ({"content": "维修办公楼 3 层"}, ["建设内容含“办公楼”，属负面清单“楼堂馆所”。"]),
        ({"kind_label": "劳务"}, ["项目类别是“劳务”，属负面清单“测试类别”。"]),
        ({"account_code": "30103"}, ["预算科目编码开头是“301”，属负面清单“奖金津贴福利”。"]),
        ({"account_code": "31301"}, []),
        ({"name": "茶叶加工厂"}, []),
    ],
)
def test_the_list_is_sought_in_words_categories_and_accounts(values: dict[str, str], said: list[str]) -> None:
    one = Screened(1, "A", **({"name": "项目"} | values))  # type: ignore[arg-type]
    assert [found.sentence for found in forbidden(one, ITEMS)] == said


@given(texts, texts)
def test_likeness_is_the_same_from_both_ends_and_whole_only_for_equal_texts(first: str, second: str) -> None:
    found = likeness(first, second)
    assert found == likeness(second, first)
    assert 0 <= found <= 100
    assert (found == 100) is (first == second != "")


def test_places_and_empty_words_do_not_make_two_projects_alike() -> None:
    places = ("永兴镇", "演示村")
    assert plain("永兴镇演示村茶叶加工厂建设项目", places) == "茶叶加工厂"
    assert likeness(plain("永兴镇演示村茶叶加工厂项目", places), plain("永兴镇演示村便民桥项目", places)) == 0


def test_the_later_of_two_alike_in_one_place_is_told_and_why() -> None:
    old = Screened("a", "MT-1", "演示村茶叶加工厂", "2020", place_id=1, places=("演示村",))
    new = Screened("b", "MT-2", "茶叶加工厂建设项目", "2021", place_id=1, places=("演示村",))
    elsewhere = Screened("c", "MT-3", "茶叶加工厂", "2021", place_id=2, places=("另一村",))
    (found,) = duplicates([new, old, elsewhere], 80)
    assert (found.project, found.other) == ("b", "a")
    assert found.sentence == (
        "与 2020 年“演示村茶叶加工厂”（MT-1）同在演示村，名称相似 100%，可能重复安排资金。"
    )


@pytest.fixture
def proposed(cast: Any) -> Project:
    """A town's proposal that the list forbids, shown for its ten days."""
    common = {"side": "west", "owner_unit": cast.mt_labour, "place": cast.yongxing, "state": State.VERIFIED}
    with context.unscoped("test"):
        found = Project.objects.create(
            **common, period="2021", code="MT-9", name="办公楼维修", kind="labour", budget=Decimal(100),
            submitted_by="user:bob", stage=Stage.PLANNED,
        )  # fmt: skip
        ProjectNotice.objects.create(
            **common, project=found, number="GS1", notice_kind="pool",
            notice_from="2021-09-01", notice_to="2021-09-10",
        )  # fmt: skip
    return found


def test_what_nobody_let_pass_stays_out_of_the_pool(proposed: Project, as_actor: Any) -> None:
    with as_actor("wang") as wang:
        with pytest.raises(RuleViolated, match="负面清单“楼堂馆所”"):
            steps.move_project(proposed.pk, stage=Stage.POOLED, actor=wang, row_version=1)
        key = screening.judged([proposed])[proposed.pk][0].objection.key
        with pytest.raises(RuleViolated, match="理由"):
            screening.let_pass(proposed.pk, objection=key, reason=" ", actor=wang)
        screening.let_pass(proposed.pk, objection=key, reason="村级综合服务用房，非办公用房", actor=wang)
        with pytest.raises(Conflict):
            screening.let_pass(proposed.pk, objection=key, reason="再放一次", actor=wang)
        moved = steps.move_project(proposed.pk, stage=Stage.POOLED, actor=wang, row_version=1)
        kept = ScreeningOverride.objects.get(project=proposed)
    assert moved.stage == Stage.POOLED
    assert (kept.passed_by, kept.reason) == (wang.key, "村级综合服务用房，非办公用房")


def test_who_files_or_only_reads_lets_nothing_pass(proposed: Project, as_actor: Any) -> None:
    key = "negative:term:办公楼"
    for who in ("bob", "carol", "ruth"):
        with as_actor(who) as actor, pytest.raises(NotAllowed):
            screening.let_pass(proposed.pk, objection=key, reason="放行", actor=actor)


def test_entering_a_project_warns_and_the_page_lists_it(
    proposed: Project, as_actor: Any, sign_in: Any
) -> None:
    ledger = registry.get("funds.project")
    with as_actor("bob") as bob:
        values = {
            "period": "2021",
            "code": "MT-10",
            "name": "办公楼维修项目",
            "kind": "labour",
            "budget": "5",
        }
        row = create_row(ledger, values, actor=bob)
        assert "楼堂馆所" in ledger.warn(row)["name"][0]
    browser = sign_in("wang")
    page = browser.get("/funds/screening/").content.decode()
    assert "MT-9 办公楼维修" in page
    assert b"".join(browser.get("/funds/screening/?format=xlsx").streaming_content).startswith(b"PK")
    told = browser.get(f"/api/v1/funds/project/{proposed.pk}/objections/").json()
    assert [one["code"] for one in told] == ["negative"]
    path = browser.get(f"/funds/project/{proposed.pk}/path/").content.decode()
    assert 'name="objection" value="negative:term:办公楼"' in path
