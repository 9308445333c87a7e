"""Puts the papers of all chapters into the evidence store and on their rows."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from zlib import crc32

from shanhai.kernel import context
from shanhai.kernel.evidence.store import NewFile, bulk_store
from shanhai.kernel.models import EvidenceFile, EvidenceLink
from shanhai.registers.seeding import Paper, Seeding, Turn, morning

from .drawing import Sheet
from .papers import DOCUMENT, IMAGE, PLAIN, Form

#: What a class of paper usually is; by turns where several are usual.
FORMS = {
    "photo": (IMAGE,),
    "payroll": (PLAIN, DOCUMENT),
    "insurance": (DOCUMENT, IMAGE),
    "contract": (DOCUMENT, IMAGE),
    "voucher": (DOCUMENT, DOCUMENT, IMAGE),
}


def sheets(ctx: Seeding) -> list[Sheet]:
    """What is to be drawn for `file_papers`, in its order."""
    return [Sheet(_form(paper), paper.lines) for paper in _in_order(ctx)]


def file_papers(ctx: Seeding, contents: Sequence[bytes]) -> None:
    """Store everything, then attach it unit by unit and day by day, as the units would have."""
    papers = _in_order(ctx)
    with context.unscoped("演示数据"):
        files = bulk_store(
            [
                NewFile(paper.row.side, content, morning(paper.attached_on))
                for paper, content in zip(papers, contents, strict=True)
            ]
        )
    pairs = zip(papers, files, strict=True)
    with ctx.acting_in_turn() as turn:
        for _key, group in groupby(pairs, key=lambda pair: _when_and_who(pair[0])):
            _attach(ctx, turn, list(group))


def _in_order(ctx: Seeding) -> list[Paper]:
    return sorted(ctx.papers, key=_when_and_who)


def _when_and_who(paper: Paper) -> tuple[date, str]:
    return paper.attached_on, paper.row.owner_unit.code


def _form(paper: Paper) -> Form:
    forms = FORMS.get(paper.evidence_class, (DOCUMENT,))
    return forms[crc32(paper.name.encode()) % len(forms)]


def _attach(ctx: Seeding, turn: Turn, papers: Sequence[tuple[Paper, EvidenceFile]]) -> None:
    """What one unit attached on one day; not by a clerk's action, as the rows may be verified by now."""
    first = papers[0][0]
    actor, moment = ctx.reporter(first.row.owner_unit), morning(first.attached_on)
    with turn(actor, moment):
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
