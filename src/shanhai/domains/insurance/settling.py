"""From a visit to its settlement: what would be paid and why, or by which numbered reason it cannot."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from shanhai.engines import settlement as engine
from shanhai.kernel import clock

from . import lookup, rules
from .care_ledgers import is_settled
from .models import CatalogueItem, FeeLine, MedicalVisit


@dataclass(frozen=True)
class Refusal:
    """Why a visit cannot be settled. The number is what hospitals and the other side quote."""

    number: str
    sentence: str

    def __str__(self) -> str:
        return _("%(sentence)s（代码 %(number)s）") % {"sentence": self.sentence, "number": self.number}


@dataclass(frozen=True)
class Trial:
    """A settlement before it is made: the engine's answer, or the reasons why there is none."""

    visit: MedicalVisit
    parts: rules.Split
    refusals: tuple[Refusal, ...] = ()
    insured: lookup.Insured | None = None
    filed: lookup.Filed | None = None
    settled: engine.Settled | None = None


def later(visit: MedicalVisit) -> list[lookup.Stood]:
    """What stands of the year, comes after this visit in the declared order, and can be settled anew.

    Shape: settlements of the other side and claims paid by hand stay as they are, whenever they came.
    """
    last = last_day(visit)
    known = lookup.standing(lookup.index_of(visit.person), last.year)
    free = (one for one in known if one.side == visit.side and not one.is_by_hand)
    return [one for one in free if one.place > (last, visit.number)]


def last_day(visit: MedicalVisit) -> date:
    """By which a visit stands in the year and in its order."""
    return visit.discharged_on or visit.admitted_on


def try_settlement(
    visit: MedicalVisit, *, filed: lookup.Filed | None = None, after: Sequence[lookup.Stood] | None = None
) -> Trial:
    """What settling the visit now would give. Nothing is written.

    `filed`: taken for the filing in force. `after`: what is to be settled anew behind this visit; without,
    a visit that others of the year should have come after is refused.
    """
    parts = rules.split_all(_charged(visit))
    index, last = lookup.index_of(visit.person), last_day(visit)
    insured = lookup.insured(index, visit.admitted_on)
    by_hand, filed = filed is not None, filed or lookup.filed(index, visit.admitted_on, last)
    refusals = (*_of_bill(visit, parts), *_of_person(visit, insured, filed))
    if not by_hand:
        refusals = (*refusals, *_of_year(last.year), *(_of_order(visit) if after is None else ()))
    if refusals or insured is None or filed is None:
        return Trial(visit, parts, refusals, insured, filed)
    try:
        held = lookup.layers(insured, visit.care, visit.hospital_level, filed.kind, last)
    except engine.SettlementError as refused:
        return Trial(visit, parts, (Refusal("204", str(refused)),), insured, filed)
    if held is None:
        missing = Refusal("203", _("参保地没有 %(day)s 适用的待遇规定。") % {"day": last})
        return Trial(visit, parts, (missing,), insured, filed)
    category = lookup.CATEGORIES.index(insured.category)
    claim = rules.claim_of(parts, category=category, account=visit.account_offered)
    so_far = lookup.year_so_far(index, last.year, without=[one.pk for one in after or ()])
    settled = engine.settle(claim, held, so_far)
    return Trial(visit, parts, (), insured, filed, settled)


def _charged(visit: MedicalVisit) -> Iterator[rules.Charged]:
    rows = FeeLine.objects.live().filter(visit=visit).select_related("item").order_by("ordinal")
    for line in rows:
        item = line.item
        is_covered = item.grade != CatalogueItem.Grade.NONE
        yield rules.Charged(line.quantity, line.price, item.price_limit, item.prepay, is_covered)


def _of_bill(visit: MedicalVisit, parts: rules.Split) -> Iterator[Refusal]:
    if visit.discharged_on is None:
        yield Refusal("101", _("还没有出院日期，请先补填。"))
    if not parts.amount:
        yield Refusal("102", _("没有费用明细，请先导入或填写。"))
    elif parts.amount != rules.fen(visit.billed):
        sentence = _("明细合计 %(lines)s 元，医院总额 %(total)s 元，相差 %(gap)s 元，请核对明细。")
        lines = rules.yuan(parts.amount)
        told = {"lines": f"{lines:,}", "total": f"{visit.billed:,}", "gap": f"{abs(lines - visit.billed):,}"}
        yield Refusal("103", sentence % told)
    if is_settled(visit):
        yield Refusal("301", _("已经结算，不能重复；要重算请先撤销。"))


def _of_person(
    visit: MedicalVisit, insured: lookup.Insured | None, filed: lookup.Filed | None
) -> Iterator[Refusal]:
    if insured is None:
        yield Refusal("201", _("%(day)s 没有有效的参保待遇，请参保地核对。") % {"day": visit.admitted_on})
    if filed is None:
        yield Refusal("202", _unfiled(visit))


def _unfiled(visit: MedicalVisit) -> str:
    last = last_day(visit)
    since = lookup.filed_after(lookup.index_of(visit.person), last)
    if since is None:
        return _("就诊期间没有生效的异地备案；出院前补办的仍可结算，出院后请走手工报销。")
    sentence = _("%(last)s 出院，异地备案 %(since)s 才生效，不能直接结算，请走手工报销。")
    return sentence % {"last": last, "since": since}


def _of_year(year: int) -> Iterator[Refusal]:
    closed = lookup.closed_on(year)
    if closed and clock.today() > closed:
        sentence = _("%(year)s 年度 %(day)s 已关账，不能再直接结算，请走手工报销。")
        yield Refusal("104", sentence % {"year": year, "day": closed})


def _of_order(visit: MedicalVisit) -> Iterator[Refusal]:
    known = later(visit)
    if known and not is_settled(visit):
        sentence = _("其后的就诊已结算 %(number)s 次（%(which)s），本次排在前面：请看差额，按先后结算。")
        told = {"number": len(known), "which": "、".join(one.number for one in known[:3])}
        yield Refusal("305", sentence % told)
