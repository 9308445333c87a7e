"""What may be done with a drafted bulletin: edit, refresh, keep, issue; and withdraw an issued one."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shanhai.kernel import clock, context
from shanhai.kernel.documents.proved import proved_docx, proved_pdf
from shanhai.kernel.documents.stored import digest, dump
from shanhai.kernel.errors import Conflict, NotVisible, RuleViolated
from shanhai.kernel.evidence.store import store
from shanhai.kernel.scope import Actor
from shanhai.registers.parties.models import Unit

from .bulletin_drafts import save_bulletin, set_addressees
from .bulletin_figures import evaluate, ref_of
from .bulletin_rights import issuing_grant, require_draft
from .composing import Parts, compose_document, problems_of
from .freshness import stale_figures
from .models import Bulletin, BulletinFigure

REASON_LENGTH = 200
_HEAD = ("title", "number", "copies")


@transaction.atomic
def edit_bulletin(
    bulletin: Bulletin,
    *,
    actor: Actor,
    version: int,
    head: Mapping[str, str],
    texts: Mapping[str, str],
    addressees: Sequence[Unit] | None = None,
) -> None:
    """Save head and narratives of a draft.

    Errors: Conflict when somebody saved since `version`; RuleViolated by field, naming each digit that is no
    figure; nothing is saved then.
    """
    require_draft(bulletin, actor)
    if version != bulletin.version:
        raise Conflict
    parts = Parts.of(bulletin)
    problems: dict[str, list[str]] = {}
    for slot in parts.slots:
        if slot.key in texts:
            tried = parts.with_text(slot.key, texts[slot.key].strip())
            mended = parts.with_text(slot.key, "")
            known = set(problems_of(mended))
            if found := [one for one in problems_of(tried) if one not in known]:
                problems[slot.key] = found
    problems |= _head_problems(bulletin, head)
    if problems:
        raise RuleViolated(problems=problems)
    _save_texts(parts, texts, actor)
    if addressees is not None:
        set_addressees(bulletin, addressees)
    save_bulletin(bulletin)


def _head_problems(bulletin: Bulletin, head: Mapping[str, str]) -> dict[str, list[str]]:
    for name in _HEAD:
        if name in head:
            lines = (line.strip() for line in head[name].splitlines())
            setattr(bulletin, name, "\n".join(line for line in lines if line))
    try:
        bulletin.full_clean(validate_unique=True)
    except ValidationError as error:
        found = error.message_dict
        return {"" if name == NON_FIELD_ERRORS else name: list(found[name]) for name in found}
    return {}


def _save_texts(parts: Parts, texts: Mapping[str, str], actor: Actor) -> None:
    for slot in parts.slots:
        text = texts.get(slot.key, slot.text).strip()
        if text != slot.text:
            slot.text, slot.edited_by, slot.edited_at = text, actor.name, clock.now()
            slot.save()


def refresh_figure(bulletin: Bulletin, figure: UUID, *, actor: Actor) -> BulletinFigure:
    """One number as it is now. Errors: NotVisible, NotAllowed, RuleViolated after issue."""
    require_draft(bulletin, actor)
    found = _own_figure(bulletin, figure)
    ref = ref_of(found)
    found.take(evaluate([ref])[ref], clock.now())
    found.save()
    return found


def keep_figure(bulletin: Bulletin, figure: UUID, reason: str, *, actor: Actor) -> BulletinFigure:
    """Let a number stand although its value is another now. Errors: as `refresh_figure`."""
    require_draft(bulletin, actor)
    found = _own_figure(bulletin, figure)
    reason = reason.strip()
    if not reason or len(reason) > REASON_LENGTH:
        raise RuleViolated(_("保留原值须写明理由，不超过 %(most)s 字。") % {"most": REASON_LENGTH})
    ref = ref_of(found)
    found.kept_value = evaluate([ref])[ref]
    found.kept_reason, found.kept_by = reason, actor.name
    with context.because(reason):
        found.save()
    return found


def _own_figure(bulletin: Bulletin, figure: UUID) -> BulletinFigure:
    found: BulletinFigure | None = bulletin.figures.filter(pk=figure).first()
    if found is None:
        raise NotVisible
    return found


# --- issuing ----------------------------------------------------------------------------------------------


def issue_problems(bulletin: Bulletin) -> list[str]:
    """Everything that stands in the way of issuing."""
    parts = Parts.of(bulletin)
    found = problems_of(parts)
    if not bulletin.number:
        found.append(_("还没有发文字号。"))
    if not parts.addressees:
        found.append(_("还没有主送单位。"))
    waiting = [one for one in stale_figures(parts) if one.is_open]
    if waiting:
        found.append(
            _("有 %(number)s 处数据与现值不同，须更新，或写明理由保留：%(first)s")
            % {"number": len(waiting), "first": "、".join(one.figure.label for one in waiting[:3])}
        )
    return found


@transaction.atomic
def issue_bulletin(bulletin: Bulletin, *, actor: Actor) -> None:
    """Freeze the text, write Word and PDF, and send it to its addressees.

    Errors: NotAllowed; RuleViolated with everything that stands in the way.
    """
    require_draft(bulletin, actor)
    if problems := issue_problems(bulletin):
        raise RuleViolated(problems={"": problems}, code="bulletin_not_ready")
    document = compose_document(Parts.of(bulletin), clock.today())
    bulletin.frozen, bulletin.digest = dump(document), digest(document)
    bulletin.word = store(bulletin.side, proved_docx(document))
    bulletin.pdf = store(bulletin.side, proved_pdf(document))
    bulletin.state = Bulletin.State.ISSUED
    bulletin.issued_by, bulletin.issued_at = actor.name, clock.now()
    with context.because(_("签发通报")):
        save_bulletin(bulletin)


def withdraw_bulletin(bulletin: Bulletin, reason: str, *, actor: Actor) -> None:
    """Take an issued bulletin out of force; its text and receipts stay. Errors: NotAllowed, RuleViolated."""
    issuing_grant(actor, bulletin.side)
    reason = reason.strip()
    if bulletin.state != Bulletin.State.ISSUED:
        raise RuleViolated(_("只有已签发的通报可以撤回。"))
    if not reason:
        raise RuleViolated(_("撤回须写明理由。"))
    bulletin.state = Bulletin.State.WITHDRAWN
    bulletin.withdrawn_by, bulletin.withdrawn_at = actor.name, clock.now()
    bulletin.withdrawal_reason = reason
    with context.because(reason):
        save_bulletin(bulletin)
