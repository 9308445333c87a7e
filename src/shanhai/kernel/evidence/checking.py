"""Every night all contents are proved against their hashes; damage is kept until it is mended."""

import logging
from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import QuerySet

from shanhai.kernel import clock, context
from shanhai.kernel.scope import Side

from .models import EvidenceCheck, EvidenceDamage, EvidenceFile
from .store import is_whole

logger = logging.getLogger(__name__)

_BATCH = 500
_CHECK = "佐证检查"


def check_all() -> EvidenceCheck:
    """Read every content and compare.

    Shape: outside a transaction, so that a run that is cut short keeps what it found; one content in memory
    at a time.
    """
    with context.unscoped(_CHECK):
        run = EvidenceCheck.objects.create(started_at=clock.now())
    for file in _all_files():
        with context.unscoped(_CHECK):
            run.damaged += not _prove(file)
        run.files += 1
        run.bytes_read += file.size
    run.ended_at = clock.now()
    with context.unscoped(_CHECK):
        run.save()
    if run.damaged:
        logger.error("%s of %s evidence files are damaged", run.damaged, run.files)
    return run


def check_again(sides: Iterable[Side]) -> int:
    """Look again at what was found damaged. Answers how many are whole now."""
    damages = list(open_damages(sides).select_related("file"))
    return sum(_prove(damage.file) for damage in damages)


def open_damages(sides: Iterable[Side]) -> QuerySet[EvidenceDamage]:
    """Contents of these sides that are damaged as far as is known, the latest found first."""
    return EvidenceDamage.objects.filter(mended_at__isnull=True, file__side__in=list(sides))


def _all_files() -> Iterator[EvidenceFile]:
    after: UUID | None = None
    while True:
        with context.unscoped(_CHECK):
            files = EvidenceFile.objects.filter(erased_at__isnull=True).order_by("pk")
            batch = list((files.filter(pk__gt=after) if after else files)[:_BATCH])
        yield from batch
        if len(batch) < _BATCH:
            return
        after = batch[-1].pk


def _prove(file: EvidenceFile) -> bool:
    damages = EvidenceDamage.objects.filter(file=file, mended_at__isnull=True)
    if is_whole(file):
        damages.update(mended_at=clock.now())
        return True
    EvidenceDamage.objects.bulk_create(
        [EvidenceDamage(file=file, found_at=clock.now())], ignore_conflicts=True
    )
    return False
