"""A custom field of which a row picks several options, and custom fields of many rows at once."""

import csv
import io
import json
from decimal import Decimal
from typing import Any

import pytest

from kernel.imports.conftest import Desk
from kernel.surfaces.reading import WORKSHOPS, codes, page, words
from shanhai.kernel import context
from shanhai.kernel.custom import managing
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.surfaces.bulk_act import Act
from toys.models import Workshop

ROWS = "/api/v1/toys/workshop/"


@pytest.fixture
def desk(cast: Any) -> Desk:
    return Desk(cast)


@pytest.fixture
def trades(add: Any) -> Any:
    return add("工种", "multi_choice", options=["缝纫", "编织", "包装"])


def send(client: Any, url: str, body: Any, method: str = "post") -> Any:
    return getattr(client, method)(url, json.dumps(body), content_type="application/json")


def opened(client: Any, url: str) -> dict[str, Any]:
    """The form as a browser would send it back."""
    form = page(client.get(url)).select_one("main form.panel, main form")
    assert form is not None
    return {str(one["name"]): str(one.get("value", "")) for one in form.select("input[type=hidden]")}


def test_a_form_ticks_several_and_keeps_the_order_of_the_options(
    trades: Any, cast: Any, sign_in: Any, stored: Any
) -> None:
    client, name = sign_in("alice"), f"custom_{trades.key}"
    shown = page(client.get(f"{WORKSHOPS}new/"))
    assert [one["value"] for one in shown.select(f"input[type=checkbox][name={name}]")] == trades.options
    sent = opened(client, f"{WORKSHOPS}new/") | {"code": "W1", "name": "一号", "kind": "home"}
    sent |= {"owner_unit": str(cast.dm_labour.pk), name: ["包装", "缝纫"], "then": "draft"}
    answer = client.post(f"{WORKSHOPS}new/", sent)
    assert answer.status_code in {302, 303}, words(answer)
    with context.unscoped("look"):
        row = Workshop.objects.get()
    assert stored(row) == {trades.key: ["缝纫", "包装"]}
    assert "缝纫、包装" in words(client.get(f"{WORKSHOPS}{row.pk}/"))
    again = page(client.get(f"{WORKSHOPS}{row.pk}/edit/"))
    ticked = again.select(f"input[name={name}][checked]")
    assert [one["value"] for one in ticked] == ["缝纫", "包装"]


def test_lists_show_and_filter_by_any_of_them(trades: Any, make: Any, sign_in: Any) -> None:
    make("A1", {trades: ("缝纫", "包装")})
    make("A2", {trades: ("编织",)})
    make("A3")
    client, name = sign_in("alice"), f"custom_{trades.key}"
    assert "缝纫、包装" in words(client.get(WORKSHOPS))
    for query, found in (
        (f"{name}=包装", ["A1"]),
        (f"{name}=包装&{name}=编织", ["A1", "A2"]),
        (f"{name}_is=empty", ["A3"]),
        (f"{name}=焊接", []),
        (f"sort={name}", ["A1", "A2", "A3"]),
    ):
        assert codes(client.get(f"{WORKSHOPS}?{query}")) == found, query
    assert "不能按" in words(client.get(f"{WORKSHOPS}?group={name}"))


def test_an_export_comes_back_unchanged_and_cells_are_read_as_people_write_them(
    trades: Any, desk: Desk, sign_in: Any
) -> None:
    lines = [{"编号": "W1", "名称": "一号", "工种": "包装，缝纫"}, {"编号": "W2", "名称": "二号", "工种": ""}]
    assert desk.apply(lines).created == 2
    with context.unscoped("look"):
        assert Workshop.objects.get(code="W1").extra == {trades.key: ["缝纫", "包装"]}
    answer = sign_in("alice").get(f"{WORKSHOPS}export/?format=csv&columns=custom_{trades.key}")
    written = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [line[1] for line in written[:3]] == ["工种", "缝纫、包装", ""]
    assert desk.plan([{"编号": "W1", "名称": "一号", "工种": "缝纫、包装"}]).expected == 0
    wrong = desk.plan([{"编号": "W1", "名称": "一号", "工种": "缝纫、焊接"}])
    assert "焊接" in str(wrong.problems[0])


def test_the_api_takes_and_gives_a_list(trades: Any, client_of: Any) -> None:
    alice = client_of("alice")
    body = {"code": "A1", "name": "一号", "custom": {trades.key: ["包装", "缝纫"]}}
    made = send(alice, ROWS, body).json()
    assert made["custom"] == {trades.key: ["缝纫", "包装"]}
    for wrong in ("缝纫", ["焊接"], [1], {"a": 1}):
        told = send(alice, ROWS, {**body, "code": "A2", "custom": {trades.key: wrong}}).json()
        assert list(told["problems"]) == [f"custom_{trades.key}"], wrong
    url = f"{ROWS}{made['id']}/"
    send(alice, url, {"row_version": 1, "custom": {trades.key: ["编织"]}}, "patch")
    changes = alice.get(f"{url}history/").json()["items"][0]["changes"]
    assert changes == [{"label": "工种", "before": "缝纫、包装", "after": "编织"}]
    cleared = send(alice, url, {"row_version": 2, "custom": {trades.key: []}}, "patch").json()
    assert cleared["custom"] == {trades.key: None}


