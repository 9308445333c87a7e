import contextlib
import http.client
import json
import signal
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest

from ops.conftest import Box, BoxMaker
from shanhai.ops.processes import wait_for

pytestmark = pytest.mark.slow

PROBE = {
    "PYTHONPATH": str(Path(__file__).parent),
    "DJANGO_SETTINGS_MODULE": "probe.settings",
    "SHANHAI_PORT": "18000",
}


@dataclass(frozen=True)
class Running:
    """A service in the foreground of some terminal."""

    process: subprocess.Popen[str]
    printed: str

    @property
    def address(self) -> str:
        return next(word for word in self.printed.split() if word.startswith("山海（")).split("：", 1)[1]

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or 0

    def page(self) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        with contextlib.closing(connection):
            connection.request("GET", "/")
            return connection.getresponse().read().decode()

    def child(self, named: str) -> psutil.Process:
        """The child that has this among its arguments or as the name of its program."""
        children = psutil.Process(self.process.pid).children()
        return next(child for child in children if named in {Path(word).name for word in child.cmdline()})


@contextlib.contextmanager
def serving(box: Box, *arguments: str, **extra: str) -> Iterator[Running]:
    with subprocess.Popen(
        box.command(*arguments),
        env=box.environment(**extra),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line)
            if line.startswith("停止："):
                break
        try:
            yield Running(process, "".join(lines))
        finally:
            process.terminate()
            process.communicate(timeout=60)


@pytest.fixture(scope="module")
def demo_box() -> Iterator[Box]:
    """Migrated and seeded once; every test leaves it stopped."""
    maker = BoxMaker([])
    box = maker(**PROBE)
    assert summary(box)["rows"] == 1
    yield box
    maker.clear()


def summary(box: Box, *options: str, **extra: str) -> dict[str, object]:
    done = box.shanhai("demo", "--once", "--json", *options, **extra)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def test_a_demonstration_serves_says_where_and_ends_cleanly_with_ctrl_c(demo_box: Box) -> None:
    with serving(demo_box, "demo") as running:
        assert "协调员 alice" in running.printed
        assert running.page() == "shanhai_demo"
        assert demo_box.shanhai("status").returncode == 0
        again = demo_box.shanhai("demo")
        assert (again.returncode, running.address in again.stdout) == (0, True)
        other = demo_box.shanhai("run")
        assert (other.returncode, "正在运行" in other.stderr) == (1, True)
        reset = demo_box.shanhai("demo", "--once", "--json", "--reset")
        assert (reset.returncode, reset.stdout) == (1, "")
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(60) == 0
    assert demo_box.processes() == []


def test_a_killed_web_server_comes_back_and_a_killed_supervisor_leaves_nothing(demo_box: Box) -> None:
    (demo_box.data / "log/web.log").unlink(missing_ok=True)
    with serving(demo_box, "demo") as running:
        assert wait_for(lambda: _workers_started(demo_box) == 2, 30)
        killed = running.child("granian")
        workers = killed.children(recursive=True)
        killed.kill()
        assert wait_for(lambda: not any(worker.is_running() for worker in workers), 30)
        assert wait_for(lambda: _answers(running) and _workers_started(demo_box) == 4, 60)
        running.process.kill()
        running.process.wait()
        assert wait_for(lambda: demo_box.processes() == [], 60)
    assert summary(demo_box)["rows"] == 1


def _workers_started(box: Box) -> int:
    return (box.data / "log/web.log").read_text("utf-8").count("Started worker")


def _answers(running: Running) -> bool:
    try:
        return running.page() == "shanhai_demo"
    except OSError:
        return False


def test_real_work_on_the_users_own_server(demo_box: Box, new_box: BoxMaker) -> None:
    addresses = demo_box.addresses()
    own = {name: addresses[name] for name in ("DATABASE_URL", "DATABASE_OWNER_URL")}
    other = new_box(**PROBE, **own)
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        with serving(other, "run", SHANHAI_PORT=str(port)) as running:
            assert running.port > port, "a taken port means the next free one"
            assert f"端口 {port} 已被占用，改用 {running.port}。" in running.printed
            assert f"{running.address}setup/once/" in running.printed
            assert running.page() == "shanhai"
            assert not (other.data / "postgres").exists(), "no server of ours is started"
            assert "DATABASE_URL" in other.shanhai("status").stdout
            turned = other.shanhai("demo", "--once", "--json")
            assert (turned.returncode, "正式服务正在用" in turned.stderr) == (1, True)
            assert other.shanhai("stop").stdout == "已停止。\n"
            assert running.process.wait(60) == 0
    assert other.processes() == []
    _refuses_to_demonstrate(other)
    _refuses_to_work(other, {name: address + "_demo" for name, address in own.items()})
    demo_box.shanhai("stop")


#: What the set-up link makes: nothing but a user.
FIRST_USER = """
from shanhai.kernel import context
from shanhai.registers.accounts.models import User
with context.unscoped("test"):
    User.objects.create_user(username="first", password="of-real-work-1", name="一")
"""


def _refuses_to_demonstrate(live: Box) -> None:
    wiped = live.shanhai("demo", "--once", "--json", "--reset")
    assert (wiped.returncode, wiped.stdout) == (1, "")
    assert "不是演示数据" in wiped.stderr
    made = live.shanhai("manage", "shell", "-c", FIRST_USER)
    assert made.returncode == 0, made.stderr
    turned = live.shanhai("demo", "--once", "--json")
    assert (turned.returncode, turned.stdout) == (1, "")
    assert "真实数据" in turned.stderr


def _refuses_to_work(box: Box, demonstration: dict[str, str]) -> None:
    worked = box.shanhai("run", **demonstration)
    assert worked.returncode == 1
    assert "不能用于正式工作" in worked.stderr


def test_reset_begins_anew_and_broken_seeding_is_not_kept(demo_box: Box) -> None:
    first = summary(demo_box)
    scan = demo_box.data / "files/demo/scan.txt"
    broken = demo_box.shanhai("demo", "--once", "--json", "--reset", PROBE_BREAK="1")
    assert (broken.returncode, broken.stdout, scan.exists()) == (1, "", False)
    assert "prepare.log" in broken.stderr
    assert summary(demo_box)["made"] != first["made"]
    assert scan.exists()
