"""`shanhai demo`, `run` and `stop`: the database, one preparation, then the web server and the worker."""

import contextlib
import http.client
import ipaddress
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from . import detached, figures
from .environment import Addresses, for_django
from .errors import Refusal
from .installation import Installation, Mode
from .locks import RunLock
from .own_server import examine
from .ports import HIGHEST, LOOPBACK, reserved
from .postgres import Cluster, Server
from .processes import (
    Child,
    Interrupted,
    Supervisor,
    end_leftovers,
    last_lines,
    say,
    stop_process,
    wait_for,
)

FIRST_PORT = 8000
WEB_APPLICATION = "shanhai.config.wsgi:application"
WEB_WORKERS = 2
WEB_THREADS = 4
#: Long enough for a running request or job to end well, short enough for someone who pressed Ctrl-C.
GRACE_SECONDS = 10
WEB_START_SECONDS = 90.0
#: Another command of this installation may be seeding just now.
PREPARE_SECONDS = 900.0
PATIENCE_SECONDS = 20.0
STOP_SECONDS = 120.0
#: A program that ends this often before it ever answered will not answer.
HOPELESS = 3


def serve(installation: Installation, mode: Mode, *, reset: bool = False) -> None:
    """Run until a stop signal comes. A second start of the same installation only says where the first is."""
    wanted = _wanted_port()
    with installation.lock("server") as lock:
        if not lock.acquire():
            _point_to_running(lock.holder() or {}, mode, reset=reset)
            return
        lock.publish(mode=mode, children=lock.inherited.get("children", ()))
        end_leftovers(lock.inherited.get("children", ()))
        with contextlib.suppress(Interrupted):
            _serve(installation, mode, lock, wanted, reset=reset)
        click.echo("已停止。")


def once(installation: Installation, *, reset: bool) -> dict[str, Any]:
    """Bring the demonstration to life without serving it; gives its summary."""
    running = installation.lock("server").holder()
    if reset and running is not None:
        raise Refusal("服务正在运行，不能重置。请先运行 make stop。")
    if running and running.get("mode") == Mode.LIVE and Addresses.of_user(installation):
        # Modes have a database each on our own server only.
        raise Refusal("正式服务正在用这个数据库运行。请先运行 make stop，并为演示另设一个空库。")
    options = ("--summary", *(("--reset",) if reset else ()))
    with database(installation, Mode.DEMO) as (supervisor, environment):
        found = prepare(installation, Mode.DEMO, environment, supervisor, *options)
    return dict(found["summary"])


def stop(installation: Installation) -> bool:
    """Stop everything of this installation, what a killed supervisor left included; False if nothing ran."""
    ran = [_stop_holder(installation.lock(name)) for name in ("server", "postgres")]
    with installation.lock("server") as lock:
        if lock.acquire():
            end_leftovers(lock.inherited.get("children", ()))
    with installation.lock("postgres") as lock:
        if lock.acquire():
            Cluster.of(installation).settle()
    return any(ran)


def _stop_holder(lock: RunLock) -> bool:
    facts = lock.holder()
    if facts is None or "pid" not in facts:
        return False
    stop_process(int(facts["pid"]), STOP_SECONDS)
    return True


def _serve(installation: Installation, mode: Mode, lock: RunLock, wanted: int, *, reset: bool) -> None:
    facts: dict[str, Any] = {"mode": mode, "own_database": Addresses.of_user(installation) is not None}

    def publish(supervisor: Supervisor) -> None:
        programs = [child for child in supervisor.children if not isinstance(child, Server)]
        lock.publish(**facts, children=[child.identity() for child in programs if child.is_running])

    with database(installation, mode, publish) as (supervisor, reached):
        environment = {**reached, figures.VARIABLE: str(figures.fresh_folder(installation))}
        found = prepare(installation, mode, environment, supervisor, *(("--reset",) if reset else ()))
        with reserved(wanted) as port:
            if port != wanted:
                say(f"端口 {wanted} 已被占用，改用 {port}。")
            web = web_program(installation.log, environment, port)
            supervisor.start(web)
            wait_for_web(supervisor, web, port)
            # Only now: at the start both would contend for the processor, and nobody waits for jobs yet.
            supervisor.start(worker_program(installation.log, environment))
            facts["address"] = f"http://{LOOPBACK}:{port}/"
            publish(supervisor)
            _announce(installation, mode, facts["address"], found)
            supervisor.run()


@contextlib.contextmanager
def database(
    installation: Installation, mode: Mode, on_change: Callable[[Supervisor], None] = lambda supervisor: None
) -> Iterator[tuple[Supervisor, Mapping[str, str]]]:
    """A supervisor with the database up, and the environment to reach it; both end together."""
    own = Addresses.of_user(installation)
    if own:
        examine(own)
    with installation.lock("postgres") as lock, Supervisor(on_change) as supervisor:
        addresses = own or Addresses.embedded(installation, _port(installation, lock, supervisor), mode)
        yield supervisor, for_django(installation, addresses, mode)


def _port(installation: Installation, lock: RunLock, supervisor: Supervisor) -> int:
    """Of our own database: one that runs already is used and left running, else it lives as long as we do."""
    if lock.acquire():
        return detached.start_server(installation, lock, supervisor).port
    return detached.ensure_database(installation)


