"""Columns of every kind, and small workbooks as people send them."""

import datetime
import io
from collections.abc import Sequence
from typing import Any

from xlsxwriter import Workbook

from shanhai.kernel.sheets.columns import Kind, SheetColumn

DESTINATIONS = (
    ("in_county", "县内"),
    ("in_province", "省内县外"),
    ("paired", "东部结对市"),
    ("other", "其他省"),
)
SKILLS = (("sew", "缝纫"), ("weld", "焊接"), ("cook", "烹饪"))

NAME = SheetColumn("name", "姓名", Kind.TEXT, required=True, max_length=40, example="张三")
IDENTITY = SheetColumn(
    "identity", "身份证号码", Kind.IDENTITY, required=True, sensitive=True, example="999999199001011234"
)
WAGE = SheetColumn("wage", "月工资", Kind.MONEY, unit="元", minimum=0, example="4500.00")
SINCE = SheetColumn("since", "入职日期", Kind.DATE, example="2021-03-02")
DESTINATION = SheetColumn("destination", "务工地区", Kind.CHOICE, choices=DESTINATIONS, example="东部结对市")
WORKERS = (NAME, IDENTITY, WAGE, SINCE, DESTINATION)

EVERY_KIND = (
    SheetColumn("text", "文字", Kind.TEXT),
    SheetColumn("long_text", "说明", Kind.LONG_TEXT),
    SheetColumn("integer", "人数", Kind.INTEGER, unit="人"),
    SheetColumn("decimal", "面积", Kind.DECIMAL, unit="亩", decimals=3),
    SheetColumn("money", "金额", Kind.MONEY, unit="万元"),
    SheetColumn("date", "日期", Kind.DATE),
    SheetColumn("period", "所属期", Kind.PERIOD),
    SheetColumn("boolean", "是否脱贫户", Kind.BOOLEAN),
    SheetColumn("choice", "地区", Kind.CHOICE, choices=DESTINATIONS),
    SheetColumn("multi_choice", "技能", Kind.MULTI_CHOICE, choices=SKILLS),
    SheetColumn("identity", "证件号码", Kind.IDENTITY, sensitive=True),
    SheetColumn("code", "编码", Kind.CODE),
    SheetColumn("reference", "所在村", Kind.REFERENCE),
)

HEADINGS = ("姓名", "身份证号码", "月工资（元）", "入职日期", "务工地区")
ZHANG = ("张一", "999999199001011234", 4500, datetime.date(2021, 3, 2), "县内")
LI = ("李二", "99999919920202123X", 5200.5, datetime.date(2021, 4, 6), "东部结对市")


def workbook(*rows: Sequence[Any], sheet: str = "务工登记", **more: Sequence[Sequence[Any]]) -> bytes:
    """A workbook whose cells hold just these values; None is an empty cell; `more` are further sheets."""
    out = io.BytesIO()
    with Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, content in {sheet: rows, **more}.items():
            page = book.add_worksheet(name)
            for at, row in enumerate(content):
                for place, value in enumerate(row):
                    if isinstance(value, datetime.date):
                        page.write_datetime(at, place, value, day)
                    elif value is not None:
                        page.write(at, place, value)
    return out.getvalue()


def csv_file(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(lines).encode(encoding)
