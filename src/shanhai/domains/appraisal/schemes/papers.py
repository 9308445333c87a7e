"""A trial as a paper: totals by unit with every item, for Excel and Word."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from shanhai.engines.scoring import Result
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.registers.papers import Paper, PaperRow, PaperTable

from ..models import AppraisalScheme
from .reports import Trial, blocks_of


def trial_paper(scheme: AppraisalScheme, trial: Trial, note: str, issuer: str) -> Paper:
    """Word has blocks, Excel every item."""
    title = _("%(name)s %(year)s 年试评") % {"name": scheme.name, "year": trial.year}
    by_block, by_item = score_tables(trial.text, [(unit.name, result) for unit, result in trial.ranked])
    return Paper(title, note, [by_block], f"appraisal-{scheme.code}-{trial.year}", issuer, sheet=by_item)


def score_tables(text: Any, ranked: Sequence[tuple[str, Result]]) -> tuple[PaperTable, PaperTable]:
    """Totals with the blocks of the scheme, and with every item."""
    blocks = list(dict.fromkeys(one["block"] for one in text["items"]))
    names = [f"{one['number']} {one['name']}" for one in text["items"]]
    by_block = PaperTable("", _columns(blocks), [_block_row(*one, text, blocks) for one in ranked])
    by_item = PaperTable("", _columns(names), [_item_row(*one, text) for one in ranked])
    return by_block, by_item


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


def _block_row(name: str, result: Result, text: Any, blocks: list[str]) -> PaperRow:
    sums = blocks_of(text, result)
    parts = [sums[block] for block in blocks]
    return PaperRow((result.place, name, result.total, result.grade, *parts, sums.get("", Decimal(0))))


def _item_row(name: str, result: Result, text: Any) -> PaperRow:
    by_number = {line.number: line.points for line in result.lines if line.number}
    whole = sum((line.points for line in result.lines if not line.number), Decimal(0))
    parts = [by_number[one["number"]] for one in text["items"]]
    return PaperRow((result.place, name, result.total, result.grade, *parts, whole))
