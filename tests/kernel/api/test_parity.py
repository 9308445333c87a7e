"""What pages do with many rows, evidence, history, jobs and obligations, the API does by the same rules."""

import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from samples.rows import plant_row
from shanhai.kernel import context
from shanhai.kernel.jobs import runner
from shanhai.kernel.models import Handover, Obligation, ObligationRule
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Side
from toys.models import Workshop

ROWS = "/api/v1/toys/workshop/"
PDF = b"%PDF-1.4\n%%EOF"


def send(client: Any, url: str, body: Any) -> Any:
    return client.post(url, json.dumps(body), content_type="application/json")


@pytest.fixture
def rows(cast: Any, client_of: Any) -> list[Any]:
    alice = client_of("alice")
    return [send(alice, ROWS, {"code": f"W{n}", "name": f"{n} 号车间"}).json() for n in range(3)]


def test_many_rows_are_changed_exactly_as_shown(rows: list[Any], client_of: Any) -> None:
    alice = client_of("alice")
    body = {"matching": True, "values": {"kind": "farm"}, "reason": "合并种类"}
    plan = send(alice, f"{ROWS}many/edit/plan/?q=车间", body).json()
    assert (plan["rows"], plan["left_out"], len(plan["items"])) == (3, 0, 3)
    assert not Workshop._base_manager.filter(kind="farm").exists()
    changed = {"name": "改名", "row_version": 1}
    alice.patch(f"{ROWS}{rows[0]['id']}/", json.dumps(changed), content_type="application/json")
    stale = send(alice, f"{ROWS}many/edit/apply/?q=车间", {**body, "digest": plan["digest"]})
    assert (stale.status_code, stale.json()["code"]) == (409, "selection_changed")
    plan = send(alice, f"{ROWS}many/edit/plan/", body).json()
    done = send(alice, f"{ROWS}many/edit/apply/", {**body, "digest": plan["digest"]}).json()
    assert (done, Workshop._base_manager.filter(kind="farm").count()) == ({"rows": 3, "left_out": 0}, 3)
    for body, code in (
        ({"ids": [rows[0]["id"]], "values": {"code": "X"}}, "unknown_field"),
        ({"ids": [], "values": {"kind": "farm"}}, "nothing_selected"),
    ):
        assert send(alice, f"{ROWS}many/edit/plan/", body).json()["code"] == code
    assert send(alice, f"{ROWS}many/explode/plan/", {}).status_code == 404
    assert send(client_of("dave"), f"{ROWS}many/edit/plan/", {}).status_code == 403


def test_steps_and_hand_overs_of_many_ask_for_reasons(rows: list[Any], client_of: Any, cast: Any) -> None:
    alice, url, ids = client_of("alice"), f"{ROWS}many/handover/", [row["id"] for row in rows]
    body: dict[str, Any] = {"ids": ids, "unit": str(cast.mt_labour.pk)}
    assert send(alice, f"{url}plan/", body).json()["code"] == "unknown_unit"
    body["unit"] = str(cast.dm_finance.pk)
    digest = send(alice, f"{url}plan/", body).json()["digest"]
    assert send(alice, f"{url}apply/", {**body, "digest": digest}).json()["code"] == "reason_missing"
    assert not Handover.objects.exists()
    told = {**body, "digest": digest, "reason": "分工调整"}
    assert send(alice, f"{url}apply/", told).json() == {"rows": 3, "left_out": 0}
    assert set(Workshop._base_manager.values_list("owner_unit", flat=True)) == {cast.dm_finance.pk}
    anna = client_of("anna")
    plan = send(anna, f"{ROWS}many/submit/plan/", {"ids": ids}).json()
    assert plan["rows"] + plan["left_out"] == 3
    nothing = {"ids": ids, "digest": send(anna, f"{ROWS}many/withdraw/plan/", {"ids": ids}).json()["digest"]}
    assert send(anna, f"{ROWS}many/withdraw/apply/", nothing).json()["code"] == "nothing_to_do"


