"""A token is made on the page, and the example of a client run with it as a reader of docs/api.md runs it."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from e2e.conftest import PASSWORD

CLIENT = Path(__file__).parents[2] / "docs/client.py"


def _made(page: Page) -> str:
    page.goto("/accounts/tokens/")
    page.get_by_role("link", name="新令牌").first.click()
    if page.get_by_role("button", name="继续").is_visible():  # somebody who signed in a while ago
        page.get_by_label("口令").fill(PASSWORD)
        page.get_by_role("button", name="继续").click()
    page.get_by_label(re.compile("^用途")).fill("取数的例子")
    for name in ("务工就业", "协作项目"):
        page.get_by_role("checkbox", name=name, exact=True).check()
    page.get_by_role("checkbox", name=re.compile("^填")).check()
    page.get_by_role("button", name="建立并显示令牌").click()
    return page.locator("main code").first.inner_text()


def _run(address: str, token: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "SHANHAI_TOKEN": token}
    command = [sys.executable, CLIENT, address, "LAB-1"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


def test_the_client_opens_a_figure_to_its_rows_and_understands_a_refusal(
    address: str, sign_in_as: Any
) -> None:
    page = sign_in_as("mt-coordinator")
    token = _made(page)
    done = _run(address, token)
    assert done.returncode == 0, done.stderr
    figure, counted, *rows, sides, refused = done.stdout.splitlines()
    assert figure.startswith("LAB-1 ")
    told, shown = (int(word) for word in counted.split() if word.isdigit()), len(rows)
    assert len(set(told)) == 1
    assert shown == 3
    assert sides.startswith("west ")
    assert "bad_body" in refused

    page.get_by_role("link", name="记下了").click()
    expect(page.get_by_text("取数的例子")).to_be_visible()
    expect(page.get_by_text("首次")).to_be_visible()
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_role("heading", name="没有有效的令牌")).to_be_visible()
    assert "bad_token" in _run(address, token).stderr
