"""The 目录 in its official form: Excel with every line, Word with what can be printed."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel.documents.docx import write_docx
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.writing import write_xlsx
from shanhai.registers.papers import Paper, PaperRow, PaperTable, document

type Told = dict[str, Any]
#: Lines and parts that Word takes; Excel has all of them.
MOST_PRINTED, MOST_PARTS = 1500, 1500


def columns() -> list[SheetColumn]:
    """Names are the keys of a line in the manifest."""
    return [
        SheetColumn("number", _("序号"), Kind.INTEGER),
        SheetColumn("code", _("指标或考核项"), Kind.TEXT, width=12),
        SheetColumn("title", _("名称"), Kind.TEXT, width=28),
        SheetColumn("whose", _("单位"), Kind.TEXT, width=24),
        SheetColumn("ledger", _("台账"), Kind.TEXT, width=16),
        SheetColumn("row", _("台账记录"), Kind.TEXT, width=24),
        SheetColumn("paper", _("文种"), Kind.TEXT, width=14),
        SheetColumn("name", _("文件名"), Kind.TEXT, width=32),
        SheetColumn("day", _("日期"), Kind.TEXT, width=12),
        SheetColumn("pages", _("页数"), Kind.INTEGER),
        SheetColumn("standing", _("情况"), Kind.TEXT, width=16),
        SheetColumn("path", _("包内路径"), Kind.TEXT, width=40),
        SheetColumn("sha256", "SHA-256", Kind.TEXT, width=24),
        SheetColumn("row_id", _("记录编号"), Kind.TEXT, width=24),
    ]


#: Of the columns above, what a printed 目录 has room for.
_PRINTED = ("number", "code", "whose", "row", "paper", "name", "day", "pages", "standing", "sha256")


def write_workbook(lines: Iterable[Told], note: str, out: Path) -> None:
    """Every line, in constant memory."""
    shown = ({**one, "standing": one["said"]} for one in lines)
    write_xlsx(columns(), shown, note, out, title=_("佐证目录"), scratch=out.parent)


def word(title: str, note: str, issuer: str, parts: Sequence[Told], lines: Sequence[Told] | None) -> bytes:
    """What is printed: the summary, and the lines where they are not too many (None)."""
    tables = [_summary(parts)]
    if lines is not None:
        tables.append(_listed(lines))
    return write_docx(document(Paper(title, note, tables, "", issuer)))


def _summary(parts: Sequence[Told]) -> PaperTable:
    heads = [
        SheetColumn("number", _("序号"), Kind.INTEGER),
        SheetColumn("code", _("指标或考核项"), Kind.TEXT),
        SheetColumn("title", _("名称"), Kind.TEXT),
        SheetColumn("whose", _("单位"), Kind.TEXT),
        SheetColumn("value", _("数值"), Kind.TEXT),
        SheetColumn("rows", _("台账记录数"), Kind.INTEGER),
        SheetColumn("files", _("佐证份数"), Kind.INTEGER),
        SheetColumn("missing", _("缺佐证"), Kind.INTEGER),
    ]
    rows = [PaperRow(tuple(one[column.name] for column in heads)) for one in parts]
    return PaperTable(_("汇总"), heads, rows)


def _listed(lines: Sequence[Told]) -> PaperTable:
    heads = [one for one in columns() if one.name in _PRINTED]
    rows = [PaperRow(tuple(_printed(one, column.name) for column in heads)) for one in lines]
    return PaperTable(_("明细"), heads, rows)


def _printed(one: Told, name: str) -> Any:
    """Hashes are told by their beginning; Excel and the manifest have them whole."""
    if name == "sha256":
        return one[name][:12]
    return one["said"] if name == "standing" else one[name]
