"""Puts the papers of all chapters into the evidence store and on their rows."""

import hashlib
from collections.abc import Callable, Sequence

from shanhai.kernel.models import EvidenceFile, EvidenceLink
from shanhai.registers.seeding import Paper, Seeding, morning

from .papers import pdf, png, text

Maker = Callable[[Sequence[str]], bytes]
IMAGE: tuple[str, str, Maker] = ("png", "image/png", png)
DOCUMENT: tuple[str, str, Maker] = ("pdf", "application/pdf", pdf)
PLAIN: tuple[str, str, Maker] = ("txt", "text/plain", text)
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

    def key(paper: Paper) -> tuple[object, ...]:
        return paper.attached_on, paper.row.owner_unit.code

    for number, paper in enumerate(sorted(ctx.papers, key=key)):
        _file(ctx, number, paper)


def _file(ctx: Seeding, number: int, paper: Paper) -> None:
    forms = FORMS.get(paper.evidence_class, (DOCUMENT,))
    extension, content_type, make = forms[number % len(forms)]
    content = make(paper.lines)
    digest = hashlib.sha256(content).hexdigest()
    actor, moment = ctx.reporter(paper.row.owner_unit), morning(paper.attached_on)
    with ctx.acting(actor, moment):
        file, _is_new = EvidenceFile.objects.get_or_create(
            side=paper.row.side,
            digest=digest,
            defaults={"size": len(content), "content_type": content_type, "stored_at": moment},
        )
        EvidenceLink.objects.create(
            ledger=paper.row.ledger_key(),
            row_id=paper.row.pk,
            file=file,
            evidence_class=paper.evidence_class,
            name=f"{paper.name}.{extension}",
            attached_at=moment,
            attached_by=actor.key,
        )
