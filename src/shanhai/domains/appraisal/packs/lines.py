"""Lines of the 目录: every paper of every row, and every paper that is not there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from shanhai.kernel.evidence.attach import class_choices, is_personal, may_open, record_reading, shown_name
from shanhai.kernel.history.known import as_known_on
from shanhai.kernel.indicators.rows import ledger_rows
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.models import EvidenceFile, EvidenceLink
from shanhai.kernel.registry import registry as ledgers
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.detail_page import row_label

from .parts import Part

#: Rows looked at together.
LOT = 500


class Standing(StrEnum):
    """How a paper stands in the pack."""

    PACKED = "packed"
    MISSING = "missing"
    WITHHELD = "withheld"
    DAMAGED = "damaged"
    ERASED = "erased"

    @property
    def label(self) -> str:
        match self:
            case Standing.PACKED:
                return _("有")
            case Standing.MISSING:
                return _("缺")
            case Standing.WITHHELD:
                return _("含个人信息，未提供")
            case Standing.DAMAGED:
                return _("已损坏，未提供")
        return _("已依申请删除")


@dataclass(frozen=True)
class Line:
    """One paper of a row, or one that the row lacks. `file`: None where nothing can be packed."""

    standing: Standing
    ledger: str = ""
    row: str = ""
    row_id: str = ""
    paper: str = ""
    name: str = ""
    day: str = ""
    sha256: str = ""
    file: EvidenceFile | None = None


def lines_of(part: Part, actor: Actor, *, is_look: bool = False) -> Iterator[Line]:
    """In the order of its rows, a lot of them at a time.

    Shape: openings of papers on persons are recorded, but for a look at what there would be.
    """
    if part.lacks:
        yield Line(Standing.MISSING, paper=part.lacks)
    if not part.source:
        return
    ledger = ledgers.get(part.source)
    for start in range(0, len(part.ids), LOT):
        yield from _lot(ledger, part.ids[start : start + LOT], part.wanted, actor, is_look)


def _lot(
    ledger: Ledger[Any], ids: Sequence[UUID], wanted: Sequence[str], actor: Actor, is_look: bool
) -> Iterator[Line]:
    rows, labels = ledger_rows(ledger.model, ids), dict(class_choices(ledger))
    by_row: dict[UUID, list[EvidenceLink]] = {}
    found = EvidenceLink.objects.for_rows(ledger.key, list(rows)).select_related("file").order_by("id")
    for link in found:
        by_row.setdefault(link.row_id, []).append(link)
    opened = {pk for pk, row in rows.items() if may_open(ledger, row, actor)}
    if is_personal(ledger) and not is_look:
        with as_known_on(None):
            record_reading([link for link in found if link.row_id in opened], actor)
    for pk in (one for one in ids if one in rows):
        about = (ledger.label, row_label(ledger, rows[pk], actor), str(pk))
        links = by_row.get(pk, [])
        for link in links:
            yield _line(link, ledger, about, labels, is_open=pk in opened)
        have = {link.evidence_class for link in links if link.file.erased_at is None}
        for code in wanted:
            if not (have if code == "" else code in have):
                yield Line(Standing.MISSING, *about, paper=labels.get(code, code) if code else _("佐证"))


def _line(
    link: EvidenceLink,
    ledger: Ledger[Any],
    about: tuple[str, str, str],
    labels: dict[str, str],
    *,
    is_open: bool,
) -> Line:
    file = link.file
    standing = Standing.PACKED if is_open else Standing.WITHHELD
    if file.erased_at is not None:
        standing = Standing.ERASED
    return Line(
        standing,
        *about,
        paper=labels.get(link.evidence_class, link.evidence_class),
        name=shown_name(link, ledger, is_open=is_open),
        day=f"{timezone.localtime(link.attached_at):%Y-%m-%d}",
        sha256=file.digest,
        file=file if standing is Standing.PACKED else None,
    )
