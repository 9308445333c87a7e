"""月调度表 and 工作总结: bulletins of another form, with the same figures, number, issue and receipts."""

from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup

from shanhai.domains.appraisal import actions
from shanhai.domains.appraisal.bulletin_drafts import draft_bulletin
from shanhai.domains.appraisal.composing import Parts, document_of
from shanhai.domains.appraisal.models import Bulletin, IndicatorTarget
from shanhai.engines.values import Period
from shanhai.kernel import context
from shanhai.kernel.documents.bound import lines
from shanhai.kernel.documents.model import line_text
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.scope import Side

BASE = "/appraisal/bulletins/"


@pytest.fixture
def aims(filed: Any, cast: Any) -> None:
    """Two places of Meitan with a target of their own, one of which has done all there is."""
    with context.unscoped("targets"):
        for place, value in ((cast.yongxing, 50), (cast.meitan, 300)):
            IndicatorTarget.objects.get_or_create(
                code="TOY-1", side=Side.WEST, year=2021, place=place, value=Decimal(value), source="协议"
            )


def test_a_month_is_dispatched_by_target_month_sum_rate_and_rank(aims: Any, cast: Any) -> None:
    with context.acting(cast.actor("wang")) as current:
        made = draft_bulletin(Side.WEST, Period.parse("2021-08"), actor=current.actor, form="dispatch")
        tables = [part["table"] for part in made.plan if "table" in part]
        titles = [[column["title"] for column in table["columns"]] for table in tables]
        assert titles[0] == ["指标", "单位", "年度目标", "本月", "累计", "完成率", "位次"]
        assert titles[1][-2:] == ["位次", "进度图"]
        drawn = document_of(Parts.of(made))
        assert any("█" in line_text(place.line) for place in lines(drawn))
        assert not any("排名" in table["slot"] for table in tables)
        figures = {one.key: one.value for one in made.figures.all()}
        assert figures["TOY-1.完成位次"] == 1
        assert figures["TOY-1"] == figures["TOY-1.本期"] == 75
        actions.issue_bulletin(made, actor=current.actor)
    made.refresh_from_db()
    assert made.state == "issued"
    assert made.title == "湄潭县乡村振兴局关于2021年8月东西部协作指标调度情况的通报"
    assert "协调〔" in made.number
    assert made.receipts.exists()


def test_places_are_ranked_by_what_they_completed_of_their_target(aims: Any, cast: Any) -> None:
    with context.acting(cast.actor("wang")) as current:
        made = draft_bulletin(Side.WEST, Period.parse("2021-08"), actor=current.actor, form="dispatch")
    ranked = {
        one.place_scope.name: one.value
        for one in made.figures.filter(measure="rate_rank").exclude(place_scope=None)
    }
    assert ranked[cast.yongxing.name] == 1


@pytest.mark.parametrize(("code", "title"), [("2021Q2", "2021年上半年"), ("2021", "2021年")])
def test_a_half_year_and_a_year_are_summed_up(aims: Any, cast: Any, code: str, title: str) -> None:
    with context.acting(cast.actor("wang")) as current:
        made = draft_bulletin(Side.WEST, Period.parse(code), actor=current.actor, form="summary")
        assert made.title.startswith(f"湄潭县乡村振兴局{title}")
        assert made.title.endswith("东西部协作工作总结")
        assert {"problems", "requirements"} <= {one.key for one in made.slots.all()}
        assert not any(one.key.endswith(".本期") for one in made.figures.all())
        again = draft_bulletin(Side.WEST, Period.parse(code), actor=current.actor)
        assert again.bulletin_form == "bulletin"


@pytest.mark.parametrize(
    ("form", "code"), [("dispatch", "2021Q3"), ("summary", "2021Q3"), ("summary", "2021-08"), ("x", "2021")]
)
def test_a_form_is_made_of_its_own_periods_only(filed: Any, cast: Any, form: str, code: str) -> None:
    with context.acting(cast.actor("wang")) as current, pytest.raises(RuleViolated):
        draft_bulletin(Side.WEST, Period.parse(code), actor=current.actor, form=form)


def test_a_dispatch_table_is_begun_on_the_page_beside_the_bulletin(bulletin: Bulletin, sign_in: Any) -> None:
    client = sign_in("wang")
    page = BeautifulSoup(client.get(BASE).content, "html.parser")
    offered = [one["value"] for one in page.select("select[name=period] option")]
    assert {"dispatch.2021-09", "summary.2021", "2021Q3"} <= set(offered)
    response = client.post(BASE, {"period": "dispatch.2021-09"}, follow=True)
    assert "指标调度情况" in response.content.decode()
    assert Bulletin.objects.filter(bulletin_form="dispatch", period="2021-09").count() == 1
