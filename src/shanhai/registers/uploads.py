"""Files between two steps of one person's work, sealed on disk until confirmed or fetched.

The seal names the person and the work, so that a file opens for nobody and nothing else.
"""

import io
import time
from pathlib import Path
from uuid import UUID

from django.conf import settings
from uuid_utils.compat import uuid7

from shanhai.kernel.errors import NotVisible
from shanhai.kernel.scope import Actor
from shanhai.kernel.sealing import SealingError, installed_keyring, open_chunks, seal_chunks

_LIFE_SECONDS = 24 * 3600


def keep(data: bytes, work: str, actor: Actor) -> UUID:
    """Store `data` for a day. What is older goes away."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    _forget_old(folder)
    key = uuid7()
    part = folder / f"{key}.part"
    with part.open("xb") as out:
        for piece in seal_chunks(io.BytesIO(data), _purpose(work, actor, key), installed_keyring()):
            out.write(piece)
    part.rename(folder / f"{key}.sealed")
    return key


def kept(key: UUID, work: str, actor: Actor) -> bytes:
    """Errors: NotVisible when there is no such file for this person and this work."""
    path = _folder() / f"{key}.sealed"
    try:
        if time.time() - path.stat().st_mtime > _LIFE_SECONDS:
            raise NotVisible
        with path.open("rb") as sealed:
            return b"".join(open_chunks(sealed, _purpose(work, actor, key), installed_keyring()))
    except (FileNotFoundError, SealingError):
        raise NotVisible from None


def forget(key: UUID) -> bool:
    """Whether it was there: of two who fetch a file to be had once, only one gets True."""
    try:
        (_folder() / f"{key}.sealed").unlink()
    except FileNotFoundError:
        return False
    return True


def _folder() -> Path:
    return Path(settings.SHANHAI_FILES) / "uploads"


def _purpose(work: str, actor: Actor, key: UUID) -> str:
    return f"upload:{work}:{actor.key}:{key}"


def _forget_old(folder: Path) -> None:
    limit = time.time() - _LIFE_SECONDS
    for path in folder.iterdir():
        if path.suffix in {".sealed", ".part"} and path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)
