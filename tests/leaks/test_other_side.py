"""What strangers may not see by any page of any ledger: drafts, private rows, persons of the other county."""

import re
from collections.abc import Iterable
from typing import Any

import pytest

from leaks.reading import shown
from samples.pages import OF_ROW, api, at, ledgers_in_turn
from samples.rows import Planted
from shanhai.kernel import context, pinyin
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry
from shanhai.kernel.surfaces.fields import resolve

#: State and sharing of rows that neither the other county nor a sister unit may see.
HIDDEN = (("draft", "shared"), ("returned", "joint"), ("voided", "shared"), ("verified", "private"))
STRANGERS = ("bob", "anna")
API_SEARCH = "/api/v1/search/"


def pages_of_row(ledger: Ledger[Any], row: Any) -> list[str]:
    return [*(at(ledger, page, row) for page in OF_ROW), api(ledger, row)]


def pages_of_ledger(ledger: Ledger[Any]) -> list[str]:
    """Lists with every column there is, and what else shows rows without being told which."""
    columns = "&".join(f"columns={column.name}" for column in resolve(ledger).columns)
    rows, export = at(ledger, "list"), at(ledger, "export")
    files = [f"{export}?format=csv&{columns}", f"{export}?{columns}"]
    return [f"{rows}?size=200&{columns}", *files, api(ledger), f"/lookup/{ledger.key}/"]


def betrayed(url: str, response: Any, words: Iterable[str]) -> list[tuple[str, str]]:
    text = shown(response)
    return [(url, word) for word in words if word in text]


def now(row: Any) -> Any:
    """The row as the database has it."""
    with context.unscoped("look at the outcome"):
        return type(row)._base_manager.get(pk=row.pk)


@ledgers_in_turn(0)
def test_what_is_not_shared_is_on_no_page(ledger: Any, plant: Any, client_of: Any) -> None:
    rows = [plant(ledger, state=state, sharing=sharing) for state, sharing in HIDDEN]
    words = {word for made in rows for word in made.texts | made.names | made.sealed}
    for browser in map(client_of, STRANGERS):
        for made in (rows[0], rows[-1]):
            statuses = {url: browser.get(url).status_code for url in pages_of_row(ledger, made.row)}
            assert set(statuses.values()) == {404}, statuses
        found = [f for url in pages_of_ledger(ledger) for f in betrayed(url, browser.get(url), words)]
        assert not found


@ledgers_in_turn(1)
def test_persons_of_shared_rows_are_masked_and_not_found_by_the_other_side(
    ledger: Any, plant: Any, client_of: Any
) -> None:
    """Nor by a guessed name or number: that a person is there is itself what the other side may not learn."""
    browser = client_of("bob")
    made: Planted = plant(ledger)
    secrets = made.names | made.sealed
    pages = [*pages_of_row(ledger, made.row), *pages_of_ledger(ledger)]
    assert not [f for url in pages for f in betrayed(url, browser.get(url), secrets)]
    for word in secrets:
        for asked in (f"/lookup/{ledger.key}/", api(ledger), at(ledger, "list"), "/search/", API_SEARCH):
            assert str(made.row.pk) not in shown(browser.get(asked, {"q": word})), (asked, word)


@pytest.mark.parametrize("key", ["parties.person", "labour.employmentspell"])
def test_the_letters_of_a_name_find_persons_of_ones_own_side_alone(
    key: str, plant: Any, client_of: Any
) -> None:
    ledger = registry.get(key)
    made: Planted = plant(ledger, state="submitted")
    (name,) = made.names
    asked = [f"/lookup/{ledger.key}/", api(ledger), at(ledger, "list"), "/search/", API_SEARCH]
    for letters in (pinyin.name_initials(name), pinyin.name_sort_key(name), name[1:]):
        for url in asked:
            for who, finds in (("alice", True), ("bob", False)):
                found = str(made.row.pk) in shown(client_of(who).get(url, {"q": letters}))
                assert found is finds, (who, url, letters)


def confirmed(browser: Any, url: str, sent: dict[str, Any]) -> Any:
    """A bulk action asked for and, where it is shown, confirmed as it was shown."""
    preview = browser.post(url, sent)
    digest = re.search(rb'name="confirmed" value="(\w+)"', preview.content)
    return browser.post(url, {**sent, "confirmed": digest[1].decode()}) if digest else preview


@ledgers_in_turn(2)
def test_no_stranger_writes_a_row(ledger: Any, plant: Any, client_of: Any) -> None:
    """Shared rows may be read by others: each door for writing says so, and the row stays as it was."""
    row = plant(ledger, state="submitted").row
    version = {"row_version": "1", "reason": "试探"}
    for who in ("bob", "anna", "wang"):
        browser = client_of(who)
        for step in ("withdraw", "verify", "return", "void", "submit"):
            assert browser.post(at(ledger, "step", row), {**version, "step": step}).status_code == 403, who
            sent = {"verb": step, "ids": str(row.pk), "reason": "试探"}
            assert confirmed(browser, at(ledger, "bulk"), sent).status_code in {403, 422}, (who, step)
        assert browser.post(at(ledger, "edit", row), version).status_code == 403, who
        assert browser.post(at(ledger, "evidence", row)).status_code == 403, who
        patched = browser.patch(api(ledger, row), '{"row_version": 1}', content_type="application/json")
        assert patched.status_code == 403, who
    assert now(row).row_version == 1


@ledgers_in_turn(3)
def test_bulk_over_everything_leaves_the_rows_of_others(ledger: Any, plant: Any, client_of: Any) -> None:
    others = [plant(ledger, by, state="submitted").row for by in ("alice", "anna")]
    browser = client_of("wang")
    for verb in ("verify", "return", "void", "withdraw"):
        sent = {"verb": verb, "matching": "1", "reason": "试探"}
        assert confirmed(browser, at(ledger, "bulk"), sent).status_code in {200, 422}
    assert {now(row).state for row in others} == {"submitted"}
