"""Long work: run by the worker as its requester, seen while it runs, cancelled, killed, begun anew."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import OperationalError, connection, connections
from django.urls import reverse

from kernel.imports.conftest import workbook
from shanhai.kernel import actions, clock, context
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.imports import store
from shanhai.kernel.imports.models import Import
from shanhai.kernel.jobs import files, rescue, runner, upkeep
from shanhai.kernel.jobs.models import Job
from shanhai.kernel.registry import registry
from toys.models import Workshop

LEDGER = registry.get("toys.workshop")


@pytest.fixture
def kind() -> Iterator[Any]:
    """`kind(work)`: a kind of job that does `work`."""
    codes = []

    def made(work: Any, clean: Any = lambda job: None) -> runner.JobKind:
        codes.append(f"test_{len(codes)}")
        return runner.register_kind(runner.JobKind(codes[-1], "测试任务", work, clean))

    yield made
    for code in codes:
        del runner._kinds[code]


@pytest.fixture
def start(cast: Any) -> Any:
    def started(kind: runner.JobKind, by: str = "alice", **arguments: Any) -> Job:
        with context.acting(cast.actor(by)) as current:
            return runner.start(kind, "测试", arguments, actor=current.actor)

    return started


def work_off() -> None:
    """The worker, in this process, until the queue is empty; as the application role."""
    call_command("procrastinate", "worker", "--one-shot", "--queues=jobs")


def make_row(job: Any, actor: Any, progress: Any) -> dict[str, Any]:
    actions.create_row(LEDGER, {"code": "J1", "name": "任务所写"}, actor=actor)
    return {"text": "好", "url": "/"}


def test_a_worker_runs_a_job_as_its_requester(kind: Any, start: Any, cast: Any) -> None:
    job = start(kind(make_row))
    work_off()
    job.refresh_from_db()
    assert (job.state, job.result["text"]) == ("done", "好")
    assert Workshop._base_manager.get().owner_unit == cast.dm_labour


def test_a_refusal_is_told_in_its_own_words_and_a_fault_in_general_ones(kind: Any, start: Any) -> None:
    def refuse(job: Any, actor: Any, progress: Any) -> Any:
        make_row(job, actor, progress)
        raise RuleViolated("没有这个期间。")

    def fail(job: Any, actor: Any, progress: Any) -> Any:
        raise ZeroDivisionError

    refused, failed = start(kind(refuse)), start(kind(fail))
    for job in (refused, failed):
        runner.run(job.pk)
        job.refresh_from_db()
    assert (refused.state, refused.message) == ("failed", "没有这个期间。")
    assert failed.message.startswith("程序出错，没有留下任何改动")
    assert not Workshop._base_manager.exists()


def test_progress_is_seen_before_the_work_commits(kind: Any, start: Any) -> None:
    seen = []

    def count(job: Any, actor: Any, progress: Any) -> Any:
        make_row(job, actor, progress)
        progress(5, 10)
        other = connections["owner"].copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT done, total FROM kernel_job WHERE id = %s", [job.pk])
            seen.append(cursor.fetchone())
        other.close()
        return {}

    runner.run(start(kind(count)).pk)
    assert seen == [(5, 10)]


def test_a_running_job_is_cancelled_with_all_it_did(kind: Any, start: Any, sign_in: Any) -> None:
    def asked_to_stop(job: Any, actor: Any, progress: Any) -> Any:
        make_row(job, actor, progress)
        other = connections["owner"].copy()
        with other.cursor() as cursor:
            cursor.execute("UPDATE kernel_job SET is_cancel_requested = true WHERE id = %s", [job.pk])
        other.close()
        progress.say("写入")
        return {}

    job = start(kind(asked_to_stop))
    runner.run(job.pk)
    job.refresh_from_db()
    assert job.state == "cancelled"
    assert not Workshop._base_manager.exists()


def test_a_queued_job_that_is_cancelled_never_begins(kind: Any, start: Any, sign_in: Any) -> None:
    job = start(kind(make_row))
    sign_in("alice").post(reverse("job_cancel", args=[job.pk]))
    work_off()
    job.refresh_from_db()
    assert (job.state, job.message) == ("cancelled", "已取消，没有开始。")
    assert not Workshop._base_manager.exists()


def test_rights_are_those_of_the_moment_the_job_runs(kind: Any, start: Any, cast: Any) -> None:
    job = start(kind(make_row))
    with context.unscoped("test"):
        cast.users["alice"].memberships.all().delete()
    runner.run(job.pk)
    job.refresh_from_db()
    assert job.state == "failed"
    assert not Workshop._base_manager.exists()


def test_a_large_file_is_planned_and_written_by_jobs(cast: Any, sign_in: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(store, "INLINE_ROWS", 5)
    monkeypatch.setattr(store, "INLINE_BYTES", 5)
    client = sign_in("alice")
    content = workbook([{"编号": f"W{n}", "名称": f"{n}号"} for n in range(20)])
    url = client.post("/toys/workshop/import/", {"file": SimpleUploadedFile("大.xlsx", content)}).url
    assert "排队" in client.get(url).content.decode()
    work_off()
    digest = Import.objects.get().plan_digest
    assert "确认写入 20 行" in client.get(url).content.decode()
    client.post(url, {"digest": digest})
    work_off()
    assert "已写入 20 行，清点无误" in client.get(url).content.decode()
    assert Workshop._base_manager.count() == 20


def test_a_large_export_is_fetched_by_its_requester_only(make: Any, sign_in: Any, monkeypatch: Any) -> None:
    from shanhai.kernel.exports import formats

    monkeypatch.setattr(formats, "INLINE_ROWS", 1)
    for code in ("W1", "W2", "W3"):
        make(code)
    client = sign_in("alice")
    url = client.get("/toys/workshop/export/?format=csv").url
    work_off()
    assert "下载（3 行）" in client.get(url).content.decode()
    content = b"".join(client.get(f"{url}file/").streaming_content).decode("utf-8-sig")
    assert content.rstrip().endswith("共 3 行。")
    assert_resumable(client, f"{url}file/", content.encode("utf-8-sig"))
    assert sign_in("carol").get(f"{url}file/").status_code == 404
    assert sign_in("root").get(f"{url}file/").status_code == 404


def assert_resumable(client: Any, url: str, whole: bytes) -> None:
    first = client.get(url, headers={"Accept-Encoding": "gzip"})
    first.close()
    assert (first["Accept-Ranges"], int(first["Content-Length"])) == ("bytes", len(whole))
    tag = first["ETag"]
    for asked, part in (("bytes=0-9", whole[:10]), ("bytes=10-", whole[10:]), ("bytes=-5", whole[-5:])):
        answer = client.get(url, headers={"Range": asked, "If-Range": tag, "Accept-Encoding": "gzip"})
        assert (answer.status_code, b"".join(answer.streaming_content)) == (206, part)
        assert int(answer["Content-Length"]) == len(part)
        assert answer["Content-Range"].endswith(f"/{len(whole)}")
    for headers in (
        {"Range": "bytes=0-9", "If-Range": '"other"'},
        {"Range": "bytes=0-1,4-5"},
        {"Range": "x"},
    ):
        answer = client.get(url, headers=headers)
        assert (answer.status_code, b"".join(answer.streaming_content)) == (200, whole)
    beyond = client.get(url, headers={"Range": f"bytes={len(whole)}-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(whole)}")


@pytest.fixture
def make(cast: Any) -> Any:
    def made(code: str) -> Any:
        with context.acting(cast.actor("alice")) as current:
            return actions.create_row(LEDGER, {"code": code, "name": code}, actor=current.actor)

    return made


def test_administrators_see_states_and_no_data(kind: Any, start: Any, sign_in: Any) -> None:
    def secret(job: Any, actor: Any, progress: Any) -> Any:
        raise RuleViolated("第 3 行写了什么")

    job = start(kind(secret))
    runner.run(job.pk)
    page = sign_in("root").get(reverse("jobs")).content.decode()
    assert "测试任务" in page
    assert "未完成" in page
    assert "第 3 行写了什么" not in page
    assert sign_in("bob").get(reverse("job", args=[job.pk])).status_code == 404


def test_a_running_job_is_polled_for_its_own_part_only(kind: Any, start: Any, sign_in: Any) -> None:
    job = start(kind(make_row))
    part = sign_in("alice").get(reverse("job", args=[job.pk]), headers={"HX-Request": "true"})
    assert part.content.decode().strip().startswith("<div")
    assert "<html" not in part.content.decode()


def doing(job: Job, state: str) -> None:
    """As a worker leaves it that was killed."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    Job.objects.filter(pk=job.pk).update(state=state)


