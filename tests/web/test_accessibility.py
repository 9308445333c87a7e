"""No page and no component of the gallery keeps out who cannot see it or cannot use a mouse."""

import pytest
from playwright.sync_api import Page

from accessibility import barriers
from web.test_behaviour import WHOLE_PAGES

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("name", WHOLE_PAGES, ids=lambda name: name or "gallery")
def test_a_page_keeps_nobody_out(name: str, gallery: str, page: Page) -> None:
    page.goto(f"{gallery}{name}/" if name else gallery)
    assert barriers(page) == []
