"""A number on a board opens the list of what it counts: with a filter that the list understands."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.urls import Resolver404, resolve

from shanhai.kernel import context
from shanhai.registers.accounts.models import User

#: Pages whose numbers lead to lists.
BOARDS = (
    "/",
    "/obligations/",
    "/obligations/?view=items",
    "/governance/effect/",
    "/funds/assets/inspections/",
    "/appraisal/scoreboard/",
    "/appraisal/leader/",
    "/appraisal/map/",
)


def _lists(html: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Links to narrowed lists of ledgers: what is narrowed and where it leads."""
    for link in BeautifulSoup(html, "html.parser").select("a[href*='?']"):
        split = urlsplit(str(link["href"]))
        try:
            match = resolve(split.path)
        except Resolver404:
            continue
        if (ledger := match.kwargs.get("ledger")) and match.url_name == f"{ledger.slug}_list":
            yield tuple(sorted({name for name, _value in parse_qsl(split.query)})), str(link["href"])


@pytest.mark.parametrize("username", ["mt-coordinator", "dm-coordinator"])
def test_every_narrowed_list_understands_what_it_is_asked(
    demonstration_year: None, client: Any, username: str
) -> None:
    with context.unscoped("sign in for a test"):
        client.force_login(User.objects.get(username=username))
    opened: dict[tuple[str, ...], str] = {}
    for board in BOARDS:
        page = client.get(board)
        assert page.status_code == 200, board
        for asked in _lists(page.content.decode()):
            opened.setdefault(*asked)
    assert ("owner_unit_only", "period") in opened, "obligations open their rows"
    for url in opened.values():
        answer = client.get(url)
        assert answer.status_code == 200, url
        assert not answer.context["problems"], url