@pytest.mark.parametrize("state", ["queued", "running"])
def test_a_job_of_a_dead_worker_goes_back_to_the_queue_at_once(kind: Any, start: Any, state: str) -> None:
    job = start(kind(make_row))
    doing(job, state)
    work_off()
    job.refresh_from_db()
    assert job.state == state
    assert rescue.rescue() == 1
    assert rescue.rescue() == 0
    work_off()
    job.refresh_from_db()
    assert job.state == "done"
    assert Workshop._base_manager.count() == 1


def test_nobody_takes_a_job_from_whoever_works_at_it(kind: Any, start: Any) -> None:
    seen = []

    def look(job: Job, actor: Any, progress: Any) -> Any:
        other = connections["owner"].copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [str(job.pk)])
            seen.append(cursor.fetchone()[0])
        other.close()
        runner.run(job.pk)  # a second worker that was given the same job
        return make_row(job, actor, progress)

    runner.run(start(kind(look)).pk)
    assert seen == [False]
    assert Workshop._base_manager.count() == 1


def test_a_job_that_brings_its_worker_down_again_and_again_is_given_up(kind: Any, start: Any) -> None:
    job = start(kind(make_row))
    Job.objects.filter(pk=job.pk).update(attempts=runner.MOST_ATTEMPTS)
    runner.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message[:4]) == ("failed", "多次中断")
    assert not Workshop._base_manager.exists()


