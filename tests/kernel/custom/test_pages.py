"""The pages on which a unit's fields are looked at and changed."""

from typing import Any

import pytest

from kernel.surfaces.reading import WORKSHOPS, page, words
from kernel.surfaces.test_forms import fill
from shanhai.kernel import context
from shanhai.kernel.models import CustomField

FIELDS = f"{WORKSHOPS}fields/"


def field_titled(title: str) -> CustomField:
    with context.unscoped("look"):
        return CustomField.objects.get(title=title)


def test_a_coordinator_adds_a_field_that_the_unit_then_fills_in(cast: Any, client_of: Any) -> None:
    carol = client_of("carol")
    address = f"{FIELDS}new/?unit={cast.dm_labour.pk}"
    saved = fill(carol, address, title="评级", kind="choice", options="甲\n\n 乙 \n", is_required="1")
    assert saved.status_code == 303, words(saved)
    field = field_titled("评级")
    assert (field.options, field.is_required, field.unit_id) == (["甲", "乙"], True, cast.dm_labour.pk)
    shown = words(carol.get(saved["Location"]))
    assert "甲、乙" in shown and field.key in shown
    assert "评级" in words(client_of("alice").get(f"{WORKSHOPS}new/"))
    assert "评级" in words(client_of("alice").get(FIELDS))


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(cast: Any, sign_in: Any) -> None:
    client, address = sign_in("carol"), f"{FIELDS}new/?unit={cast.dm_labour.pk}"
    answer = fill(client, address, title="名称", kind="decimal", help="按验收单填")
    assert answer.status_code == 422
    assert "已有叫“名称”的列" in words(answer) and "小数位数" in words(answer)
    assert "按验收单填" in answer.content.decode()


def test_a_change_tells_its_reason_in_the_fields_history(add: Any, sign_in: Any) -> None:
    field, client = add("车间主任"), sign_in("carol")
    address = f"{FIELDS}{field.pk}/"
    assert fill(client, f"{address}edit/", title="负责人").status_code == 422
    assert fill(client, f"{address}edit/", title="负责人", reason="叫法统一").status_code == 303
    shown = words(client.get(address))
    assert (
        "负责人" in shown
        and "叫法统一" in shown
        and "车间主任" in words(client.get(f"{address}?history=all"))
    )


def test_a_field_is_retired_with_a_reason_and_restored(add: Any, sign_in: Any) -> None:
    field, client = add("车间主任"), sign_in("carol")
    address = f"{FIELDS}{field.pk}/"
    assert client.post(address, {"do": "retire", "reason": " "}).status_code == 422
    assert client.post(address, {"do": "retire", "reason": "不用了"}).status_code == 303
    assert client.get(f"{address}edit/").status_code == 422
    assert client.post(address, {"do": "restore"}).status_code == 303
    assert not field_titled("车间主任").is_retired


@pytest.mark.parametrize(
    ("who", "seen", "changed"),
    [("alice", 200, 403), ("dave", 200, 403), ("bob", 404, 404), ("wang", 404, 404), ("anna", 404, 404)],
)
def test_who_may_look_and_who_may_change(
    who: str, seen: int, changed: int, cast: Any, add: Any, sign_in: Any
) -> None:
    field, client = add("车间主任"), sign_in(who)
    assert client.get(f"{FIELDS}{field.pk}/").status_code == seen
    assert client.get(f"{FIELDS}{field.pk}/edit/").status_code == changed
    assert client.get(f"{FIELDS}?unit={cast.dm_labour.pk}").status_code == seen
    assert client.get(f"{FIELDS}new/?unit={cast.dm_labour.pk}").status_code == changed
    assert client.post(f"{FIELDS}{field.pk}/", {"do": "retire", "reason": "不用了"}).status_code == changed


def test_units_of_the_other_side_are_not_offered(sign_in: Any) -> None:
    shown = words(sign_in("carol").get(FIELDS))
    assert "区财政局" in shown and "县人力资源和社会保障局" not in shown


def test_choosing_another_unit_brings_its_own_fields_and_loses_nothing_typed(
    add: Any, cast: Any, client_of: Any
) -> None:
    own, other = add("面积", "integer"), add("工种", unit="dm_finance")
    hidden = add("对方的字段", unit="mt_labour")
    carol, url = client_of("carol"), f"{WORKSHOPS}new/"
    typed = {"name": "一号", f"custom_{own.key}": "35", "then": "fields", "row_version": "1"}

    def asked(unit: Any) -> Any:
        sent = {**typed, "owner_unit": str(unit.pk)}
        return page(carol.post(url, sent, headers={"HX-Request": "true"}))

    shown = asked(cast.dm_finance)
    assert shown.select_one(f"input[type=text][name=custom_{other.key}]") is not None
    kept = shown.select_one(f"input[type=hidden][name=custom_{own.key}]")
    assert kept is not None and kept["value"] == "35"
    assert shown.select_one("input[name=name]") is None, "only what changes is drawn anew"
    again = asked(cast.dm_labour).select_one(f"input[type=text][name=custom_{own.key}]")
    assert again is not None and again["value"] == "35"
    assert hidden.title not in asked(cast.mt_labour).get_text()
    assert client_of("dave").post(url, typed).status_code == 403


def test_a_refused_form_tells_nothing_of_the_fields_of_the_other_side(
    add: Any, cast: Any, client_of: Any
) -> None:
    add("对方的字段", unit="mt_labour")
    sent = {"owner_unit": str(cast.mt_labour.pk), "code": "", "name": "一号"}
    opened = page(client_of("alice").get(f"{WORKSHOPS}new/")).select("main form input[type=hidden]")
    sent |= {str(one["name"]): str(one.get("value", "")) for one in opened}
    answer = client_of("alice").post(f"{WORKSHOPS}new/", sent)
    assert answer.status_code == 422 and "对方的字段" not in words(answer)
