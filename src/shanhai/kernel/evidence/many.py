"""Papers for many rows at once: each stored once, tied to every selected row that takes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import clock, context
from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor, covers
from shanhai.kernel.surfaces.bulk_plan import Plan, Planned
from shanhai.kernel.workflow import State

from .attach import ATTACHABLE, class_choices
from .kinds import kind_of, safe_name
from .models import EvidenceFile, EvidenceLink
from .store import require_size, store

#: The act, as the list and the API call it.
ATTACH = "attach"
ATTACH_LABEL = gettext_lazy("附佐证")
#: Files of one act.
MOST_PAPERS = 20
_SALT = "shanhai.evidence.many"
#: How long a paper that was sent waits to be confirmed. Unit: seconds.
_WAITS = 24 * 3600
_AT_ONCE = 1_000


@dataclass(frozen=True)
class Paper:
    """A content that was sent and stored; evidence of nothing until the act is confirmed."""

    file: EvidenceFile
    name: str

    def token(self, actor: Actor) -> str:
        """What is carried until then, of use to `actor` alone."""
        return signing.dumps([actor.key, str(self.file.pk), self.name], salt=_SALT)


def may_attach_to_some(ledger: Ledger[Any], actor: Actor) -> bool:
    """Whether there may be rows that the actor attaches papers to."""
    return actor.allows(Verb.EDIT, ledger.key) and ledger.is_kept_by(actor)


def receive_paper(ledger: Ledger[Any], sent: "UploadedFile[Any]", *, actor: Actor) -> Paper:
    """Store a content for the side on which `actor` files the ledger.

    Errors: NotAllowed without the right to edit; as `store`.
    """
    grants = actor.grants_for(Verb.EDIT, ledger.key)
    if not grants:
        raise NotAllowed
    try:
        require_size(sent.size or 0)
        file = store(grants[0].side, bytes(sent.read()))
    except RuleViolated as refused:
        told = _("%(name)s：%(why)s") % {"name": sent.name, "why": refused}
        raise RuleViolated(told, code=refused.code) from refused
    return Paper(file, safe_name(sent.name or "", kind_of(file.content_type)))


def read_papers(tokens: Sequence[str], *, actor: Actor) -> list[Paper]:
    """The papers sent before, each content once.

    Errors: RuleViolated for none, too many, or one that `actor` did not send lately.
    """
    if not tokens:
        raise RuleViolated(_("请先选择文件。"), code="paper_missing")
    if len(tokens) > MOST_PAPERS:
        raise RuleViolated(_("一次最多 %(most)s 份文件。") % {"most": MOST_PAPERS}, code="paper_too_many")
    names: dict[UUID, str] = {}
    for token in tokens:
        key, name = _read(token, actor)
        names.setdefault(key, name)
    files = EvidenceFile.objects.in_bulk(names)
    return [Paper(files[key], name) for key, name in names.items()]


def _read(token: str, actor: Actor) -> tuple[UUID, str]:
    try:
        who, key, name = signing.loads(token, salt=_SALT, max_age=_WAITS)
    except signing.BadSignature:
        who, key, name = "", "", ""
    if who != actor.key:
        raise RuleViolated(_("文件已过期，请重新选择。"), code="paper_unknown")
    return UUID(key), name


def told_of(papers: Sequence[Paper], evidence_class: str) -> dict[str, str]:
    """What a plan is bound to besides its rows: contents, names and class of the papers."""
    return {paper.file.digest: paper.name for paper in papers} | {"category": evidence_class}


def plan_attach(
    ledger: Ledger[Any],
    rows: Sequence[LedgerModel],
    papers: Sequence[Paper],
    evidence_class: str,
    *,
    actor: Actor,
) -> Plan:
    """Which rows take which papers. One query, whatever their number. Errors: RuleViolated for the class."""
    labels = dict(class_choices(ledger))
    if evidence_class not in labels:
        raise RuleViolated(_("请选择佐证类别。"), code="evidence_class_unknown")
    present = _present(ledger, rows, papers, evidence_class)
    plan = Plan()
    for row in rows:
        new = [paper for paper in papers if (row.pk, paper.file.pk) not in present]
        changes = [(labels[evidence_class], "", paper.name) for paper in new]
        why = _why_not(ledger, row, new, actor)
        plan.all.append(Planned(row, () if why else tuple(changes), why))
    return plan


def _why_not(ledger: Ledger[Any], row: LedgerModel, new: Sequence[Paper], actor: Actor) -> str:
    if not covers(actor, Verb.EDIT, ledger.key, row):
        return _("不在您的办理范围内。")
    if row.state not in ATTACHABLE:
        said = {"state": State(row.state).label}
        return _("这条记录是“%(state)s”，不能再添加佐证；要补充，请先退回。") % said
    if not new:
        return _("这份文件已经在这条记录上了。")
    if any(paper.file.side != row.side for paper in new):
        return _("对方的文件不能作为本方记录的佐证。")
    return ""


def _present(
    ledger: Ledger[Any], rows: Sequence[LedgerModel], papers: Sequence[Paper], evidence_class: str
) -> set[tuple[UUID, UUID]]:
    """Row and file of the papers that are there already in this class."""
    links = EvidenceLink.objects.filter(
        ledger=ledger.key,
        row_id__in=[row.pk for row in rows],
        file__in=[paper.file.pk for paper in papers],
        evidence_class=evidence_class,
        removed_at__isnull=True,
    )
    return set(links.values_list("row_id", "file_id"))


def apply_attach(
    ledger: Ledger[Any],
    rows: Sequence[LedgerModel],
    papers: Sequence[Paper],
    evidence_class: str,
    *,
    reason: str,
    actor: Actor,
) -> int:
    """Attach to all rows of a plan what they lack, in one statement per thousand links; how many rows."""
    present, now = _present(ledger, rows, papers, evidence_class), clock.now()
    links = [
        EvidenceLink(
            ledger=ledger.key,
            row_id=row.pk,
            file=paper.file,
            evidence_class=evidence_class,
            name=paper.name,
            attached_at=now,
            attached_by=actor.key,
        )
        for row in rows
        for paper in papers
        if (row.pk, paper.file.pk) not in present
    ]
    with context.because(reason):
        EvidenceLink.objects.bulk_create(links, _AT_ONCE)
    return len(rows)
