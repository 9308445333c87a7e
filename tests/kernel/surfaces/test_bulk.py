"""One thing to many rows: told first, row by row by its own guards, written at once."""

from datetime import date
from typing import Any

import pytest

from kernel.surfaces.reading import WORKSHOPS, page, words
from kernel.surfaces.test_steps import attach
from shanhai.kernel import context
from shanhai.kernel.models import HistoryEntry
from shanhai.kernel.surfaces import bulk
from toys.models import Workshop

BULK = f"{WORKSHOPS}bulk/"


def states() -> dict[str, str]:
    with context.unscoped("look"):
        return dict(Workshop.objects.values_list("code", "state"))


def confirm(client: Any, response: Any, address: str = BULK, **more: Any) -> Any:
    """Press the button of the preview."""
    form = page(response).select_one("main form.panel")
    assert form is not None
    data: dict[str, Any] = {}
    for box in form.select("input[type=hidden]"):
        data.setdefault(box["name"], []).append(box["value"])
    return client.post(address, data | more)


def test_a_preview_tells_what_will_happen_and_why_not(make: Any, sign_in: Any) -> None:
    rows = [make("A1"), make("A2"), make("A3", state="submitted"), make("A4", state="voided")]
    client = sign_in("alice")
    response = client.post(BULK, {"verb": "submit", "ids": [str(row.pk) for row in rows]})
    text = words(response)
    assert "将处理 2 条，跳过 2 条" in text
    assert "现在是“已报”，不能提交。 1 条" in text
    assert states() == {"A1": "draft", "A2": "draft", "A3": "submitted", "A4": "voided"}
    done = confirm(client, response)
    assert (done.status_code, done["Location"]) == (303, WORKSHOPS)
    assert states() == {"A1": "submitted", "A2": "submitted", "A3": "submitted", "A4": "voided"}
    assert "提交：已处理 2 条。跳过 2 条。" in words(client.get(WORKSHOPS))


def test_everything_that_fits_the_filters_is_taken(make: Any, sign_in: Any) -> None:
    make("A1", kind="home"), make("A2", kind="farm"), make("A3", kind="home")
    client = sign_in("alice")
    address = f"{BULK}?kind=home"
    response = client.post(address, {"verb": "submit", "matching": "1"})
    assert "将处理 2 条" in words(response)
    assert confirm(client, response, address)["Location"] == f"{WORKSHOPS}?kind=home"
    assert states() == {"A1": "submitted", "A2": "draft", "A3": "submitted"}


def test_when_the_rows_change_before_the_confirmation_it_is_asked_again(make: Any, sign_in: Any) -> None:
    make("A1"), make("A2")
    client = sign_in("alice")
    response = client.post(BULK, {"verb": "submit", "matching": "1"})
    make("A3")
    again = confirm(client, response)
    assert again.status_code == 409 and "刚有变化" in words(again)
    assert set(states().values()) == {"draft"}


def test_one_reason_is_given_to_all_and_recorded(make: Any, sign_in: Any, cast: Any) -> None:
    rows = [make(f"A{n}", state="submitted") for n in range(3)]
    client = sign_in("victor")
    response = client.post(BULK, {"verb": "return", "ids": [str(row.pk) for row in rows]})
    assert confirm(client, response, reason=" ").status_code == 422
    assert confirm(client, response, reason="缺附件").status_code == 303
    with context.unscoped("look"):
        assert set(Workshop.objects.values_list("state", "return_reason", "row_version")) == {
            ("returned", "缺附件", 3)
        }
    entries = HistoryEntry.objects.filter(table_name="toys_workshop", reason="缺附件")
    assert {(entry.actor, entry.operation) for entry in entries} == {(str(cast.users["victor"].pk), "update")}
    assert entries.count() == 3


def test_each_row_passes_its_own_guards(make: Any, make_output: Any, sign_in: Any) -> None:
    workshop = make("A1")
    outputs = [make_output(workshop, f"2021-0{n}", "1") for n in (1, 2)]
    for output in outputs:
        sign_in("alice").post(f"/toys/output/{output.pk}/step/", {"step": "submit", "row_version": "1"})
    attach(outputs[0])
    response = sign_in("carol").post("/toys/output/bulk/", {"verb": "verify", "matching": "1"})
    assert "将处理 1 条，跳过 1 条" in words(response) and "缺少佐证：凭证" in words(response)


