"""Bringing the database back to a moment: a base backup and the log archived since, to an empty place."""

import json
import os
import shutil
import tarfile
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast

from shanhai.kernel.sealing import Keyring
from shanhai.ops import detached
from shanhai.ops.errors import Refusal
from shanhai.ops.installation import FIELD_KEYS, Installation, Mode, Secrets, private_folder, write_private
from shanhai.ops.postgres import HBA, Cluster
from shanhai.ops.processes import last_lines

from .base import CLUSTER, Base
from .manifest import KEYS
from .restoring import Reader, fill_files, pieces
from .server import connected, whole_address

_TOO_SHORT = "归档的日志到不了这个时间，请补上后来的日志文件，或选早一点的时间。"
#: Settings of the recovery alone; left behind they would be in force at the next start.
_SETTINGS = "shanhai-recovery.conf"


def moment(text: str) -> datetime:
    """`2026-11-27 08:30`, in the zone of the machine unless it names one. Errors: Refusal."""
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        raise Refusal(f"“{text}”不是时间，请写成 2026-11-27 08:30:00。") from None


def rewind(
    folder: Path, root: Path, log: Path, until: datetime, keyring: Keyring
) -> tuple[Installation, Base]:
    """Errors: Refusal, also when the log does not reach that far; the caller removes what was brought."""
    base = Base.read(folder)
    if until < datetime.fromisoformat(base.taken_at):
        raise Refusal(f"这份基础备份是 {base.taken_at} 的，回不到 {until.isoformat()}。请用更早的一份。")
    if not log.is_dir() or not any(log.iterdir()):
        raise Refusal(f"{log} 里没有归档的日志。")
    if until.timestamp() > max(one.stat().st_mtime for one in log.iterdir()):
        raise Refusal(_TOO_SHORT)
    private_folder(root).chmod(0o711)
    told = json.loads(b"".join(pieces(folder, KEYS, keyring)))
    Secrets(**told["secrets"]).write(root / "installation.json")
    write_private(root / FIELD_KEYS, told["field_keys"])
    installation = Installation.open({"SHANHAI_DATA": str(root)})
    fill_files(folder, installation.files(Mode(base.mode)), keyring)
    cluster = Cluster.of(installation)
    cluster.prepare_programs()
    _unpack(folder, cluster, keyring)
    _lead(cluster, _readable(log, cluster), until)
    _recover(installation, cluster, Mode(base.mode))
    return installation, base


def _unpack(folder: Path, cluster: Cluster, keyring: Keyring) -> None:
    fresh = cluster.home / "data.new"
    private_folder(fresh)
    source = cast(BinaryIO, Reader(pieces(folder, CLUSTER, keyring)))
    try:
        with tarfile.open(fileobj=source, mode="r|") as archive:
            archive.extractall(fresh, filter="data")
    except OSError as error:
        raise Refusal(f"数据库的文件写不进 {fresh}：{error.strerror or error}。") from error
    fresh.chmod(0o700)
    (fresh / "pg_hba.conf").write_text(HBA, "utf-8")


def _readable(log: Path, cluster: Cluster) -> Path:
    """The log where the server's user may read it, which need not be where it was archived."""
    copy = cluster.home / "log"
    shutil.copytree(log, copy)
    return copy


def _lead(cluster: Cluster, log: Path, until: datetime) -> None:
    """Tell the server how far to go. Its time is the machine's, as it was when the log was written."""
    fresh = cluster.home / "data.new"
    (fresh / _SETTINGS).write_text(
        f'restore_command = \'cp "{log}/%f" "%p"\'\n'
        f"recovery_target_time = '{until.isoformat()}'\n"
        "recovery_target_action = 'promote'\n"
        # Nobody is let in before it is there.
        "hot_standby = 'off'\n",
        "utf-8",
    )
    with (fresh / "postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.write(f"include_if_exists = '{_SETTINGS}'\n")
    (fresh / "recovery.signal").touch()
    for path in (fresh, log):
        for parent, folders, files in os.walk(path):
            for one in (parent, *(os.path.join(parent, name) for name in (*folders, *files))):
                cluster.give(Path(one))
    fresh.replace(cluster.data)


def _recover(installation: Installation, cluster: Cluster, mode: Mode) -> None:
    try:
        detached.ensure_database(installation)
    except Refusal as error:
        said = last_lines(installation.log / "postgres.log")
        if "recovery target" in said or "recovery ended before" in said:
            raise Refusal(_TOO_SHORT) from error
        raise
    with connected(whole_address(installation, mode)) as connection:
        connection.execute("SELECT pg_switch_wal()")
    (cluster.data / _SETTINGS).unlink()
    shutil.rmtree(cluster.home / "log")