def test_evidence_is_attached_opened_and_taken_off(rows: list[Any], client_of: Any) -> None:
    alice, url = client_of("alice"), f"{ROWS}{rows[0]['id']}/evidence/"
    sent = {"file": SimpleUploadedFile("凭证.pdf", PDF), "category": "photo"}
    paper = alice.post(url, sent).json()
    assert (paper["name"], paper["category"], paper["size"]) == ("凭证.pdf", "photo", len(PDF))
    assert [one["id"] for one in alice.get(url).json()] == [paper["id"]]
    opened = alice.get(f"{url}{paper['id']}/")
    assert (opened.content, opened["Content-Type"]) == (PDF, "application/pdf")
    elsewhere = f"{ROWS}{rows[1]['id']}/evidence/{paper['id']}/"
    assert (alice.get(elsewhere).status_code, client_of("bob").get(url).status_code) == (404, 404)
    assert send(alice, f"{url}{paper['id']}/remove/", {"reason": " "}).json()["code"] == "reason_missing"
    assert send(alice, f"{url}{paper['id']}/remove/", {"reason": "传错了"}).json() == []
    refused = alice.post(url, {"file": SimpleUploadedFile("a.exe", b"MZ00")})
    assert (refused.status_code, refused.json()["code"]) == (422, "evidence_refused")


def test_the_history_of_a_row_is_told_in_words(rows: list[Any], client_of: Any) -> None:
    alice, url = client_of("alice"), f"{ROWS}{rows[0]['id']}/"
    alice.patch(url, json.dumps({"name": "改名", "row_version": 1}), content_type="application/json")
    told = alice.get(f"{url}history/").json()
    assert told["next"] is None
    assert [entry["verb"] for entry in told["items"]] == ["修改", "新增"]
    assert told["items"][0]["changes"] == [{"label": "名称", "before": "0 号车间", "after": "改名"}]


def test_an_export_is_a_job_whose_file_is_fetched(rows: list[Any], client_of: Any) -> None:
    alice = client_of("alice")
    started = send(alice, f"{ROWS}exports/?q=1 号", {"format": "csv"})
    assert (started.status_code, started.json()["total"]) == (202, 1)
    url = f"/api/v1/jobs/{started.json()['id']}/"
    assert alice.get(f"{url}file/").status_code == 404
    assert client_of("anna").get(url).status_code == 404
    runner.run(started.json()["id"])
    job = alice.get(url).json()
    assert (job["state"], job["done"]) == ("done", 1)
    content = b"".join(alice.get(job["file"]).streaming_content).decode("utf-8-sig")
    assert "1 号车间" in content
    assert "2 号车间" not in content
    again = send(alice, f"{ROWS}exports/", {}).json()
    assert send(alice, f"/api/v1/jobs/{again['id']}/cancel/", {}).json()["state"] == "cancelled"
    assert alice.get(f"/api/v1/jobs/{again['id']}/file/").json()["code"] == "job_failed"
    assert [one["id"] for one in alice.get("/api/v1/jobs/").json()["items"]] == [again["id"], job["id"]]


def test_obligations_and_nil_returns(cast: Any, client_of: Any) -> None:
    with context.unscoped("sample"):
        given = {"ledger": "toys.output", "side": Side.EAST}
        rule = ObligationRule.objects.create(
            **given, frequency="month", due_days=10, valid_from=date(2021, 1, 1), source="方案"
        )
        one = Obligation.objects.create(
            **given, rule=rule, unit=cast.dm_labour, period="2021-07", due_on=date(2021, 8, 10)
        )
    alice, url = client_of("alice"), f"/api/v1/obligations/{one.pk}/"
    (listed,) = alice.get("/api/v1/obligations/?period=2021-07").json()["items"]
    assert (listed["id"], listed["standing"], listed["unit"]["text"]) == (
        str(one.pk),
        "late",
        str(cast.dm_labour),
    )
    assert alice.get("/api/v1/obligations/?period=2021-08").json()["items"] == []
    assert send(alice, f"{url}nil/", {"reason": ""}).json()["code"] == "reason_missing"
    assert send(alice, f"{url}nil/", {"reason": "本月没有发生"}).json()["standing"] == "nil"
    assert send(alice, f"{url}nil/withdraw/", {}).json()["standing"] == "late"
    assert send(client_of("dave"), f"{url}nil/", {"reason": "x"}).status_code == 403
    assert client_of("bob").get(url).status_code == 404


def test_queries_of_lists_do_not_grow(cast: Any, client_of: Any, queries: Any) -> None:
    ledger, alice = registry.get("toys.workshop"), client_of("alice")
    row = plant_row(ledger, cast.actor("alice"), state="draft").row
    url = f"{ROWS}{row.pk}/evidence/"
    numbers = []
    for number in range(3):
        alice.post(url, {"file": SimpleUploadedFile("a.txt", f"甲 {number}".encode()), "category": ""})
        with queries() as captured:
            alice.get(url)
        numbers.append(len(captured))
    assert numbers[1] == numbers[2]
