"""A government's own sign-on beside the password: linked, used, left together, cut."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import provider as real
from e2e.conftest import PASSWORD
from e2e.installations import Installation
from e2e.pages.sign_in_page import SignInPage
from shanhai.ops.ports import reserved

WRITTEN = """
[[provider]]
id = "province"
issuer = "http://127.0.0.1:{port}"
client_id = "{client}"
client_secret = "{secret}"
label = "省统一身份认证"
sign_out = true
"""


@pytest.fixture
def connected(installation: Installation, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Our address and the issuer; the installation of the other journeys, served once more with the file."""
    file = tmp_path / "single-sign-on.toml"
    with reserved(real.FIRST_PORT) as port:
        file.write_text(WRITTEN.format(port=port, client=real.CLIENT, secret=real.SECRET), encoding="utf-8")
        environment = {**installation.environment, "SHANHAI_SINGLE_SIGN_ON_FILE": str(file)}
        here = replace(installation, environment=environment, folder=tmp_path)
        with here.served(with_worker=False) as address, real.served(port, [address]) as issuer:
            yield address, issuer


def _show(page: Page, who: str) -> None:
    """On the provider's page."""
    page.get_by_label("身份").fill(who)
    page.get_by_role("button", name="进入").click()


def _sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="退出登录").click()
    expect(page).not_to_have_url(re.compile("/accounts/logout/"))


def test_a_person_links_it_comes_in_by_it_leaves_both_and_cuts_it(connected: Any, visit: Any) -> None:
    address, issuer = connected
    page = visit(address, friends=(issuer,))
    SignInPage(page).sign_in("mt-leader", PASSWORD)
    page.goto("/accounts/devices/")
    page.get_by_role("link", name="关联").click()
    page.get_by_label("口令").fill(PASSWORD)
    page.get_by_role("button", name="继续").click()
    page.get_by_role("button", name="去关联").click()
    _show(page, "e-1037")
    expect(page.get_by_role("heading", name="我的登录")).to_be_visible()
    expect(page.get_by_text("e-1037@gov").first).to_be_visible()

    _sign_out(page)  # here alone: this session began with the password
    page.get_by_role("button", name="用省统一身份认证登录").click()
    expect(
        page.get_by_role("heading", name="工作台")
    ).to_be_visible()  # still known there, so nothing is asked

    _sign_out(page)
    page.get_by_role("button", name="都退出").click()
    page.goto("/accounts/devices/")
    page.get_by_role("button", name="用省统一身份认证登录").click()
    _show(page, "e-1037")
    expect(page.get_by_role("heading", name="我的登录")).to_be_visible()
    page.get_by_role("button", name="解除关联").click()
    expect(page.get_by_role("link", name="关联")).to_be_visible()
