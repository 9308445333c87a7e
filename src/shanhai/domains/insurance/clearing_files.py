"""A clearing as a file in the national field names, and a file held against the clearing."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from . import interface
from .models import Clearing, ClearingLine
from .reconciling import TOLD, read_file


def clearing_file(row: Clearing, *, is_csv: bool = False) -> bytes:
    """The settlements of a clearing in the national field names."""
    head = {"clr_no": row.number, "clr_ym": row.period.replace("-", ""), "clr_optins": str(row.owner_unit)}
    rows = [head | told_of(one) for one in row.lines.filter(is_released=False).order_by("id")]
    return interface.written(interface.CLEARING, rows, str(row), is_csv=is_csv)


def told_of(line: ClearingLine) -> dict[str, Any]:
    """A line in the national field names, as values again."""
    texts = ("setl_id", "mdtrt_id", "insu_admdvs", "insutype")
    return {
        name: value if name in texts else date.fromisoformat(value) if name == "setl_time" else Decimal(value)
        for name, value in line.told.items()
    }


def compared(row: Clearing, content: bytes) -> list[str]:
    """In what a clearing file differs from the clearing, in sentences; nothing where they agree.

    Errors: RuleViolated for a file that is wrong, with where, what and how to mend.
    """
    theirs = read_file(content, interface.CLEARING)
    mine = {one.number: told_of(one) for one in row.lines.filter(is_released=False)}
    found = interface.differences(mine, theirs.rows)
    told = [_said(one) for one in found[:TOLD]]
    other = {str(one["clr_no"]) for one in theirs.rows.values()} - {row.number}
    if other:
        sentence = _("文件里的清算编号是 %(other)s，不是 %(number)s。")
        told.insert(0, sentence % {"other": "、".join(sorted(other)), "number": row.number})
    if len(found) > TOLD:
        told.append(_("还有 %(number)s 处。") % {"number": len(found) - TOLD})
    return told


def _said(one: interface.Difference) -> str:
    values = {"number": one.number, "ours": one.ours, "theirs": one.theirs}
    match one.kind:
        case "only_here":
            return _("%(number)s：清算单有，文件没有。") % values
        case "only_there":
            return _("%(number)s：文件有，清算单没有。") % values
        case _:
            name = f"{one.national_field} {interface.label(one.national_field)}"
            sentence = _("%(number)s：%(name)s 清算单 %(ours)s，文件 %(theirs)s。")
            return sentence % {**values, "name": name}
