"""Papers tied to rows: attached until a row is verified, taken off while it is editable."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import actions, clock, context
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor, covers
from shanhai.kernel.surfaces.fields import resolve
from shanhai.kernel.workflow import EDITABLE, State

from .kinds import kind_of, safe_name
from .models import EvidenceFile, EvidenceLink, EvidenceReading
from .store import store

#: States in which papers may be added: until somebody has verified the row with what it had.
ATTACHABLE = (*EDITABLE, State.SUBMITTED)
#: Verbs whose holder works with the personal data of a row; reading a shared row of others is not among them.
_ENTRUSTED = (Verb.EDIT, Verb.VERIFY, Verb.UNMASK)

#: Pages of one paper looked at within this time are one opening.
_ONE_LOOK = timedelta(hours=1)


class NotOpened(NotAllowed):
    """The row may be read, its papers may not."""

    code = "evidence_not_opened"
    default_message = gettext_lazy(
        "这份佐证含个人信息，只向本方经办、核实和审计人员打开。哈希和上传记录可以看到，用来核对。"
    )


def upload(
    ledger: Ledger[Any], row: LedgerModel, data: bytes, name: str, evidence_class: str, *, actor: Actor
) -> EvidenceLink:
    """Store a content for the row's side and attach it. Errors: as `store` and `attach`."""
    may_attach(ledger, row, actor=actor)
    return attach(ledger, row, store(row.side, data), evidence_class, name, actor=actor)


def attach(
    ledger: Ledger[Any],
    row: LedgerModel,
    file: EvidenceFile,
    evidence_class: str,
    name: str,
    *,
    actor: Actor,
) -> EvidenceLink:
    """Make `file` evidence of `row`.

    Errors: RuleViolated for a verified or voided row, an unknown class, the same file twice, a file of the
    other side; NotAllowed without the right to edit.
    """
    locked = ledger.locked(ledger.model._default_manager.filter(pk=row.pk)).get()
    may_attach(ledger, locked, actor=actor)
    if evidence_class not in {code for code, _label in class_choices(ledger)}:
        raise RuleViolated(_("请选择佐证类别。"), code="evidence_class_unknown")
    if file.side != locked.side:
        raise RuleViolated(_("对方的文件不能作为本方记录的佐证。"), code="evidence_other_side")
    if EvidenceLink.objects.for_row(locked).filter(file=file, evidence_class=evidence_class).exists():
        raise RuleViolated(_("这份文件已经在这条记录上了。"), code="evidence_twice")
    return EvidenceLink.objects.create(
        ledger=ledger.key,
        row_id=locked.pk,
        file=file,
        evidence_class=evidence_class,
        name=safe_name(name, kind_of(file.content_type)),
        attached_at=clock.now(),
        attached_by=actor.key,
    )


def may_attach(ledger: Ledger[Any], row: LedgerModel, *, actor: Actor) -> None:
    """Errors: NotAllowed, RuleViolated with a sentence."""
    actions.require(actor, Verb.EDIT, ledger, row)
    if row.state not in ATTACHABLE:
        raise RuleViolated(
            _("这条记录是“%(state)s”，不能再添加佐证；要补充，请先退回。")
            % {"state": State(row.state).label},
            code="evidence_closed",
        )


def remove(link: EvidenceLink, reason: str, *, actor: Actor) -> None:
    """Take a paper off its row; link and content stay in the archive, with the reason in history.

    Errors: RuleViolated without a reason, or when the row is reported: what was reported with it is judged
    with it.
    """
    ledger = registry.get(link.ledger)
    row = actions.get_row(ledger, link.row_id, actor=actor, verb=Verb.EDIT)
    if row.state not in EDITABLE:
        raise RuleViolated(_("已报的记录不能移除佐证；请先撤回或退回。"), code="evidence_closed")
    if not reason.strip():
        raise RuleViolated(_("移除佐证必须写明原因。"), code="reason_missing")
    with context.because(reason.strip()):
        link.removed_at = clock.now()
        link.save(update_fields=["removed_at"])


def find_link(pk: UUID, *, actor: Actor) -> tuple[EvidenceLink, Any]:
    """A standing link and its row. Errors: NotVisible when either is not there for `actor`."""
    link = EvidenceLink.objects.filter(pk=pk, removed_at__isnull=True).select_related("file").first()
    if link is None:
        raise NotVisible
    return link, actions.get_row(registry.get(link.ledger), link.row_id, actor=actor)


def is_personal(ledger: Ledger[Any]) -> bool:
    """Whether rows of the ledger, and so presumably their papers, tell what is masked elsewhere."""
    resolved = resolve(ledger)
    return any(c.is_sensitive or c.is_personal for c in (*resolved.columns, *resolved.fields))


def may_open(ledger: Ledger[Any], row: LedgerModel, actor: Actor) -> bool:
    """Whether `actor`, who sees the row, may see what is in its papers."""
    return not is_personal(ledger) or any(covers(actor, verb, ledger.key, row) for verb in _ENTRUSTED)


def require_open(links: Sequence[EvidenceLink], ledger: Ledger[Any], row: LedgerModel, actor: Actor) -> None:
    """Say who opens the papers of one row, where they tell about persons. Errors: NotOpened."""
    if not may_open(ledger, row, actor):
        raise NotOpened
    if is_personal(ledger):
        record_reading(links, actor)


def require_look(link: EvidenceLink, ledger: Ledger[Any], row: LedgerModel, actor: Actor) -> None:
    """As `require_open` for one page of a paper that is looked through: one opening, however many pages."""
    if not may_open(ledger, row, actor):
        raise NotOpened
    lately = EvidenceReading.objects.filter(
        link=link, read_by=actor.key, read_at__gte=clock.now() - _ONE_LOOK
    )
    if is_personal(ledger) and not lately.exists():
        record_reading([link], actor)


def record_reading(links: Sequence[EvidenceLink], actor: Actor) -> None:
    now = clock.now()
    EvidenceReading.objects.bulk_create(
        [EvidenceReading(link=link, read_at=now, read_by=actor.key) for link in links], 500
    )


def shown_name(link: EvidenceLink, ledger: Ledger[Any], *, is_open: bool) -> str:
    """The name of a paper; for who may not open it only its class, since names of papers name persons."""
    if is_open:
        return link.name
    label = dict(class_choices(ledger)).get(link.evidence_class, link.evidence_class)
    return f"{label}{kind_of(link.file.content_type).suffixes[0]}"


def class_choices(ledger: Ledger[Any]) -> list[tuple[str, str]]:
    """Classes a paper of the ledger may have, the demanded ones first, «other» last."""
    declared = sorted(ledger.evidence_classes, key=lambda one: not one.is_required)
    return [*((one.code, str(one.label)) for one in declared), ("", _("其他"))]
