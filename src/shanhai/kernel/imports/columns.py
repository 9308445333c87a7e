"""The columns of a ledger's template, and reading an upload by them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from shanhai.kernel import context
from shanhai.kernel.custom.values import is_custom
from shanhai.kernel.exports.cells import ROW_KEY, export_columns, row_key_column
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.sheets.columns import Kind, SheetColumn, columns_stamp
from shanhai.kernel.sheets.forms import SheetForm
from shanhai.kernel.sheets.reading import SheetTable, read_tables
from shanhai.kernel.sheets.template import TemplateSheet, build_workbook
from shanhai.kernel.surfaces.customs import customs_known, customs_to_fill
from shanhai.kernel.surfaces.fields import ResolvedColumn, resolve, with_customs
from shanhai.kernel.surfaces.typed import sheet_column


def import_fields(ledger: Ledger[Any]) -> dict[str, ResolvedColumn]:
    """Columns a file may fill, by name."""
    return {column.name: column for column in resolve(ledger).fields if column.is_editable}


def import_customs(ledger: Ledger[Any]) -> dict[str, ResolvedColumn]:
    """Custom fields a file may fill, by name: of the units for which whoever is at work imports."""
    current = context.current()
    found = customs_to_fill(ledger, current.actor, Verb.IMPORT) if current else ()
    return {column.name: column for column in found}


def import_columns(ledger: Ledger[Any]) -> tuple[SheetColumn, ...]:
    """The columns of the template, headed in the language in force; those of others are understood."""
    national = _columns(ledger, get_language() or settings.LANGUAGE_CODE)
    customs = import_customs(ledger).values()
    return (*national, *(_column(ledger, column) for column in customs)) if customs else national


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
    if column.is_personal and column.is_reference and not getattr(column.related, "reference_field", ""):
        return replace(changed, help=changed.help or _("填写已登记人员的身份证号。"))
    if column.is_sensitive and column.kind is Kind.IDENTITY:
        # As a code: a masked number must reach the plan, which knows whether it is the stored one.
        return replace(changed, kind=Kind.CODE)
    return changed


def template_of(ledgers: Sequence[Ledger[Any]]) -> bytes:
    """The workbook to fill, with a sheet for each ledger."""
    return build_workbook([TemplateSheet(one.label, import_columns(one), one.source) for one in ledgers])


def upload_columns(ledger: Ledger[Any], mapping: Mapping[str, str] | None = None) -> tuple[SheetColumn, ...]:
    """What an upload may hold: the template's columns and the key of the row.

    Shape: `mapping` gives further headings, each with the name of the column it means.
    """
    headings: dict[str, list[str]] = {}
    for heading, name in (mapping or {}).items():
        headings.setdefault(name, []).append(heading)
    columns = (*map(_read, import_columns(ledger)), row_key_column())
    return tuple(
        replace(column, aliases=(*column.aliases, *headings[column.name]))
        if column.name in headings
        else column
        for column in columns
    )


def _read(column: SheetColumn) -> SheetColumn:
    """What a unit requires is asked of new rows alone, so no file must have it."""
    return replace(column, required=False) if is_custom(column.name) and column.required else column


def upload_form(ledger: Ledger[Any], mapping: Mapping[str, str] | None = None) -> SheetForm:
    """Of an edited export as well, which need not have every column."""
    return SheetForm(upload_columns(ledger, mapping), _titles(ledger), ROW_KEY)


@cache
def _titles(ledger: Ledger[Any]) -> tuple[str, ...]:
    titles = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            titles.append(ledger.label)
    return tuple(dict.fromkeys(titles))


def read_upload(
    ledger: Ledger[Any], source: bytes | Path, mapping: Mapping[str, str] | None = None
) -> SheetTable:
    """The rows of an upload for one ledger, whatever else the file holds.

    Errors: SheetRefused when the file as a whole cannot be taken.
    """
    return read_file([ledger], source, {ledger.key: mapping or {}})[ledger]


def read_file(
    ledgers: Sequence[Ledger[Any]], source: bytes | Path, mappings: Mapping[str, Mapping[str, str]]
) -> dict[Ledger[Any], SheetTable]:
    """The rows of an upload by ledger, those that it holds; it was sent for the first of them.

    Shape: `mappings` by the key of the ledger, see `upload_columns`.
    Errors: SheetRefused when the file as a whole cannot be taken.
    """
    tables = read_tables(source, [upload_form(one, mappings.get(one.key)) for one in ledgers])
    for number, table in tables.items():
        _tidy_notices(ledgers[number], table)
    return {ledgers[number]: table for number, table in tables.items()}


def _tidy_notices(ledger: Ledger[Any], table: SheetTable) -> None:
    if table.stamp == columns_stamp(import_columns(ledger)):
        table.notices = [notice for notice in table.notices if notice.code != "outdated_template"]
    _fold_shown_columns(ledger, table)


def shown_headings(ledger: Ledger[Any]) -> list[str]:
    """Headings of our exports that only show something."""
    current = context.current()
    resolved = with_customs(ledger, customs_known(ledger, current.actor) if current else ())
    fillable = {*import_fields(ledger), *import_customs(ledger)}
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
