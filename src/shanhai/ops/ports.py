"""Loopback ports: the wanted one, or the next that is free."""

import contextlib
import socket
from collections.abc import Iterator
from os import getuid
from pathlib import Path

from .errors import Refusal
from .installation import run_folder
from .locks import RunLock

LOOPBACK = "127.0.0.1"
HIGHEST = 65535
TRIES = 200


def is_free(port: int) -> bool:
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
            probe.listen(1)
        except OSError:
            return False
    return True


@contextlib.contextmanager
def reserved(wanted: int) -> Iterator[int]:
    """The first free port from `wanted` on, kept from other installations of this user until the block ends.

    The web server opens its port with SO_REUSEPORT, so the kernel would let two installations of one user
    share a port in silence. A lock per port keeps them apart, even when both start at the same moment.
    """
    for port in range(wanted, min(wanted + TRIES, HIGHEST + 1)):
        with RunLock(_lock_folder() / f"{port}.lock") as lock:
            if lock.acquire() and is_free(port):
                yield port
                return
    raise Refusal(f"从 {wanted} 起的 {TRIES} 个端口都被占用。请用 SHANHAI_PORT 指定其他端口。")


def _lock_folder() -> Path:
    folder = run_folder("ports")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != getuid():
        raise Refusal(f"{folder} 属于其他用户。请删除它，或用 TMPDIR 指定其他临时目录。")
    return folder
