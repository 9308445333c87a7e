"""The report of a month as tables: items by column, places by item."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.registers.paper_pages import sentences
from shanhai.registers.papers import Paper, PaperRow, PaperTable

from .items import COLUMNS, THIS, Item
from .report import Line, Monthly

#: Address of the rows behind (item, column, line).
type Opens = Callable[[str, str, str], str]
#: Headings that say nothing their items do not.
_PLAIN = frozenset({"total", "new", "gone", "returned", "in_post", "stable"})


def label_of(item: Item) -> str:
    """What an item is called where it stands alone: with its heading, where that tells more."""
    if item.code in _PLAIN:
        return str(item.label)
    return f"{item.heading}：{item.label}"


def paper_of(found: Monthly, opens: Opens = lambda item, column, line: "") -> Paper:
    """The report as values; numbers other than nought lead to their rows."""
    return Paper(
        title=_("务工就业月报"),
        note=said(found),
        tables=(_items(found, opens), _places(found, opens)),
        sheet=_sheet(found),
        stem=f"{_('务工就业月报')}-{found.asked.side.label}-{found.asked.month.code}",
    )


def said(found: Monthly) -> str:
    """Of whom, when and by which rules."""
    asked = found.asked
    parts = [
        _("%(side)s，%(month)s。") % {"side": asked.side.label, "month": asked.month.label},
        _("户籍在%(place)s。") % {"place": asked.place.short_name} if asked.place else "",
        _("只计已核实的记录；一人一期只计一次，计在最后到岗的那一段。人员类别按各期最后一日的认定。"),
    ]
    if found.stable_months is not None:
        parts.append(_("稳定就业为累计在岗满 %(months)s 个月。") % {"months": found.stable_months})
    else:
        parts.append(_("没有规定稳定就业的月数，稳定就业不计。"))
    if found.is_partial:
        parts.append(_("只含您的单位及下级填报的记录。"))
    if found.unverified:
        parts.append(_("本月另有 %(rows)s 条已报未核，没有计入。") % {"rows": f"{found.unverified:,}"})
    return sentences(*parts)


def _cell(found: Monthly, opens: Opens, item: str, column: str, line: str = "") -> tuple[int | None, str]:
    number = found.number(item, column, line)
    return number, opens(item, column, line) if number else ""


def _row(name: Any, cells: list[tuple[int | None, str]], **more: Any) -> PaperRow:
    return PaperRow((name, *(n for n, _url in cells)), ("", *(url for _n, url in cells)), **more)


def _number(name: str, label: Any) -> SheetColumn:
    return SheetColumn(name, str(label), Kind.INTEGER, width=12)


def _items(found: Monthly, opens: Opens) -> PaperTable:
    columns = [
        SheetColumn("item", _("项目"), Kind.TEXT, width=30),
        *(_number(code, label) for code, label in COLUMNS),
    ]
    rows = [
        _row(
            label_of(item),
            [_cell(found, opens, item.code, column) for column, _name in COLUMNS],
            is_total=item.code == "total",
        )
        for item in found.shown()
    ]
    return PaperTable(_("总体情况"), columns, rows)


def _places(found: Monthly, opens: Opens) -> PaperTable:
    items = [item for item in found.items if item.is_by_place]
    others = [(code, label) for code, label in COLUMNS if code != THIS]
    columns = [
        SheetColumn("place", _("户籍地"), Kind.TEXT, width=18),
        *(_number(item.code, item.brief or item.label) for item in items),
        *(_number(f"total_{code}", label) for code, label in others),
    ]

    def row(name: str, line: str, **more: Any) -> PaperRow:
        cells = [_cell(found, opens, item.code, THIS, line) for item in items]
        cells += [_cell(found, opens, "total", code, line) for code, _label in others]
        return _row(name, cells, **more)

    rows = [row(one.name, one.key) for one in found.lines]
    return PaperTable(
        _("各地情况"),
        columns,
        [*rows, row(_("合计"), "", is_total=True)],
        note=_("各项为本月；后三列为在册务工人数"),
    )


def _sheet(found: Monthly) -> PaperTable:
    """Every number of every place, one item a row, to be filtered and compared."""
    columns = [
        SheetColumn("place", _("户籍地"), Kind.TEXT, width=18),
        SheetColumn("heading", _("项目类别"), Kind.TEXT, width=14),
        SheetColumn("item", _("项目"), Kind.TEXT, width=30),
        *(_number(code, label) for code, label in COLUMNS),
    ]
    rows = [
        PaperRow(
            (
                line.name,
                str(item.heading),
                str(item.label),
                *(found.number(item.code, code, line.key) for code, _label in COLUMNS),
            )
        )
        for line in (Line("", _("全部地区")), *found.lines)
        for item in found.shown()
    ]
    return PaperTable(_("务工就业月报"), columns, rows)
