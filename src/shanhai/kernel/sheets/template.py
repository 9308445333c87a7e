"""The workbook people fill: headings with units, lists to choose from, one grey example, and a guide."""

import datetime
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from shanhai.kernel.sheets.choices import NO, YES
from shanhai.kernel.sheets.columns import (
    CHOICE_SEPARATOR,
    Bound,
    ColumnError,
    Kind,
    SheetColumn,
    check_columns,
    columns_stamp,
)
from shanhai.kernel.sheets.furniture import CODES_SHEET, GUIDE_SHEET, STAMP_LABEL, STAMP_PROPERTY
from shanhai.kernel.sheets.problems import CellProblem
from shanhai.kernel.sheets.styles import (
    WORKBOOK_OPTIONS,
    Styles,
    set_up_columns,
    sheet_name,
    text_width,
    write_value,
)
from shanhai.kernel.sheets.values import parse_cell

_LAST_ROW = 1_048_575
_EXAMPLE = {"italic": True, "font_color": "#667085", "bg_color": "#F2F4F7"}
_MOST_LISTED = 30
_MOST_CHARACTERS_OF_MESSAGE, _MOST_CHARACTERS_OF_TITLE = 250, 30
_GUIDE_HEADINGS = ("列名", "单位", "必填", "填什么", "可填内容", "示例", "说明", "依据")
_GUIDE_WIDTHS = (20, 8, 6, 20, 44, 22, 44, 30)
_RULES = ("在第一张工作表中填写，一行一条；列的先后可以调整，不用的选填列可以删除，表头文字不要改。",)
_RULES_OF_SEVERAL = (
    "每张工作表填一个台账，一行一条，表名不要改；列的先后可以调整，不用的选填列可以删除，表头文字不要改。",
    "一张表可以引用另一张表里新填的行（写它的编号、身份证号等），不用先导入；不填的工作表可以删除。",
)
_RULES_OF_ALL = (
    "表头带 * 的列必须填写。括号里是单位，只填数字，不要再写单位。",
    "灰色斜体的一行是示例，导入时自动跳过，可以删除。",
    "证件号码、编码和报告期各列已设为“文本”格式，粘贴时请选“只粘贴数值/文本”，以免号码变成 5.2E+17。",
    "合计行、表尾的说明和“# ”开头的行不会导入，导入时会告诉您是哪几行。",
)


@dataclass(frozen=True, slots=True)
class TemplateSheet:
    """One ledger's sheet: `title` names it; `source` is the clause the ledger rests on."""

    title: str
    columns: tuple[SheetColumn, ...]
    source: str = ""


def build_template(title: str, columns: Iterable[SheetColumn], *, source: str = "") -> bytes:
    """`build_workbook` with one sheet."""
    return build_workbook([TemplateSheet(title, check_columns(columns), source)])


def build_workbook(sheets: Sequence[TemplateSheet]) -> bytes:
    """The template of one ledger or several, as the bytes of an xlsx file; a guide says how to fill each.

    Errors: ColumnError when an example is no value of its own column.
    """
    out = io.BytesIO()
    title = "、".join(one.title for one in sheets)
    with Workbook(out, {**WORKBOOK_OPTIONS, "in_memory": True}) as book:
        styles = Styles(book)
        pages = [(book.add_worksheet(sheet_name(one.title)), one) for one in sheets]
        guide = book.add_worksheet(GUIDE_SHEET)
        for page, one in pages:
            set_up_columns(page, one.columns, styles)
            _write_example(page, one.columns, styles)
        add_input_rules(book, [(p, place, c) for p, one in pages for place, c in enumerate(one.columns)])
        _Guide(guide, styles).write(title, sheets)
        book.set_custom_property(STAMP_PROPERTY, " ".join(columns_stamp(one.columns) for one in sheets))
        book.set_properties({"title": title})
    return out.getvalue()


def _write_example(sheet: Worksheet, columns: Sequence[SheetColumn], styles: Styles) -> None:
    for place, column in enumerate(columns):
        example = parse_cell(column, column.example) if column.example else None
        if isinstance(example, CellProblem):
            raise ColumnError(f"{column.name}: the example is refused: {example.message}")
        write_value(sheet, (1, place), column, example, styles.cell(column, **_EXAMPLE))


def add_input_rules(book: Workbook, targets: Iterable[tuple[Worksheet, int, SheetColumn]]) -> None:
    """Lists to choose from, and what to fill in shown at the cell; the lists live in a hidden sheet.

    Shape: a target is a sheet with a heading in its first row, the place of a column in it, and the column.
    """
    codes: Worksheet | None = None
    sources: dict[SheetColumn, str] = {}
    for sheet, place, column in targets:
        source: str | list[str] | None = [YES, NO] if column.kind is Kind.BOOLEAN else None
        if column.kind is Kind.CHOICE:
            codes = codes or _hidden_sheet(book)
            if column not in sources:
                sources[column] = _write_codes(codes, len(sources), column)
            source = sources[column]
        sheet.data_validation(1, place, _LAST_ROW, place, _input_rule(column, source))


def _hidden_sheet(book: Workbook) -> Worksheet:
    sheet = book.add_worksheet(CODES_SHEET)
    sheet.hide()
    return sheet


