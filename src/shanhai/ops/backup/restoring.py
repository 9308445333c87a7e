"""Bringing a backup into an empty place, and proving that all of it came."""

import json
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from shanhai.kernel.sealing import Keyring, SealingError, open_chunks
from shanhai.ops.errors import Refusal
from shanhai.ops.installation import (
    FIELD_KEYS,
    Installation,
    Mode,
    Secrets,
    data_folder,
    private_folder,
    write_private,
)

from .manifest import DATABASE, FILES, KEYS, Manifest
from .server import connected, counts, end, folder_is_empty, program, whole_address


def require_empty(environment: dict[str, str]) -> Path:
    """The data folder to fill. Errors: Refusal when anything is there, or another server is set."""
    if environment.get("DATABASE_URL") or environment.get("DATABASE_OWNER_URL"):
        raise Refusal(
            "恢复只写进自带的数据库。用自己的服务器时，请取消 DATABASE_URL 和 DATABASE_OWNER_URL，"
            "恢复后再用 pg_dump、pg_restore 搬过去。要让自己的服务器回到某一时刻，"
            "用它自己的归档，见 docs/operating.md“回到某一时刻”。"
        )
    root = data_folder(environment)
    if not folder_is_empty(root):
        raise Refusal(f"{root} 里已有数据，恢复只写进空的地方。请用 SHANHAI_DATA 指定一个空目录。")
    return root


def restore(folder: Path, root: Path, keyring: Keyring) -> tuple[Installation, Manifest]:
    """Errors: Refusal. What was brought in until then stays, marked as not whole by the caller's words."""
    manifest = Manifest.read(folder)
    manifest.prove(folder)
    installation = _found(folder, root, keyring)
    mode = Mode(manifest.mode)
    fill_files(folder, installation.files(mode), keyring)
    _fill_database(folder, installation, mode, keyring)
    _compare(manifest, installation, mode)
    return installation, manifest


def pieces(folder: Path, part: str, keyring: Keyring) -> Iterator[bytes]:
    try:
        with (folder / part).open("rb") as sealed:
            yield from open_chunks(sealed, part, keyring)
    except SealingError as error:
        raise Refusal(f"{folder / part} 打不开：备份密钥不对，或文件被改动。") from error


def _found(folder: Path, root: Path, keyring: Keyring) -> Installation:
    """The installation with the keys of the one that was backed up; passwords are new."""
    told = json.loads(b"".join(pieces(folder, KEYS, keyring)))
    private_folder(root).chmod(0o711)
    replace(Secrets.generate(), secret_key=told["secret_key"]).write(root / "installation.json")
    write_private(root / FIELD_KEYS, told["field_keys"])
    return Installation.open({"SHANHAI_DATA": str(root)})


class Reader:
    """Pieces as a file, for tarfile."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._left = pieces, b""

    def read(self, size: int) -> bytes:
        while len(self._left) < size and (piece := next(self._pieces, b"")):
            self._left += piece
        given, self._left = self._left[:size], self._left[size:]
        return given


def fill_files(folder: Path, target: Path, keyring: Keyring) -> None:
    source = cast(BinaryIO, Reader(pieces(folder, FILES, keyring)))
    try:
        with tarfile.open(fileobj=source, mode="r|") as archive:
            archive.extractall(target, filter="data")
    except OSError as error:
        raise Refusal(f"文件写不进 {target}：{error.strerror or error}。") from error


def _fill_database(folder: Path, installation: Installation, mode: Mode, keyring: Keyring) -> None:
    process = program(
        "pg_restore",
        "--exit-on-error",
        f"--dbname={mode.database}",
        address=whole_address(installation, mode),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    assert process.stdin is not None  # noqa: S101  (narrowing: a pipe was asked for)
    try:
        shutil.copyfileobj(cast(BinaryIO, Reader(pieces(folder, DATABASE, keyring))), process.stdin, 1 << 20)
        process.stdin.close()
    except BrokenPipeError:
        pass  # it ended and says why
    except BaseException:
        process.kill()
        raise
    end(process, "写入数据库")


def _compare(manifest: Manifest, installation: Installation, mode: Mode) -> None:
    with connected(whole_address(installation, mode)) as connection:
        found = counts(connection)
    wrong = [
        f"{table}：备份时 {manifest.counts.get(table, 0):,} 行，现有 {found.get(table, 0):,} 行"
        for table in sorted(manifest.counts.keys() | found.keys())
        if manifest.counts.get(table) != found.get(table)
    ]
    if wrong:
        raise Refusal("恢复的行数不对，不能使用：\n" + "\n".join(wrong[:20]))
    files = sum(1 for one in installation.files(mode).rglob("*") if one.is_file())
    if files != manifest.files:
        raise Refusal(f"恢复的文件数不对，不能使用：备份时 {manifest.files:,} 个，现有 {files:,} 个。")
