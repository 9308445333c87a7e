"""Files that jobs make or read: uploads and exports below `settings.SHANHAI_FILES`, reachable by no address.

They are sealed, each bound to its folder and name: they hold numbers of people for days, uploads until they
are applied or 30 days, results of jobs 7 days (`upkeep`). The folder belongs to the installation's user
alone. Only while a job writes its result the file lies there in plain, in a folder that goes with the job.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

from shanhai.kernel.sealing import OpenedFile, SealingError, installed_keyring, seal_chunks

UPLOADS, RESULTS = "imports", "results"
_MAKING = ".making"


def path_of(folder: str, key: UUID, suffix: str = "") -> Path:
    """Where the file of `key` is or will be; the folder exists afterwards."""
    parent = Path(settings.SHANHAI_FILES) / folder
    parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return parent / f"{key.hex}{suffix}"


def keep(folder: str, key: UUID, content: BinaryIO | bytes, suffix: str = "") -> None:
    """Seal what is left of `content`; the file is there whole, or not at all."""
    path, source = path_of(folder, key, suffix), BytesIO(content) if isinstance(content, bytes) else content
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as fresh:
        try:
            fresh.writelines(seal_chunks(source, _purpose(path), installed_keyring()))
            fresh.flush()
            os.fsync(fresh.fileno())
            Path(fresh.name).replace(path)
        except BaseException:
            Path(fresh.name).unlink(missing_ok=True)
            raise


@contextmanager
def making(key: UUID, suffix: str) -> Iterator[Path]:
    """Where a job writes its result, kept sealed at the end of the block; what failed leaves nothing.

    Shape: the path lies in a folder of its own. A job that begins anew after its worker died clears it first.
    """
    scratch = path_of(RESULTS, key, _MAKING)
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(mode=0o700)
    try:
        out = scratch / f"result{suffix}"
        yield out
        with out.open("rb") as plain:
            keep(RESULTS, key, plain, suffix)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def opened(folder: str, key: UUID, suffix: str = "") -> OpenedFile | None:
    """A kept file in plain, to be read and closed; None when it is gone, or does not open."""
    path = path_of(folder, key, suffix)
    try:
        return OpenedFile(path, _purpose(path), installed_keyring())
    except (FileNotFoundError, SealingError):
        return None


def read(folder: str, key: UUID, suffix: str = "") -> bytes | None:
    """The whole of a kept file. Errors: as `OpenedFile.read`."""
    found = opened(folder, key, suffix)
    if found is None:
        return None
    with found:
        return found.read()


def remove(folder: str, key: UUID) -> None:
    """Every file of `key`; nothing when there is none."""
    for path in path_of(folder, key).parent.glob(f"{key.hex}*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def _purpose(path: Path) -> str:
    return f"{path.parent.name}.{path.name}"
