"""A grouped list leaves as its groups: those of the screen, in that order, with rows, totals and the note."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pyarrow import parquet
from pypdfium2 import PdfDocument

from kernel.surfaces.conftest import ledger, make
from kernel.surfaces.reading import WORKSHOPS
from kernel.surfaces.test_grouping import GROUPED, table, various
from shanhai.kernel.jobs import runner

__all__ = ["ledger", "make", "various"]
SHOWN = "columns=workers&columns=cost"
EXPORT = f"{WORKSHOPS}export/"


def content(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def lines(client: Any, query: str) -> list[list[str]]:
    text = content(client.get(f"{EXPORT}?format=csv&{query}")).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def plain(rows: list[list[str]]) -> list[list[str]]:
    """As on the screen, without the commas between thousands."""
    return [[text, *(number.replace(",", "") for number in numbers)] for text, *numbers in rows]


@pytest.mark.parametrize("by", GROUPED)
def test_the_file_has_the_groups_of_the_screen(by: str, various: Any, sign_in: Any) -> None:
    client, query = sign_in("alice"), f"group={by}&{SHOWN}"
    heading, *groups, note = lines(client, query)
    assert heading[1:] == ["行数", "吸纳人数（人）", "年度经费（元）"]
    assert groups == plain(table(client.get(f"{WORKSHOPS}?{query}")))
    assert note[0].startswith("# 玩具车间，按")


def test_order_and_filters_are_those_of_the_screen(various: Any, sign_in: Any) -> None:
    client, query = sign_in("alice"), f"group=kind&sort=-cost&workers_min=20&{SHOWN}"
    _heading, *groups, note = lines(client, query)
    assert groups == plain(table(client.get(f"{WORKSHOPS}?{query}")))
    assert [line[0] for line in groups] == ["厂房式", "居家式", "种养式", "合计（数额不含作废）"]
    assert "筛选：吸纳人数：" in note[0]
    assert note[0].endswith("共 3 组，4 行；合计 吸纳人数 100人，年度经费 2.00元（不含作废）。")


def test_a_workbook_has_a_sheet_of_groups_and_the_note(various: Any, sign_in: Any) -> None:
    answer = sign_in("alice").get(f"{EXPORT}?group=kind&{SHOWN}")
    assert "%E5%88%86%E7%BB%84" in answer["Content-Disposition"]
    book = load_workbook(io.BytesIO(content(answer)))
    assert book.sheetnames == ["分组", "导出说明"]
    rows = list(book["分组"].iter_rows(values_only=True))
    assert rows[:3] == [
        ("类型", "行数", "吸纳人数（人）", "年度经费（元）"),
        ("厂房式", 2, 30, 2),
        ("居家式", 2, 30, 1000.5),
    ]
    assert rows[4] == ("合计（数额不含作废）", 5, 110, 1002.5)
    assert "共 3 组，5 行" in str(book["导出说明"]["A1"].value)


def test_programs_get_the_groups_without_the_line_that_would_count_twice(
    various: Any, sign_in: Any, tmp_path: Path
) -> None:
    path = tmp_path / "groups.parquet"
    path.write_bytes(content(sign_in("alice").get(f"{EXPORT}?format=parquet&group=kind&{SHOWN}")))
    found = parquet.read_table(path)
    assert found.column("行数").to_pylist() == [2, 2, 1]
    assert found.column("年度经费（元）").to_pylist() == [
        Decimal("2.00"),
        Decimal("1000.50"),
        Decimal("0.00"),
    ]
    assert "共 3 组，5 行".encode() in parquet.ParquetFile(path).metadata.metadata[b"shanhai.note"]


def test_groups_are_printed_with_their_total(various: Any, sign_in: Any) -> None:
    made = PdfDocument(content(sign_in("alice").get(f"{EXPORT}?format=pdf&group=kind&{SHOWN}")))
    text = "".join(page.get_textpage().get_text_range() for page in made)
    assert "厂房式" in text and "1,002.50" in text and "按类型" in text


def test_the_api_exports_groups_as_a_job(various: Any, client_of: Any) -> None:
    alice, url = client_of("alice"), f"/api/v1/toys/workshop/exports/?group=kind&{SHOWN}"
    job = alice.post(url, json.dumps({"format": "csv"}), content_type="application/json").json()
    assert job["total"] == 3
    runner.run(job["id"])
    done = alice.get(f"/api/v1/jobs/{job['id']}/").json()
    assert (done["state"], done["done"]) == ("done", 3)
    text = content(alice.get(done["file"])).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text)))[1:-1] == lines(alice, f"group=kind&{SHOWN}")[1:-1]
    refused = alice.post(
        "/api/v1/toys/workshop/exports/?group=name", json.dumps({}), content_type="application/json"
    ).json()
    assert refused["code"] == "bad_filter"


def test_what_is_not_shared_is_one_group_without_a_name(various: Any, sign_in: Any) -> None:
    client, query = sign_in("bob"), f"group=place&{SHOWN}"
    assert lines(client, query)[1:-1] == plain(table(client.get(f"{WORKSHOPS}?{query}")))
    assert "白蕉" not in str(lines(client, query))


def test_sensitive_values_are_no_part_of_groups(various: Any, sign_in: Any) -> None:
    page = sign_in("carol").get(f"{WORKSHOPS}export/plain/?group=kind&columns=keeper_phone")
    assert page.status_code == 403
