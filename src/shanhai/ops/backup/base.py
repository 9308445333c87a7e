"""A base backup: the whole database cluster as files, from which the archived log leads to any later moment.

Beside it lie the keys and passwords of the installation and the files of evidence, which are written once and
never changed: those of a later moment are a superset. All is sealed as other backups are (ADR 0027).
"""

import json
import subprocess
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

from shanhai.kernel.sealing import Keyring
from shanhai.ops.environment import Addresses, chosen_mode
from shanhai.ops.errors import Refusal
from shanhai.ops.field_keys import keys_in_use
from shanhai.ops.installation import Installation, Mode

from .manifest import FILES, KEYS, file_hash
from .server import connected, end, program, whole_address
from .taking import growing, read_back, seal_files, seal_part

NAME, FORMAT = "base.json", "shanhai-base-1"
CLUSTER = "cluster.sealed"
PARTS = (CLUSTER, FILES, KEYS)
#: What leads back to a moment on a server that is not ours: its administrator's tools, as the manual tells.
OF_OTHERS = (
    "基础备份只用于自带的数据库。自己的服务器由它的管理员做：设 archive_mode=on 和 archive_command，每周 "
    "pg_basebackup --wal-method=stream；要回到某一时刻，写 restore_command、recovery_target_time 和 "
    "recovery.signal。逐条命令见 docs/operating.md“回到某一时刻”。密钥和文件照常用 shanhai backup 备份。"
)


@dataclass(frozen=True)
class Base:
    """What a base backup says of itself."""

    format: str
    mode: str
    taken_at: str
    #: Of PostgreSQL; another major version cannot read the files.
    server: int
    #: The first file of the log that it needs: older ones are needed by older base backups only.
    first_log: str
    hashes: dict[str, str]

    @classmethod
    def read(cls, folder: Path) -> "Base":
        """Errors: Refusal for what is no whole base backup."""
        try:
            found = cls(**json.loads((folder / NAME).read_text("utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise Refusal(f"{folder / NAME} 读不出来，这份基础备份不能用。请换一份。") from error
        if found.format != FORMAT or found.mode not in set(Mode):
            raise Refusal(f"{folder} 的格式（{found.format}）这个版本读不了。请用写它的那一版恢复。")
        for part in PARTS:
            if found.hashes.get(part) != file_hash(folder / part):
                raise Refusal(f"{folder / part} 损坏或不全：哈希与清单不符。请换一份备份。")
        return found


def take_base(installation: Installation, to: Path, keyring: Keyring) -> tuple[Path, Base]:
    """A new folder below `to`, while people work. Errors: Refusal, and nothing is left there."""
    if Addresses.of_user(installation):
        raise Refusal(OF_OTHERS)
    mode, now = chosen_mode(installation), datetime.now(UTC)
    folder = to / f"shanhai-base-{now:%Y%m%d-%H%M%S}"
    with growing(folder) as part:
        address = whole_address(installation, mode)
        with connected(address) as connection:
            found = connection.execute("SELECT pg_walfile_name(pg_current_wal_lsn())").fetchone()
            server = connection.info.server_version
        _seal_cluster(address, part / CLUSTER, keyring)
        seal_files(installation.files(mode), part / FILES, keyring)
        told = {"secrets": asdict(installation.secrets), "field_keys": json.dumps(keys_in_use(installation))}
        seal_part(BytesIO(json.dumps(told).encode()), part / KEYS, keyring)
        read_back(part, PARTS, keyring)
        hashes = {name: file_hash(part / name) for name in PARTS}
        first = str(found[0]) if found else ""
        base = Base(FORMAT, mode, now.isoformat(timespec="seconds"), server, first, hashes)
        (part / NAME).write_text(json.dumps(asdict(base), indent=1) + "\n", "utf-8")
    return folder, base


def _seal_cluster(address: str, path: Path, keyring: Keyring) -> None:
    """With the log that it needs to be whole, so that it can be used alone as well."""
    options = ("--pgdata=-", "--format=tar", "--wal-method=fetch", "--checkpoint=fast", "--no-password")
    process = program("pg_basebackup", *options, address=address, stdout=subprocess.PIPE)
    assert process.stdout is not None  # noqa: S101  (narrowing: a pipe was asked for)
    try:
        seal_part(cast(BinaryIO, process.stdout), path, keyring)
    except BaseException:
        process.kill()
        raise
    finally:
        process.stdout.close()
    end(process, "读出数据库的文件")
