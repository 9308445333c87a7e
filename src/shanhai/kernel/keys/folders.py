"""Sealed files as places: contents of evidence get another key, what passes within a day does not."""

import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from shanhai.kernel.sealing import Keyring, SealingError, key_of, resealed_chunks

from .places import Step


@dataclass(frozen=True)
class Folder:
    """Sealed files below a folder of `settings.SHANHAI_FILES`, by a pattern of their names.

    Shape: `purpose` is the pattern of what a file is bound to, of the parts of its path below the folder:
    "" for files that name who may open them, which therefore keep their key and are gone in a day.
    """

    folder: str
    pattern: str
    purpose: str = ""

    @property
    def name(self) -> str:
        return f"files/{self.folder}"

    @property
    def is_renewed(self) -> bool:
        return bool(self.purpose)

    def held(self) -> Counter[str]:
        held: Counter[str] = Counter()
        for path in self._files():
            with suppress(OSError, SealingError), path.open("rb") as sealed:
                held[key_of(sealed)] += 1
        return held

    def reseal(self, ring: Keyring, after: str, most: int) -> Step:
        """Files in the order of their paths."""
        if not self.purpose:
            return Step("", 0, 0)
        root = self._root
        behind = [path for path in self._files() if path.relative_to(root).as_posix() > after][:most]
        resealed = unopened = 0
        for path in behind:
            try:
                resealed += _reseal(path, self.purpose.format(*path.relative_to(root).parts), ring)
            except (SealingError, OSError):
                unopened += 1
        last = behind[-1].relative_to(root).as_posix() if len(behind) == most else ""
        return Step(last, resealed, unopened)

    @property
    def _root(self) -> Path:
        return Path(settings.SHANHAI_FILES) / self.folder

    def _files(self) -> Iterator[Path]:
        yield from sorted(path for path in self._root.glob(self.pattern) if path.is_file())


def _reseal(path: Path, purpose: str, ring: Keyring) -> bool:
    """Whether it needed another key. Written beside and put in its place whole: a kill leaves the old one."""
    with path.open("rb") as sealed:
        if key_of(sealed) == ring.current:
            return False
        sealed.seek(0)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as fresh:
            try:
                fresh.writelines(resealed_chunks(sealed, purpose, ring))
                fresh.flush()
                os.fsync(fresh.fileno())
                Path(fresh.name).replace(path)
            except BaseException:
                Path(fresh.name).unlink(missing_ok=True)
                raise
    return True
