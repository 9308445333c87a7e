"""Choices and yes-or-no in cells: tolerant of width, space and case, and helpful where nothing fits."""

import difflib
import functools
import re

from shanhai.kernel.sheets.columns import CHOICE_SEPARATOR, SheetColumn
from shanhai.kernel.sheets.problems import CellRefused
from shanhai.kernel.sheets.texts import Raw, half_width, parse_text, shown

YES, NO = "是", "否"
_YES = frozenset({"是", "有", "对", "√", "✓", "✔", "☑", "1", "y", "yes", "t", "true"})
_NO = frozenset({"否", "无", "没有", "不是", "错", "×", "✗", "✘", "☒", "0", "n", "no", "f", "false"})
#: Between the values of a multi-choice cell as people write it.
SEPARATORS = re.compile(r"[、,;，；\n|]+")
_MOST_LISTED = 8


def parse_boolean(column: SheetColumn, raw: Raw) -> bool:
    if isinstance(raw, bool):
        return raw
    word = _folded(parse_text(column, raw))
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise CellRefused("not_a_boolean", f"“{shown(column, raw)}”看不出是或否。请填“{YES}”或“{NO}”。")


def parse_choice(column: SheetColumn, raw: Raw) -> str:
    """The code of a choice, given its label or its code."""
    return _code(column, parse_text(column, raw))


def parse_choices(column: SheetColumn, raw: Raw) -> tuple[str, ...]:
    """Codes without repetition, in the order of the declaration: two ways of ticking are one value."""
    picked = {_code(column, part) for part in SEPARATORS.split(parse_text(column, raw)) if part.strip()}
    return tuple(code for code, _ in column.choices if code in picked)


def label_of(column: SheetColumn, code: str) -> str:
    """The label of a code; a code that is no longer offered stands for itself."""
    return dict(column.choices).get(code, code)


def _folded(text: str) -> str:
    return "".join(half_width(text).split()).casefold()


@functools.lru_cache(maxsize=256)
def _codes_by_word(column: SheetColumn) -> dict[str, str]:
    # Labels are put in last: where a label of one choice is the code of another, people mean the label.
    by_code = {_folded(code): code for code, _ in column.choices}
    return by_code | {_folded(label): code for code, label in column.choices}


def _code(column: SheetColumn, written: str) -> str:
    word = _folded(written)
    code = _codes_by_word(column).get(word)
    if code is None:
        raise CellRefused("not_a_choice", _not_offered(column, written.strip(), word))
    return code


def _not_offered(column: SheetColumn, written: str, word: str) -> str:
    labels = {_folded(label): label for _, label in column.choices}
    near = difflib.get_close_matches(word, labels, n=1, cutoff=0.5)
    near = near or [other for other in labels if word and (word in other or other in word)][:1]
    said = f"“{shown(column, written)}”不在可选范围内。"
    if near:
        return f"{said}您是不是要填：{labels[near[0]]}？"
    listed = list(labels.values())[:_MOST_LISTED]
    more = f" 等 {len(labels)} 项，见模板的下拉列表" if len(labels) > _MOST_LISTED else ""
    return f"{said}可填：{CHOICE_SEPARATOR.join(listed)}{more}。"
