"""What a page does the API does too: `api_parity.csv` gives each page operations, or a reason for none."""

import csv
from pathlib import Path

from conformance.walking import addresses

TABLE = Path(__file__).with_name("api_parity.csv")
#: Where the API itself is told of.
OF_THE_API = {"api:api-root", "api:openapi-json"}


def lines() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_page_has_its_operations_or_a_reason_why_none() -> None:
    pages = {address.name for address in addresses() if not address.name.startswith("api:")}
    listed = [line["page"] for line in lines()]
    assert sorted(listed) == sorted(pages), f"give the page a line in {TABLE.name}"
    both_or_none = [line["page"] for line in lines() if bool(line["operations"]) == bool(line["why_none"])]
    assert both_or_none == [], "either operations, or why there is none"


def test_the_operations_are_there_and_each_is_what_some_page_does() -> None:
    operations = {address.name for address in addresses() if address.name.startswith("api:")} - OF_THE_API
    named = {name for line in lines() for name in line["operations"].split()}
    assert named == operations
