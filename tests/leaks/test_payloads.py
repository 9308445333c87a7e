"""Keys of others in what is sent: each is answered like a key that never was, and nothing is written."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from kernel.imports.conftest import workbook
from leaks.reading import told
from samples.pages import api, at, author_of, ledgers_in_turn, stranger_of
from samples.papers import blank_pdf
from samples.rows import make_row, posted, values_for
from shanhai.kernel import context
from shanhai.kernel.evidence.attach import upload
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.saved_views.store import save as save_view
from shanhai.kernel.surfaces.fields import resolve

WORKSHOP = registry.get("toys.workshop")
JSON = "application/json"
#: Sends a key to a door.
type Send = Callable[[str], Any]
type Doors = dict[str, Send]
#: Whether the first wall stands.
WALLS = pytest.mark.parametrize("walls", ["both", "second"])


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def same_for_nothing(send: Send, key: str) -> tuple[bool, int]:
    """Whether the answer to `key` is that to a key that never was, and its status."""
    nothing = str(uuid4())
    answers = []
    for one in (key, nothing):
        with undone():
            answers.append(told(send(one), one))
    return answers[0] == answers[1], answers[0][0]


def as_json(browser: Any, method: str, url: str, body: Any) -> Any:
    return getattr(browser, method)(url, json.dumps(body), content_type=JSON)


def doors_of_a_reference(browser: Any, ledger: Any, own: Any, form: dict[str, str], name: str) -> Doors:
    """Where a row may be named in the field `name`: in a new row, in one's own, in what narrows a list."""
    return {
        "form": lambda one: browser.post(at(ledger, "create"), form | {name: one}),
        "create": lambda one: as_json(browser, "post", api(ledger), form | {name: one}),
        "change": lambda one: as_json(browser, "patch", api(ledger, own), {"row_version": 1, name: one}),
        "list": lambda one: browser.get(at(ledger, "list"), {name: one}),
        "groups": lambda one: browser.get(f"{api(ledger)}groups/", {"group": name, name: one}),
    }


@pytest.mark.usefixtures("standing")
@WALLS
@ledgers_in_turn(0)
def test_no_row_of_others_is_taken_for_a_reference(
    ledger: Any, cast: Any, plant: Any, client_of: Any, walls: str
) -> None:
    """By key, code or name, in a form and over the API, for a new row and for one's own."""
    author = author_of(ledger)
    browser, values = client_of(author), posted(values_for(ledger, cast.actor(author)))
    own, wrong = make_row(ledger, cast.actor(author)), []
    for column in resolve(ledger).fields:
        if not column.is_editable or not column.is_reference or not issubclass(column.target, LedgerModel):
            continue
        hidden = plant(registry.for_model(column.target), stranger_of(ledger), state="draft")
        doors = doors_of_a_reference(browser, ledger, own, values, column.name)
        for door, send in doors.items():
            is_same, status = same_for_nothing(send, str(hidden.row.pk))
            if not is_same or status not in ({200, 422} if door in {"list", "groups"} else {422}):
                wrong.append((column.name, door, status, is_same))
        for word in hidden.texts | hidden.names | hidden.sealed:
            with undone():
                if doors["create"](word).status_code != 422:
                    wrong.append((column.name, word))
    assert not wrong


@pytest.mark.parametrize("unit", ["mt_labour", "mt_coordinator", "dm_finance"])
def test_nobody_files_for_or_hands_over_to_a_unit_of_others(cast: Any, client_of: Any, unit: str) -> None:
    browser, own = client_of("alice"), make_row(WORKSHOP, cast.actor("alice"))
    key = str(getattr(cast, unit).pk)
    form = posted(values_for(WORKSHOP, cast.actor("alice")))
    for url, body in (
        (api(WORKSHOP), form | {"owner_unit": key}),
        (
            f"{api(WORKSHOP)}many/edit/plan/",
            {"ids": [str(own.pk)], "values": {"owner_unit": key}, "reason": "试"},
        ),
    ):
        answer = as_json(browser, "post", url, body)
        assert answer.status_code in {403, 422} or not answer.json()["rows"], url
    patched = as_json(browser, "patch", api(WORKSHOP, own), {"row_version": 1, "owner_unit": key})
    assert patched.status_code in {403, 422}
    handed = {"ids": [str(own.pk)], "unit": getattr(cast, unit).code, "reason": "试"}
    if unit.startswith("mt"):
        for who in ("alice", "carol"):
            answer = as_json(client_of(who), "post", f"{api(WORKSHOP)}many/handover/plan/", handed)
            assert answer.status_code in {403, 422}, who


def _bulk(browser: Any, verb: str, own: str) -> Send:
    """The same on the page, which shows what would happen."""
    sent = {"verb": verb, "reason": "试", "name": "试"}
    return lambda one: browser.post(at(WORKSHOP, "bulk"), sent | {"ids": [own, one]})


def _among(browser: Any, url: str, body: dict[str, Any]) -> Send:
    """Sends a key among those of `body`."""
    return lambda one: as_json(browser, "post", url, body | {"ids": [*body["ids"], one]})


