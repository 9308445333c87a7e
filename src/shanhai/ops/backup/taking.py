"""Taking a backup: one consistent picture of database, files and keys, in constant memory.

Contents of evidence are written once and never changed, and before their rows: files copied after the
database's snapshot hold all that it refers to. The folder bears another name until everything in it has been
read back, so what was cut short by a full disk or a kill is never taken for a backup.
"""

import json
import os
import shutil
import subprocess
import tarfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, cast

import psycopg

from shanhai.kernel.sealing import Keyring, SealingError, open_chunks, seal_chunks
from shanhai.ops.environment import chosen_mode
from shanhai.ops.errors import Refusal
from shanhai.ops.field_keys import keys_in_use
from shanhai.ops.installation import Installation, Mode

from .manifest import DATABASE, FILES, FORMAT, KEYS, PARTS, Manifest, file_hash
from .server import connected, counts, end, program, whole_address


def take(
    installation: Installation, to: Path, keyring: Keyring, mode: Mode | None = None
) -> tuple[Path, Manifest]:
    """A new folder below `to`. Errors: Refusal, and nothing is left there."""
    mode = mode or chosen_mode(installation)
    now = datetime.now(UTC)
    folder = to / f"shanhai-{mode}-{now:%Y%m%d-%H%M%S}"
    with growing(folder) as part:
        manifest = _write(installation, mode, part, keyring, now)
        manifest.prove(part)
        read_back(part, PARTS, keyring)
        manifest.write(part)
    return folder, manifest


@contextmanager
def growing(folder: Path) -> Iterator[Path]:
    """A folder to write in, which is called `folder` once the block is through. Errors: Refusal."""
    part = folder.with_suffix(".part")
    try:
        part.mkdir(mode=0o700, parents=True)
        yield part
        _sync(part)
        part.replace(folder)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise Refusal(
            f"备份没有写成：{error.strerror or error}（{folder.parent}）。没有留下半份，已有的备份没有动。"
        ) from error
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def _write(installation: Installation, mode: Mode, part: Path, keyring: Keyring, now: datetime) -> Manifest:
    address = whole_address(installation, mode)
    keys_before = keys_in_use(installation)
    with connected(address) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        (snapshot,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        found = counts(connection)
        block = _last_block(connection, found)
        dump = program(
            "pg_dump",
            "--format=custom",
            # An owner that is no superuser has a policy of its own, by which it sees every row (ADR 0020).
            "--enable-row-security",
            f"--snapshot={snapshot}",
            address=address,
            stdout=subprocess.PIPE,
        )
        assert dump.stdout is not None  # noqa: S101  (narrowing: a pipe was asked for)
        try:
            seal_part(cast(BinaryIO, dump.stdout), part / DATABASE, keyring)
        except BaseException:
            dump.kill()
            raise
        finally:
            dump.stdout.close()
        end(dump, "读出数据库")
        server = connection.info.server_version
    number = seal_files(installation.files(mode), part / FILES, keyring)
    _seal_keys(installation, keys_before, part / KEYS, keyring)
    hashes = {name: file_hash(part / name) for name in (DATABASE, FILES, KEYS)}
    return Manifest(FORMAT, mode, now.isoformat(timespec="seconds"), server, *block, found, hashes, number)


def _last_block(connection: psycopg.Connection, found: dict[str, int]) -> tuple[int, str]:
    if not found.get("public.kernel_sealblock"):
        return 0, ""
    statement = "SELECT number, encode(hash, 'hex') FROM kernel_sealblock ORDER BY number DESC LIMIT 1"
    return connection.execute(statement).fetchone() or (0, "")


def seal_part(source: BinaryIO, path: Path, keyring: Keyring) -> None:
    with path.open("wb") as out:
        for piece in seal_chunks(source, path.name, keyring):
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())


def seal_files(root: Path, path: Path, keyring: Keyring) -> int:
    """All files of the installation as one archive, through a pipe; gives their number."""
    added = 0

    def fill(out: BinaryIO) -> None:
        nonlocal added
        with tarfile.open(fileobj=out, mode="w|") as archive:
            for one in sorted(one for one in root.rglob("*") if one.is_file()):
                with suppress(FileNotFoundError):  # a file of passing work that has been moved meanwhile
                    archive.add(one, str(one.relative_to(root)), recursive=False)
                    added += 1

    _piped(fill, lambda source: seal_part(source, path, keyring))
    return added


def _piped(fill: Callable[[BinaryIO], None], drain: Callable[[BinaryIO], None]) -> None:
    """`fill` writes in a thread what `drain` reads; the first failure of either is told."""
    reading, writing = os.pipe()
    failed: list[BaseException] = []

    def run() -> None:
        try:
            with os.fdopen(writing, "wb") as out:
                fill(cast(BinaryIO, out))
        except BrokenPipeError:
            pass  # the reader failed and says why
        except Exception as error:
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        with os.fdopen(reading, "rb") as source:
            drain(cast(BinaryIO, source))
    finally:
        thread.join()
    if failed:
        raise failed[0]


def _seal_keys(installation: Installation, before: dict[str, Any], path: Path, keyring: Keyring) -> None:
    """Without these the sealed fields of the database are nobody's.

    Keys that were dropped or added while the backup was taken are both in it: the database is of the
    beginning, files may be of the end.
    """
    now = keys_in_use(installation)
    told = {
        "field_keys": json.dumps({**now, "keys": {**before["keys"], **now["keys"]}}),
        "secret_key": os.environ.get("SHANHAI_SECRET_KEY") or installation.secrets.secret_key,
    }
    seal_part(BytesIO(json.dumps(told).encode()), path, keyring)


def read_back(part: Path, names: Sequence[str], keyring: Keyring) -> None:
    """Open every piece with the key, as a restore will."""
    try:
        for name in names:
            with (part / name).open("rb") as sealed:
                for _piece in open_chunks(sealed, name, keyring):
                    pass
    except SealingError as error:
        raise Refusal("写下的备份读不回来，已经删除。请检查磁盘后重试。") from error


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
