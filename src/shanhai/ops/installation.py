"""Where one installation keeps its data, and the secrets it made for itself.

Knows folders and files only: no process, no database. One clone is one installation, unless SHANHAI_DATA
says otherwise; two installations never share a folder, a port or a password.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import pwd
import secrets
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from pathlib import Path

from .errors import Refusal
from .locks import RunLock

#: The system user the database runs as when we are root: PostgreSQL refuses to run as root.
RUN_AS = "nobody"
#: Longest path of a Unix socket is 107 bytes; `/.s.PGSQL.65535` takes 15 of them.
SOCKET_FOLDER_LIMIT = 107 - 15
#: The file of the keys of encrypted fields, in the data folder.
FIELD_KEYS = "field-keys.json"


class Mode(StrEnum):
    """What an installation is started for. Each mode has a database and files of its own."""

    DEMO = "demo"
    LIVE = "live"

    @property
    def database(self) -> str:
        return "shanhai_demo" if self is Mode.DEMO else "shanhai"

    @property
    def label(self) -> str:
        return "演示" if self is Mode.DEMO else "正式"


@dataclass(frozen=True)
class Secrets:
    """Generated once, kept in a file of mode 0600, printed by no command unless asked for."""

    superuser_password: str
    owner_password: str
    app_password: str
    #: Django's own, for sessions and signed links.
    secret_key: str

    @classmethod
    def generate(cls) -> "Secrets":
        return cls(
            superuser_password=secrets.token_urlsafe(24),
            owner_password=secrets.token_urlsafe(24),
            app_password=secrets.token_urlsafe(24),
            secret_key=secrets.token_urlsafe(48),
        )

    @classmethod
    def read(cls, path: Path) -> "Secrets":
        try:
            stored = json.loads(path.read_text("utf-8"))
            return cls(**{field.name: str(stored[field.name]) for field in fields(cls)})
        except (ValueError, KeyError, TypeError) as error:
            raise Refusal(f"密钥文件 {path} 已损坏。请从备份恢复它：没有它，加密的字段无法读取。") from error

    def write(self, path: Path) -> None:
        write_private(path, json.dumps(asdict(self), indent=2))


@dataclass(frozen=True)
class RunAs:
    """The system user a server runs as; the invoking user unless that is root."""

    uid: int
    gid: int

    @classmethod
    def current(cls) -> "RunAs | None":
        """None when the invoking user may run a database itself."""
        if os.geteuid() != 0:
            return None
        user = pwd.getpwnam(RUN_AS)
        return cls(user.pw_uid, user.pw_gid)

    def may_enter(self, folder: Path) -> bool:
        done = subprocess.run(
            ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)],
            user=self.uid,
            group=self.gid,
            extra_groups=[],
            cwd="/",
            capture_output=True,
            check=False,
        )
        return done.returncode == 0


@dataclass(frozen=True)
class Installation:
    """One data folder with everything in it."""

    root: Path
    secrets: Secrets

    @classmethod
    def open(cls, environment: Mapping[str, str] = os.environ) -> "Installation":
        """Find the installation of this clone, or make its folder and secrets."""
        root = data_folder(environment)
        _make_root(root)
        with _exclusive(root / "installation.lock"):
            path = root / "installation.json"
            if not path.exists():
                if (root / "postgres" / "data").exists():
                    raise Refusal(f"{root} 里有数据，却没有密钥文件 installation.json。请从备份恢复它。")
                Secrets.generate().write(path)
            _make_field_keys(root / FIELD_KEYS, path)
            return cls(root, Secrets.read(path))

    @property
    def name(self) -> str:
        """Short and stable: tells two installations of one machine apart."""
        return fingerprint(self.root)

    @property
    def field_keys(self) -> Path:
        """Keys of encrypted fields and of their blind index: JSON in the shape of `kernel.sealing`."""
        return self.root / FIELD_KEYS

    @property
    def log(self) -> Path:
        return private_folder(self.root / "log")

    def files(self, mode: Mode) -> Path:
        """Evidence and produced documents. Demonstration files never mix with real ones."""
        return private_folder(self.root / "files" / mode.value)

    def lock(self, name: str) -> RunLock:
        return RunLock(private_folder(self.root / "run") / f"{name}.lock")

    def socket_folder(self, owner: RunAs | None) -> Path:
        folder = run_folder(self.name)
        if len(os.fsencode(folder)) > SOCKET_FOLDER_LIMIT:
            raise Refusal(f"套接字目录 {folder} 的路径太长。请用 XDG_RUNTIME_DIR 或 TMPDIR 指定较短的目录。")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        expected = {os.geteuid(), owner.uid if owner else os.geteuid()}
        if folder.is_symlink() or folder.stat().st_uid not in expected:
            raise Refusal(f"{folder} 属于其他用户，不能存放数据库套接字。请删除它后重试。")
        if owner:
            os.chown(folder, owner.uid, owner.gid)
        return folder


def write_private(path: Path, text: str) -> None:
    """In place of what is there, whole or not at all; read by its owner alone."""
    fresh = path.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _make_field_keys(path: Path, secrets_file: Path) -> None:
    """Once; an earlier version kept them among the other secrets."""
    from shanhai.kernel.sealing.keyring import new_settings

    if path.exists():
        return
    kept = json.loads(secrets_file.read_text("utf-8")).get("field_keys")
    if kept is None and (path.parent / "postgres" / "data").exists():
        raise Refusal(f"{path.parent} 里有数据，却没有密钥文件 {path.name}。请从备份恢复它。")
    write_private(path, kept or json.dumps(new_settings()))


def data_folder(environment: Mapping[str, str]) -> Path:
    """SHANHAI_DATA, else a folder of this clone's own: under /var/lib for root, else in the user's folder."""
    if chosen := environment.get("SHANHAI_DATA"):
        return Path(chosen).expanduser().absolute()
    base = Path("/var/lib")
    if os.geteuid() != 0:
        base = Path(environment.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "shanhai" / fingerprint(clone_folder())


def clone_folder() -> Path:
    return Path(__file__).resolve().parents[3]


def fingerprint(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def private_folder(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _make_root(root: Path) -> None:
    """Make what is missing of the path, open for passing through; folders that exist keep their mode."""
    try:
        for folder in [*reversed(root.parents), root]:
            if not folder.exists():
                folder.mkdir(exist_ok=True)
                folder.chmod(0o711)
    except OSError as error:
        raise Refusal(
            f"无法建立数据目录 {root}：{error.strerror}。请用 SHANHAI_DATA 指定其他目录。"
        ) from error


def run_folder(name: str) -> Path:
    """A short path for what lives no longer than the machine is up; made by the caller.

    Where the system has a place that other users cannot write to, there: in a shared one a stranger could
    take the name first and so prevent a start.
    """
    if os.geteuid() == 0 and os.access("/run", os.W_OK):
        folder = Path("/run/shanhai")
        if not folder.exists():
            folder.mkdir(exist_ok=True)
            folder.chmod(0o755)
        return folder / name
    if runtime := os.environ.get("XDG_RUNTIME_DIR"):
        folder = Path(runtime) / "shanhai" / name
        if os.access(runtime, os.W_OK) and len(os.fsencode(folder)) <= SOCKET_FOLDER_LIMIT:
            return folder
    return Path(tempfile.gettempdir()) / f"shanhai-{os.geteuid()}-{name}"


@contextlib.contextmanager
def _exclusive(path: Path) -> Iterator[None]:
    # Closed to others: a lock may be held through any descriptor, one for reading included.
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
