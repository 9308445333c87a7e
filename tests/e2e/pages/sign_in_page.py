"""Signing in."""

import re

from playwright.sync_api import Page, expect


class SignInPage:
    def __init__(self, page: Page) -> None:
        self.page = page

    def sign_in(self, username: str, password: str) -> None:
        self.page.goto("/")
        self.page.get_by_label("账号").fill(username)
        self.page.get_by_label("口令").fill(password)
        self.page.get_by_role("button", name="登录").click()
        expect(self.page).not_to_have_url(re.compile("/accounts/login/"))
