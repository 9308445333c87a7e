"""The second wall alone: `visible_rows` lets everything through here, and still no door gives what is hidden.

Figures are no door of rows: what they count is decided by `indicators.scopes`, beyond the wall (ADR 0020).
"""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import QueryDict

from leaks.reading import shown, told
from leaks.test_other_side import HIDDEN, STRANGERS, betrayed, pages_of_ledger, pages_of_row
from samples.pages import api, at, ledgers_in_turn
from samples.papers import blank_pdf
from samples.rows import make_row
from shanhai.kernel import clock, context
from shanhai.kernel.evidence.attach import upload
from shanhai.kernel.registry import registry
from shanhai.kernel.surfaces.listing import Listing

WORKSHOP = "toys.workshop"


@ledgers_in_turn(1)
def test_no_page_shows_what_the_first_wall_no_longer_hides(
    ledger: Any, plant: Any, client_of: Any, first_wall_down: None
) -> None:
    made = [plant(ledger, state=state, sharing=sharing) for state, sharing in HIDDEN]
    words = {word for one in made for word in one.texts | one.names | one.sealed}
    for browser in map(client_of, STRANGERS):
        for one in made:
            statuses = {url: browser.get(url).status_code for url in pages_of_row(ledger, one.row)}
            assert set(statuses.values()) == {404}, statuses
        searched = [f"{url}?q={word}" for word in sorted(words)[:3] for url in ("/search/", api(ledger))]
        for url in (*pages_of_ledger(ledger), *searched):
            assert not betrayed(url.partition("?q=")[0], _without_the_question(browser.get(url)), words)


class _Answer:
    """An answer without what the question itself put into it."""

    streaming = False

    def __init__(self, response: Any) -> None:
        asked = response.wsgi_request.GET.get("q", "")
        self.content = (shown(response).replace(asked, "") if asked else shown(response)).encode()

    def get(self, _name: str, otherwise: str) -> str:
        return otherwise


def _without_the_question(response: Any) -> Any:
    return _Answer(response)


def test_the_number_of_rows_is_that_of_the_wall(
    cast: Any, plant: Any, client_of: Any, first_wall_down: None
) -> None:
    ledger = registry.get(WORKSHOP)
    for state, sharing in HIDDEN:
        plant(ledger, state=state, sharing=sharing)
    assert client_of("bob").get(api(ledger)).json()["items"] == []
    with context.acting(cast.actor("bob")) as current:
        assert Listing(ledger, QueryDict("count=all"), current.actor).counts.rows == 0


def test_papers_and_history_stay_behind_it(
    cast: Any, plant: Any, client_of: Any, first_wall_down: None
) -> None:
    ledger = registry.get(WORKSHOP)
    row = plant(ledger, state="draft", sharing="private").row
    with context.acting(cast.actor("alice")) as current:
        link = upload(ledger, row, blank_pdf(), "凭证.pdf", "photo", actor=current.actor)
    for browser in map(client_of, STRANGERS):
        for url in (f"/evidence/{link.pk}/", at(ledger, "history", row), f"{api(ledger, row)}history/"):
            assert browser.get(url).status_code == 404, url


def _same_for_nothing(browser: Any, url: str, key: str) -> bool:
    """Whether the answer for `key` is the answer for a key that never was."""
    nothing = str(uuid4())
    there, nowhere = browser.get(url), browser.get(url.replace(key, nothing))
    return told(there, key) == told(nowhere, nothing)


@ledgers_in_turn(2)
def test_404_tells_nothing(ledger: Any, plant: Any, client_of: Any) -> None:
    hidden = plant(ledger, state="draft", sharing="private").row
    for browser in map(client_of, STRANGERS):
        for url in pages_of_row(ledger, hidden):
            assert _same_for_nothing(browser, url, str(hidden.pk)), url


@pytest.mark.parametrize("door", ["page", "api"])
def test_a_role_taken_away_is_gone_at_the_next_request(cast: Any, client_of: Any, door: str) -> None:
    """Of sessions that are running, and between two calls of a program."""
    ledger = registry.get(WORKSHOP)
    row = make_row(ledger, cast.actor("alice"))
    url = api(ledger, row) if door == "api" else at(ledger, "detail", row)
    alice, anna = client_of("alice"), client_of("anna")
    assert (alice.get(url).status_code, anna.get(url).status_code) == (200, 404)
    with context.unscoped("调动"):
        day = clock.today()
        cast.users["alice"].memberships.update(valid_to=day - timedelta(days=1))
        cast.users["anna"].memberships.update(unit=cast.dm_labour)
    assert alice.get(url).status_code in {403, 404}
    assert anna.get(url).status_code == 200
    if door == "api":
        changed = [
            browser.patch(url, '{"row_version": 1, "name": "改"}', content_type="application/json")
            for browser in (alice, anna)
        ]
        assert [answer.status_code for answer in changed] == [404, 200]


def test_a_role_that_reads_only_cannot_write_with_a_form_that_is_still_open(
    cast: Any, plant: Any, client_of: Any
) -> None:
    ledger = registry.get(WORKSHOP)
    row, alice = plant(ledger, state="draft").row, client_of("alice")
    assert alice.get(at(ledger, "edit", row)).status_code == 200
    with context.unscoped("调动"):
        cast.users["alice"].memberships.update(role="leader", unit=cast.dm_coordinator)
    sent = {"row_version": "1", "step": "submit"}
    assert alice.post(at(ledger, "step", row), sent).status_code == 403
    assert alice.post(at(ledger, "edit", row), {"row_version": "1", "name": "改"}).status_code == 403
