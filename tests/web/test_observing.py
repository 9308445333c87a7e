"""What machines watch: figures for Prometheus and the log; neither tells anything of anybody."""

import io
import json
import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from shanhai.kernel import clock, context
from shanhai.kernel.health import thorough
from shanhai.kernel.history.models import HistoryEntry
from shanhai.kernel.jobs.models import Job
from shanhai.kernel.observing.logs import JsonLines
from shanhai.kernel.observing.statements import shape

NAME, NUMBER, TYPED = "欧阳某某", "520328199001011237", "a-password-typed-wrong"


@pytest.fixture
def log() -> Iterator[Any]:
    """Lines of the log from here on, everything included; called gives (whole text, lines)."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lambda: (stream.getvalue(), [json.loads(line) for line in stream.getvalue().splitlines()])
    root.removeHandler(handler)
    root.setLevel(level)


def figures(client: Any, **headers: str) -> dict[str, float]:
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    lines = (line.rsplit(" ", 1) for line in answer.content.decode().splitlines() if line[0] != "#")
    return {name: float(value) for name, value in lines}


def test_requests_are_counted_by_route_with_their_statements(cast: Any, client: Any) -> None:
    cast.sign_in("carol", client)
    name = 'shanhai_requests_total{method="GET",route="places:place_list",status="200"}'
    before = figures(client)
    answer = client.get(f"/places/?q={NAME}")
    client.request(REQUEST_METHOD="BREW", PATH_INFO="/nowhere/")
    after = figures(client)
    assert after[name] == before.get(name, 0) + 1
    assert after['shanhai_request_statements_sum{route="places:place_list"}'] > 3
    assert after['shanhai_request_database_seconds_sum{route="places:place_list"}'] > 0
    assert any('method="other"' in line for line in after), "a made up method is no row of its own"
    assert re.fullmatch(r"[0-9a-f-]{36}", answer["X-Request-ID"])


def test_a_failed_sign_in_is_counted_and_history_bears_the_number_of_the_request(
    cast: Any, client: Any
) -> None:
    name = 'shanhai_sign_ins_total{kind="failed"}'
    before = figures(client).get(name, 0)
    answer = client.post("/accounts/login/", {"login": "carol", "password": TYPED})
    assert figures(client)[name] == before + 1
    with context.unscoped("look"):
        assert HistoryEntry.objects.filter(request_id=answer["X-Request-ID"]).exists()


def test_the_state_of_the_installation_is_told(cast: Any, client: Any) -> None:
    waiting(cast, minutes=30)
    found = figures(client)
    assert found['shanhai_jobs{kind="export",state="queued"}'] == 1
    assert 1790 < found["shanhai_oldest_waiting_job_seconds"] < 1810
    assert found["shanhai_database_up"] == 1
    assert found["shanhai_worker_up"] == 0
    assert found["shanhai_disk_free_bytes"] > 0
    assert "shanhai_unsealed_seconds" in found


def waiting(cast: Any, *, minutes: int) -> Job:
    with context.unscoped("t"):
        return Job.objects.create(
            kind="export",
            label=NAME,
            requester=cast.users["carol"],
            created_at=clock.now() - timedelta(minutes=minutes),
        )


def test_a_job_that_waits_too_long_is_told_to_the_operator(cast: Any) -> None:
    waiting(cast, minutes=3)
    assert {one.key: one.is_good for one in thorough()}["jobs"]
    waiting(cast, minutes=30)
    told = {one.key: one.told for one in thorough()}["jobs"]
    assert "有 1 项后台任务排队超过 10 分钟" in told
    assert NAME not in told


@pytest.mark.parametrize("proxied", ["x-forwarded-for", "x-real-ip", "forwarded", "x-forwarded-proto"])
def test_figures_are_for_the_machine_itself_or_who_has_the_token(
    db: None, client: Any, settings: Any, proxied: str
) -> None:
    assert client.get("/metrics", headers={proxied: "10.0.0.7"}).status_code == 404
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.7").status_code == 404
    settings.SHANHAI_METRICS_TOKEN = "a token of a test"
    assert client.get("/metrics").status_code == 404
    figures(client, authorization="Bearer a token of a test", **{proxied: "10.0.0.7"})


def test_nothing_of_anybody_is_in_figures_or_log(cast: Any, client: Any, settings: Any, log: Any) -> None:
    settings.SHANHAI_SLOW_STATEMENT_MS = 1
    client.post("/accounts/login/", {"login": NAME, "password": TYPED})
    cast.sign_in("alice", client)
    for page in ("/labour/persons/", "/places/", f"/{NAME}/"):
        client.get(page, {"q": NAME, "number": NUMBER})
        client.post(page, {"name": NAME, "id_number": NUMBER})
    fail_with_values()
    logging.getLogger("shanhai.t").warning("%s of %s", NUMBER, "a@example.org", extra={"name_of": NAME})
    logging.getLogger("other.t").error("not %s", NAME)
    said, lines = log()
    told = said + client.get("/metrics").content.decode()
    for secret in (NAME, NUMBER, TYPED, "carol", "alice", "example.org"):
        assert secret not in told
        assert json.dumps(secret) not in told
    known = [line for line in lines if line["message"] == "request"]
    assert {line["user"] for line in known if "user" in line} == {str(cast.users["alice"].pk)}
    assert all(line["request"] and line["route"] for line in known)


def fail_with_values() -> None:
    """What the database says of a broken rule quotes the row."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.01), %s", [NUMBER])
            for _twice in range(2):
                cursor.execute("INSERT INTO shanhai_cache VALUES (%s, '', now())", [NAME])
    except DatabaseError:
        logging.getLogger("shanhai.t").exception("failed")
        logging.getLogger("django.t").exception("failed with %s", NAME)


