"""Custom fields over the API: values as an object by key, definitions by the rights of the pages."""

import json
from typing import Any

from kernel.custom.conftest import add, ledger, make

__all__ = ["add", "ledger", "make"]

ROWS = "/api/v1/toys/workshop/"
FIELDS = f"{ROWS}fields/"


def send(client: Any, url: str, body: Any, method: str = "post") -> Any:
    return getattr(client, method)(url, json.dumps(body), content_type="application/json")


def test_values_are_written_read_and_cleared_by_key(add: Any, client_of: Any) -> None:
    area = add("面积", "decimal", decimals=2)
    day, certified, grade = (
        add("验收日", "date"),
        add("挂牌", "boolean"),
        add("评级", "choice", options=["甲"]),
    )
    alice = client_of("alice")
    own = {area.key: 3.5, day.key: "2021-03-05", certified.key: False, grade.key: "甲"}
    made = send(alice, ROWS, {"code": "A1", "name": "一号", "custom": own})
    assert made.status_code == 201, made.content.decode()
    shown = {area.key: "3.50", day.key: "2021-03-05", certified.key: False, grade.key: "甲"}
    assert made.json()["custom"] == shown
    address = f"{ROWS}{made.json()['id']}/"
    changed = send(alice, address, {"row_version": 1, "custom": {area.key: None}}, "patch")
    assert changed.json()["custom"] == {**shown, area.key: None}
    (item,) = alice.get(f"{ROWS}?custom_{grade.key}=甲&columns=code&columns=custom_{grade.key}").json()[
        "items"
    ]
    assert (item["code"], item["custom"]) == ("A1", {grade.key: "甲"})


def test_what_is_wrong_is_told_by_the_name_of_the_column(add: Any, client_of: Any) -> None:
    area, other = add("面积", "integer", is_required=True), add("别的", unit="mt_labour")
    alice = client_of("alice")

    def problems(own: Any) -> Any:
        answer = send(alice, ROWS, {"code": "A1", "name": "一号", "custom": own})
        assert answer.status_code == 422
        return answer.json()["problems"]

    assert list(problems({area.key: "三"})) == [f"custom_{area.key}"]
    assert list(problems({area.key: [3]})) == [f"custom_{area.key}"]
    assert list(problems({})) == [f"custom_{area.key}"]
    assert list(problems({area.key: 3, other.key: "一"})) == [f"custom_{other.key}"]


def test_definitions_are_added_changed_and_retired(cast: Any, client_of: Any) -> None:
    carol, unit = client_of("carol"), str(cast.dm_labour.pk)
    body = {"unit": unit, "title": "评级", "kind": "choice", "options": ["甲", "乙"]}
    made = send(carol, FIELDS, body)
    assert made.status_code == 201, made.content.decode()
    field = made.json()
    assert (field["options"], field["name"], field["is_retired"]) == (
        ["甲", "乙"],
        f"custom_{field['key']}",
        False,
    )
    assert send(carol, FIELDS, body).json()["code"] == "bad_custom_field"
    address = f"{FIELDS}{field['id']}/"
    changed = send(carol, address, {"help": "按验收单", "reason": "说清楚"}, "patch").json()
    assert (changed["help"], changed["options"]) == ("按验收单", ["甲", "乙"])
    assert send(carol, f"{address}retire/", {}).json()["code"] == "reason_missing"
    assert send(carol, f"{address}retire/", {"reason": "不用了"}).json()["is_retired"]
    assert [one["title"] for one in client_of("alice").get(FIELDS).json()] == ["评级"]
    assert send(carol, f"{address}explode/", {}).status_code == 404


def test_the_other_side_finds_no_definition(cast: Any, add: Any, client_of: Any) -> None:
    field = add("面积", "integer")
    for who in ("bob", "wang"):
        browser = client_of(who)
        assert browser.get(FIELDS).json() == []
        assert browser.get(f"{FIELDS}{field.pk}/").status_code == 404
    west = {"unit": str(cast.dm_labour.pk), "title": "西", "kind": "text"}
    assert send(client_of("wang"), FIELDS, west).status_code == 404
