"""Files nobody needs any longer are removed every night."""

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
            if path.is_file() and path.stat().st_mtime < time.time() - days * _DAY:
                path.unlink(missing_ok=True)
                removed += 1
    return removed
