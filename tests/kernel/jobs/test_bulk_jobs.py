"""Acts on more rows than one request judges: seen first, done by the worker, all or nothing, whoever dies."""

import json
import os
import subprocess
import sys
from collections import Counter
from typing import Any

import pytest
from django.db import connection, connections
from django.urls import reverse

from kernel.surfaces.reading import page, words
from shanhai.kernel import actions, context
from shanhai.kernel.history.models import HistoryEntry
from shanhai.kernel.jobs import runner
from shanhai.kernel.jobs.models import Job
from shanhai.kernel.registry import registry
from shanhai.kernel.surfaces import bulk, bulk_jobs
from toys.models import Workshop

LIST, BULK = "/toys/workshop/", "/toys/workshop/bulk/"
API = "/api/v1/toys/workshop/many/"
SUBMIT = {"verb": "submit", "matching": "1"}


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: Any) -> None:
    for module in (bulk, bulk_jobs):
        monkeypatch.setattr(module, "MOST_ROWS", 3)
    monkeypatch.setattr(bulk_jobs, "LOT", 2)


@pytest.fixture
def rows(cast: Any) -> None:
    """Five drafts of alice's, one of them against a rule, and one that she reported already."""
    ledger = registry.get("toys.workshop")
    with context.acting(cast.actor("alice")) as current:
        for number in range(6):
            values = {"code": f"A{number}", "name": f"{number} 号车间", "kind": "home"}
            actions.create_row(ledger, values, actor=current.actor)
    with context.unscoped("against a rule, and reported"):
        Workshop.objects.filter(code="A1").update(is_certified=True)
        Workshop.objects.filter(code="A5").update(state="submitted")


def states() -> Counter[str]:
    return Counter(Workshop._base_manager.values_list("state", flat=True))


def planned(client: Any, query: str = "kind=home", sent: Any = None) -> Any:
    """The plan that a job has made."""
    answer = client.post(f"{BULK}?{query}", sent or SUBMIT)
    assert answer.status_code == 303, words(answer)
    job = Job.objects.get(kind="bulk_plan")
    waiting = client.get(answer.url)
    assert (waiting.status_code, waiting.url) == (303, reverse("job", args=[job.pk]))
    runner.run(job.pk)
    job.refresh_from_db()
    assert job.state == "done", job.message
    return job


def confirm(client: Any, job: Job, **more: str) -> Job:
    shown = page(client.get(job.result["url"]))
    digest = shown.select_one("input[name=confirmed]")
    assert digest is not None
    answer = client.post(job.result["url"], {"confirmed": str(digest["value"]), **more})
    assert answer.status_code == 303, words(answer)
    return Job.objects.get(kind="bulk")


def test_many_rows_are_seen_first_and_done_by_the_worker(rows: None, sign_in: Any) -> None:
    client = sign_in("alice")
    job = planned(client)
    assert states()["submitted"] == 1, "looking changes nothing"
    assert (job.done, job.total, job.result["rows"], job.result["left_out"]) == (6, 6, 4, 2)
    shown = words(client.get(job.result["url"]))
    assert "将处理 4 条" in shown and "跳过 2 条" in shown and "须填设立日期" in shown
    doing = confirm(client, job, reason="月底一并提交")
    runner.run(doing.pk)
    doing.refresh_from_db()
    assert (doing.state, doing.result["text"]) == ("done", "已处理 4 条，跳过 2 条")
    assert states() == {"submitted": 5, "draft": 1}
    told = HistoryEntry.objects.filter(table_name="toys_workshop", reason="月底一并提交")
    assert told.count() == 4
    assert words(client.get(reverse("job", args=[doing.pk]))).count("已处理 4 条") == 1


def test_other_rows_than_shown_are_not_touched(rows: None, sign_in: Any) -> None:
    client = sign_in("alice")
    doing = confirm(client, planned(client))
    with context.unscoped("changed meanwhile"):
        Workshop.objects.filter(code="A4").update(row_version=7)
    runner.run(doing.pk)
    doing.refresh_from_db()
    assert doing.state == "failed" and "刚有变化，一条也没有办理" in doing.message
    assert states() == {"draft": 5, "submitted": 1}


