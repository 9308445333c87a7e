"""Every address of the product × everybody: the table is `permission_matrix.csv`."""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from conformance.things import Things
from conformance.walking import Address, addresses
from samples.pages import ALL
from shanhai.kernel.scope import Side
from turns import TURN

TABLE = Path(__file__).with_name("permission_matrix.csv")
#: Whom the table has a column for; what the addresses name is alice's, or her side's.
PEOPLE = ("anonymous", "eve", "alice", "bob", "carol", "dave", "lily", "root", "sean", "ines")
#: Administrators who see no ledger, as root does not: asked at the other addresses.
NO_LEDGERS = frozenset({"sean", "ines"})
#: Pages of further ledgers are built alike: there it is enough that outsiders stay outside, one of them at
#: every third page, another at the same page of the next ledger. Of those who may, one opens each page,
#: another the next: building it for each is most of the work. Everybody everywhere in `make soak`.
OUTSIDERS = ("anonymous", "eve", "bob", "root")
#: What a browser finds: sent to sign in, not allowed, not there, or inside, where the page itself may refuse.
CLASSES = {401: "401", 403: "403", 404: "404"}
#: What anybody may open without signing in; everything else sends to the login page or answers 401.
#: The root of the API answers nobody; the ways to a provider, where the operator has none, neither.
PUBLIC = {
    "account_login",
    "account_inactive",
    "set_language",
    "set_up",
    "api:api-root",
    "openid_connect_login",
    "openid_connect_callback",
    "sign_on_out",
    "training:check_in",
    "training:prove_certificate",
}


def table() -> dict[str, dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {line["address"]: line for line in csv.DictReader(file)}


def found(browser: Any, line: dict[str, str], url: str) -> str:
    """What somebody finds there; whatever the request did is undone."""
    cookies, method = browser.cookies.copy(), line["method"]
    with transaction.atomic():
        answer = getattr(browser, method.lower())(url, *_body(line, url))
        if answer.streaming:
            answer.getvalue()
        transaction.set_rollback(True)
    browser.cookies = cookies
    assert answer.status_code != 405, f"{url} does not take {method}: put the other method into {TABLE.name}"
    assert answer.status_code < 500, url
    if answer.status_code == 302 and answer.url.startswith("/accounts/login/"):
        return "login"
    return CLASSES.get(answer.status_code, "in")


def _body(line: dict[str, str], url: str) -> tuple[Any, ...]:
    """What is sent: the form of the table, as JSON to the API; `@` names a file."""
    form: dict[str, Any] = dict(parse_qsl(line["form"]))
    for name, text in form.items():
        if text.startswith("@"):
            form[name] = SimpleUploadedFile(text[1:], b"a")
            return (form,)
    is_json = url.startswith("/api/") and line["method"] != "GET"
    return (json.dumps(form), "application/json") if is_json else (form,)


def asked(is_whole: bool) -> Iterator[tuple[Address, tuple[str, ...]]]:
    ledgers, wanted = [ledger.key for ledger in ALL], table()
    names = sorted({address.name for address in addresses()})
    for turn, address in enumerate(addresses()):
        if address.ledger is None or address.ledger.key == "toys.workshop":
            people = PEOPLE if is_whole else some_of_each_kind(wanted[address.name], turn)
            yield address, tuple(one for one in people if address.ledger is None or one not in NO_LEDGERS)
        elif is_whole:
            yield address, outsiders(address.ledger)
        else:
            own = names.index(address.name) + ledgers.index(address.ledger.key) + TURN
            if own % 6 == 0:
                some = outsiders(address.ledger)
                yield address, (some[own // 6 % len(some)],)


def outsiders(ledger: Any) -> tuple[str, ...]:
    """Bob is of the west: a ledger that the east alone keeps is closed to him as such, not row by row."""
    return tuple(one for one in OUTSIDERS if one != "bob" or Side.WEST in ledger.sides)


def some_of_each_kind(line: dict[str, str], turn: int) -> tuple[str, ...]:
    """One of those who may open the page and two of each kind that may not, others on other days."""
    found: list[str] = []
    for answer in sorted({line[name] for name in PEOPLE}):
        alike = [name for name in PEOPLE if line[name] == answer]
        first, most = (turn + TURN) % len(alike), 1 if answer == "in" else 2
        found += (alike * 2)[first : first + min(most, len(alike))]
    return tuple(found)


def test_every_address_is_in_the_table() -> None:
    walked = {address.name for address in addresses()}
    assert walked == set(table()), f"list it in {TABLE.relative_to(Path.cwd())}: who may open it?"


def test_no_page_stands_before_another() -> None:
    """Two at one address: the second is never reached. Of the API one address has several verbs."""
    found: dict[str, set[str]] = defaultdict(set)
    for address in addresses():
        if not address.route.startswith("/api/"):
            found[re.sub(r"<[^>]+>", "<>", address.route)].add(address.name)
    assert not {route: names for route, names in found.items() if len(names) > 1}


def test_anonymous_people_reach_only_what_is_marked_public() -> None:
    open_to_all = {name for name, line in table().items() if line["anonymous"] not in {"login", "401"}}
    assert open_to_all == PUBLIC


@pytest.mark.turns(2)
@pytest.mark.parametrize("is_whole", [False, pytest.param(True, marks=pytest.mark.soak)])
@pytest.mark.parametrize("part", [0, 1])
def test_everybody_finds_what_the_table_says(cast: Any, client_of: Any, part: int, is_whole: bool) -> None:
    things, wanted = Things(cast), table()
    browsers = {name: client_of("" if name == "anonymous" else name) for name in PEOPLE}
    wrong = []
    for address, people in list(asked(is_whole))[part::2]:
        line, url = wanted[address.name], address.filled(things)
        for name in people:
            saw = found(browsers[name], line, url)
            if saw != line[name]:
                wrong.append(f"{address.name} {url} {name}: {saw}, in the table {line[name]}")
    assert not wrong, "\n".join(wrong)


def test_the_api_judges_the_caller_before_what_was_sent(cast: Any, client_of: Any) -> None:
    """Who may not, is told so whatever was sent; every operation of the document is tried."""
    things, wanted = Things(cast), table()
    document = client_of("carol").get("/api/v1/openapi.json").json()
    operations = {(m.upper(), _shape(path)) for path, methods in document["paths"].items() for m in methods}
    browsers = {name: client_of("" if name == "anonymous" else name) for name in PEOPLE}
    wrong, tried = [], set()
    for turn, address in enumerate(addresses()):
        line = wanted[address.name]
        operation = (line["method"], _shape(address.route))
        if operation not in operations:
            continue
        tried.add(operation)
        is_toy = address.ledger is None or address.ledger.key == "toys.workshop"
        if line["method"] == "GET" or not is_toy:
            continue
        for name in some_of_each_kind(line, turn):
            if line[name] != "in":
                saw = _sent_nonsense(browsers[name], line["method"], address.filled(things))
                if saw != line[name]:
                    wrong.append(f"{address.name} {name}: {saw}, in the table {line[name]}")
    assert not wrong, "\n".join(wrong)
    assert tried == operations


def _shape(path: str) -> str:
    return re.sub(r"<[^>]+>|{[^}]+}", "*", path)


def _sent_nonsense(browser: Any, method: str, url: str) -> str:
    with transaction.atomic():
        answer = browser.generic(method, url, "{nonsense", content_type="text/plain")
        transaction.set_rollback(True)
    return str(answer.status_code)
