"""A bulletin drafted from the figures of its period: which figures, what stands where, what is said.

Shape: the plan is a list of parts as data: `{"heading"}`, `{"slot"}`, `{"table"}`; a cell of a table is
`{"text"}` or `{"figure": key}`. Narratives are lines with {key}; `composing` makes the document of all this.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.utils.translation import gettext as _

from shanhai.engines.values import Period
from shanhai.kernel import clock
from shanhai.kernel.documents.model import chinese_date
from shanhai.kernel.indicators.declare import Cases, Grouped, Indicator, Ratio
from shanhai.kernel.indicators.figures import Member, breakdown
from shanhai.kernel.indicators.reconcile import is_reconciled
from shanhai.kernel.indicators.registry import filed_by, registry
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.indicators.windows import Span
from shanhai.kernel.registry import registry as ledgers
from shanhai.kernel.scope import Side
from shanhai.kernel.surfaces.display import period_label
from shanhai.registers.parties.models import Unit

from . import drafting_words as words
from .asking import dimensions
from .bulletin_figures import evaluate, overdue_duties
from .indicator_overview import member_name
from .reports import Areas, targets, targets_by
from .rules import FigureRef, Measure

type Json = dict[str, Any]

ON_TIME = "OBL-1"
_OTHER_SIDE = "对方"
#: A cell for which the indicator has no figure.
NONE = "—"
#: Splits longer than this are not told in a sentence.
MOST_MEMBERS = 6
_PERCENT = {Measure.RATE, Measure.SHARE}
_MATCHED = (Measure.ONLY_OURS, Measure.ONLY_THEIRS, Measure.DIFFERENT)
#: What is appended to the indicator's code in a key, and how the figure is called.
_SUFFIX = {
    Measure.ADDED: "本季",
    Measure.CHANGE: "较上期",
    Measure.TARGET: "目标",
    Measure.RATE: "完成率",
    Measure.SHARE: "占比",
    Measure.MISSED: "未按时",
    Measure.RANK: "位次",
    Measure.OVERDUE: "至今未报",
    Measure.GAP: "两方相差",
    Measure.ONLY_OURS: "仅本方有",
    Measure.ONLY_THEIRS: "仅对方有",
    Measure.DIFFERENT: "内容不同",
}


@dataclass(frozen=True)
class DraftedFigure:
    """A figure still without a value."""

    key: str
    label: str
    ref: FigureRef
    unit: str
    decimals: int
    is_signed: bool = False


@dataclass(frozen=True)
class DraftedSlot:
    """A part of the narrative as drafted."""

    key: str
    label: str
    text: str


@dataclass
class Draft:
    """Everything a new bulletin consists of."""

    side: Side
    period: Period
    figures: dict[str, DraftedFigure] = field(default_factory=dict)
    slots: list[DraftedSlot] = field(default_factory=list)
    plan: list[Json] = field(default_factory=list)
    #: Words a sentence may name that are no figures: dates, and lists of figures.
    phrases: dict[str, str] = field(default_factory=dict)

    def add(
        self,
        indicator: Indicator,
        measure: Measure = Measure.VALUE,
        *,
        named: str = "",
        side: Side | None = None,
        **scope: Any,
    ) -> Json:
        """Take up a figure; what it gives back is a cell. `named` tells its scope in the key."""
        whose = _OTHER_SIDE if side not in (None, self.side) else ""
        parts = [part for part in (_plain_name(named), whose, _SUFFIX.get(measure, "")) if part]
        key = ".".join((indicator.code, *parts))
        if key not in self.figures:
            ref = FigureRef(indicator.code, measure, self.period, side or self.side, **scope)
            unit, decimals = _printed(indicator, measure)
            label = "·".join((str(indicator), *parts))
            is_signed = measure in (Measure.CHANGE, Measure.GAP)
            self.figures[key] = DraftedFigure(key, label, ref, unit, decimals, is_signed)
        return {"figure": key}

    def say(self, key: str, label: Any, text: str) -> None:
        """A part of the narrative; phrases are put in at once, figures stay named."""
        for name, phrase in self.phrases.items():
            text = text.replace(f"{{{name}}}", phrase)
        self.slots.append(DraftedSlot(key, str(label), text))
        self.plan.append({"slot": key})

    def head(self, label: Any) -> None:
        self.plan.append({"heading": str(label)})

    def table(self, slot: str, caption: str, columns: Sequence[Json], rows: Sequence[Sequence[Json]]) -> None:
        if rows:
            data = {"slot": slot, "caption": caption, "columns": list(columns), "rows": list(rows)}
            self.plan.append({"table": data})


def _plain_name(name: str) -> str:
    """A name as part of a key, which holds neither blanks nor braces."""
    return re.sub(r"[{}\s]", "", name)


def _printed(indicator: Indicator, measure: Measure) -> tuple[str, int]:
    """Unit and decimals in print."""
    fixed: dict[Measure, tuple[str, int]] = {
        **dict.fromkeys(_PERCENT, ("%", 1)),
        **dict.fromkeys(_MATCHED, ("条", 0)),
        Measure.RANK: ("", 0),
        Measure.OVERDUE: ("项", 0),
    }
    if measure in fixed:
        return fixed[measure]
    if isinstance(indicator.measure, Ratio):
        if measure is Measure.MISSED:
            part = registry.get(indicator.measure.denominator)
            return str(part.unit), part.places
        if measure in (Measure.CHANGE, Measure.GAP):
            return "个百分点", indicator.places
    return str(indicator.unit), indicator.places


def column(title: str, align: str = "right", unit: str = "") -> Json:
    return {"title": title, "align": align, "unit": unit}


def text(words: str) -> Json:
    return {"text": words}


def draft(side: Side, period: Period) -> Draft:
    """The bulletin of a side about a period, as far as figures can tell it."""
    made = Draft(side, period)
    today = clock.today()
    made.phrases = {
        "期末": chinese_date(min(period.end, today)),
        "取数日": chinese_date(today),
        "通报期": period_label(period.code),
    }
    chapters = _chapters(side, period)
    for found in chapters.values():
        for indicator in found:
            _take_up(made, indicator)
    made.head(words.OVERVIEW_LABEL)
    made.say("overview", words.OVERVIEW_LABEL, words.OVERVIEW)
    _indicator_table(made, [one for found in chapters.values() for one in found])
    for chapter, found in chapters.items():
        if chapter != "appraisal":
            _chapter(made, chapter, found)
    _filing(made)
    _two_sides(made, chapters)
    made.head(words.REQUIREMENTS_LABEL)
    made.say("requirements", words.REQUIREMENTS_LABEL, words.REQUIREMENTS)
    return made


def _chapters(side: Side, period: Period) -> dict[str, list[Indicator]]:
    """Indicators the side files and the period is not too short for, in the version of the period."""
    chapters = {}
    known, order = registry.by_chapter(), list(words.SENTENCES)
    for label in sorted(known, key=lambda one: order.index(one) if one in order else len(order)):
        kept = [
            registry.get(one.code, period)
            for one in known[label]
            if filed_by(one, side) and period.kind.months >= one.period_kind.months
        ]
        if kept:
            chapters[label] = kept
    return chapters


def _take_up(made: Draft, indicator: Indicator) -> None:
    """The figures of an indicator for the whole side: value, course, target, and its short splits."""
    made.add(indicator)
    if indicator.span is Span.YEAR_TO_DATE and not indicator.is_ratio:
        made.add(indicator, Measure.ADDED)
    if indicator.span is Span.WITHIN:
        made.add(indicator, Measure.CHANGE)
    if indicator.code in targets(IndicatorScope(made.side), made.period.year):
        made.add(indicator, Measure.TARGET)
        made.add(indicator, Measure.RATE)
    known = {} if indicator.is_ratio else dimensions(indicator, made.period)
    codes = [code for code in known if code not in ("unit", "place")]
    if codes:
        found = breakdown(indicator, IndicatorScope(made.side), made.period, codes)
        for code in codes:
            _split(made, indicator, known[code], code, found.splits.get(code, ()))


def _split(made: Draft, indicator: Indicator, dimension: Any, code: str, counted: Sequence[Member]) -> None:
    """The members of a split, and the phrase that lists them."""
    members = [one for one in counted if one.code]
    if not members or len(members) > MOST_MEMBERS:
        return
    listed = []
    for one in members[:1] if isinstance(dimension, Cases) else members:
        named = member_name(code, one).partition("（")[0]
        cell = made.add(indicator, named=named, only=((code, one.code),))
        listed.append(f"{one.label}{{{cell['figure']}}}")
        if isinstance(dimension, Cases | Grouped):
            made.add(indicator, Measure.SHARE, named=named, only=((code, one.code),))
    made.phrases[f"{indicator.code}.{dimension.label}"] = "、".join(listed)


def _indicator_table(made: Draft, found: Sequence[Indicator]) -> None:
    """指标 × 目标 × 本季 × 累计 × 完成率."""
    head = [
        column(_("指标"), "left"),
        column(_("单位"), "center"),
        column(_("年度目标")),
        column(_("本期")),
        column(_("累计")),
        column(_("完成率"), unit="%"),
    ]
    made.table("指标", _("主要指标完成情况"), head, [_indicator_row(made, one) for one in found])


def _indicator_row(made: Draft, indicator: Indicator) -> list[Json]:
    is_of_period = indicator.span is Span.WITHIN
    value = made.add(indicator)
    has_added = f"{indicator.code}.{_SUFFIX[Measure.ADDED]}" in made.figures
    has_target = f"{indicator.code}.{_SUFFIX[Measure.TARGET]}" in made.figures
    here = value if is_of_period else made.add(indicator, Measure.ADDED) if has_added else text(NONE)
    return [
        text(str(indicator.name)),
        text(str(indicator.unit)),
        made.add(indicator, Measure.TARGET) if has_target else text(NONE),
        here,
        text(NONE) if is_of_period else value,
        made.add(indicator, Measure.RATE) if has_target else text(NONE),
    ]


def _chapter(made: Draft, chapter: str, found: Sequence[Indicator]) -> None:
    label = apps.get_app_config(chapter).verbose_name
    made.head(label)
    made.say(chapter, label, words.sentences(chapter, {*made.figures, *made.phrases}) or _plain(made, found))
    for indicator in found:
        aims = targets_by(indicator, made.side, made.period.year, "place")
        if aims:
            _area_table(made, indicator, set(aims))
            break


def _plain(made: Draft, found: Sequence[Indicator]) -> str:
    """One sentence for each chief indicator of a chapter that has no sentences of its own."""
    chief = [one for one in found if one.is_headline] or found
    return "".join(
        (words.PLAIN_WITH_TARGET if f"{one.code}.完成率" in made.figures else words.PLAIN)
        % {"name": one.name, "code": one.code}
        for one in chief
    )


def _area_table(made: Draft, indicator: Indicator, aimed: set[str]) -> None:
    """The towns of the side by an indicator for which they have targets."""
    heads = sorted(Areas.of(IndicatorScope(made.side)).heads.values(), key=lambda one: one.code)
    rows = []
    for place in heads:
        if str(place.pk) in aimed:
            given: Json = {"named": place.name, "place": place.pk}
            measures = (Measure.TARGET, Measure.VALUE, Measure.RATE)
            rows.append([text(place.name), *(made.add(indicator, one, **given) for one in measures)])
    unit = str(indicator.unit)
    head = [
        column(_("镇（街道）"), "left"),
        column(_("年度目标"), unit=unit),
        column(_("累计"), unit=unit),
        column(_("完成率"), unit="%"),
    ]
    caption = _("各镇（街道）%(indicator)s情况") % {"indicator": indicator.name}
    made.table(indicator.code, caption, head, rows)


def _filing(made: Draft) -> None:
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
    found = breakdown(whole, IndicatorScope(made.side), made.period, ["unit"]).splits.get("unit", ())
    ids = [UUID(one.code) for one in found if one.code and one.value]
    units = list(Unit.objects.filter(pk__in=ids).order_by("code"))
    refs = {one: FigureRef(ON_TIME, Measure.RANK, made.period, made.side, one.pk) for one in units}
    places = evaluate(refs.values())
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
    duties = overdue_duties(made.side, made.period)
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


def _two_sides(made: Draft, chapters: dict[str, list[Indicator]]) -> None:
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
        *(column(_SUFFIX[one], unit="条") for one in _MATCHED),
    ]
    made.table("两方", _("两地数据比对结果"), head, [_pair_row(made, one, *scope) for one, scope in compared])


def _compared(indicator: Indicator, made: Draft) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What part of the indicator both sides file: the narrowest member that is all the other side has."""
    codes = [code for code in dimensions(indicator, made.period) if code not in ("unit", "place")]
    ours, theirs = (
        breakdown(indicator, IndicatorScope(side), made.period, codes).splits
        for side in (made.side, made.side.other)
    )
    narrowed = []
    for code in codes:
        filed = [one for one in theirs.get(code, ()) if one.value]
        same = [
            one for one in ours.get(code, ()) if len(filed) == 1 and one.code and one.code == filed[0].code
        ]
        narrowed += [(one.value or 0, one.label.partition("（")[0], code, one.code) for one in same]
    if not narrowed:
        return "", ()
    _value, named, code, member = min(narrowed)
    return named, ((code, member),)


def _pair_row(made: Draft, indicator: Indicator, named: str, only: tuple[tuple[str, str], ...]) -> list[Json]:
    given: Json = {"named": named, "only": only}
    return [
        text(f"{indicator.name}（{named}）" if named else str(indicator.name)),
        text(str(indicator.unit)),
        made.add(indicator, **given),
        made.add(indicator, side=made.side.other, **given),
        *(made.add(indicator, measure, **given) for measure in (Measure.GAP, *_MATCHED)),
    ]
