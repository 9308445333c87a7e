"""Reconciliation: our month of a hospital in the national field names, its file held against it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.engines.values import Period
from shanhai.kernel import clock, context
from shanhai.kernel.actions import get_row
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.sheets.problems import SheetRefused
from shanhai.registers.places.models import Place

from . import interface, lookup
from .models import Reconciliation, Settlement, SettlementDifference

#: Wrong rows of a file that are told; of more, how many.
TOLD = 30


def settlements_of(row: Reconciliation) -> Any:
    """Ours of the hospital's month, reversals among them."""
    month = Period.parse(row.period)
    rows = Settlement.objects.filter(
        visit__hospital=row.hospital_id, visit__side=row.side, settled_on__range=(month.start, month.end)
    )
    return rows.select_related("visit", "visit__person", "reverses").order_by("id")


def counties() -> dict[str, str]:
    """Code of each side's county."""
    rows = Place.objects.filter(level=Place.Level.COUNTY).exclude(side="")
    return {str(side): code[:6] for side, code in rows.order_by("-code").values_list("side", "code")}


def national(rows: Iterable[Settlement]) -> dict[str, interface.Values]:
    """Settlements by their number, in the national field names. Unit: yuan."""
    codes = counties()
    return {row.number: values_of(row, codes) for row in rows}


def values_of(row: Settlement, codes: Mapping[str, str]) -> dict[str, Any]:
    """One settlement in the national field names."""
    side = row.insured_side or insured_side(row)
    return {
        "setl_id": row.number,
        "mdtrt_id": row.visit.number,
        "setl_time": row.settled_on,
        "insu_admdvs": codes.get(side, ""),
        "insutype": row.insurance,
        "medfee_sumamt": row.medical_fee,
        "fulamt_ownpay_amt": row.own_pay,
        "overlmt_selfpay": row.over_price,
        "preselfpay_amt": row.pre_pay,
        "inscp_scp_amt": row.in_scope,
        "act_pay_dedc": row.deductible,
        "hifp_pay": row.pool,
        "hifmi_pay": row.serious,
        "maf_pay": row.assistance,
        "fund_pay_sumamt": row.pool + row.serious + row.assistance,
        "psn_part_amt": row.account_pay + row.cash_pay,
        "acct_pay": row.account_pay,
        "psn_cash_pay": row.cash_pay,
    }


def insured_side(row: Settlement) -> str:
    """By which side the person of an older settlement was insured on the day; the other one if unknown."""
    found = lookup.insured(row.person_index, row.visit.admitted_on)
    return found.side if found else next(one for one in Side if one != row.visit.side)


def own_file(row: Reconciliation, *, is_csv: bool = False) -> bytes:
    """Our month of the hospital as an interface file."""
    note = _("%(hospital)s %(month)s 结算") % {"hospital": row.hospital, "month": row.period}
    rows = national(settlements_of(row)).values()
    return interface.written(interface.SETTLEMENTS, rows, note, is_csv=is_csv)


def read_file(content: bytes, columns: Any = interface.SETTLEMENTS) -> interface.FileRead:
    """A file without a fault. Errors: RuleViolated with where, what and how to mend."""
    try:
        found = interface.read(content, columns)
    except SheetRefused as refused:
        raise RuleViolated(refused.message, code="bad_interface_file") from None
    if found.wrong:
        told = [str(one) for one in found.wrong[:TOLD]]
        if len(found.wrong) > TOLD:
            told.append(_("还有 %(number)s 处。") % {"number": len(found.wrong) - TOLD})
        raise RuleViolated(code="bad_interface_file", problems={"": told})
    return found


def compare_file(pk: UUID, content: bytes, *, actor: Actor) -> list[SettlementDifference]:
    """Hold the hospital's file against our settlements. What differed before and no more is gone.

    Errors: RuleViolated for a file that is wrong or does not give the hospital's own total; NotAllowed;
    NotVisible.
    """
    ledger = registry.get(Reconciliation.ledger_key())
    get_row(ledger, pk, actor=actor, verb=Verb.EDIT)
    rows = Reconciliation.objects.select_related("hospital")
    row = rows.select_for_update(of=("self",)).get(pk=pk)
    theirs = read_file(content)
    _require_total(row, theirs)
    mine = list(settlements_of(row))
    found = interface.differences(national(_without_pairs(mine, theirs.rows)), theirs.rows)
    return _kept(row, found, {one.number: one for one in mine})


