"""Excel in and out of every ledger: planned without a trace, written once, leaving as the list and back."""

import io
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from openpyxl import Workbook, load_workbook

from samples.pages import api, at, author_of, ledgers_in_turn
from samples.rows import values_for
from shanhai.kernel import context
from shanhai.kernel.exports.cells import row_key_column
from shanhai.kernel.imports.columns import import_columns
from shanhai.kernel.imports.models import Import
from shanhai.kernel.sealing import Sealed, revealing


def _cell(value: Any) -> Any:
    """As a clerk writes it: what names another row, choices by code."""
    match value:
        case models.Model():
            # A person is referred to by the number that its sealed field shows only masked.
            with revealing("a file for the tests", lambda reading: None):
                return _reference(value)
        case bool():
            return "是" if value else "否"
        case _:
            return value


def _reference(row: Any) -> str:
    number = getattr(row, "identity_number", None)
    if isinstance(number, Sealed):
        return number.reveal()
    person = getattr(row, "person", None)
    text: str = row.reference_text()
    return text if person is None else text.replace(str(person.identity_number), _reference(person))


@pytest.fixture
def upload_of(cast: Any) -> Any:
    """`upload_of(ledger)`: a workbook with one new row of the ledger's author."""

    def made(ledger: Any) -> bytes:
        with context.acting(cast.actor(author_of(ledger))) as current:
            values = values_for(ledger, current.actor)
            cells = {name: _cell(value) for name, value in values.items() if name != "owner_unit"}
        headings = {column.name: column.label for column in import_columns(ledger)}
        book, out = Workbook(), io.BytesIO()
        book.active.append([headings[name] for name in cells])
        book.active.append(list(cells.values()))
        book.save(out)
        return out.getvalue()

    return made


class Desk:
    """Sends files through the pages of an import, as its browser's owner."""

    def __init__(self, browser: Any, ledger: Any) -> None:
        self.browser, self.ledger = browser, ledger

    def planned(self, content: bytes) -> Import:
        sent = SimpleUploadedFile(f"{uuid4()}.xlsx", content)
        answer = self.browser.post(at(self.ledger, "import"), {"file": sent})
        assert answer.status_code == 302, answer.content.decode()
        assert self.browser.get(answer.url).status_code == 200
        return Import.objects.prefetch_related("parts").get(pk=answer.url.rstrip("/").rpartition("/")[2])

    def confirmed(self, found: Import) -> Import:
        address = at(self.ledger, "import_one", found)
        assert self.browser.post(address, {"digest": found.plan_digest}).status_code == 302
        found.refresh_from_db()
        return found

    def exported(self, suffix: str) -> bytes:
        return b"".join(self.browser.get(at(self.ledger, "export") + suffix).streaming_content)


def counts(found: Import) -> dict[str, int]:
    """What a plan would do, without what it would not."""
    return {name: number for name, number in found.counts.items() if number and name != "total"}


def _entries(rows: Any) -> Iterator[tuple[str, int]]:
    with context.unscoped("look"):
        yield from rows.values_list("pk", "row_version")


@ledgers_in_turn(2)
def test_a_file_is_planned_without_a_trace_written_once_and_then_changes_nothing(
    ledger: Any, client_of: Any, upload_of: Any
) -> None:
    desk, content = Desk(client_of(author_of(ledger)), ledger), upload_of(ledger)
    rows = ledger.model._base_manager
    found = desk.planned(content)
    assert counts(found) == {"new": 1}, [part.plan for part in found.parts.all()]
    assert list(_entries(rows)) == []

    assert desk.confirmed(found).state == Import.State.APPLIED
    written = list(_entries(rows))
    assert [version for _pk, version in written] == [1]

    again = desk.planned(content)
    assert counts(again) == {"same": 1}, again.parts.all()
    desk.confirmed(again)
    assert list(_entries(rows)) == written


@ledgers_in_turn(0)
def test_an_export_has_the_rows_and_columns_of_the_list_and_returns_without_a_change(
    ledger: Any, client_of: Any, row_of: Any
) -> None:
    rows = [row_of(ledger), row_of(ledger, "submit")]
    desk = Desk(client_of(author_of(ledger)), ledger)
    listed = [item["id"] for item in desk.browser.get(api(ledger)).json()["items"]]
    workbook = desk.exported("")
    heading, *lines = load_workbook(io.BytesIO(workbook)).worksheets[0].iter_rows(values_only=True)
    key = heading.index(row_key_column().label)
    assert [line[key] for line in lines if line[key]] == listed
    assert set(listed) == {str(row.pk) for row in rows}
    assert counts(desk.planned(workbook)) == {"same": 2}
