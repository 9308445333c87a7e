"""State changes of insurance: a visit is settled, a settlement taken back, a filing moves on."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.engines.settlement import Settled
from shanhai.kernel import clock, context
from shanhai.kernel.actions import get_row
from shanhai.kernel.errors import Conflict, NotAllowed, RuleViolated
from shanhai.kernel.later import may_record, record_later
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor

from . import explaining, lookup, rules
from .models import Filing, FilingTerm, ManualClaim, MedicalVisit, Settlement
from .settling import Refusal, Trial, last_day, try_settlement

#: What a reversal takes back.
MONEY = (
    "medical_fee",
    "own_pay",
    "over_price",
    "pre_pay",
    "in_scope",
    "deductible",
    "pool",
    "serious",
    "assistance",
    "account_pay",
    "cash_pay",
)
#: Which standing of a filing may follow which.
MOVES: dict[str, tuple[Filing.Standing, ...]] = {
    Filing.Standing.LODGED: (Filing.Standing.ACCEPTED, Filing.Standing.CANCELLED),
    Filing.Standing.ACCEPTED: (Filing.Standing.EFFECTIVE, Filing.Standing.CANCELLED),
    Filing.Standing.EFFECTIVE: (Filing.Standing.CHANGED, Filing.Standing.CANCELLED),
}


def settle_visit(pk: UUID, *, actor: Actor, row_version: int) -> Settlement:
    """Settle a reported visit as the person's year now stands.

    Errors: RuleViolated with the numbered reasons; Conflict; NotAllowed; NotVisible.
    """
    return _settled(held(pk, actor, row_version), actor)


def settle_by_hand(pk: UUID, filed: lookup.Filed, *, actor: Actor) -> Settlement:
    """Settle a visit without a filing in force, for a claim that was reviewed. Errors: as `settle_visit`."""
    visit = MedicalVisit.objects.get(pk=pk)
    return _settled(held(pk, actor, visit.row_version), actor, filed)


def _settled(visit: MedicalVisit, actor: Actor, filed: lookup.Filed | None = None) -> Settlement:
    trial = try_settlement(visit, filed=filed)
    require(trial.refusals)
    settlement = written(trial, actor)
    settlement.save(force_insert=True)
    return settlement


def require(refusals: Iterable[Refusal]) -> None:
    """Errors: RuleViolated with every numbered reason, where there is one."""
    told = [str(refusal) for refusal in refusals]
    if told:
        raise RuleViolated("".join(told), code="not_settled", problems={"": told})


def reverse_settlement(pk: UUID, *, reason: str, actor: Actor, row_version: int) -> Settlement:
    """Take back what stands of a visit, by a settlement of the same amounts below nought.

    Errors: as `settle_visit`; RuleViolated where nothing stands or a later settlement rests on this one.
    """
    visit = held(pk, actor, row_version)
    if not reason.strip():
        raise RuleViolated(_("请写明撤销原因。"), code="reason_missing")
    standing = visit.settlements.filter(reverses__isnull=True, reversal__isnull=True).first()
    if standing is None:
        raise RuleViolated(_("302 没有可以撤销的结算，或已经撤销过。"), code="not_settled")
    if ManualClaim.objects.filter(visit=visit, claim_status=ManualClaim.Status.PAID).exists():
        raise RuleViolated(_("304 手工报销已支付，不能撤销结算。"), code="not_settled")
    closed = lookup.closed_on(standing.year)
    if closed and clock.today() > closed:
        sentence = _("307 %(year)s 年度 %(day)s 已关账，不能再撤销结算。")
        raise RuleViolated(sentence % {"year": standing.year, "day": closed}, code="not_settled")
    later = lookup.later_number(standing.person_index, standing.year, standing.pk)
    if later:
        sentence = _("303 其后还有结算 %(number)s，累计以本次为基础，请先撤销后面的。") % {"number": later}
        raise RuleViolated(sentence, code="not_settled")
    with context.because(reason.strip()):
        return taken_back(standing, reason, actor)


def taken_back(standing: Settlement, reason: str, actor: Actor) -> Settlement:
    """The same amounts below nought, written."""
    values = {name: -getattr(standing, name) for name in MONEY}
    same = ("visit", "person_index", "year", "insurance", "category", "filing_kind", "insured_side")
    reversal = Settlement(
        **values,
        **{name: getattr(standing, name) for name in same},
        number=number_for(standing.visit),
        reverses=standing,
        settled_on=clock.today(),
        settled_by=actor.name,
        reason=reason.strip()[:200],
        counted=[-one for one in standing.counted],
        steps=[],
    )
    reversal.save(force_insert=True)
    return reversal


def held(pk: UUID, actor: Actor, row_version: int) -> MedicalVisit:
    """The visit and its person's year, locked. Errors: as `settle_visit`."""
    ledger = registry.get(MedicalVisit.ledger_key())
    get_row(ledger, pk, actor=actor, verb=Verb.EDIT)
    rows = MedicalVisit.objects.select_related("owner_unit", "place", "person")
    visit: MedicalVisit = rows.select_for_update(of=("self",)).get(pk=pk)
    if visit.row_version != row_version:
        raise Conflict
    if not may_record(ledger, visit, actor):
        raise RuleViolated(_("100 就诊记录还没有报，请先提交。"), code="not_settled")
    lookup.hold_year(lookup.index_of(visit.person), last_day(visit).year)
    return visit


