"""Putting the text of a scheme in force, and an old one again."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.kernel import clock, context
from shanhai.kernel.actions import constraint_sentences, get_row
from shanhai.kernel.errors import Conflict, NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.permissions import Reach, Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor, covers
from shanhai.kernel.workflow import State

from ..models import AppraisalRelease, AppraisalScheme
from .texts import digest_of, items_of, problems_of, text_of


def supervised(pk: UUID, actor: Actor) -> AppraisalScheme:
    """A scheme of a side that the actor oversees: a trial tells of every unit.

    Errors: NotVisible, NotAllowed.
    """
    scheme: AppraisalScheme = get_row(registry.get(AppraisalScheme.ledger_key()), pk, actor=actor)
    if scheme.side not in actor.sides:
        raise NotVisible
    grants = actor.grants_for(Verb.VIEW, AppraisalScheme.ledger_key())
    if not any(one.side == scheme.side and one.role.reach is Reach.SIDE for one in grants):
        raise NotAllowed
    return scheme


def may_release(scheme: AppraisalScheme, actor: Actor) -> bool:
    """Whether `actor` decides which text of the scheme counts."""
    return covers(actor, Verb.MANAGE, AppraisalScheme.ledger_key(), scheme)


def release_scheme(
    pk: UUID, *, digest: str, valid_from: date | None, note: str, actor: Actor
) -> AppraisalRelease:
    """Put the drafted text in force from a day on, as it was tried.

    Errors: Conflict when the text is another than `digest` names; RuleViolated for a text that cannot be
    scored, rows nobody has verified, a text in force already; NotAllowed; NotVisible.
    """
    scheme = _locked(pk, actor)
    items = items_of(scheme)
    text = text_of(scheme, items)
    waiting = [one for one in (scheme, *items) if one.state != State.VERIFIED]
    if waiting:
        told = {"number": len(waiting)}
        raise RuleViolated(
            _("还有 %(number)s 项没有核实（方案和考核项都须由他人核实），不能发布。") % told,
            code="unverified",
        )
    if problems := problems_of(text):
        raise RuleViolated(problems={"": problems}, code="not_computable")
    if digest_of(text) != digest:
        raise Conflict(_("试评之后考核项又改过了。请重新试评，看过结果再发布。"))
    return _added(scheme, text, valid_from=valid_from, note=note, actor=actor)


def restore_scheme(
    pk: UUID, *, number: int, valid_from: date | None, note: str, actor: Actor
) -> AppraisalRelease:
    """Put an earlier text in force again, as a new release. Errors: NotVisible, RuleViolated, NotAllowed."""
    scheme = _locked(pk, actor)
    old = AppraisalRelease.objects.filter(scheme=scheme, number=number).first()
    if old is None:
        raise NotVisible
    return _added(scheme, old.text, valid_from=valid_from, note=note, actor=actor, restores=number)


def _locked(pk: UUID, actor: Actor) -> AppraisalScheme:
    """Two releases at once get two numbers."""
    ledger = registry.get(AppraisalScheme.ledger_key())
    scheme: AppraisalScheme = get_row(ledger, pk, actor=actor, verb=Verb.MANAGE)
    rows = AppraisalScheme.objects.select_related("owner_unit").select_for_update(of=("self",))
    locked: AppraisalScheme = rows.get(pk=scheme.pk)
    return locked


def _added(
    scheme: AppraisalScheme,
    text: Any,
    *,
    valid_from: date | None,
    note: str,
    actor: Actor,
    restores: int | None = None,
) -> AppraisalRelease:
    if not note.strip():
        raise RuleViolated(_("请写明发布说明。"), code="reason_missing")
    last = AppraisalRelease.objects.filter(scheme=scheme).order_by("-number").first()
    digest = digest_of(text)
    if last is not None and last.digest == digest:
        raise RuleViolated(
            _("文本与现行的第 %(number)s 版相同，不用再发布。") % {"number": last.number}, code="same_text"
        )
    day = valid_from or date(scheme.first_year, 1, 1)
    if last is not None and day < last.valid_from:
        told = {"number": last.number, "day": last.valid_from.isoformat()}
        raise RuleViolated(_("启用日期不能早于第 %(number)s 版的 %(day)s。") % told, code="starts_too_early")
    release = AppraisalRelease(
        scheme=scheme,
        number=last.number + 1 if last else 1,
        text=dict(text),
        digest=digest,
        valid_from=day,
        release_note=note.strip(),
        released_by=actor.key,
        released_at=clock.now(),
        restores=restores,
    )
    with context.because(note.strip()), constraint_sentences():
        release.save(force_insert=True)
    return release
