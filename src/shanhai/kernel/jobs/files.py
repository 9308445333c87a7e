"""Files that jobs make or read: uploads and exports below `settings.SHANHAI_FILES`, reachable by no address.

They hold plain data until they are removed: uploads once applied or after 30 days, results of jobs after 7
days (`upkeep`). The folder belongs to the installation's user alone.
"""

from pathlib import Path
from uuid import UUID

from django.conf import settings

UPLOADS, RESULTS = "uploads", "results"


def path_of(folder: str, key: UUID, suffix: str = "") -> Path:
    """Where the file of `key` is or will be; the folder exists afterwards."""
    parent = Path(settings.SHANHAI_FILES) / folder
    parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return parent / f"{key.hex}{suffix}"


def remove(folder: str, key: UUID) -> None:
    """Every file of `key`; nothing when there is none."""
    for path in path_of(folder, key).parent.glob(f"{key.hex}*"):
        path.unlink(missing_ok=True)
