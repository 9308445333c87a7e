"""Tables with headings of their own: asked about once, remembered per unit, changed when somebody wants."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup

from kernel.imports.conftest import workbook
from kernel.imports.test_pages import IMPORT, confirm, send, words
from shanhai.kernel.imports.columns import read_upload
from shanhai.kernel.models import ColumnMapping, HistoryEntry
from shanhai.kernel.registry import registry
from toys.models import Workshop

TABLE = [
    {"车间代号": "W1", "名称": "一号车间", "责任人手机": "13900000001", "天气": "晴"},
    {"车间代号": "W2", "名称": "二号车间", "责任人手机": "13900000002", "天气": "雨"},
]
ANSWER = {"车间代号": "code", "责任人手机": "keeper_phone", "天气": ""}


def selected(response: Any) -> dict[str, str]:
    soup = BeautifulSoup(response.content, "html.parser")
    headings = [one["value"] for one in soup.find_all("input", {"name": "heading"})]
    chosen = [
        one.find("option", selected=True)["value"] for one in soup.find_all("select", {"name": "column"})
    ]
    return dict(zip(headings, chosen, strict=True))


def answer(client: Any, url: str, given: dict[str, str]) -> Any:
    ledgers = ["toys.workshop"] * len(given)
    said = {"ledger": ledgers, "heading": list(given), "column": list(given.values())}
    return client.post(f"{url}mapping/", said)


def test_headings_that_do_not_match_are_asked_about_with_samples_and_a_guess(sign_in: Any) -> None:
    client = sign_in("alice")
    url = send(client, TABLE).url
    asked = client.get(url)
    assert "文件里没有必填的列 「编号」" in words(asked)
    assert "13900000001；13900000002" in words(asked)
    assert selected(asked) == {"车间代号": "code", "责任人手机": "keeper_phone", "天气": ""}
    assert answer(client, url, ANSWER).status_code == 302
    shown = words(client.get(url))
    assert "列的对应：“车间代号”→「编号」、“责任人手机”→「负责人电话」" in shown
    confirm(client, url)
    assert [row.code for row in Workshop._base_manager.order_by("code")] == ["W1", "W2"]


def test_an_answer_is_remembered_for_the_unit_and_can_be_changed(sign_in: Any) -> None:
    client = sign_in("alice")
    answer(client, send(client, TABLE).url, ANSWER)
    (kept,) = ColumnMapping.objects.all()
    assert HistoryEntry.objects.filter(table_name="kernel_columnmapping", row_id=kept.pk).exists()
    turned = [dict(reversed(line.items())) for line in TABLE]  # the order of the columns does not matter
    url = send(client, turned).url
    assert "按本单位上次的对应读取：“车间代号”→「编号」、“责任人手机”→「负责人电话」" in words(
        client.get(url)
    )
    answer(client, url, {**ANSWER, "责任人手机": ""})
    assert "责任人手机”→" not in words(client.get(url))
    assert ColumnMapping.objects.get().headings["责任人手机"] == ""
    elsewhere = sign_in("bob")
    assert selected(elsewhere.get(send(elsewhere, TABLE).url))["车间代号"] == "code"
    assert ColumnMapping.objects.count() == 1


def test_a_table_with_no_heading_of_ours_is_asked_about_as_well(sign_in: Any) -> None:
    client = sign_in("alice")
    url = send(client, [{"代号": "W1", "厂名": "一号"}]).url
    assert selected(client.get(url))["代号"] == "code"
    answer(client, url, {"代号": "code", "厂名": "name"})
    assert "确认写入 1 行" in words(client.get(url))


def test_answers_that_cannot_be_are_refused_with_all_that_was_chosen(sign_in: Any) -> None:
    client = sign_in("alice")
    url = send(client, TABLE).url
    twice = answer(client, url, {"车间代号": "note", "责任人手机": "note", "天气": ""})
    assert twice.status_code == 422
    assert "都对应到了「备注」，请只留一列" in words(twice)
    assert "必填的「编号」还没有对应到文件里的列" in words(twice)
    assert selected(twice)["责任人手机"] == "note"
    assert not ColumnMapping.objects.exists()


def test_nobody_is_asked_about_what_is_merely_more(sign_in: Any) -> None:
    client = sign_in("alice")
    shown = words(client.get(send(client, [{"编号": "W1", "名称": "一号", "天气": "晴"}]).url))
    assert "“天气”（C 列）不是本表的列" in shown
    assert "确认写入 1 行" in shown


def test_a_question_is_seen_by_nobody_else(sign_in: Any) -> None:
    url = send(sign_in("alice"), TABLE).url
    assert sign_in("bob").get(f"{url}mapping/").status_code == 404


def test_the_api_answers_in_the_call_or_afterwards(sign_in: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client, api = sign_in("alice"), "/api/v1/toys/workshop/imports/"

    def post(**given: Any) -> Any:
        return client.post(api, {"file": SimpleUploadedFile("表.xlsx", workbook(TABLE)), **given}).json()

    at_once = post(mapping=json.dumps(ANSWER))
    assert (at_once["state"], at_once["counts"]["new"]) == ("planned", 2)
    asked = post()
    assert asked["state"] == "mapping"
    assert [one["guess"] for one in asked["parts"][0]["headings"]] == ["code", "keeper_phone", ""]
    body = json.dumps({"mapping": ANSWER})
    said = client.post(f"{api}{asked['id']}/mapping/", body, content_type="application/json").json()
    assert (said["state"], said["counts"]["new"]) == ("planned", 2)
    assert client.post(api, {"mapping": "[1]"}).status_code == 422


@pytest.mark.parametrize("heading", ["编号（车间）", "代码(车间)", "车间"])
def test_what_names_a_row_of_another_ledger_is_recognised(heading: str, db: Any) -> None:
    lines = [{heading: "W1", "所属期": "2021年9月", "产值（元）": 5}]
    table = read_upload(registry.get("toys.output"), workbook(lines))
    assert set(table.layouts[0].places) >= {"workshop", "period", "amount"}


def test_the_import_address_needs_the_right(sign_in: Any) -> None:
    assert sign_in("dave").get(f"{IMPORT}01900000-0000-7000-8000-000000000000/mapping/").status_code == 403