def test_options_in_use_stay_and_no_option_holds_what_separates_them(
    trades: Any, add: Any, make: Any, cast: Any, ledger: Any
) -> None:
    make("A1", {trades: ("缝纫", "包装")})
    carol = cast.actor("carol")
    with context.acting(carol), pytest.raises(RuleViolated, match="还有 1 条记录在用"):
        managing.save_field(ledger, trades, {"options": ["缝纫", "编织"]}, actor=carol, reason="x")
    with pytest.raises(RuleViolated, match="不能有顿号"):
        add("别的", "multi_choice", options=["缝、编", "包装"])


def test_money_and_numbers_of_a_unit_are_added_up_below_the_list_and_in_groups(
    add: Any, make: Any, sign_in: Any
) -> None:
    """A whole number with a unit of measure counts something; one without may be a year."""
    subsidy, number = add("补贴", "money"), add("台数", "integer", measure_unit="台")
    built = add("建成年份", "integer")
    make("A1", {subsidy: Decimal("1200.00"), number: 3, built: 2019}, kind="home")
    make("A2", {subsidy: Decimal("0.50"), number: 4, built: 2020}, kind="home")
    make("A3", kind="factory")
    names = [f"custom_{one.key}" for one in (subsidy, number, built)]
    client, shown = sign_in("alice"), "&".join(f"columns={name}" for name in names)
    foot = page(client.get(f"{WORKSHOPS}?{shown}")).select("main table.ledger tfoot td")
    assert [cell.get_text(strip=True) for cell in foot][-3:] == ["1,200.50", "7", ""]
    grouped = words(client.get(f"{WORKSHOPS}?group=kind&{shown}"))
    assert "居家式 2 1,200.50 7" in grouped and "厂房式 1 0.00 0" in grouped
    told = client.get(f"{ROWS}groups/?group=kind&{shown}").json()
    assert told["totals"] == {names[0]: "1200.50", names[1]: "7"}


def test_many_rows_take_a_value_of_the_units_own_fields(
    trades: Any, add: Any, make: Any, sign_in: Any, stored: Any
) -> None:
    note = add("说明")
    rows = [make(f"A{n}", {note: "原样"}) for n in range(2)]
    client, name = sign_in("alice"), f"custom_{trades.key}"
    sent = {"verb": "edit", "ids": [str(row.pk) for row in rows]}
    asked = page(client.post(f"{WORKSHOPS}bulk/", sent))
    assert asked.select(f"input[name=change][value={name}]")
    sent |= {"change": [name], name: ["编织", "缝纫"]}
    plan = client.post(f"{WORKSHOPS}bulk/", sent)
    assert "缝纫、编织" in words(plan)
    hidden = page(plan).select("main form input[type=hidden]")
    kept: dict[str, list[str]] = {}
    for one in hidden:
        kept.setdefault(str(one["name"]), []).append(str(one["value"]))
    assert client.post(f"{WORKSHOPS}bulk/", kept | {"reason": ["统一口径"]}).status_code == 303
    assert [stored(row) for row in rows] == [{note.key: "原样", trades.key: ["缝纫", "编织"]}] * 2


def test_many_rows_over_the_api_and_rows_of_other_units_are_left_out(
    trades: Any, add: Any, make: Any, cast: Any, client_of: Any, stored: Any
) -> None:
    area = add("面积", "decimal", decimals=1)
    own, other = make("A1", {area: Decimal("2.0")}), make("F1", by="anna")
    alice, url = client_of("alice"), f"{ROWS}many/edit/"
    body = {"ids": [str(own.pk), str(other.pk)], "values": {"custom": {trades.key: ["包装"], area.key: None}}}
    plan = send(alice, f"{url}plan/", body).json()
    assert plan["rows"] == 1
    (one,) = [item for item in plan["items"] if item["id"] == str(own.pk)]
    assert sorted(one["changes"]) == [["工种", "", "包装"], ["面积", "2.0", ""]]
    told = {**body, "digest": plan["digest"]}
    refused = send(alice, f"{url}apply/", told)
    assert (refused.status_code, refused.json()["code"]) == (422, "reason_missing")
    assert send(alice, f"{url}apply/", {**told, "reason": "统一口径"}).json()["rows"] == 1
    assert stored(own) == {trades.key: ["包装"]} and stored(other) == {}
    again = send(alice, f"{url}plan/", body).json()
    assert again["reasons"].get("已经是这个值。") == 1
    unknown = {"ids": [str(own.pk)], "values": {"custom": {"fnothing": 1}}}
    assert list(send(alice, f"{url}plan/", unknown).json()["problems"]) == ["custom_fnothing"]
    required = add("必填项", "multi_choice", options=["甲"], is_required=True)
    make("A2", {required: ("甲",)})
    empty = {"matching": True, "values": {"custom": {required.key: None}}}
    told = send(alice, f"{url}plan/?q=A2", empty).json()
    assert (told["rows"], list(told["reasons"])) == (0, ["必须填写「必填项」。"])


def test_a_job_gives_thousands_of_rows_the_value_it_was_told(
    trades: Any, make: Any, cast: Any, ledger: Any
) -> None:
    with context.acting(cast.actor("alice")) as current:
        act = Act(ledger, "edit", current.actor, values={f"custom_{trades.key}": ("缝纫",)})
        told = json.loads(json.dumps(act.packed()))
        assert Act.unpacked(ledger, told, current.actor).values == act.values
