import subprocess
import sys
from pathlib import Path

from shanhai.ops.locks import RunLock

HOLDER = """
import sys, time
from pathlib import Path
from shanhai.ops.locks import RunLock
lock = RunLock(Path(sys.argv[1]))
lock.acquire()
lock.publish(port=7)
print(flush=True)
time.sleep(60)
"""


def test_a_held_lock_tells_who_holds_it(tmp_path: Path) -> None:
    with RunLock(tmp_path / "a.lock") as lock:
        assert lock.acquire()
        lock.publish(port=5)
        other = RunLock(tmp_path / "a.lock")
        assert not other.acquire()
        holder = other.holder()
        assert holder is not None and holder["port"] == 5
    assert other.holder() is None


def test_a_killed_holder_leaves_the_lock_free_and_its_facts_behind(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        assert not RunLock(path).acquire()
        holder.kill()
    with RunLock(path) as lock:
        assert lock.acquire()
        assert lock.inherited["port"] == 7


def test_a_starting_holder_does_not_pass_for_its_predecessor(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    with RunLock(path) as first:
        first.acquire()
        first.publish(port=7)
    with RunLock(path) as second:
        second.acquire()
        holder = RunLock(path).holder()
        assert holder is not None and "port" not in holder
    with RunLock(path) as third:
        third.acquire()
        assert third.inherited["port"] == 7, "a holder that never got far passes on what it had inherited"


def test_an_unreadable_lock_file_holds_nobody_up(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    path.write_text("{half", "utf-8")
    with RunLock(path) as lock:
        assert lock.acquire()
        assert lock.inherited == {}
