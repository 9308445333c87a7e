"""Every ledger takes fields of a unit: on its pages, in files and back, and for nobody else."""

import io
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook

from conformance.test_files_of_every_ledger import Desk, counts
from samples.pages import api, at, author_of, ledgers_in_turn, stranger_of
from shanhai.kernel import actions, context
from shanhai.kernel.custom.managing import save_field
from shanhai.kernel.models import CustomField

KINDS: dict[str, tuple[dict[str, Any], Any, str]] = {
    # What is said of the field, a value, and how it is shown.
    "text": ({}, "自填的话", "自填的话"),
    "integer": ({"measure_unit": "台"}, 1200, "1,200"),
    "decimal": ({"decimals": 3}, Decimal("2.500"), "2.500"),
    "choice": ({"options": ["甲等", "乙等"]}, "乙等", "乙等"),
}


def _added(cast: Any, ledger: Any) -> dict[str, CustomField]:
    author = cast.actor(author_of(ledger))
    manager = cast.actor("wang" if author_of(ledger) == "bob" else "carol")
    unit = cast.mt_labour if author_of(ledger) == "bob" else cast.dm_labour
    assert author.grants[0].unit_id == unit.pk
    with context.acting(manager):
        return {
            kind: save_field(
                ledger, CustomField(unit=unit), {"title": f"自填{kind}", "kind": kind, **said}, actor=manager
            )
            for kind, (said, _value, _shown) in KINDS.items()
        }


@ledgers_in_turn(0)
def test_fields_of_a_unit_go_with_its_rows_everywhere_and_with_nobody_elses(
    ledger: Any, cast: Any, client_of: Any, row_of: Any
) -> None:
    row, fields = row_of(ledger), _added(cast, ledger)
    browser = client_of(author_of(ledger))
    values = {f"custom_{field.key}": KINDS[kind][1] for kind, field in fields.items()}
    with context.acting(cast.actor(author_of(ledger))) as current:
        actions.save_row(ledger, row, values, actor=current.actor, row_version=row.row_version)

    for page in (at(ledger, "list"), at(ledger, "detail", row), at(ledger, "history", row)):
        told = browser.get(page).content.decode()
        assert all(KINDS[kind][2] in told for kind in fields), page
    form = browser.get(at(ledger, "edit", row)).content.decode()
    assert all(f'name="custom_{field.key}"' in form for field in fields.values())
    narrowed = browser.get(f"{api(ledger)}?custom_{fields['integer'].key}_min=1200").json()
    assert [item["id"] for item in narrowed["items"]] == [str(row.pk)]
    stranger = client_of(stranger_of(ledger))
    for page in ("list", "customs"):
        assert "自填" not in stranger.get(at(ledger, page)).content.decode()


@ledgers_in_turn(1)
def test_an_export_with_fields_of_a_unit_returns_without_a_change_and_with_one(
    ledger: Any, cast: Any, client_of: Any, row_of: Any
) -> None:
    row, fields = row_of(ledger), _added(cast, ledger)
    values = {f"custom_{field.key}": KINDS[kind][1] for kind, field in fields.items()}
    with context.acting(cast.actor(author_of(ledger))) as current:
        row = actions.save_row(ledger, row, values, actor=current.actor, row_version=row.row_version)
    desk = Desk(client_of(author_of(ledger)), ledger)
    workbook = desk.exported("")
    assert counts(desk.planned(workbook)) == {"same": 1}

    book = load_workbook(io.BytesIO(workbook))
    sheet = book.worksheets[0]
    (heading,) = [cell for cell in sheet[1] if cell.value == "自填choice"]
    sheet.cell(2, heading.column).value = "甲等"
    out = io.BytesIO()
    book.save(out)
    found = desk.planned(out.getvalue())
    assert counts(found) == {"changed": 1}, found.plan
    desk.confirmed(found)
    with context.unscoped("look"):
        now = ledger.model._base_manager.get(pk=row.pk).extra
    assert now[fields["choice"].key] == "甲等" and now[fields["decimal"].key] == "2.500"
    assert desk.browser.post(at(ledger, "import_undo", found)).status_code == 302
    with context.unscoped("look"):
        assert ledger.model._base_manager.get(pk=row.pk).extra == row.extra
