"""Custom fields in templates and imports: read as national cells are, judged line by line."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from kernel.imports.conftest import Desk
from shanhai.kernel import context
from shanhai.kernel.imports.columns import import_columns, template_of
from toys.models import Workshop


@pytest.fixture
def desk(cast: Any) -> Desk:
    return Desk(cast)


def stored() -> dict[str, dict[str, Any]]:
    with context.unscoped("look"):
        return dict(Workshop.objects.values_list("code", "extra"))


def test_the_template_has_the_fields_of_the_importers_unit(cast: Any, ledger: Any, add: Any) -> None:
    add("面积", "decimal", decimals=2, measure_unit="亩", is_required=True, help="按验收单")
    add("评级", "choice", options=["甲", "乙"])
    add("财政备注", unit="dm_finance")
    with context.acting(cast.actor("alice")):
        book = load_workbook(io.BytesIO(template_of([ledger])))
    headings = [cell.value for cell in next(book.worksheets[0].iter_rows())]
    assert headings[-2:] == ["*面积（亩）", "评级"]
    with context.acting(cast.actor("bob")):
        assert not any(column.name.startswith("custom_") for column in import_columns(ledger))


def test_cells_are_read_by_their_kind_and_written_with_the_row(desk: Desk, add: Any) -> None:
    fields = [
        (add("台数", "integer", measure_unit="台"), "1,200", 1200),
        (add("面积", "decimal", decimals=1), 3.5, "3.5"),
        (add("产值", "money"), "1.2万", "12000.00"),
        (add("验收日", "date"), date(2021, 3, 5), "2021-03-05"),
        (add("挂牌", "boolean"), "有", True),
        (add("评级", "choice", options=["甲", "乙"]), "乙", "乙"),
        (add("说明"), " 两 层 ", "两 层"),
    ]
    lines = [{"编号": "W1", "名称": "一号", **{field.title: cell for field, cell, _value in fields}}]
    assert desk.apply(lines).created == 1
    assert stored() == {"W1": {field.key: value for field, _cell, value in fields}}
    assert desk.plan(lines).expected == 0


@pytest.mark.parametrize(
    ("kind", "cell", "code"),
    [("integer", "三台", "not_a_number"), ("choice", "丙", "not_a_choice"), ("date", "春天", "not_a_date")],
)
def test_a_wrong_cell_is_told_where_it_is(kind: str, cell: str, code: str, desk: Desk, add: Any) -> None:
    add("自填", kind, options=["甲", "乙"])
    (problem,) = desk.plan([{"编号": "W1", "名称": "一号", "自填": cell}]).problems
    assert (problem.code, problem.label) == (code, "自填")


def test_a_file_changes_and_empties_and_leaves_alone(desk: Desk, add: Any, make: Any) -> None:
    area, note = add("面积", "decimal", decimals=2), add("说明")
    make("W1", {area: Decimal("1.00"), note: "一"})
    make("W2", {area: Decimal("2.00"), note: "二"})
    one, two = {"编号": "W1", "名称": "W1车间"}, {"编号": "W2", "名称": "W2车间"}
    plan = desk.plan([{**one, "面积": "1"}, {**two, "面积": "2.5"}])
    (line,) = plan.updates
    assert [(one.column.label, one.before, one.after) for one in line.changes] == [
        ("面积", Decimal("2.00"), Decimal("2.50"))
    ]
    desk.apply([{**one, "说明": None, "面积": "1"}, {**two, "面积": "2.5"}])
    assert stored() == {"W1": {area.key: "1.00"}, "W2": {area.key: "2.50"}}


def test_what_the_unit_requires_is_asked_of_new_rows_alone(desk: Desk, add: Any, make: Any) -> None:
    make("W1")
    field = add("面积", "integer", is_required=True)
    new = {"编号": "W2", "名称": "二号"}
    assert "必须填写「面积」" in desk.told([{"编号": "W1", "名称": "改名"}, new])[0]
    assert desk.plan([{"编号": "W1", "名称": "改名", "面积": None}]).expected == 1
    desk.apply([{"编号": "W1", "面积": 3, "名称": "改名"}])
    assert "必须填写「面积」" in desk.told([{"编号": "W1", "面积": None, "名称": "改名"}])[0]
    assert stored() == {"W1": {field.key: 3}}


def test_a_field_is_for_rows_of_its_unit(desk: Desk, add: Any) -> None:
    add("统筹备注", unit="dm_coordinator")
    line = {"编号": "W1", "名称": "一号", "填报单位": "区财政局", "统筹备注": "一"}
    (told,) = desk.told([line], by="carol")
    assert "区乡村振兴局的自定义字段" in told
    assert desk.plan([{**line, "统筹备注": None}], by="carol").expected == 1
