"""A run as a paper for Excel and Word: scores once there are some, before that what units lack."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.registers.papers import Paper, PaperRow, PaperTable

from ..models import AppraisalRun, AppraisalUnitScore, RunStage
from ..schemes.papers import score_tables
from .computing import result_of
from .entered import Checked
from .telling import entered_badge


def scores_paper(run: AppraisalRun, scores: Sequence[AppraisalUnitScore], note: str, issuer: str) -> Paper:
    """Word has blocks, Excel every item; a grade stands there when the run is final."""
    is_final = run.stage == RunStage.FINAL
    ranked = [
        (one.unit.name, replace(result_of(one.told), grade=one.grade if is_final else _("待定案")))
        for one in scores
    ]
    by_block, by_item = score_tables(run.release.text, ranked)
    title = _("%(name)s得分") % {"name": run.name}
    return Paper(title, note, [by_block], f"appraisal-{run.year}-{run.side}", issuer, sheet=by_item)


def checks_paper(run: AppraisalRun, found: Sequence[Checked], note: str, issuer: str) -> Paper:
    """One row for each item of each unit."""
    columns = [
        SheetColumn("unit", _("考核单位"), Kind.TEXT, width=30),
        SheetColumn("number", _("考核项序号"), Kind.INTEGER),
        SheetColumn("item", _("考核项"), Kind.TEXT, width=30),
        SheetColumn("stands", _("状态"), Kind.TEXT),
    ]
    rows = [
        PaperRow(
            (
                one.unit.name,
                asked.item["number"],
                asked.item["name"],
                str(entered_badge(asked.stands)["label"]),
            )
        )
        for one in found
        for asked in one.items
    ]
    title = _("%(name)s自评与佐证情况") % {"name": run.name}
    stem = f"appraisal-check-{run.year}-{run.side}"
    return Paper(title, note, [PaperTable("", columns, rows)], stem, issuer)
