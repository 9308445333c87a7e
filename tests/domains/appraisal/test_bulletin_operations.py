"""Bulletins over the API: drafted, mended, issued and received by the acts of the pages."""

import json
from collections.abc import Callable
from typing import Any

from shanhai.domains.appraisal.models import Bulletin

BASE = "/api/v1/bulletins/"


def send(client: Any, url: str, body: Any, method: str = "post") -> Any:
    return getattr(client, method)(url, json.dumps(body), content_type="application/json")


def test_a_bulletin_is_started_by_who_issues_and_seen_by_nobody_else(filed: Any, client_of: Any) -> None:
    wang, bob = client_of("wang"), client_of("bob")
    assert send(bob, BASE, {"period": "2021Q3"}).status_code == 403
    told = send(wang, BASE, {"period": "三季度末"}).json()
    assert (told["code"], list(told["problems"])) == ("period_unreadable", ["period"])
    made = send(wang, BASE, {"period": "2021Q3"})
    assert made.status_code == 201, made.content.decode()
    draft = made.json()
    assert (draft["state"], draft["version"], draft["sent"]) == ("draft", draft["version"], 13)
    assert {one["key"] for one in draft["slots"]} and draft["problems"] == []
    assert [one["id"] for one in wang.get(BASE).json()] == [draft["id"]]
    assert bob.get(BASE).json() == [] and bob.get(f"{BASE}{draft['id']}/").status_code == 404
    assert client_of("carol").get(f"{BASE}{draft['id']}/").status_code == 404
    assert send(wang, BASE, {"period": "2021Q3"}).json()["code"] == "rule_violated"


def test_text_and_numbers_are_mended_before_it_is_issued(
    bulletin: Bulletin, change: Callable[[], None], client_of: Any
) -> None:
    wang, url = client_of("wang"), f"{BASE}{bulletin.pk}/"
    draft = wang.get(url).json()
    slot = draft["slots"][0]["key"]
    wrong = {"version": draft["version"], "texts": {slot: "本季度完成 965 件。"}}
    assert list(send(wang, url, wrong, "patch").json()["problems"]) == [slot]
    right = {"version": draft["version"], "texts": {slot: "本季度完成{TOY-1}。"}, "copies": "县委办"}
    mended = send(wang, url, right, "patch").json()
    assert (mended["copies"], mended["slots"][0]["text"]) == ("县委办", "本季度完成{TOY-1}。")
    assert send(wang, url, right, "patch").json()["code"] == "conflict"
    change()
    stale = [one for one in wang.get(url).json()["figures"] if one["is_open"]]
    (first,) = [one for one in stale if one["key"] == "TOY-1"]
    assert (first["value"], first["now"]) == ("75", "965")
    refused = send(wang, f"{url}steps/issue/", {}).json()
    assert refused["code"] == "bulletin_not_ready" and "TOY-1" in str(refused["problems"])
    assert send(wang, f"{url}figures/{first['id']}/keep/", {"reason": " "}).status_code == 422
    kept = send(wang, f"{url}figures/{first['id']}/keep/", {"reason": "以会议数为准"}).json()
    assert next(one for one in kept["figures"] if one["id"] == first["id"])["kept_reason"] == "以会议数为准"
    for one in stale:
        send(wang, f"{url}figures/{one['id']}/refresh/", {})
    issued = send(wang, f"{url}steps/issue/", {}).json()
    assert (issued["state"], len(issued["digest"]), issued["received"]) == ("issued", 64, 0)
    assert send(wang, url, {"version": issued["version"]}, "patch").json()["code"] == "bulletin_issued"


def test_units_receive_it_once_and_it_is_withdrawn_for_a_reason(
    bulletin: Bulletin, cast: Any, client_of: Any
) -> None:
    wang, bob, url = client_of("wang"), client_of("bob"), f"{BASE}{bulletin.pk}/"
    assert send(wang, f"{url}steps/issue/", {}).json()["state"] == "issued"
    mine, towns = cast.mt_labour.pk, cast.towns[0].pk
    assert send(bob, f"{url}receipts/{towns}/", {}).status_code == 403
    answer = send(bob, f"{url}receipts/{mine}/", {"remark": "已阅"})
    assert answer.status_code == 200, answer.content.decode()
    received = answer.json()
    assert received["received"] == 1 and received["problems"] == []
    assert send(bob, f"{url}receipts/{mine}/", {}).json()["code"] == "rule_violated"
    assert send(client_of("carol"), f"{url}receipts/{mine}/", {}).status_code == 404
    pdf, word = bob.get(f"{url}pdf/"), bob.get(f"{url}word/")
    assert pdf.content.startswith(b"%PDF") and word.content.startswith(b"PK")
    assert send(bob, f"{url}steps/withdraw/", {"reason": "x"}).status_code == 403
    assert send(wang, f"{url}steps/withdraw/", {}).status_code == 422
    assert send(wang, f"{url}steps/withdraw/", {"reason": "数据有误"}).json()["state"] == "withdrawn"
    assert send(wang, f"{url}steps/explode/", {}).status_code == 404