def test_a_lost_connection_is_no_failure_of_the_job(kind: Any, start: Any) -> None:
    def cut(job: Job, actor: Any, progress: Any) -> Any:
        make_row(job, actor, progress)
        if job.attempts == 1:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return {}

    job = start(kind(cut))
    with pytest.raises(OperationalError):
        runner.run(job.pk)
    connection.close()
    job.refresh_from_db()
    assert job.state == "running"
    assert rescue.rescue() == 1
    work_off()
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 2)
    assert Workshop._base_manager.count() == 1


def test_asking_twice_for_the_same_work_gives_the_job_under_way(kind: Any, start: Any) -> None:
    same = kind(make_row)
    first = start(same, of="toys.workshop")
    assert start(same, of="toys.workshop") == first
    assert start(same, of="toys.output") != first
    runner.run(first.pk)
    assert start(same, of="toys.workshop") != first


def test_old_uploads_are_removed(tmp_path: Any) -> None:
    old, new = files.path_of(files.UPLOADS, Job().pk), files.path_of(files.UPLOADS, Job().pk)
    for path in (old, new):
        path.write_bytes(b"x")
    os.utime(old, (time.time() - 31 * 86400,) * 2)
    assert upkeep.remove_old_files() == 1
    assert (old.exists(), new.exists()) == (False, True)


def test_files_that_earlier_releases_left_in_plain_are_sealed_and_still_read(settings: Any) -> None:
    result, upload = Job().pk, Job().pk
    files.path_of(files.RESULTS, result, ".csv").write_bytes(b"plain result")
    files.path_of("uploads", upload, ".marked.xlsx").write_bytes(b"plain upload")
    assert (upkeep.seal_plain_files(), upkeep.seal_plain_files()) == (2, 0)
    assert files.read(files.RESULTS, result, ".csv") == b"plain result"
    assert files.read(files.UPLOADS, upload, ".marked.xlsx") == b"plain upload"
    kept = [path.read_bytes() for path in settings.SHANHAI_FILES.rglob("*") if path.is_file()]
    assert len(kept) == 2 and not any(b"plain" in one for one in kept)


KILLED = """
import os, signal, sys
import django
django.setup()
from django.db import connections
connections["default"].settings_dict["NAME"] = sys.argv[2]
from shanhai.kernel import bulk
whole = bulk.insert_columns
def then_die(*args, **options):
    whole(*args, **options)
    os.kill(os.getpid(), signal.SIGKILL)
bulk.insert_columns = then_die
from shanhai.kernel.jobs import runner
runner.run(sys.argv[1])
"""


def test_a_worker_killed_while_writing_leaves_nothing_and_the_job_begins_anew(
    cast: Any, sign_in: Any, monkeypatch: Any, settings: Any
) -> None:
    monkeypatch.setattr(store, "INLINE_ROWS", 0)
    client = sign_in("alice")
    content = workbook([{"编号": "W1", "名称": "一号"}])
    url = client.post("/toys/workshop/import/", {"file": SimpleUploadedFile("一.xlsx", content)}).url
    client.post(url, {"digest": Import.objects.get().plan_digest})
    job = Import.objects.get().job
    environment = {
        **os.environ,
        "SHANHAI_FILES": str(settings.SHANHAI_FILES),
        "DJANGO_SETTINGS_MODULE": "settings",
    }
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(job.pk), connection.settings_dict["NAME"]],
        env=environment,
        check=False,
    )
    assert killed.returncode == -9
    job.refresh_from_db()
    assert job.state == "running"
    assert not Workshop._base_manager.exists()
    runner.run(job.pk)
    job.refresh_from_db()
    assert job.state == "done"
    assert Workshop._base_manager.count() == 1


def test_a_running_job_tells_how_long_it_will_still_take(kind: Any, start: Any, sign_in: Any) -> None:
    def shown(**changes: Any) -> str:
        Job.objects.filter(pk=job.pk).update(**changes)
        return str(client.get(reverse("job", args=[job.pk])).content.decode())

    same, now = kind(make_row), clock.now()
    job, client = start(same, of="now"), sign_in("alice")
    assert "约还需" not in shown()
    running = {"state": "running", "started_at": now - timedelta(seconds=20), "total": 1000}
    assert "约还需" not in shown(**running)
    assert "250 / 1,000 行 · 约还需 60 秒" in shown(done=250)
    last = start(same, of="before")
    began = {"started_at": now - timedelta(hours=1), "ended_at": now - timedelta(minutes=56)}
    Job.objects.filter(pk=last.pk).update(state="done", total=1000, **began)
    assert "0 / 1,000 行 · 约还需 4 分钟" in shown(done=0)
