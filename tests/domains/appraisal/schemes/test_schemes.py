"""Schemes typed as items, tried on a year's rows, released, restored; and why a unit has its points."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from shanhai.domains.appraisal.models import AppraisalItem, AppraisalRelease, AppraisalScheme
from shanhai.domains.appraisal.schemes import reports, rules, wording
from shanhai.domains.appraisal.schemes.actions import release_scheme, restore_scheme
from shanhai.domains.appraisal.schemes.pages import drafted
from shanhai.domains.appraisal.schemes.texts import digest_of, known_indicators
from shanhai.kernel.actions import create_row
from shanhai.kernel.errors import Conflict, NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.registry import registry


def released(scheme: AppraisalScheme, actor: Any, note: str = "首次") -> AppraisalRelease:
    digest = digest_of(drafted(scheme))
    return release_scheme(scheme.pk, digest=digest, valid_from=None, note=note, actor=actor)


def test_a_trial_scores_each_unit_by_its_own_rows(scheme: AppraisalScheme, cast: Any, as_actor: Any) -> None:
    with as_actor("wang"):
        found = reports.tried(scheme, drafted(scheme), 2021)
        items = found.text["items"]
        said = {
            unit.name: [wording.explained(*pair) for pair in zip(result.lines, items, strict=True)]
            for unit, result in found.ranked
        }
        totals = {unit.pk: (str(result.total), result.place) for unit, result in found.ranked}
    assert totals == {cast.mt_labour.pk: ("80.00", 1), cast.mt_yongxing.pk: ("65.00", 2)}
    town = said["永兴镇人民政府"]
    assert town[0] == "完成 30 件，目标 40 件，完成比例 75%，分值 60 分，得 45.00 分。"
    assert "列第 1 名" in town[1]
    assert town[2] == "待评，得 0.00 分。"


def test_a_changed_text_is_tried_against_the_release_in_force(scheme: AppraisalScheme, as_actor: Any) -> None:
    with as_actor("wang") as wang:
        released(scheme, wang)
        text = json.loads(json.dumps(drafted(scheme)))
        text["items"][0]["aim"] = "60"
        found = reports.tried(scheme, text, 2021)
    assert [str(one.total) for one in found.results] == ["50.00", "50.00"]
    assert sorted(str(one.total) for one in found.before.values()) == ["65.00", "80.00"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"weight": "50"}, "各项分值合计 90 分，与满分 100 分不符，还差 10 分。"),
        ({"indicator": "TOY1"}, "第 1 项：没有指标“TOY1”，是不是“TOY-1”？"),
        ({"indicator": ""}, "没有指标的，目标完成比例须填统一目标值"),
        ({"kind": "steps", "steps": [["60", "3"]]}, "最高一档是 3 分，与分值 60 不一致"),
        ({"kind": "steps", "steps": [["60", "60"], ["80", "20"]]}, "做得更好的一档，分数不能更低"),
        ({"kind": "steps", "steps": [["六十", "60"]]}, "分档里的“六十”不是数"),
        ({"kind": "rank", "indicator": "TOY-2", "steps": [["1", "60"]]}, "第 1、2 项都按同一办法"),
        ({"kind": "bonus"}, "加分、扣分和否决不占满分"),
        ({"kind": "veto", "weight": None}, "一票否决须填达到多少即否决"),
        ({"kind": "grade", "steps": [["好", "60"]]}, "定性评价不按指标计分"),
        ({"number": 2}, "序号 2 有 2 项"),
    ],
)
def test_a_text_that_cannot_be_scored_says_why(
    scheme: AppraisalScheme, as_actor: Any, change: Any, sentence: str
) -> None:
    with as_actor("wang"):
        text = json.loads(json.dumps(drafted(scheme)))
    assert not list(rules.problems_of(text, known_indicators()))
    text["items"][0] |= change
    said = list(rules.problems_of(text, known_indicators()))
    assert any(sentence in one for one in said), said


def test_what_was_not_tried_or_not_verified_is_not_released(scheme: AppraisalScheme, as_actor: Any) -> None:
    with as_actor("wang") as wang:
        seen = digest_of(drafted(scheme))
        AppraisalItem.objects.filter(scheme=scheme, number=4).update(most=6)
        with pytest.raises(Conflict, match="重新试评"):
            release_scheme(scheme.pk, digest=seen, valid_from=None, note="首次", actor=wang)
        AppraisalItem.objects.filter(scheme=scheme, number=4).update(state="submitted")
        with pytest.raises(RuleViolated, match="还有 1 项没有核实"):
            released(scheme, wang)
    with as_actor("bob") as bob, pytest.raises(NotAllowed):
        released(scheme, bob)


def test_a_released_text_is_changed_by_nobody_and_going_back_is_a_new_release(
    scheme: AppraisalScheme, as_actor: Any
) -> None:
    with as_actor("wang") as wang:
        first = released(scheme, wang)
        with pytest.raises(DatabaseError), transaction.atomic():
            AppraisalRelease.objects.filter(pk=first.pk).update(release_note="改")
        AppraisalItem.objects.filter(scheme=scheme, number=4).update(most=6)
        digest, day = digest_of(drafted(scheme)), date(2022, 1, 1)
        release_scheme(scheme.pk, digest=digest, valid_from=day, note="提高", actor=wang)
        assert [reports.release_for(scheme, year).number for year in (2021, 2022)] == [1, 2]  # type: ignore[union-attr]
        with pytest.raises(RuleViolated, match="不能早于第 2 版"):
            restore_scheme(scheme.pk, number=1, valid_from=None, note="恢复", actor=wang)
        third = restore_scheme(scheme.pk, number=1, valid_from=day, note="恢复", actor=wang)
        assert (third.number, third.restores, third.text) == (3, 1, first.text)
        with pytest.raises(NotVisible):
            restore_scheme(scheme.pk, number=9, valid_from=day, note="没有", actor=wang)


def test_the_page_tries_releases_and_opens_each_score_to_its_rows(
    scheme: AppraisalScheme, cast: Any, sign_in: Any
) -> None:
    browser, url = sign_in("wang"), f"/appraisal/appraisalscheme/{scheme.pk}"
    page = browser.get(f"{url}/trial/?year=2021").content.decode()
    assert "80.00" in page
    assert "永兴镇人民政府" in page
    digest = page.split('name="digest" value="')[1].split('"')[0]
    browser.post(f"{url}/release/", {"digest": digest, "valid_from": "2021-01-01", "note": "首次"})
    assert "V1" in browser.get(f"{url}/trial/").content.decode()
    one = browser.get(f"{url}/trial/{cast.mt_yongxing.pk}/?year=2021").content.decode()
    rows = one.split('href="/appraisal/indicators/TOY-1/rows/')[1].split('"')[0].replace("&amp;", "&")
    opened = browser.get(f"/appraisal/indicators/TOY-1/rows/{rows}").content.decode()
    assert opened.count("W0") + opened.count("车间0") >= 1
    told = browser.get(
        f"/api/v1/appraisal/appraisalscheme/{scheme.pk}/trial/{cast.mt_yongxing.pk}/?year=2021"
    )
    assert (told.json()["total"], told.json()["lines"][0]["points"]) == ("65.00", "45.00")
    assert browser.get(f"{url}/trial.xlsx?year=2021").status_code == 200
    assert browser.get(f"{url}/trial.docx?year=2021").status_code == 200
    assert sign_in("carol").get(f"{url}/trial/").status_code == 404
    assert sign_in("bob").get(f"{url}/trial/").status_code == 403


def test_an_item_that_is_wrong_is_refused_where_it_is_typed(scheme: AppraisalScheme, as_actor: Any) -> None:
    ledger = registry.get(AppraisalItem.ledger_key())
    said = {"scheme": scheme, "number": 9, "block": "板块", "name": "试", "indicator": "LAB1",
            "rule_kind": "target", "weight": 5, "wording": "第一条", "legal_basis": "演示"}  # fmt: skip
    with as_actor("wang") as wang, pytest.raises(RuleViolated) as refused:
        create_row(ledger, said, actor=wang)
    assert any("没有指标“LAB1”" in str(one) for one in refused.value.problems[""])
