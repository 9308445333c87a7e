"""The parts of a draft that name units and sides: who reports on time, who is late, who differs."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.kernel.indicators.declare import Indicator
from shanhai.kernel.indicators.reconcile import is_reconciled
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.registry import registry as ledgers
from shanhai.kernel.scope import Side
from shanhai.registers.parties.models import Unit

from . import drafting_words as words
from .bulletin_figures import evaluate
from .draft_parts import MATCHED, SUFFIX, Draft, Json, column, text
from .rules import FigureRef, Measure
from .shared_part import SharedPart, shared_part

ON_TIME = "OBL-1"


def filing(made: Draft) -> None:
    """Who reported on time, ranked, and who has not reported yet."""
    made.head(words.FILING_LABEL)
    if ON_TIME not in registry:
        made.say("appraisal", words.FILING_LABEL, "")
        return
    indicator = registry.get(ON_TIME, made.period)
    made.add(indicator, Measure.MISSED)
    made.add(indicator, Measure.OVERDUE)
    made.say("appraisal", words.FILING_LABEL, words.sentences("appraisal", {*made.figures, *made.phrases}))
    _ranking(made, indicator)
    _late(made, indicator)


def _ranking(made: Draft, indicator: Indicator) -> None:
    measure: Any = indicator.measure
    whole, part = (registry.get(code, made.period) for code in (measure.denominator, measure.numerator))
    found = made.readings.breakdown(whole.code, made.side, made.period).splits.get("unit", ())
    ids = [UUID(one.code) for one in found if one.code and one.value]
    units = list(Unit.objects.filter(pk__in=ids).order_by("code"))
    refs = {one: FigureRef(ON_TIME, Measure.RANK, made.period, made.side, one.pk) for one in units}
    places = evaluate(refs.values(), made.readings)
    units.sort(key=lambda one: (places[refs[one]] or 0, one.code))
    rows = [_ranking_row(made, one, indicator, whole, part) for one in units]
    head = [
        column(_("位次"), "center"),
        column(_("单位"), "left"),
        column(_("到期应报"), unit="项"),
        column(_("按时报送"), unit="项"),
        column(_("按时报送率"), unit="%"),
        column(_("未按时"), unit="项"),
    ]
    made.table("排名", _("各单位按时报送情况"), head, rows)


def _ranking_row(
    made: Draft, unit: Unit, indicator: Indicator, whole: Indicator, part: Indicator
) -> list[Json]:
    given: Json = {"named": str(unit), "unit": unit.pk}
    return [
        made.add(indicator, Measure.RANK, **given),
        text(unit.name),
        made.add(whole, **given),
        made.add(part, **given),
        made.add(indicator, **given),
        made.add(indicator, Measure.MISSED, **given),
    ]


def _late(made: Draft, indicator: Indicator) -> None:
    """Units with duties past their day and still open, by ledger."""
    duties = made.readings.duties(made.side, made.period)
    units = Unit.objects.in_bulk({unit for unit, _ledger in duties})
    order = sorted(duties, key=lambda key: (-duties[key], units[key[0]].code, key[1]))
    rows = []
    for unit_id, key in order:
        ledger = str(ledgers.get(key).label) if key in ledgers else key
        given: Json = {"named": f"{units[unit_id]}·{ledger}", "unit": unit_id, "only": (("ledger", key),)}
        cell = made.add(indicator, Measure.OVERDUE, **given)
        rows.append([text(units[unit_id].name), text(ledger), cell])
    if rows:
        made.say("late", _("逾期未报"), words.LATE)
    head = [column(_("单位"), "left"), column(_("台账"), "left"), column(_("未报"), unit="项")]
    made.table("逾期", _("逾期未报送的单位"), head, rows)


def two_sides(made: Draft, chapters: dict[str, list[Indicator]]) -> None:
    """What both sides file, matched row by row."""
    made.head(words.DIFFERENCES_LABEL)
    compared = [
        (one, _compared(one, made))
        for found in chapters.values()
        for one in found
        if one.is_headline and not one.is_ratio and is_reconciled(one, made.period)
    ]
    made.say("differences", words.DIFFERENCES_LABEL, words.DIFFERENCES if compared else words.NO_DIFFERENCES)
    head = [
        column(_("指标"), "left"),
        column(_("单位"), "center"),
        column(_("本方")),
        column(_("对方")),
        column(_("相差")),
        *(column(SUFFIX[one], unit="条") for one in MATCHED),
    ]
    made.table("两方", _("两地数据比对结果"), head, [_pair_row(made, one, part) for one, part in compared])


def _compared(indicator: Indicator, made: Draft) -> SharedPart:
    east, west = (made.readings.breakdown(indicator.code, side, made.period).splits for side in Side)
    return shared_part(east, west)


def _pair_row(made: Draft, indicator: Indicator, part: SharedPart) -> list[Json]:
    given: Json = {"named": part.name, "only": part.only}
    return [
        text(f"{indicator.name}（{part.name}）" if part.name else str(indicator.name)),
        text(str(indicator.unit)),
        made.add(indicator, **given),
        made.add(indicator, side=made.side.other, **given),
        *(made.add(indicator, measure, **given) for measure in (Measure.GAP, *MATCHED)),
    ]