def test_a_cancelled_act_leaves_nothing(rows: None, sign_in: Any, monkeypatch: Any) -> None:
    client, whole = sign_in("alice"), bulk_jobs.Act.apply
    doing = confirm(client, planned(client))

    def then_cancel(act: Any, some: Any) -> int:
        other = connections["owner"].copy()
        with other.cursor() as cursor:
            cursor.execute("UPDATE kernel_job SET is_cancel_requested = true WHERE id = %s", [doing.pk])
        other.close()
        return whole(act, some)

    monkeypatch.setattr(bulk_jobs.Act, "apply", then_cancel)
    runner.run(doing.pk)
    doing.refresh_from_db()
    assert doing.state == "cancelled"
    assert states() == {"draft": 5, "submitted": 1}


KILLED = """
import os, signal, sys
import django
django.setup()
from django.db import connections
connections["default"].settings_dict["NAME"] = sys.argv[2]
from shanhai.kernel.surfaces import bulk_jobs
bulk_jobs.LOT = 2
whole = bulk_jobs.Act.apply
bulk_jobs.died = False
def die_at_the_second(act, rows):
    done = whole(act, rows)
    if bulk_jobs.died:
        os.kill(os.getpid(), signal.SIGKILL)
    bulk_jobs.died = True
    return done
bulk_jobs.Act.apply = die_at_the_second
from shanhai.kernel.jobs import runner
runner.run(sys.argv[1])
"""


def test_a_worker_killed_between_two_lots_leaves_nothing_and_the_job_begins_anew(
    rows: None, sign_in: Any
) -> None:
    client = sign_in("alice")
    doing = confirm(client, planned(client))
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    command = [sys.executable, "-c", KILLED, str(doing.pk), connection.settings_dict["NAME"]]
    assert subprocess.run(command, env=environment, check=False).returncode == -9
    doing.refresh_from_db()
    assert (doing.state, states()) == ("running", {"draft": 5, "submitted": 1})
    runner.run(doing.pk)
    doing.refresh_from_db()
    assert (doing.state, states()) == ("done", {"submitted": 5, "draft": 1})


def test_values_and_reasons_hold_in_the_background_too(rows: None, sign_in: Any, cast: Any) -> None:
    client = sign_in("alice")
    change = {"verb": "edit", "matching": "1", "change": "kind", "kind": "farm"}
    job = planned(client, "state=draft", change)
    assert "种养式" in words(client.get(job.result["url"]))
    runner.run(confirm(client, job, reason="统一口径").pk)
    assert Workshop._base_manager.filter(kind="farm").count() == 4, "one is against a rule"
    with context.unscoped("test"):
        Job.objects.all().delete()
    job = planned(client, "", {"verb": "handover", "matching": "1", "unit": str(cast.dm_finance.pk)})
    refused = client.post(job.result["url"], {"confirmed": job.result["digest"]})
    assert refused.status_code == 422 and "必须写明原因" in words(refused)


def test_a_plan_belongs_to_who_asked_for_it(rows: None, client_of: Any) -> None:
    job = planned(client_of("alice"))
    for who in ("carol", "bob"):
        other = client_of(who)
        assert other.get(job.result["url"]).status_code == 404
        assert other.get(f"{API}jobs/{job.pk}/").status_code == 404
    assert client_of("dave").post(BULK, SUBMIT).status_code == 403


def test_the_api_does_the_same(rows: None, client_of: Any) -> None:
    alice = client_of("alice")

    def send(url: str, body: Any) -> Any:
        return alice.post(url, json.dumps(body), content_type="application/json")

    assert send(f"{API}submit/plan/", {"matching": True}).json()["code"] == "too_many"
    begun = send(f"{API}submit/jobs/?kind=home", {})
    assert begun.status_code == 202
    at = f"{API}jobs/{begun.json()['id']}/"
    assert alice.get(at).json()["plan"] is None
    runner.run(begun.json()["id"])
    plan = alice.get(at).json()["plan"]
    assert (plan["rows"], plan["left_out"]) == (4, 2)
    assert send(f"{at}apply/", {"digest": "x"}).json()["code"] == "selection_changed"
    doing = send(f"{at}apply/", {"digest": plan["digest"]}).json()
    runner.run(doing["id"])
    assert states() == {"submitted": 5, "draft": 1}