@pytest.mark.usefixtures("standing")
@WALLS
@pytest.mark.parametrize("owner", ["bob", "anna"])
def test_keys_of_others_among_many_rows_are_nobodys(
    cast: Any, plant: Any, client_of: Any, owner: str, walls: str
) -> None:
    browser, key = client_of("alice"), str(plant(WORKSHOP, owner, state="draft", sharing="private").row.pk)
    own = str(make_row(WORKSHOP, cast.actor("alice")).pk)
    acts = {"edit": {"values": {"kind": "home"}}, "submit": {}, "void": {}}
    for act, more in acts.items():
        url = f"{api(WORKSHOP)}many/{act}/plan/"
        for ids in ([], [own]):
            send = _among(browser, url, {"ids": ids, "reason": "试", **more})
            is_same, status = same_for_nothing(send, key)
            assert is_same, (act, ids)
            assert status in {200, 422}, (act, status)
        is_same, status = same_for_nothing(_bulk(browser, act, own), key)
        assert is_same, (act, status)


@pytest.mark.usefixtures("standing")
@WALLS
def test_an_import_finds_no_row_of_others_by_key_or_code(
    cast: Any, plant: Any, client_of: Any, walls: str
) -> None:
    output = registry.get("toys.output")
    hidden = plant(WORKSHOP, "bob", state="draft").row
    browser = client_of("alice")

    def send(line: dict[str, Any], ledger: Any) -> Any:
        file = SimpleUploadedFile("一.xlsx", workbook([line]))
        return browser.post(f"{api(ledger)}imports/", {"file": file})

    for word in (str(hidden.pk), hidden.code, hidden.name):
        with undone():
            there = send({"车间": word, "所属期": "2021-08", "产值": 1}, output)
        with undone():
            nowhere = send({"车间": "X" * len(word), "所属期": "2021-08", "产值": 1}, output)
        found = [answer.json().get("counts", answer.json().get("code")) for answer in (there, nowhere)]
        assert found[0] == found[1], word
        if word != hidden.code:
            assert hidden.code not in there.content.decode()
    for word, code in ((str(hidden.pk), "N1"), (str(uuid4()), "N2")):
        answer = send({"系统编号": word, "编号": code, "名称": "改"}, WORKSHOP).json()
        assert not answer.get("counts", {}).get("changed"), answer


@pytest.mark.usefixtures("standing")
@WALLS
@pytest.mark.parametrize("owner", ["bob", "anna"])
def test_papers_views_and_rows_of_others_are_taken_by_no_operation(
    cast: Any, plant: Any, client_of: Any, owner: str, walls: str
) -> None:
    hidden = plant(WORKSHOP, owner, state="draft", sharing="private").row
    with context.acting(cast.actor(owner)) as current:
        paper = upload(WORKSHOP, hidden, blank_pdf(), "密.pdf", "photo", actor=current.actor)
        view = save_view(WORKSHOP, current.actor, name="密图", query="state=draft")
    own, browser = make_row(WORKSHOP, cast.actor("alice")), client_of("alice")
    row, stored = api(WORKSHOP, own), f"{api(WORKSHOP, own)}evidence/stored/"
    doors: dict[str, tuple[Any, Send]] = {
        "stored": (paper, lambda one: as_json(browser, "post", stored, {"paper": one, "category": "photo"})),
        "paper": (paper, lambda one: browser.get(f"{row}evidence/{one}/")),
        "taken off": (
            paper,
            lambda one: as_json(browser, "post", f"{row}evidence/{one}/remove/", {"reason": "试"}),
        ),
        "paper page": (paper, lambda one: browser.get(f"/evidence/{one}/")),
        "view": (view, lambda one: browser.get(f"{at(WORKSHOP, 'list')}view/{one}/")),
        "view kept": (view, lambda one: browser.get(at(WORKSHOP, "list"), {"view": one})),
        "view changed": (
            view,
            lambda one: as_json(browser, "patch", f"{api(WORKSHOP)}views/{one}/", {"name": "我"}),
        ),
        "view deleted": (view, lambda one: browser.delete(f"{api(WORKSHOP)}views/{one}/")),
        "history": (hidden, lambda one: browser.get(f"{api(WORKSHOP)}{one}/history/")),
        "found": (hidden, lambda one: browser.get(f"/lookup/{WORKSHOP.key}/", {"q": one})),
        "searched": (hidden, lambda one: browser.get("/search/", {"q": one})),
    }
    wrong = {}
    for door, (thing, send) in doors.items():
        is_same, status = same_for_nothing(send, str(thing.pk))
        if not is_same or status >= 500:
            wrong[door] = status
    assert not wrong
    attached = {"ids": [str(own.pk)], "papers": [str(paper.pk), str(paper.file_id)], "category": "photo"}
    answer = as_json(browser, "post", f"{api(WORKSHOP)}many/attach/plan/", attached)
    assert answer.json().get("code") in {"paper_unknown", "paper_missing"}, answer.content.decode()
