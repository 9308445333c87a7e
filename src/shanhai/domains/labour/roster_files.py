"""A file as somebody else keeps it, made one of a list of ours: its number and the lines' stand beside it."""

import datetime
import io
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.imports import store
from shanhai.kernel.imports.columns import import_fields, upload_form
from shanhai.kernel.imports.models import Import
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.archives import Limits
from shanhai.kernel.sheets.opening import open_book
from shanhai.kernel.sheets.outline import outline_tables
from shanhai.kernel.sheets.problems import SheetRefused

from .models import Roster, RosterEntry
from .rosters import own_roster


def receive(pk: UUID, upload: "UploadedFile[Any] | None", *, actor: Actor) -> Import:
    """Plan the file as lines of the list; cells keep their places, the list stands in a column behind them.

    From here it is an import like any other: mapping, plan, confirmation, undo.
    Errors: RuleViolated with a sentence, NotVisible, NotAllowed.
    """
    roster, ledger = own_roster(pk, actor), registry.get(RosterEntry.ledger_key())
    if upload is None:
        raise RuleViolated(_("请先选择文件。"), code="no_file")
    if (upload.size or 0) > Limits().file:
        sentence = _("文件超过 %(most)s MB。请拆成几个文件分别上传。") % {"most": Limits().file >> 20}
        raise RuleViolated(sentence, code="file_too_large", problems={"file": [sentence]})
    try:
        content = of_roster(upload.read(), roster)
        name = f"{Path(upload.name or '').stem[:100]}.xlsx"
        return store.receive(ledger, SimpleUploadedFile(name, content), actor)
    except SheetRefused as refused:
        raise RuleViolated(refused.message, code=refused.code) from refused


def of_roster(content: bytes, roster: Roster) -> bytes:
    """The workbook of a file with the list's number behind every line.

    Errors: SheetRefused for what is no table; RuleViolated when no list is found in it.
    """
    ledger = registry.get(RosterEntry.ledger_key())
    heads = {
        outline.layout.sheet: outline.layout.header_row
        for outline in outline_tables(content, [upload_form(ledger)]).get(0, ())
    }
    if not heads:
        raise RuleViolated(_("文件里没有找到名单。请上传有表头的 Excel 或 CSV。"), code="no_table")
    labels = [import_fields(ledger)[name].heading for name in ("roster", "line_number")]
    out = io.BytesIO()
    with open_book(content, Limits()) as book, Workbook(out, {"in_memory": True}) as made:
        day = made.add_format({"num_format": "yyyy-mm-dd"})
        for sheet in book.sheets:
            if sheet.name not in heads:
                continue
            page, head = made.add_worksheet(sheet.name or None), heads[sheet.name]
            for number, row in enumerate(sheet.grid.top(len(sheet.grid))):
                for place, cell in enumerate(row):
                    _write(page, number, place, cell, day)
                is_line = number >= head and any(cell not in (None, "") for cell in row)
                if number == head - 1:
                    page.write_row(number, len(row), labels)
                elif is_line:
                    page.write_string(number, len(row), roster.code)
                    page.write_number(number, len(row) + 1, number + 1)
    return out.getvalue()


def _write(page: Any, row: int, place: int, cell: Any, day: Any) -> None:
    match cell:
        case None | "":
            return
        case str():
            page.write_string(row, place, cell)
        case datetime.date():
            page.write_datetime(row, place, cell, day)
        case datetime.time() | datetime.timedelta():
            page.write_string(row, place, str(cell))
        case _:
            page.write(row, place, cell)
