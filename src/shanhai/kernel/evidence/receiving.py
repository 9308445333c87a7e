"""Several files sent at once: each is taken or refused by itself, and every one is answered for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from shanhai.engines.pdf import PdfLocked, PdfUnreadable, page_count
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor

from .attach import upload
from .kinds import PDF, kind_of
from .store import require_size


@dataclass(frozen=True)
class Outcome:
    """What became of one file: `kind` is "ok", "wait" (kept, but look at it) or "late" (refused)."""

    kind: str
    text: str

    @property
    def is_kept(self) -> bool:
        return self.kind != "late"


def refused(sentence: str) -> Outcome:
    return Outcome("late", sentence)


def receive(
    ledger: Ledger[Any],
    row: LedgerModel,
    files: Iterable["UploadedFile[Any]"],
    evidence_class: str,
    *,
    actor: Actor,
) -> list[Outcome]:
    """One outcome per file, in order; one that is refused does not take the others with it."""
    return [_receive_one(ledger, row, file, evidence_class, actor) for file in files]


def _receive_one(
    ledger: Ledger[Any], row: LedgerModel, file: "UploadedFile[Any]", evidence_class: str, actor: Actor
) -> Outcome:
    name = file.name or ""
    try:
        require_size(file.size or 0)
        data = bytes(file.read())
        # A refused file must leave nothing behind, the files before it must stay.
        with transaction.atomic():
            link = upload(ledger, row, data, name, evidence_class, actor=actor)
    except RuleViolated as refusal:
        return refused(_("%(name)s：%(why)s") % {"name": name, "why": refusal})
    caution = _caution(data) if kind_of(link.file.content_type) is PDF else ""
    if caution:
        return Outcome("wait", _("%(name)s：已上传。%(but)s") % {"name": name, "but": caution})
    return Outcome("ok", _("%(name)s：已上传。") % {"name": name})


def _caution(data: bytes) -> str:
    """Other programs may open what ours does not, so such a PDF is kept; but who sends it is told at once."""
    try:
        page_count(data)
    except PdfLocked:
        return _("但这份 PDF 有打开密码，核实人看不到内容；请去掉密码后重新上传。")
    except PdfUnreadable:
        return _("但这份 PDF 预览不了，可能没有传完整；请点开核对。")
    return ""
