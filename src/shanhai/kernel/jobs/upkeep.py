"""Files nobody needs any longer are removed every night."""

import shutil
import time
from pathlib import Path
from uuid import UUID

from django.conf import settings

from shanhai.kernel.sealing import Tampered, key_of

from .files import RESULTS, UPLOADS, keep

#: Of passing files, which registers forget by themselves; releases before sealed files kept plain ones there.
_PASSING = "uploads"

_DAY = 24 * 3600
#: How long uploads that were never applied, and files that jobs made, are kept. Unit: days.
KEPT_DAYS = {UPLOADS: 30, RESULTS: 7, _PASSING: 1}


def remove_old_files() -> int:
    """How many were removed."""
    removed = 0
    for folder, days in KEPT_DAYS.items():
        for path in (Path(settings.SHANHAI_FILES) / folder).glob("*"):
            # The age of a file is a fact of the disk, not of the demonstration's clock.
            if path.stat().st_mtime < time.time() - days * _DAY:
                _remove(path)
                removed += 1
    return removed


def seal_plain_files() -> int:
    """Seal what releases before this one left in plain, uploads in the folder they have now; how many."""
    sealed = 0
    for folder, into in ((_PASSING, UPLOADS), (UPLOADS, UPLOADS), (RESULTS, RESULTS)):
        for path in (Path(settings.SHANHAI_FILES) / folder).glob("[0-9a-f]" * 32 + "*"):
            if path.is_file() and not _is_sealed(path):
                with path.open("rb") as plain:
                    keep(into, UUID(path.name[:32]), plain, path.name[32:])
                if folder != into:
                    path.unlink()
                sealed += 1
    return sealed


def _is_sealed(path: Path) -> bool:
    try:
        with path.open("rb") as content:
            key_of(content)
    except Tampered:
        return False
    return True


def _remove(path: Path) -> None:
    # A folder is what a program left that died while it wrote a workbook.
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
