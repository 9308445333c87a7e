"""Putting the text of a policy in force, and an old one again."""

from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.kernel import clock, context
from shanhai.kernel.actions import constraint_sentences, get_row
from shanhai.kernel.errors import Conflict, NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor, covers
from shanhai.kernel.workflow import State

from . import rules
from .models import Policy, PolicyRelease
from .reports import last_release
from .texts import digest_of, terms_of, text_of


def may_release(policy: Policy, actor: Actor) -> bool:
    """Whether `actor` decides which text of the policy counts."""
    return covers(actor, Verb.MANAGE, Policy.ledger_key(), policy)


def release_policy(pk: UUID, *, digest: str, note: str, actor: Actor) -> PolicyRelease:
    """Put the drafted text in force, as it was previewed.

    Errors: Conflict when the text is another than `digest` names; RuleViolated for a text that cannot be
    computed, terms nobody has verified, a text in force already; NotAllowed; NotVisible.
    """
    policy = _locked(pk, actor)
    terms = terms_of(policy)
    text = text_of(policy, terms)
    waiting = [one for one in (policy, *terms) if one.state != State.VERIFIED]
    if waiting:
        raise RuleViolated(
            _("还有 %(number)s 项没有核实（政策和条款都须由他人核实），不能发布。")
            % {"number": len(waiting)},
            code="unverified",
        )
    _require_computable(text)
    if digest_of(text) != digest:
        raise Conflict(_("试算之后条款又改过了。请重新试算，看过结果再发布。"))
    return _added(policy, text, note=note, actor=actor)


def restore_release(pk: UUID, *, number: int, note: str, actor: Actor) -> PolicyRelease:
    """Put an earlier text in force again, as a new release. Errors: NotVisible, RuleViolated, NotAllowed."""
    policy = _locked(pk, actor)
    old = PolicyRelease.objects.filter(policy=policy, number=number).first()
    if old is None:
        raise NotVisible
    return _added(policy, old.text, note=note, actor=actor, restores=number)


def _locked(pk: UUID, actor: Actor) -> Policy:
    """Two releases at once get two numbers."""
    policy: Policy = get_row(registry.get(Policy.ledger_key()), pk, actor=actor, verb=Verb.MANAGE)
    locked: Policy = Policy.objects.select_for_update(of=("self",)).get(pk=policy.pk)
    return locked


def _require_computable(text: rules.Text) -> None:
    problems = list(rules.problems_of(text))
    if problems:
        raise RuleViolated(problems={"": problems}, code="not_computable")


def _added(
    policy: Policy, text: rules.Text, *, note: str, actor: Actor, restores: int | None = None
) -> PolicyRelease:
    if not note.strip():
        raise RuleViolated(_("请写明发布说明。"), code="reason_missing")
    last = last_release(policy)
    digest = digest_of(text)
    if last is not None and last.digest == digest:
        raise RuleViolated(
            _("文本与现行的第 %(number)s 版相同，不用再发布。") % {"number": last.number}, code="same_text"
        )
    release = PolicyRelease(
        policy=policy,
        number=last.number + 1 if last else 1,
        text=dict(text),
        digest=digest,
        release_note=note.strip(),
        released_by=actor.key,
        released_at=clock.now(),
        restores=restores,
    )
    with context.because(note.strip()), constraint_sentences():
        release.save(force_insert=True)
    return release
