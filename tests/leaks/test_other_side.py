"""What strangers may not see by any page of any ledger: drafts, private rows, persons of the other county."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.urls import reverse

from leaks.reading import shown
from leaks.world import Made, World, all_ledgers
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.surfaces.fields import resolve

LEDGERS = pytest.mark.parametrize("ledger", all_ledgers(), ids=lambda ledger: ledger.key)
HIDDEN = (("draft", "shared"), ("returned", "joint"), ("voided", "shared"), ("verified", "private"))


def pages_of_row(ledger: Ledger[Any], row: Any) -> list[str]:
    name = f"{ledger.app_label}:{ledger.slug}"
    pages = [reverse(f"{name}_{page}", kwargs={"pk": row.pk}) for page in ("detail", "history", "edit")]
    return [*pages, f"/api/v1/{ledger.app_label}/{ledger.slug}/{row.pk}/"]


def pages_of_ledger(ledger: Ledger[Any]) -> list[str]:
    """Lists with every column there is, and what else shows rows without being told which."""
    name = f"{ledger.app_label}:{ledger.slug}"
    rows, export = reverse(f"{name}_list"), reverse(f"{name}_export")
    columns = "&".join(f"columns={column.name}" for column in resolve(ledger).columns)
    api, lookup = f"/api/v1/{ledger.app_label}/{ledger.slug}/", f"/lookup/{ledger.key}/"
    return [
        f"{rows}?size=200&{columns}",
        f"{export}?format=csv&{columns}",
        f"{export}?{columns}",
        api,
        lookup,
    ]


def betrayed(url: str, response: Any, words: Iterable[str]) -> list[tuple[str, str]]:
    text = shown(response)
    return [(url, word) for word in words if word in text]


@LEDGERS
@pytest.mark.parametrize("who", ["bob", "anna"])
def test_what_is_not_shared_is_on_no_page(who: str, ledger: Any, world: World, client_of: Any) -> None:
    browser = client_of(who)
    rows = [world.make(ledger, "alice", state=state, sharing=sharing) for state, sharing in HIDDEN]
    for made in rows[2:]:
        for url in pages_of_row(ledger, made.row):
            assert browser.get(url).status_code == 404, url
    words = {word for made in rows for word in made.texts | made.sealed}
    found = [f for url in pages_of_ledger(ledger) for f in betrayed(url, browser.get(url), words)]
    assert not found


@LEDGERS
def test_persons_of_shared_rows_are_masked_for_the_other_side(
    ledger: Any, world: World, client_of: Any
) -> None:
    browser = client_of("bob")
    made: Made = world.make(ledger, "alice")
    found = []
    for url in [*pages_of_row(ledger, made.row), *pages_of_ledger(ledger)]:
        found += betrayed(url, browser.get(url), made.names | made.sealed)
    assert not found


@LEDGERS
def test_a_guessed_name_or_number_finds_nobody_of_the_other_side(
    ledger: Any, world: World, client_of: Any
) -> None:
    """By search, look-up or filter: that a person is there is itself what the other side may not learn."""
    browser = client_of("bob")
    made: Made = world.make(ledger, "alice")
    for word in made.names | made.sealed:
        for url in (f"/lookup/{ledger.key}/?q={word}", f"/api/v1/{ledger.app_label}/{ledger.slug}/?q={word}"):
            assert str(made.row.pk) not in shown(browser.get(url)), url
        for url in (f"/{ledger.app_label}/{ledger.slug}/?q={word}", f"/search/?q={word}"):
            assert str(made.row.pk) not in shown(browser.get(url)), url


@LEDGERS
def test_no_stranger_writes_a_row(ledger: Any, world: World, client_of: Any) -> None:
    """Shared rows may be read by others: each door for writing says so, and the row stays as it was."""
    row = world.make(ledger, "alice", state="submitted").row
    name = f"{ledger.app_label}:{ledger.slug}"
    own, version = {"pk": row.pk}, {"row_version": "1", "reason": "试探"}
    for who in ("bob", "anna", "wang"):
        browser = client_of(who)
        for step in ("withdraw", "verify", "return", "void", "submit"):
            url = reverse(f"{name}_step", kwargs=own)
            assert browser.post(url, {**version, "step": step}).status_code == 403, (who, step)
            sent = {"verb": step, "ids": str(row.pk), "confirmed": "1", "reason": "试探"}
            assert browser.post(reverse(f"{name}_bulk"), sent).status_code in {403, 409}, (who, step)
        assert browser.post(reverse(f"{name}_edit", kwargs=own), version).status_code == 403, who
        assert browser.post(reverse(f"{name}_evidence", kwargs=own)).status_code == 403, who
        api = f"/api/v1/{ledger.app_label}/{ledger.slug}/{row.pk}/"
        patched = browser.patch(api, '{"row_version": 1}', content_type="application/json")
        assert patched.status_code == 403, who
    assert world.fresh(row).row_version == 1


@LEDGERS
def test_bulk_over_everything_leaves_the_rows_of_others(ledger: Any, world: World, client_of: Any) -> None:
    others = [world.make(ledger, by, state="submitted").row for by in ("alice", "anna")]
    url = reverse(f"{ledger.app_label}:{ledger.slug}_bulk")
    for verb in ("verify", "return", "void", "withdraw"):
        sent = {"verb": verb, "matching": "1", "reason": "试探", "confirmed": "2"}
        assert client_of("wang").post(url, sent).status_code in {200, 409}
    assert {world.fresh(row).state for row in others} == {"submitted"}