def _write_codes(codes: Worksheet, place: int, column: SheetColumn) -> str:
    codes.write_string(0, place, column.label)
    for row, (_, label) in enumerate(column.choices, 1):
        codes.write_string(row, place, label)
    return f"='{CODES_SHEET}'!{xl_range_abs(1, place, len(column.choices), place)}"


def _input_rule(column: SheetColumn, source: str | list[str] | None) -> dict[str, Any]:
    # Only lists are enforced by Excel: its checks of numbers and dates would refuse what import understands.
    rule: dict[str, Any] = {"validate": "any"}
    if source is not None:
        rule = {
            "validate": "list",
            "source": source,
            "error_title": "不在可选范围内",
            "error_message": f"「{column.label}」请从下拉列表中选择。"[:_MOST_CHARACTERS_OF_MESSAGE],
        }
    hints = (column.help, allowed(column), f"例如：{column.example}" if column.example else "")
    message = "\n".join(hint for hint in hints if hint) or column.kind.label
    return rule | {
        "input_title": column.label[:_MOST_CHARACTERS_OF_TITLE],
        "input_message": _cut(message),
    }


def _cut(message: str) -> str:
    if len(message) <= _MOST_CHARACTERS_OF_MESSAGE:
        return message
    return f"{message[: _MOST_CHARACTERS_OF_MESSAGE - 20]}…见“{GUIDE_SHEET}”"


def allowed(column: SheetColumn) -> str:
    """What may stand in the cells of a column, for people."""
    parts = [_kind_rule(column)]
    if column.minimum is not None:
        parts.append(f"不小于 {_bound(column.minimum)}")
    if column.maximum is not None:
        parts.append(f"不大于 {_bound(column.maximum)}")
    if column.max_length is not None:
        parts.append(f"最多 {column.max_length} 个字")
    if column.length is not None:
        parts.append(f"共 {column.length} 位")
    return "；".join(part for part in parts if part)


def _kind_rule(column: SheetColumn) -> str:
    labels = CHOICE_SEPARATOR.join(label for _, label in column.choices[:_MOST_LISTED])
    if len(column.choices) > _MOST_LISTED:
        labels += f" 等 {len(column.choices)} 项，见下拉列表"
    rules = {
        Kind.CHOICE: labels,
        Kind.MULTI_CHOICE: f"用“{CHOICE_SEPARATOR}”隔开：{labels}",
        Kind.BOOLEAN: f"{YES}或{NO}",
        Kind.DATE: "年月日，如 2021-03-02",
        Kind.PERIOD: "如 2021年9月、2021年三季度、2021年",
        Kind.DECIMAL: f"最多 {column.places} 位小数",
        Kind.MONEY: f"最多 {column.places} 位小数",
    }
    return rules.get(column.kind, "")


def _bound(bound: Bound) -> str:
    return bound.isoformat() if isinstance(bound, datetime.date) else f"{Decimal(bound):f}"


class _Guide:
    """How to fill the sheets, and the version of each, by which an older file is known."""

    def __init__(self, sheet: Worksheet, styles: Styles) -> None:
        self._sheet = sheet
        self._row = 0
        self._heading = styles.heading()
        self._large = styles.of(bold=True, font_size=14)
        self._plain, self._wrapped = styles.of(), styles.of(text_wrap=True, border=1, valign="top")

    def write(self, title: str, sheets: Sequence[TemplateSheet]) -> None:
        for place, width in enumerate(_GUIDE_WIDTHS):
            self._sheet.set_column(place, place, width)
        self._line(self._large, f"{title}：{GUIDE_SHEET}")
        for one in sheets:
            self._line(self._plain, STAMP_LABEL, columns_stamp(one.columns), one.title)
        for rule in (_RULES if len(sheets) == 1 else _RULES_OF_SEVERAL) + _RULES_OF_ALL:
            self._line(self._plain, rule)
        for one in sheets:
            self._write_columns(one, is_titled=len(sheets) > 1)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)

    def _line(self, style: Any, *texts: str) -> None:
        for place, text in enumerate(texts):
            self._sheet.write_string(self._row, place, text, style)
        self._row += 1

    def _write_columns(self, one: TemplateSheet, *, is_titled: bool) -> None:
        source = f"依据：{one.source}" if one.source else ""
        if is_titled:
            self._row += 1
            self._line(self._large, f"工作表“{sheet_name(one.title)}”")
        if source:
            self._line(self._plain, source)
        self._row += 1
        self._line(self._heading, *_GUIDE_HEADINGS)
        for column in one.columns:
            self._sheet.set_row(self._row, _row_height(column))
            self._line(self._wrapped, *_guide_row(column))


def _guide_row(column: SheetColumn) -> tuple[str, ...]:
    required = "必填" if column.required else ""
    unit, rule = column.unit or "", allowed(column)
    return (column.label, unit, required, column.kind.label, rule, column.example, column.help, column.source)


def _row_height(column: SheetColumn) -> int:
    filled = zip(_guide_row(column), _GUIDE_WIDTHS, strict=True)
    lines = max(-(-text_width(text) // (width - 1)) for text, width in filled)
    return min(max(lines, 1) * 16 + 2, 400)
