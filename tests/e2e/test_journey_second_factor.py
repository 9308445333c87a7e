"""A passkey beside the password: made in the browser, asked for at the next sign-in."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from e2e.conftest import PASSWORD
from e2e.pages.sign_in_page import SignInPage

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def _give_key(page: Page) -> None:
    """The browser's own authenticator, as by a fingerprint reader."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


def _prove(page: Page) -> None:
    """The password once more: a session left open on a desk is not enough to change factors."""
    page.get_by_label("口令").fill(PASSWORD)
    page.get_by_role("button", name="继续").click()


def test_a_passkey_is_made_asked_for_and_taken_away(visit: Any, address: str) -> None:
    page = visit(address.replace("127.0.0.1", "localhost"))  # a passkey belongs to a name, not to a number
    _give_key(page)
    signing = SignInPage(page)
    signing.sign_in("dm-leader", PASSWORD)
    page.goto("/accounts/2fa/")
    page.get_by_role("link", name="加通行密钥").click()
    _prove(page)
    page.get_by_label("给它起个名字").fill("办公室的电脑")
    page.wait_for_load_state()  # the button begins what a script has bound to it
    page.get_by_role("button", name="开始").click()
    expect(page.get_by_role("heading", name="备用码")).to_be_visible()
    expect(page.locator("ul.codes code")).to_have_count(10)

    page.context.clear_cookies(name=re.compile("session"))
    signing.sign_in("dm-leader", PASSWORD)
    expect(page.get_by_role("heading", name="二次验证")).to_be_visible()
    page.wait_for_load_state()
    page.get_by_role("button", name="用通行密钥").click()
    expect(page.get_by_role("heading", name="工作台")).to_be_visible()

    page.goto("/accounts/2fa/")
    expect(page.get_by_text("办公室的电脑")).to_be_visible()
    page.get_by_role("link", name="去掉").click()
    _prove(page)
    page.get_by_role("button", name="去掉").click()
    expect(page.get_by_text("办公室的电脑")).to_be_hidden()
