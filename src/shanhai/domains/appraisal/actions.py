"""What may be done with a bulletin, by whom, and what is refused."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shanhai.engines.values import Period
from shanhai.kernel import clock, context
from shanhai.kernel.documents.docx import write_docx
from shanhai.kernel.documents.stored import digest, dump
from shanhai.kernel.documents.typst import write_pdf
from shanhai.kernel.errors import Conflict, NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.evidence.store import store
from shanhai.kernel.models import Obligation
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, Grant, Side
from shanhai.registers.parties.models import Unit
from shanhai.registers.places.models import Place

from .bulletin_figures import evaluate, ref_of
from .composing import Parts, compose_document, full_name, problems_of
from .drafting import Draft, DraftedFigure, draft
from .freshness import stale_figures
from .models import Bulletin, BulletinFigure, BulletinReceipt, NarrativeSlot
from .models.bulletins import LEDGER
from .rules import placeholders

REASON_LENGTH = 200
_HEAD = ("title", "number", "copies")


def get_bulletin(pk: UUID, *, actor: Actor, verb: Verb = Verb.VIEW) -> Bulletin:
    """The bulletin, if `actor` may see it and do `verb`. Errors: NotVisible, NotAllowed."""
    rows = Bulletin.objects.visible_to(actor).select_related("owner_unit")
    if verb is not Verb.VIEW:
        # Who is about to change it waits for whoever is changing it.
        rows = rows.select_for_update(of=("self",))
    bulletin: Bulletin | None = rows.filter(pk=pk).first()
    if bulletin is None:
        raise NotVisible
    if verb is not Verb.VIEW:
        issuing_grant(actor, bulletin.side)
    return bulletin


def issuing_grant(actor: Actor, side: str) -> Grant:
    """The membership by which `actor` issues bulletins of the side. Errors: NotAllowed."""
    for grant in actor.grants_for(Verb.ISSUE, LEDGER):
        if grant.side == side:
            return grant
    raise NotAllowed


def issuing_side(actor: Actor) -> Side:
    """The side whose bulletins the actor writes. Errors: NotAllowed."""
    for grant in actor.grants_for(Verb.ISSUE, LEDGER):
        return grant.side
    raise NotAllowed


def can_issue(actor: Actor, side: str) -> bool:
    return any(grant.side == side for grant in actor.grants_for(Verb.ISSUE, LEDGER))


# --- drafting ---------------------------------------------------------------------------------------------


@transaction.atomic
def draft_bulletin(side: Side, period: Period, *, actor: Actor) -> Bulletin:
    """A new draft about a period, with figures, narratives and addressees.

    Errors: NotAllowed; RuleViolated when the period has a draft or a bulletin in force, or lies ahead.
    """
    grant = issuing_grant(actor, side)
    if period.start > clock.today():
        raise RuleViolated(_("%(period)s还没有开始，不能起草通报。") % {"period": period.label})
    if Bulletin.objects.filter(side=side, period=period.code).exclude(state="withdrawn").exists():
        raise RuleViolated(
            _("%(period)s已有通报。草稿请接着改；已签发的，撤回后才能另发。") % {"period": period.label}
        )
    unit = Unit.objects.get(pk=grant.unit_id)
    bulletin = Bulletin(
        side=side,
        owner_unit=unit,
        period=period.code,
        title=_title(unit, period),
        number=_number(unit, period),
        copies=_copies(unit),
        drafted_by=actor.name,
        drafted_at=clock.now(),
    )
    made = draft(side, period)
    bulletin.plan = made.plan
    with _constraint_sentences():
        bulletin.save(force_insert=True)
    _write_figures(bulletin, made)
    NarrativeSlot.objects.bulk_create(
        NarrativeSlot(bulletin=bulletin, ordinal=n, key=one.key, label=one.label, text=one.text)
        for n, one in enumerate(made.slots)
    )
    set_addressees(bulletin, _owing_units(bulletin, period))
    return bulletin


def _title(unit: Unit, period: Period) -> str:
    return f"{full_name(unit)}关于{period.label}东西部协作工作情况的通报"


def _number(unit: Unit, period: Period) -> str:
    """A proposal; whoever issues writes the agency's own."""
    county = Place.objects.filter(side=unit.side, level=Place.Level.COUNTY).order_by("code").first()
    sign = county.name[0] if county else ""
    year = clock.today().year
    used = Bulletin.objects.filter(side=unit.side, number__contains=f"〔{year}〕").count()
    return f"{sign}协通〔{year}〕{used + 1}号"


