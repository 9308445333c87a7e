"""Probes and the doctor: what is wrong is said, and nothing about people."""

import shutil
from typing import Any, NamedTuple

import pytest
from django.db import connection

from shanhai.kernel import clock, context
from shanhai.kernel.health import basic, thorough
from shanhai.kernel.models import ChainCheck


class _Usage(NamedTuple):
    free: int


def conditions(client: Any) -> Any:
    return client.get("/readyz").json()


def test_probes_need_no_session_no_host_and_no_https(client: Any, db: None, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    answer = client.get("/healthz", headers={"host": "10.0.0.7"})
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    ready = client.get("/readyz", headers={"host": "10.0.0.7"})
    assert ready.status_code == 200
    assert ready.json() == {"ready": True, "conditions": {"database": True, "worker": False, "disk": True}}


def test_a_worker_that_beats_is_seen(client: Any, db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    assert conditions(client)["conditions"]["worker"] is True


def test_a_disk_that_is_full_makes_it_unready(client: Any, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: _Usage(free=10))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["conditions"]["disk"] is False


def test_the_doctor_says_what_is_wrong_in_words(cast: Any) -> None:
    found = {one.key: one for one in thorough()}
    assert found["migrations"].is_good
    assert "没有运行" in found["worker"].told
    with context.unscoped("t"):
        ChainCheck.objects.create(
            checked_at=clock.now(), seconds=1, blocks=1, entries=1, is_whole=False, finding="第 1 块不见了"
        )
    found = {one.key: one for one in thorough()}
    assert "断链：第 1 块不见了" in found["seal"].told
    assert [one.key for one in basic()] == ["database", "worker", "disk"]
