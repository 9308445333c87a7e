"""A number is opened: rows counted, rows left out and why, papers proved by hash, the other side's figure."""

import hashlib
import json
import re
import zipfile
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from e2e.pages.indicator_page import IndicatorPage
from e2e.pages.list_page import ListPage
from e2e.pages.row_page import RowPage
from shanhai.engines.packs import MANIFEST


def test_a_number_opens_to_rows_reasons_papers_and_the_other_side(sign_in_as: Any, tmp_path: Path) -> None:
    figures = IndicatorPage(sign_in_as("mt-coordinator"))
    number = figures.open_value("LAB-1")
    counts = figures.reasons()
    assert counts["计入"] == number
    assert counts["全部候选"] == sum(counts.values()) - counts["全部候选"]
    figures.show("尚未核实")
    assert ListPage(figures.page).rows.count() == counts["尚未核实"]
    expect(ListPage(figures.page).rows.first).to_contain_text("尚未核实")

    figures.show("计入")
    person = ListPage(figures.page).rows.first.get_by_role("rowheader").get_by_role("link").inner_text()
    ListPage(figures.page).open_row(person)
    RowPage(figures.page).expect_message("帮助农村劳动力就业")
    figures.page.go_back()

    figures.open_tab("两地对账")
    differing = figures.reasons()["双方都有，内容不同"]
    assert differing > 0
    figures.show("双方都有，内容不同")
    assert ListPage(figures.page).rows.count() == differing
    row = ListPage(figures.page).rows.first
    assert any(
        row.locator(f"td[data-label='受援方·{field}']").inner_text()
        != row.locator(f"td[data-label='帮扶方·{field}']").inner_text()
        for field in ("就业地", "到岗日期", "离岗日期")
    )
    expect(row.get_by_role("rowheader")).to_have_text(re.compile(r"^\d{6}\*+\w{4}$"))


def test_the_papers_behind_a_number_come_with_hashes_that_prove_them(sign_in_as: Any, tmp_path: Path) -> None:
    figures = IndicatorPage(sign_in_as("mt-coordinator"))
    figures.main.get_by_role("link", name="全部指标").click()
    figures.open_value("FUN-1")
    figures.open_tab("佐证")
    expect(ListPage(figures.page).rows.first).to_be_visible()
    _expect_proved(figures.take_pack(tmp_path))


def _expect_proved(path: Path) -> None:
    """Every file of the pack is what the manifest says it is, and none is there without a line."""
    with zipfile.ZipFile(path) as pack:
        told = json.loads(pack.read(MANIFEST))
        files = {one["path"]: one for one in told["files"]}
        assert set(files) == set(pack.namelist()) - {MANIFEST}
        for name, one in files.items():
            content = pack.read(name)
            assert hashlib.sha256(content).hexdigest() == one["sha256"]
            assert len(content) == one["size"]
        packed = [line for line in told["lines"] if line["path"]]
        assert packed
        assert all(line["sha256"] == files[line["path"]]["sha256"] for line in packed)
