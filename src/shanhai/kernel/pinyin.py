"""Pinyin of names, for sorting lists as Chinese readers expect and for searching by typed letters.

Pure: text in, text out. Tones are left out and ü is written v, as keyboards do.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Literal

type Style = Literal["normal", "first_letter"]

# Columns that keep the result are this long; later letters decide nothing.
_LONGEST_KEY, _LONGEST_INITIALS = 120, 40

# Place names which the library's phrases read otherwise.
_PHRASES = {
    "长亨": [["cháng"], ["hēng"]],
    "朝阳社区": [["cháo"], ["yáng"], ["shè"], ["qū"]],
    "鸡咀": [["jī"], ["zuǐ"]],
}

# Characters read otherwise when they are a family name, by syllables.
_SURNAMES = {
    "万俟": "mo qi", "尉迟": "yu chi", "澹台": "tan tai", "单": "shan", "仇": "qiu", "解": "xie", "区": "ou",
    "曾": "zeng", "朴": "piao", "查": "zha", "盖": "ge", "乐": "yue", "翟": "zhai", "缪": "miao", "葛": "ge",
    "冼": "xian", "洗": "xian", "召": "shao", "员": "yun", "隗": "wei", "覃": "qin", "宓": "mi", "秘": "bi",
    "折": "she", "黑": "he", "种": "chong", "繁": "po", "令狐": "ling hu", "长孙": "zhang sun",
}  # fmt: skip


def sort_key(text: str) -> str:
    """Letters and figures of the whole text in lower case: 乾务镇 → qianwuzhen."""
    return _spelled(text, "normal")[:_LONGEST_KEY]


def initials(text: str) -> str:
    """First letter of each character, figures and Latin words whole: 第10组 → d10z."""
    return _spelled(text, "first_letter")[:_LONGEST_INITIALS]


def name_sort_key(name: str) -> str:
    """As `sort_key` for a person, whose family name may have a reading of its own: 单小明 → shanxiaoming."""
    family, given = _family(name)
    return ("".join(family) + _spelled(given, "normal"))[:_LONGEST_KEY]


def name_initials(name: str) -> str:
    """As `initials` for a person: 单小明 → sxm, 尉迟恭 → ycg."""
    family, given = _family(name)
    return ("".join(part[0] for part in family) + _spelled(given, "first_letter"))[:_LONGEST_INITIALS]


def _family(name: str) -> tuple[list[str], str]:
    """The syllables of a family name that has a reading of its own, and the rest of the name."""
    for surname in (name[:2], name[:1]):
        if surname in _SURNAMES:
            return _SURNAMES[surname].split(), name[len(surname) :]
    return [], name


def _spelled(text: str, style: Style) -> str:
    letters = "".join(_speller()(unicodedata.normalize("NFKC", text), style))
    return re.sub(r"[\W_]", "", letters).lower()


@cache
def _speller() -> Callable[[str, Style], list[str]]:
    """The library, with our phrases."""
    import pypinyin  # noqa: PLC0415 - its dictionaries take a second, for which no program's start should wait

    styles = {"normal": pypinyin.Style.NORMAL, "first_letter": pypinyin.Style.FIRST_LETTER}
    pypinyin.load_phrases_dict(_PHRASES)
    return lambda text, style: pypinyin.lazy_pinyin(text, style=styles[style])