def _require_total(row: Reconciliation, theirs: interface.FileRead) -> None:
    names = (_("人次"), _("医疗费总额"), _("基金支付"), _("个人负担"))
    told = (row.told_count, row.told_fee, row.told_fund, row.told_patient)
    for name, said, summed in zip(names, told, theirs.sums(), strict=True):
        if said != summed:
            sentence = _("%(name)s：文件合计 %(file)s，医院所报 %(told)s，请医院先核对自己的文件。")
            values = {"name": name, "file": f"{summed:,}", "told": f"{said:,}"}
            raise RuleViolated(sentence % values, code="bad_interface_file")


def _without_pairs(mine: list[Settlement], theirs: Mapping[str, Any]) -> list[Settlement]:
    """Without settlements taken back in the same month that the hospital does not tell either."""
    numbers = {one.pk: one.number for one in mine}
    undone = {
        number
        for one in mine
        if one.reverses_id in numbers
        for number in (one.number, numbers[one.reverses_id])
        if not {one.number, numbers[one.reverses_id]} & theirs.keys()
    }
    return [one for one in mine if one.number not in undone]


def _kept(
    row: Reconciliation, found: list[interface.Difference], mine: Mapping[str, Settlement]
) -> list[SettlementDifference]:
    """What differs still keeps its decision; what is new is added, what is gone says when."""
    known = {_key(one): one for one in row.differences.filter(gone_on__isnull=True)}
    for key, one in known.items():
        if key not in {_key(difference) for difference in found}:
            one.gone_on = clock.today()
            one.save(update_fields=["gone_on"])
    for difference in found:
        if _key(difference) not in known:
            SettlementDifference.objects.create(
                reconciliation=row,
                settlement=mine.get(difference.number),
                found_on=clock.today(),
                **asdict(difference),
            )
    return list(row.differences.filter(gone_on__isnull=True).order_by("number", "national_field"))


def _key(one: Any) -> tuple[str, ...]:
    return one.number, one.kind, one.national_field, one.ours, one.theirs


def decide_difference(
    pk: UUID, difference: UUID, *, decision: str, reason: str, actor: Actor
) -> SettlementDifference:
    """What is done about a difference, and why. Errors: RuleViolated; NotAllowed; NotVisible."""
    ledger = registry.get(Reconciliation.ledger_key())
    row = get_row(ledger, pk, actor=actor, verb=Verb.EDIT)
    found = row.differences.select_for_update().filter(pk=difference, gone_on__isnull=True).first()
    if found is None:
        raise NotVisible
    if decision not in SettlementDifference.Resolution.values:
        raise RuleViolated(_("请选择差异怎么处理。"), code="bad_difference")
    if not reason.strip():
        raise RuleViolated(_("请写明处理理由。"), code="reason_missing")
    found.resolution, found.resolved_because = decision, reason.strip()[:200]
    found.resolved_by, found.resolved_on = actor.name[:120], clock.today()
    with context.because(found.resolved_because):
        found.save()
    return found  # type: ignore[no-any-return]


def totals(row: Reconciliation) -> list[tuple[str, Decimal, Decimal]]:
    """Of the total check: name, as the hospital tells it, ours."""
    rows = list(settlements_of(row))
    mine: tuple[Any, ...] = interface.FileRead(national(rows), []).sums()
    told: tuple[Any, ...] = (row.told_count, row.told_fee, row.told_fund, row.told_patient)
    names = (_("人次"), _("医疗费总额"), _("基金支付"), _("个人负担"))
    return [(name, Decimal(one), Decimal(other)) for name, one, other in zip(names, told, mine, strict=True)]
