"""Every address × a worker and an employer: what `bound_matrix.csv` does not list is not there."""

import csv
from pathlib import Path
from typing import Any

import pytest

from bound import PEOPLE, make_bound
from conformance.test_permission_matrix import found, table
from conformance.things import Things
from conformance.walking import Address, addresses
from turns import TURN

TABLE = Path(__file__).with_name("bound_matrix.csv")
#: Of the pages of ledgers, which are built alike, every so many: others on other days.
_EVERY = 8


def opened() -> dict[str, dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {line["address"]: line for line in csv.DictReader(file)}


def asked() -> list[Address]:
    """All that is no page of a ledger, those of the toys, and some of the other ledgers."""
    walked = addresses()
    alike = [one for one in walked if one.ledger is not None and one.ledger.key != "toys.workshop"]
    return [one for one in walked if one not in alike] + alike[TURN % _EVERY :: _EVERY]


@pytest.mark.turns(2)
@pytest.mark.parametrize("part", [0, 1])
def test_whoever_is_bound_finds_own_pages_and_nothing_else(cast: Any, client_of: Any, part: int) -> None:
    things, lines, wanted = Things(cast), table(), opened()
    for who in PEOPLE:
        make_bound(cast, who)
    browsers = {who: client_of(who) for who in PEOPLE}
    wrong = []
    for address in asked()[part::2]:
        url = address.filled(things)
        for who, browser in browsers.items():
            saw = found(browser, lines[address.name], url)
            expected = wanted.get(address.name, {}).get(who, "404")
            if saw != expected:
                wrong.append(f"{address.name} {url} {who}: {saw}, in the table {expected}")
    assert not wrong, "\n".join(wrong)


def test_the_table_names_addresses_there_are() -> None:
    assert set(opened()) <= {address.name for address in addresses()}
