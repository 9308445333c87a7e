"""Puts the papers of all chapters into the evidence store and on their rows."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple
from zlib import crc32

from shanhai.kernel.models import EvidenceFile, EvidenceLink
from shanhai.registers.seeding import Paper, Seeding, morning

from .papers import pdf, png, text


class Form(NamedTuple):
    """How a paper is made."""

    extension: str
    content_type: str
    make: Callable[[Sequence[str]], bytes]


IMAGE = Form("png", "image/png", png)
DOCUMENT = Form("pdf", "application/pdf", pdf)
PLAIN = Form("txt", "text/plain", text)
#: What a class of paper usually is; by turns where several are usual.
FORMS = {
    "photo": (IMAGE,),
    "payroll": (PLAIN, DOCUMENT),
    "insurance": (DOCUMENT, IMAGE),
    "contract": (DOCUMENT, IMAGE),
    "voucher": (DOCUMENT, DOCUMENT, IMAGE),
}


def file_papers(ctx: Seeding) -> None:
    """Make and attach everything, unit by unit and day by day, as the units would have."""

    def key(paper: Paper) -> tuple[date, str]:
        return paper.attached_on, paper.row.owner_unit.code

    known: dict[tuple[str, str], EvidenceFile] = {}
    for _key, group in groupby(sorted(ctx.papers, key=key), key=key):
        _file(ctx, list(group), known)


def _file(ctx: Seeding, papers: Sequence[Paper], known: dict[tuple[str, str], EvidenceFile]) -> None:
    """What one unit attached on one day."""
    unit, moment = papers[0].row.owner_unit, morning(papers[0].attached_on)
    files, links = [], []
    with ctx.acting(ctx.reporter(unit), moment):
        for paper in papers:
            forms = FORMS.get(paper.evidence_class, (DOCUMENT,))
            form = forms[crc32(paper.name.encode()) % len(forms)]
            content = form.make(paper.lines)
            digest = hashlib.sha256(content).hexdigest()
            if (unit.side, digest) not in known:
                file = EvidenceFile(
                    side=unit.side,
                    digest=digest,
                    size=len(content),
                    content_type=form.content_type,
                    stored_at=moment,
                )
                files.append(file)
                known[unit.side, digest] = file
            links.append(
                EvidenceLink(
                    ledger=paper.row.ledger_key(),
                    row_id=paper.row.pk,
                    file=known[unit.side, digest],
                    evidence_class=paper.evidence_class,
                    name=f"{paper.name}.{form.extension}",
                    attached_at=moment,
                    attached_by=ctx.reporter(unit).key,
                )
            )
        EvidenceFile.objects.bulk_create(files)
        EvidenceLink.objects.bulk_create(links)
