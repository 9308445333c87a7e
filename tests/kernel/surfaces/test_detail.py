"""The page of a row: what it tells whom, and what it offers."""

from typing import Any

import pytest
from django.template import Context, Template

from kernel.surfaces.conftest import advance
from kernel.surfaces.reading import WORKSHOPS, page, words
from shanhai.kernel.checks import check_ledger
from shanhai.kernel.ledger import Related
from shanhai.kernel.registry import registry
from shanhai.kernel.surfaces import detail_page, rail
from shanhai.kernel.surfaces.display import text_of_value
from shanhai.kernel.surfaces.fields import resolve
from shanhai.kernel.surfaces.rail import RailPanel, register_panel


def at(row: Any) -> str:
    return f"{WORKSHOPS}{row.pk}/"


def test_a_row_out_of_sight_is_not_found_like_one_that_does_not_exist(make: Any, sign_in: Any) -> None:
    row = make("B1", by="bob")
    hidden = sign_in("alice").get(at(row))
    missing = sign_in("alice").get(f"{WORKSHOPS}00000000-0000-7000-8000-000000000000/")
    assert hidden.status_code == missing.status_code == 404
    assert words(hidden) == words(missing)
    assert "演示数据" in words(hidden)


def test_fields_stand_in_the_groups_of_the_declaration(make: Any, sign_in: Any, identity: Any) -> None:
    row = make("A1", workers=1234, keeper_identity=identity(3), note="第一行\n第二行")
    shown = page(sign_in("alice").get(at(row)))
    heads = [head.get_text(strip=True) for head in shown.select("main .main section > header h2")]
    assert heads == ["基本情况", "规模与联系人", "填报与核实", "各月产值"]
    text = words(sign_in("alice").get(at(row)))
    assert "吸纳人数（人） 1,234" in text
    assert identity(3) not in text


def test_rows_that_hang_on_the_row_are_listed_as_declared(make: Any, make_output: Any, sign_in: Any) -> None:
    row = make("A1")
    make_output(row, "2021-08", "200.5")
    make_output(row, "2021-07", "100")
    cells = page(sign_in("alice").get(at(row))).select(".main tbody tr > :first-child")
    assert [cell.get_text(strip=True) for cell in cells] == ["2021年8月", "2021年7月"]
    assert "200.50" in words(sign_in("alice").get(at(row)))


def test_what_the_list_computes_stands_on_the_page_of_the_row_too(
    make: Any, make_output: Any, sign_in: Any
) -> None:
    row = make("A1")
    make_output(row, "2021-07", "100")
    make_output(row, "2021-08", "200")
    assert "产值条数 2" in words(sign_in("alice").get(at(row)))


def test_a_part_is_called_by_the_whole_and_by_what_tells_it_from_the_next() -> None:
    columns = {column.name: column for column in resolve(registry.get("funds.milestone")).columns}
    told = [name for name, column in columns.items() if detail_page._tells(column)]
    assert told[0] == "name" and "weight" not in told and "project" not in told


def test_a_year_is_no_amount() -> None:
    column = resolve(registry.get("appraisal.appraisalscheme")).column("first_year")
    assert column is not None and text_of_value(column, 2021) == "2021"


def test_an_order_by_what_the_other_ledger_has_not_fails_the_check() -> None:
    ledger = type("Wrong", (type(registry.get("toys.workshop")),), {})()
    ledger.panels = [Related("toys.output", "workshop", order=("-perod",))]
    (found,) = [one for one in check_ledger(ledger) if one.id == "ledger.E008"]
    assert "panels[0].order[0] is '-perod'" in found.msg and found.hint == "did you mean 'period'?"


OFFERED = {
    ("alice", "draft"): ["提交", "作废"],
    ("alice", "submitted"): ["撤回"],
    ("alice", "verified"): [],
    ("alice", "returned"): ["提交", "作废"],
    ("alice", "voided"): [],
    ("victor", "draft"): [],
    ("victor", "submitted"): ["核实", "退回"],
    ("victor", "verified"): ["退回"],
    ("carol", "draft"): ["提交", "作废"],
    ("carol", "submitted"): ["核实", "撤回", "退回"],
    ("dave", "submitted"): [],
    ("lily", "verified"): [],
    ("wang", "submitted"): [],
    ("bob", "verified"): [],
}


@pytest.mark.parametrize(("who", "state"), OFFERED)
def test_steps_are_offered_to_who_may_take_them(who: str, state: str, make: Any, sign_in: Any) -> None:
    row = make("A1", state=state)
    shown = page(sign_in(who).get(at(row)))
    buttons = [form.select("button")[-1].get_text(strip=True) for form in shown.select(".next form")]
    assert buttons == OFFERED[who, state]


@pytest.mark.parametrize(("who", "state", "offered"), [
    ("alice", "draft", True), ("alice", "submitted", False), ("victor", "draft", False),
    ("carol", "returned", True),
])  # fmt: skip
def test_the_edit_button_is_there_when_it_would_work(
    who: str, state: str, offered: bool, make: Any, sign_in: Any
) -> None:
    row = make("A1", state=state)
    links = {a["href"] for a in page(sign_in(who).get(at(row))).select("main a[href]")}
    assert (f"{at(row)}edit/" in links) is offered


def test_a_returned_row_shows_why_to_its_own_side_only(make: Any, sign_in: Any) -> None:
    row = make("A1", state="returned")
    assert "退回原因：请核对" in words(sign_in("alice").get(at(row)))
    assert sign_in("bob").get(at(row)).status_code == 404


def test_what_looks_implausible_is_told(make: Any, sign_in: Any) -> None:
    assert "人数超过 5000，请核对。" in words(sign_in("alice").get(at(make("A1", workers=5001))))


def test_other_packages_add_panels_beside_the_row(make: Any, sign_in: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(rail, "_builders", {})
    monkeypatch.setattr(
        rail, "render_to_string", lambda name, context, request: Template(name).render(Context(context))
    )
    register_panel("late", order=2)(
        lambda request, ledger, row: RailPanel("<b>{{ text }}</b>", {"text": "第二"})
    )
    register_panel("early", order=1)(lambda request, ledger, row: RailPanel("<b>第一</b>"))
    register_panel("none", order=0)(lambda request, ledger, row: None)
    row = make("A1")
    assert [b.get_text() for b in page(sign_in("alice").get(at(row))).select(".side b")] == ["第一", "第二"]
    with pytest.raises(ValueError, match="early"):
        register_panel("early")(lambda request, ledger, row: None)


def test_the_page_of_a_row_costs_few_queries(make: Any, make_output: Any, sign_in: Any, queries: Any) -> None:
    row = make("A1")
    for month in range(1, 9):
        make_output(row, f"2021-{month:02}", "100")
    client = sign_in("alice")
    client.get(at(row))
    with queries() as captured:
        client.get(at(row))
    assert len(captured) <= 26, "\n\n".join(q["sql"] for q in captured)


def test_what_stands_in_an_unshared_row_of_the_other_side_is_not_told_by_rows_that_point_at_it(
    cast: Any, make: Any, make_output: Any, sign_in: Any
) -> None:
    workshop = make("B1", by="bob", name="未报车间")
    output = make_output(workshop, "2021-08", "100", by="bob")
    advance(cast, registry.get("toys.output"), output, "submitted", "bob")
    client = sign_in("alice")
    for address in (f"/toys/output/{output.pk}/", "/toys/output/", f"/toys/output/{output.pk}/history/"):
        assert "未报车间" not in words(client.get(address))
    assert "（未共享）" in words(client.get("/toys/output/"))