def test_a_fault_tells_where_and_what_the_database_names(db: None, log: Any) -> None:
    fail_with_values()
    (line,) = (one for one in log()[1] if one["logger"] == "shanhai.t")
    found = line["exception"]
    assert found["type"] == "django.db.utils.IntegrityError"
    assert found["cause"]["sqlstate"] == "23505"
    assert found["cause"]["table_name"] == "shanhai_cache"
    assert "fail_with_values" in found["frames"][-1] or any(
        "fail_with_values" in one for one in found["frames"]
    )


def test_a_slow_statement_is_told_by_its_shape_and_counted(
    db: None, client: Any, settings: Any, log: Any
) -> None:
    name = 'shanhai_slow_statements_total{place="other"}'
    before = figures(client).get(name, 0)
    settings.SHANHAI_SLOW_STATEMENT_MS = 15
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_sleep(0.02), 'O''Neil' FROM kernel_historyretention"
            " WHERE kept_months IN (%s, %s) OR true",
            [1, 2],
        )
    slow = (one for one in log()[1] if one["message"] == "slow statement")
    (line,) = (one for one in slow if "pg_sleep" in one["statement"])
    assert (
        line["statement"]
        == "SELECT pg_sleep(?), ? FROM kernel_historyretention WHERE kept_months IN (…) OR true"
    )
    assert line["seconds"] >= 0.02
    assert figures(client)[name] > before


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("SELECT E'it\\'s 1', 'a''b' FROM t2", "SELECT ?, ? FROM t2"),
        ('SELECT $$a \'b$$, $x$ 7 $x$, "T1"."c3"', 'SELECT ?, ?, "T1"."c3"'),
        ("UPDATE t SET a = 1.5,\n  b = -20", "UPDATE t SET a = ?, b = -?"),
        (b"SELECT 1", "(composed)"),
    ],
)
def test_the_shape_of_a_statement_has_no_value(told: Any, shown: str) -> None:
    assert shape(told) == shown


def test_administrators_see_how_many_jobs_wait_too_long(cast: Any, client: Any) -> None:
    waiting(cast, minutes=30)
    cast.sign_in("root", client)
    page = client.get("/").content.decode()
    row = page[page.index("排队太久的后台任务") :][:400]
    assert re.search(r">\s*1\s*<", row)
