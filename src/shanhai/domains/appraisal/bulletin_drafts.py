"""A draft written down: its figures with their values, its narratives, and to whom it will go."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.models import Obligation
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.surfaces.display import period_label
from shanhai.registers.parties.models import Unit
from shanhai.registers.places.models import Place

from .bulletin_figures import evaluate, ref_of
from .bulletin_rights import issuing_grant, require_draft
from .composing import full_name
from .draft_parts import Draft, DraftedFigure, period_words
from .drafting import draft
from .models import Bulletin, BulletinFigure, BulletinReceipt, NarrativeSlot
from .rules import placeholders


@transaction.atomic
def draft_bulletin(
    side: Side, period: Period, *, actor: Actor, form: str = Bulletin.Form.BULLETIN
) -> Bulletin:
    """A new draft about a period, with figures, narratives and addressees.

    Errors: NotAllowed; RuleViolated when the period has a draft or a bulletin in force, or lies ahead.
    """
    grant = issuing_grant(actor, side)
    if period.start > clock.today():
        raise RuleViolated(_("%(period)s还没有开始，不能起草通报。") % {"period": period_label(period)})
    _require_fits(form, period)
    known = Bulletin.objects.filter(side=side, period=period.code, bulletin_form=form)
    if known.exclude(state="withdrawn").exists():
        told = {"period": period_words(form, period), "form": Bulletin.Form(form).label}
        raise RuleViolated(_("%(period)s已有%(form)s。草稿请接着改；已签发的，撤回后才能另发。") % told)
    unit = Unit.objects.get(pk=grant.unit_id)
    bulletin = Bulletin(
        side=side,
        owner_unit=unit,
        period=period.code,
        bulletin_form=form,
        title=_title(unit, period, form),
        number=_number(unit, form),
        copies=_copies(unit),
        drafted_by=actor.name,
        drafted_at=clock.now(),
    )
    made = draft(side, period, form)
    bulletin.plan = made.plan
    with constraint_sentences():
        bulletin.save(force_insert=True)
    _write_figures(bulletin, made)
    NarrativeSlot.objects.bulk_create(
        NarrativeSlot(bulletin=bulletin, ordinal=n, key=one.key, label=one.label, text=one.text)
        for n, one in enumerate(made.slots)
    )
    set_addressees(bulletin, _owing_units(bulletin, period))
    return bulletin


def _require_fits(form: str, period: Period) -> None:
    """Errors: RuleViolated for an unknown form, or a period it is not made of."""
    if form not in Bulletin.Form.values:
        raise RuleViolated(problems={"form": [_("没有这种通报形式。")]})
    is_half = period.kind is PeriodKind.QUARTER and period.code.endswith("Q2")
    if form == Bulletin.Form.DISPATCH and period.kind is not PeriodKind.MONTH:
        raise RuleViolated(_("调度表按月做，请选月份。"))
    if form == Bulletin.Form.SUMMARY and not (is_half or period.kind is PeriodKind.YEAR):
        raise RuleViolated(_("总结按上半年（选第二季度）或全年做。"))


_TITLES = {
    "bulletin": "{unit}关于{period}东西部协作工作情况的通报",
    "dispatch": "{unit}关于{period}东西部协作指标调度情况的通报",
    "summary": "{unit}{period}东西部协作工作总结",
}
_SIGNS = {"bulletin": "协通", "dispatch": "协调", "summary": "协结"}


def _title(unit: Unit, period: Period, form: str) -> str:
    return _TITLES[form].format(unit=full_name(unit), period=period_words(form, period))


def _number(unit: Unit, form: str) -> str:
    """A proposal; whoever issues writes the agency's own."""
    county = Place.objects.filter(side=unit.side, level=Place.Level.COUNTY).order_by("code").first()
    sign = county.name[0] if county else ""
    year = clock.today().year
    head = f"{sign}{_SIGNS[form]}〔{year}〕"
    used = Bulletin.objects.filter(side=unit.side, number__contains=head).count()
    return f"{head}{used + 1}号"


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
    """All figures with their values as they were read for the draft."""
    values = evaluate((one.ref for one in made.figures.values()), made.readings)
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
    made = draft(Side(bulletin.side), Period.parse(bulletin.period), bulletin.bulletin_form)
    edited = {one.key: one for one in bulletin.slots.all() if one.edited_at}
    named = {key for one in edited.values() for key in placeholders(one.text)}
    kept = list(bulletin.figures.filter(key__in=named - set(made.figures)))
    bulletin.figures.exclude(pk__in=[one.pk for one in kept]).delete()
    bulletin.slots.exclude(pk__in=[one.pk for one in edited.values()]).delete()
    _write_figures(bulletin, made)
    values = evaluate((ref_of(one) for one in kept), made.readings)
    for n, one in enumerate(kept, start=len(made.figures)):
        one.ordinal = n
        one.take(values[ref_of(one)], clock.now())
        one.save()
    _write_slots(bulletin, made, edited)
    bulletin.plan = [*made.plan, *({"slot": key} for key in edited if {"slot": key} not in made.plan)]
    save_bulletin(bulletin)


def _write_slots(bulletin: Bulletin, made: Draft, edited: Mapping[str, NarrativeSlot]) -> None:
    for n, one in enumerate(made.slots):
        slot = edited.get(one.key) or NarrativeSlot(bulletin=bulletin, key=one.key, text=one.text)
        slot.ordinal, slot.label = n, one.label
        slot.save()


def save_bulletin(bulletin: Bulletin) -> None:
    """The next version of the bulletin. Errors: RuleViolated for what the database refuses."""
    bulletin.version += 1
    with constraint_sentences():
        bulletin.save()


@contextmanager
def constraint_sentences() -> Iterator[None]:
    """Two at once: what the database refuses is told as the rule it is."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise RuleViolated(_("本期已有一份通报，或发文字号已经用过。")) from error
