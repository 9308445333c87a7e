"""The API speaks of the same rows by the same rules as the pages, in JSON."""

import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kernel.imports.conftest import workbook
from shanhai.kernel import context
from shanhai.kernel.registry import registry
from shanhai.registers.parties.identity import demo_identity
from toys.models import Workshop

ROWS = "/api/v1/toys/workshop/"


def send(client: Any, method: str, url: str, body: Any) -> Any:
    return getattr(client, method)(url, json.dumps(body), content_type="application/json")


@pytest.fixture
def made(sign_in: Any) -> Any:
    def make(by: str = "alice", **values: Any) -> Any:
        answer = send(sign_in(by), "post", ROWS, {"code": "W1", "name": "一号车间", **values})
        assert answer.status_code == 201, answer.content.decode()
        return answer.json()

    return make


def test_create_read_change_and_step(made: Any, sign_in: Any) -> None:
    row = made(cost="1200.50", opened_on="2021-03-01", place="斗门区/白蕉镇", is_certified=True)
    assert (row["cost"], row["opened_on"], row["state"]) == ("1200.50", "2021-03-01", "draft")
    assert row["place"]["text"] == "斗门区/白蕉镇"
    client, url = sign_in("alice"), f"{ROWS}{row['id']}/"
    changed = send(client, "patch", url, {"name": "改名", "row_version": 1}).json()
    assert (changed["name"], changed["row_version"], changed["cost"]) == ("改名", 2, "1200.50")
    submitted = send(client, "post", f"{url}steps/submit/", {"row_version": 2}).json()
    assert submitted["state"] == "submitted"
    assert client.get(url).json()["row_version"] == 3


def test_a_stale_change_is_a_conflict_with_both_values(made: Any, sign_in: Any) -> None:
    url = f"{ROWS}{made()['id']}/"
    client = sign_in("alice")
    send(client, "patch", url, {"name": "甲", "row_version": 1})
    answer = send(client, "patch", url, {"name": "乙", "row_version": 1})
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert answer.json()["fields"][0]["theirs"] == "甲"


def test_lists_filter_sort_and_page_like_the_page(made: Any, sign_in: Any) -> None:
    for number in range(60):
        made(code=f"W{number:02}", workers=number, kind="home" if number < 55 else "farm")
    client = sign_in("alice")
    first = client.get(f"{ROWS}?kind=home&sort=-workers&columns=workers").json()
    assert (first["rows"], len(first["items"]), first["items"][0]["workers"]) == (55, 50, 54)
    assert set(first["items"][0]) == {"id", "row_version", "code", "workers"}
    second = client.get(first["next"]).json()
    assert [row["workers"] for row in second["items"]] == [4, 3, 2, 1, 0]
    assert second["next"] is None


def test_problems_come_by_field_with_a_stable_code(sign_in: Any, db: Any) -> None:
    client = sign_in("alice")
    answer = send(
        client, "post", ROWS, {"code": "W1", "name": "一", "kind": "castle", "opened_on": "2021-13-01"}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "rule_violated")
    assert set(answer.json()["problems"]) == {"kind", "opened_on"}
    assert send(client, "post", ROWS, {"name": "无编号"}).json()["code"] == "bad_body"
    assert client.get(f"{ROWS}?kind=castle").json()["code"] == "bad_filter"
    assert not Workshop._base_manager.exists()


def test_sensitive_values_go_in_and_never_come_out(made: Any, sign_in: Any) -> None:
    number = demo_identity(area=1, born_on=date(1990, 1, 1), serial=1)
    row = made(keeper_identity=number)
    assert "*" in row["keeper_identity"]
    assert number not in sign_in("alice").get(ROWS).content.decode()
    assert Workshop._base_manager.get().keeper_identity_index


def test_rows_out_of_scope_are_not_there_and_rights_are_asked(made: Any, sign_in: Any) -> None:
    url = f"{ROWS}{made()['id']}/"
    assert sign_in("bob").get(url).json()["code"] == "not_visible"
    assert sign_in("root").get(ROWS).status_code == 403
    assert send(sign_in("dave"), "patch", url, {"name": "改", "row_version": 1}).status_code == 403
    assert send(sign_in("bob"), "patch", url, {"name": "改", "row_version": 1}).status_code == 404


def test_without_session_or_csrf_token_nothing_is_done(cast: Any) -> None:
    anonymous = Client().get(ROWS)
    assert (anonymous.status_code, anonymous.json()["code"]) == (401, "not_signed_in")
    guarded = Client(enforce_csrf_checks=True)
    with context.unscoped("sign in for a test"):
        guarded.force_login(cast.users["alice"])
    assert guarded.get(ROWS).status_code == 200
    answer = send(guarded, "post", ROWS, {"code": "W1", "name": "一"})
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")
    assert not Workshop._base_manager.exists()


def test_a_file_is_planned_and_applied(sign_in: Any) -> None:
    client = sign_in("alice")
    content = workbook([{"编号": "W1", "名称": "一"}, {"编号": "W2", "名称": ""}])
    planned = client.post(f"{ROWS}imports/", {"file": SimpleUploadedFile("一.xlsx", content)}).json()
    assert (planned["state"], planned["counts"]["new"], planned["counts"]["wrong"]) == (
        "planned",
        1,
        1,
    )
    url = f"{ROWS}imports/{planned['id']}/"
    applied = send(client, "post", f"{url}apply/", {"digest": planned["digest"]}).json()
    assert (applied["state"], applied["result"]["counted"]) == ("applied", 1)
    assert sign_in("carol").get(url).status_code == 404
    refused = client.post(f"{ROWS}imports/", {"file": SimpleUploadedFile("一.pdf", b"%PDF-1.7")})
    assert (refused.status_code, refused.json()["code"]) == (422, "wrong_type")


def test_every_ledger_is_in_the_document(sign_in: Any) -> None:
    document = sign_in("alice").get("/api/v1/openapi.json").json()
    for ledger in registry:
        assert f"/api/v1/{ledger.app_label}/{ledger.slug}/" in document["paths"]
    names = [one["operationId"] for path in document["paths"].values() for one in path.values()]
    assert len(names) == len(set(names))
