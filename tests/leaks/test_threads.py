"""People at once: one connection a thread, as in the server."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client

from committing import committing
from leaks.reading import shown
from samples.pages import api, at
from samples.rows import plant_row
from shanhai.kernel.registry import registry

LEDGER = "toys.workshop"


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """In place of the transaction that undoes other tests: threads see what is committed."""
    with committing(django_db_blocker, "toys_workshop"):
        yield


@pytest.mark.usefixtures("behind_the_wall")
def test_nobody_sees_anothers_rows_and_no_connection_is_left_open(cast: Any) -> None:
    """What one request told a connection, the next one on it does not inherit."""
    ledger = registry.get(LEDGER)
    rows = {name: plant_row(ledger, cast.actor(name), state="draft").row for name in ("alice", "anna", "bob")}
    browsers = {name: Client() for name in rows}
    for name, browser in browsers.items():
        cast.sign_in(name, browser)

    def visits(name: str) -> list[str]:
        wrong = []
        for other, row in rows.items():
            expected = 200 if other == name else 404
            if browsers[name].get(at(ledger, "detail", row)).status_code != expected:
                wrong.append(f"{name} opens {other}")
            if (str(row.pk) in shown(browsers[name].get(api(ledger)))) != (other == name):
                wrong.append(f"{name} lists {other}")
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM toys_workshop")
            if cursor.fetchone()[0]:
                wrong.append(f"{name} left the wall open")
        return wrong

    def at_once(name: str) -> list[str]:
        try:
            return visits(name)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        found = [wrong for told in pool.map(at_once, [*rows] * 6) for wrong in told]
    assert not found
