"""What a draft is made of: figures without values, narratives, and the plan of what stands where.

Shape: the plan is a list of parts as data: `{"heading"}`, `{"slot"}`, `{"table"}`; a cell of a table is
`{"text"}`, `{"figure": key}`, or `{"bar": key}` of a figure in per cent. Narratives are lines with {key};
`composing` makes the document of all this.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel.indicators.declare import Indicator, Ratio
from shanhai.kernel.indicators.registry import filed_by, registry
from shanhai.kernel.scope import Side

from .bulletin_figures import Readings
from .rules import FigureRef, Measure

type Json = dict[str, Any]

_OTHER_SIDE = "对方"
#: A cell for which the indicator has no figure.
NONE = "—"
_PERCENT = {Measure.RATE, Measure.SHARE}
MATCHED = (Measure.ONLY_OURS, Measure.ONLY_THEIRS, Measure.DIFFERENT)
#: What is appended to the indicator's code in a key, and how the figure is called.
SUFFIX = {
    Measure.ADDED: "本期",
    Measure.CHANGE: "较上期",
    Measure.TARGET: "目标",
    Measure.RATE: "完成率",
    Measure.SHARE: "占比",
    Measure.MISSED: "未按时",
    Measure.RANK: "位次",
    Measure.RATE_RANK: "完成位次",
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
    form: str = "bulletin"
    #: What the draft is made from: its words, its tables and in the end its values say the same.
    readings: Readings = field(default_factory=Readings)
    figures: dict[str, DraftedFigure] = field(default_factory=dict)
    slots: list[DraftedSlot] = field(default_factory=list)
    plan: list[Json] = field(default_factory=list)
    #: Words a sentence may name that are no figures: dates, and lists of figures.
    phrases: dict[str, str] = field(default_factory=dict)

    @property
    def called_period(self) -> str:
        """The period in words; a summary of the second quarter is that of the half-year."""
        return period_words(self.form, self.period)

    def side_of(self, indicator: Indicator) -> Side:
        """The side whose figure it is: one's own, unless only the other files it."""
        return self.side if filed_by(indicator, self.side) else self.side.other

    def called(self, indicator: Indicator) -> str:
        """The indicator's name, with the side that files it when that is not one's own."""
        side = self.side_of(indicator)
        return str(indicator.name) if side is self.side else f"{indicator.name}（{side.label}）"

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
        own = self.side_of(indicator)
        whose = _OTHER_SIDE if side not in (None, own) else ""
        parts = [part for part in (_plain_name(named), whose, SUFFIX.get(measure, "")) if part]
        key = ".".join((indicator.code, *parts))
        if key not in self.figures:
            ref = FigureRef(indicator.code, measure, self.period, side or own, **scope)
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


def period_words(form: str, period: Period) -> str:
    """What a document calls its period."""
    is_half = form == "summary" and period.kind is PeriodKind.QUARTER
    return f"{period.year}年上半年" if is_half else period.label


def _plain_name(name: str) -> str:
    """A name as part of a key, which holds neither blanks nor braces."""
    return re.sub(r"[{}\s]", "", name)


def _printed(indicator: Indicator, measure: Measure) -> tuple[str, int]:
    """Unit and decimals in print."""
    fixed: dict[Measure, tuple[str, int]] = {
        **dict.fromkeys(_PERCENT, ("%", 1)),
        **dict.fromkeys(MATCHED, ("条", 0)),
        Measure.RANK: ("", 0),
        Measure.RATE_RANK: ("", 0),
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


def progress(rate: Json) -> Json:
    """The bar of a cell in per cent."""
    return {"bar": rate["figure"]}


def text(words: str) -> Json:
    return {"text": words}
