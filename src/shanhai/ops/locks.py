"""Locks that the kernel takes back when their holder dies, so none is ever stale."""

import fcntl
import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

PROBE_SECONDS = 0.5


class RunLock:
    """One holder at a time, with a few facts about it for everyone else.

    The file stays when the holder goes: what it last published tells the next holder what may be left of it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        #: What the holder before this one had published.
        self.inherited: Mapping[str, Any] = {}
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Take the lock if nobody has it. A probe by `holder` lasts microseconds, hence the second tries."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        deadline = time.monotonic() + PROBE_SECONDS
        while not _flock(descriptor, fcntl.LOCK_EX):
            if time.monotonic() > deadline:
                os.close(descriptor)
                return False
            time.sleep(0.02)
        self._descriptor = descriptor
        left = self._read()
        self.inherited = left.get("before", left)
        # Until this holder publishes, its facts must not be taken from those of its predecessor.
        self.publish(before=dict(self.inherited))
        return True

    def publish(self, **facts: Any) -> None:
        if self._descriptor is None:
            raise RuntimeError(f"{self.path} is not held by this process")
        text = json.dumps({"pid": os.getpid(), **facts}).encode()
        os.pwrite(self._descriptor, text, 0)
        os.ftruncate(self._descriptor, len(text))

    def holder(self) -> Mapping[str, Any] | None:
        """Facts of the living holder, None when nobody holds the lock; its pid only while it starts."""
        try:
            descriptor = os.open(self.path, os.O_RDONLY)
        except FileNotFoundError:
            return None
        try:
            return None if _flock(descriptor, fcntl.LOCK_SH) else self._read()
        finally:
            os.close(descriptor)

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _read(self) -> Mapping[str, Any]:
        try:
            facts = json.loads(self.path.read_bytes())
        except (OSError, ValueError):
            return {}
        return facts if isinstance(facts, dict) else {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _flock(descriptor: int, how: int) -> bool:
    try:
        fcntl.flock(descriptor, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
