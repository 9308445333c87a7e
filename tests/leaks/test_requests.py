"""Requests no browser of ours sends: every answer is a refusal in words, never a fault."""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus, urlencode, urlsplit
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

import shanhai
from leaks import hostile
from leaks.reading import shown
from samples.pages import ALL, api, at
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry
from shanhai.kernel.surfaces.fields import ResolvedColumn, resolve
from shanhai.kernel.surfaces.filters import filter_class
from shanhai.kernel.surfaces.list_address import ListAddress
from shanhai.kernel.surfaces.listing import Listing
from turns import SHOWN, TURN, slice_of

#: Parameters of a list that are no filters, or of nothing.
OTHERS = (*sorted(ListAddress.PLAIN), "import_id", "person__name__startswith", "id__in", "view__owner")
#: A key that names nothing.
ABSENT = str(UUID(int=7))
CHINESE = re.compile("[\u4e00-\u9fff]")
#: Of one list: its page, its counts, its groups, names for what its filters say.
_MOST_STATEMENTS = 25
#: How code of ours reads a parameter of the address.
READS = re.compile(r"(?:GET|params|query)\.get(?:list)?\(\s*\"(\w+)\"")


@contextmanager
def no_statement_takes_long() -> Iterator[None]:
    """Over next to no rows a statement is done in milliseconds; what takes seconds was made to."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '4s'")
        yield
        cursor.execute("SET LOCAL statement_timeout = 0")


def one_filter_of_each_sort() -> Iterator[tuple[Ledger[Any], ResolvedColumn]]:
    seen = set()
    for ledger in ALL:
        for column in resolve(ledger).filters:
            sort = (filter_class(column), column.kind)
            if sort not in seen:
                seen.add(sort)
                yield ledger, column


def parameters_of_lists(actor: Any) -> Iterator[tuple[Ledger[Any], str]]:
    yield from ((ALL[0], name) for name in OTHERS)
    for ledger, column in one_filter_of_each_sort():
        yield from ((ledger, name) for name in filter_class(column)(column, QueryDict(), actor).names)


#: The slice tries one value of so many on each parameter, others on the next.
@pytest.mark.parametrize("one_in", [30, pytest.param(1, marks=pytest.mark.soak)])
def test_no_parameter_of_a_list_is_a_fault_or_obeyed(plant: Any, as_actor: Any, one_in: int) -> None:
    """Refused in Chinese, or nothing found; no statement takes long, whatever is asked."""
    with as_actor("alice") as actor:
        asked = list(parameters_of_lists(actor))
        for ledger in {ledger.key: ledger for ledger, _name in asked}.values():
            plant(ledger)
        with no_statement_takes_long():
            found = [
                told
                for turn, (ledger, name) in enumerate(asked)
                for value in hostile.WITHOUT_NUL[(TURN + turn) % one_in :: one_in]
                for told in _findings(ledger, name, value, actor)
            ]
    assert not found, [SHOWN, *found]


def _findings(ledger: Ledger[Any], name: str, value: str, actor: Any) -> Iterator[tuple[str, ...]]:
    params = QueryDict(mutable=True)
    params[name] = value
    here = ledger.key, name, value[:20]
    try:
        with transaction.atomic(), CaptureQueriesContext(connection) as asked:
            listing = Listing(ledger, params, actor)
            rows, told = listing.page.rows, listing.problems
            _read = listing.counts, listing.here(), listing.groups
    except Exception as fault:  # every kind is a finding
        yield *here, repr(fault)[:90]
        return
    if len(asked) > _MOST_STATEMENTS:
        yield *here, f"{len(asked)} statements"
    if not all(CHINESE.search(sentence) for sentence in told):
        yield *here, f"says {told}"
    is_narrowing = name not in ListAddress.PLAIN - {ListAddress.SEARCH}
    if rows and is_narrowing and (told or value in hostile.NOBODYS):
        yield *here, "finds rows"


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
    return re.sub(r"<(?:str:)?\w+>", lambda _found: hostile.in_path(text), named)


@cache
def parameters(package: str) -> list[str]:
    """Names of parameters that code of the package reads, found in the code."""
    folder = Path(shanhai.__file__).parent.joinpath(*package.split(".")[1:])
    sources = folder.rglob("*.py") if package.startswith("shanhai.") else []
    found = {name for path in sources for name in READS.findall(path.read_text(encoding="utf-8"))}
    return sorted(found | {"q", "page"})


@pytest.mark.parametrize("one_in", [3, pytest.param(1, marks=pytest.mark.soak)])
def test_no_address_is_a_fault_or_obeys(client_of: Any, plant: Any, one_in: int) -> None:
    """Parameters on the addresses of their package, one of three at each; hostile values in turn."""
    plant(registry.get("toys.workshop"))
    browser = client_of("carol", raise_request_exception=False)
    values, found = cycle(slice_of(list(hostile.written()), 10_000)), []
    with no_statement_takes_long():
        for turn, (address, package) in enumerate(addresses(get_resolver())):
            names = parameters(package)
            for name in names[turn % min(one_in, len(names)) :: one_in]:
                value = next(values)
                url = f"{_filled(address, unquote_plus(value))}?{name}={value}"
                found += [(address, name, value[:20], told) for told in _obeyed(browser, url)]
    assert not found, [SHOWN, *found]


def _obeyed(browser: Any, url: str) -> Iterator[str]:
    answer = browser.get(url)
    text = shown(answer)
    if answer.status_code >= 500:
        yield "fault"
    yield from hostile.traces(answer, text)
    if "evil" in answer.cookies or "X-Evil" in answer.headers:
        yield "header"
    if urlsplit(answer.headers.get("Location", "")).netloc not in {"", "testserver"}:
        yield answer.headers["Location"]


def test_a_letter_of_words_is_refused_and_not_sought(client_of: Any) -> None:
    browser, ledger, letter = client_of("alice"), registry.get("toys.workshop"), "词 " * 3_000
    with no_statement_takes_long():
        assert browser.get(api(ledger), {"q": letter}).json()["code"] == "bad_filter"
        assert "一次最多搜索" in browser.get(at(ledger, "list"), {"q": letter}).content.decode()
        for url in ("/search/", "/api/v1/search/", f"/lookup/{ledger.key}/"):
            assert browser.get(url, {"q": letter}).status_code < 500, url


def test_nobody_is_led_elsewhere_after_signing_in_or_choosing_a_language(client_of: Any, cast: Any) -> None:
    for where in hostile.CORPUS["path"]:
        sent = {"login": "alice", "password": "password of a test", "next": where}
        for url, form in (("/accounts/login/", sent), ("/i18n/setlang/", {"language": "en", "next": where})):
            answer = client_of("").post(f"{url}?{urlencode({'next': where})}", form)
            assert urlsplit(answer.headers.get("Location", "/")).netloc == "", (url, where)


def test_what_is_stored_stays_text_wherever_it_is_shown(client_of: Any) -> None:
    """A name may be anything: pages, files, history and the API show it and obey none of it."""
    browser, ledger = client_of("alice"), registry.get("toys.workshop")
    names = [
        name
        for sort in ("sql", "template", "markup", "path", "formula", "direction")
        for name in hostile.CORPUS[sort]
    ]
    for number, name in enumerate(names):
        sent = {"code": f"H{number}", "name": name[:80]}
        answer = browser.post(api(ledger), sent, content_type="application/json")
        assert answer.status_code in {201, 422}, name  # of some there is nothing left once tidied
    rows = browser.get(f"{api(ledger)}?size=200").json()["items"]
    assert len(rows) > len(names) / 2
    export = at(ledger, "export")
    for url in (
        f"{at(ledger, 'list')}?size=200",
        f"{export}?format=csv",
        export,
        "/",
        "/search/?q=H1",
        *(f"{at(ledger, 'list')}{row['id']}/" for row in rows[::5]),
    ):
        answer = browser.get(url)
        assert not hostile.traces(answer, shown(answer)), url
    cells = list(csv.reader(io.StringIO(shown(browser.get(f"{export}?format=csv")))))
    alive = [cell for line in cells for cell in line if cell[:1] in "=+@-\t\r" and cell not in {"", "-"}]
    assert not alive


def test_a_version_or_place_in_a_list_that_no_counter_reaches_is_no_fault(plant: Any, client_of: Any) -> None:
    ledger = registry.get("toys.workshop")
    row = plant(ledger, state="draft").row
    browser = client_of("alice")
    for value in hostile.CORPUS["number"] + hostile.CORPUS["digits"]:
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
