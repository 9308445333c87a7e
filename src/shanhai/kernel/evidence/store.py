"""Contents on disk: one sealed file per side and digest below `settings.SHANHAI_FILES`.

A content is written whole under its final name before its row is; work that is given up leaves at most a
sealed file that nobody refers to and that the next storing of the same content replaces.
"""

import hashlib
import logging
import os
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import clock
from shanhai.kernel.errors import RuleViolated, ShanhaiError
from shanhai.kernel.scope import Side
from shanhai.kernel.sealing import SealingError, installed_keyring, open_chunks, seal_chunks

from .kinds import FileKind, told_from
from .models import EvidenceFile
from .pictures import PictureFacts, facts_of

logger = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
_BATCH = 500


class NotStored(ShanhaiError):
    """The disk did not take the file; nothing refers to it."""

    status = 503
    code = "evidence_not_stored"
    default_message = gettext_lazy(
        "服务器没有存下这份文件（可能是存储空间不足），请告诉管理员。记录没有变化。"
    )


class Damaged(ShanhaiError):
    """What is on disk is not what was stored."""

    status = 500
    code = "evidence_damaged"
    default_message = gettext_lazy(
        "这份佐证在服务器上已损坏或被改动，没有发给您。请告诉管理员，用备份恢复；记录本身没有受影响。"
    )


@dataclass(frozen=True)
class NewFile:
    """One content to be stored with many others."""

    side: Side | str
    data: bytes
    #: Default: now.
    stored_at: datetime | None = None


def limit() -> int:
    """Bytes that one file may have."""
    return int(settings.SHANHAI_EVIDENCE_LIMIT)


def store(side: Side | str, data: bytes) -> EvidenceFile:
    """The file of this content on this side; the same content is stored once.

    Errors: RuleViolated for what may not be evidence or is too large; NotStored when the disk refuses.
    """
    return bulk_store([NewFile(side, data)], is_synced=True)[0]


def bulk_store(files: Sequence[NewFile], *, is_synced: bool = False) -> list[EvidenceFile]:
    """One row per given file, in order; equal contents of one side share one.

    Shape: two queries and one insert however many there are. Without `is_synced` the disk is asked once, at
    the end, to hold all of them.
    Errors: as `store`, before anything is written for a refused content.
    """
    keys = [(str(file.side), _digest(file.data)) for file in files]
    wanted = dict(zip(reversed(keys), reversed(files), strict=True))
    kinds = {key: _checked(file.data) for key, file in wanted.items()}
    known = _known(keys)
    new = [_row(key, file, kinds[key]) for key, file in reversed(wanted.items()) if key not in known]
    for (side, digest), file in wanted.items():
        row = known.get((side, digest))
        if row is None or not is_whole(row):
            _write(side, digest, file.data, is_synced=is_synced)
    if not is_synced:
        os.sync()
    # Another request may store the same content at this moment: the database decides, both read the winner.
    EvidenceFile.objects.bulk_create(new, _BATCH, ignore_conflicts=True)
    known = _known(keys)
    if again := [row.pk for row in known.values() if row.erased_at]:  # somebody handed it in anew
        EvidenceFile.objects.filter(pk__in=again).update(erased_at=None)
    return [known[key] for key in keys]


def _row(key: tuple[str, str], file: NewFile, kind: FileKind) -> EvidenceFile:
    facts = facts_of(file.data) if kind.is_image else PictureFacts()
    return EvidenceFile(
        side=key[0],
        digest=key[1],
        size=len(file.data),
        content_type=kind.content_type,
        stored_at=file.stored_at or clock.now(),
        shot_at=facts.shot_at,
        latitude=facts.latitude,
        longitude=facts.longitude,
    )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def require_size(size: int) -> None:
    """Errors: RuleViolated above the limit."""
    if size > limit():
        raise RuleViolated(
            _("文件有 %(size).1f MB，超过每份 %(limit).0f MB 的上限，请压缩或拆开后上传。")
            % {"size": size / MEGABYTE, "limit": limit() / MEGABYTE},
            code="evidence_too_large",
        )


def _checked(data: bytes) -> FileKind:
    require_size(len(data))
    return told_from(data)


def _known(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], EvidenceFile]:
    rows = EvidenceFile.objects.filter(digest__in={digest for _side, digest in keys})
    return {(row.side, row.digest): row for row in rows}


def path_of(side: str, digest: str) -> Path:
    """Where a content is; made of nothing a user can choose."""
    return Path(settings.SHANHAI_FILES) / relative_path(side, digest)


def relative_path(side: str, digest: str) -> str:
    """As an operator reads it, below the folder of files."""
    return f"evidence/{side}/{digest[:2]}/{digest}"


def _purpose(side: str, digest: str) -> str:
    return f"evidence.{side}.{digest}"


def _write(side: str, digest: str, data: bytes, *, is_synced: bool) -> None:
    path = path_of(side, digest)
    beside = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as target:
            beside = target.name
            for piece in seal_chunks(BytesIO(data), _purpose(side, digest), installed_keyring()):
                target.write(piece)
            target.flush()
            if is_synced:
                os.fsync(target.fileno())
        Path(beside).replace(path)
    except OSError as error:
        if beside:
            with suppress(OSError):
                Path(beside).unlink(missing_ok=True)
        logger.error("evidence %s/%s was not stored: %s", side, digest, error)
        raise NotStored from error


def is_whole(file: EvidenceFile) -> bool:
    """Whether what is on disk is what was stored; what is not is logged."""
    try:
        read(file)
    except Damaged:
        return False
    return True


def read(file: EvidenceFile) -> bytes:
    """The content, proved to be what was stored.

    Errors: Damaged, which is logged with the digest.
    """
    try:
        with path_of(file.side, file.digest).open("rb") as sealed:
            data = b"".join(open_chunks(sealed, _purpose(file.side, file.digest), installed_keyring()))
    except (OSError, SealingError) as error:
        logger.error("evidence %s/%s cannot be read: %s", file.side, file.digest, type(error).__name__)
        raise Damaged from error
    if _digest(data) != file.digest:
        logger.error("evidence %s/%s has another digest", file.side, file.digest)
        raise Damaged
    return data
