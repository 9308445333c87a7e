"""Papers for many rows at once: seen before, stored once, attached where one may, and told in history."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kernel.surfaces.reading import OUTPUTS, page, words
from shanhai.kernel import actions, context
from shanhai.kernel.history.models import HistoryEntry
from shanhai.kernel.models import EvidenceFile, EvidenceLink
from shanhai.kernel.registry import registry

API = "/api/v1/toys/output/many/"
PDF = b"%PDF-1.4\n%%EOF"


@pytest.fixture
def outputs(as_actor: Any) -> list[Any]:
    ledger, workshops = registry.get("toys.output"), registry.get("toys.workshop")
    with as_actor("alice") as actor:
        workshop = actions.create_row(workshops, {"code": "W1", "name": "一号车间"}, actor=actor)
        values = [{"workshop": workshop, "period": f"2021-0{n}", "amount": n} for n in range(1, 5)]
        return [actions.create_row(ledger, one, actor=actor) for one in values]


def chosen(client: Any, rows: list[Any], *papers: tuple[str, bytes], category: str = "voucher") -> Any:
    files = [SimpleUploadedFile(name, data) for name, data in papers]
    sent = {"verb": "attach", "ids": [str(row.pk) for row in rows], "category": category, "files": files}
    return client.post(f"{OUTPUTS}bulk/", sent)


def confirmed(client: Any, shown: Any) -> Any:
    fields = page(shown).select("form.panel input[type=hidden]")
    form: dict[str, list[str]] = {}
    for field in fields:
        form.setdefault(str(field["name"]), []).append(str(field.get("value", "")))
    return client.post(f"{OUTPUTS}bulk/", {**form, "reason": "同一张凭证"}, follow=True)


def links() -> int:
    return EvidenceLink.objects.filter(ledger="toys.output", evidence_class="voucher").count()


def test_a_scan_is_seen_then_attached_to_every_row_and_stored_once(outputs: list[Any], sign_in: Any) -> None:
    client = sign_in("alice")
    assert page(client.get(OUTPUTS)).select("#bulk button[value=attach]")
    asked = client.post(f"{OUTPUTS}bulk/", {"verb": "attach", "ids": [str(outputs[0].pk)]})
    assert page(asked).select("form[enctype] input[type=file][multiple][name=files]")
    shown = chosen(client, outputs[:3], ("凭证.pdf", PDF), ("清单.pdf", PDF + b"\n"))
    assert "将处理 3 条" in words(shown) and "凭证.pdf" in words(shown)
    assert links() == 0, "nothing before it is confirmed"
    assert "已处理 3 条" in words(confirmed(client, shown))
    assert (links(), EvidenceFile.objects.count()) == (6, 2)
    again = chosen(client, outputs, ("凭证.pdf", PDF))
    assert "将处理 1 条" in words(again) and "已经在这条记录上" in words(again)
    table = EvidenceLink._meta.db_table
    with context.unscoped("history"):
        told = HistoryEntry.objects.filter(table_name=table, operation=HistoryEntry.Operation.INSERT)
        assert {one.reason for one in told} == {"同一张凭证"}


def test_rights_and_states_hold_row_by_row(
    outputs: list[Any], sign_in: Any, client_of: Any, cast: Any
) -> None:
    with context.unscoped("verified, handed over"):
        type(outputs[0]).objects.filter(pk=outputs[0].pk).update(state="verified")
        type(outputs[1]).objects.filter(pk=outputs[1].pk).update(
            state="submitted", owner_unit=cast.dm_finance
        )
    shown = words(chosen(sign_in("alice"), outputs, ("凭证.pdf", PDF)))
    assert "将处理 2 条" in shown
    assert "不能再添加佐证" in shown and "不在您的办理范围内" in shown
    assert client_of("dave").post(f"{OUTPUTS}bulk/", {"verb": "attach"}).status_code == 403
    assert "没有选中" in words(chosen(client_of("bob"), outputs[2:], ("凭证.pdf", PDF)))


@pytest.mark.parametrize(
    ("papers", "category", "told"),
    [((), "voucher", "请先选择文件"), ((("凭证.pdf", PDF),), "photo", "请选择佐证类别"),
     ((("凭证.exe", b"MZ"),), "voucher", "凭证")],
)  # fmt: skip
def test_what_cannot_be_attached_is_said(
    papers: Any, category: str, told: str, outputs: list[Any], sign_in: Any
) -> None:
    answer = chosen(sign_in("alice"), outputs, *papers, category=category)
    assert answer.status_code == 422 and told in words(answer)
    assert links() == 0


def test_a_paper_is_confirmed_only_by_who_sent_it_and_as_it_was_shown(
    outputs: list[Any], client_of: Any
) -> None:
    alice, carol = client_of("alice"), client_of("carol")
    shown = chosen(alice, outputs, ("凭证.pdf", PDF))
    assert "已过期" in words(confirmed(carol, shown))
    with context.unscoped("changed meanwhile"):
        type(outputs[0]).objects.filter(pk=outputs[0].pk).update(row_version=9)
    assert "刚有变化" in words(confirmed(alice, shown))
    assert links() == 0


def test_the_api_does_the_same(outputs: list[Any], client_of: Any, sign_in: Any) -> None:
    alice = client_of("alice")

    def call(what: str, body: Any) -> Any:
        return alice.post(f"{API}attach/{what}/", json.dumps(body), content_type="application/json")

    sent = alice.post(f"{API}papers/", {"file": SimpleUploadedFile("凭证.pdf", PDF)})
    assert sent.status_code == 201
    body = {"matching": True, "papers": [sent.json()["paper"]], "category": "voucher", "reason": "同一张"}
    plan = call("plan", body).json()
    assert (plan["rows"], plan["items"][0]["changes"]) == (4, [["凭证", "", "凭证.pdf"]])
    assert call("apply", {**body, "digest": plan["digest"]}).json() == {"rows": 4, "left_out": 0}
    assert (links(), EvidenceFile.objects.count()) == (4, 1)
    assert call("plan", {**body, "papers": []}).json()["code"] == "paper_missing"
    assert call("plan", {**body, "papers": ["x"]}).json()["code"] == "paper_unknown"
    assert client_of("dave").post(f"{API}papers/").status_code == 403