def prepare(
    installation: Installation,
    mode: Mode,
    environment: Mapping[str, str],
    supervisor: Supervisor,
    *options: str,
) -> dict[str, Any]:
    """One run of `ops.prepare`; gives what it found. Errors: Refusal in its words, or with its log's end."""
    log = installation.log / "prepare.log"
    say(f"正在准备{mode.label}数据库……")
    with installation.lock("prepare") as turn, tempfile.TemporaryDirectory() as folder:
        if not wait_for(turn.acquire, PREPARE_SECONDS):
            raise Refusal("另一个命令一直在准备数据库。请稍后再试。")
        result = Path(folder) / "result.json"
        step = _program("准备", ["shanhai.ops.prepare", mode, str(result), *options], log, environment)
        if supervisor.run_step(step, _patience()) != 0:
            raise Refusal(f"准备数据库失败（日志：{log}）：\n{last_lines(log)}")
        found: dict[str, Any] = json.loads(result.read_text("utf-8"))
    if "refused" in found:
        raise Refusal(found["refused"])
    return found


def _patience() -> Callable[[float], None]:
    """Says every now and then that work goes on, so that nobody takes it for stuck."""
    due = PATIENCE_SECONDS

    def tell(seconds: float) -> None:
        nonlocal due
        if seconds >= due:
            due += PATIENCE_SECONDS
            say(f"仍在准备，已用 {seconds:.0f} 秒（首次启动需要几分钟）……")

    return tell


def _program(name: str, arguments: list[str], log: Path, environment: Mapping[str, str]) -> Child:
    """A Python module as a child; it may take a little longer to stop than it was told to."""
    command = [sys.executable, "-m", *arguments]
    return Child(name, command, log=log, environment=environment, grace=GRACE_SECONDS + 5)


def web_program(log: Path, environment: Mapping[str, str], port: int) -> Child:
    """The web server; it writes `web.log` in the folder `log`."""
    options = {
        "interface": "wsgi",
        "host": _listened(),
        "port": port,
        "workers": WEB_WORKERS,
        "blocking-threads": WEB_THREADS,
        "workers-kill-timeout": GRACE_SECONDS,
    }
    arguments = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    command = ["granian", *arguments, "--no-ws", "--respawn-failed-workers", WEB_APPLICATION]
    return _program("网页服务", command, log / "web.log", environment)


def worker_program(log: Path, environment: Mapping[str, str]) -> Child:
    """The worker; it writes `worker.log` in the folder `log`."""
    command = ["django", "work", f"--grace={GRACE_SECONDS}"]
    return _program("后台任务", command, log / "worker.log", environment)


def _listened() -> str:
    """The machine itself alone, unless the operator wishes otherwise: in a container nobody would come in."""
    value = os.environ.get("SHANHAI_LISTEN") or LOOPBACK
    try:
        return str(ipaddress.ip_address(value))
    except ValueError:
        raise Refusal(
            f"SHANHAI_LISTEN={value} 不是 IP 地址。请写 127.0.0.1、0.0.0.0 或本机的一个地址。"
        ) from None


def _wanted_port() -> int:
    value = os.environ.get("SHANHAI_PORT") or str(FIRST_PORT)
    if not value.isdecimal() or not 0 < int(value) <= HIGHEST:
        raise Refusal(f"SHANHAI_PORT={value} 不是端口号。请写 1 到 {HIGHEST} 的数，或不设。")
    return int(value)


def wait_for_web(supervisor: Supervisor, web: Child, port: int) -> None:
    """Errors: Refusal with the end of its log where it never answers."""
    deadline = time.monotonic() + WEB_START_SECONDS
    while not _answers(port):
        supervisor.pause(0.1)
        if web.failures >= HOPELESS or time.monotonic() > deadline:
            raise Refusal(f"网页服务没有启动（日志：{web.log}）：\n{last_lines(web.log)}")


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=10)
    with contextlib.closing(connection):
        try:
            connection.request("HEAD", "/")
            return connection.getresponse().status < http.client.INTERNAL_SERVER_ERROR
        except (OSError, http.client.HTTPException):
            return False


def _announce(installation: Installation, mode: Mode, address: str, found: Mapping[str, Any]) -> None:
    click.echo(f"\n山海（{mode.label}）：{address}\n")
    if accounts := found.get("accounts"):
        click.echo(accounts)
    if link := found.get("setup_link"):
        click.echo(f"首次设置（一次有效）：{address.rstrip('/')}{link}\n")
    click.echo(f"数据：{installation.root}")
    click.echo("停止：Ctrl-C，或在另一个终端运行 make stop。")


def _point_to_running(facts: Mapping[str, Any], mode: Mode, *, reset: bool) -> None:
    running = Mode(facts.get("mode", mode))
    if reset or running is not mode:
        raise Refusal(f"{running.label}服务正在运行。请先运行 make stop。")
    if "address" in facts:
        click.echo(f"山海（{mode.label}）已在运行：{facts['address']}")
    else:
        click.echo(f"山海（{mode.label}）正在启动，请稍候。")
