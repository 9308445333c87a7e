"""What follows from every declaration: a template that reads as its own, an export, an API list."""

import csv
import io
from typing import Any

import pytest

from shanhai.kernel.imports.columns import import_columns, read_upload, template_of
from shanhai.kernel.registry import registry

LEDGERS = pytest.mark.parametrize("ledger", list(registry), ids=lambda ledger: ledger.key)


@LEDGERS
def test_the_template_reads_as_its_own_and_holds_no_row(ledger: Any, db: Any) -> None:
    table = read_upload(ledger, template_of([ledger]))
    assert [notice.code for notice in table.notices if notice.code != "example_skipped"] == ["no_rows"]
    assert set(table.layouts[0].places) == {column.name for column in import_columns(ledger)}


@LEDGERS
def test_every_list_leaves_as_a_file_with_all_its_columns(ledger: Any, sign_in: Any) -> None:
    client = sign_in("carol")
    base = f"/{ledger.app_label}/{ledger.slug}/"
    answer = client.get(f"{base}export/?format=csv")
    heading, note = csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
    assert heading[-1] == "系统编号"
    assert len(set(heading)) == len(heading)
    assert note[0].endswith("共 0 行。")
    assert client.get(f"/api/v1{base}").json()["items"] == []
