"""One scan for several rows: papers of rows one works with are attached to further rows, stored only once."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor

from .attach import attach, find_link, is_personal, may_open, require_open
from .models import EvidenceLink

#: Papers offered at once; older ones are found by their name.
OFFERED = 30
#: Links looked at to find them, latest first: the search is bounded whatever the archive holds.
_LOOKED_AT = 600


def offered(
    ledger: Ledger[Any], row: LedgerModel, text: str, *, actor: Actor
) -> list[tuple[EvidenceLink, LedgerModel]]:
    """Papers that may be attached to `row`, latest first, each once, with a row that carries it.

    Shape: one query for the links and one for each ledger they come from, however many there are.
    """
    present = EvidenceLink.objects.for_row(row).values("file")
    links = EvidenceLink.objects.filter(removed_at__isnull=True, file__side=row.side).exclude(
        file__in=present
    )
    if text:
        links = links.filter(name__icontains=text)
    latest = list(links.select_related("file").order_by("-id")[:_LOOKED_AT])
    rows = _workable_rows(latest, actor)
    found: dict[UUID, tuple[EvidenceLink, LedgerModel]] = {}
    for link in latest:
        source = rows.get((link.ledger, link.row_id))
        if source and not _why_not(registry.get(link.ledger), ledger):
            found.setdefault(link.file_id, (link, source))
    return list(found.values())[:OFFERED]


def _workable_rows(links: Sequence[EvidenceLink], actor: Actor) -> dict[tuple[str, UUID], LedgerModel]:
    return {(key, row.pk): row for key in {link.ledger for link in links} for row in _rows(key, links, actor)}


def _rows(key: str, links: Sequence[EvidenceLink], actor: Actor) -> Iterator[LedgerModel]:
    if key not in {ledger.key for ledger in registry} or not actor.allows(Verb.EDIT, key):
        return
    ids = [link.row_id for link in links if link.ledger == key]
    rows = registry.get(key).model._default_manager.visible_to(actor, Verb.EDIT)
    yield from rows.filter(pk__in=ids).select_related("owner_unit", "place")


def _why_not(source: Ledger[Any], target: Ledger[Any]) -> str:
    """What is only opened to some must not become open to all by hanging on another row."""
    if is_personal(source) and not is_personal(target):
        return _("这份文件来自含个人信息的台账，不能用在这里。")
    return ""


def attach_again(
    ledger: Ledger[Any], row: LedgerModel, link_id: UUID, evidence_class: str, *, actor: Actor
) -> EvidenceLink:
    """Attach the paper of another row to `row`; its content is stored once.

    Errors: NotVisible for a paper of a row `actor` does not work with; RuleViolated, NotAllowed as `attach`.
    """
    link, source = find_link(link_id, actor=actor)
    origin = registry.get(link.ledger)
    if not _workable_rows([link], actor) or not may_open(origin, source, actor):
        raise NotVisible
    if why := _why_not(origin, ledger):
        raise RuleViolated(why, code="evidence_personal")
    require_open([link], origin, source, actor)
    return attach(ledger, row, link.file, evidence_class, link.name, actor=actor)


@transaction.atomic
def attach_all(
    ledger: Ledger[Any], row: LedgerModel, papers: Sequence[UUID], evidence_class: str, *, actor: Actor
) -> None:
    """Several at once, all or none: half of what was chosen would leave the reader guessing which.

    Errors: RuleViolated when none is chosen; else as `attach_again`.
    """
    if not papers:
        raise RuleViolated(_("请先勾选要用的文件。"), code="nothing_selected")
    for paper in papers:
        attach_again(ledger, row, paper, evidence_class, actor=actor)
