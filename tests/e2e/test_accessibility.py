"""Every kind of page that links lead to, with real data: none keeps out who cannot see it or use a mouse."""

from collections import deque
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from accessibility import barriers

#: Who walks, and from where: rows that may still be changed are not the first of their list.
STARTS = {
    "mt-coordinator": ("/",),
    "mt-reporter": ("/", "/labour/employmentspell/?state=draft&state=returned"),
    "mt-admin": ("/",),
}
#: No pages: files, addresses that lead elsewhere, parts of pages.
_NO_PAGE = ("export", "template", "file", "word", "pdf", "starter", "pack", "marked", "thumbnail", "filled")
_LEADS_AWAY = {"account_logout", "set_language", "openapi-json", "api-root"}
#: What a walk must have come by, so that it does not grow shorter in silence.
KINDS = {
    "<ledger>_list", "<ledger>_detail", "<ledger>_create", "<ledger>_history",
    "<ledger>_import", "<ledger>_import_past", "home", "obligations", "obligation", "obligation_rules",
    "locks", "amendments",
    "indicators", "indicator", "indicator_rows", "bulletins", "bulletin", "targets", "schemes", "user_list",
    "user_detail", "unit_list", "jobs",
}  # fmt: skip


@pytest.fixture(scope="module")
def looked_at() -> set[str]:
    """Kinds of pages looked at, by whomever."""
    return set()


def kind_of(url: str) -> str:
    """What a page of whatever ledger and row is called; "" for what is none of ours."""
    try:
        match = resolve(urlsplit(url).path)
    except Resolver404:
        return ""
    name, ledger = match.url_name or "", match.kwargs.get("ledger")
    is_page = (
        "." not in url
        and not name.endswith(_NO_PAGE)
        and name not in _LEADS_AWAY
        and "api" not in match.namespaces
    )
    return name.replace(ledger.slug, "<ledger>", 1) if is_page and ledger else name if is_page else ""


def further(page: Page) -> list[str]:
    return page.eval_on_selector_all(
        "a[href^='/']:not([download])", "links => links.map(link => link.getAttribute('href'))"
    )


@pytest.mark.parametrize("who", STARTS)
def test_pages_keep_nobody_out(who: str, sign_in_as: Any, looked_at: set[str]) -> None:
    """Each walks through one page of every kind; a kind that somebody has looked at is only passed."""
    page, found, passed = sign_in_as(who), list[str](), set[str]()
    ahead, starts = deque(STARTS[who]), set(STARTS[who])
    while ahead:
        url = ahead.popleft()
        kind = kind_of(url)
        if not kind or (kind in passed and url not in starts):
            continue
        starts.discard(url)
        passed.add(kind)
        page.goto(url)
        if kind not in looked_at:
            found += [f"{url} {wrong}" for wrong in barriers(page)]
        looked_at.add(kind)
        ahead.extend(further(page))
    assert not found, "\n".join(found)
    assert who != list(STARTS)[-1] or looked_at >= KINDS, KINDS - looked_at
