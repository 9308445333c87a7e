"""An address that asks too often waits, whichever worker it meets; others do not."""

from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client

from registers.accounts.test_sign_in import sign_in
from registers.reading import words


@pytest.fixture(autouse=True)
def few(settings: Any) -> None:
    settings.SHANHAI_TRIES_PER_MINUTE = 3


def test_too_many_sign_ins_from_one_address_wait_a_minute(cast: Any) -> None:
    for _time in range(3):
        assert sign_in(Client(), "nobody").status_code == 200
    refused = sign_in(Client(), "carol")
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert "请过一分钟再试" in words(refused)
    assert sign_in(Client(REMOTE_ADDR="10.0.0.9"), "carol").status_code == 302


def test_the_link_of_the_set_up_cannot_be_guessed_quickly(cast: Any) -> None:
    answers = [Client().get(f"/setup/guess{number}/").status_code for number in range(5)]
    assert answers == [404, 404, 404, 429, 429]


def test_pages_of_those_who_are_in_are_not_counted(cast: Any, client_of: Any) -> None:
    carol = client_of("carol")
    assert {carol.get("/places/").status_code for _time in range(6)} == {200}


def test_what_is_counted_lies_in_the_database_that_all_workers_share(cast: Any) -> None:
    sign_in(Client(), "nobody")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM shanhai_cache WHERE cache_key LIKE '%%stranger%%'")
        assert cursor.fetchone() == (1,)
    assert type(caches["default"]).__name__ == "DatabaseCache"
