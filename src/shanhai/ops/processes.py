"""Supervised programs: started in order, again when they crash, stopped in reverse order, never orphaned.

The supervisor is one thread: the kernel ties "die with the parent" to the thread that started a child.
"""

import contextlib
import ctypes
import os
import queue
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType, TracebackType
from typing import IO, Any, Self

import click
import psutil

from .errors import Refusal
from .installation import RunAs

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PR_SET_PDEATHSIG = 1
LOG_LIMIT = 20 * 1024 * 1024
#: A child that lived this long has recovered: its next crash starts the back-off anew.
SETTLED_SECONDS = 60.0
LONGEST_PAUSE = 30.0
LEFTOVER_SECONDS = 15.0

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class Interrupted(Exception):
    """A stop signal came while something was under way."""


class Child:
    """One program under supervision, in a group of its own: Ctrl-C reaches the supervisor only."""

    def __init__(
        self,
        name: str,
        argv: Sequence[str],
        *,
        log: Path,
        environment: Mapping[str, str],
        folder: Path = Path("/"),
        stop_signal: signal.Signals = signal.SIGTERM,
        grace: float = 15.0,
        run_as: RunAs | None = None,
    ) -> None:
        self.name = name
        self.argv = list(argv)
        self.log = log
        self.environment = dict(environment)
        self.folder = folder
        self.stop_signal = stop_signal
        self.grace = grace
        self.run_as = run_as
        self.failures = 0
        self.due = 0.0
        self._started = 0.0
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with open_log(self.log) as log:
            self._process = spawn(self, log)
        self._started = time.monotonic()

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        if self._process is None:
            raise RuntimeError(f"{self.name} was never started")
        return self._process.pid

    @property
    def exit_code(self) -> int:
        """Of a program that has ended."""
        if self._process is None or self._process.returncode is None:
            raise RuntimeError(f"{self.name} has not ended")
        return self._process.returncode

    def identity(self) -> tuple[int, float]:
        """Pid and birth of the running program: enough to know it again after the supervisor died."""
        return self.pid, psutil.Process(self.pid).create_time()

    def reap(self) -> None:
        """After a crash: sweep what the program left of its group, and say when it may start again."""
        end_group(self.pid)
        if time.monotonic() - self._started > SETTLED_SECONDS:
            self.failures = 0
        self.failures += 1
        self.due = time.monotonic() + min(LONGEST_PAUSE, 0.1 * 2**self.failures)

    def stop(self) -> None:
        """Ask, wait for the grace period, then insist. Does nothing to a program that never ran."""
        if self._process is None:
            return
        if self.is_running:
            self._process.send_signal(self.stop_signal)
            try:
                self._process.wait(self.grace)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        end_group(self.pid)