def test_invalid_drafts_are_left_out_of_a_submission(make: Any, sign_in: Any) -> None:
    make("A1"), make("A2")
    with context.unscoped("break a rule"):
        Workshop.objects.filter(code="A2").update(is_certified=True)
    response = sign_in("alice").post(BULK, {"verb": "submit", "matching": "1"})
    assert "将处理 1 条，跳过 1 条" in words(response) and "须填设立日期" in words(response)


def test_rows_out_of_sight_are_not_touched_and_not_counted(make: Any, sign_in: Any) -> None:
    own, other, shared = make("A1"), make("B1", by="bob"), make("B2", by="bob", state="submitted")
    client = sign_in("alice")
    ids = [str(row.pk) for row in (own, other, shared)]
    response = client.post(BULK, {"verb": "submit", "ids": ids})
    assert "将处理 1 条，跳过 1 条" in words(response)
    confirm(client, response)
    assert states() == {"A1": "submitted", "B1": "draft", "B2": "submitted"}


@pytest.mark.parametrize(("who", "verb", "status"), [
    ("dave", "submit", 403), ("alice", "verify", 403), ("victor", "edit", 403), ("alice", "erase", 404),
    ("root", "void", 403),
])  # fmt: skip
def test_a_verb_not_granted_is_refused(who: str, verb: str, status: int, make: Any, sign_in: Any) -> None:
    make("A1")
    assert sign_in(who).post(BULK, {"verb": verb, "matching": "1"}).status_code == status


def test_nothing_or_too_much_selected_is_said(make: Any, sign_in: Any, monkeypatch: Any) -> None:
    make("A1"), make("A2")
    client = sign_in("alice")
    assert "没有选中任何记录" in words(client.post(BULK, {"verb": "submit"}))
    monkeypatch.setattr(bulk, "MOST_ROWS", 1)
    assert "一次最多处理 1 行" in words(client.post(BULK, {"verb": "submit", "matching": "1"}))


def test_many_rows_are_changed_by_choosing_values(make: Any, sign_in: Any, cast: Any) -> None:
    make("A1", kind="home"), make("A2", kind="farm"), make("A3", state="submitted")
    client = sign_in("alice")
    chosen = client.post(BULK, {"verb": "edit", "matching": "1"})
    assert [box["value"] for box in page(chosen).select("main input[name=change]")] == [
        "kind",
        "opened_on",
        "is_certified",
    ]
    values = {
        "verb": "edit",
        "matching": "1",
        "change": ["kind", "opened_on"],
        "kind": "home",
        "opened_on": "2021-05-01",
    }
    response = client.post(BULK, values)
    text = words(response)
    assert "将处理 2 条，跳过 1 条" in text and "类型 居家式" in text and "设立日期 2021-05-01" in text
    refused = confirm(client, response)
    assert refused.status_code == 422 and "批量修改必须写明原因" in words(refused)
    assert confirm(client, response, reason="统一口径").status_code == 303
    with context.unscoped("look"):
        rows = {row.code: row for row in Workshop.objects.all()}
    assert {rows[c].kind for c in ("A1", "A2")} == {"home"}
    assert {rows[c].opened_on for c in ("A1", "A2")} == {date(2021, 5, 1)}
    assert rows["A3"].opened_on is None and rows["A1"].row_version == 2
    assert HistoryEntry.objects.filter(table_name="toys_workshop", reason="统一口径").count() == 2


def test_a_value_that_breaks_a_rule_leaves_its_rows_out(make: Any, sign_in: Any) -> None:
    make("A1", opened_on=date(2021, 1, 1)), make("A2")
    values = {"verb": "edit", "matching": "1", "change": ["is_certified"], "is_certified": "1"}
    response = sign_in("alice").post(BULK, values)
    assert "将处理 1 条，跳过 1 条" in words(response) and "须填设立日期" in words(response)


def test_a_value_that_cannot_be_read_is_said_at_its_field(make: Any, sign_in: Any) -> None:
    make("A1")
    values = {"verb": "edit", "matching": "1", "change": ["opened_on"], "opened_on": "昨天"}
    response = sign_in("alice").post(BULK, values)
    assert response.status_code == 422 and "不是有效日期" in words(response)


def test_queries_do_not_grow_with_the_rows(make: Any, sign_in: Any, queries: Any) -> None:
    make("A0")
    client = sign_in("alice")
    client.post(BULK, {"verb": "submit", "matching": "1"})
    counts = []
    for number in (1, 9):
        for n in range(number):
            make(f"B{number}{n}")
        with queries() as captured:
            client.post(BULK, {"verb": "submit", "matching": "1"})
        counts.append(len(captured))
    assert counts[0] == counts[1]
