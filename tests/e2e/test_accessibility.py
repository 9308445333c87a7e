"""Every kind of page that links lead to, with real data: none keeps out who cannot see it or use a mouse."""

import re
from collections import deque
from collections.abc import Iterable
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID
from zlib import crc32

import pytest
from bs4 import BeautifulSoup, SoupStrainer
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from accessibility import barriers
from turns import SHOWN, TURN

#: Who walks, and from where: first to a row that may still be changed, which is not the first of its list.
STARTS = {
    "mt-coordinator": ("/",),
    "mt-reporter": ("/labour/employmentspell/?state=draft&state=returned", "/"),
    "mt-admin": ("/",),
}
#: What tells the pages of one row from those of another.
_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: No pages: files, addresses that lead elsewhere, parts of pages.
_NO_PAGE = (
    "export",
    "template",
    "file",
    "word",
    "pdf",
    "starter",
    "pack",
    "marked",
    "thumbnail",
    "filled",
    "_paper",
    "differences",
)
_LEADS_AWAY = {"account_logout", "set_language", "openapi-json", "api-root"}
#: What a walk must have come by, so that it does not grow shorter in silence.
KINDS = {
    "<ledger>_list", "<ledger>_detail", "<ledger>_create", "<ledger>_edit", "<ledger>_history",
    "<ledger>_import", "<ledger>_import_past", "home", "obligations", "obligation", "obligation_rules",
    "locks", "amendments",
    "indicators", "indicator", "indicator_rows", "bulletins", "bulletin", "targets", "schemes", "user_list",
    "user_detail", "unit_list", "jobs",
}  # fmt: skip


def kind_of(url: str) -> str:
    """What a page of whatever ledger and row is called; "" for what is none of ours."""
    return "" if "." in url else _kind(_KEY.sub(str(UUID(int=7)), urlsplit(url).path))


@cache
def _kind(path: str) -> str:
    try:
        match = resolve(path)
    except Resolver404:
        return ""
    name, ledger = match.url_name or "", match.kwargs.get("ledger")
    is_page = not name.endswith(_NO_PAGE) and name not in _LEADS_AWAY and "api" not in match.namespaces
    return name.replace(ledger.slug, "<ledger>", 1) if is_page and ledger else name if is_page else ""


def further(html: str) -> list[str]:
    links = BeautifulSoup(html, "html.parser", parse_only=SoupStrainer("a"))
    return [str(link["href"]) for link in links.select("a[href^='/']:not([download])")]


#: One in two kinds is opened and judged, others on the next day; all are passed, and judged in `make soak`.
@pytest.mark.parametrize("one_in", [2, pytest.param(1, marks=pytest.mark.soak)])
def test_pages_keep_nobody_out(sign_in_as: Any, one_in: int) -> None:
    """Each walks through one page of every kind; a kind that somebody has looked at is only passed."""
    looked_at, found = set[str](), list[str]()
    for who, starts in STARTS.items():
        found += _walked(sign_in_as(who), starts, looked_at, one_in)
    assert not found, "\n".join([SHOWN, *found])
    assert looked_at >= KINDS, KINDS - looked_at


def _walked(page: Page, starts: Iterable[str], looked_at: set[str], one_in: int) -> list[str]:
    """What keeps people out of the pages that were looked at for the first time."""
    found, passed, ahead, left = list[str](), set[str](), deque(starts), set(starts)
    while ahead:
        url = ahead.popleft()
        kind = kind_of(url)
        if not kind or (kind in passed and url not in left):
            continue
        left.discard(url)
        passed.add(kind)
        if kind in looked_at or (crc32(kind.encode()) + TURN) % one_in:
            looked_at.add(kind)
            ahead.extend(further(page.request.get(url).text()))
            continue
        page.goto(url)
        found += [f"{url} {wrong}" for wrong in barriers(page)]
        looked_at.add(kind)
        ahead.extend(further(page.content()))
    return found