class Supervisor:
    """Runs children until a stop signal comes. Use as a context manager: leaving stops everything."""

    def __init__(self, on_change: Callable[["Supervisor"], None] | None = None) -> None:
        self.children: list[Child] = []
        self._on_change = on_change or (lambda supervisor: None)
        # A SimpleQueue may be filled from a signal handler; an Event could deadlock there.
        self._signals: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._previous: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        for number in (*STOP_SIGNALS, signal.SIGCHLD):
            previous = signal.signal(number, self._receive)
            if number is signal.SIGHUP and previous is signal.SIG_IGN:
                # Started by nohup: meant to outlive its terminal.
                signal.signal(number, signal.SIG_IGN)
            self._previous[number] = previous
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for child in reversed(self.children):
            child.stop()
        for number, handler in self._previous.items():
            signal.signal(number, handler)

    def start(self, child: Child) -> None:
        # Known before it starts: what fails half way is still stopped on leaving.
        self.children.append(child)
        child.start()
        self._on_change(self)

    def pause(self, seconds: float) -> None:
        """Wait while looking after the children. Errors: Interrupted when a stop signal came."""
        until = time.monotonic() + seconds
        self._look_after()
        while (left := until - time.monotonic()) > 0:
            self._take_signal(min(left, self._next_due()))
            self._look_after()

    def run_step(self, child: Child, meanwhile: Callable[[float], None] = lambda seconds: None) -> int:
        """Run a program that ends by itself, looking after the others meanwhile; gives its exit code.

        Shape: `meanwhile` is called many times a second with the seconds since the start.
        """
        began = time.monotonic()
        child.start()
        try:
            while child.is_running:
                self.pause(0.05)
                meanwhile(time.monotonic() - began)
        finally:
            child.stop()
        return child.exit_code

    def run(self) -> None:
        """Look after the children until a stop signal comes."""
        try:
            while True:
                self.pause(3600.0)
        except Interrupted:
            return

    def _receive(self, number: int, frame: FrameType | None) -> None:
        self._signals.put(number)

    def _take_signal(self, seconds: float) -> None:
        try:
            number = self._signals.get(timeout=max(seconds, 0.001))
        except queue.Empty:
            return
        if number in STOP_SIGNALS:
            raise Interrupted

    def _next_due(self) -> float:
        waiting = [child.due - time.monotonic() for child in self.children if not child.is_running]
        return min(waiting, default=1.0)

    def _look_after(self) -> None:
        for child in self.children:
            if not child.is_running:
                self._revive(child)

    def _revive(self, child: Child) -> None:
        if not child.due:
            child.reap()
            say(f"{child.name}意外退出，正在重新启动（日志：{child.log}）。")
        elif time.monotonic() >= child.due:
            child.due = 0.0
            child.start()
            self._on_change(self)


def say(text: str) -> None:
    """Tell the person at the terminal, if it is still there: a closed one must not end what we supervise."""
    with contextlib.suppress(OSError):
        click.echo(text, err=True)


def spawn(child: Child, log: IO[bytes]) -> subprocess.Popen[bytes]:
    owner = child.run_as
    return subprocess.Popen(
        child.argv,
        env=child.environment,
        cwd=child.folder,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
        user=owner.uid if owner else None,
        group=owner.gid if owner else None,
        extra_groups=[] if owner else None,
        # Runs after the change of user, which would clear the setting.
        preexec_fn=_die_with_parent(child.stop_signal),  # noqa: PLW1509 - one thread, see the module
    )


def open_log(path: Path) -> IO[bytes]:
    """Open for appending; a long log moves aside first."""
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.replace(path.with_suffix(".1.log"))
    return path.open("ab")


def last_lines(path: Path, count: int = 15) -> str:
    try:
        text = path.read_text("utf-8", errors="replace")
    except OSError:
        return ""
    return "\n".join(text.splitlines()[-count:])


def end_group(leader: int) -> None:
    """Kill what is left of a process group whose leader has ended."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def alive(pid: int, born: float) -> bool:
    """Whether this very program still runs; a recycled pid does not deceive it."""
    try:
        process = psutil.Process(pid)
        return bool(abs(process.create_time() - born) < 1.0 and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def wait_for(condition: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.03)
    return True


def end_leftovers(identities: Sequence[Sequence[Any]]) -> None:
    """End programs whose supervisor was killed and could not end them itself."""
    left = [psutil.Process(int(pid)) for pid, born in identities if alive(int(pid), float(born))]
    for process in left:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.terminate()
    for process in psutil.wait_procs(left, LEFTOVER_SECONDS)[1]:
        end_group(process.pid)


def stop_process(pid: int, seconds: float) -> None:
    """Ask a supervisor to stop and wait until its process has ended. Errors: Refusal when it does not.

    A lock given back is not enough: whoever says "stopped" must leave nothing that still runs.
    """
    try:
        born = psutil.Process(pid).create_time()
        os.kill(pid, signal.SIGTERM)
    except (psutil.NoSuchProcess, ProcessLookupError):
        return
    if not wait_for(lambda: not alive(pid, born), seconds):
        raise Refusal(f"进程 {pid} 在 {seconds:.0f} 秒内没有停止。请稍后再试，或查看日志。")


def _die_with_parent(number: signal.Signals) -> Callable[[], None]:
    parent = os.getpid()

    def arrange() -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, int(number))
        if os.getppid() != parent:
            os._exit(1)

    return arrange
