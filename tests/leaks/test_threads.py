"""People at once: one connection a thread, as in the server."""

import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client

from committing import committing
from leaks.reading import shown
from samples.pages import api, at
from samples.rows import make_row
from shanhai.kernel.registry import registry

LEDGER = "toys.workshop"


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """In place of the transaction that undoes other tests: threads see what is committed."""
    with committing(django_db_blocker, "toys_workshop"):
        yield


class Visitor:
    """Somebody who tries the rows of all, by key in the path and in what is sent."""

    def __init__(self, name: str, rows: Mapping[str, Any], browser: Any) -> None:
        self._name, self._rows, self._browser = name, rows, browser
        self._ledger = registry.get(LEDGER)

    def wrong(self) -> list[str]:
        try:
            found = [told for owner, row in self._rows.items() for told in self._told(owner, row)]
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM toys_workshop")
                return found + ([f"{self._name} left the wall open"] if cursor.fetchone()[0] else [])
        finally:
            connections.close_all()

    def _told(self, owner: str, row: Any) -> Iterator[str]:
        is_own = owner == self._name
        doors = {"opens": self._opens, "lists": self._lists, "plans": self._plans, "changes": self._changes}
        for what, door in doors.items():
            if door(row) is not is_own:
                yield f"{self._name} {what} {owner}: not {is_own}"

    def _opens(self, row: Any) -> bool:
        return bool(self._browser.get(at(self._ledger, "detail", row)).status_code == 200)

    def _lists(self, row: Any) -> bool:
        return str(row.pk) in shown(self._browser.get(api(self._ledger)))

    def _plans(self, row: Any) -> bool:
        body = {"ids": [str(row.pk)], "values": {"kind": "home"}, "reason": "试"}
        sent = json.dumps(body)
        url = f"{api(self._ledger)}many/edit/plan/"
        answer = self._browser.post(url, sent, content_type="application/json").json()
        return bool(answer.get("rows"))

    def _changes(self, row: Any) -> bool:
        """With a version that is no more: whose row it is, is told that; nothing is written."""
        url = api(self._ledger, row)
        answer = self._browser.patch(url, '{"row_version": 9}', content_type="application/json")
        return bool(answer.status_code == 409)


@pytest.mark.usefixtures("behind_the_wall")
def test_nobody_reaches_anothers_rows_and_no_connection_is_left_open(cast: Any) -> None:
    """What one request told a connection, the next one on it does not inherit."""
    ledger = registry.get(LEDGER)
    rows = {name: make_row(ledger, cast.actor(name)) for name in ("alice", "anna", "bob")}
    browsers = {name: Client() for name in rows}
    for name, browser in browsers.items():
        cast.sign_in(name, browser)
    visitors = [Visitor(name, rows, browsers[name]) for name in rows]
    with ThreadPoolExecutor(4) as pool:
        found = [wrong for told in pool.map(Visitor.wrong, visitors * 4) for wrong in told]
    assert not found
