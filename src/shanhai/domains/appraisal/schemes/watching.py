"""What a trial should make people look at: how firm each rank is, and figures that look odd."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from shanhai.engines.scoring.hints import Bounds, Hint, Odd, hints
from shanhai.engines.scoring.scoring import rounded
from shanhai.engines.scoring.stability import Firmness, firmness
from shanhai.registers.parties.models import Unit
from shanhai.registers.tables import table_of

from ..models import AppraisalThreshold
from . import rules, wording
from .drawing import number
from .readings import Figures, whom
from .reports import Trial
from .texts import down_indicators

Drawn = dict[str, Any]
type Text = Mapping[str, Any]


@dataclass(frozen=True)
class Noted:
    """A figure that looks odd. `sentence` says why."""

    unit: Unit
    item: Text
    hint: Hint

    @property
    def sentence(self) -> str:
        before = wording.number(self.hint.before) if self.hint.before is not None else ""
        match self.hint.odd:
            case Odd.COPIED:
                return _("与上年的 %(before)s 完全相同，是否照抄？") % {"before": before}
            case Odd.JUMP:
                return _("上年 %(before)s，变化过大，请核对。") % {"before": before}
            case _:
                return _("数字过于整齐，请核对是否估报。")


def firm_ranks(trial: Trial) -> list[Firmness]:
    """Each pair of neighbours, from the top."""
    return firmness(rules.scheme_of(trial.text, down_indicators()), trial.results)


def firm_sentence(one: Firmness, text: Text) -> str:
    """How far weights may move before the two change places."""
    if not one.lead:
        return _("两个单位同分。")
    if one.least is None:
        return _("无论怎样调整分值，名次都不变。")
    least = _("至少移动 %(points)s 分分值才会持平") % {"points": said(one.least)}
    if one.one is None:
        return _("只调一项分值不会换位；%(least)s。") % {"least": least}
    names = {item["number"]: item["name"] for item in text["items"]}
    told = {"name": names[one.one.number], "before": said(one.one.before), "after": said(one.one.after)}
    alone = _("“%(name)s”的分值由 %(before)s 调到 %(after)s（其余按比例）即持平") % told
    return _("%(alone)s；%(least)s。") % {"alone": alone, "least": least}


def said(value: Fraction) -> str:
    """Points of weight as they are printed."""
    return f"{rounded(value):.2f}"


def firm_table(trial: Trial) -> Drawn:
    """Neighbours, the lead, and what would change it."""
    names = {unit.pk: unit.name for unit in trial.units}
    labels = (_("前一名"), _("后一名"), _("领先"), _("分值怎样变，名次才变"))
    rows = [
        (
            "",
            (
                names[one.upper],  # type: ignore[index]
                names[one.lower],  # type: ignore[index]
                number(said(one.lead)),
                {"text": firm_sentence(one, trial.text), "kind": "long"},
            ),
        )
        for one in firm_ranks(trial)
    ]
    return table_of(labels, rows)


def bounds_on(day: date) -> Bounds | None:
    """The bounds in force; None while one of them is not set."""
    rows = AppraisalThreshold.objects.in_force(day).values_list("code", "value")
    known = dict(rows)
    wanted = ("copied_digits", "jump_times", "jump_least", "round_noughts")
    if any(code not in known for code in wanted):
        return None
    return Bounds(
        copied_digits=int(known["copied_digits"]),
        jump_times=known["jump_times"],
        jump_least=known["jump_least"],
        round_noughts=int(known["round_noughts"]),
    )


def odd_figures(trial: Trial) -> list[Noted]:
    """Figures of the year against those of the year before, item by item; rates are left out."""
    bounds = bounds_on(date(trial.year, 12, 31))
    if bounds is None:
        return []
    earlier = Figures(trial.told.side, trial.year - 1)
    units = {unit.pk: unit for unit in trial.units}
    found = []
    for item in trial.text["items"]:
        if not item["indicator"] or wording.unit_of(item) == "%":
            continue
        now = {pk: _known(trial.readings[pk][item["number"]].figure) for pk in units}
        before = {pk: earlier.figure(item["indicator"], whom(trial.text, unit)) for pk, unit in units.items()}
        told = hints(now, before, bounds)  # type: ignore[arg-type]
        found += [Noted(units[one.key], item, one) for one in told]  # type: ignore[index]
    return found


def _known(value: Decimal | None) -> Decimal | None:
    return value.normalize() if value is not None else None


def odd_table(trial: Trial) -> Drawn:
    """Odd figures, each opening to its rows."""
    labels = (_("考核单位"), _("考核项"), _("数据"), _("为什么提示"))
    rows = [
        (
            "",
            (
                one.unit.name,
                f"{one.item['number']} {one.item['name']}",
                number(wording.number(one.hint.figure)) | {"url": trial.rows_url(one.item, one.unit)},
                {"text": one.sentence, "kind": "long"},
            ),
        )
        for one in odd_figures(trial)
    ]
    return table_of(labels, rows)