def _copies(unit: Unit) -> str:
    """The side's work group, and the opposite number of the other side."""
    group = Unit.objects.filter(side=unit.side, kind=Unit.Kind.WORK_GROUP).order_by("code")[:1]
    others = Unit.objects.filter(side=Side(unit.side).other, kind=Unit.Kind.COORDINATOR).order_by("code")
    return "，".join(full_name(one) for one in (*group, *others[:1]))


def _owing_units(bulletin: Bulletin, period: Period) -> list[Unit]:
    """Units that owed anything in the year of the period."""
    owing = Obligation.objects.filter(
        side=bulletin.side, due_on__year=period.year, due_on__lte=clock.today()
    ).values("unit")
    return list(Unit.objects.filter(pk__in=owing).exclude(pk=bulletin.owner_unit_id).order_by("code"))


def set_addressees(bulletin: Bulletin, units: Iterable[Unit]) -> None:
    """To whom the draft will go. Errors: RuleViolated for units of the other side."""
    wanted = {unit.pk: unit for unit in units}
    if any(unit.side != bulletin.side for unit in wanted.values()):
        raise RuleViolated(_("通报只发给本方单位。"))
    known = set(bulletin.receipts.values_list("unit_id", flat=True))
    bulletin.receipts.exclude(unit__in=wanted).delete()
    BulletinReceipt.objects.bulk_create(
        BulletinReceipt(bulletin=bulletin, unit=unit) for pk, unit in wanted.items() if pk not in known
    )


def _write_figures(bulletin: Bulletin, made: Draft) -> None:
    """All figures with their values of now."""
    values = evaluate(one.ref for one in made.figures.values())
    now = clock.now()
    BulletinFigure.objects.bulk_create(
        _figure(bulletin, n, one, values[one.ref], now) for n, one in enumerate(made.figures.values())
    )


def _figure(bulletin: Bulletin, ordinal: int, drafted: DraftedFigure, value: Any, at: Any) -> BulletinFigure:
    ref = drafted.ref
    return BulletinFigure(
        bulletin=bulletin,
        ordinal=ordinal,
        key=drafted.key,
        label=drafted.label,
        code=ref.code,
        measure=ref.measure,
        period=ref.period.code,
        side=ref.side,
        unit_scope_id=ref.unit,
        place_scope_id=ref.place,
        only=[list(pair) for pair in ref.only],
        value=value,
        unit=drafted.unit,
        decimals=drafted.decimals,
        is_signed=drafted.is_signed,
        taken_at=at,
    )


@transaction.atomic
def redraft(bulletin: Bulletin, *, actor: Actor) -> None:
    """All figures and tables anew; narratives somebody edited stay, with the figures they name."""
    require_draft(bulletin, actor)
    made = draft(Side(bulletin.side), Period.parse(bulletin.period))
    edited = {one.key: one for one in bulletin.slots.all() if one.edited_at}
    named = {key for one in edited.values() for key in placeholders(one.text)}
    kept = list(bulletin.figures.filter(key__in=named - set(made.figures)))
    bulletin.figures.exclude(pk__in=[one.pk for one in kept]).delete()
    bulletin.slots.exclude(pk__in=[one.pk for one in edited.values()]).delete()
    _write_figures(bulletin, made)
    values = evaluate(ref_of(one) for one in kept)
    for n, one in enumerate(kept, start=len(made.figures)):
        one.ordinal = n
        one.take(values[ref_of(one)], clock.now())
        one.save()
    _write_slots(bulletin, made, edited)
    bulletin.plan = [*made.plan, *({"slot": key} for key in edited if {"slot": key} not in made.plan)]
    _save(bulletin)