def written(trial: Trial, actor: Actor) -> Settlement:
    settled, visit = trial.settled, trial.visit
    if settled is None or trial.insured is None or trial.filed is None:
        raise NotAllowed  # refusals were told before
    return Settlement(
        visit=visit,
        number=number_for(visit),
        person_index=lookup.index_of(visit.person),
        year=last_day(visit).year,
        settled_on=clock.today(),
        settled_by=actor.name,
        insurance=trial.insured.insurance,
        category=trial.insured.category,
        insured_side=trial.insured.side,
        filing_kind=trial.filed.kind,
        counted=list(settled.counted),
        steps=explaining.steps_of(settled),
        **amounts(settled),
    )


def amounts(settled: Settled) -> dict[str, Any]:
    """By the names of `Settlement`. Unit: yuan."""
    claim = settled.claim
    pool, serious, assistance = settled.paid
    found = {
        "medical_fee": claim.total,
        "own_pay": claim.own_pay,
        "over_price": claim.over_price,
        "pre_pay": claim.pre_pay,
        "in_scope": claim.in_scope,
        "deductible": settled.deductible,
        "pool": pool,
        "serious": serious,
        "assistance": assistance,
        "account_pay": settled.account,
        "cash_pay": settled.cash,
    }
    return {name: rules.yuan(value) for name, value in found.items()}


def number_for(visit: MedicalVisit) -> str:
    return f"{visit.number}-{visit.settlements.count() + 1}"


def advance_filing(
    pk: UUID, *, standing: Filing.Standing, day: date, actor: Actor, row_version: int, reason: str = ""
) -> Filing:
    """Accept a filing, put it in force from a day, end it by change or cancelling.

    Errors: RuleViolated for a step that does not follow or comes too early; Conflict; NotAllowed; NotVisible.
    """
    ledger = registry.get(Filing.ledger_key())
    filing = get_row(ledger, pk, actor=actor, verb=Verb.EDIT)
    if standing not in MOVES.get(filing.standing, ()):
        told = {"now": filing.get_standing_display(), "next": standing.label}
        raise RuleViolated(_("%(now)s的备案不能改为%(next)s。") % told, code="bad_filing_step")
    if day < filing.filed_on:
        raise RuleViolated(_("办理日期不能早于申请日期。"), code="bad_filing_step")
    values = {"standing": standing, **_dates(filing, standing, day)}
    moved: Filing = record_later(
        ledger, pk, values, actor=actor, row_version=row_version, reason=reason or str(standing.label)
    )
    return moved


def _dates(filing: Filing, standing: Filing.Standing, day: date) -> dict[str, date | None]:
    """What the step sets, by the term in force on its day."""
    term = FilingTerm.objects.in_force(day).filter(kind=filing.kind).first()
    if standing is Filing.Standing.EFFECTIVE:
        if term is None:
            raise RuleViolated(_("没有规定这种备案的时效，请先设定备案时效。"), code="bad_filing_step")
        return {"valid_from": day, "valid_to": rules.valid_until(day, term.valid_months)}
    if filing.valid_from is None:
        return {}
    if standing is Filing.Standing.CHANGED and term is not None:
        earliest = rules.months_later(filing.valid_from, term.change_after)
        if day < earliest:
            sentence = _("备案满 %(months)s 个月才能变更，最早 %(day)s。")
            told = {"months": term.change_after, "day": earliest}
            raise RuleViolated(sentence % told, code="bad_filing_step")
    if day < filing.valid_from:
        raise RuleViolated(_("办理日期不能早于备案生效日期。"), code="bad_filing_step")
    return {"valid_to": min(day, filing.valid_to) if filing.valid_to else day}
