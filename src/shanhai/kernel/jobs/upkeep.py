"""Files nobody needs any longer are removed every night."""

import shutil
import time
from pathlib import Path

from django.conf import settings

from .files import RESULTS, UPLOADS

_DAY = 24 * 3600
#: How long uploads that were never applied, and files that jobs made, are kept. Unit: days.
KEPT_DAYS = {UPLOADS: 30, RESULTS: 7}


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


def _remove(path: Path) -> None:
    # A folder is what a program left that died while it wrote a workbook.
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
