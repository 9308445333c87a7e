"""The ring of this installation: from the environment, or from a file that is read anew when it changes.

All processes of an installation look at the file, so a key that is added is known to them within seconds and
nothing need be started again. A file that cannot be read leaves the ring as it was.
"""

import json
import logging
import time
from functools import cache
from pathlib import Path

from django.conf import settings

from .keyring import Keyring, KeyringError

logger = logging.getLogger(__name__)

#: Between two looks at the file. Unit: seconds.
LOOK_SECONDS = 1.0


class _File:
    """The keys in one file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._seen = self._mark()
        self.ring = self._read()
        self._look_at = time.monotonic() + LOOK_SECONDS

    def looked_at(self) -> Keyring:
        """The ring, not older than `LOOK_SECONDS`."""
        if time.monotonic() < self._look_at:
            return self.ring
        self._look_at = time.monotonic() + LOOK_SECONDS
        try:
            mark = self._mark()
            if mark != self._seen:
                self.ring, self._seen = self._read(), mark
        except (OSError, ValueError, KeyringError) as error:
            logger.error("keys in %s cannot be read, those known stay in use: %s", self.path, error)
        return self.ring

    def _mark(self) -> tuple[int, int, int]:
        found = Path(self.path).stat()
        return found.st_ino, found.st_mtime_ns, found.st_size

    def _read(self) -> Keyring:
        return Keyring.from_settings(json.loads(Path(self.path).read_text("utf-8")))


_file: _File | None = None


def installed_keyring() -> Keyring:
    """The ring of this installation. Not to be kept: another key may be the current one a second later."""
    global _file  # noqa: PLW0603 -- one file a process
    path = settings.SHANHAI_FIELD_KEYS_FILE
    if not path:
        return _of_environment()
    if _file is None or _file.path != path:
        _file = _File(path)
    return _file.looked_at()


@cache
def _of_environment() -> Keyring:
    return Keyring.from_settings(settings.SHANHAI_FIELD_KEYS)
