"""Puts the papers of all chapters into the evidence store and on their rows."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple
from zlib import crc32

from shanhai.kernel import context
from shanhai.kernel.evidence.store import NewFile, bulk_store
from shanhai.kernel.models import EvidenceFile, EvidenceLink
from shanhai.registers.seeding import Paper, Seeding, morning

from .papers import pdf, png, text


class Form(NamedTuple):
    """How a paper is made."""

    extension: str
    make: Callable[[Sequence[str]], bytes]


IMAGE, DOCUMENT, PLAIN = Form("png", png), Form("pdf", pdf), Form("txt", text)
#: What a class of paper usually is; by turns where several are usual.
FORMS = {
    "photo": (IMAGE,),
    "payroll": (PLAIN, DOCUMENT),
    "insurance": (DOCUMENT, IMAGE),
    "contract": (DOCUMENT, IMAGE),
    "voucher": (DOCUMENT, DOCUMENT, IMAGE),
}


def file_papers(ctx: Seeding) -> None:
    """Make and store everything, then attach it unit by unit and day by day, as the units would have."""
    papers = sorted(ctx.papers, key=_when_and_who)
    contents = [
        NewFile(paper.row.side, _form(paper).make(paper.lines), morning(paper.attached_on))
        for paper in papers
    ]
    with context.unscoped("演示数据"):
        files = bulk_store(contents)
    pairs = zip(papers, files, strict=True)
    for _key, group in groupby(pairs, key=lambda pair: _when_and_who(pair[0])):
        _attach(ctx, list(group))


def _when_and_who(paper: Paper) -> tuple[date, str]:
    return paper.attached_on, paper.row.owner_unit.code


def _form(paper: Paper) -> Form:
    forms = FORMS.get(paper.evidence_class, (DOCUMENT,))
    return forms[crc32(paper.name.encode()) % len(forms)]


def _attach(ctx: Seeding, papers: Sequence[tuple[Paper, EvidenceFile]]) -> None:
    """What one unit attached on one day; not by a clerk's action, as the rows may be verified by now."""
    first = papers[0][0]
    actor, moment = ctx.reporter(first.row.owner_unit), morning(first.attached_on)
    with ctx.acting(actor, moment):
        EvidenceLink.objects.bulk_create(
            EvidenceLink(
                ledger=paper.row.ledger_key(),
                row_id=paper.row.pk,
                file=file,
                evidence_class=paper.evidence_class,
                name=f"{paper.name}.{_form(paper).extension}",
                attached_at=moment,
                attached_by=actor.key,
            )
            for paper, file in papers
        )
