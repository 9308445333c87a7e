"""Text in cells: what is kept, what is tidied, and how a text that a spreadsheet would run is made harmless.

Policy: white space around a text never counts and is removed; line breaks and tabs stay only in long texts
and become one space elsewhere; characters that nobody can see and files cannot carry (controls, zero-width
spaces, lone surrogates) are removed; nothing else is changed, rare characters never give way to look-alikes.
A text that is exactly an Excel error (#N/A) is an error, never a value.
"""

import datetime
import re
from collections.abc import Sequence

from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.problems import CellRefused

type Raw = str | int | float | bool | datetime.date | datetime.time | datetime.timedelta | None

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2060\ufeff\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"\s*[\n\t]\s*")
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_SPACES = re.compile(r"\s+")

TOTAL_ROW = r"(?:本页|本表)?(?:合\s*计|总\s*计|小\s*计|共\s*计|总合计)[:：]?\Z"
FOOTER_ROW = (
    r"(?:注|备注|说明|填表人|填报人|制表人|制表|审核人|审核|复核人|经办人|负责人|单位负责人|联系人|"
    r"填表日期|填报日期|制表日期|填报单位)[:：]"
)
NOTE_MARK = "# "
NOTE_ROW = r"#(?:\s|\Z)"
# A cell that starts so would be run as a formula, or would be taken for a note, a totals row or a footer.
_LIVE = rf"(?:[=+\-@\t\r＝＋－＠]|{NOTE_ROW}|{TOTAL_ROW}|{FOOTER_ROW})"
_NEEDS_GUARD = re.compile(rf"'*{_LIVE}")
#: What a text to be guarded can begin with: asked first, because most texts begin with nothing of it.
_GUARDED_SIGNS = frozenset("'=+-@\t\r＝＋－＠#合总小共本注备说填制审复经负单联")
_SOME_GUARDED = re.compile(f"^[{re.escape(''.join(sorted(_GUARDED_SIGNS)))}]", re.MULTILINE)
_GUARDED = re.compile(rf"'+{_LIVE}")
_SCIENTIFIC = re.compile(r"[+-]?\d(\.\d+)?[Ee]\+?\d+")
_SPREADSHEET_DIGITS = 15
_MOST_CHARACTERS_SHOWN = 30

ERROR_VALUES = frozenset(
    {"#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#GETTING_DATA", "#SPILL!", "#CALC!"}
)


def tidy(text: str, *, lines: bool = False) -> str:
    """The text by the policy of this module; tidying twice changes nothing."""
    if not text.isprintable():
        text = _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))
        if not lines:
            text = _BREAKS.sub(" ", text)
    return text.strip()


def half_width(text: str) -> str:
    """Full-width letters, digits and signs of the Chinese keyboard as plain ones."""
    return text if text.isascii() else text.translate(_HALF_WIDTH)


def guard(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet, or our reading, would not take it as text."""
    return f"'{text}" if text[:1] in _GUARDED_SIGNS and _NEEDS_GUARD.match(text) else text


def guarded(texts: Sequence[str]) -> Sequence[str]:
    """`guard` of many texts; they are looked at one by one only where one begins so."""
    return [guard(text) for text in texts] if _SOME_GUARDED.search("\n".join(texts)) else texts


def unguard(text: str) -> str:
    """Undo `guard`, exactly: any other apostrophe stays."""
    return text[1:] if text.startswith("'") and _GUARDED.match(text) else text


def shown(column: SheetColumn, raw: Raw) -> str:
    """What stood in the cell, short enough for a sentence and hidden where it is nobody's business."""
    if raw is None or raw == "":
        return ""
    if column.sensitive:
        return "（已隐藏）"
    text = f"{raw:.15g}" if isinstance(raw, float) else str(raw)
    return text if len(text) <= _MOST_CHARACTERS_SHOWN else f"{text[:_MOST_CHARACTERS_SHOWN]}…"


def parse_text(column: SheetColumn, raw: Raw) -> str:
    """Text as it is; numbers, dates and logical values as Excel shows them."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, int | float):
        return _digits(column, raw) if float(raw).is_integer() else f"{raw:.15g}"
    if isinstance(raw, datetime.datetime) and raw.time() != datetime.time():
        return raw.isoformat(" ")
    if isinstance(raw, datetime.date):
        return f"{raw:%Y-%m-%d}"
    return str(raw)


def parse_reference(column: SheetColumn, raw: Raw) -> str:
    """The natural key of another row; a path is written 湄潭县/永兴镇 in either width of the stroke."""
    return re.sub(r"\s*[/／]\s*", "/", parse_text(column, raw))


def parse_code(column: SheetColumn, raw: Raw) -> str:
    """A code keeps its digits: what Excel made a number of has lost zeros or digits, and is not guessed."""
    text = _SPACES.sub("", half_width(_unrounded(column, raw)))
    if column.length and len(text) < column.length and text.isdigit() and not isinstance(raw, str):
        likely = "" if column.sensitive else f"（可能是 {text.zfill(column.length)}）"
        raise CellRefused(
            "leading_zeros",
            f"编码应为 {column.length} 位，这里只有 {len(text)} 位：Excel 把它当成数字，前面的 0 丢了。"
            f"请把该列设为“文本”格式后重新填写{likely}。",
        )
    if column.length and len(text) != column.length:
        raise CellRefused("length", f"编码应为 {column.length} 位，这里是 {len(text)} 位。请核对后重新填写。")
    return text


def parse_identity(column: SheetColumn, raw: Raw) -> str:
    """An identity number as text, X in capitals; its check digit is judged by the register of persons."""
    text = _SPACES.sub("", half_width(_unrounded(column, raw))).upper()
    if "*" in text:
        raise CellRefused("masked", "这是隐去中间几位的号码，不能导入。请填写完整号码，或删除这一行。")
    return text


def _unrounded(column: SheetColumn, raw: Raw) -> str:
    if isinstance(raw, datetime.date | datetime.time | datetime.timedelta):
        raise CellRefused("became_date", "Excel 把它变成了日期。请把该列设为“文本”格式后重新填写。")
    if isinstance(raw, str):
        if _SCIENTIFIC.fullmatch(half_width(raw)):
            raise _rounded(column)
        return raw
    if isinstance(raw, bool) or raw is None or not float(raw).is_integer():
        raise CellRefused("not_a_code", "这里应是号码，不是小数或逻辑值。请把该列设为“文本”格式后重新填写。")
    return _digits(column, raw)


def _digits(column: SheetColumn, raw: float) -> str:
    digits = str(int(raw))
    if len(digits.lstrip("-")) > _SPREADSHEET_DIGITS:
        raise _rounded(column)
    return digits


def _rounded(column: SheetColumn) -> CellRefused:
    what = "号码" if column.kind in {Kind.IDENTITY, Kind.CODE} else "数字"
    return CellRefused(
        "rounded",
        f"Excel 把这个{what}存成了数字，只保留前 15 位，后面的已经变成 0，无法恢复。"
        "请先把整列设为“文本”格式，再重新填写。",
    )
