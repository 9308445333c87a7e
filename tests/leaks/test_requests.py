"""Requests no browser of ours sends: every answer is a refusal in words, never a fault."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from django.db import transaction
from django.http import QueryDict
from django.urls import URLPattern, URLResolver, get_resolver

import shanhai
from leaks.reading import quiet
from samples.pages import ALL, at
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry
from shanhai.kernel.surfaces.fields import ResolvedColumn, resolve
from shanhai.kernel.surfaces.filters import filter_class
from shanhai.kernel.surfaces.listing import Listing

#: Values that break what trusts its reader.
HOSTILE = (
    *("9" * 400, "9" * 5000, "-1", "-" + "9" * 20, "1e999", "NaN", "٣", "²", "\u200b"),
    *("9999-12-31", "0000-00-00", "0001-01-01", "9999", "9999Q4", "0000Q1", "2021-13"),
    *("'\"--;%_\\", "<script>alert(1)</script>", "../../etc/passwd", "0" * 32, "😀" * 50, "\u202e", "side"),
)
#: Parameters that no ledger declares.
OTHERS = ("q", "sort", "page", "size", "columns", "import_id", "person__name__startswith", "id__in")
#: A key that names nothing.
ABSENT = str(UUID(int=7))
#: How code of ours reads a parameter of the address.
READS = re.compile(r"(?:GET|params|query)\.get(?:list)?\(\s*\"(\w+)\"")


def one_filter_of_each_sort() -> Iterator[tuple[Ledger[Any], ResolvedColumn]]:
    seen = set()
    for ledger in ALL:
        for column in resolve(ledger).filters:
            sort = (filter_class(column), column.kind)
            if sort not in seen:
                seen.add(sort)
                yield ledger, column


def test_no_parameter_of_a_list_is_a_fault(plant: Any, as_actor: Any) -> None:
    asked = [(ALL[0], name) for name in OTHERS]
    plant(ALL[0])
    with as_actor("alice") as actor:
        for ledger, column in one_filter_of_each_sort():
            names = filter_class(column)(column, QueryDict(), actor).names
            asked += [(ledger, name) for name in names]
        faults = [fault for ledger, name in asked for fault in _faults(ledger, name, actor)]
    assert not faults


def _faults(ledger: Ledger[Any], name: str, actor: Any) -> Iterator[tuple[str, str, str]]:
    for value in HOSTILE:
        params = QueryDict(mutable=True)
        params[name] = value
        try:
            with transaction.atomic():
                listing = Listing(ledger, params, actor)
                _read = listing.page, listing.counts, listing.problems, listing.here()
        except Exception as fault:  # every kind is a finding
            yield name, value[:12], repr(fault)[:90]


def addresses(resolver: URLResolver, before: str = "/") -> Iterator[tuple[str, str]]:
    """Every address of the product with the package that answers it; of the ledgers, those of one toy."""
    for pattern in resolver.url_patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, here)
        elif _is_asked(pattern, here):
            yield here, pattern.callback.__module__.rpartition(".")[0]


def _is_asked(pattern: URLPattern, address: str) -> bool:
    if pattern.name == "account_logout":
        return False
    ledger = pattern.default_args.get("ledger")
    is_toy = ledger is None or ledger.key == "toys.workshop"
    return is_toy and (not address.startswith("/api/") or "toys/workshop" in address)


def _filled(address: str, text: str) -> str:
    named = re.sub(r"<uuid(?:str)?:\w+>", ABSENT, address)
    return re.sub(r"<(?:str:)?\w+>", quote(text[:200], safe=""), named)


@cache
def parameters(package: str) -> list[str]:
    """Names of parameters that code of the package reads, found in the code."""
    folder = Path(shanhai.__file__).parent.joinpath(*package.split(".")[1:])
    sources = folder.rglob("*.py") if package.startswith("shanhai.") else []
    found = {name for path in sources for name in READS.findall(path.read_text(encoding="utf-8"))}
    return sorted(found | {"q", "page"})


@pytest.mark.parametrize("one_in", [3, pytest.param(1, marks=pytest.mark.soak)])
def test_no_address_is_a_fault(client_of: Any, one_in: int) -> None:
    """Parameters on the addresses of their package, one of three at each; hostile values in turn, NUL too."""
    browser = client_of("carol", raise_request_exception=False)
    values, faults = cycle([*HOSTILE, "\0", "a\0b"]), []
    for turn, (address, package) in enumerate(addresses(get_resolver())):
        names = parameters(package)
        for name in names[turn % min(one_in, len(names)) :: one_in]:
            value = next(values)
            if quiet(browser, "get", f"{_filled(address, value)}?{name}={quote(value)}") >= 500:
                faults.append((address, name, value[:20]))
    assert not faults


def test_a_version_or_place_in_a_list_that_no_counter_reaches_is_no_fault(plant: Any, client_of: Any) -> None:
    ledger = registry.get("toys.workshop")
    row = plant(ledger, state="draft").row
    browser = client_of("alice")
    for value in HOSTILE:
        step = {"step": "submit", "row_version": value}
        assert browser.post(at(ledger, "step", row), step).status_code == 409, value[:20]
        assert browser.get(at(ledger, "history", row), {"before": value}).status_code == 200, value[:20]


def test_what_no_text_may_hold_is_refused_in_words_wherever_it_is_sent(client_of: Any) -> None:
    browser = client_of("alice")
    told = browser.get("/search/", {"q": "a\0b"})
    assert (told.status_code, "不能读写的字符" in told.content.decode()) == (400, True)
    assert browser.post("/toys/workshop/new/", {"name": "a\0b"}).status_code == 400
    for text in ("a\\u0000b", "a\\ud800"):
        for url in ("/api/v1/toys/workshop/", "/api/v1/toys/workshop/views/"):
            sent = f'{{"code": "W", "name": "{text}", "custom": {{"{text}": ["{text}"]}}}}'
            answer = browser.post(url, sent, content_type="application/json")
            assert (answer.status_code, answer.json()["code"]) == (400, "unreadable_text"), (url, text)


def test_bodies_that_exhaust_a_reader_of_json_are_refused(client_of: Any) -> None:
    browser = client_of("alice")
    deep, long = "[" * 100_000, '{"code": ' + "9" * 5_000 + "}"
    for body in (deep, long, '{"code":' * 3_000 + "1" + "}" * 3_000, "\ufeff{}", "NaN", "null", '"x"'):
        answer = browser.post("/api/v1/toys/workshop/", body, content_type="application/json")
        assert answer.json()["code"] in {"bad_request", "bad_body"}, body[:20]