def _write_slots(bulletin: Bulletin, made: Draft, edited: Mapping[str, NarrativeSlot]) -> None:
    for n, one in enumerate(made.slots):
        slot = edited.get(one.key) or NarrativeSlot(bulletin=bulletin, key=one.key, text=one.text)
        slot.ordinal, slot.label = n, one.label
        slot.save()


# --- editing ----------------------------------------------------------------------------------------------


def require_draft(bulletin: Bulletin, actor: Actor) -> None:
    """Errors: NotAllowed; RuleViolated when it is issued already."""
    issuing_grant(actor, bulletin.side)
    if not bulletin.is_draft:
        raise RuleViolated(_("通报已签发，内容不能再改。如有错误，请撤回后另发。"), code="bulletin_issued")


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
    _save(bulletin)


def _head_problems(bulletin: Bulletin, head: Mapping[str, str]) -> dict[str, list[str]]:
    for name in _HEAD:
        if name in head:
            lines = (line.strip() for line in head[name].splitlines())
            setattr(bulletin, name, "\n".join(line for line in lines if line))
    try:
        bulletin.full_clean(validate_unique=True)
    except ValidationError as error:
        return {name: list(sentences) for name, sentences in error.message_dict.items()}
    return {}


def _save_texts(parts: Parts, texts: Mapping[str, str], actor: Actor) -> None:
    for slot in parts.slots:
        text = texts.get(slot.key, slot.text).strip()
        if text != slot.text:
            slot.text, slot.edited_by, slot.edited_at = text, actor.name, clock.now()
            slot.save()


def _save(bulletin: Bulletin) -> None:
    bulletin.version += 1
    with _constraint_sentences():
        bulletin.save()


@contextmanager
def _constraint_sentences() -> Iterator[None]:
    """Two at once: what the database refuses is told as the rule it is."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise RuleViolated(_("本期已有一份通报，或发文字号已经用过。")) from error


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
    bulletin.word = store(bulletin.side, write_docx(document))
    bulletin.pdf = store(bulletin.side, write_pdf(document))
    bulletin.state = Bulletin.State.ISSUED
    bulletin.issued_by, bulletin.issued_at = actor.name, clock.now()
    with context.because(_("签发通报")):
        _save(bulletin)


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
        _save(bulletin)


# --- receipts ---------------------------------------------------------------------------------------------


def own_receipts(bulletin: Bulletin, actor: Actor) -> list[BulletinReceipt]:
    """Receipts the actor may give: of units in which they file or verify."""
    units = {
        grant.unit_id
        for verb in (Verb.SUBMIT, Verb.VERIFY)
        for grant in actor.grants_for(verb, LEDGER)
        if grant.role.reads_shared
    }
    return list(bulletin.receipts.filter(unit__in=units).select_related("unit"))


def receive_bulletin(bulletin: Bulletin, unit: UUID, remark: str, *, actor: Actor) -> BulletinReceipt:
    """Receive an issued bulletin for the actor's unit, once.

    Errors: NotAllowed for other units; RuleViolated when it is not in force or was received already.
    """
    mine = [one for one in own_receipts(bulletin, actor) if one.unit_id == unit]
    if not mine:
        raise NotAllowed
    if bulletin.state != Bulletin.State.ISSUED:
        raise RuleViolated(_("这份通报不在生效中，不需要签收。"))
    receipt: BulletinReceipt = BulletinReceipt.objects.select_for_update().get(pk=mine[0].pk)
    if receipt.received_at:
        raise RuleViolated(
            _("本单位已由%(who)s于%(at)s签收。")
            % {"who": receipt.received_by, "at": f"{receipt.received_at:%Y-%m-%d %H:%M}"}
        )
    receipt.received_by, receipt.received_at = actor.name, clock.now()
    receipt.remark = remark.strip()[:300]
    receipt.save()
    return receipt


def remind_units(bulletin: Bulletin, *, actor: Actor) -> int:
    """Ask the units without a receipt for it; they see it on their workbench. How many were asked."""
    issuing_grant(actor, bulletin.side)
    if bulletin.state != Bulletin.State.ISSUED:
        raise RuleViolated(_("这份通报不在生效中，不需要签收。"))
    waiting = bulletin.receipts.filter(received_at__isnull=True)
    return int(waiting.update(reminded_at=clock.now()))
