"""The columns of a ledger's template, and reading an upload by them."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from shanhai.kernel.exports.cells import ROW_KEY, export_columns, row_key_column
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.sheets.columns import Kind, SheetColumn, columns_stamp
from shanhai.kernel.sheets.problems import SheetRefused
from shanhai.kernel.sheets.reading import SheetTable, read_table
from shanhai.kernel.sheets.template import build_template
from shanhai.kernel.surfaces.fields import ResolvedColumn, resolve
from shanhai.kernel.surfaces.typed import sheet_column


def import_fields(ledger: Ledger[Any]) -> dict[str, ResolvedColumn]:
    """Columns a file may fill, by name."""
    return {column.name: column for column in resolve(ledger).fields if column.is_editable}


def import_columns(ledger: Ledger[Any]) -> tuple[SheetColumn, ...]:
    """The columns of the template, headed in the language in force; those of others are understood."""
    return _columns(ledger, get_language() or settings.LANGUAGE_CODE)


@cache
def _columns(ledger: Ledger[Any], language: str) -> tuple[SheetColumn, ...]:
    return tuple(_column(ledger, column) for column in import_fields(ledger).values())


def _column(ledger: Ledger[Any], column: ResolvedColumn) -> SheetColumn:
    declared = sheet_column(column)
    labels = set()
    for code, _name in settings.LANGUAGES:
        with override(code):
            labels.add(str(column.label))
    changed = replace(
        declared,
        aliases=(*labels - {declared.label}, *ledger.former_labels.get(column.name, ())),
        example=str(ledger.example.get(column.name, "")),
        sensitive=column.is_sensitive or column.is_personal,
    )
    if column.name == "owner_unit":
        # Left out, a row belongs to the unit of whoever imports it.
        return replace(changed, required=False, help=changed.help or _("不填即为导入人所在单位。"))
    if column.is_personal and column.is_reference:
        return replace(changed, help=changed.help or _("填写已登记人员的身份证号。"))
    if column.is_sensitive and column.kind is Kind.IDENTITY:
        # As a code: a masked number must reach the plan, which knows whether it is the stored one.
        return replace(changed, kind=Kind.CODE)
    return changed


def template_of(ledger: Ledger[Any]) -> bytes:
    """The workbook to fill."""
    return build_template(ledger.label, import_columns(ledger), source=ledger.source)


def upload_columns(ledger: Ledger[Any], mapping: Mapping[str, str] | None = None) -> tuple[SheetColumn, ...]:
    """What an upload may hold: the template's columns and the key of the row.

    Shape: `mapping` gives further headings, each with the name of the column it means.
    """
    headings: dict[str, list[str]] = {}
    for heading, name in (mapping or {}).items():
        headings.setdefault(name, []).append(heading)
    columns = (*import_columns(ledger), row_key_column())
    return tuple(
        replace(column, aliases=(*column.aliases, *headings[column.name]))
        if column.name in headings
        else column
        for column in columns
    )


def read_upload(
    ledger: Ledger[Any], source: bytes | Path, mapping: Mapping[str, str] | None = None
) -> SheetTable:
    """The rows of an upload; of an edited export as well, which need not have every column.

    Errors: SheetRefused when the file as a whole cannot be taken.
    """
    columns = upload_columns(ledger, mapping)
    try:
        table = read_table(source, columns)
    except SheetRefused as refused:
        if refused.code != "missing_columns":
            raise
        table = read_table(source, [replace(column, required=False) for column in columns])
        if not all(ROW_KEY in layout.places for layout in table.layouts):
            raise
    if table.stamp == columns_stamp(columns[:-1]):
        table.notices = [notice for notice in table.notices if notice.code != "outdated_template"]
    _fold_shown_columns(ledger, table)
    return table


def shown_headings(ledger: Ledger[Any]) -> list[str]:
    """Headings of our exports that only show something."""
    resolved, fillable = resolve(ledger), set(import_fields(ledger))
    exported = export_columns(resolved, resolved.columns)
    return [column.header for column in exported if column.name not in fillable and column.name != ROW_KEY]


def _fold_shown_columns(ledger: Ledger[Any], table: SheetTable) -> None:
    """Columns of our exports that only show something are told in one sentence, not in one each."""
    shown = shown_headings(ledger)
    folded = [heading for heading in shown if any(_tells(notice, heading) for notice in table.notices)]
    if folded:
        table.notices = [n for n in table.notices if not any(_tells(n, heading) for heading in folded)]


def _tells(notice: Any, heading: str) -> bool:
    return notice.code == "unknown_column" and f"“{heading}”" in notice.message
