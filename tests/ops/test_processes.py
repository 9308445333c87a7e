import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from shanhai.ops.processes import (
    Child,
    Supervisor,
    alive,
    end_leftovers,
    last_lines,
    open_log,
    stop_process,
    wait_for,
)

SLEEP = "import time; time.sleep(60)"
DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", flush=True)
time.sleep(60)
"""
SLOW_TO_END = """
import atexit, signal, sys, time
atexit.register(time.sleep, 0.5)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
print("ready", flush=True)
signal.pause()
"""
SAYS_WHEN = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(print(time.monotonic(), flush=True)))
print("ready", flush=True)
time.sleep(60)
"""
PARENT = """
import subprocess, sys, time
print(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]).pid, flush=True)
time.sleep(60)
"""
SUPERVISOR = """
import os, sys
from pathlib import Path
from shanhai.ops.processes import Child, Supervisor
sleep = [sys.executable, "-c", "import time; time.sleep(60)"]
with Supervisor() as supervisor:
    supervisor.start(Child("one", sleep, log=Path(sys.argv[1]), environment=os.environ))
    print(supervisor.children[0].pid, flush=True)
    supervisor.run()
"""


def child(tmp_path: Path, code: str, name: str = "试验", grace: float = 5.0) -> Child:
    return Child(
        name,
        [sys.executable, "-c", code],
        log=tmp_path / f"{name}.log",
        environment=os.environ,
        grace=grace,
    )


def gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def test_a_crashed_child_starts_again(tmp_path: Path) -> None:
    with Supervisor() as supervisor:
        steady = child(tmp_path, SLEEP)
        supervisor.start(steady)
        first = steady.pid
        psutil.Process(first).kill()

        def is_anew() -> bool:
            supervisor.pause(0.1)
            return steady.is_running and steady.pid != first

        assert wait_for(is_anew, 10)


def test_a_child_that_keeps_crashing_waits_longer_each_time(tmp_path: Path) -> None:
    with Supervisor() as supervisor:
        broken = child(tmp_path, "raise SystemExit(1)")
        supervisor.start(broken)
        supervisor.pause(2.5)
        assert 2 <= broken.failures <= 5


def test_leaving_stops_children_in_reverse_order(tmp_path: Path) -> None:
    with Supervisor() as supervisor:
        for name in ("first", "second"):
            supervisor.start(child(tmp_path, SAYS_WHEN, name))
        assert wait_for(lambda: all("ready" in last_lines(c.log) for c in supervisor.children), 10)
    ended = {name: float(last_lines(tmp_path / f"{name}.log", 1)) for name in ("first", "second")}
    assert ended["second"] < ended["first"]


def test_a_child_that_ignores_the_signal_is_ended_after_its_grace(tmp_path: Path) -> None:
    deaf = child(tmp_path, DEAF, grace=0.3)
    deaf.start()
    assert wait_for(lambda: "ready" in last_lines(deaf.log), 10)
    deaf.stop()
    assert not deaf.is_running


def test_what_a_killed_child_started_is_swept_away(tmp_path: Path) -> None:
    parent = child(tmp_path, PARENT)
    parent.start()
    assert wait_for(lambda: last_lines(parent.log) != "", 10)
    grandchild = int(last_lines(parent.log))
    psutil.Process(parent.pid).kill()
    assert wait_for(lambda: not parent.is_running, 10)
    parent.reap()
    assert wait_for(lambda: gone(grandchild), 10)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_children_end_with_a_killed_supervisor(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, str(tmp_path / "log")], stdout=subprocess.PIPE, text=True
    ) as supervisor:
        assert supervisor.stdout is not None
        pid = int(supervisor.stdout.readline())
        assert not gone(pid)
        supervisor.kill()
    assert wait_for(lambda: gone(pid), 10)


@pytest.mark.parametrize(("ignored", "ends"), [(False, True), (True, False)], ids=["terminal", "nohup"])
def test_a_closed_terminal_ends_all_unless_started_to_outlive_it(
    tmp_path: Path, ignored: bool, ends: bool
) -> None:
    def as_nohup_does() -> None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN if ignored else signal.SIG_DFL)

    with subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, str(tmp_path / "log")],
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=as_nohup_does,  # noqa: PLW1509 - sets one signal, touches nothing of ours
    ) as supervisor:
        assert supervisor.stdout is not None
        pid = int(supervisor.stdout.readline())
        supervisor.send_signal(signal.SIGHUP)
        assert wait_for(lambda: gone(pid), 2) is ends
        supervisor.terminate()
    assert gone(pid)


def test_a_terminal_that_is_gone_does_not_end_what_crashed_and_came_back(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    with subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, str(tmp_path / "log")],
        stdout=subprocess.PIPE,
        stderr=writer,
        text=True,
    ) as supervisor:
        os.close(writer)
        os.close(reader)
        assert supervisor.stdout is not None
        psutil.Process(int(supervisor.stdout.readline())).kill()
        assert wait_for(lambda: not psutil.Process(supervisor.pid).children(), 10)
        assert wait_for(lambda: bool(psutil.Process(supervisor.pid).children()), 10)
        supervisor.terminate()


def test_leftovers_of_a_killed_supervisor_are_ended_and_strangers_are_not() -> None:
    with (
        subprocess.Popen([sys.executable, "-c", SLEEP], start_new_session=True) as left,
        subprocess.Popen([sys.executable, "-c", SLEEP], start_new_session=True) as stranger,
    ):
        born = psutil.Process(left.pid).create_time()
        end_leftovers([(left.pid, born), (stranger.pid, born - 1000)])
        assert gone(left.pid)
        assert alive(stranger.pid, psutil.Process(stranger.pid).create_time())
        stranger.kill()


def test_a_step_gives_its_exit_code_while_others_are_looked_after(tmp_path: Path) -> None:
    with Supervisor() as supervisor:
        steady = child(tmp_path, SLEEP, "steady")
        supervisor.start(steady)
        first = steady.pid
        kill_it = f"import os, sys, time; os.kill({first}, 9); time.sleep(1); sys.exit(7)"
        assert supervisor.run_step(child(tmp_path, kill_it, "step")) == 7
        assert steady.is_running and steady.pid != first


def test_a_long_log_moves_aside(tmp_path: Path) -> None:
    path = tmp_path / "web.log"
    path.write_bytes(b"x" * (21 * 1024 * 1024))
    with open_log(path) as log:
        log.write(b"new")
    assert path.read_bytes() == b"new"
    assert (tmp_path / "web.1.log").stat().st_size > 0


def test_a_process_that_does_not_stop_in_time_is_named() -> None:
    with subprocess.Popen([sys.executable, "-c", DEAF], stdout=subprocess.PIPE) as deaf:
        assert deaf.stdout is not None
        deaf.stdout.readline()
        with pytest.raises(Exception, match=str(deaf.pid)):
            stop_process(deaf.pid, 0.2)
        deaf.kill()


def test_a_process_counts_as_stopped_only_when_nothing_of_it_runs() -> None:
    with subprocess.Popen([sys.executable, "-c", SLOW_TO_END], stdout=subprocess.PIPE) as slow:
        assert slow.stdout is not None
        slow.stdout.readline()
        stop_process(slow.pid, 10.0)
        assert psutil.Process(slow.pid).status() == psutil.STATUS_ZOMBIE


def test_a_process_that_is_gone_already_counts_as_stopped() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    started = time.monotonic()
    stop_process(ended.pid, 5.0)
    assert time.monotonic() - started < 1
