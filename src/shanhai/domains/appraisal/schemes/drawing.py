"""Tables of scores: totals by unit, and the lines of one unit."""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shanhai.engines.scoring import Reading, Result
from shanhai.kernel.surfaces.links import with_query
from shanhai.registers.tables import table_of

from ..models import AppraisalScheme
from . import wording
from .reports import Trial, blocks_of

Drawn = dict[str, Any]
type Text = Mapping[str, Any]


def totals_table(scheme: AppraisalScheme, trial: Trial) -> Drawn:
    """Every unit with its total and blocks, opening to its lines."""
    blocks = list(dict.fromkeys(one["block"] for one in trial.text["items"]))
    compared = [_("现行总分"), _("现行名次")] if trial.before else []
    labels = [_("考核单位"), _("名次"), _("总分"), _("等次"), *blocks, _("否决与保底"), *compared]
    rows = []
    for unit, result in trial.ranked:
        url = reverse("appraisal:scheme_trial_unit", args=[scheme.pk, unit.pk])
        sums = blocks_of(trial.text, result)
        total = wording.points(result.total)
        cells: list[Any] = [unit.name, number(str(result.place)), number(total), result.grade]
        cells += [number(wording.points(sums[block])) for block in blocks]
        cells.append(number(wording.points(sums[""]) if "" in sums else ""))
        if trial.before:
            earlier = trial.before.get(unit.pk)
            cells.append(number(wording.points(earlier.total) if earlier else ""))
            cells.append(number(str(earlier.place) if earlier else ""))
        rows.append((with_query(url, {"year": str(trial.year)}), cells))
    return table_of(labels, rows)


def number(text: str) -> Drawn:
    """A cell of a number."""
    return {"text": text, "kind": "number"}


def lines_table(
    text: Text, readings: Mapping[int, Reading], result: Result, address: Callable[[Text], str]
) -> Drawn:
    """Item by item: the figure opens to the rows of its indicator."""
    labels = (
        _("考核项"),
        _("板块"),
        _("计分办法"),
        _("数据"),
        _("得分"),
        _("最高分"),
        _("状态"),
        _("计分过程"),
    )
    by_number = {one["number"]: one for one in text["items"]}
    rows = []
    for line in result.lines:
        item = by_number.get(line.number)
        cells: tuple[Any, ...] = (
            *_item_cells(item),
            _figure_cell(item, readings.get(line.number), address),
            number(wording.points(line.points)),
            number(wording.points(line.best) if line.best else ""),
            {"kind": "state", "state": wording.standing_badge(line.standing)},
            {"text": wording.explained(line, item), "kind": "long"},
        )
        rows.append(("", cells))
    return table_of(labels, rows)


def _item_cells(item: Text | None) -> tuple[str, str, str]:
    if item is None:
        return _("总分调整"), "", ""
    return f"{item['number']} {item['name']}", item["block"], wording.kind_label(item)


def _figure_cell(item: Text | None, reading: Reading | None, address: Callable[[Text], str]) -> Drawn:
    if item is None or reading is None or reading.figure is None:
        return number("")
    return {
        "text": f"{wording.number(reading.figure)} {wording.unit_of(item)}".rstrip(),
        "kind": "number",
        "url": address(item),
    }
