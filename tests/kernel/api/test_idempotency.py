"""A call with an `Idempotency-Key` that is sent again is answered as before and writes nothing."""

import json
import threading
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client

from casting import Cast
from kernel.imports.conftest import workbook
from shanhai.kernel import clock, context
from shanhai.kernel.answers import KEPT_DAYS, KeptAnswer, forget_old_answers
from shanhai.kernel.models import Import
from shanhai.registers.parties.identity import demo_identity
from toys.models import Workshop
from worlds import TODAY

ROWS = "/api/v1/toys/workshop/"
NEW = {"code": "W1", "name": "一号车间"}


def send(client: Client, body: Any, key: str = "k-1", url: str = ROWS, method: str = "POST") -> Any:
    headers = {"Idempotency-Key": key}
    return client.generic(method, url, json.dumps(body), content_type="application/json", headers=headers)


def test_the_same_call_gives_the_first_answer_and_writes_nothing(client_of: Any) -> None:
    alice = client_of("alice")
    first, again = send(alice, NEW), send(alice, NEW)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert [one.headers.get("Idempotency-Replayed") for one in (first, again)] == [None, "true"]
    assert Workshop._base_manager.count() == 1
    url = f"{ROWS}{first.json()['id']}/"
    for _ in range(2):  # a change sent twice is no conflict with itself
        changed = send(alice, {"name": "改名", "row_version": 1}, "k-2", url, "PATCH")
        assert (changed.status_code, changed.json()["row_version"]) == (200, 2)


def test_another_call_with_the_key_is_refused_and_other_people_have_keys_of_their_own(client_of: Any) -> None:
    alice = client_of("alice")
    send(alice, NEW)
    for body, url in (({**NEW, "name": "二"}, ROWS), (NEW, "/api/v1/toys/workshop/?a=1")):
        answer = send(alice, body, url=url)
        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_mismatch")
    assert send(client_of("bob"), NEW).status_code == 201
    assert send(client_of("alice"), NEW, key="键" * 3).json()["code"] == "idempotency_bad_key"
    assert Workshop._base_manager.count() == 2


def test_a_refused_call_wrote_nothing_and_leaves_its_key_free(client_of: Any) -> None:
    alice = client_of("alice")
    assert send(alice, {**NEW, "kind": "castle"}).status_code == 422
    assert not KeptAnswer.objects.exists()
    assert send(alice, NEW).status_code == 201


def test_rights_are_asked_before_an_answer_is_repeated(client_of: Any, cast: Any) -> None:
    alice = client_of("alice")
    send(alice, NEW)
    with context.unscoped("leaves"):
        cast.users["alice"].memberships.update(valid_to=date(2021, 1, 1))
    assert send(alice, NEW).status_code == 403


def test_answers_are_kept_sealed_some_days(client_of: Any) -> None:
    number = demo_identity(area=1, born_on=date(1990, 1, 1), serial=1)
    send(client_of("alice"), {**NEW, "keeper_identity": number})
    kept = KeptAnswer.objects.get()
    assert not any(told in kept.answer for told in (number, number[:6], "一号车间"))
    with context.unscoped("test"):
        assert forget_old_answers() == 0
        with clock.at(TODAY + timedelta(days=KEPT_DAYS + 1)):
            assert forget_old_answers() == 1


def test_files_count_by_their_content_not_by_how_they_are_sent(client_of: Any) -> None:
    alice, content = client_of("alice"), workbook([{"编号": "W1", "名称": "一"}])
    answers = [
        alice.post(
            f"{ROWS}imports/",
            {"file": SimpleUploadedFile(name, data)},
            headers={"Idempotency-Key": "upload"},
        )
        for name, data in (("一.xlsx", content), ("一.xlsx", content), ("二.xlsx", content))
    ]
    assert [answer.status_code for answer in answers] == [201, 201, 422]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    assert Import.objects.count() == 1


def test_of_many_at_once_one_is_carried_out(committed: Cast) -> None:
    browsers = []
    for _ in range(6):
        browsers.append(Client())
        with context.unscoped("sign in for a test"):
            browsers[-1].force_login(committed.users["alice"])
    start, told = threading.Barrier(len(browsers)), []

    def call(browser: Client) -> None:
        try:
            with clock.at(TODAY), suppress(threading.BrokenBarrierError):
                start.wait(timeout=20)
                told.append(send(browser, NEW))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=call, args=(browser,)) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    codes = {answer.json().get("code") for answer in told if answer.status_code == 409}
    done = [answer.json()["id"] for answer in told if answer.status_code == 201]
    assert len(told) == len(browsers)
    assert len(done) + sum(answer.status_code == 409 for answer in told) == len(browsers)
    assert codes <= {"idempotency_running"}
    with context.unscoped("look"):
        assert (len(set(done)), Workshop._base_manager.count()) == (1, 1)


def test_a_call_whose_first_sending_still_runs_is_told_to_wait(client_of: Any, cast: Any) -> None:
    elsewhere: Any = connections["default"].copy()
    try:
        with elsewhere.cursor() as cursor:
            name = f"answer:{cast.users['alice'].pk}:k-1"
            cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [name])
        answer = send(client_of("alice"), NEW)
        assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_running")
    finally:
        elsewhere.close()
    assert send(client_of("alice"), NEW).status_code == 201
