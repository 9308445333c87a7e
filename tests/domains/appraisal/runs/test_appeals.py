"""Appeals: who files and when, who decides, what the points given do; and the register of final results."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from domains.appraisal.runs.test_runs import moved, scored, totals
from shanhai.domains.appraisal.models import AppraisalAppeal, AppraisalRun
from shanhai.domains.appraisal.runs import appeals, reports
from shanhai.domains.appraisal.runs.actions import move_run
from shanhai.domains.appraisal.runs.results import looked_up
from shanhai.kernel import clock, context
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.readings.models import FieldReading
from shanhai.registers.accounts.models import Membership

__all__ = ["scored"]


@pytest.fixture
def published(scored: AppraisalRun, as_actor: Any) -> AppraisalRun:
    moved(scored, as_actor, "show", "publish")
    return _read(scored)


def _read(run: AppraisalRun) -> AppraisalRun:
    with context.unscoped("test"):
        return AppraisalRun.objects.select_related("scheme__owner_unit", "release").get(pk=run.pk)


def filed(run: AppraisalRun, unit: Any, actor: Any, number: int = 4) -> AppraisalAppeal:
    return appeals.file_appeal(
        run.pk, unit.pk, number=number, reason="表扬漏计", name="a.txt", content="表扬".encode(), actor=actor
    )


def test_an_appeal_has_reason_paper_and_its_days(scored: AppraisalRun, cast: Any, as_actor: Any) -> None:
    moved(scored, as_actor, "show")
    with as_actor("bob") as bob, pytest.raises(RuleViolated) as refused:
        filed(scored, cast.mt_labour, bob)
    assert "不受理" in str(refused.value.problems)
    moved(scored, as_actor, "publish")
    run = _read(scored)
    with as_actor("bob") as bob:
        with pytest.raises(RuleViolated) as refused:
            appeals.file_appeal(
                run.pk, cast.mt_labour.pk, number=99, reason=" ", name="", content=b"", actor=bob
            )
        assert set(refused.value.problems) == {"number", "reason", "file"}
        with pytest.raises(NotAllowed):
            filed(run, cast.mt_yongxing, bob)
        filed(run, cast.mt_labour, bob)
        with pytest.raises(RuleViolated):
            filed(run, cast.mt_labour, bob)
    late = clock.at(run.appeal_until + timedelta(days=1))
    with late, as_actor("bob") as bob, pytest.raises(RuleViolated):
        filed(run, cast.mt_labour, bob, number=3)
    with as_actor("carol") as carol, pytest.raises(NotAllowed):
        filed(run, cast.mt_labour, carol)


def test_another_person_decides_and_points_given_are_scored_as_a_difference(
    published: AppraisalRun, cast: Any, as_actor: Any
) -> None:
    run = published
    with as_actor("bob") as bob:
        one = filed(run, cast.mt_labour, bob)
    with as_actor("wang") as wang:
        own = filed(run, cast.mt_labour, wang, number=3)
        with pytest.raises(RuleViolated, match="另一人"):
            appeals.decide_appeal(run.pk, own.pk, upheld=False, points="", decision="不", actor=wang)
        for points in ("6", "-1", "x", "1.005"):
            with pytest.raises(RuleViolated, match="0 到 5"):
                appeals.decide_appeal(run.pk, one.pk, upheld=True, points=points, decision="是", actor=wang)
        appeals.decide_appeal(run.pk, one.pk, upheld=True, points="2.5", decision="核实属实", actor=wang)
        with pytest.raises(RuleViolated, match="已经裁定"):
            appeals.decide_appeal(run.pk, one.pk, upheld=False, points="", decision="不", actor=wang)
        assert totals(run)["mt_labour"] == "100.00"
        again = reports.recomputed(run)
        assert again is not None
        said = {(found.number, found.what): found.now for found in again.differences}
        assert said[4, "ruled"] == "2.5" and said[4, "points"] == "2.50" and said[0, "total"] == "102.50"
    with clock.at(run.appeal_until + timedelta(days=1)), as_actor("wang") as wang:
        with pytest.raises(RuleViolated) as refused:
            move_run(run.pk, "finish", "", actor=wang)
        assert len(refused.value.problems[""]) == 2  # one waits, one is not scored
        with context.unscoped("test"):
            AppraisalAppeal.objects.filter(pk=own.pk).update(requester=cast.users["bob"])
        appeals.decide_appeal(run.pk, own.pk, upheld=False, points="", decision="没有依据", actor=wang)
        move_run(run.pk, "rescore", "申诉支持", actor=wang)
        assert totals(run)["mt_labour"] == "102.50"
        assert reports.recomputed(run).is_same  # type: ignore[union-attr]
        move_run(run.pk, "finish", "", actor=wang)


def test_pages_file_show_and_decide_and_nobody_else_sees_an_appeal(
    published: AppraisalRun, cast: Any, client_of: Any
) -> None:
    run, unit = published, cast.mt_labour.pk
    address = f"/appraisal/runs/{run.pk}"
    bob, wang, carol = (client_of(who) for who in ("bob", "wang", "carol"))
    assert "提出申诉" in bob.get(f"{address}/units/{unit}/").content.decode()
    sent = {"number": "4", "reason": "表扬漏计", "file": SimpleUploadedFile("表扬.txt", "表扬".encode())}
    bob.post(f"{address}/units/{unit}/appeal/", sent)
    listed = bob.get(f"/api/v1/appraisal-runs/{run.pk}/appeals/").json()
    assert [(one["number"], one["state"]) for one in listed] == [(4, "waiting")]
    paper = f"{address}/appeals/{listed[0]['id']}/paper/"
    assert b"".join(bob.get(paper)) == "表扬".encode()
    other = carol.get(f"{address}/units/{unit}/").content.decode()
    assert "表扬漏计" not in other and "提出申诉" not in other
    assert carol.get(f"/api/v1/appraisal-runs/{run.pk}/appeals/").json() == []
    assert [client_of(who).get(paper).status_code for who in ("carol", "alice", "wang")] == [404, 404, 200]
    assert carol.post(f"{address}/appeals/{listed[0]['id']}/decide/", {}).status_code == 404
    assert bob.post(f"{address}/appeals/{listed[0]['id']}/decide/", {}).status_code == 403
    assert "裁定申诉" in wang.get(f"{address}/").content.decode()
    said = {"what": "uphold", "points": "3", "decision": "属实"}
    wang.post(f"{address}/appeals/{listed[0]['id']}/decide/", said)
    assert "3.00" in bob.get(f"{address}/units/{unit}/").content.decode()
    with context.unscoped("test"):
        assert AppraisalAppeal.objects.get().points == Decimal(3)


def test_final_results_are_read_by_the_organisation_department_and_every_look_is_told(
    published: AppraisalRun, cast: Any, as_actor: Any, client_of: Any
) -> None:
    run = published
    with context.unscoped("test"):
        Membership.objects.filter(user=cast.users["eve"]).delete()
        office = {"unit": cast.mt_coordinator, "role": "organisation", "valid_from": date(2020, 1, 1)}
        Membership.objects.create(user=cast.users["eve"], **office)
    eve, address = client_of("eve"), f"/appraisal/results/{run.pk}/"
    assert eve.get(address).status_code == 404
    with clock.at(run.appeal_until + timedelta(days=1)), as_actor("wang") as wang:
        move_run(run.pk, "finish", "", actor=wang)
    assert run.name in eve.get("/appraisal/results/").content.decode()
    assert "100.00" in eve.get(address).content.decode()
    assert eve.get(f"{address}result.xlsx").status_code == 200
    assert eve.get(f"/api/v1/appraisal-results/{run.pk}/").json()["scores"][0]["total"] == "100.00"
    looked = client_of("wang").get(address).content.decode()
    assert looked.count("eve") >= 3 and "导出" in looked
    with context.unscoped("test"):
        assert FieldReading.objects.filter(row_id=run.pk).count() == 4
    watched = client_of("ruth").get("/readings/").content.decode()
    assert "考核结果" in watched and "eve" in watched
    for shut in ("/appraisal/runs/", "/appraisal/appraisalentry/", f"/appraisal/runs/{run.pk}/"):
        assert eve.get(shut).status_code in {403, 404}, shut
    assert [client_of(who).get(address).status_code for who in ("carol", "bob", "root")] == [404, 404, 404]
    with as_actor("carol") as carol, pytest.raises(NotVisible):
        looked_up(run.pk, carol, "查看")
