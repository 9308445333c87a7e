"""Numbers in cells, exact: the noise of Excel is cleaned, what would lose something is refused."""

import datetime
import math
import re
from decimal import Decimal

from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.problems import CellRefused
from shanhai.kernel.sheets.texts import Raw, half_width, shown

#: Excel keeps and shows this many digits; what lies beyond is the noise of binary fractions.
SPREADSHEET_DIGITS = 15
_NOISE = Decimal("1e-9")
_MOST_DIGITS = 18
_MOST_WRITTEN = 28  # Decimal keeps so many exactly
_WRITTEN = re.compile(
    r"[¥￥]?(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|[+-]?\.\d+)(?P<scale>万亿|亿|万|千|百)?"
)
_WITH_WORDS = re.compile(r"[¥￥]?[+-]?[\d,]*\.?\d+(?P<words>[^\d.,+-]+)")
_SCIENTIFIC = re.compile(r"[+-]?\d+(\.\d+)?[Ee][+-]?\d+")
_SCALES = {None: 1, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "万亿": 10**12}
_MINUS = str.maketrans({"−": "-", "–": "-", "﹣": "-"})


def parse_number(column: SheetColumn, raw: Raw) -> int | Decimal:
    """An exact number with the decimals of its column.

    Shape: int for whole numbers, Decimal otherwise.
    Errors: CellRefused when it is no number, has too many decimals, or is beyond what Excel keeps.
    """
    exact = _exact(column, raw)
    rounded = exact.quantize(Decimal(1).scaleb(-column.places)) + 0
    if abs(exact - rounded) > (0 if isinstance(raw, str) else _NOISE):
        raise CellRefused("decimals", _decimals_message(column, exact))
    return int(rounded) if column.kind is Kind.INTEGER else rounded


def _decimals_message(column: SheetColumn, exact: Decimal) -> str:
    found = "" if column.sensitive else f"这里实际是 {exact.normalize():f}，"
    if column.places == 0:
        return f"这里应是整数，{found}请核对后填写整数。".replace("，，", "，")
    return f"最多 {column.places} 位小数，{found}请先四舍五入再填写。"


def _exact(column: SheetColumn, raw: Raw) -> Decimal:
    if isinstance(raw, bool):
        raise CellRefused("not_a_number", "这里应是数字，不是逻辑值。请填写数字，没有就留空。")
    if isinstance(raw, int):
        return _within_reach(Decimal(raw))
    if isinstance(raw, float):
        return _float(raw)
    if isinstance(raw, datetime.date | datetime.time | datetime.timedelta):
        raise CellRefused("became_date", "Excel 把这个数字显示成了日期。请把该列设为“数值”格式后重新填写。")
    return _within_reach(_text(column, str(raw)))


def _float(raw: float) -> Decimal:
    if not math.isfinite(raw):
        raise CellRefused("not_a_number", "这里应是数字。请填写数字，没有就留空。")
    exact = Decimal(f"{raw:.{SPREADSHEET_DIGITS}g}")
    if abs(exact) >= Decimal(10) ** SPREADSHEET_DIGITS:
        raise CellRefused(
            "rounded",
            f"Excel 只保留前 {SPREADSHEET_DIGITS} 位数字，这个数后面的位数已经丢失。请核对单位和数值。",
        )
    return exact


def _within_reach(exact: Decimal) -> Decimal:
    if abs(exact) >= Decimal(10) ** _MOST_DIGITS:
        raise CellRefused("too_large", f"数字超过 {_MOST_DIGITS} 位，请核对单位和数值。")
    return exact


def _text(column: SheetColumn, raw: str) -> Decimal:
    compact = "".join(half_width(raw).translate(_MINUS).split())
    unit = half_width(column.unit or "")
    bare = compact.removesuffix(unit) if unit else compact
    found = _WRITTEN.fullmatch(bare)
    if not found:
        raise _not_a_number(column, raw, compact)
    scale = found["scale"]
    if scale and bare == compact and unit.startswith(("千", "万", "亿")):
        raise CellRefused(
            "unit", f"本列单位已经是“{column.unit}”，再写“{scale}”会差很多倍。请按“{column.unit}”只填数字。"
        )
    digits = found["number"].replace(",", "")
    if len(digits) > _MOST_WRITTEN:
        raise CellRefused("too_large", f"数字超过 {_MOST_DIGITS} 位，请核对单位和数值。")
    return Decimal(digits) * _SCALES[scale]


def _not_a_number(column: SheetColumn, raw: str, compact: str) -> CellRefused:
    if _SCIENTIFIC.fullmatch(compact):
        return CellRefused(
            "scientific", "科学计数法会丢失位数。请把该列设为“数值”格式，显示出全部数字后重新填写。"
        )
    if found := _WITH_WORDS.fullmatch(compact):
        wanted = f"本列单位是“{column.unit}”，" if column.unit else ""
        return CellRefused(
            "unit", f"数字后面带有“{shown(column, found['words'])}”。{wanted}请换算后只填数字。"
        )
    empty = "" if column.required else "；没有就留空"
    return CellRefused("not_a_number", f"“{shown(column, raw)}”不是数字。请只填数字，例如 1234.5{empty}。")
