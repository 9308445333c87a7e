"""Forms of a row: what they offer, what they refuse in which words, that nothing is lost or doubled."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kernel.surfaces.reading import OUTPUTS, WORKSHOPS, page, words
from shanhai.kernel import context
from toys.models import Output, Workshop

NEW = f"{WORKSHOPS}new/"


def hidden(response: Any, name: str) -> str:
    return str(page(response).select_one(f'main input[type=hidden][name="{name}"]')["value"])  # type: ignore[index]


def control(response: Any, name: str) -> Any:
    return page(response).select_one(f"#id_{name}")


def rows() -> list[Workshop]:
    with context.unscoped("look"):
        return list(Workshop.objects.order_by("code"))


def fill(client: Any, address: str, **values: Any) -> Any:
    """Open the form and send it with `values` typed in, everything else as the form showed it."""
    opened = client.get(address)
    data = {
        i["name"]: i.get("value", "")
        for i in page(opened).select("main form[method=post] input[type=hidden]")
    }
    for box in page(opened).select("main form[method=post] :is(input:not([type=hidden]), textarea)"):
        if box.get("type") not in {"checkbox", "radio"} or box.has_attr("checked"):
            data[box["name"]] = box.get("value", box.get_text())
    for select in page(opened).select("main form[method=post] select"):
        chosen = select.select_one("option[selected]")
        data[select["name"]] = chosen["value"] if chosen else ""
    data |= values
    return client.post(address, {name: value for name, value in data.items() if value is not None})


def test_a_new_row_is_saved_with_every_kind_of_value(cast: Any, sign_in: Any, identity: Any) -> None:
    response = fill(
        sign_in("alice"), NEW, code="A1", name="  一号车间 ", kind="farm", opened_on="2021年3月5日",
        workers="1,200",
        cost="1.5万", land="3.25", share="66.6", is_certified="1", keeper_identity=identity(5),
        keeper_phone="13900000000", note="甲\n乙", place="440403106",
    )  # fmt: skip
    assert response.status_code == 303, words(response)
    (row,) = rows()
    assert response["Location"] == f"{WORKSHOPS}{row.pk}/"
    assert (row.name, row.kind, row.opened_on, row.workers) == ("一号车间", "farm", date(2021, 3, 5), 1200)
    assert (row.cost, row.land, row.share, row.is_certified) == (
        Decimal("15000"),
        Decimal("3.25"),
        Decimal("66.6"),
        True,
    )
    assert (row.place, row.owner_unit, row.side, row.state) == (cast.baijiao, cast.dm_labour, "east", "draft")
    assert str(row.keeper_identity).startswith(identity(5)[:6])


def test_saving_and_submitting_is_one_step(sign_in: Any) -> None:
    response = fill(sign_in("alice"), NEW, code="A1", name="一号", then="submit")
    assert response.status_code == 303
    assert rows()[0].state == "submitted"


def test_the_same_form_sent_twice_makes_one_row(sign_in: Any) -> None:
    client = sign_in("alice")
    key = hidden(client.get(NEW), "key")
    unit = control(client.get(NEW), "owner_unit").select_one("option[selected]")["value"]
    sent = {"key": key, "code": "A1", "name": "一号", "kind": "home", "workers": "1", "owner_unit": unit}
    first, second = client.post(NEW, sent), client.post(NEW, sent)
    assert first.status_code == second.status_code == 303
    assert first["Location"] == second["Location"]
    assert len(rows()) == 1


def test_a_form_of_somebody_else_is_refused(sign_in: Any) -> None:
    key = hidden(sign_in("alice").get(NEW), "key")
    response = sign_in("anna").post(NEW, {"key": key, "code": "A1", "name": "一号"})
    assert response.status_code == 422
    assert rows() == []


def test_wrong_values_come_back_with_sentences_and_nothing_is_lost(sign_in: Any) -> None:
    response = fill(
        sign_in("alice"), NEW, code="", name="一号车间", opened_on="2021/13/01", workers="很多", cost="-1",
        place="月球",
        keeper_identity="123", note="留着",
    )  # fmt: skip
    assert response.status_code == 422 and rows() == []
    text = words(response)
    for sentence in ("必须填写「编号」。", "2021/13/01 不是有效日期", "不是数字", "没有找到“月球”"):
        assert sentence in text, text
    assert control(response, "name")["value"] == "一号车间"
    assert control(response, "workers")["value"] == "很多"
    assert control(response, "note").get_text(strip=True) == "留着"
    anchors = {a["href"] for a in page(response).select("main .notice a[href^='#']")}
    assert {"#id_code", "#id_opened_on", "#id_workers"} <= anchors


def test_a_number_that_names_nobody_is_refused_in_words(sign_in: Any) -> None:
    response = fill(sign_in("alice"), NEW, code="A1", name="一号", keeper_identity="11010119900101123X")
    assert response.status_code == 422 and rows() == []
    assert control(response, "keeper_identity")["aria-invalid"] == "true"


def test_rules_of_the_ledger_and_constraints_speak_at_their_field(make: Any, sign_in: Any) -> None:
    make("A1")
    rule = fill(sign_in("alice"), NEW, code="A2", name="二号", is_certified="1")
    assert "已认定的车间须填设立日期。" in words(rule)
    double = fill(sign_in("alice"), NEW, code="A1", name="又一个")
    assert "该方已有这个编号。" in words(double)
    assert len(rows()) == 1


@pytest.mark.parametrize(("who", "units"), [
    ("alice", ["区人力资源和社会保障局"]),
    ("carol", ["斗门区人民政府", "区乡村振兴局", "区财政局", "区人力资源和社会保障局"]),
])  # fmt: skip
def test_units_are_those_the_reader_files_for(who: str, units: list[str], sign_in: Any) -> None:
    options = control(sign_in(who).get(NEW), "owner_unit").select("option")
    assert sorted(o.get_text() for o in options if o["value"]) == sorted(units)


def test_a_row_cannot_be_filed_for_a_unit_out_of_reach(cast: Any, sign_in: Any) -> None:
    response = fill(sign_in("alice"), NEW, code="A1", name="一号", owner_unit=str(cast.dm_finance.pk))
    assert response.status_code == 403
    assert rows() == []


@pytest.mark.parametrize("who", ["victor", "dave", "lily", "root", "eve"])
def test_who_may_not_create_gets_no_form(who: str, sign_in: Any) -> None:
    assert sign_in(who).get(NEW).status_code == 403
    assert sign_in(who).post(NEW, {"code": "A1"}).status_code == 403


def test_a_reference_takes_visible_rows_only(make: Any, sign_in: Any) -> None:
    hidden_row = make("B1", by="bob")
    response = fill(
        sign_in("alice"),
        f"{OUTPUTS}new/",
        workshop=str(hidden_row.pk),
        period="2021-08",
        amount="1",
        pieces="0",
    )
    assert response.status_code == 422
    assert "您无权引用" in words(response)


def test_a_reference_is_typed_by_its_code_where_there_is_no_script(make: Any, sign_in: Any) -> None:
    make("A1")
    response = fill(
        sign_in("alice"), f"{OUTPUTS}new/", workshop="A1", period="2021-08", amount="1", pieces="0"
    )
    assert response.status_code == 303, words(response)
    with context.unscoped("look"):
        assert Output.objects.get().workshop.code == "A1"


def test_a_link_fills_in_what_the_new_row_belongs_to(make: Any, sign_in: Any) -> None:
    row = make("A1")
    box = control(sign_in("alice").get(f"{OUTPUTS}new/?workshop={row.pk}"), "workshop")
    assert (box["value"], box["data-shanhai-text"]) == (str(row.pk), "A1车间")


# Changing a row


def test_a_sealed_field_is_shown_as_mask_kept_when_empty_and_replaced_when_typed(
    make: Any, sign_in: Any, identity: Any
) -> None:
    row = make("A1", keeper_identity=identity(1))
    client = sign_in("alice")
    opened = client.get(f"{WORKSHOPS}{row.pk}/edit/")
    mask = f"{identity(1)[:6]}********{identity(1)[-4:]}"
    assert identity(1) not in opened.content.decode()
    assert mask in words(opened) and control(opened, "keeper_identity")["value"] == ""
    assert fill(client, f"{WORKSHOPS}{row.pk}/edit/", name="改名").status_code == 303
    assert rows()[0].keeper_identity_index == row.keeper_identity_index
    assert fill(client, f"{WORKSHOPS}{row.pk}/edit/", keeper_identity=mask).status_code == 303
    assert rows()[0].keeper_identity_index == row.keeper_identity_index
    assert fill(client, f"{WORKSHOPS}{row.pk}/edit/", keeper_identity=identity(2)).status_code == 303
    assert rows()[0].keeper_identity_index != row.keeper_identity_index
    assert rows()[0].name == "改名"


def test_opening_and_saving_a_form_changes_nothing_but_the_version(
    make: Any, sign_in: Any, identity: Any
) -> None:
    row = make(
        "A1", kind="farm", opened_on=date(2021, 1, 2), workers=3, cost=Decimal("4.50"), land=Decimal("1.25"),
        share=Decimal("12.5"), is_certified=True, keeper_identity=identity(1), note="甲\n\n乙", period="",
    )  # fmt: skip
    row = rows()[0]
    before = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    assert fill(sign_in("alice"), f"{WORKSHOPS}{row.pk}/edit/").status_code == 303
    after = {f.attname: getattr(rows()[0], f.attname) for f in row._meta.concrete_fields}
    assert after == before | {"row_version": 2}


def test_a_stale_save_shows_both_values_and_takes_the_chosen_one(
    cast: Any, ledger: Any, make: Any, sign_in: Any
) -> None:
    row = make("A1", kind="home", workers=1)
    client = sign_in("alice")
    address = f"{WORKSHOPS}{row.pk}/edit/"
    stale = hidden(client.get(address), "row_version")
    assert fill(sign_in("carol"), address, kind="farm", workers="2").status_code == 303
    client = sign_in("alice")
    response = fill(client, address, row_version=stale, kind="factory", workers="3", name="我的名称")
    assert response.status_code == 409
    assert rows()[0].kind == "farm"
    text = words(response)
    assert "厂房式" in text and "种养式" in text and "carol（区乡村振兴局）" in text
    again = {i["name"]: i.get("value", "") for i in page(response).select("main form input[type=hidden]")}
    unit = str(cast.dm_labour.pk)
    sent = again | {"code": "A1", "name": "我的名称", "kind": "factory", "workers": "3", "owner_unit": unit}
    solved = client.post(address, sent | {"take-kind": "theirs", "take-workers": "mine"})
    assert solved.status_code == 303, words(solved)
    assert (rows()[0].kind, rows()[0].workers, rows()[0].name) == ("farm", 3, "我的名称")


@pytest.mark.parametrize("state", ["submitted", "verified", "voided"])
def test_a_row_that_is_reported_or_void_is_not_changed(state: str, make: Any, sign_in: Any) -> None:
    row = make("A1", state=state)
    address = f"{WORKSHOPS}{row.pk}/edit/"
    assert sign_in("alice").get(address).status_code == 422
    assert sign_in("alice").post(address, {"name": "x", "row_version": "1"}).status_code == 422
    assert rows()[0].name == "A1车间"


@pytest.mark.parametrize(
    ("who", "status"), [("victor", 403), ("dave", 403), ("anna", 404), ("bob", 404), ("root", 404)]
)
def test_who_may_not_change_a_row_is_refused(who: str, status: int, make: Any, sign_in: Any) -> None:
    address = f"{WORKSHOPS}{make('A1').pk}/edit/"
    assert sign_in(who).get(address).status_code == status
    assert sign_in(who).post(address, {"name": "x", "row_version": "1"}).status_code == status


# Looking up


def found(client: Any, key: str, text: str) -> list[str]:
    return [item["text"] for item in client.get(f"/lookup/{key}/", {"q": text}).json()["results"]]


def test_looking_up_finds_by_name_letters_and_code_within_reach(make: Any, sign_in: Any) -> None:
    make("A1", name="白蕉车间"), make("B1", by="bob", name="永兴车间")
    client = sign_in("alice")
    assert found(client, "toys.workshop", "白蕉") == ["白蕉车间"]
    assert found(client, "toys.workshop", "永兴") == []
    assert found(client, "places.place", "baij") == ["白蕉镇"]
    assert found(client, "places.place", "bj") == ["白蕉镇"]
    assert found(client, "places.place", "永兴") == []
    wide = client.get("/lookup/places.place/", {"q": "永兴", "wide": "1"}).json()["results"]
    assert [one["text"] for one in wide] == ["永兴镇"]  # where people go to lies on the other side
    assert client.get("/lookup/parties.unit/", {"q": "湄潭", "wide": "1"}).json()["results"] == []
    assert found(sign_in("root"), "toys.workshop", "") == []


@pytest.mark.parametrize("key", ["accounts.user", "kernel.historyentry", "nothing.here", "x"])
def test_only_ledgers_and_trees_are_looked_up(key: str, sign_in: Any) -> None:
    assert sign_in("alice").get(f"/lookup/{key}/").status_code == 404


def test_a_reference_that_the_reader_may_not_choose_stays_as_it_is(
    cast: Any, make: Any, make_output: Any, sign_in: Any
) -> None:
    other = make("A1", by="anna")
    with context.unscoped("handed over"):
        output = make_output(other, "2021-08", "100", by="carol", owner_unit=cast.dm_labour)
    client = sign_in("alice")
    address = f"{OUTPUTS}{output.pk}/edit/"
    assert control(client.get(address), "workshop")["data-shanhai-text"] == "A1车间"
    assert fill(client, address, amount="200").status_code == 303
    assert (
        fill(client, f"{OUTPUTS}new/", workshop=str(other.pk), period="2021-07", amount="1").status_code
        == 422
    )


def test_a_new_row_begins_in_the_period_under_way(cast: Any, sign_in: Any) -> None:
    chosen = control(sign_in("alice").get(f"{OUTPUTS}new/"), "period").select_one("option[selected]")
    assert chosen["value"] == "2021-09"
