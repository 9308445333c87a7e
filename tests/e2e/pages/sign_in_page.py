"""Signing in, and the change of the first password."""

import re

from playwright.sync_api import Page, expect


class SignInPage:
    def __init__(self, page: Page) -> None:
        self.page = page

    def sign_in(self, username: str, password: str) -> None:
        self.page.goto("/")
        self.fill(username, password)

    def fill(self, username: str, password: str) -> None:
        """On the page to which a session that ended leads; what was asked for comes next."""
        expect(self.page).to_have_url(re.compile("/accounts/login/"))
        self.page.get_by_label("账号").fill(username)
        self.page.get_by_label("口令").fill(password)
        self.page.get_by_role("button", name="登录", exact=True).click()
        expect(self.page).not_to_have_url(re.compile("/accounts/login/"))

    def change_password(self, old: str, new: str) -> None:
        expect(self.page.get_by_role("heading", name="修改口令")).to_be_visible()
        self.page.get_by_label(re.compile("^原口令")).fill(old)
        self.page.get_by_label(re.compile("^新口令")).fill(new)
        self.page.get_by_label("再写一遍新口令").fill(new)
        self.page.get_by_role("button", name="保存新口令").click()
        expect(self.page).not_to_have_url(re.compile("/accounts/password/"))
