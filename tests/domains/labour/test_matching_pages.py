"""The pages of matching, their files and the API tell the same, and decide by the same rules."""

import json
from typing import Any

import pytest

from shanhai.domains.labour.matching_run import match
from shanhai.domains.labour.models import MatchRun, Placement

from .market import Market


@pytest.fixture
def run(cast: Any, as_actor: Any) -> MatchRun:
    market = Market(cast)
    market.order("A")
    market.order("B", required_skills="焊工")
    market.worker("甲", category="monitored")
    market.worker("乙")
    with as_actor("wang") as wang:
        return match("west", wang)


def test_a_run_is_read_part_by_part_and_leaves_as_excel(run: MatchRun, sign_in: Any) -> None:
    browser = sign_in("wang")
    listed = browser.get("/labour/matching/").content.decode()
    assert "开始匹配" in listed
    assert f"/labour/matching/{run.pk}/" in listed
    page = f"/labour/matching/{run.pk}/"
    pairs = browser.get(page).content.decode()
    assert "任何配法都不超过" in pairs
    assert pairs.count('form="bulk"') == pairs.count('name="ids"') > 0
    assert 'id="bulk"' in pairs  # the form that the boxes belong to is there
    assert "人员优先 12" in pairs
    assert "学会焊工" in browser.get(page, {"part": "unmatched"}).content.decode()
    assert "不要求焊工" in browser.get(page, {"part": "empty"}).content.decode()
    assert "监测对象" in browser.get(page, {"part": "fairness"}).content.decode()
    for part in ("pairs", "unmatched", "empty", "fairness"):
        answer = browser.get(page, {"part": part, "format": "xlsx"})
        assert b"".join(answer.streaming_content)[:2] == b"PK"


def test_ticked_proposals_are_decided_together_and_refusing_asks_why(
    run: MatchRun, sign_in: Any, as_actor: Any
) -> None:
    browser = sign_in("wang")
    with as_actor("wang"):
        row = Placement.objects.get(match_state="proposed")
    sent = {"run": run.pk, "ids": [row.pk], "standing": "refused"}
    told = browser.post("/labour/matching/decide/", sent, follow=True).content.decode()
    assert "请写明拒绝原因" in told
    told = browser.post("/labour/matching/decide/", sent | {"standing": "accepted"}, follow=True)
    assert "已办理 1 条拟配" in told.content.decode()
    beside = browser.get(f"/labour/placement/{row.pk}/").content.decode()
    assert "为什么这样配" in beside
    assert "办理拟配" in beside
    row.refresh_from_db()
    sent = {"standing": "hired", "day": "2021-09-24", "row_version": row.row_version}
    told = browser.post(f"/labour/placement/{row.pk}/advance/", sent, follow=True).content.decode()
    assert "已登记。" in told


def test_the_api_tells_and_decides_the_same(run: MatchRun, sign_in: Any, as_actor: Any) -> None:
    browser, root = sign_in("wang"), "/api/v1/labour/placement"
    (listed,) = browser.get(f"{root}/runs/").json()
    assert listed["matched"] == 1
    detail = browser.get(f"{root}/runs/{run.pk}/").json()
    (pair,) = detail["pairs"]
    assert sum(float(one["points"]) for one in pair["terms"]) == float(pair["points"])
    assert "学会焊工" in detail["unmatched"][0]["said"]
    why = browser.get(f"{root}/{pair['placement']}/why/").json()
    assert float(why["total"]) == float(pair["points"])
    body = json.dumps({"ids": [pair["placement"]], "standing": "accepted"})
    answer = browser.post(f"{root}/decide/", body, content_type="application/json")
    assert answer.json() == {"done": 1, "refused": []}
    again = browser.post(f"{root}/decide/", body, content_type="application/json").json()
    assert "不能改为" in again["refused"][0]["said"]
    assert browser.post(f"{root}/match/", content_type="application/json").status_code == 202
