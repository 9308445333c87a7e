"""The list of a ledger: what it shows, narrows, sorts and counts, and at what cost."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup

from kernel.surfaces.reading import WORKSHOPS, codes, page, words


def test_a_reader_sees_the_rows_of_the_own_unit_and_reported_rows_of_others(make: Any, sign_in: Any) -> None:
    make("A1")
    make("B1", by="bob")
    make("B2", by="bob", state="submitted")
    make("B3", by="bob", state="submitted", sharing="private")
    assert codes(sign_in("alice").get(WORKSHOPS)) == ["A1", "B2"]


def test_who_has_no_membership_is_refused_and_who_is_not_signed_in_is_sent_to_sign_in(sign_in: Any, client: Any) -> None:
    assert client.get(WORKSHOPS).status_code == 302
    assert sign_in("eve").get(WORKSHOPS).status_code == 403
    assert sign_in("root").get(WORKSHOPS).status_code == 403


def test_a_list_costs_the_same_number_of_queries_whatever_its_rows(make: Any, sign_in: Any, queries: Any) -> None:
    client = sign_in("alice")
    make("A0", place=None)
    client.get(WORKSHOPS)
    with queries() as few:
        client.get(WORKSHOPS)
    for number in range(1, 12):
        make(f"A{number}")
    with queries() as many:
        client.get(WORKSHOPS)
    assert len(few) == len(many)
    assert len(own(many)) <= 6, "\n\n".join(own(many))


def own(captured: Any) -> list[str]:
    """Queries of the page itself: those of the session, the transaction and the shell left out."""
    frame = ("django_session", "accounts_", "set_config", "SAVEPOINT", '"ledger"')
    return [q["sql"] for q in captured if not any(word in q["sql"] for word in frame)]
