"""A trial as a paper: totals by unit with every item, for Excel and Word."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.registers.papers import Paper, PaperRow, PaperTable

from ..models import AppraisalScheme
from .reports import Trial, blocks_of


def trial_paper(scheme: AppraisalScheme, trial: Trial, note: str, issuer: str) -> Paper:
    """Word has blocks, Excel every item."""
    title = _("%(name)s %(year)s 年试评") % {"name": scheme.name, "year": trial.year}
    blocks = list(dict.fromkeys(one["block"] for one in trial.text["items"]))
    by_block = PaperTable("", _columns(blocks), [_block_row(one, blocks) for one in _pairs(trial)])
    names = [f"{one['number']} {one['name']}" for one in trial.text["items"]]
    by_item = PaperTable("", _columns(names), [_item_row(one, trial.text) for one in _pairs(trial)])
    return Paper(title, note, [by_block], f"appraisal-{scheme.code}-{trial.year}", issuer, sheet=by_item)


def _pairs(trial: Trial) -> list[tuple[str, Any, Any]]:
    return [(unit.name, result, trial.text) for unit, result in trial.ranked]


def _columns(names: list[str]) -> list[SheetColumn]:
    return [
        SheetColumn("place", _("名次"), Kind.INTEGER),
        SheetColumn("unit", _("考核单位"), Kind.TEXT, width=30),
        SheetColumn("total", _("总分"), Kind.DECIMAL, unit=_("分"), decimals=2),
        SheetColumn("grade", _("等次"), Kind.TEXT),
        *(
            SheetColumn(f"part{position}", name, Kind.DECIMAL, decimals=2)
            for position, name in enumerate(names, 1)
        ),
        SheetColumn("whole", _("否决与保底"), Kind.DECIMAL, decimals=2),
    ]


def _block_row(told: tuple[str, Any, Any], blocks: list[str]) -> PaperRow:
    name, result, text = told
    sums = blocks_of(text, result)
    parts = [sums[block] for block in blocks]
    return PaperRow((result.place, name, result.total, result.grade, *parts, sums.get("", Decimal(0))))


def _item_row(told: tuple[str, Any, Any], text: Any) -> PaperRow:
    name, result, _text = told
    by_number = {line.number: line.points for line in result.lines if line.number}
    whole = sum((line.points for line in result.lines if not line.number), Decimal(0))
    parts = [by_number[one["number"]] for one in text["items"]]
    return PaperRow((result.place, name, result.total, result.grade, *parts, whole))
